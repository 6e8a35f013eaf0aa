"""What records say of each other: each thing has one definition, and what is pointed at is there."""

import copy

import pytest

from tests.load.made_up import count, record_of, record_path, registry_of, supply
from transfers.errors import ProblemsError
from transfers.load.checking import check_collection


def refused(collection, target):
    """What a load and a check say; the same, but that a load reads only what changed."""
    with pytest.raises(ProblemsError) as caught:
        collection.load(target)
    return [str(problem) for problem in caught.value.problems]


def checked(collection, named=None):
    return [str(problem) for problem in check_collection(str(collection.root), named).problems]


@pytest.mark.parametrize("before", [False, True], ids=["empty", "loaded"])
@pytest.mark.parametrize(
    ("section", "key", "target_id", "kind"),
    [
        ("claims", "supersedes", "gazette-first-c09", "claim"), ("claims", "supersedes", "nobody-c01", "claim"),
        ("claims", "supersedes", "gazette-first-s01", "claim"), ("claims", "supersedes", "gazette-first", "claim"),
        ("statements", "same_as", "gazette-first-s09", "statement"), ("statements", "same_as", "gazette-first-c01", "statement"),
    ],
)
def test_a_pointer_at_nothing_is_refused(section, key, target_id, kind, before, collection, sqlite_target):
    if before:
        collection.load(sqlite_target)
    record = record_of("courier-second")
    record[section][0][key] = target_id
    collection.write_record(record)
    assert any(f"{section}[1].{key}: {target_id!r} is no {kind} of any record" in said for said in refused(collection, sqlite_target))
    assert any(f"{target_id!r} is no {kind} of any record" in said for said in checked(collection))


@pytest.mark.parametrize("change", [
    lambda article: article.update(copy_of="nobody"), lambda article: article.update(links=[{"article": "nobody", "kind": "cites"}]),
])
def test_an_article_that_is_not_there_is_refused(change, collection, sqlite_target):
    record = record_of("agency-copy")
    change(record["article"])
    collection.write_record(record)
    assert any("'nobody' is no article of any record" in said for said in refused(collection, sqlite_target))


def test_a_meeting_that_is_not_there_is_refused(collection, sqlite_target):
    record = record_of("courier-second")
    record["claims"][1]["meeting"] = "2023-nowhere"
    collection.write_record(record)
    assert refused(collection, sqlite_target) == [
        "data/records/2023/courier-second.yaml:91: claims[2].meeting: '2023-nowhere' is defined in no record"
    ] == checked(collection)


@pytest.mark.parametrize("before", [False, True], ids=["empty", "loaded"])
def test_a_circle_of_articles_is_refused(before, collection, sqlite_target):
    if before:
        collection.load(sqlite_target)
    record = record_of("gazette-first")
    record["article"]["links"] = [{"article": "gazette-third", "kind": "cites"}]
    collection.write_record(record)
    said = refused(collection, sqlite_target)
    assert all("points, by way of other articles, at itself; the later article points back" in line for line in said)
    assert any(line.startswith(record_path("gazette-first")) for line in said)


@pytest.mark.parametrize("chain", [{"c01": "c01"}, {"c01": "c02", "c02": "c01"}, {"c01": "c03", "c03": "c02", "c02": "c01"}])
def test_a_circle_of_claims_is_refused(chain, collection, sqlite_target):
    record = record_of("courier-fifth")
    for claim in record["claims"]:
        if claim["id"] in chain:
            claim["supersedes"] = f"courier-fifth-{chain[claim['id']]}"
    collection.write_record(record)
    assert any("comes back to itself" in line for line in refused(collection, sqlite_target))


@pytest.mark.parametrize("before", [(), ("gazette-first",), ("gazette-first", "courier-fifth")])
def test_two_keys_that_make_the_same_id_are_refused(before, collection, sqlite_target):
    """north + land-south and north-land + south: the hyphen that joins is one that ids may hold."""
    collection.write_registry("actors", registry_of("actors") | {
        slug: {"name": slug.title(), "kind": "state"} for slug in ("north", "land-south", "north-land", "south")
    })
    first, fifth = record_of("gazette-first"), record_of("courier-fifth")
    inferred = {"inferred": {"supplier": "made up", "recipient": "made up", "system": "made up"}}
    first["claims"][0].update(transfer=supply("north", "land-south", "heron"), **inferred)
    fifth["claims"][0].update(transfer=supply("north-land", "south", "heron"), **inferred)
    collection.write_record(first)
    for slug in before[:1]:
        collection.load(sqlite_target, named=[record_path(slug)])
    if len(before) == 2:  # the fifth had its usual transfer and is edited
        collection.load(sqlite_target)
    collection.write_record(fifth)
    assert any("makes the same id as another transfer: north-land-south-heron-supply" in line for line in refused(collection, sqlite_target))
    assert any("makes the same id as another transfer: north-land-south-heron-supply" in line for line in checked(collection))
    if before:
        assert count(sqlite_target, "transfers", "supplier_id = 'north'") == 1


@pytest.mark.parametrize("slug", ["gazette-first", "courier-second", "agency-copy"])
def test_one_typing_error_gives_one_problem(slug, collection, sqlite_target):
    """What points at the wrong record is not said to point at nothing."""
    record = record_of(slug)
    record["statements"][0]["quote"] = "words that stand nowhere"
    collection.write_record(record)
    for said in (checked(collection), refused(collection, sqlite_target)):
        assert len(said) == 1
        assert f"{slug}.yaml" in said[0]


def test_nor_does_a_text_that_changed(collection):
    collection.write_article("gazette-first", "Another text.")
    assert len(checked(collection)) == 1


def test_of_a_record_that_is_no_yaml_nobody_can_tell_what_it_gives(collection):
    collection.file(record_path("gazette-first")).write_text("format: [")
    said = checked(collection)
    assert len([line for line in said if "gazette-first.yaml" in line]) == 1
    assert {line.rpartition(" of any record")[2] for line in said if " of any record" in line} == {" without problems"}
    assert any("'2023-port-hall-talks' is defined in no record without problems" in line for line in said)


def test_a_role_and_an_alias_that_disagree_are_refused_with_the_other_file(collection, sqlite_target):
    collection.load(sqlite_target)
    record = record_of("courier-second")
    record["aliases"][0]["lang"] = "en"
    record["roles"][0]["term"] = "second"
    collection.write_record(record)
    said = "\n".join(refused(collection, sqlite_target))
    assert "roles[1]: 'ada-holm-minister' stands otherwise in data/records/2023/gazette-first.yaml" in said
    assert "aliases[1]: 'system:kestrel-2:Snipe-2' stands otherwise in data/records/2023/gazette-first.yaml" in said


def test_what_only_adds_evidence_may_say_less_than_the_registry(collection, sqlite_target, require_same):
    record = record_of("gazette-third")
    del record["aliases"][0]["lang"]
    collection.write_record(record)
    collection.load(sqlite_target)
    require_same(collection, sqlite_target)


def test_all_problems_of_all_files_come_together(collection, sqlite_target):
    for slug in ("gazette-first", "courier-fifth"):
        record = record_of(slug)
        record["claims"][0]["quote"] = "words that stand nowhere"
        record["claims"][1]["phase"] = "deliverd"
        record["coder"] = ""
        collection.write_record(record)
    collection.write("data/review/courier-fifth.yaml", [])
    said = refused(collection, sqlite_target)
    assert [line.split(":")[0] for line in said] == sorted(line.split(":")[0] for line in said)
    for slug in ("gazette-first", "courier-fifth"):
        assert len([line for line in said if f"records/2023/{slug}.yaml" in line]) == 3


def test_a_check_of_named_records_reports_on_these_alone(collection):
    for slug in ("gazette-first", "courier-fifth"):
        record = record_of(slug)
        record["claims"][0]["quote"] = "words that stand nowhere"
        collection.write_record(record)
    assert all("courier-fifth" in line for line in checked(collection, [record_path("courier-fifth")]))
    assert checked(collection, [record_path("agency-copy")]) == []
    assert len(checked(collection)) == 2


def test_a_check_finds_what_a_load_into_an_empty_database_finds(collection, make_target):
    edits = {
        "gazette-first": lambda record: record["claims"][2].update(meeting="2023-heron-visit"),
        "courier-second": lambda record: record["roles"][0].update(title="Envoy"),
        "agency-copy": lambda record: record["article"].update(copy_of="courier-fith"),
        "gazette-third": lambda record: record["meetings"].append({"id": "2023-port-hall-talks", "kind": "call", "title": "x"}),
        "courier-fifth": lambda record: record["claims"][1]["transfer"].update(system="herron"),
    }
    for slug, edit in edits.items():
        record = record_of(slug)
        edit(record)
        collection.write_record(record)
        target = make_target()
        with pytest.raises(ProblemsError) as caught:
            collection.load(target)
        assert checked(collection) == [str(problem) for problem in caught.value.problems]
        collection.write_record(copy.deepcopy(record_of(slug)))
