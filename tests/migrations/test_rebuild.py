"""Rebuilding tables that are full: down and up again, nothing is lost. Any database of the project can be put in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.migrations.conftest import read_all
from tests.migrations.data import rev_0004
from transfers.db import Target, read_target, writing
from transfers.schema.check import check_database
from transfers.schema.upgrade import downgrade, upgrade


def hand_written(path: Path) -> Target:
    """The hand-written rows at head."""
    target = read_target(str(path))
    upgrade(target, "0003")
    with writing(target) as connection, connection.transaction():
        rev_0004.load_before(connection)
    upgrade(target)
    return target


FACTORIES: list[Callable[[Path], Target]] = [hand_written]


@pytest.mark.parametrize("make", FACTORIES, ids=lambda make: make.__name__)
def test_claims_and_articles_are_made_anew_with_all_that_points_at_them(tmp_path, make):
    target = make(tmp_path / "transfers.db")
    before = read_all(target)
    assert len(before["claims"]["id"]) > 1
    downgrade(target, "0002", yes=True)
    upgrade(target)
    assert read_all(target) == before
    assert check_database(target) == []
