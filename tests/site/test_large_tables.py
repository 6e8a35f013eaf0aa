"""With 100,000 claims Datasette's pages of our tables, and ours that count and list, come and say what they cut off.

How long they take is measured by benchmarks/measure_site.py; a query that ran out of its time would be a 400 here.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.site.conftest import DATASETTE, Site

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def large_copy(large_folder: Path) -> str:
    return str(large_folder / "transfers.db")


@pytest.fixture(scope="session")
def large_site(large_copy: str) -> Iterator[Site]:
    site = Site([large_copy])
    yield site
    site.close()


PAGES = (
    "/-/transfers", "/-/transfers/downloads", "/-/transfers/feed.atom", "/-/transfers/codebook", "/-/transfers/article/art-00000",
    "/transfers", "/transfers/v_transfers", "/transfers/v_transfer_claims", "/transfers/v_statements", "/transfers/v_meetings",
    "/transfers/v_evidence", "/transfers/claims", "/transfers/evidence", "/transfers/articles", "/transfers/statements",
    "/transfers/v_transfers?standing=reported", "/transfers/v_transfer_claims?stance=alleged",
    "/transfers/claims?_sort_desc=quantity_high", "/transfers/statements_of?speaker=Actor", "/transfers/denials_and_disputes",
    "/transfers/who_met_whom", "/transfers/inferred", "/transfers/claims_on_a_system?system=System+42",
    "/transfers/between_two?supplier=Actor&recipient=", "/transfers/not_yet_accepted",
)


def test_a_page_comes(large_site: Site, subtests: pytest.Subtests) -> None:
    for path in PAGES:
        with subtests.test(path):
            assert large_site.get(path).status_code == 200


def test_the_timeline_comes_where_no_claim_has_a_date(large_copy: str, tmp_path: Path) -> None:
    undated = tmp_path / "transfers.db"
    shutil.copyfile(large_copy, undated)
    with sqlite3.connect(undated) as connection:
        connection.execute("UPDATE v_current_claims SET date_edtf = NULL, date_earliest = NULL, date_latest = NULL")
    connection.close()
    site = Site([str(undated)])
    try:
        assert site.get("/-/transfers/timeline").status_code == 200
    finally:
        site.close()


@pytest.mark.parametrize("path", [
    "/transfers/statements_of?speaker=", "/transfers/denials_and_disputes", "/transfers/who_met_whom",
    "/transfers/between_two?supplier=&recipient=",
])
def test_an_answer_that_is_cut_off_says_so(large_site: Site, path: str) -> None:
    text = " ".join(large_site.get(path).text.split())
    assert "At most 300 rows are shown." in text
    assert text.count("<tr>") == 301
    assert "more than 300 rows" in text or not DATASETTE.startswith("0.")
