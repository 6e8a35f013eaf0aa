"""`check_database`: what is wrong is found and named."""

import os
from pathlib import Path

import pytest

from transfers.db import writing
from transfers.errors import DatabaseError
from transfers.schema.check import check_database


def test_a_sound_database_has_no_problems_and_is_left_alone(target):
    before = Path(target.path).read_bytes() if target.path else b""
    assert check_database(target) == []
    assert (Path(target.path).read_bytes() if target.path else b"") == before


def test_what_users_add_is_theirs(target):
    with writing(target) as connection:
        connection.run("CREATE TABLE my_notes (a text)")
        connection.run("CREATE INDEX my_index ON claims (summary)")
        connection.run("CREATE VIEW my_view AS SELECT * FROM v_transfers")
    assert check_database(target) == []


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("DROP INDEX ix_articles_retracted", "index ix_articles_retracted is missing"),
        ("DROP VIEW v_roles", "view v_roles is missing"),
        ("DROP TABLE removals", "table removals is missing"),
        ("ALTER TABLE actors ADD COLUMN mine text", "table actors differs: has 'mine text'"),
    ],
)
def test_drift_is_named(target, sql, says):
    with writing(target) as connection:
        connection.run(sql)
    assert says in check_database(target)


def test_a_trigger_is_drift(sqlite_target):
    with writing(sqlite_target) as connection:
        connection.run("CREATE TRIGGER sly AFTER INSERT ON claims BEGIN DELETE FROM topics; END")
    assert check_database(sqlite_target) == ["trigger sly on claims is not of this schema"]


def test_a_broken_reference_is_named(sqlite_target):
    with writing(sqlite_target) as connection:
        connection.run("PRAGMA foreign_keys = OFF")
        connection.run("INSERT INTO systems (id, name, level, category, parent_id) VALUES ('aa', 'A', 'model', 'uav', 'zz')")
    assert check_database(sqlite_target) == ["a row of systems (rowid 1) refers to a row of systems that is not there"]


def test_damage_is_found(sqlite_target):
    raw = Path(sqlite_target.path).read_bytes()
    Path(sqlite_target.path).write_bytes(raw[:40960] + b"\xff" * 8192 + raw[49152:])
    try:
        found = check_database(sqlite_target)
    except DatabaseError as error:
        found = [str(error)]
    assert "damaged" in found[0]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_that_may_not_be_written_can_be_checked(sqlite_target, tmp_path):
    os.chmod(sqlite_target.path, 0o440)
    os.chmod(tmp_path, 0o550)
    assert check_database(sqlite_target) == []
    os.chmod(tmp_path, 0o750)


def test_a_copy_in_memory_can_be_asked_like_the_file(sqlite_target):
    from transfers.db.files import open_copy_in_memory
    from transfers.schema import search
    from transfers.schema.check import list_drift

    with open_copy_in_memory(sqlite_target) as copy:
        assert list_drift(copy) == []
        assert search.is_sound(copy)
