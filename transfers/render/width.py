"""How many columns of a terminal a text takes, and how it is broken into lines of so many."""

from __future__ import annotations

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Iterator


def width_of(text: str) -> int:
    """Columns of a terminal: East Asian wide characters take two, marks and joiners none."""
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(_width(character, unicodedata.category(character), unicodedata.east_asian_width(character)) for character in text)


def _width(character: str, category: str, wide: str) -> int:
    if category in ("Mn", "Me") or character in "\u200c\u200d":
        return 0
    return 2 if wide in "WF" else 1


def cut(text: str, width: int) -> str:
    """The text, shortened with an ellipsis to at most so many columns."""
    if width_of(text) <= width:
        return text
    return _beginning(text, width - 1).rstrip() + "…" if width > 1 else "…"[:width]


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most so many columns: broken at spaces, then after hyphens and the like, then anywhere.

    Runs of spaces become one; an empty text is one empty line.
    """
    if width_of(text) <= width:
        return [text]
    lines, line, used = [], "", 0
    for piece, glue in _pieces(text, width):
        wide = width_of(piece)
        if line and used + len(glue) + wide > width:
            lines.append(line)
            line, used, glue = "", 0, ""
        line += (glue if line else "") + piece
        used = width_of(line)
    if line or not lines:
        lines.append(line)
    return lines


def _pieces(text: str, width: int) -> Iterator[tuple[str, str]]:
    """What must stay together, none of it wider than a line, each with what stands before it on the same line."""
    for word in text.split():
        glue = " "
        for part in breakable(word).split() if width_of(word) > width else (word,):
            while width_of(part) > width:
                piece = _beginning(part, width)
                yield piece, glue
                part, glue = part[len(piece):], ""
            yield part, glue
            glue = ""


def breakable(text: str) -> str:
    """The text with a space wherever a line may end: after a hyphen and the like, but not inside a date."""
    import re

    return re.sub("(?<=[^0-9])[-_/]", r"\g<0> ", text)


def _beginning(text: str, width: int) -> str:
    """As many characters as fit, at least one; a mark stays with what it marks."""
    used = 0
    for index, character in enumerate(text):
        used += width_of(character)
        if used > width:
            return text[:max(index, 1)]
    return text
