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


def upgrade(target: Target, *, busy: float | None = None) -> Upgrade:
    """Bring the database to head, and make it when it is not there. At head nothing is written, nothing slow imported.

    Raises:
        DatabaseError: it is not ours, newer than this program, or damaged; nothing was changed.
        BusyError: another process holds it.
    """
    if target.engine == "postgresql" or os.path.lexists(target.path):
        with reading(target, busy=busy) as connection:
            if find_state(connection).kind == "current" and dressing.is_up(connection):
                return Upgrade(HEAD, HEAD, connection.notes)
    from transfers.schema.migrating import MadeByAnotherError

    try:
        return _migrate(target, busy)
    except MadeByAnotherError:
        return _migrate(target, busy)


def _migrate(target: Target, busy: float | None) -> Upgrade:
    from transfers.schema.alembic_setup import run_upgrade
    from transfers.schema.migrating import migrating

    with migrating(target, busy=busy) as migration:
        run_upgrade(migration.connection)
    return Upgrade(migration.before.revision, HEAD, migration.notes)


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

    wanted = as_revision(revision)
    lowest = "" if wanted == "base" else wanted
    with reading(target) as connection:
        state = find_state(connection)
        if state.kind not in ("older", "current") or state.revision is None:
            raise state_error(state, target.shown)
        if lowest > state.revision:
            raise UsageError(f"{target.shown} is at {state.revision}, which is earlier than {wanted}; run: transfers db upgrade")
        steps = [step for step in reversed(list_revisions()) if lowest < step.revision <= state.revision]
        return [_as_loss(connection, loss) for step in steps for loss in step.loses]


def _as_loss(connection: Connection, loss: str) -> str:
    place, _, what = loss.partition(":")
    if place == "*":
        return f"every table:{what}"
    table, _, column = place.partition(".")
    held = f' WHERE "{column}" IS NOT NULL' if column else ""
    count = connection.rows(f'SELECT count(*) FROM "{table}"{held}')[0][0]
    return f"{place} ({count} row{'' if count == 1 else 's'}):{what}"


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
