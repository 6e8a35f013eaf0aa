"""CSV and TSV. A cell that a spreadsheet would run as a formula gets an apostrophe in front, unless asked not to.

Written by hand, as the csv module would write it: the module takes longer to import than a page takes to write.
"""

from __future__ import annotations

from transfers.render.json_text import as_value
from transfers.render.visible import as_visible

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

_STARTS = frozenset("=+-@|%＝＋－＠｜％")  # what a spreadsheet takes for the beginning of a formula
_KEPT_APART = frozenset("\t\r\n\0'")  # what would be lost, or taken for our apostrophe, at the beginning of a cell
_NUMBER = r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"


def as_separated(
    columns: Sequence[str], rows: Sequence[Sequence[Any]], delimiter: str, *, headers: bool = True, guard: bool = True,
) -> str:
    """The rows with a delimiter between the cells, quoted where needed; NULL is an empty cell.

    Args:
        columns: the header.
        rows: the rows.
        delimiter: a comma or a tab.
        headers: whether to write the header.
        guard: whether to put an apostrophe before what a spreadsheet would take for a formula.
    """
    lines = [columns, *rows] if headers else rows
    return "".join([_as_line([_as_cell(value, delimiter, guard) for value in row], delimiter) for row in lines])


def _as_line(cells: list[str], delimiter: str) -> str:
    return (delimiter.join(cells) if cells != [""] else '""') + "\n"  # one empty cell is not an empty line


def _as_cell(value: Any, delimiter: str, guard: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        text = as_visible(as_guarded(value) if guard else value, keep="\n")
    elif isinstance(value, bytes):
        text = value.hex()
    else:
        text = as_value(value) if isinstance(value, list | dict) else str(value)
    if delimiter in text or '"' in text or "\n" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def as_guarded(text: str) -> str:
    """The text with an apostrophe in front when a spreadsheet could run it as a formula; taking it away gives the text back."""
    first = text[:1]
    beginning = first if first.isprintable() and first != " " else text.lstrip(" \t\r\n\v\f\ufeff\xa0\u3000")[:1]
    if first in _KEPT_APART or beginning in _STARTS:
        import re

        return text if re.fullmatch(_NUMBER, text) else "'" + text
    return text
