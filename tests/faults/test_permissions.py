"""Files and folders that may not be written or read by whoever runs the program."""

import hashlib
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.cli_load.command import ROOT, environment, transfers
from tests.faults.conftest import edit
from tests.load.made_up import Collection, make_collection
from transfers.db import read_target


@pytest.fixture
def place():
    """A folder that everybody may look into, with a collection and a database that belong to root."""
    folder = Path(tempfile.mkdtemp(prefix="transfers-test-"))
    folder.chmod(0o755)
    yield folder
    for path in folder.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() else 0o644)
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.fixture
def collection(place) -> Collection:
    return make_collection(place / "collection")


@pytest.fixture
def db(place, collection, sqlite_template):
    (place / "db").mkdir()
    path = place / "db" / "transfers.db"
    shutil.copyfile(sqlite_template, path)
    collection.load(read_target(str(path)))
    path.chmod(0o444)
    return path


def as_nobody(*arguments, warm=None):
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.as_nobody", *(warm or arguments), "--", *arguments], cwd=ROOT, env=environment(),
        capture_output=True, text=True, check=False,
    )
    return done.returncode, done.stdout, done.stderr


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def with_copy(db, *arguments):
    """The same command on a copy, for the imports."""
    copy = db.parent.parent / "copy.db"
    shutil.copyfile(db, copy)
    return tuple(word.replace(str(db), str(copy)) for word in arguments)


@pytest.mark.parametrize("folder_mode", [0o755, 0o555])
def test_a_file_that_may_only_be_read_is_read(folder_mode, db, collection):
    db.parent.chmod(folder_mode)
    before = sha256(db)
    commands = (("query",), ("export", "canonical"), ("db", "current"), ("db", "check"))
    for arguments in commands if folder_mode == 0o555 else commands[:1]:
        code, out, err = as_nobody("--db", str(db), "--collection", str(collection.root), *arguments)
        assert (code, "error" in err) == (0, False), err
        assert out or arguments == ("db", "check")
    assert sha256(db) == before
    assert os.listdir(db.parent) == ["transfers.db"]


@pytest.mark.parametrize("folder_mode", [0o755, 0o555])
def test_a_load_that_has_nothing_to_do_needs_no_more(folder_mode, db, collection):
    db.parent.chmod(folder_mode)
    code, _, err = as_nobody("--db", str(db), "--collection", str(collection.root), "load")
    assert (code, err) == (0, "unchanged: 5 records, nothing to do\n")


@pytest.mark.parametrize("file_mode", [0o444, 0o666])
def test_a_load_that_has_something_to_do_says_what_is_wrong(file_mode, db, collection):
    """A file that may be written in a folder that may not is not enough: the journal stands beside it."""
    edit(collection)
    db.chmod(file_mode)
    db.parent.chmod(0o555)
    before = sha256(db)
    arguments = ("--db", str(db), "--collection", str(collection.root), "load")
    code, _, err = as_nobody(*arguments, warm=with_copy(db, *arguments))
    assert code == 3
    assert err == f"error: {db} (or its folder) cannot be written; make it writable or name another with --db\n"
    assert sha256(db) == before


def test_a_file_that_may_not_be_read_is_told(db, collection):
    db.chmod(0o600)
    for arguments in (("query",), ("export", "canonical"), ("--collection", str(collection.root), "load"), ("db", "check")):
        code, out, err = as_nobody("--db", str(db), *arguments, warm=with_copy(db, "--db", str(db), *arguments))
        assert (code, out) == (3, ""), err
        assert err == f"error: {db} cannot be opened: it or its folder may not be read or written by you\n"


def test_a_folder_that_may_not_be_entered_is_told(db):
    db.parent.chmod(0o700)
    code, out, err = as_nobody("--db", str(db), "query", warm=with_copy(db, "--db", str(db), "query"))
    assert (code, out) == (3, "")
    assert err.startswith("error: ")
    assert "Traceback" not in err


def test_a_database_that_cannot_be_made_is_told(place, db, collection):
    (place / "closed").mkdir(mode=0o555)
    arguments = ("--collection", str(collection.root), "load")
    code, _, err = as_nobody("--db", str(place / "closed" / "new.db"), *arguments, warm=("--db", str(place / "warm.db"), *arguments))
    assert code == 3
    assert err.startswith(f"error: {place / 'closed' / 'new.db'}")
    assert err.count("\n") == 1
    assert os.listdir(place / "closed") == []


@pytest.mark.parametrize("path", [
    "data/records/2023/courier-fifth.yaml", "data/registry/actors.yaml", "seeds/courier-fifth.txt", "data/review/gazette-first.yaml",
])
def test_a_file_of_the_collection_that_may_not_be_read_is_told_by_name(path, db, collection):
    collection.write_review("gazette-first", ("zz", "accepted"))
    db.chmod(0o666)
    db.parent.chmod(0o777)
    collection.load(read_target(str(db)))
    db.chmod(0o666)
    collection.file(path).chmod(0o000)
    arguments = ("--db", str(db), "--collection", str(collection.root), "load")
    code, _, err = as_nobody(*arguments, warm=with_copy(db, *arguments))
    assert code == 1
    assert path in err
    assert "Permission denied" in err
    assert "Traceback" not in err
    code, _, err = as_nobody("--collection", str(collection.root), "check")
    assert code == 1
    assert path in err


def test_a_folder_of_records_that_may_not_be_read_is_told(db, collection):
    collection.file("data/records/2023").chmod(0o700)
    arguments = ("--db", str(db), "--collection", str(collection.root), "load")
    code, _, err = as_nobody(*arguments, warm=with_copy(db, *arguments))
    assert (code, err) == (1, "error: data/records/2023 cannot be read: Permission denied\n")


@pytest.mark.slow
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o777])
def test_a_new_database_may_be_read_by_its_group_and_by_nobody_else(umask, collection, tmp_path):
    path = tmp_path / "new.db"
    done = transfers("--db", str(path), "--collection", str(collection.root), "load", umask=umask)
    assert done.code == 0, done.err
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    out = tmp_path / "out.jsonl"
    assert transfers("--db", str(path), "export", "canonical", "-o", str(out), umask=umask).code == 0
    assert stat.S_IMODE(out.stat().st_mode) == 0o640


def test_a_load_keeps_the_permissions_of_the_file(collection, db):
    edit(collection)
    db.chmod(0o600)
    assert transfers("--db", str(db), "--collection", str(collection.root), "load").code == 0
    assert stat.S_IMODE(db.stat().st_mode) == 0o600
