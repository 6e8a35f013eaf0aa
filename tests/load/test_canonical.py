"""The canonical export: all that the files say, and nothing else, in one order."""

import json

import pytest

from tests.load.made_up import canon, count, record_of
from transfers.db import reading
from transfers.errors import DatabaseError, InputError
from transfers.exports.canonical import as_canonical
from transfers.exports.new_file import new_file
from transfers.schema import keys
from transfers.schema.head import HEAD


def export(target, **options):
    with reading(target) as connection:
        return list(as_canonical(connection, **options))


def test_every_table_is_exported_or_left_out_on_purpose(target):
    tables = {
        "sqlite": "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
                  "AND name NOT LIKE 'search\\_rows\\_fts%' ESCAPE '\\'",
        "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
    }[target.engine]
    with reading(target) as connection:
        found = {name for (name,) in connection.rows(tables)}
    assert found == set(keys.KEYS) | keys.LEFT_OUT
    assert not set(keys.KEYS) & keys.LEFT_OUT


def test_its_keys_are_unique_keys_of_the_tables(collection, target):
    collection.load(target)
    with reading(target) as connection:
        for table, key in keys.KEYS.items():
            rows = connection.rows(f"SELECT {', '.join(key)} FROM {table}")
            assert len(set(rows)) == len(rows)


def test_the_header_says_what_it_is(sqlite_target):
    assert json.loads(export(sqlite_target)[0]) == {"format": "transfers-canonical-1", "schema": HEAD, "texts": False}
    assert len(export(sqlite_target)) == 1


def test_every_row_is_there_once(collection, sqlite_target):
    collection.load(sqlite_target)
    lines = [json.loads(line) for line in export(sqlite_target)[1:]]
    for table in keys.KEYS:
        assert sum(line["table"] == table for line in lines) == count(sqlite_target, table)
    assert [line["table"] for line in lines] == sorted(line["table"] for line in lines)
    for line in lines:
        assert list(line)[1:] == sorted(list(line)[1:])


def test_full_texts_are_left_out_unless_asked_for(collection, sqlite_target):
    collection.load(sqlite_target)
    short, long = export(sqlite_target), export(sqlite_target, with_texts=True)
    assert not any('"text":' in line for line in short if '"table":"articles"' in line)
    assert sum('"text":' in line for line in long if '"table":"articles"' in line) == 5
    assert len(short) == len(long)


def test_neither_clock_nor_numbers_of_rows_are_in_it(collection, sqlite_target, make_target):
    collection.load(sqlite_target)
    record = record_of("courier-fifth")
    for summary in ("One.", "Two.", record["claims"][0]["summary"]):
        record["claims"][0]["summary"] = summary
        record["claims"][0]["quote"] = {"One.": "Southmark denies"}.get(summary, "Southmark denies that it sent drones to Northland")
        collection.write_record(record)
        collection.load(sqlite_target)
    other = make_target()
    collection.load(other)
    assert canon(sqlite_target) == canon(other)


def test_characters_stay_characters_and_lines_stay_lines(collection, sqlite_target):
    record = record_of("courier-fifth")
    record["claims"][0]["summary"] = "Two\nlines, “quotes”, кириллица, فارسی, \U0001f985."
    collection.write_record(record)
    collection.load(sqlite_target)
    (line,) = [line for line in export(sqlite_target) if '"id":"courier-fifth-c01"' in line]
    assert "Two\\nlines, “quotes”, кириллица, فارسی, \U0001f985." in line
    assert "\n" not in line


def test_a_new_file_is_there_whole_or_not_at_all(tmp_path):
    path = tmp_path / "out.txt"
    with pytest.raises(KeyboardInterrupt), new_file(str(path)) as file:
        file.write("half")
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []
    with new_file(str(path)) as file:
        file.write("whole ü\n")
        assert not path.exists()
    assert path.read_bytes() == "whole ü\n".encode()
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.txt"]
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_new_file_takes_nobody_elses_place(tmp_path):
    path = tmp_path / "out.txt"
    path.write_text("mine")
    with pytest.raises(InputError, match="is there already"), new_file(str(path)):
        pass
    late = tmp_path / "late.txt"
    with pytest.raises(InputError, match="is there already"), new_file(str(late)) as file:
        file.write("theirs")
        late.write_text("came in between")
    assert (path.read_text(), late.read_text()) == ("mine", "came in between")
    dangling = tmp_path / "dangling"
    dangling.symlink_to(tmp_path / "nowhere")
    with pytest.raises(InputError, match="is there already"), new_file(str(dangling)):
        pass
    assert not (tmp_path / "nowhere").exists()


def test_a_new_file_in_no_folder_is_refused(tmp_path):
    with pytest.raises(DatabaseError, match="cannot be written: No such file or directory"), new_file(str(tmp_path / "no" / "out.txt")):
        pass
