"""The search index stays in step with the rows."""

import pytest

from transfers.db import reading, writing
from transfers.errors import TransfersError
from transfers.schema import search
from transfers.schema.check import check_database

ROWS = [
    {"id": 1, "words": "shahed 136 drones"},
    {"id": 1 << 56 | 7, "words": "герань 2"},
    {"id": (5 << 56) + 2**55, "words": "شاهد ۱۳۶ 无 人 机 café"},
]


def add(connection, rows=ROWS):
    connection.run_many(
        "INSERT INTO search_rows (id, kind, owner_id, field, words) VALUES (:id, 'actor', 'x', 'name', :words)", rows,
    )
    search.index_rows(connection, [row["id"] for row in rows])


def found(connection, *words):
    if connection.engine == "sqlite":
        sql, text = "SELECT rowid FROM search_rows_fts WHERE search_rows_fts MATCH :text ORDER BY rowid", '"' + " ".join(words) + '"'
    else:
        sql = "SELECT id FROM search_rows WHERE array_to_tsvector(string_to_array(words, ' ')) @@ to_tsquery('simple', :text)"
        text = " & ".join(f"'{word}'" for word in words)
    return [number for (number,) in connection.rows(sql, {"text": text})]


def test_rows_are_found_in_every_script(target):
    with writing(target) as connection:
        with connection.transaction():
            add(connection)
        for words, row in (("shahed 136", 0), ("герань 2", 1), ("شاهد ۱۳۶", 2), ("无 人 机", 2), ("café", 2)):
            assert found(connection, *words.split()) == [ROWS[row]["id"]]
        assert found(connection, "cafe") == []
        assert search.is_sound(connection)
    assert check_database(target) == []


def test_rows_leave_the_index_before_they_change(target):
    with writing(target) as connection, connection.transaction():
        add(connection)
        search.unindex_rows(connection, [1])
        connection.run("UPDATE search_rows SET words = 'lancet' WHERE id = 1")
        search.index_rows(connection, [1])
        search.unindex_rows(connection, [ROWS[1]["id"]])
        connection.run("DELETE FROM search_rows WHERE id = :id", ROWS[1])
        assert found(connection, "lancet") == [1]
        assert found(connection, "shahed") == []
        assert found(connection, "герань") == []
        assert search.is_sound(connection)


def test_an_index_out_of_step_is_not_sound_until_it_is_rebuilt(sqlite_target):
    with writing(sqlite_target) as connection, connection.transaction():
        add(connection)
        connection.run("UPDATE search_rows SET words = 'lancet' WHERE id = 1")
    assert check_database(sqlite_target) == [
        "the search index does not fit the rows: restore a backup (transfers db restore), or load into a new database"
    ]
    with writing(sqlite_target) as connection, connection.transaction():
        search.rebuild(connection)
        assert search.is_sound(connection)
    assert check_database(sqlite_target) == []


def test_a_failed_transaction_leaves_the_index_sound(target):
    with writing(target) as connection:
        with pytest.raises(TransfersError), connection.transaction():
            add(connection)
            connection.run("INSERT INTO search_rows (id) VALUES (1)")
        assert search.is_sound(connection)
        assert found(connection, "shahed") == []


def test_a_missing_index_is_not_sound(target):
    with writing(target) as connection:
        search.drop_index(connection)
        assert not search.is_sound(connection)
        search.create_index(connection)
        assert search.is_sound(connection)


def test_the_index_is_used(target):
    with writing(target) as connection, connection.transaction():
        add(connection, [{"id": number, "words": f"word {number}"} for number in range(2000)])
        if target.engine == "postgresql":
            connection.run("SET LOCAL enable_seqscan = off")
            plan = connection.rows(
                "EXPLAIN SELECT id FROM search_rows "
                "WHERE array_to_tsvector(string_to_array(words, ' ')) @@ to_tsquery('simple', '77')"
            )
            assert "ix_search_rows_search" in str(plan)


def test_datasette_can_tell_that_the_index_is_of_search_rows(sqlite_target):
    with reading(sqlite_target) as connection:
        assert connection.rows(
            "SELECT name FROM sqlite_schema WHERE rootpage = 0 AND sql LIKE '%VIRTUAL TABLE%USING FTS%content=\"search_rows\"%'"
        ) == [("search_rows_fts",)]
