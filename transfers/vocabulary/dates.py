"""Partial dates: a small profile of EDTF (ISO 8601-2, level 0 and parts of level 1), and the days they can mean.

A year, a month, a day, a season (21 spring to 24 winter, northern, by months), each with one trailing ``? ~ %`` that does
not move the bounds, or an interval of two of them, one end of which may be open (``..``). Refused are sets, X for unknown
digits, unknown ends, reversed intervals and days that do not exist. The general EDTF libraries let some of these pass.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_PART: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([?~%])?", re.ASCII)
_SEASONS: Final = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}
FIRST_YEAR, LAST_YEAR = 1900, 2099


class DateError(ValueError):
    """A date is outside the profile; the text says why."""


class Days(NamedTuple):
    """The days a date can mean, both included, as full ISO days; None = open."""

    earliest: str | None
    latest: str | None


def read_edtf(text: str) -> Days:
    """The earliest and the latest day that a date of the profile can mean.

    Raises:
        DateError: the text is outside the profile.

    Source: docs/codebook.md, Dates.
    """
    first, slash, second = text.partition("/")
    if not slash:
        return _bounds(text)
    if not first or not second:
        raise DateError(f"{text!r} lacks an end; an open end is written ..")
    if first == second == "..":
        raise DateError(f"{text!r} is open at both ends; leave the date out")
    earliest = None if first == ".." else _bounds(first).earliest
    latest = None if second == ".." else _bounds(second).latest
    if earliest and latest and earliest > latest:
        raise DateError(f"{text!r} ends before it begins")
    return Days(earliest, latest)


def is_one_day(text: str) -> bool:
    """Whether a date of the profile names a single day."""
    days = read_edtf(text)
    return days.earliest is not None and days.earliest == days.latest


def day_fault(day: str) -> str | None:
    """Why a text is no full ISO day of the calendar; None when it is one."""
    try:
        return None if len(day) == 10 and is_one_day(day) else f"{day!r} is not a full day, for example 2024-01-31"
    except DateError as error:
        return str(error)


def weekday(day: str) -> int:
    """Day of the week of a full ISO day, Monday = 0 (Zeller's rule; no import of datetime on the reading path)."""
    year, month, date = int(day[:4]), int(day[5:7]), int(day[8:])
    if month < 3:
        year, month = year - 1, month + 12
    return (date + 13 * (month + 1) // 5 + year + year // 4 - year // 100 + year // 400 + 5) % 7


def _bounds(text: str) -> Days:
    found = _PART.fullmatch(text)
    if not found:
        raise DateError(
            f"{text!r} is not a date of the profile: 2023, 2023-09, 2023-09-20, 2023-21 (spring), 2022/2023, ../2022-02-23, "
            "each with an optional ? ~ or % at its end"
        )
    year = int(found[1])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateError(f"{text!r} lies outside the years {FIRST_YEAR} to {LAST_YEAR}")
    if found[2] is None:
        return Days(f"{year}-01-01", f"{year}-12-31")
    month = int(found[2])
    if found[3] is not None:
        if not 1 <= month <= 12 or not 1 <= int(found[3]) <= _days_in(year, month):
            raise DateError(f"{text!r} is not a day of the calendar")
        day = f"{year}-{found[2]}-{found[3]}"
        return Days(day, day)
    first, last = _SEASONS.get(month, (month, month))
    if not 1 <= first <= 12:
        raise DateError(f"{text!r} has no such month or season (21 to 24)")
    last_year, last = (year + 1, last - 12) if last > 12 else (year, last)
    return Days(f"{year}-{first:02}-01", f"{last_year}-{last:02}-{_days_in(last_year, last):02}")


def _days_in(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31
