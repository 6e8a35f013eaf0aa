"""The made-up collection with the names that a register prints of its actors, and made-up registers of them."""

from __future__ import annotations

import pytest

from tests.load.made_up import make_collection, registry_of
from tests.registers.made_up import deal, trade_register
from transfers.load.registers import import_registers

RELEASE = "sipri-trade-register-2025-03-13"


def prints(*names):
    return [{"scheme": "sipri", "value": name, "source": "made up"} for name in names]


@pytest.fixture
def collection(tmp_path):
    made = make_collection(tmp_path / "collection")
    actors = registry_of("actors")
    actors["southmark"]["identifiers"] += prints("Southmark", "South Mark")
    actors["northland"]["identifiers"] = prints("Northland*")
    actors["eastvale"]["identifiers"] = prints("Eastvale")
    made.write_registry("actors", actors)
    return made


def row(**more):
    """A deal of the supply that the records speak of: 200 were delivered by June 2023."""
    return deal(**{
        "recipient": "Northland*", "supplier": "Southmark", "order_year": "2021", "ordered": "300", "designation": "Kestrel-2",
        "description": "UAV", "delivered": "205", "years": "2022; 2023", **more,
    })


@pytest.fixture
def import_rows(tmp_path):
    """Import made-up deals as a trade register of a day."""

    def run(target, *records, day="13 Mar 2025"):
        path = trade_register(tmp_path / f"{day}.csv".replace(" ", "-"), list(records), day=day)
        (done,) = import_registers(target, [path]).imported
        return done.id

    return run
