"""PostgreSQL: how a server is opened for reading and for writing."""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING

from transfers.db.connect import Connection
from transfers.db.faults import as_error
from transfers.db.target import Target
from transfers.errors import DatabaseError

if TYPE_CHECKING:
    from psycopg.abc import Buffer

    from transfers.db.connect import Driver

# What SQLite has no type for comes back as the text that the server prints.
_AS_TEXT = ("date", "time", "timetz", "timestamp", "timestamptz", "interval", "uuid", "json", "jsonb", "inet", "cidr")


def open_to_read(target: Target, *, untrusted: bool, seconds: float | None, busy: float) -> Connection:
    """A connection that cannot write; see `transfers.db.reading`."""
    settings = {"default_transaction_read_only": "on", "lock_timeout": _milliseconds(busy)}
    if seconds is not None:
        settings["statement_timeout"] = _milliseconds(seconds)
    return _open(target, settings, untrusted=untrusted)


def open_to_write(target: Target, *, busy: float) -> Connection:
    """A connection for writing; see `transfers.db.writing`."""
    return _open(target, {"lock_timeout": _milliseconds(busy)})


def _milliseconds(seconds: float) -> str:
    return f"{max(1, round(seconds * 1000))}ms"  # 0 would mean for ever


def _open(target: Target, settings: dict[str, str], *, untrusted: bool = False) -> Connection:
    psycopg = driver_of_postgresql()
    faults = (psycopg.Error, OverflowError, UnicodeError)
    try:
        driver = psycopg.connect(target.url, autocommit=True, application_name="transfers", connect_timeout=10)
    except faults as fault:
        raise as_error(fault, target) from fault
    try:
        _register_types(driver)
        wanted = {"TimeZone": "UTC", "DateStyle": "ISO", "client_min_messages": "warning", **settings}
        called = ", ".join(f"set_config('{name}', '{value}', false)" for name, value in wanted.items())
        driver.execute(f"SELECT {called}")
    except faults as fault:
        driver.close()
        raise as_error(fault, target) from fault
    return Connection(target, driver, faults, untrusted=untrusted)


def driver_of_postgresql() -> ModuleType:
    """The module psycopg.

    Raises:
        DatabaseError: it is not installed.
    """
    try:
        import psycopg
    except ImportError as error:
        raise DatabaseError("PostgreSQL needs a driver that is not installed: pip install 'transfers[postgresql]'") from error
    return psycopg


def _register_types(driver: Driver) -> None:
    """Let values come back as sqlite3 gives them: int, float, str, bytes, None."""
    from psycopg.adapt import Loader
    from psycopg.types.string import TextLoader

    class NumberLoader(Loader):
        def load(self, data: Buffer) -> int | float:
            text = bytes(data).decode("ascii")
            return int(text) if text.lstrip("-").isdigit() else float(text)

    class FlagLoader(Loader):
        def load(self, data: Buffer) -> int:
            return int(bytes(data) == b"t")

    driver.adapters.register_loader("numeric", NumberLoader)
    driver.adapters.register_loader("bool", FlagLoader)
    for name in _AS_TEXT:
        driver.adapters.register_loader(name, TextLoader)
