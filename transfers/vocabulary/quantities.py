"""What the words of a number mean: the published convention for "hundreds", "at least two", "up to 400".

A reviewer may set other bounds than the convention gives, but has to say why (``inferred.quantity``).

Source: docs/codebook.md, Quantities.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple


class Range(NamedTuple):
    """The smallest and largest number that words can mean (None = open), and how they bound it."""

    low: int | None
    high: int | None
    qualifier: str


NO_NUMBER: Final = Range(None, None, "none")

_WORDED: Final = {
    "dozens": Range(24, 99, "worded"),
    "hundreds": Range(200, 999, "worded"),
    "several hundred": Range(300, 999, "worded"),
    "thousands": Range(2_000, 9_999, "worded"),
    "tens of thousands": Range(20_000, 99_999, "worded"),
    "hundreds of thousands": Range(200_000, 999_999, "worded"),
    "millions": Range(2_000_000, 9_999_999, "worded"),
}
_EXACT: Final = {"a dozen": 12, "a couple": 2, "a pair": 2, "a half-dozen": 6, "half a dozen": 6, "a half dozen": 6}
_UNCOUNTED: Final = frozenset({"a few", "few", "several", "many", "scores", "some", "numerous", "limited number", "small number"})
_ONES: Final = {
    "a": 1, "an": 1, "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}
_TENS: Final = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}
_POWERS: Final = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_DIGITS: Final = re.compile(r"(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)
_OPENINGS: Final = {
    "some ": "about", "around ": "about", "roughly ": "about", "about ": "about", "approximately ": "about",
    "nearly ": "nearly", "almost ": "nearly",
    "at least ": "at_least", "no fewer than ": "at_least", "no less than ": "at_least",
    "more than ": "more_than", "over ": "more_than",
    "up to ": "at_most", "at most ": "at_most", "as many as ": "at_most", "no more than ": "at_most",
}


@lru_cache(maxsize=4096)
def read_words(text: str) -> Range | None:
    """The range that a number in words or digits means by the convention; None when the convention does not know the words.

    Units do not belong to the words: ``hundreds``, not ``hundreds of drones`` (a trailing ``of`` is let pass).
    """
    words = " ".join(text.replace("–", "-").replace("‑", "-").casefold().split()).removesuffix(" of")
    if words in _WORDED:
        return _WORDED[words]
    if words in _UNCOUNTED or words.removeprefix("a ").removeprefix("very ") in _UNCOUNTED:
        return NO_NUMBER
    bounded = _bounded(words)
    if bounded:
        return bounded
    number = _number(words)
    return None if number is None else Range(number, number, "exact")


def _bounded(words: str) -> Range | None:
    """Words that begin with what bounds the number, or that name two numbers."""
    two = re.fullmatch(r"between (.+) and (.+)|(?:from )?(.+?)(?: to |-)(.+)", words)
    if two:
        low, high = _number(two[1] or two[3]), _number(two[2] or two[4])
        if low is not None and high is not None and low <= high:
            return Range(low, high, "range")
    opening = next((one for one in _OPENINGS if words.startswith(one)), None)
    inner = _inner(words.removeprefix(opening)) if opening else None
    return _bound(_OPENINGS[opening], inner) if opening and inner else None


def _bound(how: str, inner: Range) -> Range:
    """What an opening makes of the number after it."""
    if how == "more_than":
        return Range(None if inner.low is None else inner.low + 1, None, "at_least")
    if how == "at_least":
        return Range(inner.low, None, how)
    if how == "at_most":
        return Range(None, inner.high, how)
    return Range(None if how == "nearly" else inner.low, inner.high, "about")


def _inner(words: str) -> Range | None:
    """The number after an opening: a word of the list, or a plain number."""
    if words in _WORDED:
        return _WORDED[words]
    number = _number(words)
    return None if number is None else Range(number, number, "exact")


def _number(words: str) -> int | None:
    """A number in digits or in English words."""
    if words in _EXACT:
        return _EXACT[words]
    if _DIGITS.fullmatch(words):
        return int(words.replace(",", "")) if "." not in words else None
    first, _, rest = words.partition(" ")
    if rest in _POWERS and _DIGITS.fullmatch(first):
        return _scaled(first, _POWERS[rest])
    return _spelt([word for word in re.split(r"[ -]", words) if word != "and"])


def _spelt(words: list[str]) -> int | None:
    """A number in English words: ``two hundred fifty``; None for what is none, such as ``five six``."""
    total = current = 0
    for word in words:
        if word in _ONES and (current % 100 == 0 or (current % 10 == 0 and current % 100 >= 20)):
            current += _ONES[word]
        elif word in _TENS and current % 100 == 0:
            current += _TENS[word]
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in _POWERS:
            total, current = total + max(current, 1) * _POWERS[word], 0
        else:
            return None
    return total + current if words else None


def _scaled(digits: str, power: int) -> int | None:
    """Digits before a power: ``1.5 million``, ``3 thousand``; None when it is no whole number."""
    whole, _, part = digits.replace(",", "").partition(".")
    scaled, left = divmod(int(whole + part) * power, 10 ** len(part))
    return None if left else scaled
