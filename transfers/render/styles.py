"""Tables in the styles of tabulate.

Those with lines are drawn here, from the same characters, because the package takes as long to import as a whole command to
run; a test compares the two. The few others are left to the package.
"""

from __future__ import annotations

from transfers.errors import UsageError
from transfers.render.visible import as_line
from transfers.render.width import width_of

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, Final, TypeAlias

# Left end, filling, crossing and right end of the lines above, below the header, between rows and below; then what stands
# before, between and after the cells, and the spaces beside each cell.
_Line: TypeAlias = "Sequence[str] | None"
_Style: TypeAlias = "tuple[_Line, _Line, _Line, _Line, tuple[str, str, str], int]"

_GRIDS: Final = {
    "": "+-++ +=++ +-++ +-++ |",
    "simple_": "┌─┬┐ ├─┼┤ ├─┼┤ └─┴┘ │",
    "rounded_": "╭─┬╮ ├─┼┤ ├─┼┤ ╰─┴╯ │",
    "heavy_": "┏━┳┓ ┣━╋┫ ┣━╋┫ ┗━┻┛ ┃",
    "mixed_": "┍━┯┑ ┝━┿┥ ├─┼┤ ┕━┷┙ │",
    "double_": "╔═╦╗ ╠═╬╣ ╠═╬╣ ╚═╩╝ ║",
    "fancy_": "╒═╤╕ ╞═╪╡ ├─┼┤ ╘═╧╛ │",
}
_STYLES: Final[dict[str, _Style]] = {
    "simple": (None, ("", "-", "  ", ""), None, None, ("", "  ", ""), 0),
    "plain": (None, None, None, None, ("", "  ", ""), 0),
    "rst": (("", "=", "  ", ""), ("", "=", "  ", ""), None, ("", "=", "  ", ""), ("", "  ", ""), 0),
    "github": (None, "|-||", None, None, ("|", "|", "|"), 1),
    "pipe": (None, "|-||", None, None, ("|", "|", "|"), 1),
    "orgtbl": (None, "|-+|", None, None, ("|", "|", "|"), 1),
    "presto": (None, ("", "-", "+", ""), None, None, ("", "|", ""), 1),
    "psql": ("+-++", "|-+|", None, "+-++", ("|", "|", "|"), 1),
}
for _name, _drawn in _GRIDS.items():
    _above, _head, _between, _below, _bar = _drawn.split(" ")
    _STYLES[f"{_name}grid"] = (_above, _head, _between, _below, (_bar, _bar, _bar), 1)
    _STYLES[f"{_name}outline"] = (_above, _head, None, _below, (_bar, _bar, _bar), 1)



def as_style(columns: Sequence[str], rows: Sequence[Sequence[Any]], name: str, *, headers: bool = True) -> str:
    """The rows as a table of the style; nothing for no rows.

    Raises:
        UsageError: there is no such style.
    """
    drawn = headers and name in _STYLES and not any(isinstance(cell, float) for row in rows for cell in row)
    cells = [[as_line(value) if isinstance(value, str) else value for value in row] for row in rows]
    if not drawn:
        return _by_package([as_line(column) for column in columns] if headers else [], cells, name)
    return _draw([as_line(column) for column in columns], cells, name) if rows else ""


def _draw(titles: list[str], cells: list[list[Any]], name: str) -> str:
    above, head, between, below, (first, middle, last), beside = _STYLES[name]
    right = [all(isinstance(row[i], int) or row[i] is None for row in cells) and any(row[i] is not None for row in cells)
             for i in range(len(titles))]
    texts = [["" if cell is None else str(cell) for cell in row] for row in cells]
    if name == "rst":  # where an empty first cell would join its row to the one before
        texts = [[row[0] if row[0].strip() else "..", *row[1:]] for row in texts]
    # Headers get two columns more, as in tabulate.
    widths = [max(width_of(title) + 2, *(width_of(row[i]) for row in texts)) for i, title in enumerate(titles)]
    space = " " * beside

    def as_row(row: list[str]) -> str:
        padded = []
        for text, wide, at_right in zip(row, widths, right, strict=True):
            filling = " " * (wide - width_of(text))
            padded.append(space + (filling + text if at_right else text + filling) + space)
        return (first + middle.join(padded) + last).rstrip()

    def as_rule(line: _Line) -> list[str]:
        if line is None:
            return []
        begin, fill, cross, end = tuple(line)
        parts = [fill * (wide + 2 * beside) for wide in widths]
        if name == "pipe":  # its line says how the columns are aligned
            parts = [part[:-1] + ":" if at_right else ":" + part[1:] for part, at_right in zip(parts, right, strict=True)]
        return [(begin + cross.join(parts) + end).rstrip()]

    lines = [*as_rule(above), as_row(titles), *as_rule(head)]
    for number, row in enumerate(texts):
        lines += as_rule(between) if number else []
        lines.append(as_row(row))
    return "\n".join([*lines, *as_rule(below)]) + "\n"


def _by_package(titles: list[str], cells: list[list[Any]], name: str) -> str:
    import tabulate

    if name not in tabulate.tabulate_formats:
        raise UsageError(f"--fmt knows no {name!r}; it knows: {', '.join(tabulate.tabulate_formats)}")
    if not cells:
        return ""
    texts = [i for i in range(len(cells[0])) if any(isinstance(row[i], str) for row in cells)]
    return str(tabulate.tabulate(cells, titles, tablefmt=name, disable_numparse=texts)) + "\n"
