"""CSV and TSV read back as what was written, and no spreadsheet runs a cell of it."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfers.render.formats import Format, as_text
from transfers.render.separated import as_guarded, as_separated

FORMULAS = [
    "=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "|x", "%0A", " =1", "\t=1", "\r=1", "\n=1", "\ufeff=1", "\xa0=1", "\u3000=1", "＝1", "＋1", "－1",
    "＠x", "｜x", "％x", "'quoted", "\0=1", "=HYPERLINK(\"http://x\")", "   -x",
]


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_formula_gets_an_apostrophe_that_can_be_taken_away(cell: str) -> None:
    assert as_guarded(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["-5", "+5", "1e5", "-1.5E-3", "abc", "a=b", "", " ", "2023-09-20", "Герань-2", "x'"])
def test_numbers_and_plain_words_stay(cell: str) -> None:
    assert as_guarded(cell) == cell


def test_raw_leaves_cells_as_they_are() -> None:
    assert as_text(["=a"], [["=1"]], Format("csv", guard=False)) == "=a\n=1\n"
    assert as_text(["=a"], [["=1"]], Format("csv")) == "'=a\n'=1\n"


PLAIN = st.text(st.characters(categories=["L", "N", "P", "Zs"], include_characters='",\n;'), max_size=20)


@given(st.lists(st.lists(st.one_of(st.none(), st.integers(), PLAIN), min_size=2, max_size=2), max_size=5), st.sampled_from([",", "\t"]))
def test_what_was_written_is_read_back(rows: list[list[object]], delimiter: str) -> None:
    text = as_separated(["a", "b"], rows, delimiter, guard=False)
    expected = [["" if cell is None else str(cell) for cell in row] for row in rows]
    assert list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)) == [["a", "b"], *expected]


def test_one_empty_cell_is_a_row() -> None:
    assert as_separated(["a"], [[None], ["x"]], ",") == 'a\n""\nx\n'


def test_lists_and_objects_are_json_text() -> None:
    assert as_separated(["a", "b"], [[{"x": "y"}, ["z", 1]]], ",", headers=False) == '"{""x"":""y""}","[""z"",1]"\n'
