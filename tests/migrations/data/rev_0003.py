"""`claims` is made anew while evidence, roles, topics and other claims point at it."""

import pytest

from tests.migrations.data import core_rows, rev_0002
from tests.migrations.data.core_rows import CLAIM, A, B
from transfers.db import RefusedError

STRANGER = CLAIM | {"id": f"{B}-c09", "article_id": B}  # rests on a statement of the other article


def load_before(connection):
    """Rows in all tables that point at claims."""
    core_rows.add(connection)
    core_rows.add(connection, rev_0002.ROWS)


def check_after(connection):
    """Only the statement of the claim's own article is taken now; what pointed at claims still does."""
    with pytest.raises(RefusedError):
        core_rows.add(connection, [("claims", STRANGER)])
    for sql in (f"DELETE FROM claims WHERE id = '{A}-c01'", f"UPDATE evidence SET article_id = '{B}' WHERE id = 1"):
        with pytest.raises(RefusedError):
            connection.run(sql)


def load_after(connection):
    """A claim more, with what points at it."""
    core_rows.add(connection, [
        ("claims", CLAIM | {"id": f"{A}-c04", "supersedes_id": f"{A}-c02"}),
        ("claim_actors", {"claim_id": f"{A}-c04", "actor_id": "iran", "role": "producer"}),
    ])


def check_before(connection):
    """A statement of another article is taken again; a statement that is not there is not."""
    core_rows.add(connection, [("claims", STRANGER)])
    with pytest.raises(RefusedError):
        core_rows.add(connection, [("claims", STRANGER | {"id": f"{B}-c10", "statement_id": "nothing"})])
    connection.run("DELETE FROM claims WHERE id = :id", STRANGER)
