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
_UNCOUNTED: Final = frozenset({"a few", "few", "several", "many", "scores", "a limited number", "a small number", "some", "numerous"})
_ONES: Final = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split()
    )
} | {"a": 1, "an": 1}
_TENS: Final = {
    word: 10 * number
    for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_POWERS: Final = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_DIGITS: Final = re.compile(r"(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)
_ABOUT: Final = ("some ", "around ", "roughly ", "about ", "approximately ")
_NEARLY: Final = ("nearly ", "almost ")
_AT_LEAST: Final = ("at least ", "no fewer than ", "no less than ")
_MORE_THAN: Final = ("more than ", "over ")
_AT_MOST: Final = ("up to ", "at most ", "as many as ", "no more than ")


@lru_cache(maxsize=4096)
def read_words(text: str) -> Range | None:
    """The range that a number in words or digits means by the convention; None when the convention does not know the words.

    Units do not belong to the words: ``hundreds``, not ``hundreds of drones`` (a trailing ``of`` is let pass).
    """
    words = " ".join(text.replace("–", "-").replace("‑", "-").casefold().split()).removesuffix(" of")
    if words in _WORDED:
        return _WORDED[words]
    if words in _UNCOUNTED or words.removeprefix("a ").removeprefix("very ") in ("limited number", "small number"):
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
    for openings, made in (
        (_ABOUT, lambda low, high: Range(low, high, "about")),
        (_NEARLY, lambda low, high: Range(None, high, "about")),
        (_AT_LEAST, lambda low, high: Range(low, None, "at_least")),
        (_MORE_THAN, lambda low, high: Range(None if low is None else low + 1, None, "at_least")),
        (_AT_MOST, lambda low, high: Range(None, high, "at_most")),
    ):
        for opening in openings:
            if words.startswith(opening):
                inner = _inner(words.removeprefix(opening))
                return made(inner.low, inner.high) if inner else None
    return None


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
    total, current, seen = 0, 0, False
    for word in re.split(r"[ -]", words):
        if word == "and" and seen:
            continue
        if word in _ONES:
            if current % 100 and (current % 10 or current % 100 < 20):
                return None  # "five six" is no number
            current += _ONES[word]
        elif word in _TENS:
            if current % 100:
                return None
            current += _TENS[word]
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in _POWERS:
            total, current = total + max(current, 1) * _POWERS[word], 0
        elif _DIGITS.fullmatch(word) and not seen:
            scaled = _scaled(word, words)
            if scaled is not None:
                return scaled
            return None
        else:
            return None
        seen = True
    return total + current if seen else None


def _scaled(word: str, words: str) -> int | None:
    """Digits before a power: ``1.5 million``, ``3 thousand``."""
    power = _POWERS.get(words.removeprefix(word).strip())
    if power is None:
        return None
    whole, _, part = word.replace(",", "").partition(".")
    scaled = int(whole) * power + (int(part) * power // 10 ** len(part) if part else 0)
    exact = not part or int(part) * power % 10 ** len(part) == 0
    return scaled if exact else None
