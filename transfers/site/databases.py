"""Which of the databases that a Datasette serves are ours, and our connection over one of Datasette's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from weakref import WeakKeyDictionary

from datasette.utils.sqlite import sqlite3

from transfers.db import Connection, Target
from transfers.db.faults import as_error
from transfers.errors import TransfersError
from transfers.schema.head import APPLICATION_ID, find_state

FAULTS = (sqlite3.Error, sqlite3.Warning, OverflowError, UnicodeError)

# By instance: several run in one process in tests, and one may have its database exchanged for another.
_known: WeakKeyDictionary[Any, bool] = WeakKeyDictionary()


class _Plain:
    """Datasette's connection, answering in plain tuples instead of its own rows, as the queries of this program expect."""

    __slots__ = ("_driver",)

    def __init__(self, driver: Any) -> None:
        self._driver = driver

    def execute(self, sql: str, params: Any) -> Any:
        cursor = self._driver.cursor()
        cursor.row_factory = None
        return cursor.execute(sql, params)


class Lent(Connection):
    """A connection of this program over one of Datasette's, which stays open."""

    __slots__ = ()

    def parts(self, sql: str, at_once: int) -> Iterator[list[tuple[Any, ...]]]:
        """The answer in parts, for what is too large to be held at once."""
        try:
            cursor = self._execute(sql, None)
            while rows := cursor.fetchmany(at_once):
                yield rows
        except self._faults as fault:
            raise as_error(fault, self.target) from fault


def as_connection(driver: Any, name: str) -> Lent:
    """Our connection over one of Datasette's; messages call the database by its name on the site."""
    return Lent(Target("sqlite", path=name), _Plain(driver), FAULTS)


def has_our_number(driver: Any) -> bool:
    """Whether the header of the file carries the number of this program."""
    try:
        return bool(driver.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)
    except sqlite3.Error:
        return False


async def is_ours(database: Any) -> bool:
    """Whether a database of Datasette's was made by this program and has the schema that its pages expect."""
    known = _known.get(database)
    if known is None:
        known = _known[database] = bool(await database.execute_fn(_is_at_head))
    return known


def is_known_as_ours(database: Any) -> bool:
    """Whether `is_ours` has found so before: for hooks that cannot wait."""
    return _known.get(database, False)


def _is_at_head(driver: Any) -> bool:
    if not has_our_number(driver):
        return False
    try:
        return find_state(as_connection(driver, "")).kind == "current"
    except TransfersError:
        return False


def served(datasette: Any) -> dict[str, Any]:
    """The databases that are served, by name, without Datasette's own."""
    return {name: database for name, database in datasette.databases.items() if not name.startswith("_")}


async def find_ours(datasette: Any) -> Any | None:
    """The first database that is ours; None when there is none."""
    for database in served(datasette).values():
        if await is_ours(database):
            return database
    return None


async def has_only_ours(datasette: Any) -> bool:
    """Whether something is served, and all of it is ours."""
    databases = served(datasette)
    for database in databases.values():
        if not await is_ours(database):
            return False
    return bool(databases)
