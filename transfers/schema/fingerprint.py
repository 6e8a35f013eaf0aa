"""What a schema is, in a form that can be compared: everything that matters, and nothing of how it was written down.

Alembic's comparison with the models is blind to the text of checks, to views, triggers, collations, partial indexes, primary
keys and the order of columns. This one reads the schema itself. The order of constraints does not count, because it says
nothing; the order of columns does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from transfers.schema import search
from transfers.schema.views import views

if TYPE_CHECKING:
    from transfers.db import Connection

Fingerprint = dict[str, tuple[str, ...]]

_TOKEN = re.compile(
    r"""--[^\n]* | /\*.*?\*/ | (?P<text>'(?:[^']|'')*') | (?P<quoted>"(?:[^"]|"")*"|\[[^\]]*\]|`[^`]*`)
    | (?P<word>\w+) | (?P<sign><>|<=|>=|!=|==|\|\||::|->>|->|[^\s\w])""",
    re.VERBOSE | re.DOTALL,
)
_CONSTRAINTS = ("constraint", "primary", "unique", "check", "foreign")


def read_fingerprint(connection: Connection) -> Fingerprint:
    """Each object of the schema (``table claims``, ``index ix_...``, ``trigger t on claims``) with its parts."""
    return _of_sqlite(connection) if connection.engine == "sqlite" else _of_postgresql(connection)


def list_differences(wanted: Fingerprint, found: Fingerprint) -> list[str]:
    """What differs, one line each: missing, unexpected and changed objects with the parts that changed."""
    lines = [f"{name} is missing" for name in sorted(wanted.keys() - found.keys())]
    lines += [f"{name} is not of this schema" for name in sorted(found.keys() - wanted.keys())]
    for name in sorted(wanted.keys() & found.keys()):
        if wanted[name] != found[name]:
            lacks = [f"lacks {part!r}" for part in wanted[name] if part not in found[name]]
            has = [f"has {part!r}" for part in found[name] if part not in wanted[name]]
            lines.append(f"{name} differs: {'; '.join(lacks + has) or 'its columns stand in another order'}")
    return lines


def expect_fingerprint(connection: Connection) -> Fingerprint:
    """The fingerprint of the models, views and search index, made in a place that is thrown away.

    On SQLite it is made in memory; on PostgreSQL in a schema of its own, in a transaction of `connection` that is undone.
    """
    if connection.engine == "sqlite":
        from transfers.db.files import open_in_memory

        with open_in_memory() as scratch:
            _make_all(scratch)
            return read_fingerprint(scratch)
    with connection.undone():
        connection.run("CREATE SCHEMA scratch_of_transfers")
        connection.run("SET LOCAL search_path = scratch_of_transfers")
        _make_all(connection)
        return read_fingerprint(connection)


def _make_all(connection: Connection) -> None:
    for statement in _statements_of_models(connection.engine):
        connection.run(statement)
    for statement in views(connection.engine).values():
        connection.run(statement)
    search.create_index(connection)


def _statements_of_models(engine: str) -> list[str]:
    from sqlalchemy.dialects import postgresql, sqlite
    from sqlalchemy.engine import Dialect
    from sqlalchemy.schema import CreateIndex, CreateTable

    from transfers.models import Base

    # With psycopg's own parameter style every % of the checks would come out doubled.
    dialect: Dialect = sqlite.dialect() if engine == "sqlite" else postgresql.dialect(paramstyle="named")  # type: ignore[no-untyped-call]
    statements = []
    for table in Base.metadata.sorted_tables:
        statements.append(str(CreateTable(table).compile(dialect=dialect)))
        statements += [str(CreateIndex(index).compile(dialect=dialect)) for index in table.indexes]
    return statements


def _of_sqlite(connection: Connection) -> Fingerprint:
    found = connection.rows(
        "SELECT s.type, s.name || CASE s.type WHEN 'trigger' THEN ' on ' || s.tbl_name ELSE '' END, s.sql FROM sqlite_schema s "
        "LEFT JOIN pragma_table_list l ON l.name = s.name AND l.schema = 'main' "
        "WHERE s.sql IS NOT NULL AND s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND coalesce(l.type, '') <> 'shadow' "
        "AND s.name <> 'alembic_version'"
    )
    return {
        f"{kind} {name}": _parts_of_table(sql) if kind == "table" else (" ".join(_tokens(sql)),) for kind, name, sql in found
    }


def _tokens(sql: str) -> list[str]:
    """The words and signs of a statement: comments gone, names without quotes, all but texts in lower case."""
    tokens = []
    for piece in _TOKEN.finditer(sql):
        if piece["quoted"]:
            name = piece["quoted"][1:-1]
            tokens.append(name if re.fullmatch(r"[a-z_][a-z0-9_]*", name) else f'"{name}"')
        elif piece["text"]:
            tokens.append(piece["text"])
        elif piece["word"] or piece["sign"]:
            tokens.append(piece[0].lower())
    return tokens


def _parts_of_table(sql: str) -> tuple[str, ...]:
    tokens = _tokens(sql)
    if tokens[:2] != ["create", "table"]:
        return (" ".join(tokens),)  # a virtual table, whose parts are its module's affair
    items: list[list[str]] = [[]]
    depth, end = 0, tokens.index("(")
    for end in range(tokens.index("("), len(tokens)):
        token = tokens[end]
        depth += (token == "(") - (token == ")")
        if depth == 0:
            break
        if token == "," and depth == 1:
            items.append([])
        elif not (token == "(" and depth == 1 and not items[-1] and len(items) == 1):
            items[-1].append(token)
    columns = [" ".join(item) for item in items if item[0] not in _CONSTRAINTS]
    constraints = sorted(" ".join(item) for item in items if item[0] in _CONSTRAINTS)
    options = sorted(token for token in tokens[end + 1:] if token != ",")
    return (*columns, *constraints, *(f"option {option}" for option in options))


_POSTGRESQL = {
    "columns": """
SELECT 'table ' || c.relname, a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
  || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
  || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
  || CASE WHEN a.attcollation <> t.typcollation THEN ' collate ' || a.attcollation::regcollation::text ELSE '' END
  || CASE a.attidentity WHEN '' THEN '' ELSE ' identity' END || CASE a.attgenerated WHEN '' THEN '' ELSE ' generated' END
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace AND c.relname <> 'alembic_version'
ORDER BY c.relname, a.attnum""",
    "constraints": """
SELECT 'table ' || c.relname, 'constraint ' || k.conname || ' ' || pg_get_constraintdef(k.oid)
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
WHERE k.contype <> 'n' AND c.relnamespace = current_schema()::regnamespace AND c.relname <> 'alembic_version'
ORDER BY 1, 2""",
    "indexes": """
SELECT 'index ' || i.relname, replace(pg_get_indexdef(i.oid), current_schema() || '.', '')
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
WHERE c.relnamespace = current_schema()::regnamespace AND c.relname <> 'alembic_version' AND c.relkind IN ('r', 'p')
ORDER BY 1""",
    "views": """
SELECT CASE relkind WHEN 'm' THEN 'materialized view ' ELSE 'view ' END || relname, pg_get_viewdef(oid) FROM pg_class
WHERE relkind IN ('v', 'm') AND relnamespace = current_schema()::regnamespace ORDER BY 1""",
    "triggers": """
SELECT 'trigger ' || g.tgname || ' on ' || c.relname, replace(pg_get_triggerdef(g.oid), current_schema() || '.', '')
FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid
WHERE NOT g.tgisinternal AND c.relnamespace = current_schema()::regnamespace ORDER BY 1""",
}


def _of_postgresql(connection: Connection) -> Fingerprint:
    found: dict[str, list[str]] = {}
    for sql in _POSTGRESQL.values():
        for name, part in connection.rows(sql):
            found.setdefault(name, []).append(part)
    return {name: tuple(parts) for name, parts in found.items()}
