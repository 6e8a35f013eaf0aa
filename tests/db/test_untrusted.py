"""SQL that a user typed reads this one database and does nothing else."""

import os
import time
from pathlib import Path

import pytest

from transfers.db import reading, writing
from transfers.errors import InputError, TransfersError

ATTACKS = [
    "DELETE FROM actors", "INSERT INTO topics VALUES ('aa', 'x', NULL)", "DROP TABLE loads", "CREATE TABLE x (a integer)",
    "ATTACH 'other.db' AS o", "ATTACH 'file:other.db?mode=rwc' AS o", "VACUUM INTO 'copy.db'", "VACUUM",
    "PRAGMA writable_schema = ON", "PRAGMA query_only = OFF", "PRAGMA journal_mode = WAL", "PRAGMA user_version = 7",
    "PRAGMA foreign_keys = OFF", "BEGIN EXCLUSIVE", "SELECT load_extension('evil')", "SELECT 1; DELETE FROM actors",
    "WITH x AS (SELECT 1) INSERT INTO topics SELECT 'aa', 'x', NULL FROM x", "REINDEX", "ANALYZE", "SAVEPOINT a",
    "INSERT INTO search_rows_fts (search_rows_fts) VALUES ('rebuild')", "SELECT hex(zeroblob(400000000))", "DETACH main",
    "CREATE TEMP TABLE x (a)", "UPDATE sqlite_master SET sql = 1",
    "SELECT fts5_no_such_thing(1)",
]


@pytest.mark.parametrize("sql", ATTACKS)
def test_attacks_on_sqlite(sqlite_target, tmp_path, monkeypatch, sql):
    monkeypatch.chdir(tmp_path)
    before = Path(sqlite_target.path).read_bytes()
    with reading(sqlite_target, untrusted=True) as connection, pytest.raises(TransfersError) as caught:
        connection.rows(sql)
    assert caught.value.exit_code in (1, 3)
    assert Path(sqlite_target.path).read_bytes() == before
    assert os.listdir(tmp_path) == ["transfers.db"]


ATTACKS_ON_A_SERVER = [
    "DELETE FROM actors", "INSERT INTO topics VALUES ('aa', 'x', NULL)", "DROP TABLE loads", "CREATE TABLE x (a integer)",
    "SELECT 1; DELETE FROM actors", "COMMIT; DELETE FROM actors", "SELECT 1; COMMIT; DELETE FROM actors",
    "SET transaction_read_only = off", "SELECT set_config('transaction_read_only', 'off', false)",
    "WITH x AS (SELECT set_config('transaction_read_only', 'off', false)) DELETE FROM actors",
    "SELECT nextval('loads_id_seq')", "CREATE TEMP VIEW x AS SELECT 1; DROP TABLE loads", "VACUUM", "CALL x()",
    "WITH gone AS (DELETE FROM topics RETURNING id) SELECT * FROM gone",
]


@pytest.mark.parametrize("sql", ATTACKS_ON_A_SERVER)
def test_attacks_on_postgresql(postgres_target, sql):
    with writing(postgres_target) as connection:
        connection.run("INSERT INTO topics (id, name) VALUES ('kept', 'Kept')")
    with reading(postgres_target, untrusted=True) as connection, pytest.raises(InputError):
        connection.rows(sql)
    with reading(postgres_target) as connection:
        assert connection.rows("SELECT id FROM topics") == [("kept",)]


def test_settings_do_not_outlive_their_statement(postgres_target):
    with reading(postgres_target, untrusted=True, seconds=5) as connection:
        for name in ("default_transaction_read_only", "statement_timeout"):
            connection.rows(f"SELECT set_config('{name}', '0', false)")
        assert connection.rows("SHOW default_transaction_read_only") == [("on",)]
        assert connection.rows("SHOW statement_timeout") == [("5s",)]


HARMLESS = [
    "SELECT count(*) FROM v_transfers",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT * FROM n",
    "SELECT upper(name) FROM actors ORDER BY 1", "EXPLAIN SELECT 1", "VALUES (1), (2)",
]


@pytest.mark.parametrize("sql", HARMLESS)
def test_reading_goes_on_as_ever(target, sql):
    with reading(target, untrusted=True, seconds=5) as connection:
        columns, _ = connection.table(sql)
        assert columns
        assert connection.rows("SELECT 1") == [(1,)]


def test_search_and_looking_at_the_schema_are_allowed_on_sqlite(sqlite_target):
    with reading(sqlite_target, untrusted=True) as connection:
        assert connection.rows("SELECT rowid FROM search_rows_fts WHERE search_rows_fts MATCH '\"shahed 136\"'") == []
        assert len(connection.rows("PRAGMA table_info(actors)")) == 6
        assert connection.rows("SELECT name FROM pragma_table_info('topics')") == [("id",), ("name",), ("note",)]


def test_a_statement_that_takes_too_long_is_stopped(target):
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    begin = time.monotonic()
    with reading(target, untrusted=True, seconds=0.3) as connection, pytest.raises(InputError, match="took too long"):
        connection.rows(endless)
    assert time.monotonic() - begin < 5
