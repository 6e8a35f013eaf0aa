"""CSV: one file for each table and view, what each column holds, and what the export says of itself."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from transfers.exports.tables import Row, Table, read_rows
from transfers.render.json_text import as_page
from transfers.render.separated import as_separated

if TYPE_CHECKING:
    from transfers.db import Connection
    from transfers.exports.about import About

COLUMNS: Final = "columns.csv"
ABOUT: Final = "about.json"
_AT_ONCE: Final = 2_000  # rows made to text at once
_QUOTED: Final = re.compile(r'[",\r\n]|^$|^\s|\s$')


def as_csv(columns: Sequence[str], rows: Sequence[Row], *, raw: bool) -> Iterator[str]:
    """The file in parts. NULL is an empty cell.

    Args:
        columns: the header.
        rows: the rows.
        raw: every cell exactly as it is, the empty text as a pair of quotation marks; else one that a spreadsheet would take for
            a formula has an apostrophe in front, and characters that steer a terminal are written out.
    """
    if raw:
        yield _as_lines([columns])
    else:
        yield as_separated(columns, [], ",")
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start:start + _AT_ONCE]
        yield _as_lines(some) if raw else as_separated(columns, some, ",", headers=False)


def _as_lines(rows: Sequence[Sequence[Any]]) -> str:
    return "".join([",".join(map(_as_cell, row)) + "\n" for row in rows])


def _as_cell(value: Any) -> str:
    if value is None:
        return ""
    text = str(value)
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def write_csv_files(connection: Connection, tables: Sequence[Table], about: About, folder: str, *, raw: bool = False) -> None:
    """Write all tables into a folder that is there, with `columns.csv` and `about.json`.

    Raises:
        OSError: a file cannot be written.
    """
    for table in tables:
        write_text(folder, f"{table.name}.csv", as_csv(table.names, read_rows(connection, table), raw=raw))
    write_text(folder, COLUMNS, as_csv(("table", "column", "kind", "holds"), columns_of(tables), raw=raw))
    write_text(folder, ABOUT, (as_page(about.as_dict("csv")), "\n"))


def columns_of(tables: Sequence[Table]) -> list[Row]:
    """Table, column, kind and meaning of all columns."""
    return [(table.name, column.name, column.kind, column.meaning) for table in tables for column in table.columns]


def write_text(folder: str, name: str, parts: Iterator[str] | Sequence[str]) -> None:
    """Write one file of a folder (UTF-8, plain line ends)."""
    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="\n") as file:
        file.writelines(parts)
