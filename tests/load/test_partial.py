"""Loads of named records, `--keep-going` and `--dry-run`."""

import hashlib
from pathlib import Path

import pytest

from tests.load.made_up import IN_ORDER, canon, count, make_collection, record_of, record_path, registry_of
from transfers.db import read_target
from transfers.errors import DatabaseError, ProblemsError
from transfers.schema.upgrade import downgrade, upgrade


def edited(slug, text="Other words of the coder."):
    record = record_of(slug)
    record["statements" if slug == "agency-copy" else "claims"][0]["summary"] = text
    return record


def spoiled(slug):
    record = record_of(slug)
    record["statements" if slug == "agency-copy" else "claims"][0]["quote"] = "words that stand nowhere"
    return record


# --- named records ----------------------------------------------------------------------------------------------------
def test_named_records_alone_are_loaded(collection, sqlite_target, require_same):
    collection.load(sqlite_target)
    collection.write_record(edited("gazette-third"))
    collection.write_record(edited("courier-fifth"))
    report = collection.load(sqlite_target, named=[record_path("gazette-third")])
    assert report.changed == [record_path("gazette-third")]
    assert report.unchanged == 0
    assert count(sqlite_target, "claims", "summary = 'Other words of the coder.'") == 1
    report = collection.load(sqlite_target, named=[record_path("gazette-third")])
    assert report.unchanged == 1
    assert not report.wrote
    collection.load(sqlite_target)
    require_same(collection, sqlite_target)


def test_a_wrong_record_that_is_not_named_does_not_matter(collection, sqlite_target):
    collection.load(sqlite_target)
    collection.write_record(edited("gazette-third"))
    collection.write_record(spoiled("courier-fifth"))
    assert collection.load(sqlite_target, named=[record_path("gazette-third")]).changed == [record_path("gazette-third")]
    with pytest.raises(ProblemsError, match="courier-fifth"):
        collection.load(sqlite_target)


def test_records_that_are_gone_are_not_pruned_by_a_load_of_others(collection, sqlite_target):
    collection.load(sqlite_target)
    collection.remove(record_path("courier-fifth"))
    collection.write_record(edited("gazette-third"))
    report = collection.load(sqlite_target, named=[record_path("gazette-third")])
    assert report.gone == [record_path("courier-fifth")]
    assert count(sqlite_target, "articles") == 5


def test_a_changed_registry_takes_all_records_with_it(collection, sqlite_target, require_same):
    collection.load(sqlite_target)
    systems = registry_of("systems")
    systems["kestrel-3"] = {**systems.pop("kestrel-2"), "formerly": ["kestrel-2"]}
    collection.write_registry("systems", systems)
    collection.load(sqlite_target, named=[record_path("gazette-third")])
    require_same(collection, sqlite_target)


def test_a_file_moved_from_under_a_record_that_is_not_named_is_told(collection, sqlite_target, require_same):
    collection.load(sqlite_target)
    before = canon(sqlite_target)
    one, other = record_of("gazette-first"), record_of("courier-fifth")
    collection.write_record(one, record_path("courier-fifth"))
    collection.write_record(other, record_path("gazette-first"))
    with pytest.raises(ProblemsError, match="'gazette-first' is the article of data/records/2023/gazette-first.yaml"):
        collection.load(sqlite_target, named=[record_path("courier-fifth")])
    assert canon(sqlite_target) == before
    collection.load(sqlite_target, named=[record_path("courier-fifth"), record_path("gazette-first")])
    require_same(collection, sqlite_target)


def test_reviews_of_records_that_are_not_loaded_yet_wait(collection, sqlite_target, require_same):
    collection.write_review("courier-fifth", ("zz", "accepted"))
    collection.load(sqlite_target, named=[record_path("gazette-first")])
    assert count(sqlite_target, "reviews") == 0
    collection.load(sqlite_target)
    assert count(sqlite_target, "reviews") == 1
    require_same(collection, sqlite_target)


def test_named_records_of_a_database_with_an_older_schema(collection, sqlite_target, require_same):
    """What the rows of the others say is asked after the migration, not taken for absent."""
    collection.load(sqlite_target)
    downgrade(sqlite_target, "0003", yes=True)
    collection.write_record(edited("gazette-third"))
    report = collection.load(sqlite_target, named=[record_path("gazette-third")])
    assert report.changed == [record_path("gazette-third")]
    assert any(".bak" in note for note in report.notes)
    require_same(collection, sqlite_target)


# --- an older database ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("revision", ["0001", "0002", "0003"])
def test_a_load_migrates_first(revision, collection, sqlite_target, require_same):
    collection.load(sqlite_target)
    downgrade(sqlite_target, revision, yes=True)
    collection.load(sqlite_target)
    if revision == "0003":  # nothing was lost on the way down
        require_same(collection, sqlite_target)


def test_a_load_made_by_an_older_schema_and_loader_keeps_what_was_accepted(collection, sqlite_target, monkeypatch):
    from transfers.load import state, writing

    collection.write_review("courier-fifth", ("zz", "accepted"))
    collection.load(sqlite_target)
    downgrade(sqlite_target, "0003", yes=True)
    raised = state.LOADER_VERSION + 1
    for module in (state, writing):
        monkeypatch.setattr(module, "LOADER_VERSION", raised)
    record = record_of("courier-fifth")
    del record["claims"][1]
    collection.write_record(record)
    with pytest.raises(ProblemsError, match="was accepted by a reviewer and cannot just vanish"):
        collection.load(sqlite_target)


def test_what_a_dry_run_would_do_with_an_older_schema_is_not_guessed(collection, sqlite_target):
    collection.load(sqlite_target)
    downgrade(sqlite_target, "0003", yes=True)
    before = Path(sqlite_target.path).read_bytes()
    with pytest.raises(DatabaseError, match="has an older schema .* run: transfers db upgrade"):
        collection.load(sqlite_target, dry_run=True)
    assert Path(sqlite_target.path).read_bytes() == before
    upgrade(sqlite_target)
    assert not collection.load(sqlite_target, dry_run=True).wrote


# --- keep going -------------------------------------------------------------------------------------------------------
def test_one_bad_record_stops_the_load(collection, sqlite_target):
    collection.write_record(spoiled("courier-fifth"))
    with pytest.raises(ProblemsError, match=r"courier-fifth.yaml:\d+: claims\[1\].quote"):
        collection.load(sqlite_target)
    assert count(sqlite_target, "articles") == count(sqlite_target, "actors") == count(sqlite_target, "loads") == 0


def test_unless_told_to_keep_going(collection, target):
    collection.load(target)
    collection.write_record(spoiled("courier-fifth"))
    collection.write_record(edited("gazette-third"))
    report = collection.load(target, keep_going=True)
    assert report.changed == [record_path("gazette-third")]
    assert [problem[0] for problem in report.problems] == [record_path("courier-fifth")]
    assert count(target, "claims", "article_id = 'courier-fifth'") == 3  # the bad one keeps its old rows
    assert collection.load(target, keep_going=True).problems == report.problems


def test_a_load_that_keeps_going_and_has_nothing_to_write_leaves_the_bytes_alone(collection, sqlite_target):
    collection.load(sqlite_target)
    collection.write_record(spoiled("courier-fifth"))
    before = hashlib.sha256(Path(sqlite_target.path).read_bytes()).hexdigest()
    report = collection.load(sqlite_target, keep_going=True)
    assert not report.wrote
    assert hashlib.sha256(Path(sqlite_target.path).read_bytes()).hexdigest() == before


def test_what_points_at_a_bad_record_is_left_out_with_it(collection, sqlite_target):
    """Into an empty database: nothing of the bad one is there to point at."""
    collection.write_record(spoiled("courier-second"))
    report = collection.load(sqlite_target, keep_going=True)
    assert report.new == [record_path("courier-fifth"), record_path("gazette-first")]
    assert "is no claim of any record without problems" in "\n".join(map(str, report.problems))


def test_what_points_at_the_old_rows_of_a_bad_record_is_loaded(collection, sqlite_target):
    collection.load(sqlite_target)
    collection.write_record(spoiled("courier-second"))
    collection.write_record(edited("gazette-third"))
    report = collection.load(sqlite_target, keep_going=True)
    assert report.changed == [record_path("gazette-third")]
    assert [problem[0] for problem in report.problems] == [record_path("courier-second")]


def test_what_relies_on_a_record_that_is_refused_is_refused_too(collection, sqlite_target):
    """The first loses an accepted claim and so keeps its old rows: its new claim, on which the fifth builds, is not there."""
    collection.write_review("gazette-first", ("zz", "accepted"))
    collection.load(sqlite_target)
    before = canon(sqlite_target)
    first, fifth = record_of("gazette-first"), record_of("courier-fifth")
    first["claims"][1]["id"] = "c04"
    fifth["claims"][0]["supersedes"] = "gazette-first-c04"
    collection.write_record(first)
    collection.write_record(fifth)
    report = collection.load(sqlite_target, keep_going=True)
    assert {problem[0] for problem in report.problems} == {record_path("gazette-first"), record_path("courier-fifth")}
    assert canon(sqlite_target) == before


def test_a_meeting_does_not_move_out_of_a_record_that_is_refused(collection, sqlite_target):
    """Its definition stays where the old rows are, and the record that has it now is a second one."""
    collection.write_review("gazette-first", ("zz", "accepted"))
    collection.load(sqlite_target)
    before = canon(sqlite_target)
    first, second = record_of("gazette-first"), record_of("courier-second")
    second["meetings"] = [first["meetings"].pop()]
    del first["claims"][1]
    collection.write_record(first)
    collection.write_record(second)
    report = collection.load(sqlite_target, keep_going=True)
    assert "is defined already in data/records/2023/gazette-first.yaml" in "\n".join(map(str, report.problems))
    assert canon(sqlite_target) == before


def test_a_meeting_does_not_move_out_of_a_record_that_does_not_fit_the_others(collection, sqlite_target):
    collection.load(sqlite_target)
    before = canon(sqlite_target)
    first, second = record_of("gazette-first"), record_of("courier-second")
    second["meetings"] = [first["meetings"].pop()]
    first["claims"][0]["supersedes"] = "nowhere-c01"
    collection.write_record(first)
    collection.write_record(second)
    report = collection.load(sqlite_target, keep_going=True)
    assert {problem[0] for problem in report.problems} == {record_path("gazette-first"), record_path("courier-second")}
    assert canon(sqlite_target) == before


def test_a_review_of_a_record_that_is_left_out_is_left_out_too(collection, sqlite_target):
    collection.write_record(spoiled("courier-fifth"))
    collection.write_review("courier-fifth", ("zz", "accepted"))
    report = collection.load(sqlite_target, keep_going=True)
    assert len(report.new) == 4
    assert count(sqlite_target, "reviews") == 0
    collection.write_record(record_of("courier-fifth"))
    collection.load(sqlite_target)
    assert count(sqlite_target, "reviews") == 1


def test_two_that_claim_the_same_article_leave_the_one_that_is_loaded_alone(collection, sqlite_target):
    collection.load(sqlite_target)
    before = canon(sqlite_target)
    collection.write_record(record_of("courier-fifth"), "data/records/2023/aa.yaml")
    report = collection.load(sqlite_target, keep_going=True)
    assert "data/records/2023/aa.yaml" in {problem[0] for problem in report.problems}
    assert canon(sqlite_target) == before


# --- dry runs ---------------------------------------------------------------------------------------------------------
def test_a_dry_run_makes_no_database(collection, tmp_path):
    target = read_target(str(tmp_path / "none.db"))
    report = collection.load(target, dry_run=True)
    assert len(report.new) == 5
    assert report.dry_run
    assert report.rows == {}
    assert not (tmp_path / "none.db").exists()
    assert report.as_lines()[0].startswith("records would be loaded: 5 new")


def test_a_dry_run_changes_no_byte_and_says_what_the_load_then_does(collection, sqlite_target):
    collection.load(sqlite_target)
    collection.write_record(edited("gazette-third"))
    record = record_of("courier-fifth")
    record["claims"][1]["transfer"]["kind"] = "training"
    collection.write_record(record)
    collection.write_review("gazette-first", ("zz", "accepted"))
    before = hashlib.sha256(Path(sqlite_target.path).read_bytes()).hexdigest()
    planned = collection.load(sqlite_target, dry_run=True).as_json()
    assert hashlib.sha256(Path(sqlite_target.path).read_bytes()).hexdigest() == before
    done = collection.load(sqlite_target).as_json()
    for key in ("new", "changed", "unchanged", "removed", "gone", "registry_changed", "reviews", "quotes", "new_transfers"):
        assert planned[key] == done[key]
    assert planned["new_transfers"] == ["southmark-eastvale-heron-training"]


def test_a_dry_run_finds_what_a_load_would_refuse(collection, sqlite_target):
    collection.load(sqlite_target)
    record = record_of("gazette-first")
    del record["claims"][0]
    collection.write_record(record)
    with pytest.raises(ProblemsError, match="cannot go"):
        collection.load(sqlite_target, dry_run=True)


def test_a_collection_without_records(tmp_path, sqlite_target):
    empty = make_collection(tmp_path / "empty", ())
    report = empty.load(sqlite_target)
    assert report.registry_changed
    assert report.rows["articles"] == 0
    assert empty.load(sqlite_target).as_lines() == ["unchanged: 0 records, nothing to do"]
    assert len(make_collection(tmp_path / "empty").load(sqlite_target).new) == len(IN_ORDER)
