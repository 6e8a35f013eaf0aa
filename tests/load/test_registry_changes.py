"""The registry changes under records that were loaded: names move, entries are renamed, merged, taken away."""

import pytest

from tests.load.made_up import canon, count, index_fits, record_of, record_path, registry_of
from transfers.db import reading
from transfers.errors import ProblemsError
from transfers.load.checking import check_collection

SNIPE = {"name": "Snipe-2", "kind": "designation", "used_by": "northland"}


def rows(target, sql):
    with reading(target) as connection:
        return connection.rows(sql)


def test_an_alias_moves_from_the_records_to_the_registry_and_back(collection, target, require_same):
    collection.load(target)
    first = canon(target)
    systems = registry_of("systems")
    systems["kestrel-2"]["aliases"].append({**SNIPE, "lang": "en", "valid_from": "2023-01-01", "source": "made up"})
    collection.write_registry("systems", systems)
    collection.load(target)
    require_same(collection, target)
    assert rows(target, "SELECT in_registry, lang, source FROM aliases WHERE name = 'Snipe-2'") == [(1, "en", "made up")]
    assert count(target, "evidence", "alias_id = 'system:kestrel-2:Snipe-2'") == 2
    collection.write_registry("systems", registry_of("systems"))
    collection.load(target)
    assert rows(target, "SELECT in_registry, lang, source, valid_from FROM aliases WHERE name = 'Snipe-2'") == [(0, None, None, None)]
    assert canon(target) == first
    assert index_fits(target)


def test_an_alias_of_the_registry_goes_while_a_record_gives_it(collection, sqlite_target, require_same):
    collection.load(sqlite_target)
    systems = registry_of("systems")
    del systems["kestrel-2"]["aliases"]
    collection.write_registry("systems", systems)
    collection.load(sqlite_target)
    require_same(collection, sqlite_target)
    assert rows(sqlite_target, "SELECT in_registry FROM aliases WHERE name = 'Kestrel II'") == [(0,)]


def test_an_alias_that_nobody_else_gives_goes(collection, sqlite_target, require_same):
    collection.load(sqlite_target)
    actors = registry_of("actors")
    del actors["northland"]["aliases"]
    collection.write_registry("actors", actors)
    collection.load(sqlite_target)
    require_same(collection, sqlite_target)
    assert count(sqlite_target, "aliases", "actor_id = 'northland'") == 0
    assert index_fits(sqlite_target)


def test_an_alias_that_the_registry_knows_otherwise_is_refused(collection, sqlite_target):
    collection.load(sqlite_target)
    before = canon(sqlite_target)
    systems = registry_of("systems")
    systems["kestrel-2"]["aliases"].append({**SNIPE, "kind": "export_name"})
    collection.write_registry("systems", systems)
    with pytest.raises(ProblemsError) as caught:
        collection.load(sqlite_target)
    assert str(caught.value).count("'Snipe-2' stands otherwise in the registry") == 2
    assert canon(sqlite_target) == before


def test_a_role_moves_from_the_records_to_the_registry_and_back(collection, target, require_same):
    collection.load(target)
    first = canon(target)
    actors = registry_of("actors")
    actors["ada-holm"]["ties"] = [{
        "id": "ada-holm-minister", "kind": "post", "target": "northland-mod", "title": "Minister of Defence", "start": "2021",
        "end": "2024", "source": "made up",
    }]
    collection.write_registry("actors", actors)
    collection.load(target)
    require_same(collection, target)
    assert rows(target, "SELECT in_registry, start_earliest FROM affiliations WHERE id = 'ada-holm-minister'") == [(1, "2021-01-01")]
    collection.write_registry("actors", registry_of("actors"))
    collection.load(target)
    assert canon(target) == first


def test_a_role_that_the_registry_knows_otherwise_is_refused(collection, sqlite_target):
    collection.load(sqlite_target)
    actors = registry_of("actors")
    actors["ada-holm"]["ties"] = [
        {"id": "ada-holm-minister", "kind": "post", "target": "northland", "title": "Minister of Defence", "source": "made up"},
    ]
    collection.write_registry("actors", actors)
    with pytest.raises(ProblemsError) as caught:
        collection.load(sqlite_target)
    assert str(caught.value).count("'ada-holm-minister' stands otherwise in the registry") == 2


def test_a_tie_that_a_statement_uses_cannot_go(collection, sqlite_target, require_same):
    collection.load(sqlite_target)
    before = canon(sqlite_target)
    actors = registry_of("actors")
    del actors["ben-orr"]["ties"]
    collection.write_registry("actors", actors)
    with pytest.raises(ProblemsError, match="'ben-orr-envoy' stands neither under roles nor in the registry"):
        collection.load(sqlite_target)
    with pytest.raises(ProblemsError, match=r"actors.yaml: 'ben-orr-envoy' cannot go: the record of 'gazette-third' uses it"):
        collection.load(sqlite_target, keep_going=True)
    assert canon(sqlite_target) == before
    record = record_of("gazette-third")
    record["roles"] = [{
        "id": "ben-orr-envoy", "person": "ben-orr", "org": "eastvale", "title": "Envoy", "quote": "Ben Orr, the envoy of Eastvale",
    }]
    collection.write_record(record)
    collection.load(sqlite_target)
    require_same(collection, sqlite_target)


def test_an_actor_is_renamed_and_the_old_id_goes_on_working(collection, target, require_same):
    collection.load(target)
    first = canon(target)
    actors = {("north-land" if slug == "northland" else slug): entry for slug, entry in registry_of("actors").items()}
    actors["north-land"]["formerly"] = ["northland"]
    collection.write_registry("actors", actors)
    collection.load(target)
    require_same(collection, target)
    assert index_fits(target)
    assert count(target, "actors", "id = 'northland'") == 0
    assert count(target, "transfers", "supplier_id = 'north-land' OR recipient_id = 'north-land'") == 3
    assert rows(target, "SELECT used_by_id FROM aliases WHERE name = 'Snipe-2'") == [("north-land",)]
    assert rows(target, "SELECT target_id FROM affiliations WHERE id LIKE 'northland-mod-part%'") == [("north-land",)]
    collection.write_registry("actors", registry_of("actors"))
    collection.load(target)
    assert canon(target) == first


def test_two_systems_are_merged_and_parted_again(collection, target, require_same):
    collection.load(target)
    first = canon(target)
    systems = registry_of("systems")
    del systems["heron"]
    systems["kestrel-2"]["formerly"] = ["heron"]
    systems["kestrel-2"]["aliases"].append({**SNIPE, "source": "made up"})
    collection.write_registry("systems", systems)
    collection.load(target)
    require_same(collection, target)
    assert count(target, "transfers", "id = 'southmark-eastvale-kestrel-2-supply'") == 1
    collection.write_registry("systems", registry_of("systems"))
    collection.load(target)
    assert canon(target) == first


def test_names_of_merged_actors_in_the_registry_itself_are_followed(collection, sqlite_target, require_same):
    """An alias and a tie of the registry, and those of records, name the same actor by its old and its new id."""
    actors = {("north-land" if slug == "northland" else slug): entry for slug, entry in registry_of("actors").items()}
    actors["north-land"]["formerly"] = ["northland"]
    actors["ada-holm"]["ties"] = [
        {"id": "ada-holm-minister", "kind": "post", "target": "mod-of-old", "title": "Minister of Defence", "source": "made up"},
    ]
    actors["northland-mod"]["formerly"] = ["mod-of-old"]
    systems = registry_of("systems")
    systems["kestrel-2"]["aliases"].append({**SNIPE, "source": "made up"})
    collection.write_registry("actors", actors)
    collection.write_registry("systems", systems)
    collection.load(sqlite_target)
    require_same(collection, sqlite_target)
    assert rows(sqlite_target, "SELECT used_by_id FROM aliases WHERE name = 'Snipe-2'") == [("north-land",)]


def test_an_actor_in_use_cannot_be_removed(collection, target):
    collection.load(target)
    before = canon(target)
    actors = registry_of("actors")
    del actors["eastvale"], actors["ben-orr"]["ties"]
    collection.write_registry("actors", actors)
    with pytest.raises(ProblemsError) as caught:
        collection.load(target)
    said = str(caught.value)
    assert said.count("'eastvale' is no actor of the registry") == 2
    assert "cannot go" not in said
    assert record_path("courier-fifth") in said
    assert canon(target) == before


def test_nor_with_keep_going_where_the_rows_of_the_wrong_records_would_stay(collection, target):
    collection.load(target)
    before = canon(target)
    actors = registry_of("actors")
    del actors["eastvale"], actors["ben-orr"]["ties"]
    collection.write_registry("actors", actors)
    with pytest.raises(ProblemsError, match=r"data/registry/actors.yaml: 'eastvale' cannot go: the record of 'courier-fifth' uses it"):
        collection.load(target, keep_going=True)
    assert canon(target) == before


def test_an_actor_used_only_by_a_record_whose_file_is_gone_goes_with_it(collection, sqlite_target, require_same):
    collection.load(sqlite_target)
    systems = registry_of("systems")
    del systems["heron"]
    collection.write_registry("systems", systems)
    third = record_of("gazette-third")
    del third["claims"][1], third["meetings"]
    collection.write_record(third)
    collection.remove(record_path("courier-fifth"))
    with pytest.raises(ProblemsError, match="'heron' cannot go: the record of 'courier-fifth' uses it and is not loaded again"):
        collection.load(sqlite_target)
    collection.load(sqlite_target, prune=True)
    require_same(collection, sqlite_target)


def test_a_merged_id_that_only_an_unread_record_uses_is_told_too(collection, sqlite_target):
    collection.load(sqlite_target)
    systems = registry_of("systems")
    del systems["heron"]
    systems["kestrel"]["formerly"] = ["heron"]
    collection.write_registry("systems", systems)
    record = record_of("courier-fifth")
    record["coder"] = "gh"
    collection.write_record(record)
    with pytest.raises(ProblemsError, match="'heron' cannot go: the record of 'courier-fifth' uses it and is not loaded again"):
        collection.load(sqlite_target, named=[record_path("gazette-third")])
    collection.load(sqlite_target)


@pytest.mark.parametrize(
    ("kind", "slug", "where", "user"),
    [
        ("topics", "talks", "", "gazette-first"), ("topics", "trade", "", "gazette-first"), ("places", "port-hall", "", "gazette-first"),
        ("actors", "press-agency", "", "agency-copy"), ("actors", "ben-orr", "", "courier-second"),
        ("systems", "heron", "", "courier-fifth"), ("actors", "the-courier", "", "courier-fifth"),
        ("actors", "ada-holm", "", "agency-copy"), ("systems", "kestrel-2", "", "courier-fifth"),
    ],
)
def test_every_use_of_an_entry_is_found(kind, slug, where, user, collection, sqlite_target):
    collection.load(sqlite_target)
    before = canon(sqlite_target)
    entries = registry_of(kind)
    del entries[slug]
    collection.write_registry(kind, entries)
    for options in ({"named": [record_path("gazette-first")], "keep_going": True}, {"keep_going": True}):
        with pytest.raises(ProblemsError, match=f"data/registry/{kind}.yaml: '{slug}' cannot go: the record of '{user}' uses it"):
            collection.load(sqlite_target, **options)
    with pytest.raises(ProblemsError, match="registry"):
        collection.load(sqlite_target)
    assert canon(sqlite_target) == before


def test_an_entry_that_nobody_uses_goes(collection, target, require_same):
    for kind, entries in (
        ("actors", {"westhold": {"name": "Westhold", "kind": "state", "aliases": [{"name": "West", "kind": "spelling"}],
                                 "identifiers": [{"scheme": "iso3", "value": "WES", "source": "made up"}],
                                 "ties": [{"kind": "member_of", "target": "eastvale", "source": "made up"}]}}),
        ("systems", {"owl": {"name": "Owl", "level": "model", "category": "uav", "parent": "kestrel", "source": "made up"}}),
        ("places", {"hill": {"name": "Hill", "precision": "site"}}), ("topics", {"parades": {"name": "Parades"}}),
    ):
        collection.write_registry(kind, registry_of(kind) | entries)
    collection.load(target)
    assert (count(target, "actors"), count(target, "systems"), count(target, "places"), count(target, "topics")) == (11, 5, 2, 3)
    for kind in ("actors", "systems", "places", "topics"):
        collection.write_registry(kind, registry_of(kind))
    collection.load(target)
    require_same(collection, target)
    assert index_fits(target)
    assert (count(target, "actors"), count(target, "systems"), count(target, "places"), count(target, "topics")) == (10, 4, 1, 2)


def test_parents_change_places(collection, target, require_same):
    collection.load(target)
    first = canon(target)
    systems = registry_of("systems")
    del systems["kestrel-2"]["parent"]
    systems["kestrel"]["parent"] = "kestrel-2"
    systems["uav"].update(parent="kestrel", source="made up")
    systems["new-class"] = {"name": "New class", "level": "class", "category": "uav"}
    systems["kestrel-2"].update(parent="new-class")
    collection.write_registry("systems", systems)
    collection.load(target)
    require_same(collection, target)
    collection.write_registry("systems", registry_of("systems"))
    collection.load(target)
    assert canon(target) == first


def test_an_identifier_moves_from_one_actor_to_another(collection, sqlite_target, require_same):
    collection.load(sqlite_target)
    actors = registry_of("actors")
    actors["eastvale"]["identifiers"] = actors["southmark"].pop("identifiers")
    collection.write_registry("actors", actors)
    collection.load(sqlite_target)
    require_same(collection, sqlite_target)


def test_a_name_changes_and_is_found_by_its_new_words(collection, sqlite_target, require_same):
    collection.load(sqlite_target)
    actors = registry_of("actors")
    actors["northland"]["name"] = "Northern Land"
    collection.write_registry("actors", actors)
    collection.load(sqlite_target)
    require_same(collection, sqlite_target)
    assert count(sqlite_target, "search_rows", "owner_id = 'northland' AND field = 'name' AND words = 'northern land'") == 1
    assert index_fits(sqlite_target)


def test_a_wrong_registry_is_refused_before_anything_else_keep_going_or_not(collection, sqlite_target):
    collection.load(sqlite_target)
    before = canon(sqlite_target)
    actors = registry_of("actors")
    actors["northland"]["kind"] = "kingdom"
    collection.write_registry("actors", actors)
    for keep_going in (False, True):
        with pytest.raises(ProblemsError, match=r"data/registry/actors.yaml:\d+: northland.kind"):
            collection.load(sqlite_target, keep_going=keep_going)
    assert canon(sqlite_target) == before


def test_records_made_wrong_by_the_registry_are_told_again_by_every_load(collection, sqlite_target, require_same):
    """With --keep-going the registry is written and the record keeps its rows; its bytes are those that were loaded, though."""
    collection.load(sqlite_target)
    systems = registry_of("systems")
    systems["kestrel-2"]["aliases"][0]["kind"] = "export_name"
    collection.write_registry("systems", systems)
    report = collection.load(sqlite_target, keep_going=True)
    assert [problem[0] for problem in report.problems] == [record_path("gazette-third")]
    with pytest.raises(ProblemsError, match="'Kestrel II' stands otherwise in the registry"):
        collection.load(sqlite_target)
    report = collection.load(sqlite_target, keep_going=True)
    assert [problem[0] for problem in report.problems] == [record_path("gazette-third")]
    collection.write_registry("systems", registry_of("systems"))
    collection.load(sqlite_target)
    require_same(collection, sqlite_target)
    assert not collection.load(sqlite_target).wrote


def test_a_registry_of_remarks_alone_is_an_empty_one(collection, sqlite_target):
    collection.file("data/registry/topics.yaml").write_text("# Subjects: one entry a topic\n# trade: {name: Trade}\n\n")
    with pytest.raises(ProblemsError) as caught:
        collection.load(sqlite_target)
    assert "is no topic of the registry" in str(caught.value)
    assert "is empty" not in str(caught.value)


def give_one_code_to_two(actors, systems, places, topics):
    for entry in (actors["eastvale"], systems["heron"]):
        entry["identifiers"] = [{"scheme": "wikidata", "value": "Q1", "source": "made up"}]


def merge_one_id_into_two(actors, systems, places, topics):
    actors["eastvale"]["formerly"] = topics["trade"]["formerly"] = ["old-one"]


def end_before_the_start(actors, systems, places, topics):
    actors["ben-orr"]["ties"][0].update(start="2023", end="2020")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (give_one_code_to_two, "systems.yaml:{line}: heron.identifiers[1]: wikidata Q1 is that of 'eastvale' already"),
        (merge_one_id_into_two, "topics.yaml:{line}: trade.formerly[1]: 'old-one' was merged into 'eastvale' already"),
        (end_before_the_start, "actors.yaml:{line}: ben-orr.ties[1].end: 2020 lies before the start, 2023"),
    ],
)
def test_what_the_database_would_refuse_is_told_with_its_place(change, says, collection, sqlite_target):
    kinds = ("actors", "systems", "places", "topics")
    registry = [registry_of(kind) for kind in kinds]
    change(*registry)
    for kind, entries in zip(kinds, registry, strict=True):
        collection.write_registry(kind, entries)
    with pytest.raises(ProblemsError) as caught:
        collection.load(sqlite_target)
    (problem,) = caught.value.problems
    assert str(problem) == "data/registry/" + says.format(line=problem[1])


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("persons.yaml", "is no file of the registry; these are: actors.yaml, states.yaml, systems.yaml, places.yaml, topics.yaml"),
        ("old/actors.yaml", "is no file of the registry"), ("actors.yml", "does not end in .yaml; only such files belong here"),
    ],
)
def test_a_file_that_nobody_would_read_is_refused(name, says, collection, sqlite_target):
    collection.file(f"data/registry/{name}").parent.mkdir(exist_ok=True)
    collection.write(f"data/registry/{name}", registry_of("actors"))
    with pytest.raises(ProblemsError, match=f"data/registry/{name}: {says}"):
        collection.load(sqlite_target)
    with pytest.raises(ProblemsError, match=f"data/registry/{name}: {says}"):
        check_collection(str(collection.root))
