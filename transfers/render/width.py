"""How many columns of a terminal a text takes, and how it is broken into lines of so many."""

from __future__ import annotations


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
    taken, left = [], width - 1
    for character in text:
        left -= width_of(character)
        if left < 0:
            break
        taken.append(character)
    return "".join(taken).rstrip() + "…" if width > 0 else ""


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most so many columns, broken at spaces, and inside a word only where it is too long.

    Runs of spaces become one; an empty text is one empty line.
    """
    if width_of(text) <= width:
        return [text]
    lines, line, used = [], "", 0
    for word in text.split():
        wide = width_of(word)
        if line and used + 1 + wide <= width:
            line, used = f"{line} {word}", used + 1 + wide
            continue
        if line:
            lines.append(line)
        while wide > width:
            piece = _beginning(word, width)
            lines.append(piece)
            word = word[len(piece):]
            wide = width_of(word)
        line, used = word, wide
    if line or not lines:
        lines.append(line)
    return lines


def _beginning(word: str, width: int) -> str:
    """As many characters of the word as fit, at least one; a mark stays with what it marks."""
    used = 0
    for index, character in enumerate(word):
        used += width_of(character)
        if used > width:
            return word[:max(index, 1)]
    return word


def pad(text: str, width: int, *, right: bool = False) -> str:
    """The text filled with spaces to so many columns, from the left when it is to stand at the right."""
    spaces = " " * (width - width_of(text))
    return spaces + text if right else text + spaces
