"""Files that are renamed, swapped and removed, and what `--prune` takes away."""

import pytest

from tests.load.made_up import TEXTS, canon, count, index_fits, record_of, record_path
from transfers.db import reading
from transfers.errors import ProblemsError, TransfersError


def test_a_renamed_record_is_the_same_article_and_not_gone(collection, sqlite_target, require_same):
    collection.load(sqlite_target)
    collection.file(record_path("gazette-first")).rename(collection.file("data/records/2023/another-name.yaml"))
    report = collection.load(sqlite_target)
    assert report.new == ["data/records/2023/another-name.yaml"]
    assert report.gone == []
    require_same(collection, sqlite_target)
    assert not collection.load(sqlite_target).wrote
    assert count(sqlite_target, "loaded_files", "kind = 'record'") == 5


def test_a_renamed_record_is_not_removed_by_prune(collection, sqlite_target, require_same):
    collection.load(sqlite_target)
    collection.file(record_path("gazette-first")).rename(collection.file("data/records/2023/another-name.yaml"))
    report = collection.load(sqlite_target, prune=True)
    assert report.removed == []
    require_same(collection, sqlite_target)


def test_two_files_swap_their_places(collection, target, require_same):
    collection.load(target)
    one, other = record_of("gazette-first"), record_of("courier-fifth")
    collection.write_record(one, record_path("courier-fifth"))
    collection.write_record(other, record_path("gazette-first"))
    report = collection.load(target)
    assert report.changed == [record_path("courier-fifth"), record_path("gazette-first")]
    require_same(collection, target)
    assert index_fits(target)


def test_three_files_change_places_in_a_circle_and_one_of_them_its_article(collection, sqlite_target, require_same):
    collection.load(sqlite_target)
    records = [record_of(slug) for slug in ("gazette-first", "courier-second", "courier-fifth")]
    paths = [record_path(slug) for slug in ("courier-second", "courier-fifth", "gazette-first")]
    records[2]["article"]["title"] = "Another title"
    for record, path in zip(records, paths, strict=True):
        collection.write_record(record, path)
    collection.load(sqlite_target)
    require_same(collection, sqlite_target)


def test_two_articles_swap_their_texts(collection, target, require_same):
    """Both have the same outlet, so neither text is free before the other has gone."""
    collection.load(target)
    one, other = record_of("courier-second"), record_of("courier-fifth")
    for slug, record in (("courier-second", other), ("courier-fifth", one)):
        record["article"]["id"] = slug
        record["claims"] = [claim for claim in record["claims"] if "transfer" in claim]
        record.pop("statements", None)
        record["claims"][0].pop("supersedes", None)
    copy, third = record_of("agency-copy"), record_of("gazette-third")
    del copy["statements"], third["claims"][0]["supersedes"]
    for record in (other, one, copy, third):
        collection.write_record(record)
    collection.load(target)
    require_same(collection, target)


def test_an_article_id_changes_within_its_file(collection, sqlite_target, require_same):
    collection.load(sqlite_target)
    record = record_of("courier-fifth")
    record["article"]["id"] = "courier-renamed"
    collection.write_record(record, record_path("courier-fifth"))
    collection.load(sqlite_target)
    require_same(collection, sqlite_target)
    with reading(sqlite_target) as connection:
        assert connection.rows("SELECT id FROM articles WHERE record_path = :path", {"path": record_path("courier-fifth")}) == [
            ("courier-renamed",)
        ]
        assert connection.rows("SELECT count(*) FROM claims WHERE article_id = 'courier-fifth'") == [(0,)]


def test_an_article_id_that_others_speak_of_changes_with_them_or_not_at_all(collection, sqlite_target, require_same):
    collection.load(sqlite_target)
    before = canon(sqlite_target)
    record = record_of("agency-copy")
    record["article"]["id"] = "agency-renamed"
    collection.write_record(record, record_path("agency-copy"))
    with pytest.raises(ProblemsError, match="'agency-copy' cannot go: the record of 'gazette-third' speaks of it"):
        collection.load(sqlite_target)
    assert canon(sqlite_target) == before
    third = record_of("gazette-third")
    third["article"]["links"][0]["article"] = "agency-renamed"
    collection.write_record(third)
    collection.load(sqlite_target)
    require_same(collection, sqlite_target)


def test_the_review_of_an_article_that_changed_its_id_must_be_renamed_too(collection, sqlite_target):
    collection.load(sqlite_target)
    collection.write_review("courier-fifth", ("zz", "changes_needed"))
    collection.load(sqlite_target)
    before = canon(sqlite_target)
    record = record_of("courier-fifth")
    record["article"]["id"] = "courier-renamed"
    collection.write_record(record, record_path("courier-fifth"))
    with pytest.raises(ProblemsError, match="data/review/courier-fifth.yaml: 'courier-fifth' is the article of no record"):
        collection.load(sqlite_target)
    assert canon(sqlite_target) == before
    collection.file("data/review/courier-fifth.yaml").rename(collection.file("data/review/courier-renamed.yaml"))
    collection.load(sqlite_target)
    assert count(sqlite_target, "reviews", "article_id = 'courier-renamed'") == 1
    assert not collection.load(sqlite_target).wrote


def test_a_file_that_is_gone_is_reported_and_its_rows_stay(collection, sqlite_target):
    collection.load(sqlite_target)
    before = canon(sqlite_target)
    collection.remove(record_path("courier-fifth"))
    report = collection.load(sqlite_target)
    assert report.gone == [record_path("courier-fifth")]
    assert not report.wrote
    assert report.as_lines()[-1] == (
        "1 record file gone, rows kept (data/records/2023/courier-fifth.yaml); transfers load --prune removes them"
    )
    assert canon(sqlite_target) == before


def test_prune_removes_its_rows(collection, sqlite_target, require_same):
    collection.load(sqlite_target)
    collection.remove(record_path("courier-fifth"))
    report = collection.load(sqlite_target, prune=True)
    assert report.removed == [record_path("courier-fifth")]
    require_same(collection, sqlite_target)
    assert index_fits(sqlite_target)
    assert count(sqlite_target, "loaded_files", "path LIKE '%courier-fifth%'") == 0
    assert count(sqlite_target, "loads", "outcome = 'removed'") == 1
    assert not collection.load(sqlite_target).wrote


def test_and_the_file_may_come_back(collection, sqlite_target):
    collection.load(sqlite_target)
    before = canon(sqlite_target)
    collection.remove(record_path("courier-fifth"))
    collection.load(sqlite_target, prune=True)
    collection.write_record(record_of("courier-fifth"))
    assert collection.load(sqlite_target).new == [record_path("courier-fifth")]
    assert canon(sqlite_target) == before


def test_prune_refuses_while_another_record_points_at_the_rows(collection, sqlite_target):
    collection.load(sqlite_target)
    before = canon(sqlite_target)
    collection.remove(record_path("gazette-first"))
    with pytest.raises(ProblemsError) as caught:
        collection.load(sqlite_target, prune=True)
    said = str(caught.value)
    for gone, pointer in (
        ("gazette-first-c01", "courier-second"), ("gazette-first-s01", "courier-second"), ("2023-port-hall-talks", "courier-second"),
        ("gazette-first", "agency-copy"), ("gazette-first", "courier-second"),
    ):
        assert f"{record_path('gazette-first')}: '{gone}' cannot go: the record of '{pointer}' speaks of it" in said
    assert canon(sqlite_target) == before


def test_prune_takes_away_several_that_point_at_each_other(collection, target, require_same):
    collection.load(target)
    for slug in ("gazette-first", "courier-second", "agency-copy", "gazette-third"):
        collection.remove(record_path(slug))
    report = collection.load(target, prune=True)
    assert len(report.removed) == 4
    require_same(collection, target)
    assert index_fits(target)


def test_prune_of_everything(collection, sqlite_target, require_same):
    collection.load(sqlite_target)
    for slug in TEXTS:
        collection.remove(record_path(slug))
    collection.load(sqlite_target, prune=True)
    require_same(collection, sqlite_target)
    assert count(sqlite_target, "articles") == count(sqlite_target, "transfers") == count(sqlite_target, "loaded_files", "kind <> 'registry'") == 0
    assert count(sqlite_target, "aliases", "in_registry = 0") == 0


def test_prune_wants_the_review_of_the_record_gone_too(collection, sqlite_target, require_same):
    collection.write_review("courier-fifth", ("zz", "accepted"))
    collection.load(sqlite_target)
    before = canon(sqlite_target)
    collection.remove(record_path("courier-fifth"))
    with pytest.raises(ProblemsError, match="data/review/courier-fifth.yaml: 'courier-fifth' is the article of no record"):
        collection.load(sqlite_target, prune=True)
    assert canon(sqlite_target) == before
    collection.remove("data/review/courier-fifth.yaml")
    collection.load(sqlite_target, prune=True)
    require_same(collection, sqlite_target)


def test_prune_goes_on_with_keep_going_where_something_else_is_refused(collection, sqlite_target, require_same):
    collection.load(sqlite_target)
    collection.remove(record_path("gazette-first"))
    collection.remove(record_path("courier-fifth"))
    report = collection.load(sqlite_target, prune=True, keep_going=True)
    assert report.removed == [record_path("courier-fifth")]
    assert {problem[0] for problem in report.problems} == {record_path("gazette-first")}
    collection.write_record(record_of("gazette-first"))
    require_same(collection, sqlite_target)


def test_one_record_takes_the_place_of_another(collection, sqlite_target, require_same):
    """The file of one article is moved over that of another, which is so gone without its file being gone."""
    collection.load(sqlite_target)
    collection.file(record_path("gazette-third")).replace(collection.file(record_path("courier-fifth")))
    report = collection.load(sqlite_target)
    assert report.gone == []
    require_same(collection, sqlite_target)
    assert count(sqlite_target, "articles") == 4


def test_the_same_article_in_two_files_is_refused_with_both_names(collection, sqlite_target):
    collection.load(sqlite_target)
    before = canon(sqlite_target)
    collection.write_record(record_of("courier-fifth"), "data/records/2023/zz.yaml")
    with pytest.raises(ProblemsError) as caught:
        collection.load(sqlite_target)
    assert "data/records/2023/zz.yaml" in str(caught.value)
    assert "'courier-fifth' is the article of data/records/2023/courier-fifth.yaml" in str(caught.value)
    assert canon(sqlite_target) == before


def test_the_same_text_of_the_same_outlet_twice_is_refused_with_both_names(collection, sqlite_target):
    record = record_of("courier-fifth")
    record["article"]["id"] = "courier-sixth"
    collection.write_record(record)
    with pytest.raises(ProblemsError) as caught:
        collection.load(sqlite_target)
    assert str(caught.value).count("\n") == 0
    assert "has the same outlet and the same text as data/records/2023/courier-fifth.yaml" in str(caught.value)


@pytest.mark.parametrize("name", ["note.txt", "a.yml", "b.yaml~"])
def test_a_file_that_is_no_record_is_refused(name, collection, sqlite_target):
    collection.file(f"data/records/2023/{name}").write_text("x")
    with pytest.raises(ProblemsError, match="does not end in .yaml"):
        collection.load(sqlite_target)


def test_hidden_files_are_passed_over(collection, sqlite_target):
    collection.file("data/records/2023/.gazette-first.yaml.swp").write_bytes(b"\x00")
    collection.file("data/review/.gitkeep").write_text("")
    assert len(collection.load(sqlite_target).new) == 5


def test_a_linked_record_is_refused(collection, sqlite_target, tmp_path):
    collection.load(sqlite_target)
    path = collection.file(record_path("courier-fifth"))
    path.rename(tmp_path / "x.yaml")
    path.symlink_to(tmp_path / "x.yaml")
    with pytest.raises(TransfersError, match="is not a plain file"):
        collection.load(sqlite_target)
