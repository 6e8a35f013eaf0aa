"""A database as a side: the tables that the canonical export holds, or one of the registers in it."""

from __future__ import annotations

from collections.abc import Iterator

from transfers.db import Connection
from transfers.differences.registers import COLUMNS, register_side
from transfers.differences.sides import ROWS, Side, Table
from transfers.schema.keys import KEYS, MADE_NUMBERS, NUMBERS, TEXTS


def database_side(connection: Connection, name: str = "") -> Side:
    """All that the files of the collection said when the database was loaded.

    Full texts are not compared: their hashes are.

    Args:
        connection: a database at head, inside `Connection.snapshot` for as long as the side is read.
        name: how to speak of it, if not by its path or URL.
    """
    return Side(ROWS, name or connection.target.shown, _tables(connection))


def _tables(connection: Connection) -> Iterator[Table]:
    for name, key in KEYS.items():
        found = connection.table(f"SELECT * FROM {name} LIMIT 0")[0]
        columns = sorted(column for column in found if (name, column) not in MADE_NUMBERS | TEXTS)
        order = ", ".join(_ordered(connection.engine, column) for column in key)
        yield Table(name, columns, key, connection.stream(f"SELECT {', '.join(columns)} FROM {name} ORDER BY {order}"))


def _ordered(engine: str, column: str) -> str:
    """Text by code point and NULL first, as Python orders them; SQLite does so by itself, and then uses its indexes."""
    if engine == "sqlite":
        return column
    return f"{column} NULLS FIRST" if column in NUMBERS else f'{column} COLLATE "C" NULLS FIRST'


def find_registers(connection: Connection) -> list[str]:
    """The ids of the registers in a database."""
    return sorted(row[0] for row in connection.rows("SELECT id FROM registers"))


def imported_side(connection: Connection, register: str) -> Side:
    """One of the registers in a database.

    Args:
        connection: a database at head, inside `Connection.snapshot`.
        register: its id; it must be there.
    """
    (form, selection), = connection.rows("SELECT form, selection FROM registers WHERE id = :id", {"id": register})
    rows = connection.stream(f"SELECT {', '.join(COLUMNS)} FROM register_rows WHERE register_id = :id", {"id": register})
    return register_side(register, form, selection, rows)
