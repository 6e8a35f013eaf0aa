"""One side of a comparison: tables of rows, wherever they come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeAlias

Row: TypeAlias = tuple[Any, ...]

ROWS: Final = "rows"  # all that the files of a collection say
REGISTER: Final = "register"  # one release of somebody else's register


class Table:
    """The rows of one table.

    Attributes:
        name: its name.
        columns: the names of the cells of a row.
        key: the columns that tell rows apart. Several rows may have the same key.
        rows: the rows in the order of their keys, empty cells first, text by code point; they can be read once.
        derived: columns that follow from others: a change of one is news only when none of the others changed.
    """

    __slots__ = ("columns", "derived", "key", "name", "rows")

    def __init__(
        self, name: str, columns: Iterable[str], key: Iterable[str], rows: Iterable[Row],
        derived: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.name, self.columns, self.key, self.rows, self.derived = name, tuple(columns), tuple(key), rows, derived or {}


class Side:
    """What is compared.

    Attributes:
        kind: `ROWS` or `REGISTER`; only sides of one kind can be compared.
        name: how to speak of it.
        tables: its tables in the order of their names, each read to its end before the next.
        form: of a register, which of its published forms; else empty.
        selection: of a register, what the file says it is a selection of.
    """

    __slots__ = ("form", "kind", "name", "selection", "tables")

    def __init__(self, kind: str, name: str, tables: Iterable[Table], *, form: str = "", selection: str | None = None) -> None:
        self.kind, self.name, self.tables, self.form, self.selection = kind, name, tables, form, selection


def as_orderly(values: Iterable[Any]) -> tuple[tuple[bool, Any], ...]:
    """The values in a form that can be ordered although some are empty; the empty ones come first."""
    return tuple([(value is not None, value) for value in values])
