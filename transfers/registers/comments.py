"""What the words of a comment say, as far as they say it in the ways that SIPRI uses again and again.

A comment is parts with ``;`` between them (what were commas came out as ``;`` too). What is found here helps to find and to
compare rows; the comment itself always stands beside it.
"""

from __future__ import annotations

import re
from json.encoder import encode_basestring as as_json
from typing import NamedTuple

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final


class Said(NamedTuple):
    """What one comment says; texts are in its own words.

    Attributes:
        is_cancelled: the order, or a part of it, was cancelled.
        is_licensed: it speaks of assembly, or of production under licence.
        is_second_hand: it says, or takes for possible, that they were second-hand.
        is_aid: it says, or takes for possible, that it was aid.
        via: through whom it went.
        platform: what it is for, where that is a weapon too.
        local_names: the national designations as JSON.
        made_in: where it says that production is, in small letters, for the caller to compare with the recipient.
    """

    is_cancelled: int = 0
    is_licensed: int = 0
    is_second_hand: int = 0
    is_aid: int = 0
    via: str | None = None
    platform: str | None = None
    local_names: str | None = None
    made_in: str = ""


NOTHING: Final = Said()

_LONGEST_PART: Final = 1_000  # characters; the longest that was seen has 300
_WORTH_A_LOOK = re.compile(
    r"\b(?:via|for|[Ff]or|aid|Aid|gift|Gift|[Dd]esignations?)\b|cancel|Cancel|roduc|ssembl|econd.?hand"
)
_CANCELLED = re.compile(r"cancel", re.I)
# What was only planned, or belonged to somebody else, or is another thing that this one was for.
_NOT_THE_ORDER = re.compile(
    r"\bplan(?:s|ned)?\b|\boriginally (?:produced|built|ordered) (?:for|by)\b|\borig(?:i)?nally .*\bsold to\b|moderni[sz]ation of"
    r"|based on cancelled|\bafter [^;]* cancelled\b(?! order)|\baid cancelled|\bradar cancelled|ships? with|frigates ordered but",
    re.I,
)
_LICENSED = re.compile(r"under licen[cs]e|licen[cs]ed production|\bassembl(?:ed|y)\b", re.I)
_NOT_LICENSED = re.compile(r"without [^;]*licen[cs]e|cancel|\bplan(?:s|ned)?\b", re.I)
_MADE_IN = re.compile(r"\bproduc(?:ed|tion)\b(?: under licen[cs]e)?(?: of [^;()]*?)? in ([^;()]+)", re.I)
_FOR_THINGS_MADE = re.compile(r"\bfor\b(?! (?:assembly|production))[^;]*\b(?:produced|assembled)\b", re.I)
_SECOND_HAND = re.compile(r"\bsecond.?hand\b", re.I)
_EXCHANGED = re.compile(r"\bexchanged? for\b[^;]*\bsecond.?hand", re.I)
_AID = re.compile(r"\b(?:aid|gift)\b(?! cancelled)", re.I)
_NOT_AID = re.compile(r"as aid for [^;]*\baid cancelled", re.I)
_VIA = re.compile(r"\bvia (?:and \w+ in )?([^;()]+)")
_VIA_ENDS = re.compile(r" for | \d{4}$| and bought | and (?:delivered|ordered|sold) ")
_PLATFORM = re.compile(
    r"\b[Ff]or (?!use (?:against|in|as|by)\b|training\b)((?:[^;()]|\([^()]*\))*\b(?:aircraft|helicopters?|frigates?"
    r"|destroyers?|corvettes?|cruisers?|submarines?|ships?|boats?|craft|vessels?|carriers?|minehunters?|minesweepers?|minelayers?"
    r"|tanks?|vehicles?|APC|IFV|AFSV|AEV|ARV|APV|FAC|OPV|MRL|LST|LPD|LCS|SSBN|SSK|CIWS|SPAAG|UAVs?|SAM(?: systems?)?"
    r"|(?:SSM|air[- ]defence|coast(?:al)? defence|radar|missile|torpedo|gun|MRL|anti-ship) systems?"
    r"|self-propelled guns?|howitzers?|guns?|launchers?|turrets?|interceptors?|airships?|satellites?|yachts?)\b"
    r"(?: (?:from|produced in|assembled in) [^;()]+)?)"
)
_NAMED = re.compile(r"(?<![\w'])((?:[A-Z][\w'.-]*|local)(?: [A-Z][\w'.-]*)*) designations? (?!uncertain|unknown)([^;]+)")
_LEADING = re.compile(r"^(?:Possibly|Probably|Incl|Aid|Second-hand|With|In) ")
_BETWEEN_NAMES = re.compile(r" (?:or|and)(?: as)? ")
_REMARK = re.compile(r"\s*\((?:[^()]*\s){2,}[^()]*\)|\s+after .*$|^probably |^possibly ")


def read_said(comment: str) -> Said:
    """What a comment says."""
    if not _WORTH_A_LOOK.search(comment):
        return NOTHING
    parts = [part.strip()[:_LONGEST_PART] for part in comment.split(";")]
    low = comment.lower()
    # Most comments say one thing: the patterns for all others need not be tried on them.
    made = "produc" in low or "assembl" in low or "licen" in low
    names = [name for part in _with_lists_together(parts) for name in _read_names(part)] if "designation" in low else []
    return Said(
        is_cancelled=int("cancel" in low and any(map(_is_cancelled, parts))),
        is_licensed=int(made and any(map(_is_licensed, parts))),
        is_second_hand=int("second" in low and any(map(_is_second_hand, parts))),
        is_aid=int(("aid" in low or "gift" in low) and any(map(_is_aid, parts))),
        via=_joined(found for part in parts for found in _read_via(part)) if "via " in low else None,
        platform=_joined(found.strip() for part in parts for found in _PLATFORM.findall(part)) if "for " in low else None,
        local_names=_as_json(names) if names else None,
        made_in="; ".join(place.lower() for part in parts for place in _read_places(part)) if made else "",
    )


def _is_cancelled(part: str) -> bool:
    return bool(_CANCELLED.search(part)) and not _NOT_THE_ORDER.search(part)


def _is_second_hand(part: str) -> bool:
    return bool(_SECOND_HAND.search(part)) and not _EXCHANGED.search(part)


def _is_aid(part: str) -> bool:
    return bool(_AID.search(part)) and not _NOT_AID.search(part)


def _with_lists_together(parts: list[str]) -> list[str]:
    """Parts in which ``Houthi designations Burkan-1; Burkan-3 and Zulfiqar`` is one: only a name begins with a capital there."""
    together: list[str] = []
    listing = False
    for part in parts:
        if listing and part[:1].isupper():
            together[-1] += " and " + part
            continue
        listing = " designations " in part
        together.append(part)
    return together


def _is_licensed(part: str) -> bool:
    return bool(_LICENSED.search(part)) and not _NOT_LICENSED.search(part) and not _FOR_THINGS_MADE.search(part)


def _read_places(part: str) -> list[str]:
    """Where production is, but for that of what this is for, or of what never came about."""
    if _FOR_THINGS_MADE.search(part) or _NOT_LICENSED.search(part):
        return []
    return [place.strip() for place in _MADE_IN.findall(part)]


def _read_via(part: str) -> Iterator[str]:
    for found in _VIA.findall(part):
        through = _VIA_ENDS.split(found)[0].strip()
        if through:
            yield through


def _read_names(part: str) -> Iterator[tuple[str, str]]:
    """(whose, name) of each national designation: ``Russian designation Geran-2``."""
    for whose, names in _NAMED.findall(part):
        for name in _BETWEEN_NAMES.split(_REMARK.sub("", names.strip())):
            called = _REMARK.sub("", name).strip(" ,.)" if "(" not in name else " ,.")
            if called:
                yield _LEADING.sub("", whose), called


def _as_json(names: list[tuple[str, str]]) -> str:
    pairs = dict.fromkeys(names)
    return "[" + ",".join(f'{{"whose":{as_json(whose)},"name":{as_json(name)}}}' for whose, name in pairs) + "]"


def _joined(texts: Iterator[str]) -> str | None:
    return "; ".join(dict.fromkeys(texts)) or None
