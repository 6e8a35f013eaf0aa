r"""Nothing that is printed may steer a terminal, hide characters or forge a line: not a quote, not a file's name, not an error.

Control and format characters, half surrogates, unassigned and private code points, line and paragraph separators are written
as ``\x1b``. Only the two joiners pass between letters, where Persian and Indian scripts need them.
"""

from __future__ import annotations

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Final

_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS: Final = "\u200c\u200d"


def as_visible(text: str, keep: str = "") -> str:
    r"""The text with every character that a terminal would act on or not show written as ``\x1b``.

    Args:
        text: any text.
        keep: characters to let pass all the same, such as the line break.
    """
    if text.isprintable():
        return text
    return _replace(text, keep, lambda character: f"\\x{ord(character):02x}")


def as_line(text: str) -> str:
    """The text on one line, visible: line breaks and tabs become spaces."""
    if text.isprintable():
        return text
    return as_visible(text.replace("\r\n", " ").replace("\n", " ").replace("\t", " "))


def as_json_escapes(text: str) -> str:
    r"""JSON text in which the characters that `as_visible` would change are written ``\u001b``."""
    if text.isprintable():
        return text
    return _replace(text, "\n", _escape)


def _escape(character: str) -> str:
    code = ord(character)
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"


def _replace(text: str, keep: str, written: Callable[[str], str]) -> str:
    import unicodedata

    hidden = {
        character: written(character)
        for character in set(text)
        if not character.isprintable() and unicodedata.category(character) in _HIDDEN and character not in keep
    }
    joiners = [character for character in _JOINERS if character in hidden]
    if joiners:
        text = _mark_joiners(text, hidden)
    return text.translate({ord(character): replaced for character, replaced in hidden.items()})


def _mark_joiners(text: str, hidden: dict[str, str]) -> str:
    """Write out the joiners that do not stand between letters, and take them out of what is still to be replaced."""
    import unicodedata

    pieces = list(text)
    last = len(pieces) - 1
    for index, character in enumerate(text):
        if character in _JOINERS:
            between = 0 < index < last and all(
                unicodedata.category(text[beside])[0] in "LM" for beside in (index - 1, index + 1)
            )
            if not between:
                pieces[index] = hidden[character]
    for character in _JOINERS:
        hidden.pop(character, None)
    return "".join(pieces)
