"""The canonical export: a stable text of all that the files say. Same data, same bytes, on every engine and after every load.

JSON Lines: a header, then one row a line, tables in code point order, rows by key. Integer ids, the log of loads, the state
of the loader and the search index are left out, because they are no data of the files.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from transfers.exports.objects import as_compact_json
from transfers.schema.head import HEAD
from transfers.schema.keys import FORMAT, KEYS, MADE_NUMBERS, TEXTS

if TYPE_CHECKING:
    from transfers.db import Connection


def as_canonical(connection: Connection, *, with_texts: bool = False) -> Iterator[str]:
    """The lines of the export, without line ends.

    Args:
        connection: a database at head.
        with_texts: with the full texts of the articles; they are left out otherwise, because they belong to their publishers.
    """
    yield as_compact_json({"format": FORMAT, "schema": HEAD, "texts": with_texts})
    for table, key in KEYS.items():
        without = MADE_NUMBERS | (frozenset() if with_texts else TEXTS)
        names = connection.table(f"SELECT * FROM {table} LIMIT 0")[0]
        columns = sorted(name for name in names if (table, name) not in without)
        rows = connection.rows(f"SELECT {', '.join(columns)} FROM {table}")
        places = [columns.index(column) for column in key]
        # Sorted here and not by the database: the engines differ in where NULL stands and how text is ordered.
        for row in sorted(rows, key=lambda row: [(row[place] is not None, row[place]) for place in places]):
            yield as_compact_json({"table": table, **dict(zip(columns, row, strict=True))})
