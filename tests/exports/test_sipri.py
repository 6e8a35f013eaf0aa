"""The CSV in the shape of the SIPRI trade register: what the claims bear out, and what is lost on the way."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from tests.exports.conftest import Place
from transfers.db import reading
from transfers.exports.about import Wanted, read_about
from transfers.exports.sipri import Lost, as_sipri, as_summary, find_sipri_rows
from transfers.registers.forms import TRADE_REGISTER


def made(place: Place, *, raw: bool = False) -> tuple[list[list[str]], list[Lost], str]:
    with reading(place.target) as connection:
        rows, lost = find_sipri_rows(connection)
        text = "".join(as_sipri(rows, read_about(connection, Wanted()), raw=raw))
    lines = list(csv.reader(io.StringIO(text)))
    return lines[lines.index(list(TRADE_REGISTER)) + 1:], lost, text


def by_transfer(rows: list[list[str]]) -> dict[str, list[str]]:
    return {row[12].split(";")[0].removeprefix("Transfer "): row for row in rows}


def test_every_row_has_the_columns_of_the_register_and_needs_no_quotation_marks(place: Place) -> None:
    rows, _, text = made(place)
    assert all(len(row) == 16 for row in rows)
    assert '"' not in text
    assert not any(character in text for character in "\r\t\x1b\u202e")
    assert len(text.splitlines()) == len(rows) + 5
    assert all(row[13:] == ["", "", ""] for row in rows)


def test_the_best_values_stand_in_their_columns(hard: Place) -> None:
    rows, lost, _ = made(hard)
    found = by_transfer(rows)
    for id_, low, high in hard.rows("SELECT id, quantity_low, quantity_high FROM v_transfers WHERE origins > 0"):
        if id_ not in found:
            continue
        number, mark = found[id_][8:10]
        if low is None:
            assert (number, mark) == ("", "")
        else:
            assert (number, mark) == (str(low), "" if low == high else "?")
        told = [one.what for one in lost if (one.transfer, one.field) == (id_, "Number delivered")]
        assert bool(told) == (low != high)


def test_every_transfer_is_a_row_or_named_as_left_out(hard: Place) -> None:
    rows, lost, _ = made(hard)
    left_out = {one.transfer for one in lost if one.field == "row"}
    all_of_them = {id_ for (id_,) in hard.rows("SELECT id FROM transfers")}
    assert left_out | set(by_transfer(rows)) == all_of_them
    assert not left_out & set(by_transfer(rows))
    unfounded = {id_ for (id_,) in hard.rows("SELECT id FROM v_transfers WHERE origins = 0")}
    assert unfounded
    assert unfounded <= left_out


def test_it_says_that_it_is_not_sipri_data(hard: Place) -> None:
    _, _, text = made(hard)
    assert "This is not SIPRI data" in text.splitlines()[0]
    assert hard.about().sha256 in text


def test_a_formula_is_not_run_unless_asked_for(hostile: Place) -> None:
    guarded, as_it_is = made(hostile)[0][0], made(hostile, raw=True)[0][0]
    assert guarded[0] == "'" + as_it_is[0]
    assert as_it_is[0].startswith("=HYPERLINK")


def test_the_summary_counts_what_is_lost(hard: Place) -> None:
    with reading(hard.target) as connection:
        rows, lost = find_sipri_rows(connection)
    lines = as_summary(rows, lost)
    assert lines[0].startswith(f"{len(rows)} rows;")
    assert any("transfers left out" in line for line in lines)


def _ordered(connection: Any) -> None:
    connection.run(
        "UPDATE claims SET phase = 'ordered', date_text = '2021', date_edtf = '2021', date_earliest = '2021-01-01', "
        "date_latest = '2021-12-31', date_basis = 'stated', condition = 'second_hand' WHERE id = (SELECT min(c.claim) FROM "
        "v_transfer_claims c JOIN v_transfers t ON t.id = c.transfer WHERE c.stance = 'asserted' AND t.kind = 'supply')",
    )


def test_the_year_of_an_order_and_the_status_are_those_of_the_claims(made: Any) -> None:
    place = made("ordered", _ordered)
    with reading(place.target) as connection:
        rows, _ = find_sipri_rows(connection)
    assert [(row[2], row[3], row[11]) for row in rows if row[2]] == [("2021", "", "Second hand")]


def test_our_own_reader_takes_it_for_no_register(hard: Place, tmp_path: Any) -> None:
    from transfers.errors import TransfersError
    from transfers.registers import read_release

    path = tmp_path / "not-a-register.csv"
    path.write_text(made(hard)[2])
    with pytest.raises(TransfersError):
        list(read_release(str(path)))
