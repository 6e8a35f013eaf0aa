"""What a file may hold: maps with known keys, lists, and words of known kinds. All breaches are found, not only the first.

A shape is called with a value and the path to it, and adds what is wrong to a list. The same shapes write the JSON Schema
that editors use, so the format of records stands in one place (`transfers.records.format`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple

from transfers.records.known import find_near
from transfers.records.shown import as_shown
from transfers.vocabulary.dates import DateError, read_edtf

Path = tuple[str | int, ...]
Breaches = list[tuple[Path, str]]
Schema = dict[str, Any]

MOST: Final = 200  # breaches of one file: what has more of them is a file of another kind, and may have a million
LONGEST_DATE: Final = 40


class Shape:
    """One kind of value."""

    def check(self, value: Any, path: Path, breaches: Breaches) -> None:
        """Add ``(path, sentence)`` for everything that is wrong with the value."""
        raise NotImplementedError

    def schema(self) -> Schema:
        """The shape as JSON Schema (draft 2020-12)."""
        raise NotImplementedError


def find_breaches(shape: Shape, value: Any) -> Breaches:
    """Everything that is wrong with the shape of a value; when that is very much, its beginning and a sentence that says so."""
    breaches: Breaches = []
    shape.check(value, (), breaches)
    if len(breaches) >= MOST:
        breaches[MOST:] = [((), f"more is wrong in this file than the {MOST} things that are told here")]
    return breaches


def _what(value: Any) -> str:
    return "a map" if isinstance(value, dict) else "a list" if isinstance(value, list) else "a word or text"


class Text(Shape):
    """A text that is not empty; ``pattern`` is what it must match as a whole, ``says`` how that is put to people."""

    def __init__(self, says: str = "", pattern: str = "", longest: int = 10_000) -> None:
        self.says = says
        self.pattern = pattern
        self.longest = longest
        self._matches: Callable[[str], object] | None = None  # compiled when first wanted: most patterns are not, in one run

    def check(self, value: Any, path: Path, breaches: Breaches) -> None:
        """Refuse what is no text, empty, too long or outside the pattern."""
        if type(value) is not str:
            breaches.append((path, f"must be text, not {_what(value)}"))
        elif not value or value.isspace():
            breaches.append((path, "is empty; leave the key out if there is nothing to say"))
        elif len(value) > self.longest:
            breaches.append((path, f"has {len(value):,} characters; at most {self.longest:,} are allowed"))
        elif self.pattern and not self._fits(value):
            breaches.append((path, f"{as_shown(value)} is not {self.says}"))

    def _fits(self, value: str) -> bool:
        if self._matches is None:
            self._matches = re.compile(self.pattern, re.ASCII).fullmatch
        return self._matches(value) is not None

    def schema(self) -> Schema:
        """A string with its pattern."""
        result: Schema = {"type": "string", "minLength": 1, "maxLength": self.longest, "pattern": "\\S"}
        if self.pattern:
            result |= {"pattern": f"^(?:{self.pattern})$", "description": self.says}
        return result


class Word(Shape):
    """One word of a closed list."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = words
        self._known = frozenset(words)

    def check(self, value: Any, path: Path, breaches: Breaches) -> None:
        """Refuse a word outside the list and name the list."""
        if type(value) is not str:
            breaches.append((path, f"must be one word, not {_what(value)}"))
        elif value not in self._known:
            near = find_near(value, self.words, n=1)
            hint = f" (did you mean {near[0]}?)" if near else ""
            breaches.append((path, f"{as_shown(value)} is not one of {', '.join(self.words)}{hint}"))

    def schema(self) -> Schema:
        """An enumeration."""
        return {"enum": list(self.words)}


class Edtf(Shape):
    """A date in the EDTF profile (`transfers.vocabulary.dates`)."""

    def check(self, value: Any, path: Path, breaches: Breaches) -> None:
        """Refuse what the profile refuses, with its reason."""
        if type(value) is not str:
            breaches.append((path, f"must be a date, not {_what(value)}"))
            return
        if len(value) > LONGEST_DATE:
            breaches.append((path, f"has {len(value):,} characters; a date has at most {LONGEST_DATE}"))
            return
        try:
            read_edtf(value)
        except DateError as error:
            breaches.append((path, str(error)))

    def schema(self) -> Schema:
        """A string; the profile itself is checked by the program."""
        return {
            "type": "string", "minLength": 4, "maxLength": LONGEST_DATE,
            "description": "a date in EDTF: 2023, 2023-09, 2023-09-20, 2022-23/..",
        }


class Listing(Shape):
    """A list, which may be empty."""

    def __init__(self, item: Shape) -> None:
        self.item = item

    def check(self, value: Any, path: Path, breaches: Breaches) -> None:
        """Check each item."""
        if type(value) is not list:
            breaches.append((path, f"must be a list, not {_what(value)}"))
            return
        for position, item in enumerate(value):
            self.item.check(item, (*path, position), breaches)
            if len(breaches) >= MOST:
                return

    def schema(self) -> Schema:
        """An array."""
        return {"type": "array", "items": self.item.schema()}


class Field(NamedTuple):
    """One key of a map."""

    shape: Shape
    needed: bool = False
    comment: str = ""


class Map(Shape):
    """A map with known keys; an unknown one is refused with the nearest known."""

    def __init__(self, fields: Mapping[str, Field]) -> None:
        self.fields = dict(fields)
        self._checks = {name: field.shape.check for name, field in fields.items()}
        self._needed = tuple(name for name, field in fields.items() if field.needed)

    def check(self, value: Any, path: Path, breaches: Breaches) -> None:
        """Check the keys, then each value."""
        if type(value) is not dict:
            breaches.append((path, f"must be a map, not {_what(value)}"))
            return
        checks = self._checks
        for name, item in value.items():
            check = checks.get(name)
            if check:
                check(item, (*path, name), breaches)
                continue
            breaches.append(((*path, name), f"is not a known key; {_hint(name, checks)}"))
            if len(breaches) >= MOST:
                return
        for name in self._needed:
            if name not in value:
                breaches.append((path, f"{name} is missing"))

    def schema(self) -> Schema:
        """An object without further keys."""
        properties = {}
        for name, field in self.fields.items():
            properties[name] = field.shape.schema()
            if field.comment:
                properties[name]["description"] = field.comment
        return {
            "type": "object", "additionalProperties": False, "properties": properties, "required": list(self._needed),
        }


def _hint(name: str, known: Iterable[str]) -> str:
    """What a person likely meant who wrote an unknown key."""
    near = find_near(name, known, n=1)
    if near:
        return f"did you mean {near[0]}?"
    if " " in name:
        return "a comma inside {...} ends a text that is not in quotes: put the text in quotes"
    return f"known here are {', '.join(known)}"



class Named(Shape):
    """A map from keys of one kind to values of one shape, for example slugs to actors."""

    def __init__(self, key: Text | Word, item: Shape) -> None:
        self.key = key
        self.item = item
        self._known = key.words if isinstance(key, Word) else ()

    def check(self, value: Any, path: Path, breaches: Breaches) -> None:
        """Check each key and each value."""
        if type(value) is not dict:
            breaches.append((path, f"must be a map, not {_what(value)}"))
            return
        for name, item in value.items():
            if len(breaches) >= MOST:
                return
            if self._known and name not in self._known:
                breaches.append(((*path, name), f"is not a known key; {_hint(name, self._known)}"))
                continue
            self.key.check(name, (*path, name), breaches)
            self.item.check(item, (*path, name), breaches)

    def schema(self) -> Schema:
        """An object whose keys follow a pattern or a list."""
        return {"type": "object", "propertyNames": self.key.schema(), "additionalProperties": self.item.schema()}


class Either(Shape):
    """A text, a map or a list: each with its own shape, told apart by what the value is."""

    def __init__(self, text: Shape, map_: Shape, list_: Shape | None = None) -> None:
        self._shapes: dict[type[object], Shape | None] = {str: text, dict: map_, list: list_}

    def check(self, value: Any, path: Path, breaches: Breaches) -> None:
        """Check with the shape that is for this type."""
        shape = self._shapes[type(value)]
        if shape is None:
            breaches.append((path, "must be text or a map, not a list"))
        else:
            shape.check(value, path, breaches)

    def schema(self) -> Schema:
        """One of them."""
        return {"anyOf": [shape.schema() for shape in self._shapes.values() if shape]}
