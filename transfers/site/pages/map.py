"""The map: places of meetings with how exactly each is known, and flows between countries that the registry has a place for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from transfers.queries.pages import Page, find_dicts
from transfers.queries.rows import find_pairs
from transfers.site.answering import as_plain
from transfers.site.pages.drawn import in_both_widths
from transfers.site.pages.network import find_network
from transfers.site.pages.transfer import as_title
from transfers.site.pictures.map import Point, Way, draw_map

if TYPE_CHECKING:
    from transfers.db import Connection
    from transfers.site.answering import Asked, Site

_MOST: Final = 200  # places
_LISTED: Final = 5  # meetings that are named at one place


def read(connection: Connection, asked: Asked) -> dict[str, Any]:
    """What the page shows."""
    places = find_dicts(
        connection,
        """SELECT p.id, p.name, p.country_code AS country, p.precision, p.lat, p.lon, p.source, p.note,
        (SELECT count(*) FROM meetings m WHERE m.place_id = p.id) AS meetings FROM places p
        ORDER BY p.lat IS NULL, p.name, p.id LIMIT :most""", {"most": _MOST + 1},
    )
    shown = places[:_MOST]
    for place in shown:
        place["listed"] = find_dicts(
            connection, "SELECT m.id, m.title FROM meetings m WHERE m.place_id = :id ORDER BY m.id LIMIT :most",
            {"id": place["id"], "most": _LISTED},
        )
    points = [_as_point(place) for place in shown if place["lat"] is not None]
    ways, without = _find_ways(connection, asked.site, shown)
    title = "Where they met, and which way things went"
    return {
        "title": title, "places": shown, "more": len(places) > _MOST, "points": points, "ways": ways, "without": without,
        "nowhere": connection.rows("SELECT count(*) FROM meetings WHERE place_id IS NULL")[0][0],
        **(in_both_widths(draw_map, points, ways, title) if points else {}),
    }


def _as_point(place: Page) -> Point:
    return Point(place["name"], f"#{place['id']}", place["precision"], place["lat"], place["lon"], place["meetings"])


def _find_ways(connection: Connection, site: Site, places: list[Page]) -> tuple[list[Way], int]:
    """The transfers that most is said about as flows between countries; how many of these have no place on the map.

    A country is where the registry has a place of the precision ``country`` with coordinates. A city does not stand for it.
    """
    countries = {
        place["country"]: (place["lat"], place["lon"]) for place in reversed(places)
        if place["precision"] == "country" and place["country"] and place["lat"] is not None
    }
    transfers, _ = find_network(connection)
    ids = sorted({one[side] for one in transfers for side in ("supplier", "recipient")})
    codes: dict[str, str | None] = dict(find_pairs(connection, "a.id, a.country_code FROM actors a", "a.id", ids))
    ways = []
    for one in transfers:
        start, end = (countries.get(codes[one[side]] or "") for side in ("supplier", "recipient"))
        if start and end and start != end:
            told = f"{as_title(one)}: {as_plain(one['standing'])}"
            ways.append(Way(start, end, one["standing"], told, site.page("transfer", one["id"])))
    return ways, len(transfers) - len(ways)
