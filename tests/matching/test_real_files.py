"""The rules on real files, where the folder of them is named: how far they get, and that they are right where that is known."""

import os
from collections import Counter
from pathlib import Path

import pytest

from transfers.files import read_file
from transfers.load.reading import read_collection_file
from transfers.matching import join_forms
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


@pytest.mark.parametrize(("name", "least"), [("sipri-deliveries-2000-2001.csv", 40), ("sipri-deals-and-tivs-2022-09.txt", 45)])
def test_without_names_the_figures_lead_to_the_same_id_or_to_none(deals, owners, name, least):
    """A blind test: the deals that names join, joined again without designation and comment."""
    deliveries = list(read_release(f"{FOLDER}/{name}", name="x"))
    named = {
        join.deal.ref: join.delivery.ref for join in join_forms(deals, deliveries, owners).joins
        if join.rule in ("key", "actors", "key_and_figures", "spelling")
    }
    hidden = [
        row._replace(designation=f"hidden {row.row_number}", comment=None) for row in deals if str(row.row_number) in named
    ]
    again = {join.deal.ref: join.delivery.ref for join in join_forms(hidden, deliveries, owners).joins}
    assert len(again) >= least
    assert again.items() <= named.items()


def test_the_decision_of_this_collection_is_on_a_row_of_the_register(deals):
    (decision,) = read_matches(read_file(str(ROOT), "data/matches/sipri.yaml", 100_000)).rows
    (row,) = [row for row in deals if row.fingerprint == decision["fingerprint"]]
    assert (row.supplier, row.recipient, row.designation, row.order_year) == (
        decision["supplier"], decision["recipient"], decision["designation"], decision["order_year"],
    )
