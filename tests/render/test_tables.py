"""Tables are never wider than the terminal, and lose nothing without saying so."""

from __future__ import annotations

import pytest
import tabulate
from hypothesis import given
from hypothesis import strategies as st

from transfers.render.layout import Layout
from transfers.render.styles import _STYLES, as_style
from transfers.render.table import as_table
from transfers.render.width import cut, width_of, wrap
from transfers.render.words import as_amount, as_days, as_range

CELLS = st.one_of(st.none(), st.integers(-10**6, 10**6), st.text("ab -_/无é\u0301ش\u200c", max_size=60))


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6), st.integers(1, 200))
def test_no_line_is_wider_than_the_terminal(rows: list[list[object]], width: int) -> None:
    text = as_table(["first", "second one", "n"], rows, width)
    # One wide character takes two columns even where there is only one.
    assert max(map(width_of, text.split("\n"))) <= max(width, 2)
    assert text.endswith("\n")


@given(st.text("ab -_/无é\u0301\n"), st.integers(1, 40))
def test_wrapping_loses_nothing_but_spaces(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width_of(line) <= max(width, 2) for line in lines) or width_of(text) <= width


def test_wide_and_combining_characters_are_counted_as_they_show() -> None:
    assert [width_of(text) for text in ("abc", "无人机", "e\u0301", "می‌خواهد", "ＡＢ")] == [3, 6, 1, 7, 4]
    assert cut("无人机无人机", 5) == "无人…"
    assert cut("abc", 3) == "abc"
    assert (cut("abc", 1), cut("abc", 0)) == ("…", "")


def test_a_table_as_people_see_it() -> None:
    rows = [["Iran", "Shahed-136", 1, None], ["Россия", "无人机", 22, "a\nb"]]
    assert as_table(["supplier", "system", "n", "note"], rows, 80) == (
        "supplier  system       n  note\n"
        "--------  ----------  --  ----\n"
        "Iran      Shahed-136   1\n"
        "Россия    无人机      22  a b\n"
    )
    assert as_table(["supplier", "n"], rows and [["Iran", 1]], 80, headers=False) == "Iran  1\n"
    assert as_table(["supplier"], [], 80) == ""


def test_a_narrow_terminal_breaks_words_where_they_may_be_broken() -> None:
    rows = [["Iran", "Russia", "Shahed-136", "delivered", "200–999", "up to 2023-09-20", "reported", 0, 1]]
    columns = ["supplier", "recipient", "system", "phase", "quantity", "dates", "standing", "denials", "articles"]
    assert as_table(columns, rows, 80) == (
        "sup…  recip…  system      phase      quanti…  dates        standing  den…  arti…\n"
        "----  ------  ----------  ---------  -------  -----------  --------  ----  -----\n"
        "Iran  Russia  Shahed-136  delivered  200–999  up to        reported     0      1\n"
        "                                              2023-09-20\n"
    )
    assert as_table(columns, rows, 20).startswith("supplier: Iran\nrecipient: Russia\nsystem: Shahed-136\nphase: delivered\n")


def test_a_tall_cell_is_cut_with_an_ellipsis() -> None:
    text = as_table(["a", "b"], [["x" * 5, "word " * 60]], 30)
    assert len(text.splitlines()) == 6
    assert text.endswith("…\n")


@pytest.mark.parametrize("name", sorted(_STYLES))
@pytest.mark.parametrize("rows", [
    [["Iran", 1, None, None], ["Russia (x)", 22, "200–999", None], ["a", None, "-5", 3]], [["a", 1, "1e5", None]], [["", 0, "x", None]],
])
def test_our_styles_are_those_of_tabulate(name: str, rows: list[list[object]]) -> None:
    columns = ["supplier", "n", "quantity", "x"]
    texts = [i for i in range(4) if any(isinstance(row[i], str) for row in rows)]
    assert as_style(columns, rows, name) == tabulate.tabulate(rows, columns, tablefmt=name, disable_numparse=texts) + "\n"


def test_ranges_in_words() -> None:
    assert [as_range(*pair) for pair in ((None, None), (8, 8), (200, 999), (2, None), (None, 4000))] == [
        "", "8", "200–999", "at least 2", "at most 4,000",
    ]
    assert as_days("2022-09-01", "2022-09-01") == "2022-09-01"
    assert [as_days("2022-09-01", None), as_days(None, "2022-09-30"), as_days("2022-09-01", "2022-09-30"), as_days(None, None)] == [
        "from 2022-09-01", "up to 2022-09-30", "2022-09-01 to 2022-09-30", "",
    ]
    assert as_amount(200, 999, None, 50) == "200–999; at most 50 planned"


def test_a_page_is_never_wider_than_asked() -> None:
    layout = Layout(30)
    layout.title("A title that is longer than the page is wide", "an-id")
    layout.heading("Claims")
    layout.facts([("Quote", "word " * 20), ("Empty", None), ("File", "x" * 60)], indent=3)
    layout.items(["one", "a longer item that has to be wrapped"], indent=2)
    text = layout.text()
    assert max(map(len, text.splitlines())) <= 30
    assert "\n\n\n" not in text
    assert "Empty" not in text
