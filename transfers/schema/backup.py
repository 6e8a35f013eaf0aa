"""Copies of a SQLite file: made whole and looked over, or not made; and put back whole."""

from __future__ import annotations

import os
import stat
import time
from typing import TYPE_CHECKING

from transfers.db import new_files, read_target, reading
from transfers.db.files import copy_into, exclusive
from transfers.errors import DatabaseError, InputError
from transfers.schema.head import find_state, state_error

if TYPE_CHECKING:
    from transfers.db import Target

_SIDECARS = ("-wal", "-shm", "-journal")


def backup(target: Target, path: str | None = None) -> str:
    """A copy of the last committed state, checked, with the permissions of the database; the path it has.

    It can be made while another process holds the write lock. Without a path it stands beside the database, as
    ``transfers.db.<revision>-<UTC time>.bak``; nothing is ever overwritten.

    Raises:
        DatabaseError: the copy cannot be made or is not sound; or the database is not a file.
        InputError: there is something at the path already.
    """
    _require_file(target)
    with reading(target) as connection:
        state = find_state(connection)
    if state.revision is None:
        raise state_error(state, target.shown)
    wanted = os.path.abspath(path) if path else new_files.free_name(f"{target.path}.{state.revision}-{_utc()}")
    part = new_files.part_name(wanted)
    try:
        copy_into(target, part, stat.S_IMODE(os.stat(target.path).st_mode))
        new_files.publish(part, wanted)
    except FileExistsError as error:
        raise InputError(f"{wanted} is there already; a backup overwrites nothing") from error
    except OSError as error:
        raise DatabaseError(f"the backup {wanted} cannot be written: {error.strerror}") from error
    finally:
        new_files.remove(part)
    return wanted


def restore(target: Target, path: str) -> str | None:
    """Put a backup in the place of the database; the new name of what stood there before, None when nothing did.

    Raises:
        DatabaseError: the backup is no sound transfers database, or was made by a newer version.
        BusyError: another process is using the database.
    """
    _require_file(target)
    source = read_target(os.path.abspath(path))
    if not os.path.exists(source.path):
        raise DatabaseError(f"there is no backup at {source.shown}")
    with reading(source) as connection:
        state = find_state(connection)
    if state.kind not in ("older", "current"):
        raise state_error(state, source.shown)
    part = new_files.part_name(target.path)
    try:
        # The permissions of the database stay; a backup keeps those of the database it was made of.
        like = target.path if os.path.exists(target.path) else source.path
        copy_into(source, part, stat.S_IMODE(os.stat(like).st_mode))
        return _put_in_place(target, part)
    except OSError as error:
        raise DatabaseError(f"{target.shown} cannot be replaced: {error.strerror}") from error
    finally:
        new_files.remove(part)


def _put_in_place(target: Target, part: str) -> str | None:
    kept = None
    # The lock keeps every other process out, and taking it makes SQLite finish or undo what a killed process left behind.
    with exclusive(target):
        if os.path.lexists(target.path):
            kept = _keep(target)
        # Before the new file is there: a journal older than it would be played back into it.
        for sidecar in _SIDECARS:
            new_files.remove(target.path + sidecar)
        new_files.replace(part, target.path)
    return kept


def _keep(target: Target) -> str | None:
    """The replaced file under another name; None where the file system has no second names."""
    kept = new_files.free_name(f"{target.path}.replaced-{_utc()}")
    try:
        os.link(target.path, kept)
    except OSError:
        return None
    return kept


def _require_file(target: Target) -> None:
    if target.engine != "sqlite":
        raise DatabaseError(f"{target.shown} is on a PostgreSQL server: back it up with pg_dump, restore it with pg_restore")


def _utc() -> str:
    return time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
