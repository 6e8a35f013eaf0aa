"""`transfers check`: the checks of a load without a database."""

import json

import pytest

from tests.cli_load.command import inside as transfers
from tests.load.made_up import record_of, record_path


def spoil(collection, slug="courier-fifth"):
    record = record_of(slug)
    record["claims"][0]["quote"] = "words that stand nowhere"
    record["claims"][1]["phase"] = "deliverd"
    collection.write_record(record)


def test_a_check_needs_no_database_and_makes_none(collection):
    done = transfers("check", cwd=collection.root)
    assert (done.code, done.out) == (0, "")
    assert done.err == "5 records are right; 30 quotes found in their articles\n"
    assert not collection.file("data/transfers.db").exists()


def test_one_record_is_one(collection):
    done = transfers("check", record_path("agency-copy"), cwd=collection.root)
    assert (done.code, done.err) == (0, "1 record is right; 2 quotes found in its article\n")


def test_problems_are_told_with_their_places(collection):
    spoil(collection)
    done = transfers("check", cwd=collection.root)
    assert (done.code, done.out) == (1, "")
    *problems, last = done.err.splitlines()
    assert len(problems) == 2
    assert all(line.startswith("data/records/2023/courier-fifth.yaml:") for line in problems)
    assert last == "error: 2 problems found"
    assert transfers("check", record_path("agency-copy"), cwd=collection.root).code == 0
    assert transfers("check", record_path("courier-fifth"), cwd=collection.root).code == 1


def test_problems_as_json_go_to_stdout(collection):
    spoil(collection)
    done = transfers("check", "--json", cwd=collection.root)
    assert (done.code, done.err) == (1, "")
    rows = json.loads(done.out)
    assert [list(row) for row in rows] == [["level", "path", "line", "field", "message"]] * 2
    assert [row["field"] for row in rows] == ["claims[1].quote", "claims[2].phase"]
    assert rows[0]["path"] == record_path("courier-fifth")
    assert rows[0]["line"] > 1
    assert {row["level"] for row in rows} == {"problem"}


def test_nothing_wrong_is_an_empty_list(collection):
    done = transfers("check", "--json", cwd=collection.root)
    assert (done.code, json.loads(done.out)) == (0, [])


def test_a_warning_does_not_fail(collection):
    record = record_of("courier-fifth")
    record["claims"][2]["date"] = {"text": "(later)", "edtf": "2024", "basis": "external"}
    collection.write_record(record)
    done = transfers("check", cwd=collection.root)
    assert done.code == 0
    assert done.err.startswith("warning: data/records/2023/courier-fifth.yaml:")
    (row,) = json.loads(transfers("check", "--json", cwd=collection.root).out)
    assert (row["level"], row["field"]) == ("warning", "claims[3].date")


def test_silent_says_nothing_but_errors(collection):
    done = transfers("check", "--silent", cwd=collection.root)
    assert (done.code, done.out, done.err) == (0, "", "")
    spoil(collection)
    assert transfers("check", "--silent", cwd=collection.root).err.endswith("error: 2 problems found\n")


def test_coverage_is_data_and_goes_to_stdout(collection):
    done = transfers("check", "--coverage", record_path("courier-fifth"), cwd=collection.root)
    assert done.code == 0
    assert done.out.splitlines()[0] == record_path("courier-fifth")
    assert "100% Eastvale reportedly asked for the Heron." in done.out
    assert "below 50%, neither recorded nor passed over with a reason:" in done.out  # "Made up for a test."
    strict = transfers("check", "--coverage", "--strict", record_path("courier-fifth"), cwd=collection.root)
    assert (strict.code, strict.out) == (1, done.out)
    assert transfers("check", "--strict", cwd=collection.root).code == 2


@pytest.mark.parametrize("kind", ["record", "actors", "systems", "places", "topics", "review"])
def test_the_schema_for_editors(kind, tmp_path):
    done = transfers("check", "--schema", kind, cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert "$schema" in json.loads(done.out)


def test_an_unknown_schema_is_a_fault_of_usage(tmp_path):
    assert transfers("check", "--schema", "actor", cwd=tmp_path).code == 2


@pytest.mark.parametrize("path", ["nothing.yaml", "data/registry/actors.yaml", "/etc/passwd"])
def test_paths_outside_the_records_are_refused(path, collection):
    done = transfers("check", path, cwd=collection.root)
    assert (done.code, done.out) == (2, "")


def test_a_new_collection_is_right(tmp_path):
    assert transfers("init", "new", cwd=tmp_path).code == 0
    done = transfers("check", cwd=tmp_path / "new")
    assert (done.code, done.err) == (0, "0 records are right; 0 quotes found in their articles\n")
    assert transfers("load", cwd=tmp_path / "new").code == 0
    assert transfers("load", cwd=tmp_path / "new").err == "unchanged: 0 records, nothing to do\n"
