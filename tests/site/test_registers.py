"""Registers in the reading room: beside the claims on this machine, and left out of what leaves it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.queries.made_up_registers import LICENCE, decide, write_register
from tests.queries.story import written
from tests.site.conftest import Site, rows
from transfers.db import Target
from transfers.site.serving import Serving, export_site
from transfers.site.snapshot import make_snapshot

ROW: dict[str, Any] = {"ordered": 6600, "ordered_uncertain": 1, "delivered": 4600, "delivery_years": "2022; 2023", "comment": "<b>made up</b>"}
PAGE = "/-/transfers/transfer/iran-russia-shahed-136-supply"
MANY = 30_000


@pytest.fixture
def filled(sqlite_target: Target) -> Target:
    with written(sqlite_target) as story:
        transfer = story.transfer("iran", "russia", "shahed-136")
        story.claim(story.article("one"), transfer, number={"low": 200, "high": 999})
        story.transfer("iran", "syria", "shahed-136")
        (mark,) = write_register(story, "march", ROW)
        write_register(story, "october", {**ROW, "delivered": 700}, release="2025-10-01")
        decide(story, transfer, mark)
    return sqlite_target


def test_a_transfer_has_its_registers_in_the_picture_and_in_a_table(filled: Target, tmp_path: Path, make_site: Any) -> None:
    site = make_site(make_snapshot(filled, str(tmp_path), with_texts=True, with_registers=True))
    page = site.get(PAGE).text
    picture, _, table = page.partition('<h2 id="registers-title">')
    assert picture.count('class="claim register"') == 4  # two rows, drawn in two widths
    assert "1 claims and 2 rows of registers" in picture
    assert "Dotted: a register, no claim." in picture
    for text in ("SIPRI 2025-03-13", "6,600?", "4,600", "2022–2023", "the number delivered is above the largest number that claims give",
                 "figures changed since it was accepted", "&lt;b&gt;made up&lt;/b&gt;"):
        assert text in table
    assert table.count(LICENCE) == 1
    assert page.index('id="registers-title"') > page.index("Who says what")


def test_a_transfer_without_registers_does_not_speak_of_them(filled: Target, tmp_path: Path, make_site: Any) -> None:
    site = make_site(make_snapshot(filled, str(tmp_path), with_texts=True, with_registers=True))
    assert "egister" not in site.get("/-/transfers/transfer/iran-syria-shahed-136-supply").text


def test_rows_of_registers_are_left_out_unless_asked_for(filled: Target, tmp_path: Path, make_site: Any) -> None:
    for folder, asked in (("without", False), ("with", True)):
        export_site(filled, str(tmp_path / folder), with_texts=True, with_registers=asked)
        copy = str(tmp_path / folder / "transfers.db")
        count = 2 if asked else 0
        for name in ("register_rows", "v_register_rows", "v_transfer_registers"):
            assert rows(copy, f"SELECT count(*) FROM {name}") == [(count,)], name
        assert rows(copy, "SELECT count(*) FROM register_years") == [(2 * count,)]
        assert rows(copy, "SELECT id, licence FROM registers") == [("march", LICENCE), ("october", LICENCE)]
        assert (b"made up</b>" in Path(copy).read_bytes()) is asked
        assert ("4,600" in make_site(copy).get(PAGE).text) is asked


def test_only_this_machine_is_served_rows_of_registers_unless_asked(filled: Target) -> None:
    assert Serving(filled, host="127.0.0.1").with_registers
    assert not Serving(filled, host="0.0.0.0").with_registers
    assert Serving(filled, host="0.0.0.0", with_registers=True).with_registers


def test_the_tables_of_registers_are_support(filled: Target, tmp_path: Path, make_site: Any) -> None:
    site: Site = make_site(make_snapshot(filled, str(tmp_path), with_texts=True, with_registers=True))
    told = {table["name"]: table["hidden"] for table in site.get("/transfers.json").json()["tables"]}
    assert all(told[name] for name in ("registers", "register_rows", "register_years", "register_matches"))
    assert "Herfindahl" not in site.get("/transfers").text
    view = site.get("/transfers/v_register_suppliers").text
    assert "sum of the squares of their shares" in view


@pytest.mark.slow
def test_pages_come_beside_a_large_register(filled: Target, tmp_path: Path, make_site: Any) -> None:
    with written_again(filled) as story:
        write_register(story, "large", *(
            {"designation": f"Thing {number % 900}", "supplier": f"State {number % 70}", "recipient": f"State {number % 170}x", "delivered": number % 50,
             "delivery_years": str(1950 + number % 75), "tiv_delivered": float(number % 40)} for number in range(MANY)
        ))
    site = make_site(make_snapshot(filled, str(tmp_path), with_texts=True, with_registers=True))
    for path in (PAGE, "/transfers/v_register_rows", "/transfers/v_register_suppliers", "/transfers/v_register_by_year"):
        assert site.get(path).status_code == 200, path


def written_again(target: Target) -> Any:
    """Write rows beside those that are there."""
    from contextlib import contextmanager

    from tests.queries.story import Story
    from transfers.db import writing

    @contextmanager
    def write() -> Any:
        with writing(target) as connection, connection.transaction():
            yield Story(connection)

    return write()
