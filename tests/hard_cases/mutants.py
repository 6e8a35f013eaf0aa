"""Files with one value changed: every scalar of a record, each to other values that its kind allows; so for all files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from transfers.records.format import RECORD
from transfers.records.shapes import Edtf, Either, Listing, Map, Named, Shape, Text, Word

Path = tuple[str | int, ...]

ACTOR_KEYS = frozenset({
    "outlet", "agency", "speaker", "said_by", "via", "actor", "supplier", "recipient", "person", "org", "used_by",
    "designer", "target",
})
# What a slug may be changed into: the first of its kind that is not there already.
SLUGS = {
    "actor": ("coastline-press", "soviet-union"),
    "system": ("howitzer", "engine"),
    "topic": ("plans", "losses"),
    "place": ("tehran",),  # old-yard is harbour-yard
    "meeting": ("2023-02-tostrand-visit", "2023-06-tostrand-press-conference"),
    "role": ("vesk-head-of-production", "tostrand-party-member"),
    "article": ("river-herald-2022-05-05-minister", "harbour-gazette-2022-10-10-through-minsk"),
    "claim": ("harbour-gazette-2022-10-10-through-minsk-c01", "northern-ledger-2022-04-20-militias-c01"),
    "statement": ("northern-ledger-2021-12-30-loan-s01", "river-herald-2023-05-05-rates-s01"),
    "local statement": ("s01", "s02"),
    "other": ("something-else", "something-else-again"),
}
KIND_OF_KEY = {
    "system": "system", "parent": "system", "topics": "topic", "place": "place", "meeting": "meeting", "role": "role",
    "copy_of": "article", "article": "article", "supersedes": "claim", "same_as": "statement", "statement": "local statement",
}
OTHER_OF_KEY = {"lang": "fr", "original_lang": "fr", "currency": "EUR", "on": "2023-01-16", "retrieved_on": "2023-01-16"}


def mutants(file: Any, shape: Shape = RECORD) -> Iterator[tuple[Path, list[Any]]]:
    """Each scalar's path, with the files in which it alone is another."""
    for path, inner, value in scalars(file, shape, ()):
        yield path, [_with(file, path, other) for other in others(value, inner, path)]


def pattern(path: Path) -> str:
    """The path without positions, so that values of one kind share it."""
    return ".".join(part for part in path if isinstance(part, str))


def as_yaml(value: Any) -> bytes:
    """The value as a file: JSON is YAML."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def scalars(value: Any, shape: Shape, path: Path) -> Iterator[tuple[Path, Shape, str]]:
    """Every scalar of a value, with its path and the shape that it must have."""
    if isinstance(shape, Either):
        shape = shape._shapes[type(value)]  # type: ignore[assignment]
    if isinstance(value, str):
        yield path, shape, value
    elif isinstance(value, list):
        assert isinstance(shape, Listing)
        for position, item in enumerate(value):
            yield from scalars(item, shape.item, (*path, position))
    else:
        for key, item in value.items():
            inner = shape.fields[key].shape if isinstance(shape, Map) else shape.item  # type: ignore[attr-defined]
            assert isinstance(shape, (Map, Named))
            yield from scalars(item, inner, (*path, key))


def others(value: str, shape: Shape, path: Path) -> list[str]:
    """Other values of the same kind; where a kind has one value only, a value outside it."""
    if isinstance(shape, Word):
        return [word for word in shape.words if word != value] or [value + "x"]
    if isinstance(shape, Edtf):
        return [date for date in ("2001-02-03", "2002") if date != value]
    assert isinstance(shape, Text)
    key = next(part for part in reversed(path) if isinstance(part, str))
    if value.isdigit():
        return [str(int(value) + 1), str(max(int(value) - 1, 0))]
    if shape.pattern and key == "id":
        return [value[:-1] + "8"]
    if shape.pattern and key == "sha256":
        return [value[:-1] + ("0" if value[-1] != "0" else "1")]
    if "a-z0-9" in shape.pattern or key == "statement":
        kind = "actor" if key in ACTOR_KEYS else KIND_OF_KEY.get(key, "other")
        return [slug for slug in SLUGS[kind] if slug != value]
    return [OTHER_OF_KEY[key]] if shape.pattern and key in OTHER_OF_KEY else _other_texts(value)


def _other_texts(value: str) -> list[str]:
    """Texts that are shorter by a word or a character, so that a quote still stands where it stood, and a longer one."""
    shorter = {value.rpartition(" ")[0], value.partition(" ")[2], value[:-1]}
    return [*sorted(text for text in shorter if text), value + "x"]


def _with(value: Any, path: Path, new: str) -> Any:
    if not path:
        return new
    if isinstance(value, list):
        return [_with(item, path[1:], new) if position == path[0] else item for position, item in enumerate(value)]
    return {key: _with(item, path[1:], new) if key == path[0] else item for key, item in value.items()}
