"""How much of an article a record speaks of: each sentence, with the share of its words that a span covers."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from transfers.evidence.bind import Bound

ENOUGH: Final = 0.5  # below this share a sentence is listed: it is neither recorded nor passed over with a reason

_WORD: Final = re.compile(r"\w+")
# A sentence ends at a mark, the quotation marks and brackets that close there, and white space before a beginning; at a mark of
# East Asia, which no white space follows; or at a line end, unless a small letter shows that a line was wrapped. Short forms
# with a point do not end one. No repetition is tried again: a text full of points must not take for ever.
_END: Final = re.compile(
    r"(?<![.!?…؟۔।])[.!?…؟۔।]++[\"'”’»)\]]*+(?=\s++[\"'“‘«(\[]*+([^\W\d_]))"
    r"|[。！？｡]++[\"'”’»」』）)\]]*+"
    r"|\n+(?=(?:[\"'“‘«(\[]*+([^\W\d_]))?)"
)
_SHORT: Final = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt|Adm|Sgt|Prof|Sen|Rep|Gov|St|No|vs|Jr|Sr|Inc|Ltd|Co|[A-Z])\.$"
)


class Sentence(NamedTuple):
    """One sentence of an article and the share of its words under a span (0 to 1); offsets are half-open."""

    start: int
    end: int
    text: str
    share: float


def find_coverage(bound: Bound) -> list[Sentence]:
    """The sentences of an article in order, each with its share. Spans that back a row count, and those passed over."""
    text = bound.passages.article.text
    covered = bytearray(len(text))
    spans = [backing.span for backings in bound.spans.values() for backing in backings]
    for span in (*spans, *bound.not_recorded):
        if span.layer == "text":
            covered[span.start : span.end] = b"\1" * (span.end - span.start)
    sentences = []
    for start, end in _sentences(text):
        found = list(_WORD.finditer(text, start, end))
        if found:
            under = sum(all(covered[word.start() : word.end()]) for word in found)
            sentences.append(Sentence(start, end, text[start:end], under / len(found)))
    return sentences


def _sentences(text: str) -> list[tuple[int, int]]:
    """The spans of the sentences, without the white space between them."""
    spans, start = [], 0
    for mark in (*_END.finditer(text), None):
        end = mark.end() if mark else len(text)
        if mark and (_goes_on(mark[1] or mark[2]) or (mark[0].startswith(".") and _is_short_form(text, start, mark.start() + 1))):
            continue
        while start < end and text[start].isspace():
            start += 1
        stop = end
        while stop > start and text[stop - 1].isspace():
            stop -= 1
        if stop > start:
            spans.append((start, stop))
        start = end
    return spans


def _goes_on(letter: str | None) -> bool:
    """Whether a letter that stands after a mark begins no sentence: it is small, in a script that begins them with capitals."""
    return letter is not None and letter != letter.title()


def _is_short_form(text: str, start: int, end: int) -> bool:
    return _SHORT.search(text, max(start, end - 13), end) is not None
