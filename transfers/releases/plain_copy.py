"""The SQLite file of a release: the rows in one order in a new file, so that the same data give the same bytes, from any engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from transfers.db import Target, writing
from transfers.schema import search
from transfers.schema.keys import MADE_NUMBERS, REGISTERS
from transfers.schema.upgrade import upgrade
from transfers.site.snapshot import leave_texts_out

if TYPE_CHECKING:
    import sqlalchemy as sa

    from transfers.db import Connection

# Of the machine on which it was loaded and not of the data.
_LEFT_OUT: Final = frozenset({"loads", "loaded_files"}) | REGISTERS


def write_plain_copy(source: Connection, path: str, *, with_texts: bool) -> None:
    """Write a database with all tables and views, without the log of loads, registers, and (unless asked for) texts.

    Args:
        source: the database, inside `Connection.snapshot`.
        path: of a file that is not there.
        with_texts: with the full texts of the articles.

    Raises:
        DatabaseError: the file cannot be written.
    """
    from transfers.models import Base

    target = Target("sqlite", path=path)
    upgrade(target)
    with writing(target, look_over=False) as copy:
        # What goes wrong costs the whole folder, which is then thrown away: no journal, no waiting for the disk.
        copy.run("PRAGMA journal_mode = OFF")
        copy.run("PRAGMA synchronous = OFF")
        with copy.transaction():
            copy.run("PRAGMA defer_foreign_keys = ON")
            for table in Base.metadata.sorted_tables:
                if table.name not in _LEFT_OUT:
                    columns, rows = _rows(source, table)
                    copy.insert_many(table.name, columns, rows)
            if with_texts:
                search.rebuild(copy)
            else:
                leave_texts_out(copy)
        copy.run("ANALYZE")
        copy.run("VACUUM")
        copy.run("PRAGMA journal_mode = DELETE")


def _rows(source: Connection, table: sa.Table) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The rows by all their cells, so that no history and no engine has a say in their order; numbers of rows are given anew."""
    numbered = [column.name for column in table.columns if (table.name, column.name) in MADE_NUMBERS]
    columns = [column.name for column in table.columns if column.name not in numbered]
    rows = source.rows(f"SELECT {', '.join(columns)} FROM {table.name}")
    rows.sort(key=lambda row: [(value is not None, value) for value in row])
    if numbered:
        return [*numbered, *columns], [(number, *row) for number, row in enumerate(rows, 1)]
    return columns, rows
