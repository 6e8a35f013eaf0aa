"""CSV and TSV. A cell that a spreadsheet would run as a formula gets an apostrophe in front, unless asked not to."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

from transfers.render.json_text import as_value
from transfers.render.visible import as_visible

if TYPE_CHECKING:
    from collections.abc import Sequence

_FORMULA = re.compile("[\\s\ufeff]*[=+\\-@|%＝＋－＠｜％]|[\t\r\n\0']")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")


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
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n")
    if headers:
        writer.writerow([_as_cell(column, guard) for column in columns])
    writer.writerows([[_as_cell(value, guard) for value in row] for row in rows])
    return buffer.getvalue()


def _as_cell(value: Any, guard: bool) -> Any:
    if isinstance(value, str):
        text = as_guarded(value) if guard else value
        return as_visible(text, keep="\n")
    if isinstance(value, list | dict):
        return as_value(value)
    if isinstance(value, bytes):
        return value.hex()
    return value


def as_guarded(text: str) -> str:
    """The text with an apostrophe in front when a spreadsheet could run it as a formula; taking it away gives the text back."""
    return "'" + text if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
