"""Places on a plain grid of latitude and longitude (equirectangular), with how exact each is, and flows between countries.

Land is a ground to see by and says nothing: there are no borders, because where they run is a claim too. Its outlines
(``land.txt``, in tenths of a degree, south down) are those of Natural Earth 4.1.0 (public domain; 1:50m, ``land-50m.json`` of
the npm package world-atlas 2.0.2), thinned to an eighth of a degree, without small islands and without Antarctica.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from transfers.site.pictures.drawing import cut, element, frame, group, line, link, text, width_of

_LEAST: Final = 20.0  # degrees that are shown at least
_STEPS: Final = (5, 10, 15, 30)
RADII: Final = {"site": 4.0, "city": 7.0, "region": 14.0, "country": 22.0}  # pixels


class Point(NamedTuple):
    """A place: name, address of its page, precision, degrees north and east, how many meetings were there."""

    name: str
    url: str
    precision: str
    lat: float
    lon: float
    meetings: int


class Way(NamedTuple):
    """A flow from one point to another.

    Attributes:
        start: degrees north and east.
        end: degrees north and east.
        standing: how the sources of its transfers stand to each other.
        transfers: how many there are.
        told: what it is.
        url: where it is shown.
        beside: how many other flows have the same ends and stand further inside.
    """

    start: tuple[float, float]
    end: tuple[float, float]
    standing: str
    transfers: int
    told: str
    url: str
    beside: int = 0


class _Plate(NamedTuple):
    """What part of the world is shown at which size."""

    south: float
    west: float
    scale: float
    width: float
    height: float

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        return (lon - self.west) * self.scale, self.height - (lat - self.south) * self.scale


def draw_map(points: Sequence[Point], ways: Sequence[Way], title: str, width: int = 1000, mark: str = "") -> str:
    """The picture; there is at least one point."""
    plate = _plate([(one.lat, one.lon) for one in points] + [end for way in ways for end in (way.start, way.end)], width)
    parts = [_land(plate), *_grid(plate), *(_way(plate, way) for way in ways)]
    parts += [_point(plate, one) for one in sorted(points, key=lambda one: (-RADII[one.precision], one.name))]
    told = (
        f"{len(points)} places and {len(ways)} flows over land and a grid of latitude and longitude. The smaller the circle, the "
        "more exactly the place is known: site, city, region, country. The same is said in words in the tables."
    )
    return frame("map", plate.width, plate.height, title, told, parts, mark)


def _plate(places: Sequence[tuple[float, float]], width: int) -> _Plate:
    lats, lons = sorted(lat for lat, _ in places), sorted(lon for _, lon in places)
    high = min(max(lats[-1] - lats[0], _LEAST) * 1.3, 180.0)
    wide = min(max(lons[-1] - lons[0], high * 1.5, _LEAST * 1.6) * 1.2, 360.0)
    high = min(max(high, wide * 0.4), 180.0)
    south = max(-90.0, min(90.0 - high, (lats[0] + lats[-1]) / 2 - high / 2))
    west = max(-180.0, min(180.0 - wide, (lons[0] + lons[-1]) / 2 - wide / 2))
    return _Plate(south, west, width / wide, width, high * width / wide)


@cache
def _outlines() -> str:
    with open(os.path.join(os.path.dirname(__file__), "land.txt"), encoding="ascii") as file:
        return file.read().replace("\n", "")


def _land(plate: _Plate) -> str:
    """The land of the plate: a picture in the picture, whose units are tenths of degrees and which ends at the edges."""
    high, wide = plate.height / plate.scale, plate.width / plate.scale
    box = " ".join(f"{value * 10:.1f}" for value in (plate.west, -plate.south - high, wide, high))
    path = element("path", d=_outlines(), class_="land")
    return element(
        "svg", path, class_="lands", x=0, y=0, width=plate.width, height=plate.height, viewBox=box, preserveAspectRatio="none",
    )


def _grid(plate: _Plate) -> Iterator[str]:
    high, wide = plate.height / plate.scale, plate.width / plate.scale
    step = next((step for step in _STEPS if wide / step <= max(3, plate.width / 90)), 60)
    for lat in range(math.ceil(plate.south / step) * step, math.floor(plate.south + high) + 1, step):
        y = plate.at(lat, 0)[1]
        yield line(0, y, plate.width, y, "grid")
        if 14 < y < plate.height - 20:
            yield text(3, y - 3, _degrees(lat, "N", "S"), "tick")
    for lon in range(math.ceil(plate.west / step) * step, math.floor(plate.west + wide) + 1, step):
        x = plate.at(0, lon)[0]
        yield line(x, 0, x, plate.height, "grid")
        if 40 < x < plate.width - 30:
            yield text(x + 3, plate.height - 4, _degrees(lon, "E", "W"), "tick")
    yield element("rect", x=0.5, y=0.5, width=plate.width - 1, height=plate.height - 1, class_="edge")


def _degrees(value: int, positive: str, negative: str) -> str:
    return f"{abs(value)}°{positive if value > 0 else negative if value < 0 else ''}"


def _point(plate: _Plate, one: Point) -> str:
    x, y = plate.at(one.lat, one.lon)
    radius = RADII[one.precision]
    count = f"{one.meetings} meeting{'' if one.meetings == 1 else 's'}" if one.meetings else ""
    parts = [element("circle", cx=x, cy=y, r=radius, class_=f"place {one.precision}")]
    if radius > RADII["site"]:
        parts.append(element("circle", cx=x, cy=y, r=2, class_="middle"))
    parts.append(_label(plate, cut(one.name, plate.width * 0.4, 13), x, y, radius, below=one.precision == "country"))
    return link(one.url, group("point", parts, ", ".join(part for part in (one.name, one.precision, count) if part)))


def _label(plate: _Plate, words: str, x: float, y: float, radius: float, *, below: bool) -> str:
    """The name beside a place; that of a country below it, so that it leaves room for the cities beside it."""
    half = width_of(words, 13) / 2
    if below:
        line_y = y + radius + 14 if y + radius + 18 < plate.height else y - radius - 6
        return text(min(max(x, half + 3), plate.width - half - 3), line_y, words, "label", "middle")
    before = x + radius + 5 + 2 * half > plate.width
    return text(x - radius - 5 if before else x + radius + 5, y + 4.5, words, "label", "end" if before else None)


def _way(plate: _Plate, way: Way) -> str:
    (x1, y1), (x2, y2) = plate.at(*way.start), plate.at(*way.end)
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    # Bent to its right, so that there and back are two lines, as are those that stand differently.
    bend = 0.18 + 0.09 * way.beside
    bend_x, bend_y = (x1 + x2) / 2 - (y2 - y1) * bend, (y1 + y2) / 2 + (x2 - x1) * bend
    along_x, along_y = (x2 - bend_x) / (length * 0.55), (y2 - bend_y) / (length * 0.55)
    size = math.hypot(along_x, along_y) or 1.0
    along_x, along_y = along_x / size, along_y / size
    tip_x, tip_y = x2 - along_x * 8, y2 - along_y * 8
    back_x, back_y = tip_x - along_x * 10, tip_y - along_y * 10
    path = f"M{x1:.1f} {y1:.1f} Q{bend_x:.1f} {bend_y:.1f} {back_x:.1f} {back_y:.1f}"
    head = (
        f"M{tip_x:.1f} {tip_y:.1f} L{back_x - along_y * 5:.1f} {back_y + along_x * 5:.1f} "
        f"L{back_x + along_y * 5:.1f} {back_y - along_x * 5:.1f} Z"
    )
    parts = [
        element("path", d=path, class_="catch"),
        element("path", d=path, class_="stroke", stroke_width=min(2 + way.transfers * 0.5, 6)),
        element("path", d=head, class_="head"),
    ]
    return link(way.url, group(f"flow {way.standing}", parts, way.told))
