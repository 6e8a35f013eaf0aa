"""Parquet as DuckDB, polars, pandas and pyarrow read it: the rows, their types, and the folders by register and year."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.exports.conftest import REGISTER, Place
from transfers.db import reading
from transfers.exports.about import Wanted
from transfers.exports.parquet import PARTITIONED
from transfers.exports.tables import Table, find_tables, read_rows
from transfers.site.metadata import tables

pq = pytest.importorskip("pyarrow.parquet", reason="the extra `export` is not installed")
duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
polars = pytest.importorskip("polars", reason="polars is not installed")
pandas = pytest.importorskip("pandas", reason="pandas is not installed")

def expected(place: Place) -> list[tuple[Table, list[tuple[Any, ...]]]]:
    with reading(place.target) as connection:
        found = [(table, read_rows(connection, table)) for table in find_tables(connection, Wanted(True, True), tables())]
    return [(table, [as_typed(row, table) for row in rows]) for table, rows in found if table.name not in PARTITIONED]


def as_typed(row: tuple[Any, ...], table: Table) -> tuple[Any, ...]:
    kinds = [column.kind for column in table.columns]
    return tuple(
        date.fromisoformat(value) if kind == "day" and value is not None else value for value, kind in zip(row, kinds, strict=True)
    )


@pytest.fixture
def folder(place: Place, tmp_path: Path) -> Path:
    return place.folder("parquet", tmp_path / "parquet", texts=True, registers=True)


def test_duckdb_reads_every_table(place: Place, folder: Path) -> None:
    types = {"day": "DATE", "integer": "BIGINT", "number": "DOUBLE", "text": "VARCHAR"}
    with duckdb.connect() as database:
        for table, rows in expected(place):
            relation = database.from_parquet(str(folder / f"{table.name}.parquet"))
            assert [str(one) for one in relation.types] == [types[column.kind] for column in table.columns], table.name
            assert (relation.columns, relation.fetchall()) == (table.names, rows)


def test_polars_reads_every_table(place: Place, folder: Path) -> None:
    types = {"day": polars.Date, "integer": polars.Int64, "number": polars.Float64, "text": polars.String}
    for table, rows in expected(place):
        frame = polars.read_parquet(folder / f"{table.name}.parquet")
        assert list(frame.schema.items()) == [(column.name, types[column.kind]) for column in table.columns]
        assert frame.rows() == rows


def test_pandas_reads_every_table_with_nullable_numbers(place: Place, folder: Path) -> None:
    for table, rows in expected(place):
        frame = pandas.read_parquet(folder / f"{table.name}.parquet", dtype_backend="numpy_nullable")
        assert list(frame.columns) == table.names
        assert len(frame) == len(rows)
        for at, column in enumerate(table.columns):
            if column.kind == "integer":
                assert str(frame[column.name].dtype) == "Int64"
            values = [None if pandas.isna(value) else value for value in frame[column.name]]
            assert [as_day(value) for value in values] == [row[at] for row in rows], (table.name, column.name)


def as_day(value: Any) -> Any:
    return value.date() if hasattr(value, "date") and callable(value.date) else value


def test_rows_of_registers_stand_in_folders_by_register_and_year(registers: Place, tmp_path: Path) -> None:
    folder = registers.folder("parquet", tmp_path / "parquet", registers=True) / "register_rows"
    assert sorted(str(path.relative_to(folder)) for path in folder.rglob("*.parquet")) == [
        f"register={REGISTER}/year={year}/rows.parquet" for year in (0, 2021, 2022)
    ]
    columns = ["row_number", "order_year", "year", "designation", "register_id", "register"]
    wanted = [(number, year, year or 0, name, REGISTER, REGISTER) for number, year, name in registers.rows(
        "SELECT row_number, order_year, designation FROM register_rows ORDER BY row_number")]
    with duckdb.connect() as database:
        sql = f"SELECT {', '.join(columns)} FROM read_parquet('{folder}/**/*.parquet', hive_partitioning = true) ORDER BY row_number"
        assert database.sql(sql).fetchall() == wanted
    frame = polars.read_parquet(f"{folder}/**/*.parquet", hive_partitioning=True).sort("row_number")
    assert frame.select(columns).rows() == wanted
    read = pandas.read_parquet(folder, dtype_backend="numpy_nullable").sort_values("row_number")
    found = [[None if pandas.isna(value) else value for value in row] for row in read[columns].itertuples(index=False)]
    assert [(*row[:2], int(row[2]), *row[3:]) for row in found] == wanted


def test_each_file_says_what_it_is(registers: Place, tmp_path: Path) -> None:
    folder = registers.folder("parquet", tmp_path / "parquet", registers=True)
    for path in folder.rglob("*.parquet"):
        told = json.loads(pq.read_schema(path).metadata[b"transfers"])
        assert told["source_sha256"] == registers.about().sha256
    field = pq.read_schema(folder / "claims.parquet").field("stance")
    assert field.metadata[b"description"].startswith(b"asserted")
