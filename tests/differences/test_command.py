"""`transfers diff`: exit codes, formats, and what it prints of hostile values."""

import csv
import io
import json

import pytest

from tests.differences.conftest import tell
from tests.differences.made_up import cells_of, write_register
from transfers.db import writing
from transfers.differences.listing import COLUMNS

HOSTILE = "\x1b]0;owned\x07=cmd|' /C calc'!A0\u202e\nsecond line"


@pytest.fixture
def pair(tmp_path):
    deals = [cells_of(number) for number in range(12)]
    before = write_register(tmp_path / "before.csv", deals)
    deals[5][8] = "999"
    return before, write_register(tmp_path / "after.csv", deals[1:])


def test_equal_sides_end_with_0_and_different_ones_with_1(diff, pair):
    before, after = pair
    assert diff(before, before).code == 0
    code, out, err = diff(before, after)
    assert (code, err) == (1, "")
    assert "1 row changed, 0 were added, 1 removed, 10 are equal." in out


def test_equal_sides_give_programs_their_counts_only(diff, pair):
    code, out, _ = diff(pair[0], pair[0], "--json")
    assert code == 0
    assert json.loads(out) == [dict.fromkeys(COLUMNS) | {"part": "summary", "change": "equal", "table": "register_rows", "rows": 12}]


@pytest.mark.parametrize("words", [
    (), ("a",), ("a", "b", "c"), ("a", "b", "--json", "--csv"), ("a", "b", "--limit", "-1"), ("a", "b", "--rename", "/nothing/there"),
    ("a", "b", "--fmt", "nice"), ("a", "b", "--ignore"), ("a", "b", "--nonsense"),
])
def test_wrong_words_end_with_2(diff, pair, words):
    words = [{"a": pair[0], "b": pair[1]}.get(word, word) for word in words]
    code, out, err = diff(*words)
    assert (code, out) == (2, "")
    assert err.startswith("error: ")


def test_every_format_holds_the_same_rows(diff, pair):
    array = json.loads(diff(*pair, "--json").out)
    assert [json.loads(line) for line in diff(*pair, "--nl").out.splitlines()] == array
    for flag, mark in (("--csv", ","), ("--tsv", "\t")):
        lines = list(csv.DictReader(io.StringIO(diff(*pair, flag).out), delimiter=mark))
        assert tuple(lines[0]) == COLUMNS
        assert [line["rows"] for line in lines] == [str(line["rows"]) for line in array]
    removed = next(line for line in array if line["part"] == "row" and line["change"] == "removed")
    assert removed["before"]["supplier"] == removed["key"]["supplier"]
    assert removed["after"] is None
    assert "| supplier" in diff(*pair, "--fmt", "github").out


def test_the_limit_holds_for_what_follows_the_summary(diff, pair):
    code, out, err = diff(*pair, "--limit", "1")
    assert (code, err) == (1, "")
    assert "Numbers that changed: 1\n" in out
    assert "Removed: 1\n" in out
    code, out, err = diff(*pair, "--limit", "0")
    assert (code, err) == (1, "note: not all rows are shown; --limit takes more\n")
    assert "Removed: 1, of which the first 0 are shown" in out
    assert [line["part"] for line in json.loads(diff(*pair, "--limit", "0", "--json").out) if line["part"] == "row"] == []


def test_hostile_values_are_printed_harmlessly(diff, make_sqlite, tmp_path):
    before, after = tell(make_sqlite("before.db")), tell(make_sqlite("after.db"))
    with writing(after) as connection, connection.transaction():
        connection.run("UPDATE articles SET title = :title", {"title": HOSTILE})
        connection.run("UPDATE transfers SET note = :note", {"note": HOSTILE})
        connection.run("INSERT INTO topics (id, name) VALUES ('tt', :name)", {"name": HOSTILE})
    for words in ((), ("--json",), ("--nl",), ("--csv",), ("--tsv",), ("--fmt", "github"), ("--fmt", "html")):
        code, out, _ = diff(before.path, after.path, *words)
        assert code == 1
        assert not {"\x1b", "\x07", "\u202e"} & set(out), words
    rows = json.loads(diff(before.path, after.path, "--json").out)
    assert HOSTILE in [line["after"] for line in rows]


def test_a_hostile_register_is_printed_harmlessly(diff, tmp_path):
    deals = [cells_of(number) for number in range(3)]
    before = write_register(tmp_path / "before.csv", deals)
    deals[1][12] = "=1+1; <b>bold</b>; \xa0| pipe"
    after = write_register(tmp_path / "after.csv", deals)
    (cell,) = [line for line in csv.DictReader(io.StringIO(diff(before, after, "--csv").out)) if line["part"] == "row"]
    assert cell["after"].startswith("'=1+1")
    assert "<b>" not in diff(before, after, "--fmt", "html").out


def test_a_side_named_like_a_register_is_the_file_if_there_is_one(diff, pair, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert diff("before.csv", pair[0]).code == 0
    code, _, err = diff("before-csv", pair[0])
    assert code == 3
    assert "there is no file before-csv, and no database to look for a register of this name" in err
