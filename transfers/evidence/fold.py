"""The one fold under which a quote is looked for: it forgives how characters are typed, never what they are.

NFC; a run of white space is one space; format characters (Cf: soft hyphens, zero-width and direction marks) are dropped;
dashes are one dash and quotation marks one of two. Case and letters are never touched, so a Cyrillic Т is no Latin T.

Source: docs/codebook.md, Evidence; the selectors are those of the W3C Web Annotation model (TextQuote, TextPosition).
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from typing import Final

_DASHES: Final = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_SINGLE: Final = "'\u2018\u2019\u201a\u201b\u02bc\u2032\uff07"
_DOUBLE: Final = "\"\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02"
_UNIFIED: Final = {
    **{ord(character): "-" for character in _DASHES},
    **{ord(character): "'" for character in _SINGLE},
    **{ord(character): '"' for character in _DOUBLE},
}
# The format characters up to the newest Unicode that Python 3.11 knows; computing them would cost 150 ms at each start.
_FORMAT: Final = (
    "\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    "\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
)
_FORMATS: Final = re.compile(f"[{_FORMAT}]+")
# Whether the folded text is shorter than the text: format characters, or white space that is not one plain space.
_SHORTENS: Final = re.compile(f"[{_FORMAT}]|\\s\\s|[^\\S ]")
_SHORTENS_ASCII: Final = re.compile("  |[\t\n\r\f\v\x1c-\x1f]")
_RUN: Final = re.compile(f"[\\s{_FORMAT}]+")
_IS_SPACE: Final = re.compile("\\s")


def as_folded(text: str) -> str:
    """A typed quote as it is looked for, without white space at its ends."""
    if text.isascii():  # dashes and quotation marks of ASCII are what the others are unified to
        return " ".join(text.split())
    return " ".join(_FORMATS.sub("", unicodedata.normalize("NFC", text)).translate(_UNIFIED).split())


class FoldedText:
    """A frozen text under the fold, and the way back to its own offsets."""

    __slots__ = ("_offsets", "folded", "text")

    def __init__(self, text: str) -> None:
        """Fold a text that is in NFC already, as the texts of articles are."""
        self.text = text
        self._offsets: list[int] | None = None
        if text.isascii() and not _SHORTENS_ASCII.search(text):
            self.folded = text
        elif _SHORTENS.search(text):
            self._offsets, self.folded = _shortened(text)
        else:
            self.folded = text.translate(_UNIFIED)

    def find_all(self, typed: str, most: int = 10_000) -> list[tuple[int, int]]:
        """The places where the typed words stand, as half-open spans of the text, in order; they may overlap.

        Not more than ``most``: a single letter stands everywhere.
        """
        wanted = as_folded(typed)
        found: list[tuple[int, int]] = []
        position = self.folded.find(wanted) if wanted else -1
        while position >= 0 and len(found) < most:
            found.append(self.span(position, position + len(wanted)))
            position = self.folded.find(wanted, position + 1)
        return found

    def find_within(self, typed: str, start: int, end: int) -> str | None:
        """The words of the text within its span ``[start, end)`` that the typed words are under the fold; None = not there."""
        wanted = as_folded(typed)
        if self._offsets is not None:
            start, end = bisect.bisect_left(self._offsets, start), bisect.bisect_left(self._offsets, end)
        position = self.folded.find(wanted, start, end) if wanted else -1
        if position < 0:
            return None
        start, end = self.span(position, position + len(wanted))
        return self.text[start:end]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text that a span of the folded text stands for."""
        if self._offsets is None:
            return start, end
        return self._offsets[start], self._offsets[end - 1] + 1


def _shortened(text: str) -> tuple[list[int], str]:
    """The offsets of the characters that stay, and the folded text."""
    offsets: list[int] = []
    parts: list[str] = []
    position = 0
    for run in _RUN.finditer(text):
        offsets.extend(range(position, run.start()))
        parts.append(text[position : run.start()])
        position = run.end()
        space = _IS_SPACE.search(text, *run.span())
        if space:
            offsets.append(space.start())
            parts.append(" ")
    offsets.extend(range(position, len(text)))
    parts.append(text[position:])
    return offsets, "".join(parts).translate(_UNIFIED)
