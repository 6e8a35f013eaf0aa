"""Loads that are killed, interrupted or terminated at any time."""

import os
import random
import shutil
import signal
import subprocess
import time

import pytest

from benchmarks.make_collection import make_collection
from tests.cli_load.command import command, environment, transfers
from tests.load.made_up import canon, index_fits
from transfers.db import read_target, reading
from transfers.errors import TransfersError
from transfers.load import load_collection

RECORDS = 40


@pytest.fixture(scope="module")
def big(tmp_path_factory):
    """A collection whose load takes long enough to be hit in the middle."""
    root = tmp_path_factory.mktemp("big") / "collection"
    make_collection(root, RECORDS)
    return root


@pytest.fixture(scope="module")
def states(big, sqlite_template, tmp_path_factory):
    """The canonical exports of an empty database and of one with everything."""
    path = tmp_path_factory.mktemp("whole") / "transfers.db"
    shutil.copyfile(sqlite_template, path)
    target = read_target(str(path))
    empty = canon(target)
    load_collection(str(big), target)
    return {"empty": empty, "whole": canon(target)}


def state_of(path, states):
    target = read_target(str(path))
    with reading(target) as connection:
        assert connection.rows("PRAGMA integrity_check") == [("ok",)]
        assert connection.rows("PRAGMA foreign_key_check") == []
    found = canon(target)
    assert index_fits(target)
    return next((name for name, lines in states.items() if lines == found), "torn")


def start(big, path, *more):
    return subprocess.Popen(
        command("--db", str(path), "--collection", str(big), "load", *more), env=environment(), stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )


def wait_for_writing(process, path, random_):
    """Wait until the load has begun to write, and a little longer."""
    end = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < end:
        if os.path.exists(f"{path}-journal"):
            time.sleep(random_.random() * 0.06)
            return
        time.sleep(0.0005)


def hit(seed, big, sqlite_template, tmp_path, states, signal_):
    """Send a signal at a random time, the more likely while it writes; the exit code, the state, what was said."""
    random_ = random.Random(seed)
    path = tmp_path / f"{seed}.db"
    shutil.copyfile(sqlite_template, path)
    process = start(big, path)
    if seed % 3:
        wait_for_writing(process, path, random_)
    else:
        time.sleep(random_.random() * 0.5)
    process.send_signal(signal_)
    _, said = process.communicate(timeout=120)
    state = state_of(path, states)
    assert state in states
    again = transfers("--db", str(path), "--collection", str(big), "load")
    assert again.code == 0, again.err
    assert state_of(path, states) == "whole"
    return process.returncode, state, said


@pytest.mark.parametrize("seed", range(5))
def test_a_killed_load_leaves_all_or_nothing(seed, big, sqlite_template, tmp_path, states):
    code, state, _ = hit(seed, big, sqlite_template, tmp_path, states, signal.SIGKILL)
    assert code in (-9, 0)
    assert code == -9 or state == "whole"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5, 105))
def test_a_hundred_killed_loads_do_too(seed, big, sqlite_template, tmp_path, states):
    hit(seed, big, sqlite_template, tmp_path, states, signal.SIGKILL)


@pytest.mark.parametrize(("signal_", "expected"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
@pytest.mark.parametrize("seed", range(3))
def test_a_load_that_is_told_to_end_says_so_and_undoes_everything(seed, signal_, expected, big, sqlite_template, tmp_path, states):
    code, state, said = hit(seed, big, sqlite_template, tmp_path, states, signal_)
    if code in (-signal_, 0) and (code == 0 or seed % 3 == 0):
        return  # it came before the program could listen, or after it had ended
    assert code == expected
    assert said == "error: interrupted\n"
    assert state in ("empty", "whole")


@pytest.mark.slow
@pytest.mark.parametrize(("signal_", "expected"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
@pytest.mark.parametrize("seed", range(3, 33))
def test_sixty_of_them_do_too(seed, signal_, expected, big, sqlite_template, tmp_path, states):
    test_a_load_that_is_told_to_end_says_so_and_undoes_everything(seed, signal_, expected, big, sqlite_template, tmp_path, states)


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 30))])
def test_a_load_that_makes_the_database_may_be_killed_as_well(seed, big, tmp_path, states):
    path = tmp_path / "new.db"
    process = start(big, path)
    time.sleep(0.2 + random.Random(seed).random())
    process.kill()
    process.communicate()
    if path.exists():
        assert state_of(path, states) in states
    assert transfers("--db", str(path), "--collection", str(big), "load").code == 0
    assert state_of(path, states) == "whole"


# A load whose changes do not fit into memory: pages are written into the file long before the commit.
WITHOUT_MEMORY = """
import sqlite3
class Small(sqlite3.Connection):
    def execute(self, sql, *parameters):
        return super().execute("PRAGMA cache_size = 5" if "cache_size" in sql else sql, *parameters)
real = sqlite3.connect
def connect(*arguments, **options):
    found = real(*arguments, factory=Small, **options)
    found.execute({setting!r})
    return found
sqlite3.connect = connect
from transfers.__main__ import main
main()
"""


def hit_while_pages_are_written(seed, setting, big, sqlite_template, tmp_path):
    """Kill a load when the file has begun to grow; the path, and whether it was still loading."""
    random_ = random.Random(seed)
    path = tmp_path / f"{seed}.db"
    shutil.copyfile(sqlite_template, path)
    size = path.stat().st_size
    process = subprocess.Popen(
        [command()[0], "-c", WITHOUT_MEMORY.format(setting=setting), "load", "--db", str(path), "--collection", str(big)],
        env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    while process.poll() is None and path.stat().st_size <= size:
        time.sleep(0.0005)
    time.sleep(random_.random() * 0.05)
    process.kill()
    process.communicate()
    return path, process.returncode == -9


@pytest.mark.parametrize("seed", [*range(3), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(3, 40))])
def test_a_load_that_does_not_fit_into_memory_may_be_killed_too(seed, big, sqlite_template, tmp_path, states):
    path, was_loading = hit_while_pages_are_written(seed, "SELECT 1", big, sqlite_template, tmp_path)
    assert state_of(path, states) in (("empty", "whole") if was_loading else ("whole",))
    assert transfers("--db", str(path), "--collection", str(big), "load").code == 0
    assert state_of(path, states) == "whole"


@pytest.mark.parametrize("setting", ["PRAGMA journal_mode = OFF", "PRAGMA journal_mode = MEMORY"])
def test_a_loader_without_a_journal_would_be_found_out(setting, big, sqlite_template, tmp_path, states):
    """The negative control: killed while it writes, a database that keeps no journal on disk is torn or damaged."""
    for seed in range(20):
        path, _ = hit_while_pages_are_written(seed, setting, big, sqlite_template, tmp_path)
        try:
            if state_of(path, states) == "torn":
                return
        except (AssertionError, TransfersError):
            return
    pytest.fail("no damage was seen: the harness would not see any")
