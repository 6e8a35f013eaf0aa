"""Running the installed command as people and scripts do: as a process, with its exit code and both streams."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from transfers.__main__ import run

ROOT = Path(__file__).resolve().parents[2]
FORGET = ("TRANSFERS_DB", "TRANSFERS_COLLECTION", "TRANSFERS_BUSY", "PYTHONHASHSEED", "PYTHONIOENCODING", "NO_COLOR", "COLUMNS")


class Ran(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str


def environment(**settings: str | None) -> dict[str, str]:
    """The environment of this process with some settings; None = without this one."""
    found = {name: value for name, value in os.environ.items() if name not in FORGET}
    found["PYTHONPATH"] = str(ROOT)
    for name, value in settings.items():
        if value is None:
            found.pop(name, None)
        else:
            found[name] = value
    return found


def command(*arguments: str, python: tuple[str, ...] = ()) -> list[str]:
    """The command line of `transfers` with these arguments."""
    return [sys.executable, *python, "-m", "transfers", *arguments]


def transfers(*arguments: str, cwd: Path | str | None = None, python: tuple[str, ...] = (), env: Any = None, **options: Any) -> Ran:
    """Run `transfers`; everything printed as text, undecodable bytes as surrogates."""
    options.setdefault("timeout", 120)
    options.setdefault("stdin", subprocess.DEVNULL)
    done = subprocess.run(
        command(*arguments, python=python), cwd=cwd, env=environment(**(env or {})), capture_output=True, check=False, **options,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8", "surrogateescape"), done.stderr.decode("utf-8", "surrogateescape"))


def inside(*arguments: str, cwd: Path | str | None = None, env: Any = None) -> Ran:
    """Run `transfers` in this process: what `main` does, without the time that starting Python takes."""
    out, err = io.StringIO(), io.StringIO()
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    with (
        contextlib.chdir(cwd or "."), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err),
        mock.patch.dict(os.environ, environment(**(env or {})), clear=True),
    ):
        try:
            code = run(list(arguments))
        finally:
            for number, handler in handlers.items():
                signal.signal(number, handler)
    return Ran(code, out.getvalue(), err.getvalue())
