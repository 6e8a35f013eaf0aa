"""Backups and what comes back of them."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.db.test_reading import interrupt_a_write
from transfers.db import read_target, reading, writing
from transfers.errors import BusyError, DatabaseError, InputError
from transfers.schema.backup import backup, restore
from transfers.schema.check import check_database
from transfers.schema.upgrade import downgrade


def add_topic(target, name):
    with writing(target) as connection, connection.transaction():
        connection.run("INSERT INTO topics (id, name) VALUES (:id, :id)", {"id": name})


def topics(target):
    with reading(target) as connection:
        return [name for (name,) in connection.rows("SELECT id FROM topics ORDER BY id")]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_a_backup_holds_the_same_with_the_same_permissions(sqlite_target, mode):
    add_topic(sqlite_target, "drones")
    os.chmod(sqlite_target.path, mode)
    kept = read_target(backup(sqlite_target))
    assert os.stat(kept.path).st_mode & 0o777 == mode
    assert topics(kept) == ["drones"]
    assert check_database(kept) == []
    assert sorted(os.listdir(os.path.dirname(kept.path))) == sorted(map(os.path.basename, (sqlite_target.path, kept.path)))


def test_a_backup_overwrites_nothing(sqlite_target, tmp_path):
    first, second, third = (backup(sqlite_target) for _ in range(3))
    assert len({first, second, third}) == 3
    (tmp_path / "mine.bak").write_text("precious")
    with pytest.raises(InputError, match="overwrites nothing"):
        backup(sqlite_target, str(tmp_path / "mine.bak"))
    assert (tmp_path / "mine.bak").read_text() == "precious"


def test_a_backup_can_be_made_while_the_lock_is_held(sqlite_target):
    add_topic(sqlite_target, "drones")
    with writing(sqlite_target) as connection, connection.transaction():
        connection.run("DELETE FROM topics")
        kept = backup(sqlite_target)
    assert topics(read_target(kept)) == ["drones"]
    assert topics(sqlite_target) == []


def test_no_backup_no_upgrade(sqlite_target, tmp_path):
    with pytest.raises(DatabaseError, match="cannot be written"):
        backup(sqlite_target, str(tmp_path / "no such folder" / "x.bak"))


def test_a_backup_of_a_damaged_file_is_not_made(sqlite_target, tmp_path):
    raw = Path(sqlite_target.path).read_bytes()
    Path(sqlite_target.path).write_bytes(raw[:40960] + b"\xff" * 8192 + raw[49152:])
    with pytest.raises(DatabaseError, match="damaged"):
        backup(sqlite_target)
    assert os.listdir(tmp_path) == ["transfers.db"]


def test_restoring_brings_back_what_was_there_and_keeps_what_is_replaced(sqlite_target):
    add_topic(sqlite_target, "drones")
    kept = backup(sqlite_target)
    add_topic(sqlite_target, "missiles")
    os.chmod(sqlite_target.path, 0o600)
    replaced = restore(sqlite_target, kept)
    assert topics(sqlite_target) == ["drones"]
    assert topics(read_target(replaced)) == ["drones", "missiles"]
    assert os.stat(sqlite_target.path).st_mode & 0o777 == 0o600


def test_restoring_where_nothing_is(sqlite_target, tmp_path):
    kept = backup(sqlite_target, str(tmp_path / "kept.bak"))
    os.unlink(sqlite_target.path)
    assert restore(sqlite_target, kept) is None
    assert check_database(sqlite_target) == []


def test_restoring_over_an_interrupted_write(sqlite_target):
    add_topic(sqlite_target, "drones")
    kept = backup(sqlite_target)
    interrupt_a_write(sqlite_target.path)
    restore(sqlite_target, kept)
    assert not os.path.exists(sqlite_target.path + "-journal")
    assert topics(sqlite_target) == ["drones"]
    assert check_database(sqlite_target) == []


WAL_WRITE = """
import os, signal, sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("PRAGMA journal_mode = WAL")
database.execute("INSERT INTO topics VALUES ('late', 'late', NULL)")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_restoring_over_a_stale_wal(sqlite_target):
    add_topic(sqlite_target, "drones")
    kept = backup(sqlite_target)
    subprocess.run([sys.executable, "-c", WAL_WRITE, sqlite_target.path], check=False)
    assert os.path.getsize(sqlite_target.path + "-wal") > 0
    restore(sqlite_target, kept)
    assert topics(sqlite_target) == ["drones"]
    assert not os.path.exists(sqlite_target.path + "-wal")


def test_restoring_over_rubbish(sqlite_target):
    add_topic(sqlite_target, "drones")
    kept = backup(sqlite_target)
    Path(sqlite_target.path).write_bytes(b"rubbish" * 1000)
    Path(sqlite_target.path + "-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\0" * 600)
    restore(sqlite_target, kept)
    assert topics(sqlite_target) == ["drones"]
    assert check_database(sqlite_target) == []


def test_a_database_in_use_is_not_replaced(sqlite_target, monkeypatch):
    monkeypatch.setenv("TRANSFERS_BUSY", "0.1")
    kept = backup(sqlite_target)
    holder = sqlite3.connect(sqlite_target.path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(BusyError):
        restore(sqlite_target, kept)
    holder.close()


def test_only_a_database_of_ours_is_restored(sqlite_target, tmp_path):
    before = Path(sqlite_target.path).read_bytes()
    (tmp_path / "text").write_text("text" * 1000)
    (tmp_path / "empty").touch()
    for name in ("text", "empty", "none"):
        with pytest.raises(DatabaseError):
            restore(sqlite_target, str(tmp_path / name))
    assert Path(sqlite_target.path).read_bytes() == before


def test_an_older_backup_comes_back_as_it_was(sqlite_target):
    downgrade(sqlite_target, "0002", yes=True)
    kept = backup(sqlite_target)
    restore(sqlite_target, kept)
    with reading(sqlite_target) as connection:
        assert connection.rows("SELECT version_num FROM alembic_version") == [("0002",)]


def test_a_server_is_backed_up_by_its_own_means(postgres_target):
    for refused in (backup, lambda target: restore(target, "x.bak")):
        with pytest.raises(DatabaseError, match="pg_dump"):
            refused(postgres_target)
