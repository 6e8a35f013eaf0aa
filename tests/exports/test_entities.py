"""FollowTheMoney entities: valid against the schema itself, linked, and with the article as proof."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.exports.conftest import HOSTILE, Place
from transfers.exports.entities import as_id

# What this export uses of the schema, and of what it is required: a table of our own, so that the tests say something
# where followthemoney is not installed. A test holds it to the schema itself.
THING = {"name", "alias", "country", "description", "notes", "proof", "sourceUrl", "summary", "topics", "wikidataId", "addressEntity", "publisher"}
INTERVAL = {"startDate", "endDate", "proof", "summary", "description"}
USED = {
    "PublicBody": THING, "Organization": THING, "Company": THING, "Person": THING, "LegalEntity": THING, "Asset": THING,
    "Event": THING | INTERVAL | {"involved", "organizer", "location"}, "Note": THING | {"entity"},
    "Address": {"full", "city", "country", "latitude", "longitude", "remarks"},
    "Article": THING | {"fileName", "title", "author", "publishedAt", "retrievedAt", "language", "bodyText"},
    "UnknownLink": INTERVAL | {"subject", "object", "role"}, "Employment": INTERVAL | {"employee", "employer", "role"},
    "Membership": INTERVAL | {"member", "organization", "role"}, "Ownership": INTERVAL | {"asset", "owner", "role"},
    "Succession": INTERVAL | {"predecessor", "successor", "role"},
}
REQUIRED = {
    **{name: {"name"} for name in ("PublicBody", "Organization", "Company", "Person", "LegalEntity", "Event")}, "Article": {"fileName"},
    "UnknownLink": {"subject", "object"}, "Employment": {"employee", "employer"}, "Membership": {"member", "organization"},
    "Ownership": {"asset", "owner"}, "Succession": {"predecessor", "successor"},
}
POINTERS = ("proof", "entity", "subject", "object", "involved", "organizer", "addressEntity", "employee", "employer", "member",
            "organization", "asset", "owner", "predecessor", "successor")


def entities(place: Place, **wanted: bool) -> list[dict[str, Any]]:
    return [json.loads(line) for line in place.text("ftm", **wanted).removesuffix("\n").split("\n")]


def test_every_entity_has_what_is_required_and_nothing_unknown(place: Place) -> None:
    for entity in entities(place, texts=True):
        assert set(entity["properties"]) <= USED[entity["schema"]], entity["id"]
        assert set(entity["properties"]) >= REQUIRED.get(entity["schema"], set()), entity["id"]
        assert all(values and all(isinstance(value, str) for value in values) for values in entity["properties"].values())


def test_every_pointer_leads_to_an_entity(place: Place) -> None:
    found = entities(place)
    ids = [entity["id"] for entity in found]
    assert len(set(ids)) == len(ids)
    for entity in found:
        assert {one for name in POINTERS for one in entity["properties"].get(name, ())} <= set(ids), entity["id"]


def test_everything_is_valid_against_the_schema_itself(place: Place) -> None:
    pytest.importorskip("followthemoney", reason="followthemoney is not installed (it needs a compiler): pip install followthemoney")
    from followthemoney import model

    found = entities(place, texts=True)
    schemata = {entity["id"]: model.get(entity["schema"]) for entity in found}
    for entity in found:
        schema = schemata[entity["id"]]
        assert schema is not None
        assert not schema.abstract
        for name, values in entity["properties"].items():
            prop = schema.properties[name]
            assert not prop.stub
            for value in values:
                if prop.type.name == "entity":
                    assert schemata[value].is_a(prop.range), (entity["id"], name, value)
                else:
                    assert prop.type.validate(value), (entity["id"], name, value)
        assert set(schema.required) <= set(entity["properties"]), entity["id"]
        model.get_proxy(entity, cleaned=True)


def test_our_table_of_the_schema_is_that_of_the_schema() -> None:
    pytest.importorskip("followthemoney", reason="followthemoney is not installed (it needs a compiler): pip install followthemoney")
    from followthemoney import model

    for name, used in USED.items():
        schema = model.get(name)
        assert schema is not None
        assert used <= set(schema.properties), name
        assert set(schema.required) <= REQUIRED.get(name, set()) | {"name"}, name


def test_a_claim_keeps_its_quote_its_facts_and_its_article(hard: Place) -> None:
    found = {entity["id"]: entity for entity in entities(hard)}
    claims = hard.rows(
        "SELECT c.claim, c.transfer, c.article, c.quote, c.stance, c.denies, c.phase FROM v_transfer_claims c",
    )
    assert claims
    for claim, transfer, article, quote, stance, denies, phase in claims:
        told = found[as_id("claim", claim)]["properties"]
        assert as_id("transfer", transfer) in told["entity"]
        assert told["proof"] == [as_id("article", article)]
        assert told["description"] == [quote]
        assert {f"stance: {stance}", f"phase: {phase}"} <= set(told["notes"])
        assert denies is None or f"denies: {denies}" in told["notes"]


def test_what_is_only_denied_links_nobody(hard: Place) -> None:
    found = {entity["id"] for entity in entities(hard)}
    for id_, standing in hard.rows("SELECT id, standing FROM v_transfers"):
        assert as_id("transfer", id_) in found
        assert (as_id("link", f"{id_}-sides") in found) == (standing not in ("denied_only", "withdrawn")), id_


def test_long_ids_are_cut_and_stay_apart() -> None:
    one, other = as_id("transfer", "x" * 230 + "a"), as_id("transfer", "x" * 230 + "b")
    assert one != other
    assert len(one) <= 200


def test_hostile_texts_come_through(hostile: Place) -> None:
    assert sum(entity["properties"].get("name") == [HOSTILE] for entity in entities(hostile)) > 20
