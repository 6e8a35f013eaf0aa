"""From numbers and days to places on an axis, with the marks that the axis bears."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Final, NamedTuple

from transfers.site.pictures.drawing import line, text, width_of

_SMALL: Final = 11  # pixels: the letters of labels
_MARGIN: Final = 26  # pixels at both ends, where what is open goes on
_LOGARITHMIC_FROM: Final = 50  # times: how much the largest number exceeds the smallest
_MONTHS: Final = (1, 3, 6, 12, 24, 60, 120, 240)
_DAYS: Final = (1, 2, 5, 10)


class Scale(NamedTuple):
    """An axis from left to right.

    Attributes:
        left: where it begins, in pixels.
        right: where it ends.
        low: the value at its beginning, after the margin.
        high: the value at its end, before the margin.
        logarithmic: whether equal steps multiply.
        marks: values with their labels.
    """

    left: float
    right: float
    low: float
    high: float
    logarithmic: bool
    marks: Sequence[tuple[float, str]]

    def at(self, value: float) -> float:
        """The place of a value."""
        low, high, value = ((math.log10(one + 1) for one in (self.low, self.high, value)) if self.logarithmic
                            else (self.low, self.high, value))
        share = (value - low) / (high - low) if high > low else 0.5
        return self.left + _MARGIN + share * (self.right - self.left - 2 * _MARGIN)

    def span(self, low: float | None, high: float | None) -> tuple[float, float]:
        """The places of the two ends of a range; what is open goes to the end of the axis."""
        return (self.left if low is None else self.at(low), self.right if high is None else self.at(high))


def number_scale(numbers: Iterable[int], left: float, right: float) -> Scale:
    """An axis for numbers from 0 on; logarithmic where small and large ones stand together."""
    known = sorted(numbers)
    high = max(known[-1] if known else 1, 1)
    smallest = next((number for number in known if number > 0), high)
    if high / smallest > _LOGARITHMIC_FROM:
        marks = [(float(10 ** power), f"{10 ** power:,}") for power in range(math.ceil(math.log10(high)) + 1)]
        return _thinned(Scale(left, right, 0, max(high, marks[-1][0]), True, marks))
    step = _even_step(high, max(2, int((right - left) / 60)))
    count = math.ceil(high / step)
    return _thinned(Scale(left, right, 0, count * step, False, [(float(i * step), f"{i * step:,}") for i in range(count + 1)]))


def _even_step(high: int, most: int) -> int:
    """The smallest of 1, 2, 5, 10, 20 ... with which there are not too many marks."""
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            if high / step <= most:
                return step
        power *= 10


def day_scale(days: Iterable[str], left: float, right: float) -> Scale | None:
    """An axis for days (ISO); None when there are none."""
    known = sorted(days)
    if not known:
        return None
    first, last = date.fromisoformat(known[0]), date.fromisoformat(known[-1])
    most = max(2, int((right - left - 2 * _MARGIN) / 78))
    marks = (_days if (last - first).days <= most * _DAYS[-1] else _months)(first, last, most)
    low, high = min(first.toordinal(), marks[0][0]), max(last.toordinal(), marks[-1][0])
    return _thinned(Scale(left, right, low, high, False, marks))


def _thinned(scale: Scale) -> Scale:
    """The axis with no more marks than their labels have room for beside each other."""
    places = [scale.at(value) for value, _ in scale.marks]
    gap = min((after - before for before, after in pairwise(places)), default=1.0)
    widest = max(width_of(label, _SMALL) for _, label in scale.marks) + 6
    return scale._replace(marks=scale.marks[::math.ceil(widest / gap)])


def _days(first: date, last: date, most: int) -> list[tuple[float, str]]:
    step = next(step for step in _DAYS if (last - first).days / step <= most)
    numbers = range(first.toordinal(), last.toordinal() + step, step)
    return [(float(number), date.fromordinal(number).isoformat()) for number in numbers]


def _months(first: date, last: date, most: int) -> list[tuple[float, str]]:
    begin, end = first.year * 12 + first.month - 1, last.year * 12 + last.month
    step = next((step for step in _MONTHS if (end - begin) / step <= most), _MONTHS[-1])
    marks = []
    for month in range(begin - begin % step, end + step, step):
        day = date(month // 12, month % 12 + 1, 1)
        marks.append((float(day.toordinal()), str(day.year) if step >= 12 else f"{day.year}-{day.month:02}"))
        if month >= end:
            break
    return marks


def as_number(day: str | None) -> float | None:
    """A day (ISO) as the number by which it stands on its axis."""
    return None if day is None else float(date.fromisoformat(day).toordinal())


def axis(scale: Scale, y: float, down_to: float) -> list[str]:
    """The labels of an axis with its base line at ``y``, and a line down from each mark."""
    parts = [line(scale.left, y, scale.right, y, "axis")]
    for value, label in scale.marks:
        x = scale.at(value)
        parts += [line(x, y, x, down_to, "grid"), text(x, y - 5, label, "tick", "middle")]
    return parts
