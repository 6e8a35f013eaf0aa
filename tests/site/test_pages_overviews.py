"""The timeline, the network and the map: filters work without a script, and what is drawn is also said in words."""

from __future__ import annotations

import re

import pytest

from tests.site.conftest import Site, rows
from tests.site.markup import Markup
from transfers.site.pictures.map import Point, Way, draw_map

HOME = "/-/transfers"


def drawn(text: str, kind: str) -> list[str]:
    """What the groups of a class in the wide picture say."""
    picture = text[text.index('class="for-wide"'):text.index('class="for-narrow"')]
    return [piece.partition("</title>")[0] for piece in picture.split(f'<g class="{kind}')[1:]
            for piece in [piece.partition("<title>")[2]]]


def test_the_timeline_draws_what_has_a_date_and_lists_all(hard_site: Site) -> None:
    text = hard_site.get(f"{HOME}/timeline").text
    entries = drawn(text, "entry ")
    assert len(entries) == 9
    assert any(one.startswith("transfer: Iran → Russia: Drone (supply) (up to 2022-02-23)") for one in entries)
    table = text[text.index("<tbody>"):]
    assert table.count('<tr><td class="day">') > len(entries)
    assert "no date" in table


def test_an_uncertain_date_is_a_span_and_an_open_one_has_a_point(hard_site: Site) -> None:
    text = hard_site.get(f"{HOME}/timeline", params={"system": "drone", "kind": "transfer"}).text
    assert 'class="bar open-left"' in text
    assert 'class="bar open-right"' in text


@pytest.mark.parametrize(("asked", "there", "gone"), [
    ({"kind": "meeting"}, "Press conference of Tostrand", "Estmark → Norland"),
    ({"actor": "Tostrand"}, "Press conference of Tostrand", "Estmark → Norland"),
    ({"system": "Falcon 136"}, "Norland → Westria: Falcon-136", "Estmark → Norland"),
    ({"since": "2023", "until": "2023"}, "Press conference of Tostrand", "Estmark → Norland"),
    ({"until": "2021"}, "Estmark → Norland", "Press conference of Tostrand"),
])
def test_the_timeline_is_filtered(hard_site: Site, asked: dict[str, str], there: str, gone: str) -> None:
    if asked.get("actor"):
        asked = {"actor": "ilmar-tostrand"}
    text = hard_site.get(f"{HOME}/timeline", params=asked).text
    assert there in text
    assert gone not in text


@pytest.mark.parametrize("page", ["timeline", "network"])
@pytest.mark.parametrize("asked", [
    {"since": "yesterday"}, {"actor": "<script>alert(1)</script>"}, {"system": "no such thing"}, {"until": "2023-13"},
])
def test_a_filter_that_cannot_be_followed_is_said_and_the_form_stays(hard_site: Site, page: str, asked: dict[str, str]) -> None:
    reply = hard_site.get(f"{HOME}/{page}", params=asked)
    assert reply.status_code == 400
    found = Markup(reply.text)
    assert found.errors == []
    name, value = next(iter(asked.items()))
    assert [one.attributes["value"] for one in found.named("input") if one.attributes["name"] == name] == [value]
    assert [one for one in found.elements if one.attributes.get("class") == "message"]
    assert "alert(1)" not in "".join(one.text for one in found.named("script"))


def test_a_word_outside_its_list_asks_for_all(hard_site: Site) -> None:
    for page, name, kind in (("timeline", "kind", "entry "), ("network", "standing", "flow ")):
        everything = drawn(hard_site.get(f"{HOME}/{page}").text, kind)
        assert drawn(hard_site.get(f"{HOME}/{page}", params={name: "<b>"}).text, kind) == everything


def test_the_network_has_a_line_for_each_pair_and_standing_that_leads_to_its_claims(hard_site: Site, hard_copy: str) -> None:
    text = hard_site.get(f"{HOME}/network").text
    pairs = rows(hard_copy, "SELECT supplier, recipient, count(*), min(id) FROM v_transfers GROUP BY supplier, recipient, standing")
    assert len(drawn(text, "flow ")) == len(pairs)
    for supplier, recipient, count, transfer in pairs:
        place = f"{HOME}/transfer/{transfer}#claims-title" if count == 1 else f"#{supplier}--{recipient}"
        assert f'<a href="{place}"><g class="flow ' in text
        assert f'<tr id="{supplier}--{recipient}">' in text
    for transfer, in rows(hard_copy, "SELECT id FROM transfers"):
        assert f'<a href="{HOME}/transfer/{transfer}">' in text


@pytest.mark.parametrize(("asked", "lines"), [
    ({"standing": "contested"}, ["Iran to Russia: 1 transfer, contested"]),
    ({"standing": "withdrawn"}, ["Norland to Sudmark: 2 transfers, withdrawn"]),
    ({"system": "Falcon 136"}, ["Norland to Westria: 1 transfer, alleged", "Norland to Westria: 1 transfer, denied only", "Norland to Westria: 2 transfers, reported"]),
    ({"actor": "belarus"}, ["Belarus to Russia: 1 transfer, reported", "Belarus to Syria: 1 transfer, details disputed", "Belarus to Syria: 1 transfer, reported"]),
    ({"until": "2021", "system": "drone"}, None),
])
def test_the_network_is_filtered(hard_site: Site, asked: dict[str, str], lines: list[str] | None) -> None:
    text = hard_site.get(f"{HOME}/network", params=asked).text
    if lines is None:
        assert "Estmark to Norland: 1 transfer, reported" in drawn(text, "flow ")
        assert not any("Westria" in one for one in drawn(text, "flow "))
    else:
        assert sorted(drawn(text, "flow ")) == lines


def test_nothing_fits_is_said(hard_site: Site) -> None:
    assert "No transfer fits." in hard_site.get(f"{HOME}/network", params={"since": "2090", "system": "rifle"}).text


def test_the_map_shows_how_exactly_a_place_is_known_and_says_what_it_cannot_show(site: Site, hard_site: Site) -> None:
    real = site.get(f"{HOME}/map").text
    assert 'class="place city"' in real
    assert "<title>Tehran, city, 1 meeting</title>" in real
    assert "<title>Russia, country</title>" in real
    assert 'class="land"' in real
    assert "not drawn; Iran-backed militias (members not named): no country" in real
    hard = hard_site.get(f"{HOME}/map").text
    assert 'class="place site"' in hard
    assert "<title>Harbour Yard, site, 1 meeting</title>" in hard
    assert drawn(hard, "flow ") == []
    assert "not drawn; Iran: no coordinates of IR; Russia: no coordinates of RU" in hard


def test_flows_go_from_country_to_country_and_lead_to_their_transfers(site: Site) -> None:
    text = site.get(f"{HOME}/map").text
    assert sorted(drawn(text, "flow ")) == ["Iran to Russia: 3 transfers, reported", "Iran to Yemen: 1 transfer, reported"]
    found = Markup(text)
    assert found.errors == []
    for place in (f"{HOME}/transfer/iran-houthis-qasef-supply", "#iran--russia"):
        assert f'<a href="{place}"><g class="flow reported">' in text
    assert '<tr id="iran--russia">' in text
    assert "Iran → Yemen" in text


def test_countries_without_a_part_in_anything_are_not_on_the_map(site: Site, real_copy: str) -> None:
    assert rows(real_copy, "SELECT count(*) FROM places WHERE precision = 'country'")[0][0] > 190
    assert len(drawn(site.get(f"{HOME}/map").text, "point")) == 4  # Tehran, Iran, Russia, Yemen


def test_flows_that_stand_differently_or_go_back_are_lines_of_their_own() -> None:
    ways = [Way((0, 0), (10, 10), "reported", 1, "a", ""), Way((0, 0), (10, 10), "alleged", 1, "b", "", 1),
            Way((10, 10), (0, 0), "reported", 1, "c", "")]
    picture = draw_map([Point("A", "", "country", 0, 0, 0)], ways, "x")
    paths = re.findall(r'd="(M[^"]*)" class="stroke"', picture)
    assert len(set(paths)) == 3


@pytest.mark.parametrize("at", [(-89.0, -179.0), (89.0, 179.0), (0.0, 0.0)])
def test_names_at_the_edges_of_the_map_stay_on_it(at: tuple[float, float]) -> None:
    picture = draw_map([Point("A country with a long name", "", "country", *at, 0)], [], "x")
    width, height = (float(found) for found in re.findall(r' (?:width|height)="([0-9.]+)"', picture.partition(">")[0]))
    x, y = (float(found) for found in re.findall(r'<text x="([0-9.-]+)" y="([0-9.-]+)" class="label"', picture)[0])
    assert 0 < x < width
    assert 0 < y < height
