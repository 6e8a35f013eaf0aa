"""Rebuilding tables that are full: down and up again, nothing is lost. Any collection of the project can be put in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.migrations.conftest import read_all
from tests.migrations.data import rev_0004
from transfers.db import Target, writing
from transfers.load.loading import load_collection
from transfers.schema.check import check_database
from transfers.schema.upgrade import downgrade, upgrade

HARD_CASES = Path(__file__).parents[1] / "hard_cases" / "collection"


def hand_written(target: Target) -> None:
    """The hand-written rows."""
    upgrade(target, "0003")
    with writing(target) as connection, connection.transaction():
        rev_0004.load_before(connection)
    upgrade(target)


def hard_cases(target: Target) -> None:
    """The hard cases, as they are loaded."""
    load_collection(str(HARD_CASES), target)


FILLED_BY: list[Callable[[Target], None]] = [hand_written, hard_cases]


@pytest.mark.parametrize("fill", FILLED_BY, ids=lambda fill: fill.__name__)
def test_claims_and_articles_are_made_anew_with_all_that_points_at_them(new_target, fill):
    fill(new_target)
    before = read_all(new_target)
    assert len(before["claims"]["id"]) > 1
    downgrade(new_target, "0002", yes=True)
    upgrade(new_target)
    assert read_all(new_target) == before
    assert check_database(new_target) == []
