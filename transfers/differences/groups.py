"""Equal changes together, so that a few changed numbers are seen among thousands of cells that only look different."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final, NamedTuple

from transfers.differences.result import CELLS, Cell, Changed, Differences, TableDifferences

RARE: Final = 10  # a change that fewer rows share is listed row by row
_YEARS: Final = "delivery_years"
_FREE_TEXT: Final = ("comment", CELLS)  # long texts, of which hardly two are the same
_EMPTIED: Final = "became empty"
_FILLED: Final = "was empty"
_SPELT: Final = "only blanks, marks or case"


class ChangedCell(NamedTuple):
    """One changed cell, with the row it stands in."""

    table: TableDifferences
    row: Changed
    cell: Cell

    @property
    def difference(self) -> int | float | None:
        """How much larger the new number is; None where one of them is no number."""
        if not self.cell.is_number:
            return None
        before, after = self.cell.before, self.cell.after
        if isinstance(before, int) and isinstance(after, int):
            return after - before
        return float(Decimal(str(after)) - Decimal(str(before)))


class Group:
    """Changes that are the same.

    Attributes:
        table: the table.
        column: the column.
        how: in words what they have in common, where it is not the value before and after; else empty.
        before: the value before, where it is the same in all of them; else None.
        after: the value after, where it is the same in all of them; else None.
        rows: how many rows changed so.
        cells: the changed cells.
    """

    __slots__ = ("after", "before", "cells", "column", "how", "rows", "table")

    def __init__(self, table: str, column: str, how: str) -> None:
        self.table, self.column, self.how = table, column, how
        self.before: Any = None
        self.after: Any = None
        self.rows = 0
        self.cells: list[ChangedCell] = []

    def add(self, found: ChangedCell) -> None:
        """Add one more."""
        if not self.cells:
            self.before, self.after = found.cell.before, found.cell.after
        if self.before != found.cell.before:
            self.before = None
        if self.after != found.cell.after:
            self.after = None
        self.rows += found.row.times
        self.cells.append(found)

    @property
    def is_number(self) -> bool:
        """Whether numbers became other numbers."""
        return self.cells[0].cell.is_number

    @property
    def is_listed(self) -> bool:
        """Whether its rows are listed one by one for people: numbers always, and what is rare."""
        return self.is_number or self.rows < RARE


def find_cells(differences: Differences) -> Iterator[ChangedCell]:
    """All changed cells."""
    for table in differences.tables:
        for row in table.changed:
            for cell in table.cells_of(row):
                yield ChangedCell(table, row, cell)


def find_groups(differences: Differences) -> list[Group]:
    """All changed cells by what happened to them: the groups of most rows first."""
    groups: dict[tuple[Any, ...], Group] = {}
    for found in find_cells(differences):
        how, values = _what_happened(found.cell)
        key = (found.table.name, found.cell.column, how, *values)
        if key not in groups:
            groups[key] = Group(found.table.name, found.cell.column, how)
        groups[key].add(found)
    return [groups[key] for key in sorted(groups, key=lambda key: (-groups[key].rows, list(map(str, key))))]


def _what_happened(cell: Cell) -> tuple[str, tuple[Any, ...]]:
    """What a change has in common with others: the kind of change in words, or the values before and after."""
    if cell.before is None:
        return _FILLED, ()
    if cell.after is None:
        return _EMPTIED, ()
    if cell.column == _YEARS:
        before, after = set(cell.before.split("; ")), set(cell.after.split("; "))
        parts = [f"+{year}" for year in sorted(after - before)] + [f"-{year}" for year in sorted(before - after)]
        return " ".join(parts), ()
    if cell.column.startswith(_FREE_TEXT) and _letters(cell.before) == _letters(cell.after) != "":
        return _SPELT, ()
    return "", (cell.before, cell.after)


def _letters(text: str) -> str:
    """The letters and digits of a text, without case."""
    return "".join(filter(str.isalnum, text.casefold()))


def find_numbers(groups: list[Group]) -> list[ChangedCell]:
    """The cells in which a number became another one: what happened least often first, then the largest difference."""
    order = {column: place for place, column in enumerate(("ordered", "delivered", "tiv_ordered", "tiv_delivered", "tiv_unit"))}
    found = [(group.rows, cell) for group in groups if group.is_number for cell in group.cells]

    def place(one: tuple[int, ChangedCell]) -> tuple[Any, ...]:
        rows, cell = one
        return (
            rows >= RARE, order.get(cell.cell.column, -1), cell.cell.column, -abs(cell.difference or 0),
            list(map(str, cell.table.key_of(cell.row.after).values())), str(cell.cell),
        )

    return [cell for _, cell in sorted(found, key=place)]


def find_rare(groups: list[Group]) -> list[ChangedCell]:
    """The other cells that are listed one by one: what happened least often first."""
    found = [(group.rows, cell) for group in groups if group.is_listed and not group.is_number for cell in group.cells]

    def place(one: tuple[int, ChangedCell]) -> tuple[Any, ...]:
        rows, cell = one
        return (rows, cell.table.name, cell.cell.column, list(map(str, cell.table.key_of(cell.row.after).values())), str(cell.cell))

    return [cell for _, cell in sorted(found, key=place)]
