"""All tables and views as CSV in one ZIP file, with a table that says what each column holds."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from transfers.render.separated import as_separated
from transfers.site.metadata import tables

if TYPE_CHECKING:
    from transfers.site.databases import Lent

_AT_ONCE: Final = 2_000  # rows in memory
_LEFT_OUT: Final = frozenset({"search_rows", "search_rows_fts", "alembic_version", "loaded_files"})


def names() -> list[str]:
    """The tables and views that are written."""
    return sorted(name for name, told in tables().items() if name not in _LEFT_OUT and "columns" in told)


def write_csv_files(connection: Lent, path: str) -> None:
    """Write the file. Cells that a spreadsheet would run as a formula have an apostrophe in front."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as packed:
        packed.writestr("columns.csv", _codebook())
        for name in names():
            with packed.open(f"{name}.csv", "w", force_zip64=True) as file, io.TextIOWrapper(file, "utf-8", newline="") as text:
                text.writelines(_lines(connection, name))


def _lines(connection: Lent, name: str) -> Iterator[str]:
    columns = connection.table(f"SELECT * FROM {name} LIMIT 0")[0]
    yield as_separated(columns, [], ",")
    for rows in connection.parts(f"SELECT * FROM {name}", _AT_ONCE):
        yield as_separated(columns, rows, ",", headers=False)


def _codebook() -> str:
    rows: list[tuple[Any, ...]] = [
        (name, column, meaning) for name in names() for column, meaning in tables()[name]["columns"].items()
    ]
    return as_separated(("table", "column", "holds"), rows, ",")
