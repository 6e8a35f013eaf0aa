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

LARGEST: Final = 2_000_000  # bytes of a file
DEEPEST: Final = 24  # maps and lists inside each other

Path = tuple[str | int, ...]
Lines = dict[Path, int]

_Parser: Any = getattr(getattr(yaml, "cyaml", None), "CParser", yaml.SafeLoader)  # the wheels carry libyaml; else in Python
# Nothing that a terminal obeys, that hides text or turns its direction: controls but TAB and line ends, line and paragraph
# separators, bidi marks, tags, byte order marks, surrogates and code points that are no characters.
_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"
)


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
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    found = _FORBIDDEN.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise _refuse(path, line, f"the character U+{ord(found[0]):04X} may not stand in a file of this kind")
    return text


def _build(text: str, path: str, lines: Lines | None) -> Any:
    try:
        parser = _Parser(text)
        return _Builder(parser.get_event, path, lines, escapes="\\" in text).document()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        sentence = getattr(error, "problem", None) or "is not YAML"
        raise _refuse(path, mark.line + 1 if mark else 0, f"is not YAML: {sentence}") from error


class _Builder:
    """Turns the events of one document into a value, with a stack of its own instead of recursion."""

    def __init__(self, next_event: Any, path: str, lines: Lines | None, *, escapes: bool) -> None:
        self._next = next_event
        self._path = path
        self._lines = lines
        self._escapes = escapes

    def document(self) -> Any:
        next_event = self._next
        next_event()  # stream start
        if not isinstance(next_event(), yaml.DocumentStartEvent):
            raise _refuse(self._path, 0, "is empty")
        value = self._value(next_event())
        next_event()  # document end
        event = next_event()
        if not isinstance(event, yaml.StreamEndEvent):
            raise self._at(event, "begins a second document; a file holds one")
        return value

    def _at(self, event: Any, sentence: str) -> ProblemsError:
        return _refuse(self._path, event.start_mark.line + 1, sentence)

    def _value(self, event: Any) -> Any:
        """The value that begins with this event. One loop, because a file may be nested deeper than Python's stack."""
        scalar_event, map_event, list_event = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
        end_events = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
        next_event, lines = self._next, self._lines
        stack: list[tuple[Any, str | None]] = []  # containers that are still open, each with the key that waits for a value
        keys: list[str | int] = []
        container: Any = None
        key: str | None = None
        while True:
            kind = type(event)
            if kind in end_events:
                value = container
                container, key = stack.pop()
            else:
                if lines is not None:
                    place = () if container is None else (*keys, len(container) if type(container) is list else key)
                    if type(container) is not dict or key is not None:
                        lines[place] = event.start_mark.line + 1  # type: ignore[index]
                if kind is scalar_event:
                    value = self._scalar(event)
                    if type(container) is dict and key is None:
                        key = self._key(event, value, container)
                        if lines is not None:
                            lines[(*keys, key)] = event.start_mark.line + 1
                        event = next_event()
                        continue
                elif kind is map_event or kind is list_event:
                    self._check_container(event, len(stack))
                    if type(container) is dict and key is None:
                        raise self._at(event, "a key must be a word, not a list or a map")
                    if lines is not None and container is not None:
                        keys.append(len(container) if type(container) is list else key)  # type: ignore[arg-type]
                    stack.append((container, key))
                    container, key = ({} if kind is map_event else []), None
                    event = next_event()
                    continue
                else:
                    raise self._at(event, "an alias (*name) is not allowed; write the value again")
            if container is None:
                return value
            if type(container) is list:
                container.append(value)
            else:
                container[key] = value
                key = None
            if lines is not None and kind in end_events:
                keys.pop()
            event = next_event()

    def _check_container(self, event: Any, depth: int) -> None:
        if depth >= DEEPEST:
            raise self._at(event, f"maps and lists stand more than {DEEPEST} deep")
        if event.anchor is not None:
            raise self._at(event, "an anchor (&name) is not allowed")
        if event.tag is not None:
            raise self._at(event, "a tag (!name) is not allowed")

    def _scalar(self, event: Any) -> str:
        if event.anchor is not None:
            raise self._at(event, "an anchor (&name) is not allowed")
        if event.tag is not None:
            raise self._at(event, "a tag (!name) is not allowed")
        value: str = event.value
        if value in ("~", "null") and not event.style:
            raise self._at(event, f"{value} is not a value; leave the key out, or quote the word")
        if self._escapes and _FORBIDDEN.search(value):
            raise self._at(event, "an escape gives a character that may not stand in a file of this kind")
        return value

    def _key(self, event: Any, key: str, container: dict[str, Any]) -> str:
        if key == "<<" and not event.style:
            raise self._at(event, "a merge key (<<) is not allowed")
        if key in container:
            raise self._at(event, f"duplicate key {key!r}; it stands above already")
        return key
