"""What can be taken away, and how to cite it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from transfers.exports.about import Wanted
from transfers.exports.tables import find_tables
from transfers.site.metadata import tables
from transfers.site.pages.download import offered
from transfers.site.snapshot import LEFT_OUT

if TYPE_CHECKING:
    from transfers.db import Connection
    from transfers.site.answering import Asked


def read(connection: Connection, asked: Asked) -> dict[str, Any]:
    """What the page shows."""
    texts = connection.rows("SELECT EXISTS (SELECT 1 FROM articles WHERE text <> :left_out)", {"left_out": LEFT_OUT})[0][0]
    return {
        "title": "Downloads",
        "size": os.path.getsize(asked.site.file) if asked.site.file else None,
        "tables": find_tables(connection, Wanted(), tables()),
        "packed": offered(),
        "texts": texts,
        "loaded": connection.rows("SELECT max(loaded_at) FROM loads")[0][0],
        "schema": connection.rows("SELECT version_num FROM alembic_version")[0][0],
    }
