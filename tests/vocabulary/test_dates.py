"""Partial dates: what the profile takes, what it means in days, what it refuses."""

import calendar
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vocabulary.properties import often
from transfers.vocabulary.dates import DateError, Days, day_fault, is_one_day, read_edtf, weekday

FIRST, LAST = datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)
days = st.dates(FIRST, LAST)


def as_part(day: datetime.date, kind: str) -> str:
    return {"day": day.isoformat(), "month": day.isoformat()[:7], "year": day.isoformat()[:4]}[kind]


@pytest.mark.parametrize(("text", "earliest", "latest"), [
    ("2023", "2023-01-01", "2023-12-31"),
    ("2023-02", "2023-02-01", "2023-02-28"),
    ("2024-02", "2024-02-01", "2024-02-29"),
    ("2024-02-29", "2024-02-29", "2024-02-29"),
    ("2023-21", "2023-03-01", "2023-05-31"),
    ("2023-22", "2023-06-01", "2023-08-31"),
    ("2023-23", "2023-09-01", "2023-11-30"),
    ("2023-24", "2023-12-01", "2024-02-29"),
    ("2022-24", "2022-12-01", "2023-02-28"),
    ("2022/2023-05", "2022-01-01", "2023-05-31"),
    ("2022-23/..", "2022-09-01", None),
    ("../2022-02-23", None, "2022-02-23"),
    ("2022-24/2023-21", "2022-12-01", "2023-05-31"),
    ("1900", "1900-01-01", "1900-12-31"),
    ("2099-12-31", "2099-12-31", "2099-12-31"),
])
def test_a_date_of_the_profile_means_these_days(text, earliest, latest):
    assert read_edtf(text) == Days(earliest, latest)


@given(days)
@often
def test_a_full_day_means_itself(day):
    assert read_edtf(day.isoformat()) == (day.isoformat(), day.isoformat())
    assert is_one_day(day.isoformat())
    assert day_fault(day.isoformat()) is None


@given(days)
@often
def test_a_month_and_a_year_mean_their_first_to_their_last_day(day):
    _, length = calendar.monthrange(day.year, day.month)
    assert read_edtf(as_part(day, "month")) == (f"{day:%Y-%m}-01", f"{day:%Y-%m}-{length}")
    assert read_edtf(as_part(day, "year")) == (f"{day:%Y}-01-01", f"{day:%Y}-12-31")


@given(st.integers(1900, 2099), st.sampled_from([21, 22, 23, 24]))
@often
def test_a_season_has_three_months(year, season):
    earliest, latest = (datetime.date.fromisoformat(bound) for bound in read_edtf(f"{year}-{season}"))
    assert (earliest.year, earliest.month, earliest.day) == (year, 3 * (season - 20), 1)
    after = latest + datetime.timedelta(days=1)
    assert after.day == 1
    assert (after.year - earliest.year) * 12 + after.month - earliest.month == 3


@given(days, st.sampled_from(["day", "month", "year"]), st.sampled_from("?~%"))
@often
def test_a_mark_of_doubt_does_not_move_the_bounds(day, kind, mark):
    text = as_part(day, kind)
    assert read_edtf(text + mark) == read_edtf(text)


@given(days, days, st.sampled_from(["day", "month", "year"]), st.sampled_from(["day", "month", "year"]))
@often
def test_an_interval_goes_from_the_first_day_of_one_to_the_last_of_the_other(one, other, kind, other_kind):
    first, second = as_part(one, kind), as_part(other, other_kind)
    earliest, latest = read_edtf(first).earliest, read_edtf(second).latest
    if earliest <= latest:
        assert read_edtf(f"{first}/{second}") == (earliest, latest)
    else:
        with pytest.raises(DateError, match="ends before it begins"):
            read_edtf(f"{first}/{second}")


def test_every_day_that_can_be_written_is_one_of_the_calendar_or_refused():
    for year in (1900, 1999, 2000, 2023, 2024, 2099):
        for month in range(100):
            for date in range(100):
                text = f"{year}-{month:02}-{date:02}"
                try:
                    datetime.date(year, month, date)
                except ValueError:
                    with pytest.raises(DateError):
                        read_edtf(text)
                else:
                    assert read_edtf(text) == (text, text)


REFUSED = [
    "", " ", "/", "//", "..", "../..", "2023/", "/2023", "2023//2024", "2023/2024/2025", "..2023", "2023..",
    "0000", "0001", "1899", "2100", "9999", "10000", "-2023", "+2023", "Y2023",
    "2023-02-29", "2100-02-29", "1900-02-29", "2023-00", "2023-13", "2023-20", "2023-25", "2023-41", "2023-04-31", "2023-01-00",
    "2024-2-9", "2024-02-9", "24-02-09", "2024-02-009", "2024/2", "20240209", "2024.02.09", "09.02.2024", "2024-21-01",
    "202X", "2023-XX", "2023-09-XX", "XXXX", "2023-1X", "201x",
    "[2022,2023]", "{2022,2023}", "[..2023]", "2022,2023", "2023-01..2023-02",
    "2023??", "2023?~", "~2023", "?2023-09", "2023?-09", "2023-09~-20", "2023 ?",
    "2023-09-20T10:00", "2023-09-20T10:00Z", "2023-09-20+03:00", "2023-W38", "2023-263",
    "2023\n", "2023-09-20\n", "\n2023", "2023 ", " 2023", "2023-09-20\0", "2023/\n2024",
    "２０２３", "٢٠٢٣", "۲۰۲۳-۰۹", "2023-0٩", "²023", "2023−09", "2023–09", "2023/2022", "2023-09-20/2023-09-19", "2023-24/2023-11",
    "open", "unknown", "null", "2022/open", "2022/unknown", "1e3", "2_023",
]


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_outside_the_profile_is_refused(text):
    with pytest.raises(DateError) as caught:
        read_edtf(text)
    assert any(repr(part) in str(caught.value) for part in (text, *filter(None, text.split("/", 1)))), str(caught.value)


@given(st.one_of(st.text(max_size=30), st.text(alphabet="0123456789-/.?~% X", max_size=23)))
@often
def test_any_text_is_a_date_or_refused_and_nothing_else(text):
    try:
        earliest, latest = read_edtf(text)
    except DateError:
        return
    for bound in (earliest, latest):
        assert bound is None or datetime.date.fromisoformat(bound).isoformat() == bound
    assert earliest is None or latest is None or earliest <= latest
    assert (earliest, latest) != (None, None)


def test_the_day_of_the_week_is_that_of_the_calendar():
    day = FIRST
    while day <= LAST:
        assert weekday(day.isoformat()) == day.weekday(), day
        day += datetime.timedelta(days=1)


@pytest.mark.parametrize("text", ["2023", "2023-09", "2023-09-20~", "2023-09-31", "2023-09-2", "2023-01/..", "2023-9-20", "", "x" * 10])
def test_what_is_no_full_day_has_a_fault(text):
    fault = day_fault(text)
    assert fault is not None
    assert repr(text) in fault


@pytest.mark.parametrize(("text", "is_one"), [
    ("2023-09-20", True), ("2023-09-20~", True), ("2023-09-20/2023-09-20", True), ("2023-09", False), ("../2023-09-20", False),
    ("2023-09-20/..", False), ("2023-09-20/2023-09-21", False),
])
def test_one_day_is_one_day_however_it_is_written(text, is_one):
    assert is_one_day(text) is is_one
