"""A table for people: never wider than the terminal, whatever scripts the cells are in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from transfers.render.visible import as_line
from transfers.render.width import cut, pad, width_of, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP = "  "
_NARROWEST = 5  # a column this narrow can still be read; below it the table becomes a list
_TALLEST = 4  # lines of one cell


def as_table(columns: Sequence[str], rows: Sequence[Sequence[Any]], width: int, *, headers: bool = True) -> str:
    """The rows as a table of at most so many columns of the terminal, with a line break at its end; nothing for no rows.

    Long cells are wrapped and cut after some lines. Where the terminal is too narrow for a table, each row becomes a list of
    its cells.
    """
    if not rows:
        return ""
    cells = [[_as_cell(value) for value in row] for row in rows]
    numeric = [all(isinstance(row[index], int | float) or row[index] is None for row in rows) for index in range(len(columns))]
    titles = [as_line(column) for column in columns] if headers else [""] * len(columns)
    natural = [max(width_of(title), *(width_of(row[index]) for row in cells)) for index, title in enumerate(titles)]
    widths = _fit(natural, width - len(_GAP) * (len(columns) - 1))
    if widths is None:
        return _as_list([as_line(column) for column in columns], cells, width)
    lines = []
    if headers:
        lines += _lines(titles, widths, numeric)
        lines.append(_GAP.join("-" * one for one in widths))
    for row in cells:
        lines += _lines(row, widths, numeric)
    return "\n".join(lines) + "\n"


def _as_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return as_line(value)
    if isinstance(value, bytes):
        return f"({len(value)} bytes)"
    return as_line(str(value))


def _fit(natural: list[int], room: int) -> list[int] | None:
    """Widths that fit into the room: narrow columns keep theirs, the wide ones share what is left."""
    if sum(natural) <= room:
        return natural
    left, widths = room, [0] * len(natural)
    order = sorted(range(len(natural)), key=lambda index: natural[index])
    for place, index in enumerate(order):
        share = left // (len(order) - place)
        widths[index] = min(natural[index], share)
        left -= widths[index]
    return widths if all(got >= min(wanted, _NARROWEST) for got, wanted in zip(widths, natural, strict=True)) else None


def _lines(cells: list[str], widths: list[int], numeric: list[bool]) -> list[str]:
    """One row of the table in as many lines as its tallest cell needs."""
    if all(width_of(cell) <= wide for cell, wide in zip(cells, widths, strict=True)):
        return [_line(cells, widths, numeric)]
    columns = []
    for cell, wide in zip(cells, widths, strict=True):
        wrapped = wrap(cell, wide)
        if len(wrapped) > _TALLEST:
            wrapped = [*wrapped[:_TALLEST - 1], cut(" ".join(wrapped[_TALLEST - 1:]), wide)]
        columns.append(wrapped)
    height = max(len(column) for column in columns)
    return [
        _line([column[index] if index < len(column) else "" for column in columns], widths, numeric) for index in range(height)
    ]


def _line(cells: list[str], widths: list[int], numeric: list[bool]) -> str:
    padded = [pad(cell, wide, right=right) for cell, wide, right in zip(cells, widths, numeric, strict=True)]
    return _GAP.join(padded).rstrip()


def _as_list(columns: list[str], rows: list[list[str]], width: int) -> str:
    """Each row as lines ``column: cell``, an empty line between two rows."""
    blocks = []
    for row in rows:
        lines: list[str] = []
        for column, cell in zip(columns, row, strict=True):
            if cell:
                lines += wrap(f"{column}: {cell}", max(width, 1))
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"
