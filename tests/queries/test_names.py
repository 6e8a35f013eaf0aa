"""Names: the id, then the name as written, then the key; nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from transfers.db import Connection, Target, reading
from transfers.errors import InputError
from transfers.queries.names import find_actor_ids, find_named, find_system_ids, require_id

from .story import written


@pytest.fixture(scope="module")
def connection(shared_target: Target) -> Iterator[Connection]:
    states: set[str] = set()
    with written(shared_target) as story:
        story.system("shahed-136b", "Shahed-136B", parent="shahed-136", level="variant")
        story.system("shahed-131", "Shahed-131", parent="shahed")
        story.system("jet", "Jet derivative", parent="shahed-136", level="model")
        story.system("m-46", "M-46", category="artillery")
        story.system("m46", "M46", category="armour", aliases=("Patton",))
        story.system("mortar", "Mortar", category="artillery", aliases=("Patton gun",))
        story.system("loose", "Loose", aliases=("100%", "5_000"))
        story.actor("iran-armed-forces", kind="military", part_of="iran", aliases=("AFIRI",))
        story.actor("irgc", "IRGC", kind="military", part_of="iran-armed-forces")
        story.actor("irgc-af", "IRGC Aerospace Force", kind="military", part_of="irgc")
        story.actor("militia", kind="armed_group")
        story.insert("affiliations", id="militia-backed-by-iran", actor_id="militia", target_id="iran", kind="backed_by")
        for successor, predecessor in (("russia", "ussr"), ("ussr", "tsardom"), ("iran", "persia"), ("ussr", "ussr-2"), ("ussr-2", "ussr")):
            for actor in (successor, predecessor):
                if actor not in ("russia", "iran") and actor not in states:
                    story.actor(actor, kind="former_state")
                    states.add(actor)
            story.insert(
                "affiliations", id=f"{successor}-successor-of-{predecessor}", actor_id=successor, target_id=predecessor,
                kind="successor_of",
            )
        story.actor("red-army", kind="military", part_of="ussr")
        story.insert("former_ids", id="geran", system_id="shahed-136")
    with reading(shared_target) as connection:
        yield connection


@pytest.mark.parametrize(
    "name", ["shahed-136", "Shahed-136", "Geran-2", "Герань-2", "shahed136", "SHAHED 136", "Shahed 136", "геранЬ 2", "geran"],
)
def test_a_system_is_found_by_all_it_goes_by(connection: Connection, name: str) -> None:
    assert require_id(connection, "system", name) == "shahed-136"


def test_the_first_step_that_finds_something_decides(connection: Connection) -> None:
    assert require_id(connection, "system", "m46") == "m46"
    assert require_id(connection, "system", "M-46") == "m-46"


def test_two_that_share_a_key_are_both_named(connection: Connection) -> None:
    with pytest.raises(InputError, match=r"more than one system goes by 'M 46': m-46 \(M-46\), m46 \(M46\); give the id"):
        require_id(connection, "system", "M 46")


def test_an_unknown_name_offers_the_nearest(connection: Connection) -> None:
    with pytest.raises(InputError, match="no system goes by 'Shahed-137'; did you mean shahed-131 or shahed-136 or"):
        require_id(connection, "system", "Shahed-137")
    with pytest.raises(InputError, match="no actor goes by 'xyzzy'; all of them: transfers actors"):
        require_id(connection, "actor", "xyzzy")


@pytest.mark.parametrize("name", ["%", "_", "5.000", "100", "'; drop table systems; --", "", "   ", "\0"])
def test_a_name_is_never_a_pattern(connection: Connection, name: str) -> None:
    assert find_named(connection, "system", name) in ([], ["loose"])
    assert find_named(connection, "system", "100%") == ["loose"]


def test_a_model_brings_its_variants_and_a_class_all_below_it(connection: Connection) -> None:
    assert find_system_ids(connection, ["Geran-2"]) == ["shahed-136", "shahed-136b"]
    assert find_system_ids(connection, ["shahed"]) == ["jet", "shahed", "shahed-131", "shahed-136", "shahed-136b"]
    assert find_system_ids(connection, ["drones"]) == ["drone", "jet", "shahed", "shahed-131", "shahed-136", "shahed-136b"]


def test_family_climbs_first_and_exact_takes_nothing_else(connection: Connection) -> None:
    assert find_system_ids(connection, ["shahed-136b"], family=True) == ["jet", "shahed", "shahed-131", "shahed-136", "shahed-136b"]
    assert find_system_ids(connection, ["m46"], family=True) == ["m46"]
    assert find_system_ids(connection, ["Shahed-136", "m46"], exact=True) == ["m46", "shahed-136"]
    with pytest.raises(InputError, match="no system goes by 'Geran-2'"):
        find_system_ids(connection, ["Geran-2"], exact=True)


def test_an_actor_brings_what_is_part_of_it_and_not_whom_it_backs(connection: Connection) -> None:
    assert find_actor_ids(connection, ["Iran"]) == ["iran", "iran-armed-forces", "irgc", "irgc-af"]
    assert find_actor_ids(connection, ["afiri", "militia"]) == ["iran-armed-forces", "irgc", "irgc-af", "militia"]
    assert find_actor_ids(connection, ["Iran"], exact=True) == ["iran"]


def test_predecessors_come_when_they_are_asked_for_however_far_back(connection: Connection) -> None:
    assert find_actor_ids(connection, ["russia"]) == ["russia"]
    assert find_actor_ids(connection, ["russia"], predecessors=True) == ["red-army", "russia", "tsardom", "ussr", "ussr-2"]
    assert find_actor_ids(connection, ["iran"], predecessors=True) == [
        "iran", "iran-armed-forces", "irgc", "irgc-af", "persia",
    ]


def test_a_predecessor_does_not_bring_its_successor(connection: Connection) -> None:
    assert find_actor_ids(connection, ["tsardom"], predecessors=True) == ["tsardom"]
    assert find_actor_ids(connection, [], predecessors=True) == []


def test_exact_and_predecessors_together_leave_out_the_parts(connection: Connection) -> None:
    assert find_actor_ids(connection, ["russia"], exact=True, predecessors=True) == ["russia", "tsardom", "ussr", "ussr-2"]
    assert find_actor_ids(connection, ["iran"], exact=True, predecessors=True) == ["iran", "persia"]
