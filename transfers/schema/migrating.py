"""The one way to change a schema: lock, look, back up, take down, migrate, put up, check, commit. Or nothing of it.

Both the program and the command `alembic` go this way.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import sqlalchemy as sa

from transfers.db import new_files
from transfers.db.connect import ADVISORY_LOCK, Connection
from transfers.db.engines import as_plain, make_engine
from transfers.db.faults import as_error
from transfers.db.files import FILE_MODE
from transfers.db.target import Target
from transfers.errors import BusyError, DatabaseError, InputError
from transfers.schema import dressing
from transfers.schema.backup import backup
from transfers.schema.head import APPLICATION_ID, HEAD, State, find_state, state_error

if TYPE_CHECKING:
    from collections.abc import Iterator


class Migration:
    """A migration under way.

    Attributes:
        connection: SQLAlchemy's connection, inside the one transaction.
        plain: the same connection and transaction as `transfers.db` has it.
        before: what the database was.
        notes: what to tell the user.
    """

    def __init__(self, connection: sa.Connection, plain: Connection, before: State) -> None:
        self.connection = connection
        self.plain = plain
        self.before = before
        self.notes: list[str] = []


class MadeByAnotherError(BusyError):
    """While a new database was being made, another process finished making it."""


@contextmanager
def migrating(target: Target, *, busy: float | None = None, down: bool = False) -> Iterator[Migration]:
    """A connection on which migrations may run; at the end all is checked and committed, or all is undone.

    The write lock is held from before the first look at the database: of two upgrades at once, the second finds the work done.

    Args:
        target: the database.
        busy: how long to wait for the lock.
        down: the way is downward, so that a database at head is backed up too.

    Raises:
        DatabaseError: the database is not ours or newer than the program, is damaged, or would not be sound afterwards.
        BusyError: another process holds the lock.
    """
    if target.engine == "postgresql":
        with _in_one_transaction(target, busy, down=down) as migration:
            migration.notes.append("no backup is made of a PostgreSQL database; pg_dump makes one")
            yield migration
    elif os.path.lexists(target.path):
        with _in_one_transaction(target, busy, down=down) as migration:
            if migration.before.revision and (down or migration.before.kind == "older"):
                migration.notes.append(f"the database before: {backup(target)}")
            yield migration
        new_files.sweep(target.path)
    else:
        with _making(target, busy) as migration:
            yield migration


@contextmanager
def inspecting(target: Target) -> Iterator[Migration]:
    """A connection for looking only; whatever is done on it is undone."""
    with _mapped(target):
        engine = make_engine(target)
        with engine.connect() as connection:
            plain = as_plain(connection, target)
            connection.begin()
            yield Migration(connection, plain, find_state(plain))
            connection.rollback()


@contextmanager
def _making(target: Target, busy: float | None) -> Iterator[Migration]:
    """Make a new database under another name, and give it its own when it is whole: nobody ever sees half of it."""
    part = new_files.part_name(target.path)
    try:
        os.makedirs(os.path.dirname(target.path), exist_ok=True)
        new_files.make_empty(part, FILE_MODE)
        with _in_one_transaction(Target("sqlite", path=part, shown=target.shown), busy, fresh=True) as migration:
            yield migration
        try:
            new_files.publish(part, target.path)
        except FileExistsError as error:
            raise MadeByAnotherError(f"{target.shown} was made by another process just now; run the command again") from error
    except OSError as error:
        raise DatabaseError(f"{target.shown} cannot be made: {error.strerror}") from error
    finally:
        new_files.remove(part)


@contextmanager
def _in_one_transaction(target: Target, busy: float | None, *, fresh: bool = False, down: bool = False) -> Iterator[Migration]:
    with _mapped(target):
        engine = make_engine(target, busy=busy)
        with engine.connect() as connection:
            plain = as_plain(connection, target)
            require_keys_off(plain)
            with connection.begin():
                if target.engine == "postgresql":
                    plain.rows(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")
                before = _require_ours(plain, fresh)
                migration = Migration(connection, plain, before)
                if before.kind == "current" and not down and dressing.is_up(plain):
                    yield migration  # another process did it while this one waited for the lock
                    return
                rows = count_rows(plain)
                saved = dressing.take_down(plain)
                yield migration
                _finish(migration, saved, rows)


def _require_ours(plain: Connection, fresh: bool) -> State:
    state = find_state(plain)
    if state.kind in ("foreign", "newer"):
        raise state_error(state, plain.target.shown)
    if state.kind == "empty" and plain.engine == "sqlite":
        if fresh:
            plain.run(f"PRAGMA application_id = {APPLICATION_ID}")
        elif plain.rows("PRAGMA application_id") != [(APPLICATION_ID,)]:
            raise DatabaseError(f"{plain.target.shown} is empty, not a transfers database; remove it and run: transfers load")
    return state


def _finish(migration: Migration, saved: list[dressing.SavedView], rows: dict[str, int]) -> None:
    plain = migration.plain
    after = find_state(plain)
    if after.revision == HEAD:
        dressing.put_up(plain)
    dressing.put_back(plain, saved, at_head=after.revision == HEAD)
    require_nothing_lost(plain, rows, changed_on_purpose(migration.before, after))


def require_keys_off(plain: Connection) -> None:
    """Raise when SQLite checks foreign keys: to make a table anew would then delete what points at it.

    Raises:
        DatabaseError: they are on.
    """
    if plain.engine == "sqlite" and plain.rows("PRAGMA foreign_keys") != [(0,)]:
        raise DatabaseError("a migration was started with foreign keys on; it would delete rows, so nothing was done")


def count_rows(plain: Connection) -> dict[str, int]:
    """The number of rows of each table, the search index and Alembic's own left out."""
    if plain.engine == "sqlite":
        sql = (
            "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name NOT LIKE 'sqlite\\_%' "
            "ESCAPE '\\' AND name <> 'alembic_version'"
        )
    else:
        sql = (
            "SELECT relname::text FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace "
            "AND relname <> 'alembic_version'"
        )
    tables = [name for (name,) in plain.rows(sql)]
    return {name: int(plain.rows('SELECT count(*) FROM "{}"'.format(name.replace('"', '""')))[0][0]) for name in tables}


def changed_on_purpose(before: State, after: State) -> set[str]:
    """The tables whose numbers of rows the migrations between two states change and say so."""
    if before.revision == after.revision:
        return set()
    from transfers.schema.alembic_setup import list_revisions

    low, high = sorted((before.revision or "", after.revision or ""))
    return {table for step in list_revisions() if low < step.revision <= high for table in step.changes_rows}


def require_nothing_lost(plain: Connection, rows: dict[str, int], on_purpose: set[str]) -> None:
    """Raise unless every table that is still there has its rows, every reference its target, and every page its place.

    Raises:
        DatabaseError: something is lost; the transaction must be undone.
    """
    now = count_rows(plain)
    for table, count in rows.items():
        if table in now and now[table] != count and table not in on_purpose:
            raise DatabaseError(f"the migration would leave {now[table]} of {count} rows in {table}; nothing was changed")
    if plain.engine != "sqlite":
        return
    broken = plain.rows("PRAGMA foreign_key_check")
    if broken:
        table, _, parent, _ = broken[0]
        raise DatabaseError(
            f"the migration would leave {len(broken)} broken references (the first from {table} to {parent}); "
            "nothing was changed"
        )
    found = plain.rows("PRAGMA quick_check(1)")
    if found != [("ok",)]:
        raise DatabaseError(f"{plain.target.shown} is damaged ({found[0][0]}); nothing was changed; restore a backup")


@contextmanager
def _mapped(target: Target) -> Iterator[None]:
    """Errors of SQLAlchemy and of the database as errors of this program."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        fault = as_error(error.orig or error, target)
        if isinstance(fault, InputError):
            raise DatabaseError(f"the migration of {target.shown} failed and was undone: {fault}") from error
        raise fault from error
    except InputError as error:
        raise DatabaseError(f"the migration of {target.shown} failed and was undone: {error}") from error
