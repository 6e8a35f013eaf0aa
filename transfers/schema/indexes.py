"""Filling an empty database: without its indexes, which are made afterwards as they were."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from transfers.db import Connection


@contextmanager
def without_indexes(connection: Connection, tables: Sequence[str] = ()) -> Iterator[None]:
    """Drop the indexes that do not guard anything, of all tables or of some, and make them again at the end of the transaction.

    Keys and unique indexes stay, so that nothing is let in that they would refuse. PostgreSQL gains too little by it.
    """
    indexes = []
    if connection.engine == "sqlite":
        indexes = connection.rows(
            "SELECT name, sql, tbl_name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL "
            "AND sql NOT LIKE 'CREATE UNIQUE %' ORDER BY rowid"
        )
        indexes = [(name, sql) for name, sql, table in indexes if not tables or table in tables]
    for name, _ in indexes:
        connection.run(f'DROP INDEX "{name}"')
    yield
    for _, sql in indexes:
        connection.run(sql)
