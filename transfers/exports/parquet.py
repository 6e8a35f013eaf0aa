"""Parquet: one file for each table and view, with typed days and numbers; rows of registers in folders by register and year."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from transfers.errors import InputError
from transfers.exports.csv_files import ABOUT, write_text
from transfers.exports.tables import Row, Table, read_rows
from transfers.queries.kinds import DAY, INTEGER, NUMBER
from transfers.render.json_text import as_page, as_value

if TYPE_CHECKING:
    from transfers.db import Connection
    from transfers.exports.about import About

# The folders are named as Hive has it. Their columns have names of their own and the files keep all of theirs, because readers
# differ in what they make of a folder without a value: a row without a year stands under the year 0.
PARTITIONED: Final = {"register_rows": {"register": "register_id", "year": "order_year"}}


def require_pyarrow() -> None:
    """Raise unless pyarrow is installed.

    Raises:
        InputError: it is not.
    """
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise InputError('Parquet needs pyarrow, which is not installed; run: pip install "transfers[export]"') from error


def write_parquet(connection: Connection, tables: Sequence[Table], about: About, folder: str) -> None:
    """Write all tables into a folder that is there, with `about.json`; each file carries the same in its own metadata.

    Raises:
        InputError: pyarrow is not installed.
        OSError: a file cannot be written.
    """
    require_pyarrow()
    told = as_value(about.as_dict("parquet"))
    for table in tables:
        rows = read_rows(connection, table)
        if table.name in PARTITIONED:
            _write_parts(rows, table, told, os.path.join(folder, table.name))
        else:
            _write(rows, table, told, os.path.join(folder, f"{table.name}.parquet"))
    write_text(folder, ABOUT, (as_page(about.as_dict("parquet")), "\n"))


def _write_parts(rows: list[Row], table: Table, told: str, folder: str) -> None:
    by = {name: table.names.index(column) for name, column in PARTITIONED[table.name].items()}

    def part(row: Row) -> tuple[str, ...]:
        return tuple(f"{name}={row[at] or 0}" for name, at in by.items())

    for names, some in groupby(sorted(rows, key=part), part):
        path = os.path.join(folder, *names)
        os.makedirs(path)
        _write(list(some), table, told, os.path.join(path, "rows.parquet"))


def _write(rows: list[Row], table: Table, told: str, path: str) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {DAY: pa.date32(), INTEGER: pa.int64(), NUMBER: pa.float64()}
    schema = pa.schema(
        [
            pa.field(column.name, types.get(column.kind, pa.string()), metadata={"description": column.meaning})
            for column in table.columns
        ],
        metadata={"transfers": told, "description": table.meaning},
    )
    arrays = [
        pa.array([_typed(row[at], column.kind) for row in rows], type=schema.field(at).type)
        for at, column in enumerate(table.columns)
    ]
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), path, compression="zstd")


def _typed(value: Any, kind: str) -> Any:
    return date.fromisoformat(value) if kind == DAY and value is not None else value
