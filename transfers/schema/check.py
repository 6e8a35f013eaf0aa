"""Look a database over: is it built as this program builds it, and is what it holds whole?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from transfers.db import reading, writing
from transfers.errors import DatabaseError
from transfers.schema import search
from transfers.schema.fingerprint import expect_fingerprint, list_differences, read_fingerprint
from transfers.schema.head import require_head

if TYPE_CHECKING:
    from transfers.db import Connection, Target

_FEW = 20  # lines of one kind; a damaged file would give thousands


def check_database(target: Target) -> list[str]:
    """What is wrong with the schema, the pages, the references and the search index; nothing when all is well.

    Raises:
        DatabaseError: the database is missing, not at head, or cannot be read at all.
        BusyError: another process is writing.
    """
    with reading(target) as connection:
        require_head(connection)
        problems = _list_damage(connection)
    if problems:
        return problems
    try:
        with writing(target) as connection:
            return list_drift(connection) + _list_search_faults(connection)
    except DatabaseError:
        if target.engine != "sqlite":
            raise
    # A file that may not be written: the search index can only be asked on a connection that writes, so ask a copy.
    from transfers.db.files import open_copy_in_memory

    with open_copy_in_memory(target) as copy:
        return list_drift(copy) + _list_search_faults(copy)


def list_drift(connection: Connection) -> list[str]:
    """Where the schema differs from the models and views. What users add beside it (tables, indexes, views) is theirs."""
    wanted = expect_fingerprint(connection)
    found = read_fingerprint(connection)
    ours = tuple(f" on {name.partition(' ')[2]}" for name in wanted if name.startswith(("table ", "view ")))
    kept = {
        name: parts for name, parts in found.items() if name in wanted or (name.startswith("trigger ") and name.endswith(ours))
    }
    return list_differences(wanted, kept)


def _list_damage(connection: Connection) -> list[str]:
    if connection.engine != "sqlite":
        return []
    found = [line for (line,) in connection.rows(f"PRAGMA integrity_check({_FEW})")]
    if found != ["ok"]:
        return [f"the file is damaged: {line}" for line in found]
    broken = connection.rows("PRAGMA foreign_key_check")
    return [f"a row of {table} (rowid {rowid}) refers to a row of {parent} that is not there" for table, rowid, parent, _ in
            broken[:_FEW]]


def _list_search_faults(connection: Connection) -> list[str]:
    with connection.undone():
        # On a file that may not be written BEGIN IMMEDIATE begins to read: find that out before the index seems to be at fault.
        connection.run("UPDATE alembic_version SET version_num = version_num")
        if search.is_sound(connection):
            return []
    return ["the search index does not fit the rows: restore a backup (transfers db restore), or load into a new database"]
