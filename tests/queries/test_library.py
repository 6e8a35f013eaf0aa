"""The library: `transfers.open`."""

from __future__ import annotations

import sys

import pytest

import transfers
from transfers.db import Target
from transfers.errors import DatabaseError, InputError, TransfersError

from .story import written


@pytest.fixture
def location(target: Target) -> str:
    with written(target) as story:
        a = story.transfer("iran", "russia", "shahed-136")
        story.article("article-1")
        story.claim("article-1", a, number={"low": 200, "high": 999}, date="2022-09")
        story.inferred("article-1", "date", "counted", claim_id="article-1-c01")
        story.transfer("iran", "syria", "shahed-136")
    return target.path or target.url


def test_transfers_come_with_their_claims(location: str) -> None:
    with transfers.open(location) as db:
        found = db.query(system="Geran-2")
    assert [(one.id, one.standing, one.claim_count, len(one.claims)) for one in found] == [
        ("iran-russia-shahed-136-supply", "reported", 1, 1), ("iran-syria-shahed-136-supply", "withdrawn", 0, 0),
    ]
    claim = found[0].claims[0]
    assert (claim.claim, claim.quantity_low, claim.inferred) == ("article-1-c01", 200, {"date": "counted"})


def test_sql_only_reads(location: str) -> None:
    with transfers.open(location) as db:
        assert db.sql("SELECT supplier, count(*) AS n FROM v_transfers GROUP BY 1") == [{"supplier": "iran", "n": 2}]
        for sql in ("DELETE FROM claims", "SELECT 1; SELECT 2", "CREATE TABLE x (a int)", "nonsense"):
            with pytest.raises(TransfersError):
                db.sql(sql)
        assert db.sql("SELECT count(*) AS n FROM claims") == [{"n": 1}]


def test_closing_twice_does_nothing(location: str) -> None:
    db = transfers.open(location)
    db.close()
    db.close()


def test_a_missing_database_is_not_made(tmp_path: object) -> None:
    with pytest.raises(DatabaseError, match="there is no database at"):
        transfers.open(f"{tmp_path}/none.db")


def test_without_pandas_the_error_names_the_extra(location: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with transfers.open(location) as db, pytest.raises(InputError, match=r"pip install 'transfers\[notebook\]'"):
        db.frame("v_transfers")


def test_a_frame_has_days_and_whole_numbers(location: str) -> None:
    pandas = pytest.importorskip("pandas")
    with transfers.open(location) as db:
        frame = db.frame("v_transfer_claims")
        assert frame["date_earliest"].tolist() == [pandas.Timestamp("2022-09-01")]
        assert str(frame["quantity_low"].dtype) == "Int64"
        assert len(db.frame("SELECT id FROM v_transfers")) == 2
