"""Several processes at one database: two loads, readers during a load, a lock that somebody holds."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time

import pytest

from benchmarks.make_collection import make_collection
from tests.cli_load.command import command, environment, transfers
from tests.faults.conftest import edit
from tests.load.made_up import canon, count, index_fits, record_path
from transfers.db import read_target, reading
from transfers.load import load_collection

HOLDER = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute(sys.argv[2])
print("held", flush=True)
time.sleep(600)
"""


def hold(path, statement="BEGIN IMMEDIATE"):
    """A process that holds a lock."""
    process = subprocess.Popen([sys.executable, "-c", HOLDER, str(path), statement], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    return process


def end(process):
    process.kill()
    process.wait()
    process.stdout.close()


def start_load(collection, path, *more, **env):
    return subprocess.Popen(
        command("--db", str(path), "--collection", str(collection), "load", *more), env=environment(**env), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )


def finish(*processes):
    found = []
    for process in processes:
        out, err = process.communicate(timeout=120)
        found.append((process.returncode, out, err))
    return found


# --- two loads --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("copies", [2, 3])
def test_loads_at_once_all_succeed_and_one_of_them_writes(copies, collection, sqlite_target, make_reference):
    done = finish(*(start_load(collection.root, sqlite_target.path) for _ in range(copies)))
    assert [code for code, _, _ in done] == [0] * copies
    said = [err.splitlines()[0] for _, _, err in done]
    assert canon(sqlite_target) == make_reference(collection)
    assert index_fits(sqlite_target)
    assert count(sqlite_target, "loads") == 14  # as after one load
    for line in said:
        assert line in ("records loaded: 5 new, 0 unchanged; 30 quotes found in their articles", "unchanged: 5 records, nothing to do")
    assert said.count("records loaded: 5 new, 0 unchanged; 30 quotes found in their articles") == 1


@pytest.mark.slow
def test_loads_at_once_that_make_the_database(collection, tmp_path, make_reference):
    path = tmp_path / "new.db"
    done = finish(*(start_load(collection.root, path) for _ in range(3)))
    assert [code for code, _, _ in done] == [0, 0, 0], done
    assert canon(read_target(str(path))) == make_reference(collection)
    assert sorted(entry.name for entry in tmp_path.iterdir() if entry.suffix in (".tmp", ".db")) == ["fresh.db", "new.db"]


def test_loads_of_different_records_at_once(collection, sqlite_target, make_reference):
    for slug in ("gazette-first", "courier-second", "agency-copy"):
        collection.load(sqlite_target, named=[record_path(slug)])
    files = [str(collection.file(record_path(slug))) for slug in ("gazette-third", "courier-fifth")]
    done = finish(*(start_load(collection.root, sqlite_target.path, file) for file in files))
    assert [code for code, _, _ in done] == [0, 0], done
    assert canon(sqlite_target) == make_reference(collection)


def test_loads_at_once_on_postgresql(collection, postgres_target, make_reference):
    done = finish(*(start_load(collection.root, postgres_target.url) for _ in range(2)))
    assert [code for code, _, _ in done] == [0, 0], done
    assert canon(postgres_target) == make_reference(collection)


@pytest.fixture
def make_reference(sqlite_template, tmp_path):
    """The canonical export after one load into an empty database."""

    def make(collection):
        path = tmp_path / "fresh.db"
        shutil.copyfile(sqlite_template, path)
        target = read_target(str(path))
        collection.load(target)
        return canon(target)

    return make


# --- readers ----------------------------------------------------------------------------------------------------------
def test_readers_during_loads_see_all_of_a_load_or_nothing(tmp_path, sqlite_template):
    """Each record has ten claims: a number that is none of those before and after a load would be a torn one."""
    root = tmp_path / "collection"
    path = tmp_path / "transfers.db"
    shutil.copyfile(sqlite_template, path)
    target = read_target(str(path))
    seen, wrong, stop = set(), [], threading.Event()

    def read():
        while not stop.is_set():
            try:
                with reading(target) as connection, connection.snapshot():
                    articles, claims, evidence = (
                        connection.rows(f"SELECT count(*) FROM {table}")[0][0] for table in ("articles", "claims", "evidence")
                    )
            except Exception as error:
                wrong.append(repr(error))
                return
            seen.add(articles)
            if (claims, evidence) != (10 * articles, 30 * articles):
                wrong.append((articles, claims, evidence))

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for records in (10, 20, 30, 40):
        make_collection(root, records)
        (done,) = finish(start_load(root, path))
        assert done[0] == 0, done
    stop.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert seen <= {0, 10, 20, 30, 40}
    assert len(seen) > 2


def test_a_reader_that_stays_holds_a_load_up_but_not_for_ever(edited, loaded):
    before = canon(loaded)
    with sqlite3.connect(loaded.path, isolation_level=None) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM claims").fetchone()
        began = time.monotonic()
        (done,) = finish(start_load(edited.root, loaded.path, TRANSFERS_BUSY="0.5"))
        took = time.monotonic() - began
        reader.execute("ROLLBACK")
    reader.close()
    assert done[0] == 4, done
    assert took < 10
    assert done[2] == f"error: {loaded.path} is in use by another process; try again later\n"
    assert canon(loaded) == before
    assert transfers("--db", loaded.path, "--collection", str(edited.root), "load").code == 0


# --- a lock -----------------------------------------------------------------------------------------------------------
def test_a_busy_database_is_told_within_the_time(edited, loaded):
    holder = hold(loaded.path)
    try:
        began = time.monotonic()
        done = transfers("--db", loaded.path, "--collection", str(edited.root), "load", env={"TRANSFERS_BUSY": "0.5"})
        took = time.monotonic() - began
        assert (done.code, done.err) == (4, f"error: {loaded.path} is in use by another process; try again later\n")
        assert 0.5 <= took < 8  # a slow machine starts slowly; it must not be the ten seconds of the default
        assert transfers("--db", loaded.path, "query").code == 0  # reading goes on
    finally:
        end(holder)


def test_a_holder_that_is_stopped_is_busy_and_one_that_is_killed_is_not(edited, loaded):
    holder = hold(loaded.path)
    try:
        holder.send_signal(signal.SIGSTOP)
        place = ("--db", loaded.path, "--collection", str(edited.root))
        assert transfers(*place, "load", env={"TRANSFERS_BUSY": "0.2"}).code == 4
        holder.kill()
        holder.wait()
        assert transfers(*place, "load", env={"TRANSFERS_BUSY": "0.2"}).code == 0
    finally:
        end(holder)


def test_an_exclusive_lock_holds_readers_up_too(loaded, collection):
    holder = hold(loaded.path, "BEGIN EXCLUSIVE")
    try:
        for arguments in (("query",), ("export", "canonical"), ("db", "current"), ("--collection", str(collection.root), "load")):
            done = transfers("--db", loaded.path, *arguments, env={"TRANSFERS_BUSY": "0.2"})
            assert (done.code, done.out) == (4, ""), done
            assert done.err == f"error: {loaded.path} is in use by another process; try again later\n"
    finally:
        end(holder)


def test_a_load_with_nothing_to_do_does_not_wait_for_a_writer(loaded, collection):
    holder = hold(loaded.path)
    try:
        done = transfers("--db", loaded.path, "--collection", str(collection.root), "load", env={"TRANSFERS_BUSY": "0"})
        assert (done.code, done.err) == (0, "unchanged: 5 records, nothing to do\n")
    finally:
        end(holder)


@pytest.mark.parametrize("value", ["soon", "-1", "nan", "1e9"])
def test_a_time_to_wait_that_is_none_is_a_fault_of_usage(value, loaded):
    done = transfers("--db", loaded.path, "query", env={"TRANSFERS_BUSY": value})
    assert done.code == 2
    assert "TRANSFERS_BUSY" in done.err


def test_a_load_in_between_is_noticed(collection, sqlite_target):
    """Two loads look at the same state; the second to write sees that it is no longer so and looks again."""
    finished = threading.Event()

    def in_between(done, total):
        if done == total and not finished.is_set():
            finished.set()
            assert len(load_collection(str(collection.root), sqlite_target).new) == 5

    from transfers.load import Options

    report = load_collection(str(collection.root), sqlite_target, Options(progress=in_between))
    assert finished.is_set()
    assert not report.wrote
    assert report.as_lines() == ["unchanged: 5 records, nothing to do"]
    assert count(sqlite_target, "loads") == 14


def test_an_edit_in_between_is_noticed_too(edited, loaded, make_reference):
    from tests.load.made_up import record_of
    from transfers.load import Options

    finished = threading.Event()
    other = record_of("agency-copy")
    other["coder"] = "xy"

    def in_between(done, total):
        if done == total and not finished.is_set():
            finished.set()
            edited.write_record(other)
            edited.load(loaded)

    report = load_collection(str(edited.root), loaded, Options(progress=in_between))
    assert not report.wrote
    assert canon(loaded) == make_reference(edited)


def test_files_that_change_while_they_are_loaded_are_loaded_by_the_next_load(collection, loaded, make_reference):
    from transfers.load import Options

    def in_between(done, total):
        edit(collection)

    collection.write_review("agency-copy", ("zz", "accepted"))
    from tests.load.made_up import record_of

    record = record_of("courier-fifth")
    record["coder"] = "xy"
    collection.write_record(record)
    load_collection(str(collection.root), loaded, Options(progress=in_between))
    collection.load(loaded)
    assert canon(loaded) == make_reference(collection)


def test_no_file_is_left_beside_the_database(edited, loaded):
    transfers("--db", loaded.path, "--collection", str(edited.root), "load")
    assert [name for name in os.listdir(os.path.dirname(loaded.path)) if name.startswith("loaded.db")] == ["loaded.db"]
