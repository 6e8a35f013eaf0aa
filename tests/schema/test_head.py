"""What a database is to the program, and what is said of it."""

import hashlib
import os
import sqlite3
from pathlib import Path

import pytest

from transfers.db import read_target, reading, writing
from transfers.errors import DatabaseError
from transfers.schema.backup import backup
from transfers.schema.check import check_database
from transfers.schema.head import APPLICATION_ID, HEAD, State, find_state, require_head
from transfers.schema.upgrade import downgrade, find_current, find_losses, upgrade


def set_revision(target, revision):
    with writing(target) as connection:
        connection.run("UPDATE alembic_version SET version_num = :revision", {"revision": revision})


def require(target):
    with reading(target) as connection:
        require_head(connection)


def test_a_migrated_database_is_at_head(target):
    require(target)
    assert find_current(target) == State("current", HEAD)


def test_the_file_says_whose_it_is(sqlite_target):
    header = Path(sqlite_target.path).read_bytes()[:100]
    assert int.from_bytes(header[68:72], "big") == APPLICATION_ID


def test_looking_takes_no_time(sqlite_target):
    import timeit

    with reading(sqlite_target) as connection:
        assert min(timeit.repeat(lambda: require_head(connection), number=100, repeat=5)) / 100 < 0.0005


def test_an_older_database_is_told_to_upgrade(target):
    downgrade(target, "0003", yes=True)
    assert find_current(target) == State("older", "0003")
    with pytest.raises(DatabaseError, match=r"older schema \(0003.*run: transfers db upgrade"):
        require(target)


@pytest.mark.parametrize("revision", ["0006", "9999", "ffff", "10000"])
def test_a_newer_database_is_refused_by_everything(target, revision):
    set_revision(target, revision)
    refusing = [require, upgrade, check_database, lambda t: downgrade(t, "base", yes=True), lambda t: find_losses(t, "0001")]
    for refused in refusing:
        with pytest.raises(DatabaseError, match=f"newer version .*{revision}.*upgrade the program"):
            refused(target)
    with reading(target) as connection:
        assert connection.rows("SELECT version_num FROM alembic_version") == [(revision,)]


def test_two_revisions_at_once_are_of_a_newer_program(sqlite_target):
    with writing(sqlite_target) as connection:
        connection.run("INSERT INTO alembic_version VALUES ('0003')")
    assert find_current(sqlite_target) == State("newer", f"0003, {HEAD}")


def make_foreign(path):
    with sqlite3.connect(path) as plain:
        plain.execute("CREATE TABLE x (a)")
    plain.close()


def make_foreign_with_alembic(path):
    with sqlite3.connect(path) as plain:
        plain.execute("CREATE TABLE alembic_version (version_num)")
        plain.execute("INSERT INTO alembic_version VALUES ('0003')")
    plain.close()


def make_foreign_with_number(path):
    with sqlite3.connect(path) as plain:
        plain.execute("PRAGMA application_id = 77")
    plain.close()


MAKERS = {
    "foreign": make_foreign, "foreign-with-alembic": make_foreign_with_alembic, "foreign-with-number": make_foreign_with_number,
    "text": lambda path: Path(path).write_text("these are the words of an article\n" * 100),
    "short": lambda path: Path(path).write_text("x"), "empty": lambda path: Path(path).touch(), "folder": os.mkdir,
}


@pytest.mark.parametrize("kind", MAKERS)
def test_what_is_no_database_of_ours_is_refused_and_left_alone(tmp_path, kind):
    path = tmp_path / "thing"
    MAKERS[kind](path)
    target = read_target(str(path))
    before = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else sorted(os.listdir(path))
    for refused in (require, upgrade, check_database, backup, lambda t: downgrade(t, "base", yes=True)):
        with pytest.raises(DatabaseError, match="not a transfers database"):
            refused(target)
    after = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else sorted(os.listdir(path))
    assert after == before
    assert os.listdir(tmp_path) == ["thing"]


def test_a_foreign_database_on_a_server_is_refused(make_postgres):
    target = make_postgres()
    with writing(target) as connection:
        connection.run("CREATE TABLE alembic_version (version_num text)")
        connection.run("INSERT INTO alembic_version VALUES ('0003')")
        connection.run("CREATE TABLE their_own (a integer)")
    for refused in (require, upgrade, check_database):
        with pytest.raises(DatabaseError, match="not a transfers database"):
            refused(target)


def test_an_empty_database_on_a_server_is_told_to_load(make_postgres):
    with pytest.raises(DatabaseError, match="run: transfers load"):
        require(make_postgres())


def test_a_missing_file_is_not_made_by_looking(tmp_path):
    target = read_target(str(tmp_path / "none.db"))
    for refused in (require, check_database, find_current, lambda t: downgrade(t, "base", yes=True), backup):
        with pytest.raises(DatabaseError, match="run: transfers load"):
            refused(target)
    assert os.listdir(tmp_path) == []


def test_the_state_is_found_by_reading_only(target):
    with reading(target) as connection:
        assert find_state(connection).kind == "current"
