"""JSON: UTF-8, keys in the order of the columns, one object to a line; and nothing in it that a terminal would act on."""

from __future__ import annotations

from json import JSONEncoder
from typing import TYPE_CHECKING, Any

from transfers.render.visible import as_json_escapes

if TYPE_CHECKING:
    from collections.abc import Iterable

_LARGEST = 2**53  # above it a reader in JavaScript loses digits


def _as_text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"no JSON for {type(value)}")


_encode = JSONEncoder(ensure_ascii=False, allow_nan=False, default=_as_text).encode
_encode_compact = JSONEncoder(ensure_ascii=False, allow_nan=False, default=_as_text, separators=(",", ":")).encode
_encode_indented = JSONEncoder(ensure_ascii=False, allow_nan=False, default=_as_text, indent=2).encode


def as_json(rows: Iterable[dict[str, Any]]) -> str:
    """The rows as an array of objects, one to a line."""
    return "[" + ",\n ".join(_object(row) for row in rows) + "]\n"


def as_json_lines(rows: Iterable[dict[str, Any]]) -> str:
    """The rows as objects, one to a line, without an array around them."""
    return "".join(_object(row) + "\n" for row in rows)


def as_json_page(value: dict[str, Any]) -> str:
    """One object that holds others, indented."""
    return as_json_escapes(_encode_indented(_exact(value))) + "\n"


def _object(row: dict[str, Any]) -> str:
    try:
        text = _encode(row)
    except ValueError:
        text = _encode(_exact(row))
    else:
        if any(isinstance(value, int) and abs(value) > _LARGEST for value in row.values()):
            text = _encode(_exact(row))
    return as_json_escapes(text)


def _exact(value: Any) -> Any:
    """The value with numbers that JSON readers would spoil as text: very large ones, infinity."""
    if isinstance(value, dict):
        return {key: _exact(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_exact(one) for one in value]
    if isinstance(value, int) and abs(value) > _LARGEST:
        return str(value)
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return str(value)
    return value


def as_compact(value: Any) -> str:
    """A list or object as JSON text on one line, as it stands in a cell of CSV."""
    return _encode_compact(_exact(value))
