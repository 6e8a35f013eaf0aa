"""Pictures are pure: the same values give the same text, the text is XML, and it says what the values say."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transfers.site.pictures.claims import Claim, draw_claims
from transfers.site.pictures.drawing import as_file, as_safe, cut, width_of
from transfers.site.pictures.map import Point, Way, draw_map
from transfers.site.pictures.network import Flow, draw_network
from transfers.site.pictures.scales import Scale, day_scale, number_scale
from transfers.site.pictures.timeline import Entry, draw_timeline

SVG = "{http://www.w3.org/2000/svg}"
days = st.dates(date(1900, 1, 1), date(2099, 12, 31)).map(date.isoformat)
numbers = st.integers(0, 2**62)
words = st.text(max_size=60)


def claim(**given_: object) -> Claim:
    values = {
        "label": "Iran", "note": "asserted", "told": "Iran says so", "url": "/x#c01", "stance": "asserted", "gone": False,
        "unit": "item", "amount": "5", "low": 5, "high": 5, "when": "2023", "first": "2023-01-01", "last": "2023-12-31",
        "published": "2023-12-31",
    }
    return Claim(**{**values, **given_})  # type: ignore[arg-type]


def parsed(picture: str) -> ET.Element:
    """The picture as a browser reads it; it has a title and a description that its attributes point to."""
    root = ET.fromstring(picture)
    title, told = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert told is not None
    assert root.get("aria-labelledby") == title.get("id")
    assert root.get("aria-describedby") == told.get("id")
    names = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert names <= {"svg", "title", "desc", "g", "a", "rect", "line", "path", "circle", "text"}
    for element in root.iter():
        assert not [name for name in element.attrib if name.startswith("on") or name == "style"]
    return root


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    low, high = sorted((draw(numbers), draw(numbers)))
    first, last = sorted((draw(days), draw(days)))
    unit = draw(st.sampled_from(["", "item", "batch"]))
    return claim(
        label=draw(words), note=draw(words), told=draw(words), url=draw(st.sampled_from(["", "/a?b=1&c=2#c01"])), unit=unit,
        stance=draw(st.sampled_from(["asserted", "alleged", "denied"])), gone=draw(st.booleans()),
        low=draw(st.sampled_from([None, low])), high=draw(st.sampled_from([None, high])), first=draw(st.sampled_from([None, first])),
        last=draw(st.sampled_from([None, last])), published=draw(st.none() | days), amount=draw(words), when=draw(words),
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(claims(), max_size=8), words, st.sampled_from([340, 1000]))
def test_any_claims_are_drawn_inside_the_picture(rows: list[Claim], title: str, width: int) -> None:
    picture = draw_claims(rows, title, width)
    assert picture == draw_claims(rows, title, width)
    root = parsed(picture)
    height = float(root.get("height") or 0)
    assert len([one for one in root.iter(f"{SVG}g") if (one.get("class") or "").startswith("claim ")]) == len(rows)
    for path in root.iter(f"{SVG}path"):
        points = [float(number) for number in re.findall(r"-?[0-9.]+", path.get("d") or "")]
        assert all(-7 <= x <= width + 7 for x in points[::2])
        assert all(0 <= y <= height for y in points[1::2])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.builds(
    lambda kind, title, when, pair, ends: Entry(kind, title, when, "", min(pair) if ends & 1 else None, max(pair) if ends & 2 else None),
    st.sampled_from(["transfer", "meeting", "statement"]), words, words, st.tuples(days, days), st.integers(0, 3)), max_size=8))
def test_any_entries_are_drawn(rows: list[Entry]) -> None:
    root = parsed(draw_timeline(rows, "Time"))
    bars = list(root.iter(f"{SVG}path"))
    assert len(bars) == sum(1 for one in rows if one.first or one.last)
    assert sum("open-left" in (one.get("class") or "") for one in bars) == sum(1 for one in rows if one.last and not one.first)
    assert sum("open-right" in (one.get("class") or "") for one in bars) == sum(1 for one in rows if one.first and not one.last)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), st.integers(1, 99), max_size=20), words)
def test_any_network_has_each_line_once_and_does_not_depend_on_the_order(pairs: dict[tuple[str, str], int], name: str) -> None:
    flows = [Flow(a, a + name, b, b + name, "reported", n) for (a, b), n in pairs.items()]
    picture = draw_network(flows, "Who")
    assert picture == draw_network(flows[::-1], "Who")
    root = parsed(picture)
    assert sum((one.get("class") or "").startswith("flow") for one in root.iter(f"{SVG}g")) == len(flows)
    nodes = list(root.iter(f"{SVG}rect"))
    assert len(nodes) == len({a for a, _ in pairs}) + len({b for _, b in pairs})


@settings(max_examples=60, deadline=None)
@given(st.lists(st.builds(Point, words, st.just("#x"), st.sampled_from(["site", "city", "region", "country"]), st.floats(-90, 90),
                          st.floats(-180, 180), st.integers(0, 9)), min_size=1, max_size=6))
def test_any_places_are_inside_the_map(points: list[Point]) -> None:
    ways = [Way((points[0].lat, points[0].lon), (one.lat, one.lon), "alleged", 1, one.name, "/x") for one in points[1:]]
    root = parsed(draw_map(points, ways, "Map"))
    width, height = float(root.get("width") or 0), float(root.get("height") or 0)
    for one in root.iter(f"{SVG}circle"):
        assert -0.1 <= float(one.get("cx") or 0) <= width + 0.1
        assert -0.1 <= float(one.get("cy") or 0) <= height + 0.1


@settings(deadline=None)
@given(st.lists(numbers, max_size=6), st.integers(120, 900))
def test_an_axis_of_numbers_begins_at_nothing_and_keeps_order(values: list[int], width: int) -> None:
    scale = number_scale(values, 0, width)
    assert scale.low == 0
    _keeps_order(scale, values)


@settings(deadline=None)
@given(st.lists(days, min_size=1, max_size=6), st.integers(120, 900))
def test_an_axis_of_days_holds_all_days_and_keeps_order(values: list[str], width: int) -> None:
    scale = day_scale(values, 0, width)
    assert scale is not None
    _keeps_order(scale, [date.fromisoformat(one).toordinal() for one in values])


def _keeps_order(scale: Scale, values: list[int]) -> None:
    places = [scale.at(value) for value in sorted(values)]
    assert places == sorted(places)
    assert all(scale.left < place < scale.right for place in places)
    assert scale.marks
    for (before, _), (after, label) in pairwise(scale.marks):
        assert scale.at(after) - scale.at(before) > width_of(label, 11)


def test_open_ends_reach_the_end_of_the_axis_and_closed_ones_do_not() -> None:
    scale = number_scale([200, 999], 0, 400)
    assert scale.span(200, None) == (scale.at(200), 400)
    assert scale.span(None, 999) == (0, scale.at(999))
    assert scale.span(200, 999)[1] < 400


def test_small_and_large_numbers_stand_on_a_logarithmic_axis_that_says_so() -> None:
    picture = draw_claims([claim(low=2, high=2), claim(low=2000, high=2000)], "x")
    assert "Number of items (logarithmic)" in picture
    assert "(logarithmic)" not in draw_claims([claim(low=200, high=200), claim(low=2000, high=2000)], "x")


def test_stances_differ_without_colours() -> None:
    denied = draw_claims([claim(stance="denied")], "x")
    assert 'class="strike"' in denied
    assert 'class="strike"' not in draw_claims([claim(stance="alleged")], "x")
    assert 'class="claim asserted gone"' in draw_claims([claim(gone=True)], "x")


@pytest.mark.parametrize("text", ["<b>&\"'", "a\x00b\x1b[31m", "\ud800", "\u202e", "\ufffe"])
def test_a_text_is_safe_in_xml(text: str) -> None:
    assert ET.fromstring(f'<a b="{as_safe(text)}">{as_safe(text)}</a>') is not None


@given(words, st.integers(0, 300))
def test_a_text_is_cut_to_its_room(text: str, room: int) -> None:
    short = cut(text, room, 13)
    assert short in ("", "…") or width_of(short, 13) <= room


def test_a_picture_with_links_is_no_image_to_a_screen_reader() -> None:
    assert parsed(draw_claims([claim()], "x")).get("role") == "group"
    assert parsed(draw_claims([claim(url="")], "x")).get("role") == "img"


def test_a_file_stands_alone() -> None:
    text = as_file(draw_timeline([Entry("meeting", "A < B", "2023", "", "2023-01-01", "2023-12-31")], "Time"), "Time")
    root = ET.fromstring(text.encode())
    assert "--ink" in (root.findtext(f"{SVG}style") or "")
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "meeting: A &lt; B" in text
