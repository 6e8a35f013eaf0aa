"""Let a load meet a fault before each of its SQL statements, one process for each, and look at what is left.

Run as a module, in a process of its own: it forks, which a test runner with threads must not do.
``python -m tests.faults.every_point {"before": FILE, "root": FOLDER, "arguments": [...], "fault": NAME, ...}``
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import sys
import tempfile
from typing import Any

from tests.load.made_up import canon, index_fits
from transfers.__main__ import run
from transfers.db import read_target, reading
from transfers.errors import TransfersError

FAULTS = ("die", "KeyboardInterrupt", "MemoryError", "OperationalError", "SystemExit")
MOST = 2_000  # statements; a load of the small collection has some hundred


class Countdown:
    """Counts the statements of this process and makes the fault before one of them."""

    left = 0
    met = False
    fault = "die"
    torn = False  # the negative control: no transaction at all

    @classmethod
    def step(cls) -> None:
        """One more statement is going to be run."""
        cls.left -= 1
        if cls.left == 0:
            cls.met = True
            if cls.fault == "die":
                os.kill(os.getpid(), signal.SIGKILL)
            if cls.fault == "OperationalError":
                error = sqlite3.OperationalError("disk I/O error")
                error.sqlite_errorname = "SQLITE_IOERR_WRITE"
                raise error
            if cls.fault == "SystemExit":  # as the handler of SIGTERM raises it
                os.kill(os.getpid(), signal.SIGTERM)
                return
            raise {"KeyboardInterrupt": KeyboardInterrupt, "MemoryError": MemoryError}[cls.fault]


class Faulty(sqlite3.Connection):
    """A real connection that counts what it is asked."""

    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        """Run a statement, or meet the fault."""
        Countdown.step()
        if Countdown.torn and sql in ("BEGIN IMMEDIATE", "COMMIT"):
            sql = "SELECT 1"
        return super().execute(sql, *parameters)

    def executemany(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        """Run a statement for several rows, or meet the fault."""
        Countdown.step()
        return super().executemany(sql, *parameters)


def connect(*arguments: Any, **options: Any) -> sqlite3.Connection:
    """Open a connection that counts."""
    return _connect(*arguments, **{"factory": Faulty, **options})


_connect = sqlite3.connect


def in_child(arguments: list[str], errors: str) -> int:
    """Run a command in a child process; its exit code, negative for a signal."""
    pid = os.fork()
    if pid == 0:
        handle = os.open(errors, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(handle, 2)
        os.dup2(handle, 1)
        sqlite3.connect = connect
        sqlite3.dbapi2.connect = connect
        code = run(arguments)
        os._exit(code if Countdown.met else 99 if code == 0 else code)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def look(path: str, states: dict[str, list[str]]) -> str:
    """Which of the states the database is in."""
    if not os.path.exists(path):
        return "absent"
    target = read_target(path)
    try:
        with reading(target) as connection:
            if connection.rows("PRAGMA integrity_check") != [("ok",)] or connection.rows("PRAGMA foreign_key_check"):
                return "damaged"
        found = canon(target)
    except TransfersError as error:
        return f"error: {error}"
    return next((name for name, lines in states.items() if lines == found), "torn")


def try_point(plan: dict[str, Any], point: int, folder: str, states: dict[str, list[str]]) -> dict[str, Any]:
    """Meet the fault before one statement, look at what is left, and load again."""
    path, errors = f"{folder}/transfers.db", f"{folder}/errors"
    for name in os.listdir(folder):
        os.unlink(f"{folder}/{name}")
    if plan["before"]:
        shutil.copyfile(plan["before"], path)
    place = ["--db", path, "--collection", plan["root"]]
    Countdown.left, Countdown.fault, Countdown.torn = point, plan["fault"], plan.get("torn", False)
    code = in_child([*plan["arguments"], *place], errors)
    with open(errors, encoding="utf-8") as file:
        found = {"point": point, "code": code, "said": file.read(), "state": look(path, states)}
    if found["state"] not in ("absent", "before"):
        found["index"] = index_fits(read_target(path))
    found["left"] = sorted(os.listdir(folder))
    if found["left"] == ["errors", "transfers.db"] and plan["before"] and same_bytes(path, plan["before"]):
        return found  # nothing has happened, so a second load does what the first would have done
    Countdown.left, Countdown.torn = 0, False
    found["again"] = in_child([*plan["arguments"], *place], errors)
    found["converged"] = look(path, states) == "after" and index_fits(read_target(path))
    return found


def same_bytes(one: str, other: str) -> bool:
    """Whether two files hold the same."""
    with open(one, "rb") as file, open(other, "rb") as another:
        return file.read() == another.read()


def main(plan: dict[str, Any]) -> None:
    """Go through the points and print what was found, a JSON object a line."""
    states = {}
    if os.access("/dev/shm", os.W_OK):
        tempfile.tempdir = "/dev/shm"  # nothing here has to outlive a loss of power
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/transfers.db"
        if plan["before"]:
            shutil.copyfile(plan["before"], path)
            states["before"] = canon(read_target(path))
        else:
            from transfers.schema.upgrade import upgrade

            upgrade(read_target(path))
            states["made"] = canon(read_target(path))
        if run([*plan["arguments"], "--db", path, "--collection", plan["root"], "--silent"]):
            raise SystemExit("the load itself does not work")
        states["after"] = canon(read_target(path))
    with tempfile.TemporaryDirectory() as folder:
        for point in range(plan.get("first", 1), MOST, plan.get("step", 1)):
            found = try_point(plan, point, folder, states)
            print(json.dumps(found), flush=True)
            if found["code"] == 99:
                break


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
