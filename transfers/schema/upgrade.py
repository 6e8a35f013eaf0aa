"""Bring a database to the schema that this program expects, or back to an earlier one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from transfers.db import reading
from transfers.errors import DatabaseError, UsageError
from transfers.schema import dressing
from transfers.schema.head import HEAD, State, find_state, state_error

if TYPE_CHECKING:
    from transfers.db import Connection, Target


class Upgrade(NamedTuple):
    """What an upgrade or downgrade did.

    Attributes:
        before: the revision there was; None when the database was new.
        after: the revision there is; None after a downgrade to base.
        notes: what to tell the user, the path of the backup among it.
    """

    before: str | None
    after: str | None
    notes: list[str]


def upgrade(target: Target, revision: str = "head", *, busy: float | None = None) -> Upgrade:
    """Bring the database to head, and make it when it is not there. At head nothing is written, nothing slow imported.

    Args:
        target: the database.
        revision: an earlier revision to stop at.
        busy: how long to wait for a lock; else ``TRANSFERS_BUSY``, else 10 seconds.

    Raises:
        UsageError: there is no such revision.
        DatabaseError: it is not ours, newer than this program, or damaged; nothing was changed.
        BusyError: another process holds it.
    """
    notes: list[str] = []
    if revision != "head":
        from transfers.schema.alembic_setup import as_revision

        as_revision(revision)  # one that nobody knows is refused also where there is nothing to do
    if target.engine == "postgresql" or os.path.lexists(target.path):
        with reading(target, busy=busy) as connection:
            notes = connection.notes
            if find_state(connection).kind == "current" and dressing.is_up(connection):
                return Upgrade(HEAD, HEAD, notes)
    from transfers.schema.migrating import MadeByAnotherError

    try:
        done = _migrate(target, revision, busy)
    except MadeByAnotherError:
        done = _migrate(target, revision, busy)
    return done._replace(notes=notes + done.notes)


def _migrate(target: Target, revision: str, busy: float | None) -> Upgrade:
    from transfers.schema.alembic_setup import as_revision, list_revisions, run_upgrade
    from transfers.schema.migrating import migrating

    list_revisions()  # an incomplete installation is told before anything is touched
    wanted = HEAD if revision == "head" else as_revision(revision)
    with migrating(target, busy=busy) as migration:
        run_upgrade(migration.connection, wanted)
        after = find_state(migration.plain)
    return Upgrade(migration.before.revision, after.revision, migration.notes)


def downgrade(target: Target, revision: str, *, yes: bool = False) -> Upgrade:
    """Bring the database back to a revision, or to ``base``: nothing but an empty file that knows it is ours.

    Args:
        target: the database.
        revision: the revision to go back to.
        yes: the user has seen what `find_losses` lists.

    Raises:
        UsageError: there is no such revision, it is a later one, or ``yes`` was not said.
        DatabaseError: the database is not at a revision of this program.
    """
    from transfers.schema.alembic_setup import as_revision, run_downgrade
    from transfers.schema.migrating import migrating

    wanted = as_revision(revision)
    losses = find_losses(target, wanted)
    if losses and not yes:
        raise UsageError("the downgrade drops data:\n" + "\n".join(losses) + "\nsay --yes to do it")
    with migrating(target, down=True) as migration:
        run_downgrade(migration.connection, wanted)
    return Upgrade(migration.before.revision, None if wanted == "base" else wanted, migration.notes)


def find_losses(target: Target, revision: str) -> list[str]:
    """What a downgrade to a revision would drop: one line for each table or column, with the number of rows it holds.

    Raises:
        UsageError: there is no such revision, or it is a later one.
        DatabaseError: the database is not at a revision of this program.
    """
    from transfers.schema.alembic_setup import as_revision, list_revisions
    from transfers.schema.migrating import count_rows

    wanted = as_revision(revision)
    lowest = "" if wanted == "base" else wanted
    with reading(target) as connection:
        state = find_state(connection)
        if state.kind not in ("older", "current") or state.revision is None:
            raise state_error(state, target.shown)
        if lowest > state.revision:
            raise UsageError(f"{target.shown} is at {state.revision}, earlier than {wanted}; run: transfers db upgrade")
        steps = [step for step in reversed(list_revisions()) if lowest < step.revision <= state.revision]
        losses = [_as_loss(connection, loss) for step in steps for loss in step.loses if not loss.startswith("*")]
        if lowest:
            return losses
        named = {loss.split()[0] for loss in losses}
        whole = sorted((table, count) for table, count in count_rows(connection).items() if table not in named)
        return losses + [f"{table} ({_as_rows(count)}): the table" for table, count in whole]


def _as_loss(connection: Connection, loss: str) -> str:
    place, _, what = loss.partition(":")
    table, _, column = place.partition(".")
    held = f' WHERE "{column}" IS NOT NULL' if column else ""
    count = connection.rows(f'SELECT count(*) FROM "{table}"{held}')[0][0]
    return f"{place} ({_as_rows(count)}):{what}"


def _as_rows(count: int) -> str:
    return f"{count} row" if count == 1 else f"{count} rows"


def find_current(target: Target) -> State:
    """What the database is: its kind and revision.

    Raises:
        DatabaseError: there is none, or it cannot be read.
    """
    with reading(target) as connection:
        return find_state(connection)


def require_upgraded(target: Target) -> None:
    """Raise unless the database is at head with its views and search index as this program makes them.

    Raises:
        DatabaseError: it is not; the message says what to run.
    """
    with reading(target) as connection:
        state = find_state(connection)
        if state.kind != "current":
            raise state_error(state, target.shown)
        if not dressing.is_up(connection):
            raise DatabaseError(f"{target.shown} has views or a search index of another version; run: transfers db upgrade")
