"""The first schema takes the hand-written rows; its downgrade leaves nothing."""

from tests.migrations.data import core_rows


def load_before(connection):
    """There is no schema before."""


def check_after(connection):
    """The tables are there, and empty."""
    assert connection.rows("SELECT count(*) FROM claims") == [(0,)]


def load_after(connection):
    """All tables of the first schema take rows."""
    core_rows.add(connection)


def check_before(connection):
    """Nothing is left."""
    if connection.engine == "sqlite":
        left = connection.rows("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite%'")
    else:
        left = connection.rows(
            "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind <> 'i'"
        )
    assert left == [("alembic_version",)]
