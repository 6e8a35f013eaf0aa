"""What the tests of migrations share."""

from __future__ import annotations

from typing import Any

import pytest

from transfers.db import Connection, reading
from transfers.schema.fingerprint import read_fingerprint
from transfers.schema.migrating import count_rows

Contents = dict[str, dict[str, list[Any]]]


def read_all(target: Any) -> Contents:
    """Every table as column -> values, the rows in the order of all their values."""
    with reading(target) as connection:
        return {table: read_table(connection, table) for table in sorted(count_rows(connection))}


def read_table(connection: Connection, table: str) -> dict[str, list[Any]]:
    columns, rows = connection.table(f'SELECT * FROM "{table}"')
    # By the first columns, which are the key of every table here: so that a column more or less changes no order.
    rows.sort(key=lambda row: [(value is not None, str(value)) for value in row[:3]])
    return {column: [row[place] for row in rows] for place, column in enumerate(columns)}


def require_kept(before: Contents, after: Contents) -> None:
    """Every table and column that is still there has the values it had."""
    for table in before.keys() & after.keys():
        for column in before[table].keys() & after[table].keys():
            assert after[table][column] == before[table][column], f"{table}.{column}"


@pytest.fixture
def fingerprint_of():
    """The fingerprint of a database."""
    def read(target):
        with reading(target) as connection:
            return read_fingerprint(connection)

    return read
