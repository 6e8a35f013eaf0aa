"""What all formats have in common: the same bytes, what they say of themselves, and what they leave out."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.exports.conftest import LICENCE, REGISTER, Place
from transfers.db import reading
from transfers.exports.about import Wanted
from transfers.exports.canonical import as_canonical
from transfers.exports.formats import FORMATS
from transfers.exports.tables import find_tables, read_rows, register_views
from transfers.models import Base
from transfers.queries.kinds import kind_of
from transfers.schema.head import HEAD
from transfers.schema.keys import KEYS, LEFT_OUT, REGISTERS
from transfers.schema.views import views
from transfers.site.metadata import tables

TYPES = {"day": str, "integer": int, "number": (int, float), "text": str}
ALL = {"texts": True, "registers": True}


def test_twice_the_same_bytes(place: Place, tmp_path: Path) -> None:
    assert place.every(tmp_path / "one", **ALL) == place.every(tmp_path / "two", **ALL)


def test_the_same_bytes_on_both_engines(hostile: Place, on_postgres: Place, tmp_path: Path) -> None:
    ours, theirs = hostile.every(tmp_path / "sqlite", **ALL), on_postgres.every(tmp_path / "postgresql", **ALL)
    assert ours.keys() == theirs.keys()
    assert [name for name in ours if ours[name] != theirs[name]] == []


def test_every_column_has_the_kind_of_its_values(registers: Place) -> None:
    with reading(registers.target) as connection:
        for table in find_tables(connection, Wanted(True, True), tables()):
            given = connection.rows(f"SELECT {', '.join(table.names)} FROM {table.name}")
            for at, column in enumerate(table.columns):
                wrong = [row[at] for row in given if row[at] is not None and not isinstance(row[at], TYPES[column.kind])]
                assert not wrong, (table.name, column, wrong[:3])


def test_every_column_of_a_table_has_the_kind_of_its_model() -> None:
    for table in Base.metadata.sorted_tables:
        if table.name in LEFT_OUT - REGISTERS:
            continue
        for column in table.columns:
            wanted = {"integer"} if isinstance(column.type, sa.Integer) else {"number"} if isinstance(column.type, sa.Float) else {"text", "day"}
            if (table.name, column.name) != ("evidence", "id"):
                assert kind_of(column.name) in wanted, (table.name, column.name)


def test_all_tables_and_views_are_there(registers: Place) -> None:
    with reading(registers.target) as connection:
        names = {table.name for table in find_tables(connection, Wanted(registers=True), tables())}
    assert names == set(KEYS) | REGISTERS | set(views("sqlite"))


def test_rows_are_those_of_the_database(registers: Place) -> None:
    with reading(registers.target) as connection:
        for table in find_tables(connection, Wanted(True, True), tables()):
            rows = read_rows(connection, table)
            assert len(rows) == connection.rows(f"SELECT count(*) FROM {table.name}")[0][0]
            assert sorted(map(repr, rows)) == sorted(map(repr, connection.rows(f"SELECT {', '.join(table.names)} FROM {table.name}")))


def test_an_export_names_the_hash_of_the_canonical_one(hard: Place) -> None:
    with reading(hard.target) as connection:
        lines = "".join(f"{line}\n" for line in as_canonical(connection))
    assert hard.about().sha256 == hashlib.sha256(lines.encode()).hexdigest()


@pytest.mark.parametrize("name", FORMATS)
def test_every_export_says_what_it_is(name: str, registers: Place, tmp_path: Path) -> None:
    wanted = {"registers": True} if FORMATS[name].tables else {}
    files = registers.folder(name, tmp_path / name, **wanted).rglob("*.json") if FORMATS[name].folder else []
    text = "".join(file.read_text() for file in files) or registers.text(name, **wanted)
    about = registers.about()
    for told in (HEAD, about.sha256, about.newest_day, "MIT licence", "publishers"):
        assert told is not None
        assert told in text
    if FORMATS[name].tables:
        assert json.dumps(LICENCE, ensure_ascii=False)[1:-1] in text
        assert REGISTER in text


def test_no_export_has_registers_that_nobody_asked_for(registers: Place, hard: Place, tmp_path: Path) -> None:
    files = registers.every(tmp_path / "with")
    assert not [name for name, data in files.items() if b"unknown supplier(s)" in data or b"4600" in data]
    assert not [name for name in files if "register_rows" in name or "register_years" in name or "v_register" in name]
    plain = hard.every(tmp_path / "without")
    # But for the line that says what was left out, they are those of a database without registers.
    left_out = [name for name in files if files[name] != plain[name]]
    assert all(REGISTER.encode() in files[name] or name.endswith(".parquet") for name in left_out)


def test_views_that_read_registers_are_known() -> None:
    found = register_views()
    assert found <= set(views("sqlite"))
    assert not found & {"v_transfers", "v_transfer_claims", "v_meetings", "v_statements", "v_current_claims"}
    assert {"v_register_rows", "v_transfer_registers"} <= found


def find_unquoted(place: Place) -> list[str]:
    """Words of articles that stand in no quote, title or summary."""
    with reading(place.target) as connection:
        quotes = "\n".join(as_canonical(connection))
    lines = [line for (text,) in place.rows("SELECT text FROM articles") for line in text.splitlines()]
    return [line[at:at + 30] for line in lines for at in range(0, len(line) - 30, 10) if line[at:at + 30] not in quotes]


def test_texts_are_left_out_unless_asked_for(hard: Place, tmp_path: Path) -> None:
    words = [line.encode() for line in find_unquoted(hard) if line.isascii() and not set('",') & set(line)]
    assert words
    everything = b"".join(hard.every(tmp_path / "without").values())
    assert not [word for word in words if word in everything]
    files = hard.every(tmp_path / "with", texts=True)
    for name in ("csv/articles.csv", "json", "jsonl", "datapackage/data/articles.csv", "ftm"):
        assert words[0] in files[name], name
