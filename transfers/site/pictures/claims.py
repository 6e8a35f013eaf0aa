"""The claims on a transfer: each on one axis of quantity for each unit, and all on one of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from transfers.site.pictures.drawing import NARROW, bar, cut, element, frame, group, line, link, text, width_of
from transfers.site.pictures.scales import Scale, as_number, axis, day_scale, number_scale

_HEAD: Final = 44  # pixels over the rows, for titles and labels of the axis of time
_GROUP: Final = 42  # over the rows of a unit, for its name and the labels of its axis
_SMALL: Final = 11


class Claim(NamedTuple):
    """One row of the picture.

    Attributes:
        label: who says so.
        note: what else is to be known at a glance: stance, phase, state.
        told: the whole of it, for who points at it.
        url: where it is shown; empty for nowhere.
        stance: asserted, alleged or denied; register for a row of a register, which is no claim.
        gone: whether it no longer counts.
        unit: what is counted; empty when it gives no number.
        amount: the number in words.
        low: the smallest number it can mean; None = open.
        high: the largest number it can mean; None = open.
        when: its time in words; empty when it gives none.
        first: the earliest day it can mean (ISO); None = open.
        last: the latest day it can mean (ISO); None = open.
        published: the day on which it was published (ISO), if that is known.
    """

    label: str
    note: str
    told: str
    url: str
    stance: str
    gone: bool
    unit: str
    amount: str
    low: int | None
    high: int | None
    when: str
    first: str | None
    last: str | None
    published: str | None


class _Panels(NamedTuple):
    """Where things stand: labels, quantity from-to, time from-to, height of a row and of its bar below its top."""

    labels: float
    quantity: tuple[float, float]
    time: tuple[float, float]
    row: float
    bar: float


def draw_claims(claims: Sequence[Claim], title: str, width: int = 1000, mark: str = "") -> str:
    """The picture. Rows keep their order within a unit; those without a number come last.

    Args:
        claims: the rows.
        title: what the claims are on.
        width: of the picture in pixels.
        mark: tells apart pictures on one page.
    """
    panels = _panels(width)
    days = [day for one in claims for day in (one.first, one.last, one.published) if day]
    times = day_scale(days, *panels.time)
    units = sorted({one.unit for one in claims}, key=lambda unit: (not unit, unit))
    head = 0 if units == [""] else _GROUP
    height = _HEAD + len(units) * head + len(claims) * panels.row + 6
    parts = [text(panels.time[0], 14, "When, as claimed", "panel")]
    parts += axis(times, _HEAD - 4, height - 6) if times else [text(panels.time[0], 32, "no dates", "note")]
    y = float(_HEAD)
    for unit in units:
        rows = [one for one in claims if one.unit == unit]
        parts += _unit(unit, rows, panels, y + head, times)
        y += head + len(rows) * panels.row
    registers = sum(one.stance == "register" for one in claims)
    beside = f" and {registers} {'row' if registers == 1 else 'rows'} of registers, which are dotted," if registers else ","
    told = (
        f"{len(claims) - registers} claims{beside} one in each row: who says so, the range of number and of date. "
        "A bar with a point at its end is open there. A dashed bar is alleged, a hollow one struck through is denied, "
        "a faint one no longer counts. A small circle is the day of publication. The same is said in words below."
    )
    return frame("claims", width, height, title, told, parts, mark)


def _panels(width: int) -> _Panels:
    if width < NARROW:
        half = width / 2
        return _Panels(width, (0.0, half - 6), (half + 6, float(width)), 74, 36)
    labels = width * 0.27
    middle = labels + (width - labels) * 0.52
    return _Panels(labels - 12, (labels, middle - 10), (middle + 10, float(width)), 44, 8)


def _unit(unit: str, rows: Sequence[Claim], panels: _Panels, y: float, times: Scale | None) -> Iterator[str]:
    """The claims that count in one unit, below their axis, which stands over ``y``."""
    top, bottom = y - 4, y + len(rows) * panels.row - 4
    name = {"": "No number given", "item": "Number of items"}.get(unit, f"Number: {unit.replace('_', ' ')}")
    scale = None
    if unit:
        scale = number_scale((n for one in rows for n in (one.low, one.high) if n is not None), *panels.quantity)
        name += " (logarithmic)" if scale.logarithmic else ""
        yield from axis(scale, top, bottom)
    if y > _HEAD:
        yield text(panels.quantity[0], y + 14 - _GROUP, name, "panel")
    for index, one in enumerate(rows):
        yield _row(one, panels, y + index * panels.row, scale, times)


def _row(one: Claim, panels: _Panels, y: float, scale: Scale | None, times: Scale | None) -> str:
    parts = [
        line(0, y + panels.row - 4, panels.time[1], y + panels.row - 4, "rule"),
        text(0, y + 14, cut(one.label, panels.labels, 13.5), "label"),
        text(0, y + 29, cut(one.note, panels.labels, _SMALL), "note"),
    ]
    if scale and (one.low is not None or one.high is not None):
        parts += _range(scale, one.low, one.high, one.amount, y + panels.bar, one.stance)
    elif one.unit:
        parts.append(text(panels.quantity[0], y + panels.bar + 10, cut(f"{one.amount}, not bounded", 160, _SMALL), "note"))
    if times and one.when:
        parts += _range(times, as_number(one.first), as_number(one.last), one.when, y + panels.bar, one.stance)
    elif times and not one.published:
        parts.append(text(panels.time[0], y + panels.bar + 10, "no date", "note"))
    if times and one.published:
        parts.append(element("circle", cx=times.at(as_number(one.published) or 0), cy=y + panels.bar + 6, r=4, class_="published"))
    return link(one.url, group(f"claim {one.stance}{' gone' if one.gone else ''}", parts, one.told))


def _range(scale: Scale, low: float | None, high: float | None, words: str, y: float, stance: str) -> list[str]:
    """A bar with what it means below it."""
    x1, x2 = scale.span(low, high)
    parts = [bar(x1, x2, y, 12, open_left=low is None, open_right=high is None)]
    if stance == "denied":
        parts.append(line(x1 - 3, y + 6, x2 + 3, y + 6, "strike"))
    words = cut(words, scale.right - scale.left, _SMALL)
    half = width_of(words, _SMALL) / 2
    middle = max(scale.left + half, min(scale.right - half, (x1 + x2) / 2))
    return [*parts, text(middle, y + 25, words, "value", "middle")]
