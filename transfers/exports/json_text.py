"""JSON: the same tables and views as one object, or one row a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from transfers.exports.objects import as_compact_json
from transfers.exports.tables import Table, read_rows

if TYPE_CHECKING:
    from transfers.db import Connection
    from transfers.exports.about import About

# Texts that are JSON themselves: here they need no second coat.
_JSON: Final = frozenset({"cells", "inferred", "local_names"})


def as_json_lines(connection: Connection, tables: Sequence[Table], about: About) -> Iterator[str]:
    """A line with what the export says of itself, then one row a line with the name of its table first."""
    yield as_compact_json({"about": about.as_dict("jsonl")}) + "\n"
    for table in tables:
        for row in _objects(connection, table):
            yield as_compact_json({"table": table.name, **row}) + "\n"


def as_json(connection: Connection, tables: Sequence[Table], about: About) -> Iterator[str]:
    """One object: ``about``, and under ``tables`` an array of rows for each table and view."""
    yield '{"about":' + as_compact_json(about.as_dict("json")) + ',\n"tables":{'
    for number, table in enumerate(tables):
        yield ("," if number else "") + f"\n{as_compact_json(table.name)}:["
        for place, row in enumerate(_objects(connection, table)):
            yield (",\n" if place else "\n") + as_compact_json(row)
        yield "]"
    yield "}}\n"


def _objects(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    read = json.JSONDecoder(strict=False).decode
    names = table.names
    nested = [name for name in names if name in _JSON]
    for row in read_rows(connection, table):
        found = dict(zip(names, row, strict=True))
        for name in nested:
            if found[name] is not None:
                found[name] = read(found[name])
        yield found
