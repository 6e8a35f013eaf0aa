"""Which schema this program expects, and whether a database has it. Imports neither SQLAlchemy nor Alembic."""

from __future__ import annotations

from transfers.errors import DatabaseError, InputError

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from transfers.db import Connection

HEAD = "0005"
APPLICATION_ID = 0x54524653  # "TRFS" in the header of a SQLite file: how `file` and this program know it

_TABLES = {
    "sqlite": "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    "postgresql": "SELECT relname::text FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm') "
                  "AND relnamespace = current_schema()::regnamespace",
}
_QUICK = {
    "sqlite": "SELECT version_num, (SELECT application_id FROM pragma_application_id) FROM alembic_version",
    "postgresql": f"SELECT version_num, {APPLICATION_ID} FROM alembic_version",
}


class State:
    """What a database is to this program.

    Attributes:
        kind: empty, foreign (made by another program), older, current or newer than this program.
        revision: its revision; None when it is empty or foreign.
    """

    __slots__ = ("kind", "revision")

    def __init__(self, kind: str, revision: str | None = None) -> None:
        self.kind = kind
        self.revision = revision

    def __eq__(self, other: object) -> bool:
        return isinstance(other, State) and (self.kind, self.revision) == (other.kind, other.revision)

    def __hash__(self) -> int:
        return hash((self.kind, self.revision))

    def __repr__(self) -> str:
        return f"State({self.kind!r}, {self.revision!r})"


def require_head(connection: Connection) -> None:
    """Raise unless the database has the schema that this program expects.

    Raises:
        DatabaseError: it is older, newer, or no database of this program; the message says what to do.
    """
    try:
        if connection.rows(_QUICK[connection.engine]) == [(HEAD, APPLICATION_ID)]:
            return
    except InputError:
        pass  # no such table: found out below
    state = find_state(connection)
    if state.kind != "current":
        raise state_error(state, connection.target.shown)


def find_state(connection: Connection) -> State:
    """What the database is to this program. Reads only, and takes nothing for granted."""
    tables = {name for (name,) in connection.rows(_TABLES[connection.engine])}
    ours = False
    if connection.engine == "sqlite":
        number = connection.rows("PRAGMA application_id")[0][0]
        if number not in (0, APPLICATION_ID):
            return State("foreign")
        ours = number == APPLICATION_ID
    if "alembic_version" not in tables:
        return State("foreign" if tables else "empty")
    if connection.engine == "sqlite" and not ours:
        return State("foreign")
    versions = [str(version) for (version,) in connection.rows("SELECT version_num FROM alembic_version")]
    if not versions:
        return State("empty" if ours or tables == {"alembic_version"} else "foreign")
    if connection.engine == "postgresql" and "loaded_files" not in tables:
        return State("foreign")
    return _placed(versions)


def _placed(versions: list[str]) -> State:
    # Revisions are four digits in their order; anything else comes from a program that numbers differently, so a later one.
    if versions == [HEAD]:
        return State("current", HEAD)
    if len(versions) == 1 and len(versions[0]) == len(HEAD) and versions[0].isdecimal() and versions[0] < HEAD:
        return State("older", versions[0])
    return State("newer", ", ".join(sorted(versions)))


def state_error(state: State, shown: str) -> DatabaseError:
    """What to tell the user of a database that is not at head."""
    if state.kind == "older":
        return DatabaseError(
            f"{shown} has an older schema ({state.revision}, this program needs {HEAD}); run: transfers db upgrade"
        )
    if state.kind == "newer":
        return DatabaseError(
            f"{shown} was made by a newer version of this program (schema {state.revision}, this one knows {HEAD}); "
            "upgrade the program"
        )
    if state.kind == "empty":
        first = "" if shown.startswith("postgresql://") else "remove it and "
        return DatabaseError(f"{shown} is empty, not a transfers database; {first}run: transfers load")
    return DatabaseError(f"{shown} is not a transfers database; name another with --db")
