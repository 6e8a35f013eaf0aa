"""A text with its spans marked, whatever way they overlap.

Overlapping spans cannot be elements around each other, so the text is cut wherever a span begins or ends. Each piece says
which kinds of things it backs (a class for each, drawn as lines below each other; ``many-`` and the kind where it backs several
of one), where it stands, and which span is the shortest over it: that is where a click leads. Numbers at the ends of spans lead
to what they back without any script.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from markupsafe import Markup, escape

KINDS: Final = ("claim", "statement", "role", "alias", "article")


class Span(NamedTuple):
    """A part of a text that backs something.

    Attributes:
        start: its first code point, from 0.
        end: the code point behind its last one.
        kind: one of `KINDS`.
        key: the id on this page of what it backs.
        numbered: whether the number of what it backs stands at its end.
    """

    start: int
    end: int
    kind: str
    key: str
    numbered: bool = False


def as_html(text: str, spans: Iterable[Span]) -> Markup:
    """The text as paragraphs, one for each line, with all spans in it marked. Nothing of the text is left out or added."""
    known = [span for span in spans if 0 <= span.start < span.end <= len(text)]
    starts, ends = _by_place(known, "start"), _by_place(known, "end")
    breaks = [place for place, character in enumerate(text) if character == "\n"]
    cuts = sorted({0, len(text), *starts, *ends, *breaks, *(place + 1 for place in breaks)})
    over = _Over()
    anchored: set[str] = set()
    parts = ["<p>"]
    for place, after in zip(cuts, [*cuts[1:], len(text)], strict=True):
        for span in ends.get(place, ()):
            over.remove(span)
        parts += _numbers(ends.get(place, ()))
        for span in starts.get(place, ()):
            over.add(span)
            if span.numbered and span.key not in anchored:
                anchored.add(span.key)
                parts.append(f'<span id="t-{escape(span.key)}"></span>')
        piece = text[place:after]
        parts.append("\n</p><p>" if piece == "\n" else over.marked(piece, place))
    parts.append("</p>")
    return Markup("".join(parts).replace("<p>\n</p>", "\n"))


def _by_place(spans: Sequence[Span], end: str) -> dict[int, list[Span]]:
    places: dict[int, list[Span]] = {}
    for span in spans:
        places.setdefault(getattr(span, end), []).append(span)
    return places


def _numbers(spans: Sequence[Span]) -> list[str]:
    """The numbers at the end of spans, each once and in order."""
    numbered = sorted({(KINDS.index(span.kind), span.key, span.kind) for span in spans if span.numbered})
    return [
        f'<a class="ref {kind}" href="#{escape(key)}" aria-label="{kind} {escape(key)}">{escape(key)}</a>'
        for _, key, kind in numbered
    ]


class _Over:
    """The spans over the current place."""

    __slots__ = ("_kinds", "_owners", "_spans")

    def __init__(self) -> None:
        self._kinds: Counter[str] = Counter()  # how many things of each kind
        self._owners: Counter[tuple[str, str]] = Counter()  # how many spans of each thing
        self._spans: list[tuple[int, Span]] = []  # shortest first

    def add(self, span: Span) -> None:
        owner = span.kind, span.key
        self._owners[owner] += 1
        if self._owners[owner] == 1:
            self._kinds[span.kind] += 1
        insort(self._spans, (span.end - span.start, span))

    def remove(self, span: Span) -> None:
        owner = span.kind, span.key
        self._owners[owner] -= 1
        if not self._owners[owner]:
            self._kinds[span.kind] -= 1
        del self._spans[bisect_left(self._spans, (span.end - span.start, span))]

    def marked(self, piece: str, place: int) -> str:
        if not piece:
            return ""
        if not self._spans:
            return str(escape(piece))
        kinds = [kind for kind in KINDS if self._kinds[kind]]
        kinds += [f"many-{kind}" for kind in kinds if self._kinds[kind] > 1]
        return (
            f'<mark class="{" ".join(kinds)}" data-at="{place} {place + len(piece)}" data-of="{escape(self._spans[0][1].key)}">'
            f"{escape(piece)}</mark>"
        )
