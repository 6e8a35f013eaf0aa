"""Column comments on PostgreSQL: what the models say of each table and column, written after the last migration."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transfers.db import Connection


def write_comments(connection: Connection) -> None:
    """Write the comments of the models into the database, where they are not those already."""
    from transfers.models import Base

    there = {(table, column): text for table, column, text in connection.rows(
        "SELECT c.relname::text, a.attname::text, col_description(c.oid, a.attnum) FROM pg_class c JOIN pg_attribute a "
        "ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
        "WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace"
    )}
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if column.comment and there.get((table.name, column.name)) != column.comment:
                text = column.comment.replace("'", "''")
                connection.run(f"COMMENT ON COLUMN {table.name}.\"{column.name}\" IS '{text}'")
