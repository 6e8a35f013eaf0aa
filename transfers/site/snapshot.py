"""A copy of the database to be served: of one moment, at rest, and fit to leave the machine.

It then holds no texts of articles and no rows of registers, which belong to others.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from transfers.db import Target, new_files, reading, writing
from transfers.db.files import FILE_MODE, copy_into
from transfers.errors import DatabaseError
from transfers.schema import search
from transfers.schema.head import require_head
from transfers.site.fixing import fix_views

if TYPE_CHECKING:
    from transfers.db import Connection

FILE_NAME: Final = "transfers.db"
# Stands for the text of an article that is left out. The database holds the length of a text to its length, and so it does here.
LEFT_OUT: Final = "(The text of this article is left out of this copy. Its quotes and its address are in it.)"
_AT_ONCE: Final = 5_000  # rows on their way from a server


def make_snapshot(target: Target, folder: str, *, with_texts: bool, with_registers: bool = False) -> str:
    """Write a copy into a folder, as ``transfers.db``; its path. A copy that is there is replaced.

    Args:
        target: the database; a file, or one on a PostgreSQL server.
        folder: where the copy is to stand.
        with_texts: with the full texts of the articles. Quotes are always in it, with what stands around them.
        with_registers: with the rows of registers, which are other people's data.

    Raises:
        DatabaseError: the database is not at head or cannot be read, or the copy cannot be written.
    """
    wanted = os.path.join(folder, FILE_NAME)
    part = new_files.part_name(wanted)
    try:
        with reading(target) as connection:
            require_head(connection)
            if target.engine == "sqlite":
                copy_into(target, part, FILE_MODE)
            else:
                _copy_rows(connection, part)
        with writing(Target("sqlite", path=part), look_over=False) as copy:
            _put_at_rest(copy, with_texts=with_texts, with_registers=with_registers)
        new_files.replace(part, wanted)
    except OSError as error:
        raise DatabaseError(f"the copy {wanted} cannot be written: {error.strerror}") from error
    finally:
        for path in (part, f"{part}-journal"):
            new_files.remove(path)
    return wanted


def _put_at_rest(copy: Connection, *, with_texts: bool, with_registers: bool) -> None:
    # What goes wrong from here on costs the copy, which is then thrown away: it needs no journal and no waiting for the disk.
    copy.run("PRAGMA journal_mode = OFF")
    copy.run("PRAGMA synchronous = OFF")
    with copy.transaction():
        if not with_texts:
            leave_texts_out(copy)
        if not with_registers:
            leave_registers_out(copy)
        fix_views(copy)
    if not (with_texts and with_registers):
        copy.run("VACUUM")  # what was deleted must not stand in free pages
    copy.run("PRAGMA journal_mode = DELETE")
    copy.run("ANALYZE")


def leave_texts_out(copy: Connection) -> None:
    """Take the texts of the articles out of a copy, from the search index too. Hashes and quotes stay."""
    search.drop_index(copy)
    copy.run("DELETE FROM search_rows WHERE kind = 'article' AND field = 'text'")
    copy.run("UPDATE articles SET text = :text, text_length = :length", {"text": LEFT_OUT, "length": len(LEFT_OUT)})
    search.create_index(copy)


def leave_registers_out(copy: Connection) -> None:
    """Take the rows of registers out of a copy. Which registers there were, and whose they are, stays."""
    copy.run("DELETE FROM register_years")
    copy.run("DELETE FROM register_rows")


def _copy_rows(source: Connection, path: str) -> None:
    """All rows of a database on a server, in a new file."""
    from transfers.models import Base
    from transfers.schema.upgrade import upgrade

    target = Target("sqlite", path=path)
    upgrade(target)
    with writing(target, look_over=False) as copy, source.snapshot(), copy.transaction():
        copy.run("PRAGMA defer_foreign_keys = ON")
        for table in Base.metadata.sorted_tables:
            columns = [column.name for column in table.columns]
            rows = source.rows(f"SELECT {', '.join(columns)} FROM {table.name}")
            for start in range(0, len(rows), _AT_ONCE):
                copy.insert_many(table.name, columns, rows[start:start + _AT_ONCE])
        search.rebuild(copy)
