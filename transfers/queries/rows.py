"""The answer of a list, and the pieces that its SQL is put together from."""

from __future__ import annotations

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any, TypeAlias

    from transfers.db import Connection

Row: TypeAlias = "tuple[Any, ...]"

_AT_ONCE = 400  # ids in one statement; SQLite looks each named parameter up among all others


class Rows:
    """Named columns and their rows. ``more`` says that the limit cut some off.

    A cell is a text, a number, None, or a list or dictionary of these.
    """

    __slots__ = ("columns", "more", "rows")

    def __init__(self, columns: Sequence[str], rows: list[Row], *, more: bool = False) -> None:
        self.columns = tuple(columns)
        self.rows = rows
        self.more = more

    def __len__(self) -> int:
        return len(self.rows)

    def dicts(self) -> Iterator[dict[str, Any]]:
        """Each row as a dictionary in the order of the columns."""
        for row in self.rows:
            yield dict(zip(self.columns, row, strict=True))


class Where:
    """Conditions that are joined by AND, with their parameters. Values never become part of the text."""

    __slots__ = ("params", "parts")

    def __init__(self, params: dict[str, Any] | None = None) -> None:
        self.parts: list[str] = []
        self.params: dict[str, Any] = {} if params is None else params

    def add(self, condition: str, **params: Any) -> None:
        """Add a condition and the parameters it names."""
        self.parts.append(condition)
        self.params.update(params)

    def listed(self, values: Iterable[Any]) -> str:
        """Parameters for the values, as the inside of ``IN (...)``."""
        names = []
        for value in values:
            name = f"p{len(self.params)}"
            self.params[name] = value
            names.append(":" + name)
        return ", ".join(names) or "NULL"

    def among(self, column: str, values: Iterable[Any]) -> None:
        """The column holds one of the values; without values nothing fits."""
        self.parts.append(f"{column} IN ({self.listed(values)})")

    def __str__(self) -> str:
        return " AND ".join(self.parts) or "1 = 1"


def ordered(engine: str, *columns: str) -> str:
    """The inside of an ORDER BY: text by code point on both engines, NULL last where a column is marked with ``?``."""
    collate = ' COLLATE "C"' if engine == "postgresql" else ""
    return ", ".join(
        f"{column[:-1]}{collate} NULLS LAST" if column.endswith("?") else f"{column}{collate}" for column in columns
    )


def find_ids(connection: Connection, sql: str, params: dict[str, Any], limit: int) -> tuple[list[str], bool]:
    """The first column of a statement, at most so many, and whether there would be more."""
    rows = connection.rows(f"{sql} LIMIT :at_most", {**params, "at_most": limit + 1})
    return [row[0] for row in rows[:limit]], len(rows) > limit


def find_rows(connection: Connection, view: str, ids: Sequence[str], columns: str = "*", key: str = "id") -> Rows:
    """The rows of a view that have these ids, in the order of the ids."""
    named: list[str] = []
    found: list[Row] = []
    for start in range(0, len(ids) or 1, _AT_ONCE):
        where = Where()
        where.among(key, ids[start:start + _AT_ONCE])
        named, rows = connection.table(f"SELECT {columns} FROM {view} WHERE {where}", where.params)
        found += rows
    place = {one: index for index, one in enumerate(ids)}
    column = named.index(key)
    found.sort(key=lambda row: place[row[column]])
    return Rows(named, found)


def find_pairs(connection: Connection, select: str, key: str, ids: Sequence[str]) -> list[Row]:
    """The rows of a SELECT (without that word) whose key is one of the ids, in no order."""
    found: list[Row] = []
    for start in range(0, len(ids), _AT_ONCE):
        where = Where()
        where.among(key, ids[start:start + _AT_ONCE])
        found += connection.rows(f"SELECT {select} WHERE {where}", where.params)
    return found


def read_json(rows: Rows, column: str) -> list[Row]:
    """The rows, with the JSON text of one column read."""
    from json import JSONDecoder

    read = JSONDecoder(strict=False).decode
    index = rows.columns.index(column)
    return [(*row[:index], {} if row[index] == "{}" else read(row[index]), *row[index + 1:]) for row in rows.rows]
