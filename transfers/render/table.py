"""A table for people: never wider than the terminal, whatever scripts the cells are in."""

from __future__ import annotations

from transfers.render.visible import as_line
from transfers.render.width import breakable, cut, width_of, wrap

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

_GAPS = ("  ", " ")  # between two columns; the narrow one where the terminal is
_NARROWEST_TITLE = 4  # a longer one is cut before a word of a cell is broken
_WIDEST_WORD = 16  # a longer one is broken before the table becomes a list
_TALLEST = 4  # lines of one cell


def as_table(columns: Sequence[str], rows: Sequence[Sequence[Any]], width: int, *, headers: bool = True) -> str:
    """The rows as a table of at most so many columns of the terminal, with a line break at its end; nothing for no rows.

    Long cells are wrapped between words and cut after some lines. Where the terminal is too narrow for the words, each row
    becomes a list of its cells.
    """
    if not rows:
        return ""
    titles = [as_line(column) for column in columns]
    filled = [_as_column([row[index] for row in rows]) for index in range(len(titles))]
    for gap in _GAPS:
        widths = _widths(titles if headers else [""] * len(titles), filled, width - len(gap) * (len(titles) - 1))
        if widths is not None:
            return _as_columns(titles if headers else None, filled, widths, gap)
    return _as_list(titles, [cells for cells, _ in filled], width)


def _as_columns(titles: list[str] | None, filled: list[tuple[list[str], bool]], widths: list[int], gap: str) -> str:
    lines: list[str] = []
    if titles:
        lines.append(gap.join(
            _padded(cut(title, wide), wide, right) for title, wide, (_, right) in zip(titles, widths, filled, strict=True)
        ).rstrip())
        lines.append(gap.join("-" * wide for wide in widths))
    empty = [" " * wide for wide in widths]
    for row in zip(*(_as_blocks(cells, wide, right) for (cells, right), wide in zip(filled, widths, strict=True)), strict=True):
        lines += _lines(row, empty, gap)
    return "\n".join(lines) + "\n"


def _as_column(values: list[Any]) -> tuple[list[str], bool]:
    """The cells of a column as texts, and whether they are numbers, which stand at the right."""
    return [_as_cell(value) for value in values], all(isinstance(value, int | float) or value is None for value in values)


def _as_cell(value: Any) -> str:
    if isinstance(value, str):
        return value if value.isprintable() else as_line(value)
    if value is None:
        return ""
    if isinstance(value, bytes):
        return f"({len(value)} bytes)"
    return as_line(str(value))


def _widths(titles: list[str], columns: list[tuple[list[str], bool]], room: int) -> list[int] | None:
    """A width for each column: what it needs, else what keeps its words whole; None when there is no room for that."""
    distinct = [set(cells) for cells, _ in columns]
    natural = [max(width_of(title), *map(width_of, cells)) for title, cells in zip(titles, distinct, strict=True)]
    if sum(natural) <= room:
        return natural
    for apart in (str, breakable):  # first no word is broken, then only where it may be
        floors = [
            max(min(width_of(title), _NARROWEST_TITLE), min(_longest_word(map(apart, cells)), _WIDEST_WORD))
            for title, cells in zip(titles, distinct, strict=True)
        ]
        if sum(floors) <= room:
            more = _share([want - floor for want, floor in zip(natural, floors, strict=True)], room - sum(floors))
            return [floor + one for floor, one in zip(floors, more, strict=True)]
    return None


def _longest_word(cells: Iterable[str]) -> int:
    return max((width_of(word) for cell in cells for word in cell.split()), default=0)


def _share(wanted: list[int], room: int) -> list[int]:
    """Divide the room: who wants little gets it, the others get equal parts of what is left."""
    left, got = room, [0] * len(wanted)
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    for place, index in enumerate(order):
        got[index] = min(wanted[index], left // (len(order) - place))
        left -= got[index]
    return got


def _padded(text: str, width: int, right: bool) -> str:
    spaces = " " * (width - width_of(text))
    return spaces + text if right else text + spaces


def _as_blocks(cells: list[str], width: int, right: bool) -> list[str | list[str]]:
    """Each cell filled with spaces to the width; a list of lines where one is not enough."""
    made: dict[str, str | list[str]] = {}  # cells repeat
    for cell in cells:
        if cell in made:
            continue
        if width_of(cell) <= width:
            made[cell] = _padded(cell, width, right)
            continue
        wrapped = wrap(cell, width)
        if len(wrapped) > _TALLEST:
            wrapped = [*wrapped[:_TALLEST - 1], cut(" ".join(wrapped[_TALLEST - 1:]), width)]
        made[cell] = [_padded(line, width, right) for line in wrapped]
    return [made[cell] for cell in cells]


def _lines(cells: Sequence[str | list[str]], empty: list[str], gap: str) -> list[str]:
    """One row of the table in as many lines as its tallest cell needs."""
    tall = [cell for cell in cells if isinstance(cell, list)]
    if not tall:
        return [gap.join(cells).rstrip()]  # type: ignore[arg-type]
    columns = [cell if isinstance(cell, list) else [cell] for cell in cells]
    return [
        gap.join([
            column[index] if index < len(column) else blank for column, blank in zip(columns, empty, strict=True)
        ]).rstrip()
        for index in range(max(map(len, tall)))
    ]


def _as_list(titles: list[str], columns: list[list[str]], width: int) -> str:
    """Each row as lines ``title: cell``, an empty line between two rows."""
    blocks = []
    for row in zip(*columns, strict=True):
        lines: list[str] = []
        for title, cell in zip(titles, row, strict=True):
            if cell:
                lines += wrap(f"{title}: {cell}", max(width, 1))
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"
