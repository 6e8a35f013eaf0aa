"""The fold: it forgives how characters are typed and never what they are, and finds the way back to the text's own offsets."""

import sys
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.vocabulary.properties import often
from transfers.evidence.fold import FoldedText, as_folded

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
SINGLE = "'\u2018\u2019\u201a\u201b\u02bc\u2032\uff07"
DOUBLE = "\"\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02"
SPACES = " \t\n\r\u00a0\u1680\u2000\u2003\u2007\u2009\u200a\u2028\u202f\u205f\u3000"
FORMATS = "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufeff\U000e0041"


@pytest.mark.parametrize("alike", [DASHES, SINGLE, DOUBLE])
def test_characters_of_one_kind_are_one(alike):
    assert len({as_folded(f"a{character}b") for character in alike}) == 1


def test_the_kinds_stay_apart():
    assert len({as_folded(f"a{character}b") for character in ("-", "'", '"', "_", "…", "`", "~", "·", "/", "‗", "›")}) == 11


def test_every_format_character_that_python_knows_is_dropped():
    formats = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) == "Cf"]
    assert len(formats) > 150
    assert [character for character in formats if as_folded(f"a{character}b") != "ab"] == []
    assert [character for character in formats if FoldedText(f"a{character}b").folded != "ab"] == []


def test_nothing_else_is_dropped_or_changed():
    for code in range(0x21, 0x30000):
        character = chr(code)
        if unicodedata.category(character) in ("Cf", "Cs", "Cn") or character.isspace() or character in DASHES + SINGLE + DOUBLE:
            continue
        character = unicodedata.normalize("NFC", character)
        assert as_folded(f"|{character}|") == unicodedata.normalize("NFC", f"|{character}|"), hex(code)


def test_every_white_space_is_a_space():
    for code in range(sys.maxunicode + 1):
        if chr(code).isspace():
            assert as_folded(f"a{chr(code)}b") == as_folded(f"a {chr(code)} b") == "a b", hex(code)
            assert FoldedText(f"a{chr(code)}b").folded == "a b", hex(code)


@pytest.mark.parametrize("typed", ["Т-72", "t-72", "T 72", "T72", "Ｔ-72", "T‐7２"])
def test_case_letters_and_digits_are_never_touched(typed):
    assert as_folded(typed) != as_folded("T-72")
    assert FoldedText("the T-72 tank").find_all(typed) == []


@pytest.mark.parametrize(("text", "typed", "exact"), [
    ("the Zoë drone", "Zoe\u0308", "Zoë"),
    ("an S\u2011400 battery", "S-400", "S\u2011400"),
    ("“We paid,” he said", '"We paid," he', "“We paid,” he"),
    ("Iran’s drones", "Iran's drones", "Iran’s drones"),
    ("Iran's drones", "Iran’s drones", "Iran's drones"),
    ("ten\u00a0million euros", "ten million", "ten\u00a0million"),
    ("the Sha\u00adhed drone", "Shahed", "Sha\u00adhed"),
    ("the Shahed drone", "Sha\u00adhed", "Shahed"),
    ("hundreds of\n  drones sent", "hundreds of drones", "hundreds of\n  drones"),
    ("hundreds of drones", "hundreds\r\nof\tdrones", "hundreds of drones"),
    ("zero\u200bwidth", "zerowidth", "zero\u200bwidth"),
    ("a \u200b b", "a b", "a \u200b b"),
    ("می‌خواهد", "میخواهد", "می‌خواهد"),
    ("the 👩‍🚀 corps", "👩🚀", "👩‍🚀"),
    ("flag 🇮🇷 here", "🇮🇷", "🇮🇷"),
    ("نقل \u200f«پهپاد»\u200f شد", "نقل \"پهپاد\" شد", "نقل \u200f«پهپاد»\u200f شد"),
    ("导弹交付 began", "导弹交付", "导弹交付"),
    ("x—y", "x-y", "x—y"),
    ("a", "  a  ", "a"),
    ("\ufeffa b", "a b", "a b"),
    ("a\u0323\u0307", "a\u0307\u0323", "a\u0323\u0307"),
])
def test_words_are_found_however_they_are_typed_and_the_own_characters_come_back(text, typed, exact):
    text = unicodedata.normalize("NFC", text)
    ((start, end),) = FoldedText(text).find_all(typed)
    assert text[start:end] == unicodedata.normalize("NFC", exact)


@pytest.mark.parametrize("typed", ["", " ", "\n\t", "\u00ad", "\u200b \ufeff"])
def test_what_has_no_characters_that_count_is_found_nowhere(typed):
    assert as_folded(typed) == ""
    assert FoldedText("a \u00ad b").find_all(typed) == []
    assert FoldedText("a \u00ad b").find_within(typed, 0, 5) is None


def test_places_may_overlap():
    assert FoldedText("aaaa").find_all("aa") == [(0, 2), (1, 3), (2, 4)]
    assert FoldedText("drones, drones, drones").find_all("drones, drones") == [(0, 14), (8, 22)]
    assert FoldedText("a\u00ada\u00ada").find_all("aa") == [(0, 3), (2, 5)]


def test_a_letter_that_stands_everywhere_is_not_looked_for_for_ever():
    assert len(FoldedText("a" * 100_000).find_all("a")) == 10_000
    assert len(FoldedText("a" * 100).find_all("a", most=7)) == 7


def test_words_stand_in_a_span_or_not():
    folded = FoldedText("ten\u00a0\u00a0million — “euros”")
    assert folded.find_within("ten million", 0, 12) == "ten\u00a0\u00a0million"
    assert folded.find_within('"euros"', 15, 22) == "“euros”"
    assert folded.find_within("ten million", 1, 12) is None
    assert folded.find_within("ten million", 0, 11) is None
    assert folded.find_within("euros", 0, 12) is None
    plain = FoldedText("ten million euros")
    assert plain.find_within("million", 4, 11) == "million"
    assert plain.find_within("million", 4, 10) is None
    assert plain.find_within("million", 5, 17) is None


# --- for any text and any part of it -----------------------------------------------------------------------------------
article_texts = st.lists(st.one_of(
    st.sampled_from([*list("abcdeTТéжпن中한😀.,1"), "drones ", "of ", "S-400", "Iran’s ", "“x”", "̣", "x́"]),
    st.sampled_from(DASHES + SINGLE + DOUBLE), st.sampled_from(SPACES.replace("\r", "")), st.sampled_from(FORMATS),
    st.characters(exclude_categories=["Cs", "Cc"]),
), min_size=1, max_size=40).map(lambda parts: unicodedata.normalize("NFC", "".join(parts)))


def counts(character):
    return not character.isspace() and unicodedata.category(character) != "Cf"


def retyped(part, data):
    """The part as somebody else might type it: other dashes, quotation marks, white space, format characters."""
    typed = []
    for character in part:
        kind = next((kind for kind in (DASHES, SINGLE, DOUBLE) if character in kind), character)
        if unicodedata.category(character) == "Cf":
            typed.append(data.draw(st.sampled_from(["", character, "\u00ad"])))
        elif character.isspace():
            typed.append(data.draw(st.text(SPACES, min_size=1, max_size=3)))
        else:
            typed.append(data.draw(st.sampled_from(kind)))
        if data.draw(st.integers(0, 5)) == 0:
            typed.append(data.draw(st.sampled_from(FORMATS)))
    return "".join(typed)


@given(article_texts, st.data())
@often
def test_any_part_of_any_text_is_found_however_it_is_typed(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    counting = [position for position in range(start, end) if counts(text[position])]
    assume(counting)
    typed = data.draw(st.sampled_from([text[start:end], unicodedata.normalize("NFD", text[start:end])]) | st.just(None))
    found = FoldedText(text).find_all(retyped(text[start:end], data) if typed is None else typed)
    assert (counting[0], counting[-1] + 1) in found
    assert all(as_folded(text[a:b]) == as_folded(text[start:end]) for a, b in found)
    assert found == sorted(set(found))


@given(article_texts, st.data())
@often
def test_words_stand_in_their_own_span_and_in_every_wider_one(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    counting = [position for position in range(start, end) if counts(text[position])]
    assume(counting)
    folded = FoldedText(text)
    assert as_folded(folded.find_within(text[start:end], counting[0], counting[-1] + 1)) == as_folded(text[start:end])
    assert folded.find_within(text[start:end], 0, len(text))
    if counting[0] + 1 < counting[-1] + 1 and text.count(text[start:end]) == 1 and len(folded.find_all(text[start:end])) == 1:
        assert folded.find_within(text[start:end], counting[0] + 1, len(text)) is None


@given(article_texts, article_texts)
@often
def test_what_is_found_is_what_was_looked_for(text, typed):
    folded = FoldedText(text)
    for start, end in folded.find_all(typed):
        assert as_folded(text[start:end]) == as_folded(typed)
        assert counts(text[start])
        assert counts(text[end - 1])
    assert folded.folded == "".join(folded.folded)
