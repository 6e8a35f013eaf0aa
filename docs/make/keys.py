"""The tables of keys of docs/records.md, made of `transfers.records.format`."""

from __future__ import annotations

from collections.abc import Iterator

import cog

from transfers.records import format as files
from transfers.records.shapes import Edtf, Either, Field, Listing, Map, Named, Shape, Text, Word


def write_keys(*names: str) -> None:
    """Print the keys of shapes of the format, by the names they have there; the keys of maps inside them are indented."""
    for name in names:
        shape = files.REGISTRY[name] if name in files.REGISTRY else getattr(files, name)
        if isinstance(shape, Listing | Named):
            shape = shape.item
        assert isinstance(shape, Map)
        cog.outl("| key | | holds |\n|---|---|---|")
        for depth, key, field in _walk(shape):
            mark = "needed" if field.needed else ""
            cog.outl(f"| {'&emsp;' * depth}`{key}` | {mark} | {_as_cell(field)} |")
        cog.outl("")


def _walk(shape: Map, depth: int = 0) -> Iterator[tuple[int, str, Field]]:
    for key, field in shape.fields.items():
        yield depth, key, field
        inner = field.shape.item if isinstance(field.shape, Listing) else field.shape
        if isinstance(inner, Map) and not _has_own_section(inner):
            yield from _walk(inner, depth + 1)


def _has_own_section(shape: Map) -> bool:
    """Whether the page tells of these keys under a heading of their own."""
    return any(shape is one for one in (
        files.ARTICLE, files.MEETING, files.ROLE, files.ALIAS, files.STATEMENT, files.CLAIM, files.QUANTITY, files.DATE,
        files.VALUE, files.SPAN,
    ))


def _as_cell(field: Field) -> str:
    kind = _kind(field.shape)
    return (f"{kind}: {field.comment}" if field.comment else kind).replace("|", "\\|")


def _kind(shape: Shape) -> str:
    match shape:
        case Word():
            return " ".join(f"`{word}`" for word in shape.words)
        case Text():
            return shape.says or "text"
        case Edtf():
            return "a date"
        case Listing():
            return "a list" if isinstance(shape.item, Map) else f"a list: {_kind(shape.item)}"
        case Named():
            return "a map from fields to quotes" if shape.item is files.SPANS else "a map from fields to reasons"
        case Either():
            return "quotes, as typed or as [maps](#quotes)"
        case Map():
            return "a map" + _link(shape)
        case _:
            raise RuntimeError(f"docs/make/keys.py does not know {shape!r}")


def _link(shape: Map) -> str:
    """Where the page tells of the keys of a map, unless they follow in the same table."""
    sections = {"quantity": files.QUANTITY, "date": files.DATE, "value": files.VALUE, "article": files.ARTICLE}
    return next((f" with the keys of [{name}](#{name})" for name, known in sections.items() if known is shape), "")
