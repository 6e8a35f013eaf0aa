"""The map: places of meetings with how exactly each is known, and flows between the countries of suppliers and recipients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from transfers.queries.pages import Page, find_dicts
from transfers.queries.rows import find_pairs
from transfers.site.answering import as_plain
from transfers.site.pages.drawn import in_both_widths
from transfers.site.pages.network import as_groups, find_network
from transfers.site.pictures.map import Point, Way, draw_map
from transfers.vocabulary.words import STANDINGS

if TYPE_CHECKING:
    from transfers.db import Connection
    from transfers.site.answering import Asked, Site

_MOST: Final = 200  # places
_LISTED: Final = 5  # meetings that are named at one place

_PLACES: Final = """
SELECT p.id, p.name, p.country_code AS country, p.precision, p.lat, p.lon, p.source, p.note, n.meetings
FROM (SELECT place_id, count(*) AS meetings FROM meetings WHERE place_id IS NOT NULL GROUP BY place_id) n
JOIN places p ON p.id = n.place_id ORDER BY p.lat IS NULL, p.name, p.id LIMIT :most"""


def read(connection: Connection, asked: Asked) -> dict[str, Any]:
    """What the page shows."""
    places = find_dicts(connection, _PLACES, {"most": _MOST + 1})
    shown = places[:_MOST]
    for place in shown:
        place["listed"] = find_dicts(
            connection, "SELECT m.id, m.title FROM meetings m WHERE m.place_id = :id ORDER BY m.id LIMIT :most",
            {"id": place["id"], "most": _LISTED},
        )
    transfers, more_transfers = find_network(connection)
    pairs = as_groups(transfers)
    ends = _find_ends(connection, sorted({one[side] for one in transfers for side in ("supplier", "recipient")}))
    ways = _as_ways(pairs, ends, asked.site)
    points = [_as_point(place) for place in shown if place["lat"] is not None]
    points += _as_country_points(pairs, ends, {place["id"] for place in shown})
    title = "Where they met, and which way things went"
    return {
        "title": title, "places": shown, "more": len(places) > _MOST, "points": points, "ways": ways,
        "pairs": [(pair, _as_course(pair, ends)) for pair in pairs], "more_transfers": more_transfers, "number": len(transfers),
        "nowhere": connection.rows("SELECT count(*) FROM meetings WHERE place_id IS NULL")[0][0],
        **(in_both_widths(draw_map, points, ways, title) if points else {}),
    }


def _as_point(place: Page) -> Point:
    return Point(place["name"], f"#{place['id']}", place["precision"], place["lat"], place["lon"], place["meetings"])


def _find_ends(connection: Connection, actors: list[str]) -> dict[str, Page]:
    """Where each actor stands on the map: its country code, and the place of that country when the registry has coordinates.

    A country is where the registry has a place of the precision ``country`` with coordinates. A city does not stand for it.
    """
    codes: dict[str, str | None] = dict(find_pairs(connection, "a.id, a.country_code FROM actors a", "a.id", actors))
    countries: dict[str, Page] = {}
    for code, id_, name, precision, lat, lon in find_pairs(
        connection, "p.country_code, p.id, p.name, p.precision, p.lat, p.lon FROM places p", "p.country_code",
        sorted(set(filter(None, codes.values()))),
    ):
        if precision == "country" and lat is not None and id_ <= countries.get(code, {"id": id_})["id"]:
            countries[code] = {"id": id_, "name": name, "at": (lat, lon)}
    return {actor: {"code": code, "place": countries.get(code or "")} for actor, code in codes.items()}


def _course(pair: list[Page], ends: dict[str, Page]) -> tuple[Page, Page] | None:
    """The countries between which a pair is drawn; None where one end has no place, or both have the same."""
    start, end = ends[pair[0]["supplier"]]["place"], ends[pair[0]["recipient"]]["place"]
    return (start, end) if start and end and start["id"] != end["id"] else None


def _as_course(pair: list[Page], ends: dict[str, Page]) -> str:
    """The same in words."""
    found = _course(pair, ends)
    if found:
        return f"{found[0]['name']} → {found[1]['name']}"
    missing = [
        f"{pair[0][f'{side}_name']}: " + (f"no coordinates of {ends[id_]['code']}" if ends[id_]["code"] else "no country")
        for side in ("supplier", "recipient") if not ends[id_ := pair[0][side]]["place"]
    ]
    return "not drawn; " + ("; ".join(missing) or "both are in one country")


def _as_ways(pairs: list[list[Page]], ends: dict[str, Page], site: Site) -> list[Way]:
    """A line for each pair of countries and each standing."""
    flows: dict[tuple[str, str], list[Page]] = {}
    courses: dict[tuple[str, str], tuple[Page, Page]] = {}
    for pair in pairs:
        if found := _course(pair, ends):
            key = found[0]["id"], found[1]["id"]
            courses[key] = found
            flows.setdefault(key, []).extend(pair)
    ways = []
    for key, transfers in flows.items():
        start, end = courses[key]
        standings = sorted({one["standing"] for one in transfers}, key=STANDINGS.index)
        for beside, standing in enumerate(standings):
            group = [one for one in transfers if one["standing"] == standing]
            one = group[0]
            count = f"{len(group)} transfer{'' if len(group) == 1 else 's'}, {as_plain(standing)}"
            url = site.page("transfer", one["id"]) if len(group) == 1 else f"#{one['supplier']}--{one['recipient']}"
            told = f"{start['name']} to {end['name']}: {count}"
            ways.append(Way(start["at"], end["at"], standing, len(group), told, url, beside))
    return ways


def _as_country_points(pairs: list[list[Page]], ends: dict[str, Page], known: set[str]) -> list[Point]:
    """The countries at the ends of flows, but those that are on the map as places of meetings."""
    points: dict[str, Point] = {}
    for pair in pairs:
        for place in _course(pair, ends) or ():
            if place["id"] not in known:
                lat, lon = place["at"]
                points.setdefault(place["id"], Point(place["name"], "#flows-title", "country", lat, lon, 0))
    return [points[id_] for id_ in sorted(points)]
