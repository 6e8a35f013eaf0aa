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
        cog.outl("| key | | holds | |\n|---|---|---|---|")
        for depth, key, field in _walk(shape):
            mark = "needed" if field.needed else ""
            cog.outl(f"| {'&emsp;' * depth}`{key}` | {mark} | {_kind(field.shape)} | {field.comment} |")
        cog.outl("")


# What a reader of the tables has to know of these; the whole rule is in the message of whoever breaks it.
SHORT = {
    files.SLUG: "id", files.ANY_ID: "whole id", files.LINE: "one line", files.TEXT: "text", files.QUOTE: "quote",
    files.FILE: "path", files.URL: "address", files.SHA256: "SHA-256", files.DAY: "day", files.NUMBER: "number",
    files.FINGERPRINT: "16 hexadecimal digits", files.DEAL_YEAR: "year",
    files.MONEY: "number", files.COUNT: "number", files.LANG: "language (BCP 47)",
}


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


def _kind(shape: Shape) -> str:
    match shape:
        case Word():
            return " ".join(f"`{word}`" for word in shape.words)
        case Text():
            return SHORT.get(shape) or shape.says
        case Edtf():
            return "EDTF"
        case Listing():
            return "list of maps" if isinstance(shape.item, Map) else f"list: {_kind(shape.item)}"
        case Named():
            return "fields and their [quotes](#quotes)" if shape.item is files.SPANS else "fields and their reasons"
        case Either():
            return "[quotes](#quotes)"
        case Map():
            return _link(shape) or "map"
        case _:
            raise RuntimeError(f"docs/make/keys.py does not know {shape!r}")


def _link(shape: Map) -> str:
    """Where the page tells of the keys of a map, unless they follow in the same table."""
    sections = {"quantity": files.QUANTITY, "date": files.DATE, "value": files.VALUE, "article": files.ARTICLE}
    return next((f"[{name}](#{name})" for name, known in sections.items() if known is shape), "")
