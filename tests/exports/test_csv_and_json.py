"""CSV and JSON give back what is in the database."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from tests.exports.conftest import HOSTILE, Place
from transfers.db import reading
from transfers.exports.about import Wanted
from transfers.exports.tables import find_tables, read_rows
from transfers.site.metadata import tables


def expected(place: Place) -> dict[str, tuple[list[str], list[tuple[Any, ...]]]]:
    with reading(place.target) as connection:
        return {table.name: (table.names, read_rows(connection, table)) for table in find_tables(connection, Wanted(True, True), tables())}


def test_raw_csv_gives_every_cell_back(place: Place, tmp_path: Path) -> None:
    folder = place.folder("csv", tmp_path / "csv", raw=True, texts=True, registers=True)
    for name, (names, rows) in expected(place).items():
        with open(folder / f"{name}.csv", encoding="utf-8", newline="") as file:
            found = list(csv.reader(file))
        assert found[0] == names
        assert found[1:] == [["" if value is None else str(value) for value in row] for row in rows]


def test_a_formula_is_not_run(hostile: Place, tmp_path: Path) -> None:
    folder = hostile.folder("csv", tmp_path / "csv")
    with open(folder / "actors.csv", encoding="utf-8", newline="") as file:
        cells = [row["name"] for row in csv.DictReader(file)]
    assert cells[0] == "'" + HOSTILE.replace("\r", "\\x0d").replace("\t", "\\x09").replace("\x1b", "\\x1b").replace(
        "\ufffe", "\\xfffe").replace("\u202e", "\\x202e")


def test_every_column_is_described(hard: Place, tmp_path: Path) -> None:
    with open(hard.folder("csv", tmp_path / "csv") / "columns.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {"table": "v_transfers", "column": "quantity_low", "kind": "integer"}.items() <= rows[[
        (row["table"], row["column"]) for row in rows].index(("v_transfers", "quantity_low"))].items()
    assert all(row["holds"] for row in rows if not row["table"].startswith("v_"))


def test_json_gives_every_row_back(place: Place) -> None:
    whole = json.loads(place.text("json", texts=True, registers=True))
    lines = [json.loads(line) for line in place.text("jsonl", texts=True, registers=True).splitlines()]
    assert whole["about"] | {"format": ""} == lines[0]["about"] | {"format": ""}
    by_table: dict[str, list[dict[str, Any]]] = {}
    for line in lines[1:]:
        by_table.setdefault(line.pop("table"), []).append(line)
    assert {name: rows for name, rows in whole["tables"].items() if rows} == by_table
    for name, (names, rows) in expected(place).items():
        for told, row in zip(whole["tables"][name], rows, strict=True):
            assert list(told) == names
            for column, value in zip(names, row, strict=True):
                nested = column in ("cells", "inferred", "local_names") and value is not None
                assert told[column] == (json.loads(value, strict=False) if nested else value)


def test_a_line_of_json_is_one_line(hostile: Place) -> None:
    text = hostile.text("jsonl", texts=True, registers=True)
    assert all(line.startswith("{") and line.endswith("}") for line in text.removesuffix("\n").split("\n"))
