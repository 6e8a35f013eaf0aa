"""What the registry must keep: ids that lead somewhere, honest names, trees with a root, a source for what no article says."""

import copy

import pytest

from tests.records.made_up import as_file
from transfers.errors import ProblemsError
from transfers.records.known import as_known, tie_id
from transfers.records.registry import read_registry
from transfers.records.registry_rules import check_name

REGISTRY = {
    "actors": {
        "aland": {"name": "Aland", "kind": "state", "country": "AX", "aliases": [{"name": "Alandia", "lang": "en", "kind": "spelling"}],
                  "identifiers": [{"scheme": "wikidata", "value": "Q1", "source": "made up"}], "formerly": ["old-aland", "aaland"]},
        "aland-navy": {"name": "Navy of Aland", "kind": "military", "ties": [{"kind": "part_of", "target": "aland", "source": "made up"}]},
        "anna-alder": {"name": "Anna Alder", "kind": "person",
                       "ties": [{"kind": "post", "target": "aland-navy", "title": "Commander", "source": "made up", "start": "2020", "end": "2022"}]},
        "the-gazette": {"name": "The Gazette", "kind": "media"},
    },
    "systems": {
        "uav": {"name": "Unmanned aircraft", "level": "class", "category": "uav"},
        "kestrel": {"name": "Kestrel", "level": "family", "category": "uav", "parent": "uav", "source": "made up"},
        "kestrel-7": {"name": "Kestrel-7", "level": "model", "category": "uav", "parent": "kestrel", "designer": "aland", "source": "made up",
                      "aliases": [{"name": "Sokol", "kind": "designation", "used_by": "old-aland", "valid_from": "2020-01-01", "valid_to": "2021-01-01"}]},
    },
    "places": {"szohod": {"name": "Szohôd", "precision": "city", "lat": "10.5", "lon": "-20", "source": "made up"}},
    "topics": {"prices": {"name": "Prices", "formerly": ["costs"]}},
}


def problems_of(registry):
    files = {f"data/registry/{kind}.yaml": as_file(entries, f"data/registry/{kind}.yaml") for kind, entries in registry.items()}
    try:
        read_registry(files)
    except ProblemsError as error:
        return [str(problem).removeprefix("data/registry/") for problem in error.problems]
    return []


def changed(path, value):
    registry = copy.deepcopy(REGISTRY)
    *above, last = path.split("/")
    holder = registry
    for part in above:
        holder = holder[int(part) if isinstance(holder, list) else part]
    if value is None:
        del holder[last]
    else:
        holder[int(last) if isinstance(holder, list) else last] = value
    return registry


def test_a_good_registry_has_no_problems():
    assert problems_of(REGISTRY) == []


def test_a_registry_without_files_or_with_nothing_but_comments_is_empty():
    assert read_registry({}) == {"actors": {}, "systems": {}, "places": {}, "topics": {}}
    file = as_file(b"# nobody yet\n\n   # nothing\n", "data/registry/actors.yaml")
    assert read_registry({file.path: file})["actors"] == {}


@pytest.mark.parametrize(("path", "value", "says"), [
    ("systems/kestrel-7/parent", "kestral", "'kestral' is no system of the registry; did you mean kestrel"),
    ("systems/kestrel-7/designer", "nobody-known", "'nobody-known' is no actor of the registry; add it to data/registry/actors.yaml first"),
    ("systems/kestrel-7/aliases/0/used_by", "bland", "'bland' is no actor of the registry"),
    ("systems/kestrel-7/source", None, "parent and designer need a source"),
    ("systems/kestrel-7/aliases/0/valid_to", "2019-12-31", "valid_to lies before valid_from"),
    ("systems/kestrel-7/aliases/0/valid_to", "2021-02-30", "'2021-02-30' is not a day of the calendar"),
    ("systems/uav/parent", "kestrel-7", "parent and designer need a source"),
    ("systems/kestrel/parent", "kestrel", "the parents go round in a circle"),
    ("systems/kestrel/parent", "kestrel-7", "the parents go round in a circle"),
    ("actors/aland/formerly", ["the-gazette"], "'the-gazette' is an entry of its own; a merged id is not"),
    ("actors/aland/formerly", ["aland"], "'aland' is an entry of its own"),
    ("actors/the-gazette/formerly", ["old-aland"], "was merged into 'aland' already"),
    ("actors/aland/formerly", ["old-aland", "old-aland"], "'old-aland' was merged into 'aland' already"),
    ("actors/aland/formerly", ["kestrel-7"], "'kestrel-7' is an id under systems"),
    ("actors/aland/formerly", ["old-aland", "costs-x", "szohod"], "'szohod' is an id under places"),
    ("actors/the-gazette/identifiers", [{"scheme": "wikidata", "value": "Q1", "source": "x"}], "wikidata Q1 is that of 'aland' already"),
    ("actors/aland-navy/ties/0/target", "alandd", "'alandd' is no actor of the registry; did you mean aland"),
    ("actors/aland-navy/ties/0/target", "aland-navy", "an actor is not tied to itself"),
    ("actors/aland/ties", [{"kind": "member_of", "target": "old-aland", "source": "x"}], "an actor is not tied to itself"),
    ("actors/aland/ties", [{"kind": "part_of", "target": "aland-navy", "source": "x"}], "is part of itself, by way of others"),
    ("actors/anna-alder/ties/0/title", None, "a post needs its title"),
    ("actors/the-gazette/ties", [{"id": "aland-navy-part-of-aland", "kind": "owned_by", "target": "aland", "source": "x"}], "has the id of another tie"),
    ("actors/the-gazette/ties", [{"kind": "owned_by", "target": "aland", "source": "x"}] * 2, "has the id of another tie: the-gazette-owned-by-aland"),
    ("places/szohod/lon", None, "lat and lon come together"),
    ("places/szohod/source", None, "coordinates need a source"),
    ("places/szohod/lat", "90.1", "lat lies between -90 and 90"),
    ("places/szohod/lon", "-180.5", "lon between -180 and 180"),
    ("actors/aland/name", "Аland", "mixes Cyrillic and Latin letters in the word"),
    ("actors/aland/aliases", [{"name": "X", "kind": "spelling"}] * 2, "'X' stands here twice"),
    ("actors/aland/aliases/0/name", "Alan\u00addia", "holds the invisible character U+00AD"),
    ("topics/prices/name", "…", "has neither letters nor digits"),
])
def test_a_rule_that_is_broken_is_told(path, value, says):
    found = problems_of(changed(path, value))
    assert any(says in problem for problem in found), found


def test_long_ties_want_a_shorter_id():
    registry = copy.deepcopy(REGISTRY)
    registry["actors"]["x" * 50] = {"name": "X", "kind": "company", "ties": [{"kind": "owned_by", "target": "aland", "source": "x"}]}
    assert any("makes an id of 65 characters" in problem and "give it a shorter id" in problem for problem in problems_of(registry))
    registry["actors"]["x" * 50]["ties"][0]["id"] = "x-of-aland"
    assert problems_of(registry) == []


def test_problems_of_all_files_are_told_together_with_their_lines():
    registry = changed("systems/kestrel-7/parent", "nothing-known")
    registry["topics"]["prices"]["name"] = "…"
    assert [problem.split(":")[0] for problem in problems_of(registry)] == ["systems.yaml", "topics.yaml"]
    file = as_file("uav: {name: A, level: class, category: uav}\n\nkestrel:\n  name: B\n  level: family\n  category: uav\n  parent: uvv\n  source: x\n",
                   "data/registry/systems.yaml")
    with pytest.raises(ProblemsError, match="systems.yaml:7: kestrel.parent: 'uvv' is no system of the registry; did you mean uav"):
        read_registry({file.path: file})


def test_shapes_are_checked_before_rules():
    found = problems_of(changed("systems/kestrel-7/level", "modell"))
    assert found == [found[0]]
    assert "systems.yaml" in found[0]
    assert "did you mean model?" in found[0]


def test_a_merged_id_leads_to_the_one_that_was_kept():
    known = as_known(REGISTRY)
    assert known.find("actors", "old-aland") == known.find("actors", "aaland") == known.find("actors", "aland") == "aland"
    assert known.find("topics", "costs") == "prices"
    assert known.find("actors", "costs") is None
    assert known.find("systems", "aland") is None


def test_a_merged_id_may_be_a_parent_or_a_target():
    registry = changed("systems/uav/formerly", ["drone-class"])
    registry["systems"]["kestrel"]["parent"] = "drone-class"
    registry["actors"]["aland-navy"]["ties"][0]["target"] = "old-aland"
    assert problems_of(registry) == []
    registry["systems"]["uav"] |= {"parent": "kestrel", "source": "x"}
    assert any("circle" in problem for problem in problems_of(registry))


def test_ties_have_ids_made_of_what_they_tie():
    assert tie_id("aland-navy", {"kind": "part_of", "target": "aland"}) == "aland-navy-part-of-aland"
    assert tie_id("aland-navy", {"id": "own-id", "kind": "part_of", "target": "aland"}) == "own-id"
    assert as_known(REGISTRY).ties == {"aland-navy-part-of-aland", "anna-alder-post-aland-navy"}


@pytest.mark.parametrize("name", [
    "Iran", "Shahed-136", "Szohôd", "О'Нил", "С-400", "ایران", "می‌خواهد", "پهپاد شاهد ۱۳۶", "无人机", "シャヘド136", "한국", "שיראל", "Ελλάδα", "Հայաստան",
    "შაჰედ", "शाहेद", "क्‍ष", "เครื่องบิน", "Kestrel 7 (Mod. 2)", "M/S Alder & Co.", "T-90 и Т-72", "S-400导弹", "№ 5", "A380™", "1",
])
def test_an_honest_name_passes(name):
    assert check_name(name) is None


@pytest.mark.parametrize(("name", "says"), [
    ("Rоsoboronexport", "mixes Cyrillic and Latin letters in the word 'Rоsoboronexport'"),
    ("Шахed", "mixes Cyrillic and Latin"),
    ("Αland", "mixes Greek and Latin"),
    ("Sha\u200bhed", "U+200B"), ("Sha\u00adhed", "U+00AD"), ("Sha\u200dhed", "U+200D"), ("Sha\u200ched", "U+200C"), ("Ша\u200dхед", "U+200D"),
    ("Shahed\u200d", "U+200D"), ("\u200cایران", "U+200C"), ("ایران\u200c", "U+200C"), ("👩\u200d🚀 Corps", "U+200D"),
    ("Sha\u202ehed", "U+202E"), ("Sha\u2066hed", "U+2066"), ("Shahed\ufeff", "U+FEFF"), ("Sha\x07hed", "U+0007"), ("Sha\ue000hed", "U+E000"),
    ("Sha\U000e0041hed", "U+E0041"), ("Sha\u0378hed", "U+0378"),
    (" Iran", "white space"), ("Iran ", "white space"), ("Shahed  136", "white space"), ("Shahed\u00a0136", "white space"), ("Shahed\u3000136", "white space"),
    ("", "neither letters nor digits"), ("—", "neither letters nor digits"), ("…!", "neither letters nor digits"), ("😀", "neither letters nor digits"),
])
def test_a_name_that_hides_or_pretends_something_is_refused(name, says):
    fault = check_name(name)
    assert fault is not None
    assert says in fault


STATES = b"aland:\n  name: Aland\n  kind: state\n\nold-aland: {name: Old Aland, kind: former_state}\n"


def as_files(**texts):
    return {f"data/registry/{name}.yaml": as_file(text, f"data/registry/{name}.yaml") for name, text in texts.items()}


def test_actors_stand_in_two_files_and_are_one_list():
    files = as_files(
        actors=b"aland-navy: {name: Navy, kind: military, ties: [{kind: part_of, target: aland, source: x}]}\n", states=STATES,
    )
    assert list(read_registry(files)["actors"]) == ["aland-navy", "aland", "old-aland"]
    assert set(read_registry(as_files(states=STATES))["actors"]) == {"aland", "old-aland"}


def test_an_actor_in_both_files_is_told_with_both_places():
    files = as_files(actors=b"# a comment\n\nnavy: {name: N, kind: military}\nold-aland: {name: O, kind: group}\n", states=STATES)
    with pytest.raises(ProblemsError) as caught:
        read_registry(files)
    assert [str(problem) for problem in caught.value.problems] == [
        "data/registry/states.yaml:5: old-aland: 'old-aland' is defined in data/registry/actors.yaml:4 already",
    ]


def test_a_broken_rule_is_told_with_the_file_that_breaks_it():
    files = as_files(
        actors=b"navy: {name: N, kind: military, ties: [{kind: part_of, target: alandd, source: x}]}\n",
        states=STATES + b"third:\n  name: Third\n  kind: state\n  ties:\n    - {kind: successor_of, target: navi, source: x}\n",
    )
    with pytest.raises(ProblemsError) as caught:
        read_registry(files)
    assert [str(problem).partition(" is no")[0] for problem in caught.value.problems] == [
        "data/registry/actors.yaml:1: navy.ties[1].target: 'alandd'", "data/registry/states.yaml:10: third.ties[1].target: 'navi'",
    ]
