"""YAML in a narrow profile: read as events, refused at the first breach, every scalar a string.

``yaml.safe_load`` turns NO into False and 12:30 into 750, keeps the last of two equal keys, and follows aliases until the
memory is gone. Here a schema does the typing (`transfers.records.shapes`), so a scalar is what the file says, in NFC.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final

import yaml

from transfers.errors import Problem, ProblemsError
from transfers.records.shown import as_shown
from transfers.vocabulary.marks import MOST_MARKS, find_crowd

LARGEST: Final = 2_000_000  # bytes of a file
DEEPEST: Final = 24  # maps and lists inside each other

Path = tuple[str | int, ...]
Lines = dict[Path, int]

_Parser: Any = getattr(getattr(yaml, "cyaml", None), "CParser", yaml.SafeLoader)  # the wheels carry libyaml; else in Python
# Nothing that a terminal obeys, that hides text or turns its direction: controls but TAB and line ends, line and paragraph
# separators, bidi marks, tags, byte order marks, surrogates and code points that are no characters.
_NOT_ALLOWED: Final = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f"
)
_FORBIDDEN: Final = re.compile(f"[{_NOT_ALLOWED}]")
_FORBIDDEN_AS_ESCAPE: Final = re.compile(f"[\r{_NOT_ALLOWED}]")  # in a file, CR can only be a line end


def read_yaml(data: bytes, path: str) -> Any:
    """The value of one file: maps, lists and strings, nothing else.

    Args:
        data: the bytes of the file.
        path: the file's name for messages.

    Raises:
        ProblemsError: the file is outside the profile; one problem, with its line.
    """
    return _build(_decode(data, path), path, None)


def read_lines(data: bytes, path: str) -> Lines:
    """The line on which each value of a file begins, by its path of keys and positions.

    Only wanted when there is something to complain of, hence not part of `read_yaml`.
    """
    lines: Lines = {}
    _build(_decode(data, path), path, lines)
    return lines


def _refuse(path: str, line: int, sentence: str) -> ProblemsError:
    return ProblemsError([Problem(path, line, "", sentence)])


def _decode(data: bytes, path: str) -> str:
    if len(data) > LARGEST:
        raise _refuse(path, 0, f"has {len(data):,} bytes; a file of this kind has at most {LARGEST:,}")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refuse(path, data.count(b"\n", 0, error.start) + 1, "is not UTF-8") from error
    found = _FORBIDDEN.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        what = "a byte order mark" if found[0] == "\ufeff" else "the character"
        raise _refuse(path, line, f"{what} U+{ord(found[0]):04X} may not stand in a file of this kind")
    if text.isascii():
        return text
    crowd = find_crowd(text)
    if crowd is not None:
        raise _refuse(path, text.count("\n", 0, crowd) + 1, f"more than {MOST_MARKS} marks stand on one letter")
    return unicodedata.normalize("NFC", text)


def _build(text: str, path: str, lines: Lines | None) -> Any:
    try:
        return _Builder(text, path, lines).document()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        sentence = getattr(error, "problem", None) or "is not YAML"
        raise _refuse(path, mark.line + 1 if mark else 0, f"is not YAML: {sentence}") from error


def _line(event: Any) -> int:
    """The line on which an event begins, counted from 1."""
    line: int = event.start_mark.line
    return line + 1


class _Builder:
    """Turns the events of one document into a value and stops at the first breach. Recursion is safe: the depth is bounded."""

    def __init__(self, text: str, path: str, lines: Lines | None) -> None:
        self._text = text
        self._path = path
        self._lines = lines
        self._escapes = "\\" in text
        self._next = _Parser(text).get_event

    def document(self) -> Any:
        """The value of the one document of the file."""
        self._next()  # stream start
        if not isinstance(self._next(), yaml.DocumentStartEvent):
            raise _refuse(self._path, 0, "is empty")
        event = self._next()
        value = self._scalar(event) if type(event) is yaml.ScalarEvent else self._container(event, (), 0)
        self._next()  # document end
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            raise self._at(event, "begins a second document; a file holds one")
        return value

    def _container(self, event: Any, place: Path, depth: int) -> Any:
        """The map or list that begins with this event."""
        kind = type(event)
        if kind is yaml.AliasEvent:
            raise self._at(event, "an alias (*name) is not allowed; write the value again")
        if depth >= DEEPEST:
            raise self._at(event, f"maps and lists stand more than {DEEPEST} deep")
        self._check_bare(event)
        if self._lines is not None:
            self._lines.setdefault(place, _line(event))
        return self._map(place, depth + 1) if kind is yaml.MappingStartEvent else self._list(place, depth + 1)

    def _map(self, place: Path, depth: int) -> dict[str, Any]:
        next_event, scalar_event, end_event, lines = self._next, yaml.ScalarEvent, yaml.MappingEndEvent, self._lines
        value: dict[str, Any] = {}
        while True:
            event: Any = next_event()
            if type(event) is end_event:
                return value
            if type(event) is not scalar_event:
                raise self._at(event, "a key must be a word, not a list, a map or an alias")
            key = self._scalar(event)
            if key in value:
                raise self._duplicate(event, key, place)
            if key == "<<" and not event.style:
                raise self._at(event, "a merge key (<<) is not allowed")
            if lines is not None:
                lines[(*place, key)] = _line(event)
            event = next_event()
            value[key] = (
                self._scalar(event) if type(event) is scalar_event
                else self._container(event, (*place, key) if lines is not None else (), depth)
            )

    def _list(self, place: Path, depth: int) -> list[Any]:
        next_event, scalar_event, end_event, lines = self._next, yaml.ScalarEvent, yaml.SequenceEndEvent, self._lines
        value: list[Any] = []
        while True:
            event: Any = next_event()
            if type(event) is end_event:
                return value
            if lines is not None:
                lines[(*place, len(value))] = _line(event)
            value.append(
                self._scalar(event) if type(event) is scalar_event
                else self._container(event, (*place, len(value)) if lines is not None else (), depth)
            )

    def _scalar(self, event: Any) -> str:
        if event.anchor is not None or event.tag is not None:
            self._check_bare(event)
        value: str = event.value
        style = event.style
        if not style:
            if value == "~" or value == "null":
                raise self._at(event, f"{value} is not a value; leave the key out, or quote the word")
        elif style == '"':
            if self._escapes:
                return self._unescaped(event, value)
        elif style != "'":  # a block: that its last line ends says nothing
            return value.rstrip("\n")
        return value

    def _unescaped(self, event: Any, value: str) -> str:
        if _FORBIDDEN_AS_ESCAPE.search(value):
            raise self._at(event, "an escape gives a character that may not stand in a file of this kind")
        if value.isascii():
            return value
        if find_crowd(value) is not None:
            raise self._at(event, f"more than {MOST_MARKS} marks stand on one letter")
        return unicodedata.normalize("NFC", value)

    def _check_bare(self, event: Any) -> None:
        if event.anchor is not None:
            raise self._at(event, "an anchor (&name) is not allowed")
        if event.tag is not None:
            raise self._at(event, "a tag (!name) is not allowed")

    def _at(self, event: Any, sentence: str) -> ProblemsError:
        return _refuse(self._path, _line(event), sentence)

    def _duplicate(self, event: Any, key: str, place: Path) -> ProblemsError:
        if self._lines is None:  # read again, this time with the lines
            _build(self._text, self._path, {})
            raise AssertionError
        return self._at(event, f"duplicate key {as_shown(key)}; it stands on line {self._lines[*place, key]} already")
