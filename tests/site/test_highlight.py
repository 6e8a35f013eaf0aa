"""A text with spans that overlap in every way: nothing of it is lost, and every span is marked."""

from __future__ import annotations

import html
import random
import re
import time

from hypothesis import given
from hypothesis import strategies as st

from tests.site.markup import Markup
from transfers.site.highlight import KINDS, Span, as_html

_TEXTS = st.text(st.sampled_from("ab <>&\"'\n\u0645\u0644é\u0301🛩"), max_size=40)


@st.composite
def _marked(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(_TEXTS)
    places = st.integers(0, len(text))
    spans = []
    for number in range(draw(st.integers(0, 8))):
        start, end = sorted((draw(places), draw(places)))
        spans.append(Span(start, end, draw(st.sampled_from(KINDS)), f"k{draw(st.integers(0, 4))}{number % 2}", draw(st.booleans())))
    return text, spans


def _shown(markup: str) -> str:
    return html.unescape(re.sub(r"<a class=\"ref.*?</a>|<[^>]*>", "", markup, flags=re.DOTALL))


@given(_marked())
def test_the_words_stay_as_they_are(marked: tuple[str, list[Span]]) -> None:
    text, spans = marked
    page = as_html(text, spans)
    assert _shown(page) == text
    assert Markup(page).errors == []


@given(_marked())
def test_every_place_is_marked_with_the_kinds_that_stand_on_it(marked: tuple[str, list[Span]]) -> None:
    text, spans = marked
    found: dict[int, set[str]] = {}
    for mark in Markup(as_html(text, spans)).named("mark"):
        start, end = map(int, mark.attributes["data-at"].split())
        for place in range(start, end):
            found[place] = {name for name in mark.attributes["class"].split() if not name.startswith("many-")}
    for place, character in enumerate(text):
        wanted = {span.kind for span in spans if span.start <= place < span.end}
        assert found.get(place, set()) == (set() if character == "\n" else wanted)


@given(_marked())
def test_each_numbered_thing_has_one_place_and_a_number(marked: tuple[str, list[Span]]) -> None:
    text, spans = marked
    page = Markup(as_html(text, spans))
    assert len(page.ids()) == len(set(page.ids()))
    numbered = {span.key for span in spans if span.numbered and span.start < span.end}
    assert set(page.ids()) == {f"t-{key}" for key in numbered}
    assert {one.attributes["href"] for one in page.named("a")} == {f"#{key}" for key in numbered}


def test_a_click_leads_to_the_shortest_span() -> None:
    marks = Markup(as_html("a long sentence", [Span(0, 15, "claim", "c01"), Span(2, 6, "role", "r01")])).named("mark")
    assert [one.attributes["data-of"] for one in marks] == ["c01", "r01", "c01"]


def test_two_claims_on_the_same_words_are_more_than_one_claim_with_two_fields() -> None:
    once = Markup(as_html("words", [Span(0, 5, "claim", "c01"), Span(0, 5, "claim", "c01")])).named("mark")
    twice = Markup(as_html("words", [Span(0, 5, "claim", "c01"), Span(0, 5, "claim", "c02")])).named("mark")
    assert [one.attributes["class"] for one in once + twice] == ["claim", "claim many-claim"]


def test_spans_outside_the_text_mark_nothing() -> None:
    assert as_html("text", [Span(2, 9, "claim", "c01"), Span(-1, 2, "claim", "c02"), Span(2, 2, "claim", "c03")]) == "<p>text</p>"


def test_two_thousand_spans_over_a_long_text_take_less_than_a_second() -> None:
    chance = random.Random(1)
    text = "word and <more> " * 6_250
    spans = []
    for number in range(2_000):
        start = chance.randrange(len(text) - 2_000)
        spans.append(Span(start, start + chance.randrange(1, 2_000), KINDS[number % 5], f"c{number}", True))
    spans += [Span(0, len(text), "claim", f"all{number}") for number in range(200)]
    began = time.perf_counter()
    page = as_html(text, spans)
    assert time.perf_counter() - began < 1
    assert _shown(page) == text
