"""Identifiers, links and topics come in beside the rows that are there, and go without taking any of those."""

from tests.migrations.data import core_rows
from tests.migrations.data.core_rows import A, B

ROWS = [
    ("identifiers", {"scheme": "iso3", "value": "IRN", "actor_id": "iran", "source": "ISO 3166"}),
    ("identifiers", {"scheme": "misp", "value": "x", "system_id": "shahed-136", "source": "a page"}),
    ("identifiers", {"scheme": "geonames", "value": "625144", "place_id": "minsk", "source": "a page"}),
    ("article_links", {"article_id": B, "target_id": A, "kind": "corrects", "note": "200, not 400"}),
    ("topics", {"id": "drones", "name": "Drones"}),
    ("former_ids", {"id": "shahed136", "system_id": "shahed-136"}),
    ("former_ids", {"id": "uavs", "topic_id": "drones"}),
    ("statement_topics", {"statement_id": f"{A}-s01", "topic_id": "drones"}),
    ("claim_topics", {"claim_id": f"{A}-c01", "topic_id": "drones"}),
]
TABLES = {table for table, _ in ROWS}


def load_before(connection):
    """Rows of the first schema."""
    core_rows.add(connection)


def check_after(connection):
    """The new tables are there, and empty."""
    for table in TABLES:
        assert connection.rows(f"SELECT count(*) FROM {table}") == [(0,)]


def load_after(connection):
    """The new tables take rows that point at the old ones."""
    core_rows.add(connection, ROWS)


def check_before(connection):
    """The new tables are gone."""
    for table in TABLES:
        if connection.engine == "sqlite":
            assert connection.rows("SELECT 1 FROM sqlite_schema WHERE name = :name", {"name": table}) == []
        else:
            assert connection.rows("SELECT to_regclass(:name)::text", {"name": table}) == [(None,)]
