"""A database as the lines of the expected tables: (table, key, column) -> value, see README.md of this folder."""

from __future__ import annotations

import csv
import hashlib
import os
from typing import TYPE_CHECKING, Any

from transfers.models import Base

if TYPE_CHECKING:
    from transfers.db import Connection

HERE = os.path.dirname(os.path.abspath(__file__))
COLLECTION = os.path.join(HERE, "collection")
EXPECTED = os.path.join(HERE, "expected")

Line = tuple[str, str, str]
Lines = dict[Line, str]

# What says when and by which program something was loaded is no fact of the collection; search rows and registers have tests of
# their own.
NOT_COMPARED = (
    "loads", "loaded_files", "search_rows", "registers", "register_rows", "register_years", "register_matches",
)
# Views with the columns that make one of their rows unique. A column that is not named under COLUMNS is not compared.
VIEWS = {
    "v_transfers": ("id",), "v_review_status": ("article",), "v_roles": ("id",), "v_meetings": ("id", "actor", "role"),
}
COLUMNS = {
    "v_meetings": (
        "id", "kind", "title", "place", "place_name", "country", "date_text", "date_edtf", "date_earliest", "date_latest",
        "actor", "name", "role", "described_as",
    ),
}
TABLES = {table.name: table for table in Base.metadata.sorted_tables if table.name not in NOT_COMPARED}


def read_expected(path: str) -> Lines:
    """The lines of one expected table."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["table", "key", "column", "value"]
    lines = {(table, key, column): value for table, key, column, value in rows[1:]}
    assert len(lines) == len(rows) - 1, f"{path} has a line twice"
    return lines


def read_all_expected() -> dict[str, Lines]:
    """The lines of every expected table, by the name of its file."""
    return {name: read_expected(os.path.join(EXPECTED, name)) for name in sorted(os.listdir(EXPECTED))}


def find_lines(connection: Connection) -> Lines:
    """Everything that is compared, out of a database."""
    lines: Lines = {}
    for name in (*TABLES, *VIEWS):
        columns, rows = connection.table(f"SELECT * FROM {name}")
        for row in rows:
            lines.update(as_lines(name, dict(zip(columns, row, strict=True))))
    return lines


def as_lines(table: str, row: dict[str, Any]) -> Lines:
    """One row of a table or view as lines; columns that the row does not name are NULL."""
    if table in VIEWS:
        key = "|".join(str(row[column]) for column in VIEWS[table])
        columns = COLUMNS.get(table, tuple(row))
    else:
        primary = [column.name for column in TABLES[table].primary_key]
        key = _evidence_key(row) if table == "evidence" else "|".join(str(row[column]) for column in primary)
        columns = tuple(column.name for column in TABLES[table].columns if (table, column.name) != ("evidence", "id"))
    return {(table, key, column): _as_value(table, column, row.get(column)) for column in columns}


def _evidence_key(row: dict[str, Any]) -> str:
    target = row.get("claim_id") or row.get("statement_id") or row["article_id"]
    other = row.get("affiliation_id") or row.get("alias_id")
    parts = [target, *([other] if other else []), row["field"], row["layer"], row["start_char"], row["end_char"]]
    return "|".join(str(part) for part in parts)


def _as_value(table: str, column: str, value: Any) -> str:
    if value is None:
        return "NULL"
    if (table, column) == ("articles", "text"):
        return "sha256:" + hashlib.sha256(value.encode()).hexdigest()
    return str(value)
