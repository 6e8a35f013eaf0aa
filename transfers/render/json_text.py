"""JSON: UTF-8, keys in the order of the columns, one object to a line; and nothing in it that a terminal would act on.

Written by hand: most cells are plain, and the json package takes longer to import than a hundred rows take to write.
"""

from __future__ import annotations

from transfers.render.visible import as_json_escapes

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

_LARGEST = 2**53  # a larger number is written as text: readers in JavaScript would lose digits


def as_json(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """The rows as an array of objects, one to a line."""
    return "[" + ",\n ".join(_objects(columns, rows)) + "]\n"


def as_json_lines(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """The rows as objects, one to a line, without an array around them."""
    return "".join(line + "\n" for line in _objects(columns, rows))


def _objects(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[str]:
    keys = [_as_string(column) + ": " for column in columns]
    return ["{" + ", ".join([key + as_value(value) for key, value in zip(keys, row, strict=True)]) + "}" for row in rows]


def as_value(value: Any) -> str:
    """One value on one line: text, number, None, or a list or dictionary of these."""
    if isinstance(value, str):
        return _as_string(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if -_LARGEST <= value <= _LARGEST else f'"{value}"'
    if isinstance(value, dict):
        return "{" + ",".join([f"{_as_string(key)}:{as_value(one)}" for key, one in value.items()]) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(as_value, value)) + "]"
    if isinstance(value, float):
        return repr(value) if value - value == 0 else f'"{value}"'  # infinity and the like are no numbers in JSON
    return f'"{value.hex()}"'


def as_page(value: Any, indent: str = "") -> str:
    """One value over several lines, two spaces deeper for each level; without a line break at its end."""
    deeper = indent + "  "
    if isinstance(value, dict) and value:
        inside = [f"{_as_string(key)}: {as_page(one, deeper)}" for key, one in value.items()]
        return f"{{\n{deeper}" + f",\n{deeper}".join(inside) + f"\n{indent}}}"
    if isinstance(value, list) and value:
        return f"[\n{deeper}" + f",\n{deeper}".join(as_page(one, deeper) for one in value) + f"\n{indent}]"
    return as_value(value)


def _as_string(text: str) -> str:
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    from json.encoder import JSONEncoder

    return as_json_escapes(JSONEncoder(ensure_ascii=False).encode(text))
