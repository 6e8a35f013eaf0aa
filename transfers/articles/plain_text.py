"""From the file of an article to the text that quotes are spans of, with a map back to the file.

The rule is called ``plain-nfc-1``. It is our own and not that of an HTML library, because a text that was reviewed must come
out of the same bytes for ever, whatever version of a library is installed; a changed rule gets a new name.
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

from transfers.errors import ArticleError
from transfers.vocabulary.marks import MOST_MARKS, find_crowd

PLAIN_NFC_1: Final = "plain-nfc-1"

_BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head",
    "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "section",
    "select", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})
_DROPPED: Final = ("script", "style", "template", "noscript", "title")
# A tag ends at the first > outside quotes; a < that begins none of these is text, as browsers have it. No < stands in a tag
# outside quotes, and no repetition is tried again: a file full of < must not take for ever.
_MARKUP: Final = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<(?P<dropped>" + "|".join(_DROPPED) + r")(?=[\s/>])(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>"
    r"|<(?P<end>/?)(?P<name>[A-Z][^\s/<>]*+)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>"
    r"|<[!?][^<>]*+>"
    r"|&(?:#[0-9]{1,7}|#X[0-9A-F]{1,6}|[A-Z][A-Z0-9]{1,31});?"
    r"|\r\n?",
    re.DOTALL | re.IGNORECASE | re.ASCII,
)
_CLOSING: Final = {name: re.compile(rf"</{name}(?=[\s/>])[^<>]*+>|\Z", re.IGNORECASE | re.ASCII) for name in _DROPPED}
_LINE_END: Final = re.compile(r"\r\n?")
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SPACE: Final = " \t\n\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"


class Piece(NamedTuple):
    """A run of the text and where it comes from in the file as decoded.

    Of equal length on both sides, the run was copied character by character; otherwise (an entity, a line end, a composed
    letter) it stands for the whole raw run.
    """

    text: str
    raw_start: int
    raw_end: int


class PlainText:
    """A text and the map from its offsets to those of the file as decoded (code points, half-open)."""

    __slots__ = ("_pieces", "_starts", "text")

    def __init__(self, pieces: list[Piece]) -> None:
        """Join the pieces; none of them is empty."""
        self._pieces = pieces
        self._starts: list[int] | None = None
        self.text = "".join(piece.text for piece in pieces)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Where the span ``[start, end)`` of the text stands in the file as decoded; tags inside it are included."""
        if self._starts is None:
            self._starts, total = [], 0
            for piece in self._pieces:
                self._starts.append(total)
                total += len(piece.text)
        return self._raw(start, last=False), self._raw(end - 1, last=True)

    def _raw(self, offset: int, *, last: bool) -> int:
        assert self._starts is not None
        position = bisect.bisect_right(self._starts, offset) - 1
        piece = self._pieces[position]
        if len(piece.text) != piece.raw_end - piece.raw_start:
            return piece.raw_end if last else piece.raw_start
        return piece.raw_start + offset - self._starts[position] + (1 if last else 0)


def as_plain_text(raw: str, format_: str) -> PlainText:
    """The text of a file as decoded, by the rule ``plain-nfc-1``.

    Args:
        raw: the content of the file.
        format_: ``html`` (a fragment too) or ``text``, as the record says; never guessed.

    Raises:
        ArticleError: the text holds a control character other than TAB and LF, a heap of marks on one letter, or nothing at all.

    Source: docs/codebook.md, Texts of articles.
    """
    pieces = list(_html_pieces(raw) if format_ == "html" else _text_pieces(raw))
    # Joined, because a letter and its accent may stand on both sides of a tag, and an entity may be either.
    text = "".join(piece.text for piece in pieces)
    if not text.isascii():
        crowd = find_crowd(text)
        if crowd is not None:
            raise ArticleError(f"holds more than {MOST_MARKS} marks on one letter on line {_line(text, crowd)} of its text")
        if not unicodedata.is_normalized("NFC", text):
            pieces = list(_composed(pieces))
    plain = PlainText(_trimmed(pieces))
    if not plain.text:
        raise ArticleError("holds no text")
    control = _CONTROL.search(plain.text)
    if control:
        line = _line(plain.text, control.start())
        raise ArticleError(f"holds the control character U+{ord(control[0]):04X} on line {line} of its text")
    return plain


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _text_pieces(raw: str) -> Iterator[Piece]:
    position = 0
    for found in _LINE_END.finditer(raw):
        if found.start() > position:
            yield Piece(raw[position : found.start()], position, found.start())
        yield Piece("\n", *found.span())
        position = found.end()
    if position < len(raw):
        yield Piece(raw[position:], position, len(raw))


def _html_pieces(raw: str) -> Iterator[Piece]:
    """The pieces of an HTML fragment: tags gone, entities decoded once, a line break at each block."""
    position, last = 0, ""
    while position < len(raw):
        found = _MARKUP.search(raw, position)
        start = found.start() if found else len(raw)
        if start > position:
            last = raw[start - 1]
            yield Piece(raw[position:start], position, start)
        if not found:
            return
        position = found.end()
        made = _made_of(found)
        if found["dropped"]:
            closing = _CLOSING[found["dropped"].lower()].search(raw, position)
            position = closing.end() if closing else len(raw)
        if made == "\n" and raw[found.start()] == "<" and last in ("", "\n"):
            continue  # a line break stands there already, or nothing does
        if made:
            last = made[-1]
            yield Piece(made, found.start(), found.end())


def _made_of(found: re.Match[str]) -> str:
    """What a piece of markup becomes in the text."""
    markup = found[0]
    if markup[0] == "\r":
        return "\n"
    if markup[0] == "&":
        return _decoded(markup)
    name = (found["name"] or "").lower()
    return "\n" if name == "br" or name in _BLOCKS else ""


def _decoded(entity: str) -> str:
    import html  # the table of names is large; most texts have no entity

    return html.unescape(entity)


def _composed(pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces in NFC. Composition reaches over piece borders, so the text is cut anew before each starter."""
    run: list[str] = []
    raw_start, raw_end = 0, 0
    for character, start, end in _characters(pieces):
        if run and _begins_run(character):
            yield Piece(unicodedata.normalize("NFC", "".join(run)), raw_start, raw_end)
            run.clear()
        if not run:
            raw_start = start
        run.append(character)
        raw_end = end
    if run:
        yield Piece(unicodedata.normalize("NFC", "".join(run)), raw_start, raw_end)


def _begins_run(character: str) -> bool:
    """Whether nothing before this character can join with it: it is no mark, and no vowel or final of Hangul."""
    return unicodedata.combining(character) == 0 and not unicodedata.category(character).startswith("M") and not (
        "\u1160" <= character <= "\u11ff"
    )


def _characters(pieces: list[Piece]) -> Iterator[tuple[str, int, int]]:
    for text, start, end in pieces:
        copied = len(text) == end - start
        for offset, character in enumerate(text):
            yield (character, start + offset, start + offset + 1) if copied else (character, start, end)


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """The pieces without white space at both ends."""
    first, last = 0, len(pieces)
    while first < last and not pieces[first].text.strip(_SPACE):
        first += 1
    while first < last and not pieces[last - 1].text.strip(_SPACE):
        last -= 1
    kept = pieces[first:last]
    if kept:
        text, start, end = kept[0]
        cut = len(text) - len(text.lstrip(_SPACE))
        kept[0] = Piece(text[cut:], start + cut if len(text) == end - start else start, end)
        text, start, end = kept[-1]
        cut = len(text) - len(text.rstrip(_SPACE))
        kept[-1] = Piece(text[: len(text) - cut], start, end - cut if len(text) == end - start else end)
    return kept
