"""Keys to find names and texts by, and the ids that the program makes. Keys are never shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

LONGEST_WORD: Final = 100  # characters of one search word, a longer one is cut: PostgreSQL takes no word of over 2,046 bytes

_ASCII_WORDS: Final = f"[a-z]{{1,{LONGEST_WORD}}}|[0-9]{{1,{LONGEST_WORD}}}"
_CUTTING: Final = "\u200b\u200c"  # stand between words; all other format characters, such as soft hyphens, within one
# Scripts written without spaces: each character is a word of its own, so that a part of a sentence finds the whole.
_ALONE: Final = "[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"


def as_key(name: str) -> str:
    """The key a name is found by: NFKC, case folded, letters, marks and digits only (``Shahed 136`` -> ``shahed136``).

    Source: docs/codebook.md, Names.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    kept = "".join(character for character in folded if unicodedata.category(character)[0] in "LMN")
    return unicodedata.normalize("NFC", kept)  # what was left out may have stood between a letter and its mark


def as_words(text: str) -> str:
    """A text as search words, joined by single spaces: NFKC, case folded, cut at everything that is no letter, mark or
    digit and between letters and digits (``S-400s`` -> ``s 400 s``); Han and kana one by one.

    Texts and queries are cut by this one rule, on both engines.
    """  # noqa: D205 - one sentence on two lines
    if text.isascii():
        return " ".join(_pattern(_ASCII_WORDS).findall(text.lower()))
    return " ".join(_words(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())))


@cache
def _pattern(text: str) -> re.Pattern[str]:
    # When it is first needed: one of them takes 3 ms, which every command would pay that looks up a name.
    return re.compile(text)


class _Kinds(dict[str, str]):
    """What each character is to a word, looked up once: L letter, N digit, M mark, A a word alone, - nothing, C cuts."""

    def __missing__(self, character: str) -> str:
        category = unicodedata.category(character)
        if category[0] == "L" and _pattern(_ALONE).match(character):
            kind = "A"
        elif category == "Cf":
            kind = "C" if character in _CUTTING else "-"
        else:
            kind = category[0] if category[0] in "LMN" else "C"
        self[character] = kind
        return kind


_KINDS: Final = _Kinds()


def _words(folded: str) -> Iterator[str]:
    word, kind, kinds = "", "C", _KINDS
    for character in folded:
        new_kind = kinds[character]
        if new_kind == "-":
            continue
        if new_kind == "M" and word and len(word) < LONGEST_WORD:  # a mark belongs to what it marks
            word += character
            continue
        if word and (new_kind != kind or len(word) == LONGEST_WORD):
            yield word
            word = ""
        if new_kind == "A":
            yield character
        elif new_kind in "LN":
            word += character
        kind = new_kind
    if word:
        yield word


def transfer_id(supplier: str, recipient: str, system: str, kind: str, episode: str = "all") -> str:
    """The id of a transfer, made of its key: ``supplier-recipient-system-kind``, then ``-episode`` unless it is ``all``."""
    parts = [supplier, recipient, system, kind.replace("_", "-")]
    if episode != "all":
        parts.append(episode)
    return "-".join(parts)
