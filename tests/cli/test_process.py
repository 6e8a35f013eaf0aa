"""The process: streams that are full, closed or in ASCII, readers that leave, signals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

TRANSFERS = [sys.executable, "-m", "transfers"]
ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c"
MANY = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 100000) SELECT x, 'some words' FROM c"


@pytest.fixture
def environment(database: str) -> dict[str, str]:
    return {**os.environ, "TRANSFERS_DB": database}


def end(command: str, environment: dict[str, str]) -> tuple[int, str]:
    """The exit code of a line of shell in which $T stands for the program, and what it said on stderr."""
    ended = subprocess.run(
        ["bash", "-c", command.replace("$T", f"'{sys.executable}' -m transfers")], env=environment, capture_output=True, text=True, check=False,
    )
    return ended.returncode, ended.stderr


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_leaves_ends_the_command_with_141(environment: dict[str, str], unbuffered: str) -> None:
    environment = {**environment, "PYTHONUNBUFFERED": unbuffered}
    assert end(f'$T sql "{MANY}" | head -1 > /dev/null; exit ${{PIPESTATUS[0]}}', environment) == (141, "")


@pytest.mark.parametrize("command", ["query", "--help", "show iran --json"])
def test_a_full_disk_is_said(environment: dict[str, str], command: str) -> None:
    assert end(f"$T {command} > /dev/full", environment) == (3, "error: the output cannot be written: No space left on device\n")


def test_closed_streams_are_fine(environment: dict[str, str]) -> None:
    assert end("$T query >&-", environment) == (0, "")
    assert end("$T query 2>&- >/dev/null", environment) == (0, "")
    assert end("$T query --system zzz 2>/dev/full", environment) == (1, "")


@pytest.mark.parametrize(
    "settings", [{}, {"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}, {"TZ": "Pacific/Kiritimati"}, {"NO_COLOR": "1"}],
)
def test_the_locale_changes_nothing(environment: dict[str, str], settings: dict[str, str]) -> None:
    ended = subprocess.run(
        [*TRANSFERS, "query", "--system", "Герань-2", "--json"], env={**environment, **settings}, capture_output=True, check=True,
    )
    plain = subprocess.run([*TRANSFERS, "query", "--system", "shahed-136", "--json"], env=environment, capture_output=True, check=True)
    assert ended.stdout == plain.stdout
    names = subprocess.run([*TRANSFERS, "systems"], env={**environment, **settings}, capture_output=True, check=True)
    assert "Герань-2".encode() in names.stdout


def test_a_deleted_folder_is_no_obstacle(environment: dict[str, str], tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    environment = {**environment, "PYTHONPATH": str(root)}
    assert end(f"mkdir {tmp_path}/x && cd {tmp_path}/x && rmdir {tmp_path}/x && $T query > /dev/null", environment)[0] == 0


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_even_a_long_query(environment: dict[str, str], number: signal.Signals, code: int) -> None:
    process = subprocess.Popen([*TRANSFERS, "sql", ENDLESS], env=environment, stderr=subprocess.PIPE, text=True)
    time.sleep(1)
    process.send_signal(number)
    assert process.wait(10) == code
    assert process.stderr is not None
    with process.stderr as stream:
        assert stream.read() == "error: interrupted\n"
