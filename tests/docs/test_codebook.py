"""The codebook and the program have the same words, and mean the same by them."""

import re
from pathlib import Path

import pytest

from transfers.db import reading
from transfers.vocabulary import words
from transfers.vocabulary.dates import read_edtf
from transfers.vocabulary.quantities import read_words

CODEBOOK = (Path(__file__).parents[2] / "docs" / "codebook.md").read_text(encoding="utf-8")
LISTS = {name: value for name, value in vars(words).items() if name.isupper() and isinstance(value, tuple)}
# Told in the text, because they order words that another list has.
IN_TEXT = {"PHASES_IN_ORDER", "PHASES_THAT_END", "PHASES_ON_THE_WAY", "REGISTER_FORMS_BY_YEAR"}


def table_after(mark):
    """The rows of the first table after a mark, as lists of cells."""
    lines = CODEBOOK.partition(mark)[2].splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("|---")) + 1
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split(" | ")])
    return rows


@pytest.mark.parametrize("name", sorted(LISTS.keys() - IN_TEXT))
def test_every_word_of_a_list_has_its_meaning(name):
    rows = table_after(f'<a id="{name.lower().replace("_", "-")}"></a>')
    assert tuple(row[0].strip("`") for row in rows) == LISTS[name]
    assert all(row[1] for row in rows)


def test_the_phases_are_told_in_their_order():
    assert ", ".join(words.PHASES_IN_ORDER) in " ".join(CODEBOOK.split())
    on_the_way = " or ".join(", ".join(words.PHASES_ON_THE_WAY).rsplit(", ", 1))
    assert f"a phase of {on_the_way}" in " ".join(CODEBOOK.split())
    ends = " and ".join(", ".join(f"`{word}`" for word in words.PHASES_THAT_END).rsplit(", ", 1))
    assert f"{ends} win over everything up to in_production" in " ".join(CODEBOOK.split())


def test_the_dates_mean_what_the_table_says():
    seen = 0
    for form, _, bounds in table_after("The profile of EDTF"):
        edtf = re.match(r"`([^`]+)`", form)[1]
        days = re.findall(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|open", bounds)
        named = re.match(r"([0-9-]+): ", bounds)
        if len(days) == 2:
            found = read_edtf(named[1] if named else edtf)
            assert [found.earliest or "open", found.latest or "open"] == days[-2:], form
            seen += 1
    assert seen >= 5


def test_the_numbers_mean_what_the_table_says():
    seen = 0
    for text, low, high, qualifier in table_after("What words mean."):
        for words_ in text.split(", "):
            if " n" in words_ or words_ == "between a and b" or words_ == "a to b" or "digits" in words_:
                continue
            if qualifier in ("`worded`", "`none`"):
                found = read_words(words_)
                assert found is not None, words_
                shown = ["open" if bound is None else f"{bound:,}" for bound in found[:2]]
                assert [*shown, f"`{found.qualifier}`"] == [low, high, qualifier], words_
                seen += 1
    assert seen > 10


@pytest.mark.parametrize(("words_", "row"), [
    ("at least 12", "at least, no fewer than n"), ("more than 12", "more than, over n"), ("up to 12", "up to, at most, as many as, no more than n"),
    ("about 12", "about, around, some, roughly, approximately n"), ("almost 12", "nearly, almost n"), ("12", 'a number in digits or letters'),
])
def test_an_opening_bounds_a_number_as_the_table_says(words_, row):
    (found,) = [cells for cells in table_after("What words mean.") if cells[0].startswith(row)]
    bounds = {"n": 12, "n + 1": 13, "open": None}
    assert read_words(words_) == (bounds[found[1]], bounds[found[2]], found[3].strip("`"))


def test_every_view_has_its_section(sqlite_target):
    with reading(sqlite_target) as connection:
        views = {row[0] for row in connection.rows("SELECT name FROM sqlite_schema WHERE type = 'view'")}
        columns, _ = connection.table("SELECT * FROM v_transfers LIMIT 0")
    assert set(re.findall(r"^### `(v_\w+)`$", CODEBOOK, re.MULTILINE)) == views
    told = [column for row in table_after("### `v_transfers`") for column in re.findall(r"`(\w+)`", row[0])]
    assert told == columns
