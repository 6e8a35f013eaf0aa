"""Codes in the registry of this repository are those of the standards, not of somebody's memory."""

import csv
import os
from collections import Counter
from pathlib import Path

import pycountry
import pytest

from transfers.records.collection import REGISTRY_KINDS
from transfers.records.yaml_reader import read_yaml
from transfers.vocabulary.names import as_key

REGISTRY = Path(__file__).parents[1] / "data" / "registry"


def read(name):
    return read_yaml((REGISTRY / f"{name}.yaml").read_bytes(), name)


def read_kind(kind):
    return {slug: entry for name, of in REGISTRY_KINDS.items() if of == kind for slug, entry in read(name).items()}


ACTORS = read_kind("actors")
STATES = read("states")


def codes(scheme, entries=None):
    """The codes of one scheme, each with the id of its entry, in the order of the files."""
    return [
        (identifier["value"], slug) for slug, entry in (ACTORS if entries is None else entries).items()
        for identifier in entry.get("identifiers", ()) if identifier["scheme"] == scheme
    ]


@pytest.mark.parametrize("kind", ["actors", "places"])
def test_country_codes_are_those_of_iso_3166(kind):
    found = {entry["country"] for entry in read_kind(kind).values() if "country" in entry}
    assert found
    assert {code for code in found if pycountry.countries.get(alpha_2=code) is None} == set()


def test_the_code_of_a_state_is_its_own():
    withdrawn = {country.alpha_3 for country in pycountry.historic_countries}
    for value, slug in codes("iso3"):
        if ACTORS[slug]["kind"] == "former_state":
            assert value in withdrawn, slug
        else:
            assert pycountry.countries.get(alpha_2=ACTORS[slug]["country"]).alpha_3 == value


def test_every_entry_of_iso_3166_is_there_once_with_its_names():
    slugs = dict(codes("iso3"))
    for country in pycountry.countries:
        entry = ACTORS[slugs[country.alpha_3]]
        assert entry["country"] == country.alpha_2
        assert entry["source"] == "ISO 3166-1"
        keys = {as_key(name) for name in (entry["name"], *(alias["name"] for alias in entry["aliases"]))}
        official = getattr(country, "official_name", country.name).removeprefix("the ")
        assert {as_key(country.alpha_3), as_key(country.name), as_key(official)} <= keys
        assert as_key(getattr(country, "common_name", country.name)) in keys


def test_states_are_told_from_territories():
    kinds = Counter(entry["kind"] for entry in STATES.values() if "iso3" in {one["scheme"] for one in entry.get("identifiers", ())})
    # 193 members of the UN, its two observers, Taiwan; all else that ISO 3166-1 lists are territories.
    assert kinds == {"state": 196, "government": len(pycountry.countries) - 196, "former_state": 5}


@pytest.mark.parametrize("scheme", ["iso3", "cow", "sipri"])
def test_a_code_is_that_of_one_actor(scheme):
    assert [code for code, count in Counter(code for code, _ in codes(scheme)).items() if count > 1] == []


def test_codes_of_the_correlates_of_war_are_numbers_and_belong_to_states():
    found = codes("cow")
    assert len(found) > 195
    assert [code for code, slug in found if not 2 <= int(code) <= 990 or str(int(code)) != code] == []
    assert {ACTORS[slug]["kind"] for _, slug in found} == {"state", "former_state"}


def test_no_two_actors_go_by_the_same_name():
    """A name that two share is an error whenever somebody asks for it."""
    owners = {}
    for slug, entry in ACTORS.items():
        for name in (slug, entry["name"], *(alias["name"] for alias in entry.get("aliases", ()))):
            owners.setdefault(as_key(name), set()).add(slug)
    assert {key: sorted(slugs) for key, slugs in owners.items() if len(slugs) > 1} == {}


def test_every_actor_of_the_states_has_a_source_and_so_has_every_fact_taken_from_a_list():
    for slug, entry in STATES.items():
        assert entry.get("source"), slug
        for fact in (*entry.get("identifiers", ()), *entry.get("ties", ())):
            assert fact["source"], slug


def test_the_states_point_at_nobody_outside_their_file():
    """A new collection begins with this file alone."""
    for slug, entry in STATES.items():
        assert {tie["target"] for tie in entry.get("ties", ())} <= STATES.keys(), slug
        assert {alias["used_by"] for alias in entry.get("aliases", ()) if "used_by" in alias} <= STATES.keys(), slug


def test_former_states_end_and_have_successors_from_a_day_with_a_source():
    former = {slug for slug, entry in ACTORS.items() if entry["kind"] == "former_state"}
    ties = [(slug, tie) for slug, entry in ACTORS.items() for tie in entry.get("ties", ()) if tie["kind"] == "successor_of"]
    assert {tie["target"] for _, tie in ties} == former - {"biafra"}  # it came back to the state it had left
    for slug in former:
        assert any("valid_to" in alias for alias in ACTORS[slug]["aliases"]), slug
    for slug, tie in ties:
        assert ACTORS[slug]["kind"] == "state"
        assert len(tie["start"]) == len("1991-12-26")
    assert ("russia", "soviet-union", "1991-12-26") in {(slug, tie["target"], tie["start"]) for slug, tie in ties}


def printed_names(folder):
    """Every supplier and recipient of the files at hand, read without the program's own readers."""
    lines = (folder / "sipri-trade-register-2025-03.excerpt.csv").read_bytes().decode("cp1252").splitlines()
    record = ""
    for line in lines[next(i for i, line in enumerate(lines) if line.startswith("Recipient,")) + 1:]:
        record = f"{record}\n{line}" if record else line
        if record.count(",") >= 15:
            yield from record.split(",")[:2]
            record = ""
    lines = (folder / "sipri-deliveries-2000-2001.csv").read_bytes().decode("cp1252").splitlines()
    for row in csv.reader(lines[next(i for i, line in enumerate(lines) if line.startswith("SIPRI AT")) + 1:]):
        yield from row[1:3]
    lines = (folder / "sipri-deals-and-tivs-2022-09.txt").read_text(encoding="utf-8").splitlines()
    for line in lines[next(i for i, line in enumerate(lines) if line.startswith("Deal ID;")) + 1:]:
        if line[:1].isdigit():
            yield from line.split(";")[1:3]


def test_every_name_of_the_registers_at_hand_is_mapped():
    folder = os.environ.get("TRANSFERS_REGISTERS")
    if not folder:
        pytest.skip("TRANSFERS_REGISTERS is not set: the folder with the register files, which are not part of the project")
    names = set(printed_names(Path(folder)))
    assert len(names) > 220
    assert names - {code for code, _ in codes("sipri")} == set()


def test_names_of_systems_that_sipri_prints_lead_to_one_system():
    found = codes("sipri", read("systems"))
    assert ("Shahed-136", "shahed-136") in found
    assert len(dict(found)) == len(found)


@pytest.mark.parametrize("kind", ["actors", "systems"])
def test_languages_and_scripts_of_names_are_those_of_the_standards(kind):
    tags = {alias["lang"] for entry in read_kind(kind).values() for alias in entry.get("aliases", ()) if "lang" in alias}
    for tag in tags:
        language, *rest = tag.split("-")
        found = pycountry.languages.get(**{f"alpha_{len(language)}": language})
        assert found is not None, tag
        for part in rest:
            known = pycountry.scripts.get(alpha_4=part) if len(part) == 4 else pycountry.countries.get(alpha_2=part)
            assert known is not None, tag
