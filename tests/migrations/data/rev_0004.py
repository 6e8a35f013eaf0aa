"""The length of a text is worked out from the text: in characters, whatever their size."""

import pytest

from tests.migrations.data import core_rows, rev_0002
from tests.migrations.data.core_rows import ARTICLE, COPY, CORRECTION, LATER, TEXT
from transfers.db import RefusedError


def load_before(connection):
    """Rows in all tables that point at articles."""
    core_rows.add(connection)
    core_rows.add(connection, rev_0002.ROWS)


def check_after(connection):
    """Every article has its length, and another one is refused."""
    assert connection.rows("SELECT id, text_length FROM articles ORDER BY id") == sorted([
        (ARTICLE["id"], len(TEXT)), (CORRECTION["id"], len(LATER)), (COPY["id"], len(TEXT)),
    ])
    for value in ("text_length + 1", "NULL"):
        with pytest.raises(RefusedError):
            connection.run(f"UPDATE articles SET text_length = {value}")
    with pytest.raises(RefusedError):
        connection.run("DELETE FROM articles")


def load_after(connection):
    """An article with its length."""
    text = "Ещё одна. 🛩"
    core_rows.add(connection, [("articles", ARTICLE | {
        "id": "paper-2024", "text": text, "text_length": len(text), "text_sha256": "e" * 64,
        "record_path": "data/records/d.yaml",
    })])


def check_before(connection):
    """The column is gone, the texts are there."""
    assert connection.rows("SELECT text FROM articles WHERE id = :id", ARTICLE) == [(TEXT,)]
    columns, _ = connection.table("SELECT * FROM articles LIMIT 0")
    assert "text_length" not in columns
