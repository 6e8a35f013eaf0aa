"""Upgrade and downgrade as commands use them."""

import hashlib
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from transfers.db import read_target, reading, writing
from transfers.errors import BusyError, DatabaseError, UsageError
from transfers.schema.check import check_database
from transfers.schema.head import HEAD
from transfers.schema.upgrade import downgrade, find_losses, upgrade


def digest(target):
    return hashlib.sha256(Path(target.path).read_bytes()).hexdigest()


def test_a_new_database_is_made_whole(new_target):
    done = upgrade(new_target)
    assert (done.before, done.after) == (None, HEAD)
    assert check_database(new_target) == []


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_the_file_has_its_permissions_at_any_umask(tmp_path, umask):
    target = read_target(str(tmp_path / "new" / "transfers.db"))
    before = os.umask(umask)
    try:
        upgrade(target)
    finally:
        os.umask(before)
    assert os.stat(target.path).st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path / "new") == ["transfers.db"]


def test_at_head_nothing_is_written_and_nothing_slow_imported(sqlite_target):
    before = digest(sqlite_target), os.stat(sqlite_target.path).st_mtime_ns
    code = (
        "import sys; from transfers.db import read_target; from transfers.schema.upgrade import upgrade; "
        f"print(upgrade(read_target({sqlite_target.path!r})).notes, 'sqlalchemy' in sys.modules, 'alembic' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[] False False\n"
    assert (digest(sqlite_target), os.stat(sqlite_target.path).st_mtime_ns) == before


def test_views_of_another_version_are_made_anew(target):
    with writing(target) as connection:
        connection.run("DROP VIEW v_roles")
        connection.run("CREATE VIEW v_roles AS SELECT 1 AS old")
        if target.engine == "postgresql":
            connection.run("COMMENT ON TABLE alembic_version IS 'views of an older program'")
    upgrade(target)
    assert check_database(target) == []


def test_an_older_database_is_backed_up_and_upgraded(sqlite_target):
    downgrade(sqlite_target, "0003", yes=True)
    done = upgrade(sqlite_target)
    assert (done.before, done.after) == ("0003", HEAD)
    (note,) = done.notes
    kept = note.removeprefix("the database before: ")
    assert re.fullmatch(re.escape(sqlite_target.path) + r"\.0003-\d{8}T\d{6}Z\.bak", kept)
    with reading(read_target(kept)) as connection:
        assert connection.rows("SELECT version_num FROM alembic_version") == [("0003",)]


def test_it_may_stop_at_an_earlier_revision(new_target):
    assert upgrade(new_target, "2").after == "0002"
    assert upgrade(new_target).before == "0002"
    with pytest.raises(UsageError, match="no revision 0007"):
        upgrade(new_target.__class__("sqlite", path=new_target.path + ".x"), "0007")


def test_a_downgrade_names_what_it_drops_and_wants_to_be_told(target):
    with writing(target) as connection:
        connection.run("INSERT INTO topics (id, name) VALUES ('drones', 'Drones')")
    losses = find_losses(target, "0001")
    assert losses[0] == "registers (0 rows): which releases of registers were imported"
    assert losses[4] == "articles.text_length (0 rows): worked out again from the text by the next upgrade"
    assert "topics (1 row): all topics" in losses
    before = digest(target) if target.engine == "sqlite" else None
    with pytest.raises(UsageError, match=r"(?s)topics \(1 row\).*--yes"):
        downgrade(target, "0001")
    if before:
        assert digest(target) == before
    assert downgrade(target, "0001", yes=True).after == "0001"


def test_a_downgrade_to_base_names_every_table(target):
    losses = find_losses(target, "base")
    assert any(loss.startswith("claims (0 rows)") for loss in losses)
    assert len([loss for loss in losses if loss.startswith("topics ")]) == 1
    assert downgrade(target, "base", yes=True).after is None
    upgrade(target)
    assert check_database(target) == []


def test_a_downgrade_backs_up_first(sqlite_target):
    (note,) = downgrade(sqlite_target, "0003", yes=True).notes
    assert note.startswith(f"the database before: {sqlite_target.path}.{HEAD}-")


@pytest.mark.parametrize(("revision", "says"), [("0009", "no revision"), ("later", "no revision"), ("0005", "earlier than")])
def test_a_downgrade_goes_down(target, revision, says):
    downgrade(target, "0003", yes=True)
    with pytest.raises(UsageError, match=says):
        downgrade(target, revision, yes=True)


def test_a_database_in_use_is_busy(sqlite_target):
    downgrade(sqlite_target, "0003", yes=True)
    holder = sqlite3.connect(sqlite_target.path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(BusyError, match="in use by another process"):
        upgrade(sqlite_target, busy=0.1)
    holder.close()


def test_a_server_in_use_is_busy(postgres_target):
    downgrade(postgres_target, "0003", yes=True)
    with writing(postgres_target) as holder, holder.transaction(), pytest.raises(BusyError, match="in use by another process"):
        upgrade(postgres_target, busy=0.1)


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseError, match="cannot be made"):
        upgrade(read_target(str(tmp_path / "file" / "transfers.db")))


def test_an_interrupted_write_is_rolled_back_before_the_upgrade(sqlite_target):
    from tests.db.test_reading import interrupt_a_write

    downgrade(sqlite_target, "0003", yes=True)
    interrupt_a_write(sqlite_target.path)
    assert "interrupted" in upgrade(sqlite_target).notes[0]
    assert check_database(sqlite_target) == []


def test_unfinished_files_of_killed_processes_are_swept_up_after_a_day(sqlite_target):
    old, young = Path(sqlite_target.path + ".1-aa.tmp"), Path(sqlite_target.path + ".2-bb.tmp")
    for path in (old, young):
        path.touch()
    os.utime(old, (1, 1))
    downgrade(sqlite_target, "0003", yes=True)
    upgrade(sqlite_target)
    assert young.exists()
    assert not old.exists()
