"""A load of what was loaded already writes nothing."""

import hashlib
import os
import time
from pathlib import Path

import pytest

from tests.load.made_up import IN_ORDER, canon, count, record_of, record_path, registry_of
from transfers.db import reading
from transfers.load import state, writing


def every_row(target):
    """All rows of all tables, the log and the integer ids among them."""
    with reading(target) as connection:
        names = {
            "sqlite": "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search_rows_fts%'",
            "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
        }
        return {name: sorted(connection.rows(f"SELECT * FROM {name}"), key=repr) for (name,) in connection.rows(names[target.engine])}


def fingerprint(target):
    return hashlib.sha256(Path(target.path).read_bytes()).hexdigest(), os.stat(target.path).st_mtime_ns


def raise_version(monkeypatch):
    raised = state.LOADER_VERSION + 1
    for module in (state, writing):
        monkeypatch.setattr(module, "LOADER_VERSION", raised)
    return raised


def test_a_first_load_says_what_is_new(collection, target):
    report = collection.load(target)
    assert report.new == [f"data/records/2023/{slug}.yaml" for slug in sorted(IN_ORDER)]
    assert (report.changed, report.removed, report.gone, report.unchanged) == ([], [], [], 0)
    assert report.registry_changed
    assert report.rows["articles"] == 5
    assert report.rows["claims"] == 10
    assert report.new_transfers == [
        "northland-eastvale-kestrel-2-loan-2023", "southmark-eastvale-heron-supply", "southmark-northland-kestrel-2-components",
        "southmark-northland-kestrel-2-supply",
    ]


def test_a_second_load_adds_no_row_anywhere(collection, target):
    collection.load(target)
    rows = every_row(target)
    report = collection.load(target)
    assert not report.wrote
    assert report.unchanged == 5
    assert report.as_lines() == ["unchanged: 5 records, nothing to do"]
    assert every_row(target) == rows


def test_a_second_load_leaves_the_bytes_of_the_file_alone(collection, sqlite_target):
    collection.load(sqlite_target)
    before = fingerprint(sqlite_target)
    time.sleep(0.01)
    for options in ({}, {"prune": True}, {"keep_going": True}, {"dry_run": True}):
        collection.load(sqlite_target, **options)
        collection.load(sqlite_target, named=[record_path("gazette-third")], **(options if "prune" not in options else {}))
    assert fingerprint(sqlite_target) == before
    assert os.listdir(os.path.dirname(sqlite_target.path)).count("transfers.db-journal") == 0


def test_a_touched_file_with_the_same_bytes_is_unchanged(collection, sqlite_target):
    collection.load(sqlite_target)
    before = fingerprint(sqlite_target)
    for path in collection.root.rglob("*.*"):
        os.utime(path, (1, 1))
    assert not collection.load(sqlite_target).wrote
    assert fingerprint(sqlite_target) == before


def test_a_second_load_needs_no_right_to_write(collection, sqlite_target):
    collection.load(sqlite_target)
    os.chmod(sqlite_target.path, 0o400)  # root may write whatever the mode says: that it does not is seen in the bytes
    before = fingerprint(sqlite_target)
    collection.load(sqlite_target)
    assert fingerprint(sqlite_target) == before


def test_two_loads_are_logged_and_an_idle_one_is_not(collection, sqlite_target):
    collection.load(sqlite_target)
    first = count(sqlite_target, "loads")
    assert first == 5 + 5 + 4  # records, articles, registry
    collection.load(sqlite_target)
    assert count(sqlite_target, "loads") == first
    record = record_of("courier-fifth")
    record["claims"][1]["summary"] = "Eastvale has asked for the Heron."
    collection.write_record(record)
    collection.load(sqlite_target)
    with reading(sqlite_target) as connection:
        assert connection.rows("SELECT record_path, outcome FROM loads ORDER BY id")[first:] == [(record_path("courier-fifth"), "changed")]


def test_a_refused_load_is_not_logged(collection, sqlite_target):
    collection.load(sqlite_target)
    rows = every_row(sqlite_target)
    record = record_of("courier-fifth")
    record["claims"][1]["quote"] = "words that stand nowhere"
    collection.write_record(record)
    with pytest.raises(Exception, match="words that stand nowhere|does not stand"):
        collection.load(sqlite_target)
    assert every_row(sqlite_target) == rows


def test_a_change_of_layout_alone_writes_the_hash_and_nothing_else(collection, sqlite_target, require_same):
    collection.load(sqlite_target)
    before = every_row(sqlite_target)
    for path in (record_path("gazette-first"), "data/registry/actors.yaml"):
        collection.file(path).write_text("# a remark\n" + collection.file(path).read_text())
    report = collection.load(sqlite_target)
    assert report.changed == [record_path("gazette-first")]
    after = every_row(sqlite_target)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"articles", "loaded_files", "loads"}
    require_same(collection, sqlite_target)


def test_a_raised_loader_version_writes_everything_anew_and_gives_the_same(collection, sqlite_target, monkeypatch):
    collection.write_review("gazette-first", ("zz", "accepted"))
    collection.load(sqlite_target)
    before = canon(sqlite_target)
    raised = raise_version(monkeypatch)
    report = collection.load(sqlite_target)
    assert len(report.changed) == 5
    assert report.registry_changed
    assert report.reviews == ["data/review/gazette-first.yaml"]
    assert canon(sqlite_target) == before
    assert count(sqlite_target, "loaded_files", f"loader_version <> {raised}") == 0
    assert not collection.load(sqlite_target).wrote


def test_what_went_since_the_last_version_of_the_loader_goes_with_the_new_one(collection, sqlite_target, monkeypatch, require_same):
    collection.write_review("gazette-first", ("zz", "accepted"))
    collection.load(sqlite_target)
    collection.remove("data/review/gazette-first.yaml")
    collection.remove("data/registry/topics.yaml")
    record = record_of("gazette-first")
    for entry in (*record["statements"], *record["claims"]):
        entry.pop("topics", None)
    collection.write_record(record)
    raise_version(monkeypatch)
    collection.load(sqlite_target)
    require_same(collection, sqlite_target)
    assert not collection.load(sqlite_target).wrote


def test_numbers_of_rows_are_those_of_the_tables(collection, sqlite_target):
    report = collection.load(sqlite_target)
    for table, rows in report.rows.items():
        assert count(sqlite_target, table) == rows


def test_a_new_transfer_is_announced_once(collection, sqlite_target):
    collection.load(sqlite_target)
    record = record_of("courier-fifth")
    record["claims"][1]["transfer"]["kind"] = "licensed_production"
    collection.write_record(record)
    assert collection.load(sqlite_target).new_transfers == ["southmark-eastvale-heron-licensed-production"]
    assert collection.load(sqlite_target).new_transfers == []


def test_a_registry_file_that_is_missing_counts_as_empty(collection, sqlite_target, require_same):
    topics = registry_of("topics")
    collection.load(sqlite_target)
    record = record_of("gazette-first")
    for entry in (*record["statements"], *record["claims"]):
        entry.pop("topics", None)
    collection.write_record(record)
    collection.remove("data/registry/topics.yaml")
    collection.load(sqlite_target)
    assert count(sqlite_target, "topics") == 0
    assert count(sqlite_target, "loads", "record_path = 'data/registry/topics.yaml' AND outcome = 'removed'") == 1
    require_same(collection, sqlite_target)
    collection.write_registry("topics", topics)
    collection.load(sqlite_target)
    assert count(sqlite_target, "topics") == len(topics)
    require_same(collection, sqlite_target)


def test_every_load_that_writes_is_logged(collection, sqlite_target):
    """Another load that has looked at the database sees by the log that it is no longer the same."""
    record = record_of("gazette-first")
    for entry in (*record["statements"], *record["claims"]):
        entry.pop("topics", None)
    collection.write_record(record)
    changes = (
        lambda: collection.file("data/registry/topics.yaml").write_text("# none\n"),
        lambda: collection.remove("data/registry/topics.yaml"), lambda: collection.write_review("gazette-first", ("zz", "accepted")),
        lambda: collection.remove("data/review/gazette-first.yaml"), lambda: collection.remove(record_path("courier-fifth")),
    )
    collection.load(sqlite_target)
    for change in changes:
        before = count(sqlite_target, "loads")
        change()
        assert collection.load(sqlite_target, prune=True).wrote
        assert count(sqlite_target, "loads") > before
