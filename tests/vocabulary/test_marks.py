"""Heaps of marks on one letter, which no text needs and normalisation cannot bear."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vocabulary.properties import often
from transfers.vocabulary.marks import MOST_MARKS, find_crowd


def test_a_hundred_marks_pass_and_one_more_does_not():
    assert find_crowd("ab" + "\u0301" * MOST_MARKS + "c") is None
    assert find_crowd("ab" + "\u0301" * (MOST_MARKS + 1) + "c") == 2


@pytest.mark.parametrize("text", [
    "", "plain", "“…” — «»" * 100, "😀" * 500, "\u200d" * 500, "e\u0301" * 500, "한국어" * 200, "ا\u064e\u0651" * 300, "\u3000" * 300,
])
def test_no_honest_text_is_crowded(text):
    assert find_crowd(text) is None


@given(st.text(alphabet="a \u0301\u0323\u20dd“😀", max_size=20), st.integers(0, 120), st.text(alphabet="b\u0301…", max_size=20))
@often
def test_a_crowd_is_found_exactly_where_it_begins(before, marks, after):
    text = before + "\u0301" * marks + after
    runs, start = [], None
    for position, character in enumerate(text + "."):
        if unicodedata.combining(character):
            start = position if start is None else start
        elif start is not None:
            runs.append((start, position - start))
            start = None
    crowds = [begin for begin, length in runs if length > MOST_MARKS]
    assert find_crowd(text) == (crowds[0] if crowds else None)


def test_a_million_marks_are_found_at_once():
    started = time.process_time()
    assert find_crowd("a" + "\u0301\u0323" * 500_000) == 1
    assert time.process_time() - started < 1
