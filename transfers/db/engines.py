"""SQLAlchemy engines, for migrations. No other module makes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from transfers.db.connect import Connection, busy_seconds
from transfers.db.servers import driver_of_postgresql

if TYPE_CHECKING:
    import sqlite3

    from transfers.db.target import Target


def make_engine(target: Target, *, foreign_keys: bool = False, busy: float | None = None) -> sa.Engine:
    """An engine that opens a connection for each use and keeps none.

    On SQLite every transaction takes the write lock at once, schema changes are part of it, and foreign keys are off unless
    asked for: a table that others point at can only be rebuilt while they are off, and inside a transaction the switch does
    nothing. On PostgreSQL a lock is waited for no longer than the busy time.
    """
    wait = busy_seconds(busy)
    if target.engine == "sqlite":
        return _sqlite_engine(target, foreign_keys, wait)
    driver_of_postgresql()
    url = sa.make_url(target.url).set(drivername="postgresql+psycopg")
    return sa.create_engine(
        url, hide_parameters=True, poolclass=sa.NullPool,
        connect_args={
            "application_name": "transfers", "connect_timeout": 10, "options": f"-c lock_timeout={max(1, round(wait * 1000))}",
        },
    )


def _sqlite_engine(target: Target, foreign_keys: bool, wait: float) -> sa.Engine:
    from transfers.db.files import connect

    def open_file() -> sqlite3.Connection:
        driver = connect(target.path, "rw", wait)
        driver.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        return driver

    engine = sa.create_engine("sqlite://", creator=open_file, hide_parameters=True, poolclass=sa.NullPool)

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        # sqlite3 itself would begin no transaction before a schema change: a migration that fails would stay half done.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def as_plain(connection: sa.Connection, target: Target) -> Connection:
    """The same open connection, and the same transaction, without SQLAlchemy."""
    driver = connection.connection.driver_connection
    if target.engine == "sqlite":
        from transfers.db.files import FAULTS

        return Connection(target, driver, FAULTS)
    return Connection(target, driver, (driver_of_postgresql().Error, OverflowError, UnicodeError))
