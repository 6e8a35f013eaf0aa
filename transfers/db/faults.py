"""What the drivers say goes wrong, as errors that say what to do. No other module knows the drivers' exceptions."""

from __future__ import annotations

import os

from transfers.errors import BusyError, DatabaseError, InputError, TransfersError

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from transfers.db.target import Target


class RefusedError(InputError):
    """A constraint of the database refuses a row.

    Attributes:
        constraint: its name; on SQLite a UNIQUE is known by its columns (``table.column, ...``) and a foreign key by nothing.
    """

    def __init__(self, message: str, constraint: str = "") -> None:
        self.constraint = constraint
        super().__init__(message)


def as_error(fault: BaseException, target: Target) -> TransfersError:
    """The error of this program for an exception of a driver."""
    if isinstance(fault, OverflowError):
        return InputError("a number is too large for the database: 9223372036854775807 is the largest")
    if isinstance(fault, UnicodeDecodeError):
        return _damaged(target)  # the name of a table or column, or SQLite's own words about it, are no text any more
    if isinstance(fault, UnicodeError):
        return InputError("a text holds half of a surrogate pair, which is not a character and cannot be stored")
    return _from_sqlite(fault, target) if target.engine == "sqlite" else _from_postgresql(fault, target)


def _from_sqlite(fault: BaseException, target: Target) -> TransfersError:
    name = str(getattr(fault, "sqlite_errorname", None) or "")
    says = _first_line(fault)
    if "Could not decode to UTF-8" in says:
        return _damaged(target)
    if type(fault).__name__ == "IntegrityError":  # Python 3.11 has no name for the code of a value of the wrong type
        return RefusedError(f"the database refuses a row: {says}", says.partition(" constraint failed")[2].lstrip(": "))
    for beginning, as_told in _SQLITE:
        if name.startswith(beginning):
            return as_told(target)
    return InputError(f"this SQL does not run: {says}")


def _busy(target: Target) -> TransfersError:
    return BusyError(f"{target.shown} is in use by another process; try again later")


def _interrupted_write(target: Target) -> TransfersError:
    return DatabaseError(
        f"a write to {target.shown} was interrupted and must be finished by someone who can write to it: "
        "run transfers db current as that user"
    )


def _not_writable(target: Target) -> TransfersError:
    return DatabaseError(f"{target.shown} (or its folder) cannot be written; make it writable or name another with --db")


def _no_space(target: Target) -> TransfersError:
    return DatabaseError(f"no space left to write {target.shown}; nothing of this change was written")


def _disk_fault(target: Target) -> TransfersError:
    if os.path.isdir(target.path):
        return _cannot_open(target)
    return DatabaseError(
        f"{target.shown} cannot be read or written: the disk reports a fault or has no space; "
        "nothing of this change was written"
    )


def _damaged(target: Target) -> TransfersError:
    return DatabaseError(
        f"{target.shown} is damaged; restore a backup (transfers db restore) or move it away and run: transfers load"
    )


def _not_a_database(target: Target) -> TransfersError:
    return DatabaseError(
        f"{target.shown} is not a transfers database, or its first page is damaged; name another with --db "
        "or restore a backup (transfers db restore)"
    )


def _cannot_open(target: Target) -> TransfersError:
    if os.path.isdir(target.path):
        return DatabaseError(f"{target.shown} is a folder, not a transfers database")
    try:
        os.lstat(target.path)
    except FileNotFoundError:
        return DatabaseError(f"there is no database at {target.shown}; run: transfers load")
    except OSError:
        pass  # there may be one, but nobody who asks may look
    return DatabaseError(f"{target.shown} cannot be opened: it or its folder may not be read or written by you")


def _no_memory(_: Target) -> TransfersError:
    return DatabaseError("there is not enough memory for this")


def _stopped(_: Target) -> TransfersError:
    return InputError("this SQL took too long and was stopped")


def _only_reading(_: Target) -> TransfersError:
    return InputError("this SQL is refused: only reading is allowed here")


# The first that fits counts, so the special cases stand before the general ones.
_SQLITE = (
    ("SQLITE_BUSY", _busy), ("SQLITE_LOCKED", _busy), ("SQLITE_FULL", _no_space),
    ("SQLITE_READONLY_ROLLBACK", _interrupted_write), ("SQLITE_READONLY_RECOVERY", _interrupted_write),
    ("SQLITE_READONLY_CANTLOCK", _interrupted_write), ("SQLITE_READONLY", _not_writable), ("SQLITE_PERM", _not_writable),
    ("SQLITE_CANTOPEN", _cannot_open), ("SQLITE_CORRUPT", _damaged), ("SQLITE_NOTADB", _not_a_database),
    ("SQLITE_IOERR_NOMEM", _no_memory), ("SQLITE_IOERR", _disk_fault), ("SQLITE_NOMEM", _no_memory),
    ("SQLITE_INTERRUPT", _stopped), ("SQLITE_AUTH", _only_reading),
)


def _from_postgresql(fault: BaseException, target: Target) -> TransfersError:
    state = str(getattr(fault, "sqlstate", None) or "")
    says = redact(_first_line(fault), target)
    if state.startswith("23"):
        constraint = str(getattr(getattr(fault, "diag", None), "constraint_name", None) or "")
        return RefusedError(f"the database refuses a row: {says}", constraint)
    for beginning, kind, text in _POSTGRESQL:
        if state.startswith(beginning):
            return kind(text.format(shown=target.shown, says=says))
    if not state and _is_broken(fault):
        return DatabaseError(f"{target.shown} cannot be reached: {says}")
    return InputError(f"this SQL does not run: {says}")


def _is_broken(fault: BaseException) -> bool:
    """Whether psycopg speaks of the connection and not of a statement: such errors carry no SQLSTATE."""
    return any(kind.__name__ in ("OperationalError", "InterfaceError") for kind in type(fault).__mro__)


_POSTGRESQL: tuple[tuple[str, type[TransfersError], str], ...] = (
    ("55P03", BusyError, "{shown} is in use by another process; try again later"),
    ("40001", BusyError, "{shown} is in use by another process; try again later"),
    ("40P01", BusyError, "{shown} is in use by another process; try again later"),
    ("53300", BusyError, "{shown} has too many connections; try again later"),
    ("53100", DatabaseError, "no space left to write {shown}; nothing of this change was written"),
    ("53", DatabaseError, "{shown} has run out of resources: {says}"),
    ("57014", InputError, "this SQL took too long and was stopped"),
    ("57", DatabaseError, "{shown} was shut down or is starting: {says}"),
    ("08", DatabaseError, "{shown} cannot be reached: {says}"),
    ("28", DatabaseError, "{shown} refuses the login: {says}"),
    ("3D000", DatabaseError, "{shown} does not exist; create the database, then run: transfers load"),
    ("42501", DatabaseError, "{shown} refuses this to its user: {says}"),
    ("25006", InputError, "this SQL is refused: only reading is allowed here"),
    ("XX", DatabaseError, "{shown} is damaged: {says}"),
    ("58", DatabaseError, "{shown} reports a fault of its disk: {says}"),
)


def redact(text: str, target: Target) -> str:
    """The text without the password of the target, as it stands in the URL and as it is meant."""
    if not target.url:
        return text
    from urllib.parse import unquote, urlsplit

    password = urlsplit(target.url).password
    for secret in {password, unquote(password)} if password else ():
        text = text.replace(secret, "***")
    return text


def _first_line(fault: BaseException) -> str:
    return (str(fault).strip().splitlines() or [type(fault).__name__])[0]
