"""Finding a quote in the frozen text of its article: exactly once, or named by its occurrence; never roughly."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from transfers.articles.read import ArticleText
from transfers.errors import QuoteError
from transfers.evidence.fold import FoldedText, as_folded

CONTEXT: Final = 32  # characters of prefix and suffix


class Span(NamedTuple):
    """A span of an article: the article's own characters, not the typed ones, with what stands around them."""

    layer: str
    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


class Passages:
    """The two layers of one article in which quotes are looked for: its text, and the file as decoded."""

    __slots__ = ("_raw", "article", "text")

    def __init__(self, article: ArticleText) -> None:
        """Fold the text; the file itself only when somebody asks for it."""
        self.article = article
        self.text = FoldedText(article.text)
        self._raw: FoldedText | None = None

    def layer(self, name: str) -> FoldedText:
        """The layer ``text`` or ``raw``."""
        if name == "text":
            return self.text
        if self._raw is None:
            self._raw = FoldedText(self.article.raw)
        return self._raw


def locate(passages: Passages, quote: str, occurrence: int | None = None, layer: str = "text") -> Span:
    """The span of the article that a typed quote stands for.

    Args:
        passages: the article.
        quote: the words as typed.
        occurrence: which of several places, counted from 1; None = there may be only one.
        layer: ``text`` or ``raw``.

    Raises:
        QuoteError: the words stand nowhere (the nearest passage is shown), or more than once without an occurrence.

    Source: docs/codebook.md, Evidence.
    """
    folded = passages.layer(layer)
    found = folded.find_all(quote)
    where = "the text of the article" if layer == "text" else "the file of the article"
    if not found:
        raise QuoteError(f"does not stand in {where}: {_shown(quote)}{_nearest(folded, quote)}")
    if occurrence is None and len(found) > 1:
        raise QuoteError(f"stands {len(found)} times in {where}: {_shown(quote)}; quote more words, or say which with occurrence")
    if occurrence is not None and occurrence > len(found):
        times = "once" if len(found) == 1 else f"{len(found)} times"
        raise QuoteError(f"stands only {times} in {where}: {_shown(quote)}; occurrence {occurrence} is too high")
    return as_span(folded.text, *found[(occurrence or 1) - 1], layer=layer)


def as_span(text: str, start: int, end: int, layer: str = "text") -> Span:
    """The span ``[start, end)`` of a text with its context."""
    return Span(layer, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT], start, end)


def _shown(quote: str, longest: int = 120) -> str:
    line = " ".join(quote.split())  # a message has one line
    return f"“{line}”" if len(line) <= longest else f"“{line[: longest - 1]}…”"


def _nearest(folded: FoldedText, quote: str) -> str:
    """What to show of the passage that is most like the quote, and of the characters in which they differ."""
    wanted = as_folded(quote)[:300]
    if not wanted:
        return "; it has no characters that count"
    at, position, size = _longest_shared(folded.folded[:1_000_000], wanted[:200])
    if size < max(min(4, len(wanted)), min(12, len(wanted) // 4)):
        return "; no passage is like it"
    start = max(0, at - position)
    end = min(len(folded.folded), start + len(wanted))
    start, end = _at_words(folded.folded, start, end)
    near, changes = _compared(folded.folded[start:end], wanted)
    return f"; nearest is {_shown(near)}: " + "; ".join(changes[:3])


def _compared(near: str, wanted: str) -> tuple[str, list[str]]:
    """The passage without what stands before and after the words that were typed, and what is different in it."""
    import difflib

    codes = difflib.SequenceMatcher(None, near, wanted, autojunk=False).get_opcodes()
    start, end = 0, len(near)
    if codes[0][0] == "delete" and not near[codes[0][2] - 1].isalnum():
        start = codes.pop(0)[2]
    if codes[-1][0] == "delete" and not near[codes[-1][1]].isalnum():
        end = codes.pop()[1]
    changes = [
        f"“{near[a:b]}” stands where you have {f'“{wanted[c:d]}”' if d > c else 'nothing'}"
        if b > a
        else f"“{wanted[c:d]}” does not stand there"
        for tag, a, b, c, d in codes
        if tag != "equal"
    ]
    return near[start:end], changes


def _longest_shared(text: str, wanted: str) -> tuple[int, int, int]:
    """The longest run of characters that stands in both: where in the text, where in the quote, and its length.

    By halving, with nothing but `str.find`: difflib takes seconds for a long article.
    """
    best, low, high = (0, 0, 0), 1, len(wanted)
    while low <= high:
        size = (low + high) // 2
        for position in range(len(wanted) - size + 1):
            at = text.find(wanted[position : position + size])
            if at >= 0:
                best, low = (at, position, size), size + 1
                break
        else:
            high = size - 1
    return best


def _at_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The span widened to whole words, where these are near: not every script has spaces between them."""
    before = re.split(r"\s", text[max(0, start - 30) : start])[-1]
    after = re.split(r"\s", text[end : end + 30])[0]
    return start - len(before), end + len(after)
