"""What speaks for and against a row of a register being a transfer, beside its names; and the grade that follows.

Source: docs/registers.md, Matching.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

INSIDE, OVERLAPPING, APART = "inside", "overlapping", "apart"
GRADES: Final = ("strong", "medium", "weak")
# Kinds of transfer that a register of deals has no word for, but may list.
POSSIBLE_KINDS: Final = ("components", "loan", "return")
KINDS: Final = ("supply", "licensed_production", *POSSIBLE_KINDS)

Range = tuple[int | None, int | None]


class Compared(NamedTuple):
    """One comparison.

    Attributes:
        word: ``inside``, ``overlapping`` or ``apart``; None = there is nothing to compare.
        reason: the same in words.
        counts: whether it counts against the proposal when apart.
    """

    word: str | None
    reason: str
    counts: bool = True


def compare_dates(row: dict[str, Any], first: str | None, last: str | None) -> Compared:
    """The years from the order to the last delivery against those that the claims give; an open end is open.

    Args:
        row: a row of a register.
        first: the earliest day of the claims, ISO.
        last: their latest day.
    """
    begins, ends = row["order_year"] or row["delivery_first"], row["delivery_last"]
    claims = (int(first[:4]) if first else None, int(last[:4]) if last else None)
    if begins is None or claims == (None, None):
        return Compared(None, "no dates to compare")
    uncertain = bool(row["order_year_uncertain"] or row["delivery_years_uncertain"])
    word = _relate((begins, ends), claims)
    reason = f"claims of {_as_years(claims)} lie {_WORDS[word]} the register's {_as_years((begins, ends))}"
    return Compared(word, reason + (", which it marks as uncertain" if uncertain else ""), not uncertain)


def compare_numbers(row: dict[str, Any], delivered: Range, planned: Range) -> Compared:
    """The numbers delivered and ordered against the ranges of the claims. That sources differ is no reason against a match."""
    parts: list[tuple[str, str]] = []
    for name, number, claimed in (("delivered", row["delivered"], delivered), ("ordered", row["ordered"], planned)):
        if number is not None and claimed != (None, None):
            word = _relate(claimed, (number, number))
            word = INSIDE if word == OVERLAPPING else word
            parts.append((word, f"{number:,} {name} lies {_WORDS[word]} the claims' {_as_numbers(claimed)}"))
    numbers = [number for number in (row["delivered"], row["ordered"]) if number is not None]
    if not parts and numbers and (delivered, planned) != ((None, None), (None, None)):
        claimed = delivered if delivered != (None, None) else planned
        said = (min(numbers), max(numbers))
        word = INSIDE if INSIDE in (_relate(claimed, said), _relate(said, claimed)) else _relate(said, claimed)
        together = {INSIDE: "go together with", OVERLAPPING: "overlap", APART: "lie apart from"}[word]
        parts.append((word, f"claims of {_as_numbers(claimed)} {together} the register's {_as_numbers(said)}"))
    if not parts:
        return Compared(None, "no numbers to compare", False)
    words = [word for word, _ in parts]
    best = next(word for word in (INSIDE, OVERLAPPING, APART) if word in words)
    return Compared(best, "; ".join(text for _, text in parts), False)


_WORDS: Final = {INSIDE: "inside", OVERLAPPING: "partly inside", APART: "apart from"}


def _relate(whole: Range, part: Range) -> str:
    """How a range lies to another; None = open."""
    low, high = (-10**12 if whole[0] is None else whole[0]), (10**12 if whole[1] is None else whole[1])
    first, last = (-10**12 if part[0] is None else part[0]), (10**12 if part[1] is None else part[1])
    if low <= first and last <= high:
        return INSIDE
    return OVERLAPPING if first <= high and low <= last else APART


def _as_years(found: Range) -> str:
    low, high = found
    if low == high:
        return f"{low}"
    return f"{low} or later" if high is None else f"{high} or earlier" if low is None else f"{low} to {high}"


def _as_numbers(found: Range) -> str:
    low, high = found
    if low == high:
        return f"{low:,}"
    return f"{low:,} or more" if high is None else f"{high:,} or fewer" if low is None else f"{low:,} to {high:,}"


def compare_kind(row: dict[str, Any], kind: str) -> Compared:
    """Whether the register speaks of supply or of production in the recipient's country, as the transfer does."""
    if kind in POSSIBLE_KINDS:
        return Compared(APART, f"a register does not tell {kind} from supply")
    if not row["is_licensed"]:
        if kind == "supply":
            return Compared(INSIDE, "the register speaks of no production there")
        return Compared(APART, "the register speaks of no production there, the transfer does")
    # "incl assembly": some were supplied whole.
    if kind == "licensed_production" or "incl" in (row["comment"] or "").lower():
        return Compared(INSIDE, "the register speaks of production or assembly there")
    return Compared(APART, "the register speaks of production or assembly there, the transfer of supply")


def find_grade(*, same: bool, certain: bool, kind: str, compared: list[Compared], fits: Compared) -> str:
    """``strong``, ``medium`` or ``weak``, by rule; it is no probability.

    Weak: the row names another level of the tree (its family, its class), or a kind that registers do not tell apart, or two
    things speak against it. Strong: nothing speaks against it, and dates or numbers for it. Medium: what is between.

    Args:
        same: whether both speak of the same system.
        certain: whether the name of the row is that of this system alone.
        kind: of the transfer.
        compared: dates and numbers.
        fits: the comparison of the kinds.
    """
    against = sum((not certain, fits.word == APART, *(one.word == APART and one.counts for one in compared)))
    if not same or kind in POSSIBLE_KINDS or against > 1:
        return "weak"
    support = any(one.word in (INSIDE, OVERLAPPING) for one in compared)
    return "strong" if support and not against else "medium" if support or not against else "weak"
