"""The full-text index over `search_rows.words`, and how it is kept in step with the rows.

SQLite: an FTS5 table that keeps no copy of the words, read by ``search_rows_fts MATCH ...`` with ``rowid`` = `search_rows.id`.
PostgreSQL: an index over the words as a set, read by ``array_to_tsvector(string_to_array(words, ' ')) @@ ...``; it follows by
itself. There are no triggers: they would vanish with a rebuilt table and make a load three times as slow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from transfers.errors import TransfersError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from transfers.db import Connection

INDEX = {"sqlite": "search_rows_fts", "postgresql": "ix_search_rows_search"}

# The words are folded and cut already: the tokenizer must take them as they are, Persian marks and CJK included.
_TOKENIZE = "unicode61 remove_diacritics 0 categories 'L* N* Co M*'"
_CREATE = "CREATE INDEX ix_search_rows_search ON search_rows USING gin (array_to_tsvector(string_to_array(words, ' ')))"
_DROP = {"sqlite": "DROP TABLE IF EXISTS search_rows_fts", "postgresql": "DROP INDEX IF EXISTS ix_search_rows_search"}


def create_index(connection: Connection) -> None:
    """Make the index over all rows that are there."""
    if connection.engine == "postgresql":
        connection.run(_CREATE)
        return
    from sqlite_utils import Database

    # Its index goes by rowid, which is the id of the rows: an INTEGER PRIMARY KEY, so that no VACUUM moves it.
    with connection.lent() as driver:
        Database(driver, recursive_triggers=False).table("search_rows").enable_fts(["words"], tokenize=_TOKENIZE)


def drop_index(connection: Connection) -> None:
    """Take the index away, if there is one."""
    connection.run(_DROP[connection.engine])


def has_index(connection: Connection) -> bool:
    """Whether the index is there and was made as this program makes it."""
    if connection.engine == "sqlite":
        found = connection.rows("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = 'search_rows_fts'")
        return len(found) == 1 and _TOKENIZE.replace("'", "''") in found[0][0]
    return bool(connection.rows(
        "SELECT 1 FROM pg_index WHERE indexrelid = to_regclass('ix_search_rows_search') AND indisvalid"
    ))


def index_rows(connection: Connection, ids: Iterable[int]) -> None:
    """Take rows of `search_rows` into the index; call it after they are written, in the same transaction."""
    if connection.engine == "sqlite":
        connection.run_many(
            "INSERT INTO search_rows_fts (rowid, words) SELECT id, words FROM search_rows WHERE id = :id",
            [{"id": i} for i in ids],
        )


def unindex_rows(connection: Connection, ids: Iterable[int]) -> None:
    """Take rows of `search_rows` out of the index; call it *before* they are changed or deleted, in the same transaction."""
    if connection.engine == "sqlite":
        connection.run_many(
            "INSERT INTO search_rows_fts (search_rows_fts, rowid, words) "
            "SELECT 'delete', id, words FROM search_rows WHERE id = :id",
            [{"id": i} for i in ids],
        )


def rebuild(connection: Connection) -> None:
    """Make the index anew from the rows; for many rows it is faster than `index_rows`."""
    if connection.engine == "sqlite":
        connection.run("INSERT INTO search_rows_fts (search_rows_fts) VALUES ('rebuild')")


def is_sound(connection: Connection) -> bool:
    """Whether the index says of every row what the row says. On SQLite the connection must be able to write; nothing is."""
    if not has_index(connection):
        return False
    if connection.engine == "sqlite":
        try:
            # rank = 1 compares with the rows; PRAGMA integrity_check does not.
            connection.run("INSERT INTO search_rows_fts (search_rows_fts, rank) VALUES ('integrity-check', 1)")
        except TransfersError:
            return False
    return True
