"""Reviews: they pin a version of a record, and what was accepted does not just vanish."""

import pytest

from tests.load.made_up import canon, count, record_of, record_path
from transfers.db import reading
from transfers.errors import ProblemsError


def status(target, slug):
    with reading(target) as connection:
        columns, rows = connection.table("SELECT * FROM v_review_status")
        key = next(column for column in columns if column in ("article", "article_id", "id"))
        found = {row[columns.index(key)]: dict(zip(columns, row, strict=True)) for row in rows}[slug]
    return found["review"] if "review" in found else found["status"]


def removals(target):
    with reading(target) as connection:
        return connection.rows("SELECT id, article_id, why FROM removals ORDER BY id")


def test_the_status_of_a_record(collection, sqlite_target, require_same):
    for slug in ("gazette-first", "courier-second", "gazette-third", "courier-fifth"):
        collection.load(sqlite_target)
        assert status(sqlite_target, slug) == "unreviewed"
    collection.write_review("gazette-first", ("zz", "changes_needed"), ("zz", "accepted"))
    collection.write_review("courier-second", ("zz", "accepted"), ("yy", "rejected"))
    collection.write_review("gazette-third", ("ab", "accepted"))  # its coder
    collection.write_review("courier-fifth", ("zz", "accepted"), stale=True)
    report = collection.load(sqlite_target)
    assert len(report.reviews) == 4
    assert [status(sqlite_target, slug) for slug in ("gazette-first", "courier-second", "gazette-third", "courier-fifth")] == [
        "accepted", "rejected", "self_reviewed", "stale",
    ]
    require_same(collection, sqlite_target)
    assert not collection.load(sqlite_target).wrote


def test_an_edit_makes_a_review_stale_and_its_undoing_accepted_again(collection, sqlite_target, require_same):
    collection.write_review("courier-fifth", ("zz", "accepted"))
    collection.load(sqlite_target)
    record = record_of("courier-fifth")
    record["claims"][0]["summary"] = "Other words of the coder."
    collection.write_record(record)
    collection.load(sqlite_target)
    assert status(sqlite_target, "courier-fifth") == "stale"
    require_same(collection, sqlite_target)
    collection.write_record(record_of("courier-fifth"))
    collection.load(sqlite_target)
    assert status(sqlite_target, "courier-fifth") == "accepted"


def test_a_review_file_changes_grows_and_goes(collection, target, require_same):
    collection.load(target)
    for lines in ([("zz", "rejected")], [("zz", "rejected"), ("yy", "accepted")], [("yy", "accepted")]):
        collection.write_review("courier-fifth", *lines)
        report = collection.load(target)
        assert report.reviews == ["data/review/courier-fifth.yaml"]
        assert report.changed == []
        assert count(target, "reviews") == len(lines)
        require_same(collection, target)
    collection.remove("data/review/courier-fifth.yaml")
    collection.load(target)
    assert count(target, "reviews") == 0
    require_same(collection, target)
    assert not collection.load(target).wrote


def test_a_review_of_nothing_is_refused(collection, sqlite_target):
    collection.load(sqlite_target)
    collection.write("data/review/nobody.yaml", [
        {"record_sha256": "0" * 64, "reviewer": "zz", "reviewed_on": "2024-01-31", "decision": "accepted"},
    ])
    with pytest.raises(ProblemsError, match="data/review/nobody.yaml: 'nobody' is the article of no record"):
        collection.load(sqlite_target)


def test_a_wrong_review_file_stops_the_load(collection, sqlite_target):
    collection.write_review("courier-fifth", ("zz", "approved"))
    with pytest.raises(ProblemsError, match=r"data/review/courier-fifth.yaml:\d+: \[1\].decision"):
        collection.load(sqlite_target)
    report = collection.load(sqlite_target, keep_going=True)
    assert len(report.new) == 5
    assert len(report.problems) == 1


@pytest.mark.parametrize("decisions", [["accepted"], ["accepted", "changes_needed"], ["rejected", "accepted"]])
def test_a_claim_of_an_accepted_record_cannot_just_vanish(decisions, collection, target):
    collection.write_review("courier-fifth", *(("zz", decision) for decision in decisions))
    collection.load(target)
    before = canon(target)
    record = record_of("courier-fifth")
    del record["claims"][1]
    collection.write_record(record)
    with pytest.raises(ProblemsError) as caught:
        collection.load(target)
    assert str(caught.value) == (
        "data/records/2023/courier-fifth.yaml: c02: was accepted by a reviewer and cannot just vanish: keep it with "
        "rank: deprecated and rank_reason, or list it under removed: {id: c02, why: ...}"
    )
    assert canon(target) == before


@pytest.mark.parametrize("decision", ["changes_needed", "rejected", "withdrawn"])
def test_a_claim_of_a_record_that_nobody_accepted_may_go(decision, collection, sqlite_target, require_same):
    collection.write_review("courier-fifth", ("zz", decision))
    collection.load(sqlite_target)
    record = record_of("courier-fifth")
    del record["claims"][1]
    collection.write_record(record)
    collection.load(sqlite_target)
    require_same(collection, sqlite_target)


def test_an_accepted_claim_may_be_deprecated(collection, sqlite_target, require_same):
    collection.write_review("courier-fifth", ("zz", "accepted"))
    collection.load(sqlite_target)
    record = record_of("courier-fifth")
    record["claims"][1].update(rank="deprecated", rank_reason="made up")
    collection.write_record(record)
    collection.load(sqlite_target)
    require_same(collection, sqlite_target)
    assert count(sqlite_target, "claims", "rank = 'deprecated'") == 1


def test_or_get_a_tombstone_that_stays(collection, target, require_same):
    collection.write_review("courier-fifth", ("zz", "accepted"))
    collection.load(target)
    record = record_of("courier-fifth")
    del record["claims"][1]
    record["removed"] = [{"id": "c02", "why": "It was never said.", "on": "2024-02-01"}]
    collection.write_record(record)
    collection.load(target)
    assert removals(target) == [("courier-fifth-c02", "courier-fifth", "It was never said.")]
    require_same(collection, target)
    assert status(target, "courier-fifth") == "stale"


def test_an_id_with_a_tombstone_is_never_used_again(collection, sqlite_target):
    record = record_of("courier-fifth")
    record["removed"] = [{"id": "c02", "why": "made up"}]
    collection.write_record(record)
    with pytest.raises(ProblemsError, match="'c02' is removed and yet used; an id is never used again"):
        collection.load(sqlite_target)


def test_an_accepted_statement_cannot_just_vanish_either(collection, sqlite_target):
    collection.write_review("gazette-third", ("zz", "accepted"))
    collection.load(sqlite_target)
    record = record_of("gazette-third")
    del record["statements"], record["claims"][0]["statement"]
    collection.write_record(record)
    with pytest.raises(ProblemsError, match="s01: was accepted by a reviewer"):
        collection.load(sqlite_target)


def test_nor_can_all_claims_at_once_by_another_article_id(collection, sqlite_target):
    collection.write_review("courier-fifth", ("zz", "accepted"))
    collection.load(sqlite_target)
    record = record_of("courier-fifth")
    record["article"]["id"] = "courier-renamed"
    collection.write_record(record, record_path("courier-fifth"))
    collection.file("data/review/courier-fifth.yaml").rename(collection.file("data/review/courier-renamed.yaml"))
    with pytest.raises(ProblemsError) as caught:
        collection.load(sqlite_target)
    assert str(caught.value).count("was accepted by a reviewer and cannot just vanish") == 3


def test_an_accepted_record_whose_file_goes_is_pruned_when_its_review_goes_too(collection, sqlite_target, require_same):
    collection.write_review("courier-fifth", ("zz", "accepted"))
    collection.load(sqlite_target)
    collection.remove(record_path("courier-fifth"))
    collection.remove("data/review/courier-fifth.yaml")
    collection.load(sqlite_target, prune=True)
    require_same(collection, sqlite_target)


def test_a_review_and_the_edit_it_forbids_in_one_load(collection, sqlite_target, require_same):
    """The claim goes and the review comes in the same load: what was not accepted before is not missed."""
    collection.load(sqlite_target)
    record = record_of("courier-fifth")
    del record["claims"][1]
    collection.write_record(record)
    collection.write_review("courier-fifth", ("zz", "accepted"))
    collection.load(sqlite_target)
    require_same(collection, sqlite_target)
    assert status(sqlite_target, "courier-fifth") == "accepted"
