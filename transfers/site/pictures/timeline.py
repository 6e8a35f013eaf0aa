"""Transfers, meetings and statements along one axis of time, uncertain dates as spans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from transfers.site.pictures.drawing import NARROW, bar, cut, frame, group, line, link, text, width_of
from transfers.site.pictures.scales import Scale, as_number, axis, day_scale

_HEAD: Final = 26  # pixels
_ROW: Final = 40
_NARROW_ROW: Final = 54  # where the time stands below what it is of


class Entry(NamedTuple):
    """One row of the picture.

    Attributes:
        kind: transfer, meeting or statement.
        title: what to call it.
        when: its time in words.
        url: where it is shown; empty for nowhere.
        first: the earliest day it can mean (ISO); None = open.
        last: the latest day it can mean (ISO); None = open.
    """

    kind: str
    title: str
    when: str
    url: str
    first: str | None
    last: str | None


def draw_timeline(entries: Sequence[Entry], title: str, width: int = 1000, mark: str = "") -> str:
    """The picture: the rows in their order. What has neither a first nor a last day has no bar."""
    scale = day_scale((day for one in entries for day in (one.first, one.last) if day), 0.0, float(width))
    row = _NARROW_ROW if width < NARROW else _ROW
    height = _HEAD + len(entries) * row + 6
    parts = axis(scale, _HEAD - 4, height - 6) if scale else []
    for index, one in enumerate(entries):
        parts.append(link(one.url, group(f"entry {one.kind}", _row(one, scale, _HEAD + index * row, width),
                                         f"{one.kind}: {one.title} ({one.when or 'no date'})")))
    told = (
        f"{len(entries)} rows from the earliest to the latest: transfers, meetings and statements. A bar covers the days that a "
        "date can mean; where it ends in a point it is open. The same is said in words in the table."
    )
    return frame("timeline", width, height, title, told, parts, mark)


def _row(one: Entry, scale: Scale | None, y: float, width: int) -> Iterator[str]:
    below = width < NARROW
    bottom = y + (_NARROW_ROW if below else _ROW)
    yield line(0, bottom - 3, width, bottom - 3, "rule")
    dated = scale is not None and (one.first is not None or one.last is not None)
    when = cut(one.when or "no date", width * (1 if below else 0.4), 11)
    yield text(0 if below else width, y + (28 if below else 14), when, "note", None if below else "end")
    room = width if below else width - width_of(when, 11) - 14
    yield text(0, y + 14, cut(f"{one.kind}: {one.title}" if one.kind != "transfer" else one.title, room, 13), "label")
    if scale and dated:
        x1, x2 = scale.span(as_number(one.first), as_number(one.last))
        yield bar(x1, x2, bottom - 19, 11, open_left=one.first is None, open_right=one.last is None)
