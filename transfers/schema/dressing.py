"""What stands over the tables: the views, the search index, comments, and views that users made over ours.

All of it is taken down before a migration and put up after the last one. A view that names a table stops SQLite from making
that table anew, and PostgreSQL from changing its columns; a user's view over one of ours would be deleted with it.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from transfers.errors import DatabaseError, TransfersError
from transfers.schema import search
from transfers.schema.views import views

if TYPE_CHECKING:
    from transfers.db import Connection


class SavedView(NamedTuple):
    """A view that is not ours, or what was granted on one that is.

    Attributes:
        name: its name.
        create: the statement that makes it; empty for a view of ours.
        after: what must be run when it is there again: triggers, grants, indexes.
    """

    name: str
    create: str
    after: tuple[str, ...]


def take_down(connection: Connection) -> list[SavedView]:
    """Drop all views and the search index; the views of users and the grants on ours come back for `put_back`."""
    saved = _save_sqlite(connection) if connection.engine == "sqlite" else _save_postgresql(connection)
    search.drop_index(connection)
    return saved


def put_up(connection: Connection) -> None:
    """Make our views and the search index, over the schema at head."""
    for statement in views(connection.engine).values():
        connection.run(statement)
    search.create_index(connection)
    if connection.engine == "postgresql":
        from transfers.schema.comments import write_comments

        write_comments(connection)
        connection.run(f"COMMENT ON TABLE alembic_version IS '{_mark()}'")


def is_up(connection: Connection) -> bool:
    """Whether views and index are there as this program makes them."""
    if not search.has_index(connection):
        return False
    if connection.engine == "sqlite":
        found: dict[str, str] = dict(connection.rows("SELECT name, sql FROM sqlite_schema WHERE type = 'view'"))
        return all(found.get(name) == sql.strip() for name, sql in views("sqlite").items())
    return connection.rows("SELECT obj_description('alembic_version'::regclass, 'pg_class')") == [(_mark(),)]


def _mark() -> str:
    """What tells one version of the views from another on PostgreSQL, which keeps no text of a view."""
    text = "\n".join(views("postgresql").values())
    return f"views and search of {hashlib.sha256(text.encode()).hexdigest()[:16]}"


def put_back(connection: Connection, saved: list[SavedView], *, at_head: bool) -> None:
    """Make the views of users again, and grant on ours what was granted.

    Args:
        connection: the connection.
        saved: what `take_down` gave.
        at_head: our own views are there.

    Raises:
        DatabaseError: one of them no longer fits the schema; it is named.
    """
    left = [view for view in saved if view.create]
    faults: dict[str, str] = {}
    # A view may stand on another one that comes later in the list: whatever fails is tried again after the others.
    while left:
        failed = [view for view in left if not _is_made(connection, view, faults)]
        if len(failed) == len(left):
            view = failed[0]
            raise DatabaseError(
                f"your view {view.name} does not fit the new schema ({faults[view.name]}); nothing was changed. "
                f"Save its text, drop it (DROP VIEW {view.name}) and try again"
            )
        left = failed
    for view in saved:
        for statement in view.after if view.create or at_head else ():
            connection.run(statement)


def _is_made(connection: Connection, view: SavedView, faults: dict[str, str]) -> bool:
    connection.run("SAVEPOINT a_view")
    try:
        connection.run(view.create)
        connection.rows(f'SELECT * FROM "{view.name}" LIMIT 0' if connection.engine == "sqlite" else "SELECT 1")
    except TransfersError as error:
        faults[view.name] = str(error).removeprefix("this SQL does not run: ")
        connection.run("ROLLBACK TO SAVEPOINT a_view")
        return False
    finally:
        connection.run("RELEASE SAVEPOINT a_view")
    return True


def _save_sqlite(connection: Connection) -> list[SavedView]:
    ours = views("sqlite")
    found = connection.rows("SELECT name, sql FROM sqlite_schema WHERE type = 'view' ORDER BY rowid")
    saved = []
    for name, sql in found:
        triggers = connection.rows("SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = :name", {"name": name})
        saved.append(SavedView(name, "" if name in ours else sql, tuple(trigger for (trigger,) in triggers)))
    for name, _ in found:
        connection.run('DROP VIEW "{}"'.format(name.replace('"', '""')))
    return saved


_VIEWS_OVER_TABLES = """
WITH RECURSIVE over_ours(oid) AS (
  SELECT c.oid FROM pg_class c WHERE c.relkind = 'v' AND c.relnamespace = current_schema()::regnamespace
  UNION
  SELECT r.ev_class FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid AND d.classid = 'pg_rewrite'::regclass
  JOIN pg_class t ON t.oid = d.refobjid AND d.refclassid = 'pg_class'::regclass
  WHERE r.ev_class <> d.refobjid AND t.relkind IN ('r', 'p') AND t.relnamespace = current_schema()::regnamespace
  UNION
  SELECT r.ev_class FROM over_ours o JOIN pg_depend d ON d.refobjid = o.oid AND d.refclassid = 'pg_class'::regclass
  JOIN pg_rewrite r ON r.oid = d.objid AND d.classid = 'pg_rewrite'::regclass WHERE r.ev_class <> o.oid
)
SELECT c.oid::bigint, c.relname::text, quote_ident(n.nspname) || '.' || quote_ident(c.relname), c.relkind::text,
  pg_get_viewdef(c.oid), quote_ident(pg_get_userbyid(c.relowner)), array_to_string(c.reloptions, ', '),
  c.relnamespace = current_schema()::regnamespace
FROM over_ours JOIN pg_class c USING (oid) JOIN pg_namespace n ON n.oid = c.relnamespace ORDER BY c.oid
"""


def _save_postgresql(connection: Connection) -> list[SavedView]:
    ours = views("postgresql")
    saved: list[SavedView] = []
    dropped: dict[str, list[str]] = {"v": [], "m": []}
    for oid, name, full, kind, text, owner, options, here in connection.rows(_VIEWS_OVER_TABLES):
        what = "MATERIALIZED VIEW" if kind == "m" else "VIEW"
        after = [statement for (statement,) in connection.rows(_GRANTS, {"oid": oid})]
        after += [statement for (statement,) in connection.rows(
            "SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = :oid", {"oid": oid},
        )]
        with_options = f" WITH ({options})" if options and kind == "v" else ""
        create = f"CREATE {what} {full}{with_options} AS {text}"
        if here and name in ours:
            create = ""
        else:
            after.insert(0, f"ALTER {what} {full} OWNER TO {owner}")
        saved.append(SavedView(full, create, tuple(after)))
        dropped[kind].append(full)
    # All views in one statement: so their order does not matter, and nothing that is not in the list goes with them.
    for kind, what in (("m", "MATERIALIZED VIEW"), ("v", "VIEW")):
        if dropped[kind]:
            connection.run(f"DROP {what} {', '.join(dropped[kind])}")
    return saved


_GRANTS = """
SELECT 'GRANT ' || a.privilege_type || ' ON ' || c.oid::regclass::text || ' TO '
  || CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END
  || CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
FROM pg_class c, aclexplode(c.relacl) a WHERE c.oid = :oid
UNION ALL
SELECT 'COMMENT ON ' || CASE c.relkind WHEN 'm' THEN 'MATERIALIZED ' ELSE '' END || 'VIEW ' || c.oid::regclass::text || ' IS '
  || quote_literal(d.description)
FROM pg_class c JOIN pg_description d ON d.objoid = c.oid AND d.classoid = 'pg_class'::regclass AND d.objsubid = 0
WHERE c.oid = :oid
"""
