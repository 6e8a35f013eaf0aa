"""The canonical export: a stable text of all that the files say. Same data, same bytes, on every engine and after every load.

JSON Lines: a header, then one row a line, tables in code point order, rows by key. Integer ids, the log of loads, the state
of the loader and the search index are left out, because they are no data of the files.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from transfers.schema.head import HEAD

if TYPE_CHECKING:
    from transfers.db import Connection

FORMAT: Final = "transfers-canonical-1"
# Tables by their keys. A table of the schema that stands neither here nor under LEFT_OUT is a fault, and a test says so.
KEYS: Final[dict[str, tuple[str, ...]]] = {
    "actors": ("id",),
    "affiliation_dates": ("affiliation_id", "article_id"),
    "affiliations": ("id",),
    "aliases": ("id",),
    "article_links": ("article_id", "target_id", "kind"),
    "articles": ("id",),
    "claim_actors": ("claim_id", "actor_id", "role"),
    "claim_systems": ("claim_id", "system_id", "role"),
    "claim_topics": ("claim_id", "topic_id"),
    "claims": ("id",),
    "evidence": (
        "article_id", "claim_id", "statement_id", "affiliation_id", "alias_id", "field", "layer", "start_char", "end_char",
    ),
    "former_ids": ("id",),
    "identifiers": ("scheme", "value"),
    "meetings": ("id",),
    "places": ("id",),
    "removals": ("id",),
    "reviews": ("article_id", "position"),
    "statement_topics": ("statement_id", "topic_id"),
    "statements": ("id",),
    "systems": ("id",),
    "topics": ("id",),
    "transfers": ("id",),
}
LEFT_OUT: Final = frozenset({"alembic_version", "loaded_files", "loads", "search_rows"})

_NUMBERS: Final = frozenset({("evidence", "id")})
_TEXTS: Final = frozenset({("articles", "text")})


def as_canonical(connection: Connection, *, with_texts: bool = False) -> Iterator[str]:
    """The lines of the export, without line ends.

    Args:
        connection: a database at head.
        with_texts: with the full texts of the articles; they are left out otherwise, because they belong to their publishers.
    """
    yield _line({"format": FORMAT, "schema": HEAD, "texts": with_texts})
    for table, key in KEYS.items():
        without = _NUMBERS | (frozenset() if with_texts else _TEXTS)
        names = connection.table(f"SELECT * FROM {table} LIMIT 0")[0]
        columns = sorted(name for name in names if (table, name) not in without)
        rows = connection.rows(f"SELECT {', '.join(columns)} FROM {table}")
        places = [columns.index(column) for column in key]
        # Sorted here and not by the database: the engines differ in where NULL stands and how text is ordered.
        for row in sorted(rows, key=lambda row: [(row[place] is not None, row[place]) for place in places]):
            yield _line({"table": table, **dict(zip(columns, row, strict=True))})


def _line(value: dict[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
