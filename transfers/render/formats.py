"""The formats that rows can be written in."""

from __future__ import annotations

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any


class Format:
    """How rows are to be written.

    Attributes:
        kind: table, json, nl, csv, tsv or fmt.
        name: for fmt, the name of the style.
        headers: whether tables, CSV and TSV begin with the names of the columns.
        guard: whether cells of CSV and TSV are kept from being formulas.
        width: columns of the terminal.
    """

    __slots__ = ("guard", "headers", "kind", "name", "width")

    def __init__(self, kind: str = "table", *, name: str = "", headers: bool = True, guard: bool = True, width: int = 80) -> None:
        self.kind, self.name, self.headers, self.guard, self.width = kind, name, headers, guard, width

    @property
    def is_for_people(self) -> bool:
        """Whether the columns are chosen for people and not for programs."""
        return self.kind in ("table", "fmt")


def as_text(columns: Sequence[str], rows: Sequence[Sequence[Any]], wanted: Format) -> str:
    """The rows in the wanted format.

    Raises:
        UsageError: there is no such style for fmt.
    """
    if wanted.kind == "table":
        from transfers.render.table import as_table

        return as_table(columns, rows, wanted.width, headers=wanted.headers)
    if wanted.kind in ("json", "nl"):
        from transfers.render.json_text import as_json, as_json_lines

        return (as_json if wanted.kind == "json" else as_json_lines)(columns, rows)
    if wanted.kind in ("csv", "tsv"):
        from transfers.render.separated import as_separated

        delimiter = "," if wanted.kind == "csv" else "\t"
        return as_separated(columns, rows, delimiter, headers=wanted.headers, guard=wanted.guard)
    from transfers.render.styles import as_style

    return as_style(columns, rows, wanted.name, headers=wanted.headers)
