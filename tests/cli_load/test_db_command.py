"""`transfers db`: exit codes and streams of the commands for the database as such."""

import os
import pty
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli_load.command import command, environment
from tests.cli_load.command import inside as transfers
from tests.cli_load.command import transfers as process
from tests.load.made_up import canon
from transfers.db import read_target
from transfers.schema.head import HEAD
from transfers.schema.upgrade import downgrade


def test_current_and_history(collection, loaded):
    done = transfers("db", "current", cwd=collection.root)
    assert (done.code, done.out, done.err) == (0, f"{HEAD}\n", "")
    done = transfers("db", "history", cwd=collection.root)
    assert (done.code, done.err) == (0, "")
    assert [line.split("  ")[0] for line in done.out.splitlines()] == sorted(line.split("  ")[0] for line in done.out.splitlines())
    assert done.out.splitlines()[-1].startswith(f"{HEAD}  ")


def test_current_of_an_older_database_says_how_to_go_on(collection, loaded):
    downgrade(loaded, "0002", yes=True)
    done = transfers("db", "current", cwd=collection.root)
    assert (done.code, done.out, done.err) == (0, "0002\n", "note: there are later revisions; run: transfers db upgrade\n")
    done = transfers("db", "current", "--silent", cwd=collection.root)
    assert (done.code, done.out, done.err) == (0, "0002\n", "")


def test_path(collection, loaded):
    done = transfers("db", "path", cwd=collection.root)
    assert (done.code, done.out, done.err) == (0, f"{loaded.path}\n", "")
    done = transfers("db", "path", "--db", "postgresql://me:S3cret@localhost/x", cwd=collection.root)
    assert (done.code, done.out) == (0, "postgresql://me:***@localhost/x\n")


def test_upgrade_makes_a_backup_and_says_so(collection, loaded):
    downgrade(loaded, "0003", yes=True)
    done = transfers("db", "upgrade", cwd=collection.root)
    assert (done.code, done.out) == (0, "")
    assert ".bak" in done.err.splitlines()[0]
    assert done.err.splitlines()[-1] == f"the database went from 0003 to {HEAD}"
    done = transfers("db", "upgrade", cwd=collection.root)
    assert (done.code, done.err) == (0, f"the database is at {HEAD}\n")
    assert transfers("load", cwd=collection.root).err == "unchanged: 5 records, nothing to do\n"


@pytest.mark.parametrize("revision", ["0009", "x", "head-1", ""])
def test_a_revision_that_nobody_knows_is_a_fault_of_usage(revision, collection, loaded):
    for arguments in (("db", "upgrade", "--to", revision), ("db", "downgrade", "--yes", revision)):
        done = transfers(*arguments, cwd=collection.root)
        assert done.code == 2, done
        assert done.err.startswith("error: ")
        assert "Traceback" not in done.err


def test_a_downgrade_that_drops_data_wants_a_yes(collection, loaded):
    before = Path(loaded.path).read_bytes()
    for _ in range(2):
        done = process("db", "downgrade", "0001", cwd=collection.root)
        assert (done.code, done.out) == (2, "")
        assert "say --yes to do it" in done.err
        assert any(line.startswith("drops article_links") for line in done.err.splitlines()), done.err
    assert Path(loaded.path).read_bytes() == before
    assert sorted(entry.name for entry in collection.file("data").iterdir() if ".bak" in entry.name) == []
    done = transfers("db", "downgrade", "0001", "--yes", cwd=collection.root)
    assert done.code == 0, done.err
    assert done.err.splitlines()[-1] == f"the database went from {HEAD} to 0001"


@pytest.mark.parametrize(("answer", "code"), [(b"n\n", 2), (b"\n", 2), (b"y\n", 0), (b"\x04", 130)])
def test_on_a_terminal_it_asks(answer, code, collection, loaded):
    main, other = pty.openpty()
    process = subprocess.Popen(
        command("db", "downgrade", "0001"), cwd=collection.root, env=environment(), stdin=other, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, start_new_session=True,
    )
    os.close(other)
    os.write(main, answer)
    _, said = process.communicate(timeout=120)
    os.close(main)
    assert process.returncode == code, said
    assert "go on?" in said
    assert "Traceback" not in said
    assert read_revision(loaded) == (HEAD if code else "0001")


def read_revision(target):
    with closing(sqlite3.connect(target.path)) as database:
        return database.execute("SELECT version_num FROM alembic_version").fetchone()[0]


def test_check_of_a_sound_database(collection, loaded):
    done = transfers("db", "check", cwd=collection.root)
    assert (done.code, done.out, done.err) == (0, "", "the database is sound: articles 5, quotes found again 30\n")


def test_check_finds_what_became_of_the_articles(collection, loaded):
    collection.write_article("courier-fifth", "Another text.")
    collection.remove("seeds/agency-copy.txt")
    done = transfers("db", "check", cwd=collection.root)
    assert (done.code, done.out) == (3, "")
    assert "error: article agency-copy: seeds/agency-copy.txt is gone" in done.err
    assert "error: article courier-fifth: seeds/courier-fifth.txt is not the file that was reviewed" in done.err
    assert done.err.splitlines()[-1].startswith(f"error: {loaded.path} is not what was loaded")


def test_check_without_a_collection_looks_at_the_database_alone(collection, loaded, tmp_path):
    collection.remove("seeds/agency-copy.txt")
    done = transfers("db", "check", "--db", loaded.path, cwd="/")
    assert (done.code, done.err) == (0, "the database is sound: articles 5, quotes found again 30\n")


def test_backup_and_restore(collection, loaded, tmp_path):
    before = canon(loaded)
    copy = tmp_path / "copy.db"
    done = transfers("db", "backup", str(copy), cwd=collection.root)
    assert (done.code, done.out, done.err) == (0, f"{copy}\n", "")
    assert canon(read_target(str(copy))) == before
    again = transfers("db", "backup", str(copy), cwd=collection.root)
    assert (again.code, again.out) != (0, "")
    assert "Traceback" not in again.err
    with closing(sqlite3.connect(loaded.path)) as database:
        database.execute("UPDATE claims SET summary = 'spoilt'")
        database.commit()
    done = transfers("db", "restore", str(copy), cwd=collection.root)
    assert (done.code, done.out) == (0, "")
    assert f"restored {copy}; what was there before is " in done.err
    assert canon(loaded) == before


@pytest.mark.parametrize("what", ["missing", "text", "foreign", "folder"])
def test_what_is_no_backup_is_not_restored(what, collection, loaded, tmp_path):
    before = Path(loaded.path).read_bytes()
    place = tmp_path / "place"
    if what == "text":
        place.write_text("no database " * 200)
    elif what == "foreign":
        with closing(sqlite3.connect(place)) as database:
            database.execute("CREATE TABLE x (a)")
    elif what == "folder":
        place.mkdir()
    done = transfers("db", "restore", str(place), cwd=collection.root)
    assert done.code in (1, 3), done
    assert done.err.startswith("error: ")
    assert Path(loaded.path).read_bytes() == before


def test_a_database_of_another_collection_may_be_named(collection, loaded, tmp_path):
    other = tmp_path / "other.db"
    shutil.copyfile(loaded.path, other)
    assert transfers("db", "current", "--db", str(other), cwd=tmp_path).out == f"{HEAD}\n"
