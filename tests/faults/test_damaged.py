"""Databases that are missing, damaged, foreign, of another version, or were left half written."""

import hashlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli_load.command import inside as transfers
from tests.load.made_up import canon, index_fits
from transfers.db import read_target
from transfers.schema.upgrade import downgrade

READ = (("query",), ("export", "canonical"), ("search", "kestrel"), ("sql", "select 1"), ("db", "check"))
INTERRUPTED = """
import os, signal, sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("PRAGMA cache_size = 2")
database.execute("BEGIN IMMEDIATE")
database.execute("UPDATE claims SET summary = 'half written'")
for number in range(3000):
    database.execute("INSERT INTO loads VALUES (?, 'now', 'a', 'b', 'c', 'd', 'new', ?)", (100000 + number, "x" * 200))
os.kill(os.getpid(), signal.SIGKILL)
"""


def sha256(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def require_refused(path, commands, collection, *words):
    """Each command exits 3 with one line that has the words, and the file keeps its bytes."""
    before = sha256(path) if os.path.isfile(path) else None
    for arguments in (*commands, ("--collection", str(collection.root), "load")):
        done = transfers("--db", str(path), *arguments)
        assert done.code == 3, (arguments, done)
        assert done.out == ""
        lines = done.err.splitlines()
        assert lines[-1].startswith("error: "), done.err
        assert "Traceback" not in done.err
        assert any(word in lines[-1] for word in words), done.err
    assert (sha256(path) if os.path.isfile(path) else None) == before


# --- missing ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("arguments", [*READ, ("db", "current"), ("db", "backup"), ("db", "downgrade", "0001", "--yes")])
def test_reading_what_is_not_there_makes_nothing(arguments, tmp_path):
    done = transfers("--db", str(tmp_path / "none.db"), *arguments)
    assert (done.code, done.out) == (3, "")
    assert done.err == f"error: there is no database at {tmp_path / 'none.db'}; run: transfers load\n"
    assert list(tmp_path.iterdir()) == []


def test_a_load_makes_the_folder_too_and_nothing_else_does(collection, tmp_path):
    path = tmp_path / "no" / "none.db"
    done = transfers("--db", str(path), "query")
    assert (done.code, done.out) == (3, "")
    assert not path.parent.exists()
    assert transfers("--db", str(path), "--collection", str(collection.root), "load").code == 0
    assert [entry.name for entry in path.parent.iterdir()] == ["none.db"]


def test_a_database_below_a_file_is_refused(collection, tmp_path):
    (tmp_path / "file").write_text("x")
    for arguments in (("query",), ("--collection", str(collection.root), "load")):
        done = transfers("--db", str(tmp_path / "file" / "none.db"), *arguments)
        assert (done.code, done.out) == (3, ""), done
        assert done.err.startswith("error: ")
        assert done.err.count("\n") == 1


def test_a_folder_in_the_place_of_the_database(collection, tmp_path):
    (tmp_path / "folder.db").mkdir()
    require_refused(tmp_path / "folder.db", READ, collection, "is a folder")
    assert list((tmp_path / "folder.db").iterdir()) == []


# --- damaged ----------------------------------------------------------------------------------------------------------
def damage_header(data, random_):
    return b"SQLite format 4\0" + data[16:]


def cut_in_half(data, random_):
    return data[: len(data) // 2]


def cut_in_a_page(data, random_):
    return data[:-1000]


def empty_pages(data, random_):
    start = 4096 * (len(data) // 8192)
    return data[:start] + b"\0" * 4096 * 15 + data[start + 4096 * 15 :]


@pytest.mark.parametrize("damage", [damage_header, cut_in_half, cut_in_a_page, empty_pages])
def test_a_damaged_file_is_refused_by_a_load_that_would_write(damage, edited, loaded):
    path = Path(loaded.path)
    path.write_bytes(damage(path.read_bytes(), random.Random(1)))
    require_refused(path, (("db", "check"),), edited, "damaged", "not a transfers database", "is not what was loaded")


@pytest.mark.parametrize("damage", [damage_header, cut_in_half, cut_in_a_page, empty_pages])
def test_and_by_commands_that_read_all_of_it(damage, edited, loaded):
    path = Path(loaded.path)
    path.write_bytes(damage(path.read_bytes(), random.Random(1)))
    for arguments in (("export", "canonical"), ("query",), ("search", "kestrel")):
        done = transfers("--db", str(path), *arguments)
        assert done.code in (0, 3), done  # a page that a command does not read cannot trouble it
        assert "Traceback" not in done.err
        if done.code == 3:
            assert "damaged" in done.err or "not a transfers database" in done.err


def flip(path, seed):
    random_ = random.Random(seed)
    data = bytearray(Path(path).read_bytes())
    for _ in range(200):
        data[random_.randrange(len(data))] ^= 1 << random_.randrange(8)
    Path(path).write_bytes(data)


def try_flips(seed, edited, loaded):
    flip(loaded.path, seed)
    before = sha256(loaded.path)
    for arguments in (("--collection", str(edited.root), "load"), ("query",), ("export", "canonical"), ("db", "check")):
        done = transfers("--db", loaded.path, *arguments)
        assert done.code in (0, 3), (arguments, done)
        assert "Traceback" not in done.err
        if arguments[-1] in ("load", "check"):
            assert done.code == 3, (arguments, done)
    assert sha256(loaded.path) == before


@pytest.mark.parametrize("seed", range(1, 4))
def test_flipped_bits_are_found(seed, edited, loaded):
    try_flips(seed, edited, loaded)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4, 51))
def test_fifty_times(seed, edited, loaded):
    try_flips(seed, edited, loaded)


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("UPDATE evidence SET exact = replace(exact, 'drones', 'droned') WHERE claim_id = 'gazette-first-c01'", "gazette-first-c01, whole"),
        ("UPDATE articles SET text = replace(text, 'hundreds', 'thousand') WHERE id = 'gazette-first'", "article gazette-first"),
        ("UPDATE statements SET quote = 'We sold them last yearx' WHERE id = 'gazette-first-s01'", "statement gazette-first-s01"),
        ("UPDATE evidence SET prefix = 'x' || substr(prefix, 2) WHERE claim_id = 'gazette-first-c02' AND field = 'whole'", "gazette-first-c02"),
        ("DELETE FROM evidence WHERE claim_id = 'courier-fifth-c01' AND field = 'whole'", "claim courier-fifth-c01"),
        ("UPDATE search_rows SET words = 'something else' WHERE owner_id = 'gazette-first-c01'", "search index"),
        ("UPDATE evidence SET start_char = start_char + 1, end_char = end_char + 1 WHERE layer = 'raw'", "courier-second, published"),
    ],
)
def test_one_altered_row_is_found_by_the_check(sql, says, collection, loaded):
    place = ("--db", loaded.path, "--collection", str(collection.root), "db", "check")
    with closing(sqlite3.connect(loaded.path)) as database:
        database.execute(sql)
        database.commit()
    done = transfers(*place)
    assert done.code == 3
    assert any(line.startswith("error: ") and says in line for line in done.err.splitlines()), done.err


# --- foreign, older, newer --------------------------------------------------------------------------------------------
def make_foreign(path):
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE x (a)")


def make_text(path):
    path.write_text("This is a letter, and a long one at that. " * 40)


def make_other_application(path):
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA application_id = 7")


def make_other_alembic(path):
    with closing(sqlite3.connect(path)) as database:
        database.executescript("CREATE TABLE alembic_version (version_num TEXT); INSERT INTO alembic_version VALUES ('0005')")


@pytest.mark.parametrize("make", [make_foreign, make_text, make_other_application, make_other_alembic])
def test_somebody_elses_file_is_left_alone(make, collection, tmp_path):
    path = tmp_path / "other.db"
    make(path)
    require_refused(path, (*READ, ("db", "upgrade"), ("db", "downgrade", "base", "--yes")), collection, "not a transfers database")
    assert [entry.name for entry in tmp_path.iterdir() if entry.name.startswith("other.db")] == ["other.db"]


def test_a_newer_database_is_left_alone(collection, loaded):
    with closing(sqlite3.connect(loaded.path)) as database:
        database.execute("UPDATE alembic_version SET version_num = 'ffff'")
        database.commit()
    require_refused(loaded.path, (*READ, ("db", "upgrade"), ("db", "current")), collection, "upgrade the program")


def test_an_older_database_is_migrated_by_a_load_alone(collection, loaded):
    downgrade(loaded, "0002", yes=True)
    before = sha256(loaded.path)
    for arguments in READ:
        done = transfers("--db", loaded.path, *arguments)
        assert (done.code, done.out) == (3, "")
        assert "has an older schema (0002, this program needs" in done.err
        assert "run: transfers db upgrade" in done.err
    assert sha256(loaded.path) == before
    done = transfers("--db", loaded.path, "--collection", str(collection.root), "load")
    assert done.code == 0, done.err
    assert ".bak" in done.err
    assert transfers("--db", loaded.path, "query").code == 0


def test_an_empty_file_is_left_alone(collection, tmp_path):
    path = tmp_path / "empty.db"
    path.touch()
    require_refused(path, READ, collection, "is empty, not a transfers database; remove it and run: transfers load")
    assert path.read_bytes() == b""
    path.unlink()
    assert transfers("--db", str(path), "--collection", str(collection.root), "load").code == 0


# --- an interrupted write ---------------------------------------------------------------------------------------------
def interrupt(path):
    subprocess.run([sys.executable, "-c", INTERRUPTED, str(path)], check=False)
    assert os.path.getsize(f"{path}-journal") > 0


@pytest.mark.parametrize("arguments", [("query",), ("export", "canonical"), ("db", "current"), ("load",), ("load", "--dry-run")])
def test_the_next_command_undoes_what_a_killed_process_left(arguments, collection, loaded):
    before = canon(loaded)
    interrupt(loaded.path)
    done = transfers("--db", loaded.path, "--collection", str(collection.root), *arguments)
    assert done.code == 0, done.err
    assert f"a write to {loaded.path} had been interrupted; it was rolled back" in done.err
    assert "half written" not in done.out
    assert canon(loaded) == before
    assert not os.path.exists(f"{loaded.path}-journal")


def test_a_load_with_something_to_do_goes_on_after_it(edited, loaded):
    interrupt(loaded.path)
    done = transfers("--db", loaded.path, "--collection", str(edited.root), "load")
    assert done.code == 0, done.err
    assert done.err.count("had been interrupted") == 1
    assert index_fits(loaded)


def test_a_copy_without_its_journal_is_found_out_by_the_check(loaded, collection, tmp_path):
    interrupt(loaded.path)
    copy = tmp_path / "copy.db"
    shutil.copyfile(loaded.path, copy)
    done = transfers("--db", str(copy), "--collection", str(collection.root), "db", "check")
    assert done.code in (0, 3)
    assert canon(loaded)


def test_as_somebody_who_may_not_write_it_is_told_who_must(loaded, collection, sqlite_template):
    import tempfile

    from tests.faults.test_permissions import as_nobody

    folder = Path(tempfile.mkdtemp(prefix="transfers-test-"))
    try:
        path = folder / "transfers.db"
        shutil.copyfile(loaded.path, path)
        interrupt(path)
        warm = folder / "warm.db"
        shutil.copyfile(loaded.path, warm)
        for entry in folder.iterdir():
            entry.chmod(0o444)
        folder.chmod(0o555)
        for arguments in (("query",), ("export", "canonical")):
            code, out, err = as_nobody("--db", str(path), *arguments, warm=("--db", str(warm), *arguments))
            assert (code, out) == (3, ""), err
            assert err == (
                f"error: a write to {path} was interrupted and must be finished by someone who can write to it: "
                "run transfers db current as that user\n"
            )
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_reading_goes_by_the_path_that_was_given(loaded, tmp_path):
    link = tmp_path / "link.db"
    link.symlink_to(loaded.path)
    interrupt(loaded.path)
    assert transfers("--db", str(link), "query").code == 0
    assert read_target(str(link)).path == loaded.path
