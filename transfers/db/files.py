"""SQLite files: how they are opened for reading and for writing."""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from contextlib import closing, contextmanager

from transfers.db.connect import Connection, busy_seconds
from transfers.db.faults import as_error
from transfers.db.target import Target
from transfers.errors import DatabaseError

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

# In 3.11 several statements in one text raise a Warning that is no Error.
FAULTS = (sqlite3.Error, sqlite3.Warning, OverflowError, UnicodeError)
FILE_MODE = 0o640
INTERRUPTED = ("SQLITE_READONLY_ROLLBACK", "SQLITE_READONLY_RECOVERY")

_ALLOWED = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE)
_ALLOWED_PRAGMAS = frozenset({
    "table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list", "function_list",
    "compile_options", "database_list", "collation_list", "pragma_list", "encoding", "data_version", "integrity_check",
    "quick_check", "foreign_key_check", "application_id", "user_version", "schema_version",
})
_LONGEST_VALUE = 100_000_000  # bytes of one value in SQL that a user typed; zeroblob(4e8) would take two gigabytes


def connect(path: str, mode: str, busy: float) -> sqlite3.Connection:
    """A bare connection in the mode ``ro`` or ``rw``: neither makes a file. Transactions begin where the code says so."""
    options: dict[str, Any] = {"uri": True, "timeout": busy, "isolation_level": None}
    if sys.version_info >= (3, 12):
        # Said outright, because a later Python is going to change what is used when nothing is said.
        options["autocommit"] = sqlite3.LEGACY_TRANSACTION_CONTROL
    driver: sqlite3.Connection = sqlite3.connect(f"file:{_as_uri(path)}?mode={mode}", **options)
    driver.execute("PRAGMA trusted_schema = OFF")
    return driver


def _as_uri(path: str) -> str:
    name = path.replace(os.sep, "/") if os.sep != "/" else path
    for character, code in (("%", "%25"), ("?", "%3f"), ("#", "%23")):
        name = name.replace(character, code)
    # Two slashes at the beginning would be read as the name of a host.
    return "///" + name.lstrip("/")


def open_to_read(target: Target, *, untrusted: bool, seconds: float | None, busy: float) -> Connection:
    """A connection that cannot write; see `transfers.db.reading`."""
    note = ""
    try:
        try:
            driver = _open_read_only(target, busy)
        except sqlite3.Error as fault:
            if getattr(fault, "sqlite_errorname", None) not in INTERRUPTED:
                raise
            _roll_back_interrupted(target, busy)
            note = f"a write to {target.shown} had been interrupted; it was rolled back"
            driver = _open_read_only(target, busy)
    except FAULTS as fault:
        raise as_error(fault, target) from fault
    if seconds is not None:
        _stop_after(driver, seconds)
    if untrusted:
        _confine(driver)
    connection = Connection(target, driver, FAULTS, untrusted=untrusted)
    if note:
        connection.notes.append(note)
    return connection


def _open_read_only(target: Target, busy: float) -> sqlite3.Connection:
    driver = connect(target.path, "ro", busy)
    try:
        driver.execute("PRAGMA query_only = ON")
        driver.execute("PRAGMA cache_size = -32768")  # 32 MB: with the usual 2 a list reads the same pages again and again
        # The first read: what is wrong with the file comes out here, and not in the middle of a command.
        driver.execute("PRAGMA schema_version").fetchone()
    except BaseException:
        driver.close()
        raise
    return driver


def _roll_back_interrupted(target: Target, busy: float) -> None:
    """Let SQLite undo what a killed process left half written: only a connection that may write does that."""
    driver = connect(target.path, "rw", busy)
    try:
        driver.execute("PRAGMA schema_version").fetchone()
    except sqlite3.Error as fault:
        if str(getattr(fault, "sqlite_errorname", "")).startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
            raise DatabaseError(
                f"a write to {target.shown} was interrupted and must be finished by someone who can write to it: "
                "run transfers db current as that user"
            ) from fault
        raise
    finally:
        driver.close()


def _stop_after(driver: sqlite3.Connection, seconds: float) -> None:
    end = time.monotonic() + seconds
    driver.set_progress_handler(lambda: time.monotonic() > end, 20_000)


def _confine(driver: sqlite3.Connection) -> None:
    """Keep SQL that a user typed to reading this one file: no ATTACH, no VACUUM INTO, no settings, no giant values."""
    driver.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    driver.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    driver.set_authorizer(_authorise)


def _authorise(action: int, first: str | None, second: str | None, *_: object) -> int:
    if action in _ALLOWED and not (action == sqlite3.SQLITE_FUNCTION and second == "load_extension"):
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_UPDATE and first == "sqlite_master":
        return sqlite3.SQLITE_OK  # how SQLite asks to open the search index; it lets nobody write there
    if action == sqlite3.SQLITE_PRAGMA and first in _ALLOWED_PRAGMAS:
        # A pragma with a value may be one that sets: only those that take the name of a table keep theirs.
        setting = second is not None and first in ("encoding", "application_id", "user_version", "schema_version")
        return sqlite3.SQLITE_DENY if setting else sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def open_to_write(target: Target, *, busy: float) -> Connection:
    """A connection for writing with foreign keys on; see `transfers.db.writing`."""
    try:
        note = ""
        if os.path.exists(target.path + "-journal") and _was_interrupted(target, busy):
            note = f"a write to {target.shown} had been interrupted; it was rolled back"
        driver = connect(target.path, "rw", busy)
    except FAULTS as fault:
        raise as_error(fault, target) from fault
    connection = Connection(target, driver, FAULTS)
    if note:
        connection.notes.append(note)
    try:
        driver.execute("PRAGMA foreign_keys = ON")
        driver.execute("PRAGMA cache_size = -65536")  # 64 MB: a whole load stays in memory until its commit
    except FAULTS as fault:
        driver.close()
        raise as_error(fault, target) from fault
    return connection


def _was_interrupted(target: Target, busy: float) -> bool:
    """Whether the journal beside the file is of a killed process, and not of one that is writing now."""
    try:
        _open_read_only(target, busy).close()
    except sqlite3.Error as fault:
        return getattr(fault, "sqlite_errorname", None) in INTERRUPTED
    return False


def copy_into(source: Target, path: str, mode: int) -> None:
    """Write the last committed state of a database into a new file, look it over, and have it on the disk.

    VACUUM INTO and not the backup interface: that one waits for ever while another process holds the lock.

    Raises:
        DatabaseError: there is no space, or the copy is not sound.
        OSError: the file cannot be made.
    """
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, mode)
    try:
        os.fchmod(descriptor, mode) if hasattr(os, "fchmod") else None
        copy = Target("sqlite", path=path)
        try:
            with closing(connect(source.path, "ro", busy_seconds())) as driver:
                driver.execute("VACUUM INTO ?", (path,))
            with closing(connect(path, "ro", busy_seconds())) as driver:
                found = driver.execute("PRAGMA integrity_check(1)").fetchall()
        except FAULTS as fault:
            raise as_error(fault, copy if "FULL" in str(getattr(fault, "sqlite_errorname", "")) else source) from fault
        if found != [("ok",)]:
            raise DatabaseError(f"{source.shown} is damaged: its copy is not sound ({found[0][0]})")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def exclusive(target: Target) -> Iterator[bool]:
    """Keep every other process out of a database file; False when there is none, or none that SQLite can lock.

    Raises:
        BusyError: another process is using it.
    """
    driver = None
    try:
        try:
            driver = connect(target.path, "rw", busy_seconds())
            driver.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as fault:
            if str(getattr(fault, "sqlite_errorname", "")).startswith(("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_READONLY")):
                raise as_error(fault, target) from fault
            yield False
            return
        yield True
    finally:
        if driver is not None:
            driver.close()


@contextmanager
def open_in_memory() -> Iterator[Connection]:
    """An empty database that is gone at the end."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as driver:
        yield Connection(Target("sqlite", path=":memory:"), driver, FAULTS)


@contextmanager
def open_copy_in_memory(target: Target) -> Iterator[Connection]:
    """A copy of a database that may be written to and is gone at the end."""
    with open_in_memory() as connection:
        try:
            with closing(_open_read_only(target, busy_seconds())) as source:
                source.backup(connection.driver)
        except FAULTS as fault:
            raise as_error(fault, target) from fault
        yield connection
