"""Codes in the registry of this repository are those of the standards, not of somebody's memory."""

from pathlib import Path

import pycountry
import pytest

from transfers.records.yaml_reader import read_yaml

REGISTRY = Path(__file__).parents[1] / "data" / "registry"


def read(kind):
    return read_yaml((REGISTRY / f"{kind}.yaml").read_bytes(), kind)


@pytest.mark.parametrize("kind", ["actors", "places"])
def test_country_codes_are_those_of_iso_3166(kind):
    codes = {entry["country"] for entry in read(kind).values() if "country" in entry}
    assert codes
    assert {code for code in codes if pycountry.countries.get(alpha_2=code) is None} == set()


def test_the_code_of_a_state_is_its_own():
    for entry in read("actors").values():
        for identifier in entry.get("identifiers", ()):
            if identifier["scheme"] == "iso3":
                assert pycountry.countries.get(alpha_2=entry["country"]).alpha_3 == identifier["value"]


@pytest.mark.parametrize("kind", ["actors", "systems"])
def test_languages_and_scripts_of_names_are_those_of_the_standards(kind):
    tags = {alias["lang"] for entry in read(kind).values() for alias in entry.get("aliases", ()) if "lang" in alias}
    for tag in tags:
        language, *rest = tag.split("-")
        found = pycountry.languages.get(**{f"alpha_{len(language)}": language})
        assert found is not None, tag
        for part in rest:
            known = pycountry.scripts.get(alpha_4=part) if len(part) == 4 else pycountry.countries.get(alpha_2=part)
            assert known is not None, tag
