"""The keys that names are found by, the words that texts are searched by, and the ids that are made of others."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vocabulary.properties import often
from transfers.vocabulary.names import LONGEST_WORD, as_key, as_words, transfer_id

# Text as people and files have it: scripts of all kinds, marks, joiners, digits and punctuation side by side.
texts = st.text(
    alphabet=st.one_of(
        st.sampled_from("aBcß12 .-–'’ S400\u00ad\u200b\u200c\u200d\u0301\u0323\u0345İıΣςﬁ½²①АбЇйäöé中国无人機シャハド導弾テスト한국어ایرانپهپادशाहेद"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)


@pytest.mark.parametrize("name", ["Shahed 136", "shahed136", "SHAHED-136", "Shahed‑136", "Ｓｈａｈｅｄ　１３６", "Sha\u00adhed 136", "  shahed/136 "])
def test_one_name_has_one_key_however_it_is_typed(name):
    assert as_key(name) == "shahed136"


@pytest.mark.parametrize(("name", "key"), [
    ("Straße", "strasse"), ("STRASSE", "strasse"), ("Герань-2", "герань2"), ("Ірaн", "ірaн"), ("پهپاد", "پهپاد"),
    ("می‌خواهد", "میخواهد"), ("无人机", "无人机"), ("M46", "m46"), ("М46", "м46"), ("…", ""), ("", ""), ("Ⅳ", "iv"), ("ﬁghter", "fighter"),
    ("Zoë", "zoë"), ("Zoe\u0308", "zoë"), ("शाहेद", "शाहेद"),
])
def test_a_key_keeps_letters_marks_and_digits_only(name, key):
    assert as_key(name) == key


def test_a_cyrillic_letter_has_another_key_than_the_latin_one_that_looks_like_it():
    assert as_key("Т-72") != as_key("T-72")


@given(texts)
@often
def test_the_key_of_a_key_is_itself(name):
    assert as_key(as_key(name)) == as_key(name)


@given(texts)
@often
def test_a_key_does_not_depend_on_how_letters_are_composed(name):
    assert as_key(unicodedata.normalize("NFD", name)) == as_key(unicodedata.normalize("NFC", name))


@pytest.mark.parametrize(("text", "words"), [
    ("S-400s", "s 400 s"),
    ("Su-30MKI", "su 30 mki"),
    ("drones, missiles; 2,000 rounds", "drones missiles 2 000 rounds"),
    ("", ""),
    ("…—!", ""),
    ("中国无人机 S-400", "中 国 无 人 机 s 400"),
    ("シャヘド136", "シ ャ ヘ ド 136"),
    ("Герань-2", "герань 2"),
    ("می‌خواهد", "می خواهد"),
    ("Sha\u00adhed", "shahed"),
    ("Sha\u2060hed\u200e", "shahed"),
    ("a\u200bb", "a b"),
    ("Straße", "strasse"),
    ("Zoe\u0308", "zoë"),
    ("\u0301abc", "abc"),
    ("ΐ", "ΐ"), ("Ϊ\u0301", "ΐ"),
    ("한국", "한국"),
    ("٣ drones", "٣ drones"),
    ("x½", "x 1 2"),
    ("👩‍🚀 drone 🇮🇷", "drone"),
    ("don't", "don t"),
])
def test_a_text_is_cut_into_these_words(text, words):
    assert as_words(text) == words


@given(texts)
@often
def test_words_are_joined_by_single_spaces_and_none_is_too_long_for_a_database(text):
    words = as_words(text).split(" ") if as_words(text) else []
    assert all(0 < len(word) <= LONGEST_WORD and len(word.encode()) <= 2_046 for word in words)


@given(texts, st.data())
@often
def test_the_words_of_a_part_cut_at_white_space_stand_in_the_words_of_the_whole(text, data):
    parts = text.split()
    start = data.draw(st.integers(0, len(parts)))
    end = data.draw(st.integers(start, len(parts)))
    query = as_words(" ".join(parts[start:end]))
    assert f" {query} " in f" {as_words(' '.join(parts))} " or not query


@given(st.text(alphabet="abcXYZ019 .-_", max_size=250))
@often
def test_the_short_way_for_ascii_gives_what_the_long_way_gives(text):
    assert f"{as_words(text)} é".strip() == as_words(f"{text} é")


@given(texts)
@often
def test_words_do_not_depend_on_how_letters_are_composed_nor_on_case(text):
    assert as_words(unicodedata.normalize("NFD", text)) == as_words(unicodedata.normalize("NFC", text))
    assert as_words(text.casefold()) == as_words(text)


@pytest.mark.parametrize("letter", ["a", "é", "ж", "ن", "7", "é7"])
def test_a_long_word_is_cut_and_its_beginning_is_still_found(letter):
    words = as_words(letter * 250).split()
    assert all(len(word) <= LONGEST_WORD for word in words)
    assert "".join(words) == letter * 250
    assert as_words(letter * 250 + " b").startswith(words[0])


def test_a_word_with_a_thousand_marks_is_cut():
    assert all(len(word) <= LONGEST_WORD for word in as_words("x" + "\u0301" * 1_000).split())


@pytest.mark.parametrize(("key", "made"), [
    (("iran", "russia", "shahed-136", "supply"), "iran-russia-shahed-136-supply"),
    (("iran", "russia", "shahed-136", "licensed_production"), "iran-russia-shahed-136-licensed-production"),
    (("iran", "russia", "shahed-136", "supply", "all"), "iran-russia-shahed-136-supply"),
    (("iran", "russia", "shahed-136", "supply", "before-2022-02-24"), "iran-russia-shahed-136-supply-before-2022-02-24"),
])
def test_the_id_of_a_transfer_is_made_of_its_key(key, made):
    assert transfer_id(*key) == made
