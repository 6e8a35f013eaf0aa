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
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}
_TENS: Final = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}
_POWERS: Final = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_DIGITS: Final = re.compile(r"(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}|[1-9][0-9]{0,14})(?:\.[0-9]{1,6})?", re.ASCII)
_LONGEST: Final = 300  # characters; the words of two numbers have some 200
_HYPHENS: Final = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
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
    if len(text) > _LONGEST:
        return None
    words = " ".join(text.translate(_HYPHENS).casefold().split()).removesuffix(" of")
    if words in _WORDED:
        return _WORDED[words]
    if words in _UNCOUNTED or words.removeprefix("a ").removeprefix("very ") in _UNCOUNTED:
        return NO_NUMBER
    number = _number(words)  # first, because "thirty-five thousand" is one number, and only "five-six" are two
    return _bounded(words) or _two_numbers(words) if number is None else Range(number, number, "exact")


def _two_numbers(words: str) -> Range | None:
    """Words that name two numbers: ``between a and b``, ``a to b``, ``a-b``.

    None where a power may belong to both of them: "two to three hundred" hardly begins with two.
    """
    both = words.removeprefix("between ").removeprefix("from ")
    for joint in re.finditer(" and " if words.startswith("between ") else " to | ?- ?", both):
        low, high = _number(both[: joint.start()]), _number(both[joint.end() :])
        if low is not None and high is not None and low <= high:
            power = _POWERS.get(both.rpartition(" ")[2], 1)
            return None if power > 1 and 0 < low * power <= high else Range(low, high, "range")
    return None


def _bounded(words: str) -> Range | None:
    """Words that begin with what bounds the number."""
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
    first, *others = re.split("[ -]", words)
    if _DIGITS.fullmatch(first):
        return _scaled(first, others)
    if first in ("a", "an"):
        return _spelt(["one", *others]) if not others or others[0] in _POWERS else None
    return 0 if words == "zero" else _spelt([first, *others])


def _spelt(words: list[str]) -> int | None:
    """A number in English words: ``two hundred and fifty``; None for what is none, such as ``five six``."""
    total, group, power, joined = 0, 0, 1_000_000_000_000, False  # group: what stands before the next power
    for word in words:
        number = _ONES.get(word) or _TENS.get(word)
        if word == "and":
            if joined or group % 100 or not total + group:
                return None
        elif number:
            if group % 100 and (number >= 10 or group % 10 or group % 100 < 20):
                return None
            group += number
        elif word not in _POWERS or not _may_multiply(_POWERS[word], group, total, power):
            return None
        elif word == "hundred":
            group = max(group, 1) * 100
        else:
            power = _POWERS[word]
            total, group = total + max(group, 1) * power, 0
        joined = word == "and"
    return None if joined else total + group


def _may_multiply(power: int, group: int, total: int, last: int) -> bool:
    """Whether a power may follow: a number or nothing stands before it, and powers grow smaller."""
    return (group > 0 or total == 0) and (group < 100 if power == 100 else power < last)


def _scaled(digits: str, others: list[str]) -> int | None:
    """Digits before a power: ``1.5 million``, ``3 thousand``; None when it is no whole number."""
    if len(others) != 1 or others[0] not in _POWERS:
        return None
    whole, _, part = digits.replace(",", "").partition(".")
    scaled, left = divmod(int(whole + part) * _POWERS[others[0]], 10 ** len(part))
    return None if left else scaled
