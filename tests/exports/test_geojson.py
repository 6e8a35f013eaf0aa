"""GeoJSON by the rules of RFC 7946."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.exports.conftest import Place
from transfers.db import Connection
from transfers.exports.geojson import _line


def countries(connection: Connection) -> None:
    """Places for the countries of some actors, on both sides of the 180th meridian."""
    connection.run("UPDATE actors SET country_code = 'FJ' WHERE id = 'iran'")
    connection.run("UPDATE actors SET country_code = 'WS' WHERE id = 'russia'")
    for id_, code, lat, lon in (("fiji-middle", "FJ", -17.8, 178.0), ("samoa-middle", "WS", -13.6, -172.4)):
        connection.run(
            "INSERT INTO places (id, name, country_code, precision, lat, lon) VALUES (:id, :id, :code, 'country', :lat, :lon)",
            {"id": id_, "code": code, "lat": lat, "lon": lon},
        )


@pytest.fixture
def located(made: Any) -> Place:
    found = made("located", countries)
    assert isinstance(found, Place)
    return found


def positions(geometry: dict[str, Any]) -> list[list[float]]:
    at = geometry["coordinates"]
    return [at] if geometry["type"] == "Point" else at if geometry["type"] == "LineString" else [one for line in at for one in line]


def require_geojson(value: dict[str, Any]) -> None:
    assert value["type"] == "FeatureCollection"
    assert not {"coordinates", "geometries", "geometry", "properties"} & set(value)  # RFC 7946, 7.1
    ids = [feature["id"] for feature in value["features"]]
    assert len(set(ids)) == len(ids)
    for feature in value["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature"
        geometry = feature["geometry"]
        assert set(geometry) == {"type", "coordinates"}
        assert geometry["type"] in ("Point", "LineString", "MultiLineString")
        lines = geometry["coordinates"] if geometry["type"] == "MultiLineString" else []
        assert all(len(line) >= 2 for line in lines)
        for lon, lat in positions(geometry):
            assert -180 <= lon <= 180
            assert -90 <= lat <= 90


def test_it_is_valid(place: Place) -> None:
    require_geojson(json.loads(place.text("geojson")))


def test_lines_are_valid_and_cut_at_the_meridian(located: Place) -> None:
    value = json.loads(located.text("geojson"))
    require_geojson(value)
    lines = [feature for feature in value["features"] if feature["geometry"]["type"] != "Point"]
    assert {line["geometry"]["type"] for line in lines} == {"MultiLineString"}
    assert {line["properties"]["precision"] for line in lines} == {"country"}
    pairs = located.rows("SELECT id FROM v_transfers WHERE supplier = 'iran' AND recipient = 'russia'")
    assert [line["id"] for line in lines] == sorted(f"transfer:{id_}" for (id_,) in pairs)
    first, second = lines[0]["geometry"]["coordinates"]
    assert (first[0], second[1]) == ([178.0, -17.8], [-172.4, -13.6])
    assert (first[1][0], second[0][0]) == (180.0, -180.0)
    assert first[1][1] == second[0][1]
    assert -17.8 < first[1][1] < -13.6


@pytest.mark.parametrize("start", [(179.0, 10.0), (-179.0, 10.0), (180.0, 0.0), (-180.0, 5.0), (0.0, 0.0)])
@pytest.mark.parametrize("end", [(-179.5, 0.0), (179.5, 0.0), (-180.0, 1.0), (180.0, 1.0), (10.0, 10.0)])
def test_no_line_goes_the_long_way_round(start: tuple[float, float], end: tuple[float, float]) -> None:
    geometry = _line(start, end)
    lines = geometry["coordinates"] if geometry["type"] == "MultiLineString" else [geometry["coordinates"]]
    assert all(abs(line[0][0] - line[-1][0]) <= 180 for line in lines)


def test_a_meeting_says_how_exact_its_place_is(hard: Place) -> None:
    value = json.loads(hard.text("geojson"))
    points = [feature for feature in value["features"] if feature["geometry"]["type"] == "Point"]
    known = dict(hard.rows(
        "SELECT m.id, p.precision FROM meetings m JOIN places p ON p.id = m.place_id WHERE p.lat IS NOT NULL",
    ))
    assert {point["id"].removeprefix("meeting:"): point["properties"]["precision"] for point in points} == known
    assert known
    assert points[0]["properties"]["participants"]
    meetings = hard.rows("SELECT count(*) FROM meetings")[0][0]
    assert value["transfers"]["meetings_without_coordinates"] == meetings - len(known)
