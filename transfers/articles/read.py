"""Reading the file of an article: the bytes that were reviewed, or a refusal."""

from __future__ import annotations

import hashlib
from typing import Final, NamedTuple

from transfers.articles.plain_text import PLAIN_NFC_1, PlainText, as_plain_text
from transfers.errors import ArticleError
from transfers.files import FileError, read_file

LARGEST: Final = 8_000_000  # bytes of a file


class ArticleText(NamedTuple):
    """The text of one article, the file as decoded, and the hashes of both."""

    plain: PlainText
    raw: str
    text_sha256: str
    raw_sha256: str
    norm: str

    @property
    def text(self) -> str:
        """The text that quotes are spans of."""
        return self.plain.text


def read_article(root: str, path: str, format_: str, sha256: str, norm: str = PLAIN_NFC_1) -> ArticleText:
    """The text of an article's file.

    Args:
        root: the collection.
        path: the file, relative to it.
        format_: ``html`` or ``text``.
        sha256: what the record says of the file's bytes.
        norm: name of the rule that makes the text.

    Raises:
        ArticleError: the file is missing, is not the file that was reviewed, is not UTF-8, or holds control characters.
    """
    if norm != PLAIN_NFC_1:
        raise ArticleError(f"was read with the rule {norm}, which this program does not know")
    try:
        file = read_file(root, path, LARGEST)
    except FileError as error:
        raise ArticleError(str(error)) from error
    data, found = file.data, file.sha256
    if found != sha256:
        hint = "; its line ends were changed" if _differs_in_line_ends(data, sha256) else ""
        raise ArticleError(f"is not the file that was reviewed{hint} (sha256 {found}, the record says {sha256})")
    try:
        raw = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ArticleError(f"is not UTF-8 on line {line}") from error
    plain = as_plain_text(raw, format_)
    return ArticleText(plain, raw, hashlib.sha256(plain.text.encode()).hexdigest(), found, norm)


def _differs_in_line_ends(data: bytes, sha256: str) -> bool:
    plain = data.replace(b"\r\n", b"\n")
    return any(hashlib.sha256(other).hexdigest() == sha256 for other in (plain, plain.replace(b"\n", b"\r\n")))
