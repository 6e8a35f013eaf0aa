"""Opening a database for writing, on both engines."""

import os
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from transfers.db import RefusedError, read_target, reading, writing
from transfers.errors import BusyError, DatabaseError, InputError


def count_topics(target):
    with reading(target) as connection:
        return connection.rows("SELECT count(*) FROM topics")[0][0]


def add_topic(connection, number):
    connection.run("INSERT INTO topics (id, name) VALUES (:id, 'A topic')", {"id": f"topic-{number}"})


def test_a_transaction_is_written_whole(target):
    with writing(target) as connection:
        with connection.transaction():
            add_topic(connection, 1)
            connection.run_many("INSERT INTO topics (id, name) VALUES (:id, 'x')", [{"id": "aa"}, {"id": "bb"}])
            connection.run_many("INSERT INTO topics (id, name) VALUES (:id, 'x')", [])
        assert connection.run("UPDATE topics SET note = 'y' WHERE name = 'x'") == 2
    assert count_topics(target) == 3


@pytest.mark.parametrize("fault", [ValueError, KeyboardInterrupt, MemoryError])
def test_or_not_at_all(target, fault):
    with writing(target) as connection:
        with pytest.raises(fault), connection.transaction():
            add_topic(connection, 1)
            raise fault
        with connection.transaction():
            add_topic(connection, 2)
    assert count_topics(target) == 1


def test_transactions_do_not_nest(target):
    with writing(target) as connection, connection.transaction():
        with pytest.raises(RuntimeError, match="do not nest"), connection.transaction():
            pass
        add_topic(connection, 1)
    assert count_topics(target) == 1


def test_what_is_done_in_vain_is_undone(target):
    with writing(target) as connection, connection.undone():
        add_topic(connection, 1)
    assert count_topics(target) == 0


def test_the_lock_is_held_from_the_beginning_of_a_transaction(target):
    with writing(target) as first, writing(target, busy=0.05) as second, first.transaction():
        with pytest.raises(BusyError, match="in use by another process"), second.transaction():
            pass
        add_topic(first, 1)
    assert count_topics(target) == 1


def test_a_second_writer_waits_for_the_first(target):
    order = []

    def write(number, pause):
        with writing(target) as connection, connection.transaction():
            order.append(("begin", number))
            time.sleep(pause)
            add_topic(connection, number)
            order.append(("end", number))

    threads = [threading.Thread(target=write, args=(number, 0.1)) for number in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [word for word, _ in order] == ["begin", "end", "begin", "end"]
    assert count_topics(target) == 2


def test_foreign_keys_are_held(target):
    with writing(target) as connection:
        with pytest.raises(RefusedError, match=r"(?i)foreign key"), connection.transaction():
            connection.run(
                "INSERT INTO systems (id, name, level, category, parent_id) VALUES ('aa', 'A', 'model', 'uav', 'zz')"
            )
        assert connection.rows("SELECT count(*) FROM systems") == [(0,)]


def test_a_refused_row_names_the_constraint(target):
    with writing(target) as connection:
        with pytest.raises(RefusedError) as caught:
            connection.run("INSERT INTO actors (id, name, kind) VALUES ('Iran', 'Iran', 'state')")
        assert caught.value.constraint == "ck_actors_id_is_slug"
        with pytest.raises(RefusedError) as caught:
            connection.run_many(
                "INSERT INTO actors (id, name, kind) VALUES (:id, 'Iran', :kind)", [{"id": "iran", "kind": "kingdom"}],
            )
        assert caught.value.constraint == "ck_actors_kind_in_list"
        assert caught.value.exit_code == 1


@pytest.mark.parametrize(
    "day", ["2023-02-30", "2023-2-3", "infinity", "20230203", "2023-02-03 ", "now", "", "2023-02-03T00:00"],
)
def test_a_day_is_one_full_day_on_both_engines(target, day):
    with writing(target) as connection, pytest.raises(InputError):
        connection.run(
            "INSERT INTO aliases (id, name, name_norm, kind, in_registry, valid_from) "
            "VALUES ('x', 'x', 'x', 'spelling', 1, :day)", {"day": day},
        )


def test_strict_types_on_sqlite(sqlite_target):
    with writing(sqlite_target) as connection, pytest.raises(RefusedError, match="cannot store"):
        connection.run("INSERT INTO loaded_files VALUES ('a', 'record', :hash, '12abc')", {"hash": "0" * 64})


def test_a_missing_file_is_not_made(tmp_path):
    with pytest.raises(DatabaseError, match="run: transfers load"), writing(read_target(str(tmp_path / "no.db"))):
        pass
    assert list(tmp_path.iterdir()) == []


def test_damage_is_found_before_anything_is_written(sqlite_target):
    path = Path(sqlite_target.path)
    raw = path.read_bytes()
    path.write_bytes(raw[:-1000])
    with pytest.raises(DatabaseError, match="damaged"), writing(sqlite_target):
        pass
    assert path.read_bytes() == raw[:-1000]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_that_may_not_be_written_is_told(sqlite_target):
    os.chmod(sqlite_target.path, 0o440)
    with pytest.raises(DatabaseError, match="cannot be written"), writing(sqlite_target) as connection:
        add_topic(connection, 1)


def test_a_full_disk_is_told_and_nothing_is_written(sqlite_target):
    with writing(sqlite_target) as connection:
        connection.run("PRAGMA max_page_count = 1")  # SQLite takes the number of pages there are
        with pytest.raises(DatabaseError, match="no space left"), connection.transaction():
            for number in range(10_000):
                add_topic(connection, number)
    assert count_topics(sqlite_target) == 0


def test_the_journal_is_a_rollback_journal_and_foreign_keys_are_on(sqlite_target):
    with writing(sqlite_target) as connection:
        assert connection.rows("PRAGMA journal_mode") == [("delete",)]
        assert connection.rows("PRAGMA foreign_keys") == [(1,)]
        assert connection.rows("PRAGMA trusted_schema") == [(0,)]


def test_a_lost_server_is_told(postgres_target, run_on_server):
    with writing(postgres_target) as connection, pytest.raises(DatabaseError), connection.transaction():
        name = connection.rows("SELECT current_database()")[0][0]
        run_on_server(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        add_topic(connection, 1)
    assert count_topics(postgres_target) == 0


def test_no_other_module_opens_a_database():
    import transfers

    package = Path(transfers.__file__).parent
    for path in package.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if path.parent.name == "db":
            continue
        for call in ("create_engine(", "sqlite3.connect(", "psycopg.connect("):
            assert call not in text, f"{path} opens a database by itself"


def test_the_driver_in_use_is_the_one_of_the_interpreter(sqlite_target):
    with reading(sqlite_target) as connection:
        assert isinstance(connection.driver, sqlite3.Connection)
