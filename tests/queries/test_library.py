"""The library: `transfers.open`."""

from __future__ import annotations

import re
import sys

import pytest

import transfers
from transfers.db import Target
from transfers.errors import DatabaseError, InputError, TransfersError
from transfers.schema.views import views

from .story import written

NUMBERS = set(
    "articles claims denials denials_elsewhere disputes end_char episodes in_registry origins planned_high planned_low "
    "quantity_high quantity_low start_char text_length value_high value_low "
    "alleged announced_high announced_low contested deals delivered delivered_high delivered_low delivery_first delivery_last "
    "denied_date denied_end_use denied_event denied_only denied_quantity details_disputed first_delivery in_this_year lag_years "
    "open_ended order_year ordered reported row_number supplier_rank transfers uncertain withdrawn year".split()
)


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


def expected_type(name: str) -> str:
    if name == "differs_on":
        return "string"
    if re.search(r"(earliest|latest|_on|first_date|last_date|valid_from|valid_to)$", name):
        return "datetime64[us]"
    if name in ("lat", "lon", "share", "hhi") or re.match("tiv(_|$)", name):
        return "Float64"
    return "Int64" if name in NUMBERS or re.search("^is_|_uncertain$", name) else "string"


@pytest.mark.parametrize("view", [*views("sqlite"), "articles", "places", "aliases", "affiliation_dates", "removals"])
def test_the_types_of_a_frame_do_not_depend_on_its_rows(location: str, view: str) -> None:
    pytest.importorskip("pandas")
    with transfers.open(location) as db:
        whole, asked = db.frame(view), db.frame(f"SELECT * FROM {view} WHERE 1 = 0")
    expected = {name: expected_type(name) for name in whole.columns}
    assert {name: str(dtype) for name, dtype in whole.dtypes.items()} == expected
    numbers = {name: dtype for name, dtype in expected.items() if dtype != "string"}
    assert {name: str(asked[name].dtype) for name in numbers} == numbers
    assert list(asked.columns) == list(whole.columns)


@pytest.mark.parametrize("view", views("sqlite"))
def test_a_view_without_rows_has_the_same_types(sqlite_target: Target, view: str) -> None:
    pytest.importorskip("pandas")
    with transfers.open(sqlite_target.path) as db:
        frame = db.frame(view)
    assert frame.empty
    expected = {name: expected_type(name) for name in frame.columns}
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == expected


def test_what_has_no_value_is_marked_as_missing(location: str) -> None:
    pandas = pytest.importorskip("pandas")
    with transfers.open(location) as db:
        frame = db.frame("v_transfers").set_index("id")
    withdrawn = frame.loc["iran-syria-shahed-136-supply"]
    assert withdrawn["quantity_low"] is pandas.NA
    assert withdrawn["first_date"] is pandas.NaT
    assert withdrawn["phase"] is pandas.NA
    assert frame["quantity_high"].sum() == 999


def test_a_frame_takes_what_a_query_makes_of_names_and_numbers(location: str) -> None:
    pytest.importorskip("pandas")
    with transfers.open(location) as db:
        frame = db.frame("SELECT a.id, b.id, a.first_date, b.first_date, sum(a.claims) AS total, avg(a.claims * 1.5) AS mean "
                         "FROM v_transfers a JOIN v_transfers b ON a.id = b.id GROUP BY 1, 2, 3, 4 ORDER BY 1")
        odd = db.frame("SELECT 'spring' AS first_date, 'many' AS claims")
    assert list(frame.columns) == ["id", "id", "first_date", "first_date", "total", "mean"]
    assert [str(one) for one in frame.dtypes[2:]] == ["datetime64[us]", "datetime64[us]", "Int64", "Float64"]
    assert frame["mean"].tolist() == [1.5, 0]
    assert odd.iloc[0].tolist() == ["spring", "many"]
