"""What a comparison found."""

from __future__ import annotations

from collections.abc import Iterator
from json import JSONDecoder
from typing import Any, NamedTuple

from transfers.differences.sides import Row

CELLS = "cells"  # the column of a register that holds the printed cells as a JSON array


class Counted(NamedTuple):
    """A row that only one side has, and how many more times than the other."""

    row: Row
    times: int


class Changed(NamedTuple):
    """A row that both sides have with the same key and other cells.

    Attributes:
        before: the row of the first side, after renaming.
        after: the row of the second side.
        cells: the places of the cells that changed and are news.
        times: how many such pairs of rows there are.
    """

    before: Row
    after: Row
    cells: tuple[int, ...]
    times: int


class Cell(NamedTuple):
    """One changed cell."""

    column: str
    before: Any
    after: Any

    @property
    def is_number(self) -> bool:
        """Whether one number became another one."""
        return not is_flag(self.column) and all(isinstance(value, int | float) for value in (self.before, self.after))


class TableDifferences:
    """What differs in one table.

    Attributes:
        name: the table.
        columns: the columns that were compared, which are the cells of all rows here.
        key: those of them that tell rows apart.
        added: the rows that only the second side has.
        removed: the rows that only the first side has.
        changed: the rows with the same key and other cells.
        equal: how many rows are the same.
    """

    __slots__ = ("added", "changed", "columns", "equal", "key", "name", "removed")

    def __init__(self, name: str, columns: tuple[str, ...], key: tuple[str, ...]) -> None:
        self.name, self.columns, self.key = name, columns, key
        self.added: list[Counted] = []
        self.removed: list[Counted] = []
        self.changed: list[Changed] = []
        self.equal = 0

    @property
    def is_equal(self) -> bool:
        """Whether nothing differs."""
        return not (self.added or self.removed or self.changed)

    def key_of(self, row: Row) -> dict[str, Any]:
        """The cells that tell the row apart."""
        return {column: row[self.columns.index(column)] for column in self.key}

    def as_dict(self, row: Row) -> dict[str, Any]:
        """The row by the names of its cells."""
        return dict(zip(self.columns, row, strict=True))

    def cells_of(self, changed: Changed) -> Iterator[Cell]:
        """The cells of a changed row that are news; printed cells that read the same as before, each by its number from 1."""
        for place in changed.cells:
            column, before, after = self.columns[place], changed.before[place], changed.after[place]
            if column == CELLS:
                yield from _printed(before, after)
            else:
                yield Cell(column, before, after)


def _printed(before: str, after: str) -> Iterator[Cell]:
    read = JSONDecoder(strict=False).decode
    old, new = read(before), read(after)
    if len(old) != len(new):
        yield Cell(CELLS, before, after)
        return
    for number, (one, other) in enumerate(zip(old, new, strict=True), 1):
        if one != other:
            yield Cell(f"{CELLS}[{number}]", one, other)


class Differences:
    """Everything that differs.

    Attributes:
        before: the name of the first side.
        after: the name of the second side.
        kind: what was compared, `sides.ROWS` or `sides.REGISTER`.
        tables: the tables in the order of their names, equal ones among them.
        notes: what was not compared and why, in sentences.
        names: of actors and systems, what the second side (else the first) calls an id.
    """

    __slots__ = ("after", "before", "kind", "names", "notes", "tables")

    def __init__(self, before: str, after: str, kind: str) -> None:
        self.before, self.after, self.kind = before, after, kind
        self.tables: list[TableDifferences] = []
        self.notes: list[str] = []
        self.names: dict[str, dict[str, str]] = {}

    @property
    def is_equal(self) -> bool:
        """Whether nothing differs in what was compared."""
        return all(table.is_equal for table in self.tables)


def is_flag(column: str) -> bool:
    """Whether a column holds yes and no as 1 and 0."""
    return column.endswith("_uncertain") or column.startswith(("is_", "in_"))
