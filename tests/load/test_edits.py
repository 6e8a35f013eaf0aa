"""Edited records: ids stay, what nobody gives any more goes, and turning an edit back gives the first rows again."""

import pytest

from tests.load.made_up import (
    FIFTH_TEXT,
    canon,
    count,
    index_fits,
    record_of,
    record_path,
    sha256_of,
    supply,
)
from transfers.db import reading
from transfers.errors import ProblemsError


def ids(target, table):
    with reading(target) as connection:
        return {found for (found,) in connection.rows(f"SELECT id FROM {table}")}


def change_summary(record):
    record["claims"][0]["summary"] = "Other words of the coder."


def change_stance(record):
    record["claims"][2].update(stance="alleged", hedge="lent")


def change_quote(record):
    record["claims"][2]["quote"] = "Northland lent Eastvale three of its"


def change_transfer(record):
    record["claims"][1]["transfer"] = supply("northland", "eastvale", "heron")


def add_a_claim(record):
    record["claims"].append({
        "id": "c04", "transfer": supply("southmark", "eastvale", "kestrel"), "stance": "asserted", "phase": "offered",
        "quote": "Eastvale reportedly asked for the Heron", "summary": "Made up.", "inferred": {"system": "Made up."},
        "topics": ["trade", "talks"], "systems": [{"system": "heron", "role": "discussed"}],
    })


def drop_a_claim(record):
    del record["claims"][0]


def turn_the_claims_round(record):
    record["claims"].reverse()


def add_a_statement(record):
    record["statements"] = [{
        "id": "s01", "speaker": "the-courier", "described": "(the article's own voice)", "form": "indirect",
        "quote": "Southmark denies that it sent drones to Northland", "summary": "Made up.", "meeting": "2023-port-hall-talks",
        "topics": ["talks"],
    }]
    record["claims"][0]["statement"] = "s01"


def add_a_meeting(record):
    record["meetings"] = [{"id": "2023-made-up", "kind": "call", "title": "A call"}]
    record["claims"].append({
        "id": "c04", "meeting": "2023-made-up", "stance": "asserted", "quote": "Eastvale reportedly asked", "summary": "Made up.",
        "actors": [{"actor": "eastvale", "role": "attendee"}],
    })


def add_an_alias_and_a_role(record):
    record["aliases"] = [{"system": "heron", "name": "the Heron", "kind": "spelling", "quote": "asked for the Heron"}]
    record["roles"] = [{
        "id": "ada-holm-envoy", "person": "ada-holm", "org": "eastvale", "title": "Envoy", "held_on": "2023-06",
        "quote": "Eastvale reportedly asked",
    }]


def link_and_supersede(record):
    record["article"]["links"] = [{"article": "gazette-first", "kind": "retracts", "note": "made up"}]
    record["claims"][0]["supersedes"] = "gazette-third-c01"
    record["claims"][1]["supersedes"] = "courier-fifth-c02" if False else "gazette-first-c02"


def change_the_article(record):
    record["article"].update(title="Another title", url="https://example.org/5", reliability="B", status="corrected", status_reason="x")


def change_dates_and_numbers(record):
    record["claims"][2]["quantity"].update(scope="total", low="2")
    record["claims"][2]["quantity"].update(text="three", low="3", qualifier="exact")
    record["article"]["published"] = {"edtf": "2023-07", "basis": "external"}


EDITS = (
    change_summary, change_stance, change_quote, change_transfer, add_a_claim, drop_a_claim, turn_the_claims_round, add_a_statement,
    add_a_meeting, add_an_alias_and_a_role, link_and_supersede, change_the_article, change_dates_and_numbers,
)


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_and_its_undoing(edit, collection, sqlite_target, require_same):
    collection.load(sqlite_target)
    first, claims = canon(sqlite_target), ids(sqlite_target, "claims")
    record = record_of("courier-fifth")
    edit(record)
    collection.write_record(record)
    report = collection.load(sqlite_target)
    assert report.changed == [record_path("courier-fifth")]
    require_same(collection, sqlite_target)
    assert index_fits(sqlite_target)
    assert claims - {"courier-fifth-c01"} <= ids(sqlite_target, "claims")
    collection.write_record(record_of("courier-fifth"))
    collection.load(sqlite_target)
    assert canon(sqlite_target) == first
    require_same(collection, sqlite_target)
    assert index_fits(sqlite_target)


def test_an_edit_touches_only_the_rows_it_edits(collection, sqlite_target):
    collection.load(sqlite_target)
    with reading(sqlite_target) as connection:
        before = {number: row for number, *row in connection.rows("SELECT id, article_id, field, exact, start_char FROM evidence")}
    record = record_of("gazette-first")
    record["claims"][1]["quote"] = "Parts came later"
    record["claims"][0]["summary"] = "Other words."
    collection.write_record(record)
    collection.load(sqlite_target)
    with reading(sqlite_target) as connection:
        after = {number: row for number, *row in connection.rows("SELECT id, article_id, field, exact, start_char FROM evidence")}
    # The spans of the claim whose quote changed are other rows; all the others have kept their numbers.
    assert {number: row for number, row in before.items() if row[2] != "Parts came later, in two batches"}.items() <= after.items()


def test_a_transfer_that_loses_its_last_claim_goes(collection, sqlite_target, require_same):
    collection.load(sqlite_target)
    record = record_of("courier-fifth")
    del record["claims"][1]
    collection.write_record(record)
    collection.load(sqlite_target)
    assert "southmark-eastvale-heron-supply" not in ids(sqlite_target, "transfers")
    require_same(collection, sqlite_target)


def test_a_transfer_that_others_speak_of_stays(collection, sqlite_target, require_same):
    collection.load(sqlite_target)
    record = record_of("courier-fifth")
    del record["claims"][0]
    collection.write_record(record)
    collection.load(sqlite_target)
    assert "southmark-northland-kestrel-2-supply" in ids(sqlite_target, "transfers")
    require_same(collection, sqlite_target)


def test_a_role_and_an_alias_of_two_records_stay_until_both_have_dropped_them(collection, sqlite_target, require_same):
    collection.load(sqlite_target)
    for slug, left in (("gazette-first", 1), ("courier-second", 0)):
        record = record_of(slug)
        record["aliases"] = []
        record["roles"] = []
        del record["statements"][0]["role"]
        collection.write_record(record)
        collection.load(sqlite_target)
        assert count(sqlite_target, "aliases", "name = 'Snipe-2'") == left
        assert count(sqlite_target, "affiliations", "id = 'ada-holm-minister'") == left
        assert count(sqlite_target, "search_rows", "field = 'alias' AND words LIKE 'snipe%'") == left
        require_same(collection, sqlite_target)
        assert index_fits(sqlite_target)


def test_what_two_records_give_changes_only_in_both_at_once(collection, sqlite_target, require_same):
    collection.load(sqlite_target)
    before = canon(sqlite_target)
    changed = []
    for slug in ("gazette-first", "courier-second"):
        record = record_of(slug)
        record["aliases"][0]["kind"] = "spelling"
        record["roles"][0]["title"] = "Minister of War"
        changed.append(record)
    collection.write_record(changed[0])
    with pytest.raises(ProblemsError) as caught:
        collection.load(sqlite_target)
    said = str(caught.value)
    assert "'system:kestrel-2:Snipe-2' stands otherwise in data/records/2023/courier-second.yaml" in said
    assert "'ada-holm-minister' stands otherwise in data/records/2023/courier-second.yaml" in said
    assert canon(sqlite_target) == before
    collection.write_record(changed[1])
    collection.load(sqlite_target)
    require_same(collection, sqlite_target)
    assert count(sqlite_target, "affiliations", "title = 'Minister of War'") == 1


def test_a_meeting_moves_from_one_record_to_another(collection, sqlite_target, require_same):
    collection.load(sqlite_target)
    first, second = record_of("gazette-first"), record_of("courier-second")
    second["meetings"] = [{**first["meetings"].pop(), "title": "Talks in a port"}]
    collection.write_record(first)
    with pytest.raises(ProblemsError, match="'2023-port-hall-talks' is defined in no record"):
        collection.load(sqlite_target)  # one without the other leaves it undefined,
    collection.write_record(record_of("gazette-first"))
    collection.write_record(second)
    with pytest.raises(ProblemsError, match="is defined already in data/records/2023/gazette-first.yaml"):
        collection.load(sqlite_target)  # or defined twice
    collection.write_record(first)
    collection.load(sqlite_target)
    require_same(collection, sqlite_target)
    assert index_fits(sqlite_target)
    with reading(sqlite_target) as connection:
        assert connection.rows("SELECT article_id FROM meetings WHERE id = '2023-port-hall-talks'") == [("courier-second",)]


def test_a_meeting_that_another_record_names_cannot_go(collection, sqlite_target):
    collection.load(sqlite_target)
    before = canon(sqlite_target)
    record = record_of("gazette-first")
    del record["meetings"], record["claims"][2]
    collection.write_record(record)
    with pytest.raises(ProblemsError, match="'2023-port-hall-talks' cannot go: the record of 'courier-second' speaks of it"):
        collection.load(sqlite_target)
    assert canon(sqlite_target) == before


def test_a_claim_that_another_record_supersedes_cannot_go(collection, sqlite_target):
    collection.load(sqlite_target)
    before = canon(sqlite_target)
    record = record_of("gazette-first")
    del record["claims"][0]
    collection.write_record(record)
    with pytest.raises(ProblemsError, match="'gazette-first-c01' cannot go: the record of 'courier-second' speaks of it"):
        collection.load(sqlite_target)
    assert canon(sqlite_target) == before


def test_a_claim_goes_together_with_what_points_at_it(collection, sqlite_target, require_same):
    collection.load(sqlite_target)
    first, second = record_of("gazette-first"), record_of("courier-second")
    del first["claims"][0], second["claims"][0]["supersedes"]
    collection.write_record(first)
    collection.write_record(second)
    collection.load(sqlite_target)
    require_same(collection, sqlite_target)


def test_pointers_turn_round_between_two_records(collection, target, require_same):
    """The later record becomes the earlier one: rows that point at each other are written in another order."""
    collection.load(target)
    first, second, third = (record_of(slug) for slug in ("gazette-first", "courier-second", "gazette-third"))
    del second["claims"][0]["supersedes"], third["claims"][0]["supersedes"], second["statements"][0]["same_as"]
    del second["article"]["links"]
    copy = record_of("agency-copy")
    copy["statements"][0]["same_as"] = "gazette-first-s01"
    first["claims"][0]["supersedes"] = "courier-second-c01"
    first["statements"][0]["same_as"] = "courier-second-s01"
    first["article"]["links"] = [{"article": "courier-second", "kind": "corrects"}]
    second["claims"][0]["supersedes"] = "gazette-third-c01"
    third["article"]["links"] = []
    for record in (first, second, third, copy):
        collection.write_record(record)
    collection.load(target)
    require_same(collection, target)
    for slug in ("gazette-first", "courier-second", "gazette-third", "agency-copy"):
        collection.write_record(record_of(slug))
    collection.load(target)
    require_same(collection, target)


def test_claims_of_one_record_that_supersede_each_other(collection, sqlite_target, require_same):
    collection.load(sqlite_target)
    record = record_of("courier-fifth")
    record["claims"][0]["supersedes"] = "courier-fifth-c03"
    record["claims"][2]["supersedes"] = "courier-fifth-c02"
    collection.write_record(record)
    collection.load(sqlite_target)
    require_same(collection, sqlite_target)
    record = record_of("courier-fifth")
    record["claims"][2]["supersedes"] = "courier-fifth-c01"
    record["claims"][0]["supersedes"] = "courier-fifth-c02"
    collection.write_record(record)
    collection.load(sqlite_target)
    require_same(collection, sqlite_target)
    del record["claims"][1], record["claims"][0]["supersedes"]
    collection.write_record(record)
    collection.load(sqlite_target)
    require_same(collection, sqlite_target)


def test_a_text_and_its_record_change_together(collection, sqlite_target, require_same):
    collection.load(sqlite_target)
    text = "Made up for a test, and longer. " + FIFTH_TEXT
    collection.write_article("courier-fifth", text)
    with pytest.raises(ProblemsError, match="is not the file that was reviewed"):
        collection.load(sqlite_target)
    record = record_of("courier-fifth")
    record["article"]["sha256"] = sha256_of(text)
    collection.write_record(record)
    collection.load(sqlite_target)
    require_same(collection, sqlite_target)
    with reading(sqlite_target) as connection:
        starts = connection.rows("SELECT start_char FROM evidence WHERE claim_id = 'courier-fifth-c01' AND field = 'whole'")
    assert starts == [(text.index("Southmark denies"),)]


def test_an_article_file_that_changed_is_refused_although_its_record_did_not(collection, sqlite_target):
    collection.load(sqlite_target)
    before = canon(sqlite_target)
    collection.write_article("courier-fifth", FIFTH_TEXT + " ")
    with pytest.raises(ProblemsError, match=r"courier-fifth.yaml:\d+: article.source: seeds/courier-fifth.txt is not the file"):
        collection.load(sqlite_target)
    collection.write_article("courier-fifth", FIFTH_TEXT.replace("\n", "\r\n") + "\r\n")
    collection.remove("seeds/courier-fifth.txt")
    with pytest.raises(ProblemsError, match="seeds/courier-fifth.txt does not exist"):
        collection.load(sqlite_target)
    assert canon(sqlite_target) == before
    collection.write_article("courier-fifth", FIFTH_TEXT)
    assert not collection.load(sqlite_target).wrote


def test_an_article_that_became_a_link_is_refused_like_in_a_fresh_load(collection, sqlite_target, tmp_path):
    collection.load(sqlite_target)
    before = canon(sqlite_target)
    path = collection.file("seeds/courier-fifth.txt")
    path.rename(tmp_path / "elsewhere.txt")
    path.symlink_to(tmp_path / "elsewhere.txt")
    with pytest.raises(ProblemsError, match="seeds/courier-fifth.txt is a link"):
        collection.load(sqlite_target)
    assert canon(sqlite_target) == before


def test_two_articles_from_one_file(collection, sqlite_target, require_same):
    """The same report in two papers may be kept as one file; it is looked after as long as one of them uses it."""
    collection.load(sqlite_target)
    record = record_of("courier-fifth")
    record["article"].update(id="gazette-fifth", outlet="the-gazette")
    record["claims"] = record["claims"][:1]
    collection.write_record(record)
    collection.load(sqlite_target)
    require_same(collection, sqlite_target)
    collection.remove(record_path("gazette-fifth"))
    collection.load(sqlite_target, prune=True)
    require_same(collection, sqlite_target)
    assert count(sqlite_target, "loaded_files", "path = 'seeds/courier-fifth.txt'") == 1
    collection.write_article("courier-fifth", FIFTH_TEXT + " ")
    with pytest.raises(ProblemsError, match="is not the file that was reviewed"):
        collection.load(sqlite_target)


def test_minus_nought_is_nought(collection, target, require_same):
    from tests.load.made_up import registry_of

    places = registry_of("places")
    places["port-hall"].update(lat="-0", lon="-0.0")
    collection.write_registry("places", places)
    collection.load(target)
    assert '"lat":0.0,"lon":0.0' in "".join(canon(target))
    require_same(collection, target)


def test_all_edits_one_after_the_other_on_postgresql(collection, postgres_target, require_same):
    collection.load(postgres_target)
    first = canon(postgres_target)
    for edit in EDITS:
        record = record_of("courier-fifth")
        edit(record)
        collection.write_record(record)
        collection.load(postgres_target)
    require_same(collection, postgres_target)
    collection.write_record(record_of("courier-fifth"))
    collection.load(postgres_target)
    assert canon(postgres_target) == first
