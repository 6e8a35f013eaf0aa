"""What the words of a number mean, word for word as the codebook publishes it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vocabulary.properties import often
from transfers.vocabulary.quantities import NO_NUMBER, Range, read_words

CONVENTION = [
    ("dozens", 24, 99, "worded"), ("hundreds", 200, 999, "worded"), ("several hundred", 300, 999, "worded"),
    ("thousands", 2_000, 9_999, "worded"), ("tens of thousands", 20_000, 99_999, "worded"),
    ("hundreds of thousands", 200_000, 999_999, "worded"), ("millions", 2_000_000, 9_999_999, "worded"),
    ("a dozen", 12, 12, "exact"), ("a couple", 2, 2, "exact"), ("a pair", 2, 2, "exact"), ("a half-dozen", 6, 6, "exact"),
    ("half a dozen", 6, 6, "exact"),
    ("between 20 and 30", 20, 30, "range"), ("20 to 30", 20, 30, "range"), ("from 20 to 30", 20, 30, "range"),
    ("20-30", 20, 30, "range"), ("20–30", 20, 30, "range"), ("20 — 30", 20, 30, "range"), ("five-six", 5, 6, "range"),
    ("some 200", 200, 200, "about"), ("around 200", 200, 200, "about"), ("roughly 200", 200, 200, "about"),
    ("about 200", 200, 200, "about"), ("approximately 200", 200, 200, "about"),
    ("nearly 400", None, 400, "about"), ("almost 400", None, 400, "about"),
    ("a few", None, None, "none"), ("several", None, None, "none"), ("many", None, None, "none"), ("scores of", None, None, "none"),
    ("a limited number", None, None, "none"), ("a limited number of", None, None, "none"),
    ("a very limited number", None, None, "none"), ("a small number", None, None, "none"), ("numerous", None, None, "none"),
    ("at least two", 2, None, "at_least"), ("no fewer than two", 2, None, "at_least"), ("at least hundreds", 200, None, "at_least"),
    ("more than 2,000", 2_001, None, "at_least"), ("over a dozen", 13, None, "at_least"),
    ("more than hundreds", 201, None, "at_least"),
    ("up to 400", None, 400, "at_most"), ("up to several hundred", None, 999, "at_most"), ("at most ten", None, 10, "at_most"),
    ("as many as 2,400", None, 2_400, "at_most"), ("no more than ten", None, 10, "at_most"),
    ("one hundred", 100, 100, "exact"), ("a hundred", 100, 100, "exact"), ("a thousand", 1_000, 1_000, "exact"),
    ("twelve hundred", 1_200, 1_200, "exact"), ("1.5 million", 1_500_000, 1_500_000, "exact"),
    ("3 thousand", 3_000, 3_000, "exact"), ("0.5 million", 500_000, 500_000, "exact"), ("1,000", 1_000, 1_000, "exact"),
    ("0", 0, 0, "exact"), ("zero", 0, 0, "exact"), ("a", 1, 1, "exact"), ("one", 1, 1, "exact"),
]


@pytest.mark.parametrize(("words", "low", "high", "qualifier"), CONVENTION)
def test_words_mean_what_the_convention_says(words, low, high, qualifier):
    assert read_words(words) == Range(low, high, qualifier)


@pytest.mark.parametrize(("words", "low", "high"), [
    ("thirty-five thousand", 35_000, 35_000),
    ("twenty-five hundred", 2_500, 2_500),
    ("two-thousand", 2_000, 2_000),
    ("5-million", 5_000_000, 5_000_000),
    ("nine hundred and ninety-nine thousand nine hundred and ninety-nine", 999_999, 999_999),
    ("twenty-five to thirty-five", 25, 35),
    ("between two hundred and three hundred and fifty", 200, 350),
    ("between one hundred and twenty and one hundred and thirty", 120, 130),
    ("fifty to one hundred", 50, 100),
    ("five hundred to a thousand", 500, 1_000),
])
def test_a_hyphen_or_an_and_within_a_number_does_not_make_it_two(words, low, high):
    assert read_words(words) == Range(low, high, "exact" if low == high else "range")


@pytest.mark.parametrize("words", ["two to three hundred", "two to three thousand", "1-2 million", "10 to 20 thousand", "between one and two million"])
def test_where_a_power_may_belong_to_both_numbers_nothing_is_guessed(words):
    assert read_words(words) is None


@pytest.mark.parametrize("words", [
    "", " ", "of", "and", "-", "five six", "one two", "ten five", "twenty ten", "twenty eleven", "twenty a", "zero five", "twenty zero",
    "five and", "and five", "five hundred and and six", "twenty and five", "one and two", "two hundred three hundred",
    "two hundred and three hundred", "one thousand two million", "thousand thousand", "ten thousand million", "zero hundred",
    "1,2,3", "12,34", "1,0000", "1.5", "1.", ".5", "01", "007", "1_000", "1e3", "+5", "-5", "−5", "5%", "0x10", "1.2345 thousand",
    "٣", "３", "²", "½", "五", "5 6", "5 million 6", "nan", "inf", "infinity", "None",
    "between 30 and 20", "30 to 20", "between 20", "between 20 and", "between and 20", "20 to", "to 20",
    "up to", "up to a few", "at least", "more than several", "about between 3 and 5", "about 3 to 5",
    "two dozen", "dozen", "a few hundred", "several thousand", "tens", "hundreds of drones", "five drones", "drones",
    "one and a half million", "a second", "first", "5th", "9" * 16, "9" * 5_000, "1," + ",".join(["000"] * 2_000), "0." + "3" * 5_000 + " million",
])
def test_what_the_convention_does_not_know_has_no_meaning(words):
    assert read_words(words) is None


@pytest.mark.parametrize("words", ["HUNDREDS", "  tens   of\n thousands ", "hundreds of", "At Least Two", "up to 400", "up to　400"])
def test_case_and_white_space_do_not_matter(words):
    assert read_words(words) == read_words(" ".join(words.lower().split()).removesuffix(" of"))
    assert read_words(words) is not None


# --- English number words, spelt by a speller of our own ---------------------------------------------------------------
ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen"
).split()
TENS = "x x twenty thirty forty fifty sixty seventy eighty ninety".split()


def spell_below_thousand(number: int, hyphen: str, joint: str) -> str:
    words = []
    if number >= 100:
        words.append(f"{ONES[number // 100]} hundred")
        number %= 100
        if number:
            words.append(joint)
    if number >= 20:
        words.append(TENS[number // 10] + (hyphen + ONES[number % 10] if number % 10 else ""))
    elif number:
        words.append(ONES[number])
    return " ".join(filter(None, words))


def spell(number: int, hyphen: str = "-", joint: str = "and") -> str:
    if number == 0:
        return "zero"
    groups = []
    for power, name in ((1_000_000, " million"), (1_000, " thousand"), (1, "")):
        group, number = divmod(number, power)
        if group:
            groups.append(spell_below_thousand(group, hyphen, joint) + name)
    return " ".join(groups)


def test_every_number_below_ten_thousand_is_read_from_its_words():
    for number in range(10_000):
        assert read_words.__wrapped__(spell(number)) == Range(number, number, "exact"), spell(number)


numbers = st.integers(0, 999_999_999)


@given(numbers, st.sampled_from("- "), st.sampled_from(["and", ""]))
@often
def test_a_number_is_read_from_its_words_however_they_are_joined(number, hyphen, joint):
    assert read_words(spell(number, hyphen, joint)) == Range(number, number, "exact")


@given(numbers)
@often
def test_a_number_is_read_from_its_digits_with_and_without_commas(number):
    assert read_words(str(number)) == read_words(f"{number:,}") == Range(number, number, "exact")


@given(numbers, numbers)
@often
def test_two_numbers_are_a_range_when_they_rise(low, high):
    wanted = Range(low, high, "range") if low <= high else None
    assert read_words(f"between {low:,} and {high}") == wanted
    assert read_words(f"{low} to {high:,}") == wanted
    assert read_words(f"{low}–{high}") == wanted


@given(st.integers(1, 999), st.integers(1, 999))
@often
def test_two_numbers_in_words_are_a_range_or_nothing_but_never_a_wrong_range(low, high):
    found = read_words(f"between {spell(low)} and {spell(high)}")
    assert found in (None, Range(low, high, "range"))
    if low <= high and spell(high).split()[-1] != "hundred":
        assert found == Range(low, high, "range")


@given(numbers)
@often
def test_more_than_a_number_begins_with_the_next(number):
    assert read_words(f"more than {number}") == Range(number + 1, None, "at_least")
    assert read_words(f"at least {spell(number)}") == Range(number, None, "at_least")


WORDS = [*ONES, *TENS[2:], "hundred", "thousand", "million", "billion", "a", "an", "and", "to", "between", "up", "at", "least", "more", "than",
         "some", "nearly", "dozens", "hundreds", "several", "of", "few", "-", "5", "1,000", "1.5", "from"]


@given(st.one_of(st.text(max_size=40), st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)))
@often
def test_any_words_give_an_honest_range_or_none(words):
    found = read_words(words)
    if found is None:
        return
    assert found.low is None or found.low >= 0
    assert found.low is None or found.high is None or found.low <= found.high
    assert (found == NO_NUMBER) is (found.low is None and found.high is None) is (found.qualifier == "none")
    if found.qualifier == "exact":
        assert found.low == found.high


@pytest.mark.parametrize("part", ["-", "- ", "five ", "a to ", "1-", "and "])
def test_a_page_of_number_words_is_no_number_and_takes_no_time(part):
    started = time.process_time()
    assert read_words.__wrapped__(part * 100_000) is None
    assert read_words.__wrapped__((part * 300)[:300]) is None
    assert time.process_time() - started < 0.5
