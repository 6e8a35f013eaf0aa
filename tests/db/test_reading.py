"""Opening a database for reading, on both engines."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from transfers.db import read_target, reading, writing
from transfers.errors import BusyError, DatabaseError, InputError, UsageError

INTERRUPTED_WRITE = """
import os, signal, sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("PRAGMA cache_size = 2")
database.execute("BEGIN IMMEDIATE")
for number in range(3000):
    database.execute("INSERT INTO loads VALUES (?, 'now', 'a', 'b', 'c', 'd', 'new', ?)", (number, "x" * 200))
os.kill(os.getpid(), signal.SIGKILL)
"""


def interrupt_a_write(path):
    """Leave a file half written, with the journal that undoes it, as a killed process does."""
    subprocess.run([sys.executable, "-c", INTERRUPTED_WRITE, path], check=False)
    assert os.path.getsize(path + "-journal") > 0


def test_columns_and_rows(target):
    with reading(target) as connection:
        assert connection.table("SELECT 1 AS a, 'x' AS b") == (["a", "b"], [(1, "x")])
        assert connection.rows("SELECT id FROM actors WHERE id = :id", {"id": "nobody"}) == []
        assert connection.engine == target.engine
        assert connection.notes == []


def test_values_are_of_the_same_types_on_both_engines(target):
    with writing(target) as connection, connection.transaction():
        connection.run("INSERT INTO places (id, name, precision, lat, lon) VALUES ('pole', 'Pole', 'site', 90, 0)")
    with reading(target) as connection:
        (row,) = connection.rows(
            "SELECT lat, sum(2), avg(3), count(*), 1 < 2, NULL, 9223372036854775807, -1.5, 'x', max(lat) "
            "FROM places GROUP BY lat"
        )
    assert row == (90.0, 2, 3.0, 1, 1, None, 9223372036854775807, -1.5, "x", 90.0)
    assert [type(value) for value in row] == [float, int, float, int, int, type(None), int, float, str, float]


def test_what_postgresql_alone_knows_comes_back_as_text(postgres_target):
    with reading(postgres_target) as connection:
        (row,) = connection.rows(
            "SELECT date '2023-09-20', timestamptz '2023-09-20T12:00:00+03', jsonb '{\"a\": 1}', 1e30::numeric, true, false"
        )
    assert row == ("2023-09-20", "2023-09-20 09:00:00+00", '{"a": 1}', 10**30, 1, 0)


def test_a_reading_connection_cannot_write(target):
    with reading(target) as connection, pytest.raises((InputError, DatabaseError)):
        connection.run("DELETE FROM actors")


@pytest.mark.parametrize("sql", ["SELEC 1", "SELECT * FROM nothing", "SELECT 1; SELECT 2", "SELECT :missing"])
def test_sql_that_does_not_run_is_wrong_input_in_one_line(target, sql):
    if target.engine == "postgresql" and ";" in sql:
        pytest.skip("the server answers the second one; the untrusted connection refuses both")
    with reading(target) as connection:
        with pytest.raises(InputError) as caught:
            connection.rows(sql, {} if ":" in sql else None)
        assert "\n" not in str(caught.value)
        # The connection goes on.
        assert connection.rows("SELECT 1") == [(1,)]


def test_values_that_no_database_takes_are_wrong_input(target):
    with reading(target) as connection:
        for value in (2**63, "\ud800"):
            with pytest.raises(InputError):
                connection.rows("SELECT id FROM loads WHERE id = :x OR record_path = :x", {"x": value})


def test_a_missing_file_is_told_and_not_made(tmp_path):
    target = read_target(str(tmp_path / "none.db"))
    with pytest.raises(DatabaseError, match="run: transfers load"), reading(target):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_folder_a_text_and_a_damaged_file_are_told_apart(sqlite_target, tmp_path):
    (tmp_path / "text.db").write_text("no database at all, but long enough to have a header" * 30)
    for path, says in ((tmp_path, "is a folder"), (tmp_path / "text.db", "is not a transfers database")):
        with pytest.raises(DatabaseError, match=says), reading(read_target(str(path))):
            pass
    raw = Path(sqlite_target.path).read_bytes()
    Path(sqlite_target.path).write_bytes(raw[:4096] + b"\0" * 40960 + raw[45056:])
    with pytest.raises(DatabaseError, match="is damaged"), reading(sqlite_target) as connection:
        for (name,) in connection.rows("SELECT name FROM sqlite_schema WHERE type = 'table'"):
            connection.rows(f'SELECT * FROM "{name}"')


def test_text_that_is_no_utf_8_is_damage(sqlite_target):
    with sqlite3.connect(sqlite_target.path) as plain:
        plain.execute("INSERT INTO loads VALUES (1, CAST(x'ff41' AS TEXT), 'a', 'b', 'c', 'd', 'new', NULL)")
    plain.close()
    with reading(sqlite_target) as connection, pytest.raises(DatabaseError, match="is damaged"):
        connection.rows("SELECT loaded_at FROM loads")


def test_a_path_with_every_odd_character_opens(sqlite_target, tmp_path):
    odd = tmp_path / "a b%20?#&ü.db"
    os.rename(sqlite_target.path, odd)
    with reading(read_target(str(odd))) as connection:
        assert connection.rows("SELECT count(*) FROM actors") == [(0,)]


def test_an_interrupted_write_is_rolled_back_and_told(sqlite_target):
    interrupt_a_write(sqlite_target.path)
    with reading(sqlite_target) as connection:
        assert connection.rows("SELECT count(*) FROM loads") == [(0,)]
        assert len(connection.notes) == 1
        assert "interrupted" in connection.notes[0]
    assert not os.path.exists(sqlite_target.path + "-journal")
    with reading(sqlite_target) as connection:
        assert connection.notes == []


def test_an_interrupted_write_is_told_by_a_writing_connection_too(sqlite_target):
    interrupt_a_write(sqlite_target.path)
    with writing(sqlite_target) as connection:
        assert "interrupted" in connection.notes[0]
        assert connection.rows("SELECT count(*) FROM loads") == [(0,)]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become a user who may not write")
def test_someone_who_may_not_write_is_told_that_an_interrupted_write_is_in_the_way(sqlite_target):
    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copy(sqlite_target.path, folder)
        interrupt_a_write(path)
        for name, mode in ((folder, 0o755), (path, 0o644), (path + "-journal", 0o644)):
            os.chmod(name, mode)
        said = as_nobody(path)
        os.chmod(folder, 0o700)
        assert re.match(r"3 .* must be finished by someone who can write", said)
        assert "may not be read" in as_nobody(path)


def as_nobody(path):
    """What a user with no rights at all is told when opening a file."""
    code = f"""
import os
import transfers.db.files  # now: the other user may not be allowed to read the standard library
from transfers.db import read_target, reading
from transfers.errors import TransfersError
os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    with reading(read_target({path!r})): pass
except TransfersError as error:
    print(error.exit_code, error)
"""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_a_read_only_folder_does_not_stop_a_reader(sqlite_target, tmp_path):
    os.chmod(sqlite_target.path, 0o440)
    os.chmod(tmp_path, 0o550)
    with reading(sqlite_target) as connection:
        assert connection.rows("SELECT count(*) FROM actors") == [(0,)]
    os.chmod(tmp_path, 0o750)


def test_a_locked_file_is_busy_after_the_busy_time(sqlite_target, monkeypatch):
    holder = sqlite3.connect(sqlite_target.path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    monkeypatch.setenv("TRANSFERS_BUSY", "0.1")
    with pytest.raises(BusyError, match="in use by another process"), reading(sqlite_target):
        pass
    with pytest.raises(BusyError), reading(sqlite_target, busy=0.05):
        pass
    holder.close()
    monkeypatch.setenv("TRANSFERS_BUSY", "soon")
    with pytest.raises(UsageError, match="TRANSFERS_BUSY"), reading(sqlite_target):
        pass


def test_a_snapshot_is_of_one_moment(target):
    with reading(target) as reader, writing(target, busy=0.05) as writer:
        with reader.snapshot():
            assert reader.rows("SELECT count(*) FROM topics") == [(0,)]
            if target.engine == "sqlite":
                with pytest.raises(BusyError), writer.transaction():
                    writer.run("INSERT INTO topics (id, name) VALUES ('drones', 'Drones')")
            else:
                writer.run("INSERT INTO topics (id, name) VALUES ('drones', 'Drones')")
            assert reader.rows("SELECT count(*) FROM topics") == [(0,)]
        with writer.transaction():
            writer.run("DELETE FROM topics")
            writer.run("INSERT INTO topics (id, name) VALUES ('drones', 'Drones')")
        assert reader.rows("SELECT count(*) FROM topics") == [(1,)]


def test_a_server_that_is_not_there_is_told_without_the_password():
    target = read_target("postgresql://ann:S3cr%40et@127.0.0.1:1/arms")
    with pytest.raises(DatabaseError, match="cannot be reached") as caught, reading(target):
        pass
    assert "S3cr" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_database_that_the_server_does_not_have_is_told(postgres_target):
    target = read_target(re.sub(r"/test_\w+", "/nowhere", postgres_target.url))
    with pytest.raises(DatabaseError), reading(target):
        pass


def test_the_views_are_readable_on_both_engines(target):
    from transfers.schema.views import views

    with reading(target) as connection:
        for name in views(target.engine):
            assert connection.rows(f"SELECT * FROM {name}") == []
