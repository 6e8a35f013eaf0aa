"""A cross-check with the library edtf: what our profile takes, the library takes too, and with the same days.

The library is no gate (it takes 2023-02-29 and reversed intervals), which the last test shows.
"""

import datetime
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vocabulary.properties import seldom
from transfers.vocabulary.dates import DateError, read_edtf

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    edtf = pytest.importorskip("edtf")

parts = st.one_of(
    st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)).map(lambda day: day.isoformat()),
    st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)).map(lambda day: day.isoformat()[:7]),
    st.integers(1900, 2099).map(str),
)


def bounds_by_library(text: str) -> tuple[str, str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        read = edtf.parse_edtf(text)
        lower, upper = read.lower_strict(), read.upper_strict()
    return tuple(f"{bound.tm_year:04}-{bound.tm_mon:02}-{bound.tm_mday:02}" for bound in (lower, upper))


@given(parts, st.sampled_from(["", "?", "~", "%"]))
@seldom
def test_the_library_gives_the_same_days(text, mark):
    assert bounds_by_library(text + mark) == tuple(read_edtf(text + mark))


@given(parts, parts)
@seldom
def test_the_library_gives_the_same_bounds_of_an_interval(first, second):
    try:
        ours = read_edtf(f"{first}/{second}")
    except DateError:
        return
    assert bounds_by_library(f"{first}/{second}") == tuple(ours)


@pytest.mark.parametrize("text", ["2023-21", "2023-22", "2023-23", "2023-24", "2022-23/..", "../2022-02-23"])
def test_the_library_takes_seasons_and_open_ends(text):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        edtf.parse_edtf(text)
    read_edtf(text)


@pytest.mark.parametrize("text", ["2023-02-29", "2023-09-20/2023-09-19"])
def test_what_the_library_lets_pass_is_refused_here(text):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        edtf.parse_edtf(text)
    with pytest.raises(DateError):
        read_edtf(text)
