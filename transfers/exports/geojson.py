"""GeoJSON: meetings as points where the place has coordinates, transfers as lines where both countries have.

Source: RFC 7946. Positions are longitude, latitude (WGS 84); a line that crosses the 180th meridian is cut there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from transfers.exports.objects import Object, as_compact_json, as_title, grouped, read_objects

if TYPE_CHECKING:
    from transfers.db import Connection
    from transfers.exports.about import About

Position = tuple[float, float]

_MEETING: Final = (
    "id", "kind", "title", "place", "place_name", "country", "date_text", "date_edtf", "date_earliest", "date_latest", "said_by",
    "claims", "denials", "articles",
)
_PLACES: Final = "SELECT id, name, country_code, precision, lat, lon, source, note FROM places WHERE lat IS NOT NULL"


def as_geojson(connection: Connection, about: About) -> Iterator[str]:
    """A FeatureCollection, one feature to a line; what has no coordinates is counted under ``transfers``, a foreign member."""
    places = read_objects(connection, _PLACES)
    meetings, nowhere = _meetings(connection, {place["id"]: place for place in places})
    flows, without_ends = _flows(connection, places)
    told = {**about.as_dict("geojson"), "meetings_without_coordinates": nowhere, "transfers_without_coordinates": without_ends}
    yield '{"type":"FeatureCollection","transfers":' + as_compact_json(told) + ',\n"features":['
    for number, feature in enumerate([*meetings, *flows]):
        yield (",\n" if number else "\n") + as_compact_json(feature)
    yield "]}\n"


def _meetings(connection: Connection, places: dict[str, Object]) -> tuple[list[Object], int]:
    rows = grouped(read_objects(connection, "SELECT * FROM v_meetings"), "id")
    features = []
    for id_, participants in rows.items():
        place = places.get(participants[0]["place"] or "")
        if place:
            told = {name: participants[0][name] for name in _MEETING}
            told["participants"] = [
                {name: one[name] for name in ("actor", "name", "role", "described_as")} for one in participants if one["actor"]
            ]
            told |= {"precision": place["precision"], "coordinates_from": place["source"], "place_note": place["note"]}
            features.append(_feature(f"meeting:{id_}", {"type": "Point", "coordinates": [place["lon"], place["lat"]]}, told))
    return features, len(rows) - len(features)


def _flows(connection: Connection, places: list[Object]) -> tuple[list[Object], int]:
    # A country is where the registry has a place of the precision `country`. A city does not stand for it.
    countries: dict[str, Object] = {}
    for place in places:
        if place["precision"] == "country" and place["country_code"]:
            countries.setdefault(place["country_code"], place)
    codes = {one["id"]: one["country_code"] for one in read_objects(connection, "SELECT id, country_code FROM actors")}
    transfers = read_objects(connection, "SELECT * FROM v_transfers")
    features = []
    for transfer in transfers:
        ends = [countries.get(codes[transfer[side]] or "") for side in ("supplier", "recipient")]
        first, last = ends
        if first and last and first["id"] != last["id"]:
            line = _line((first["lon"], first["lat"]), (last["lon"], last["lat"]))
            told = {"title": as_title(transfer), **transfer, "precision": "country", "from": first["id"], "to": last["id"]}
            features.append(_feature(f"transfer:{transfer['id']}", line, told))
    return features, len(transfers) - len(features)


def _line(start: Position, end: Position) -> Object:
    if abs(start[0] - end[0]) <= 180:
        return {"type": "LineString", "coordinates": [list(start), list(end)]}
    # The short way is over the 180th meridian: in two pieces, each on its own side of it (RFC 7946, 3.1.9).
    edge = 180.0 if start[0] > 0 else -180.0
    there, back = abs(edge - start[0]), abs(edge + end[0])
    if there + back == 0:
        return {"type": "LineString", "coordinates": [[edge, start[1]], [edge, end[1]]]}
    middle = round(start[1] + (end[1] - start[1]) * there / (there + back), 6)
    return {"type": "MultiLineString", "coordinates": [[list(start), [edge, middle]], [[-edge, middle], list(end)]]}


def _feature(id_: str, geometry: Object, told: Object) -> Object:
    return {"type": "Feature", "id": id_, "geometry": geometry, "properties": told}
