"""The rules on real files, where the folder of them is named: how far they get, and that they are right where that is known."""

import os
from collections import Counter
from pathlib import Path

import pytest

from transfers.files import read_file
from transfers.load.reading import read_collection_file
from transfers.matching import join_forms
from transfers.matching.forms import RULES
from transfers.records.collection import REGISTRY_FILES
from transfers.records.matches import read_matches
from transfers.records.registry import read_registry
from transfers.registers import read_release

FOLDER = os.environ.get("TRANSFERS_REGISTERS", "")
ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(not FOLDER, reason="TRANSFERS_REGISTERS does not name the folder of the real register files")


@pytest.fixture(scope="module")
def deals():
    return list(read_release(f"{FOLDER}/sipri-trade-register-2025-03.excerpt.csv"))


@pytest.fixture(scope="module")
def owners():
    registry = read_registry({path: read_collection_file(str(ROOT), path) for path in REGISTRY_FILES})
    return {
        one["value"]: actor for actor, entry in registry["actors"].items() for one in entry.get("identifiers", ()) if one["scheme"] == "sipri"
    }


FILES = {"sipri-deliveries-2000-2001.csv": (87, 85, 0), "sipri-deals-and-tivs-2022-09.txt": (84, 76, 4)}


@pytest.mark.parametrize("name", FILES)
def test_how_far_the_rules_get(deals, owners, name):
    joined = join_forms(deals, read_release(f"{FOLDER}/{name}", name="x"), owners)
    total = len(joined.joins) + len(joined.ambiguous) + len(joined.without)
    assert (total, len(joined.joins), len(joined.ambiguous)) == FILES[name]
    by_key = Counter(join.rule for join in joined.joins)["key"]
    assert 0.6 < by_key / total < 0.67


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("rule", ["figures", "figures_alone", "number"])
def test_without_the_names_the_rules_find_what_the_names_say_or_nothing(deals, owners, name, rule):
    """A blind test: of deals joined by name, the figures alone must lead to the same id wherever they lead to one."""
    joined = join_forms(deals, read_release(f"{FOLDER}/{name}", name="x"), owners)
    named = [join for join in joined.joins if join.rule in ("key", "actors", "key_and_figures", "spelling")]
    everything = [join.delivery for join in joined.joins]
    found = Counter()
    for join in named:
        fits = [
            delivery for delivery in everything
            if RULES[rule].same(delivery) == RULES[rule].same(join.deal) and RULES[rule].holds(join.deal, delivery)
        ]
        found["right" if fits == [join.delivery] else "several" if len(fits) > 1 else "none" if not fits else "wrong"] += 1
    assert found["wrong"] == 0
    assert found["right"] > 20


def test_the_decision_of_this_collection_is_on_a_row_of_the_register(deals):
    (decision,) = read_matches(read_file(str(ROOT), "data/matches/sipri.yaml", 100_000)).rows
    (row,) = [row for row in deals if row.fingerprint == decision["fingerprint"]]
    assert (row.supplier, row.recipient, row.designation, row.order_year) == (
        decision["supplier"], decision["recipient"], decision["designation"], decision["order_year"],
    )
