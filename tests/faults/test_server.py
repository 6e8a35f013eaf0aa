"""PostgreSQL that ends a load in the middle, or lets nobody write."""

import subprocess
import time

import psycopg
import pytest

from tests.cli_load.command import command, environment, transfers
from tests.faults.conftest import edit
from tests.load.made_up import canon
from transfers.db.connect import ADVISORY_LOCK
from transfers.schema.head import HEAD


@pytest.fixture
def server(postgres_target, collection):
    """A loaded database, its collection edited, and a connection besides."""
    collection.load(postgres_target)
    edit(collection)
    with psycopg.connect(postgres_target.url, autocommit=True) as connection:
        yield postgres_target, collection, connection


def start(target, collection, **env):
    return subprocess.Popen(
        command("--db", target.url, "--collection", str(collection.root), "load"), env=environment(**env), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )


def wait_until_it_waits(connection):
    """The process that waits for the lock that this test holds."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        found = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        ).fetchall()
        if found:
            return found[0][0]
        time.sleep(0.02)
    raise AssertionError("nobody waits")


@pytest.mark.slow
@pytest.mark.parametrize("table", ["systems", "articles", "claims", "evidence", "search_rows", "loaded_files", "loads"])
def test_a_connection_that_is_cut_leaves_all_or_nothing(table, server):
    """The load waits at a table that is locked, with everything before it written and not committed, and then is cut off."""
    target, collection, connection = server
    before = canon(target)
    with psycopg.connect(target.url) as holder:
        holder.execute(f"LOCK TABLE {table} IN SHARE MODE")
        process = start(target, collection)
        connection.execute("SELECT pg_terminate_backend(%s)", [wait_until_it_waits(connection)])
        _, said = process.communicate(timeout=60)
    assert process.returncode == 3, said
    assert said.startswith("error: postgresql://")
    assert said.count("\n") == 1
    assert canon(target) == before
    assert transfers("--db", target.url, "--collection", str(collection.root), "load").code == 0
    assert canon(target) != before


def test_a_load_waits_for_another_and_gives_up(server):
    target, collection, _ = server
    before = canon(target)
    with psycopg.connect(target.url) as holder:
        holder.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
        process = start(target, collection, TRANSFERS_BUSY="0.5")
        _, said = process.communicate(timeout=60)
    assert process.returncode == 4, said
    assert said.endswith("is in use by another process; try again later\n")
    assert canon(target) == before


def test_a_server_that_is_not_there(collection):
    url = "postgresql://me:S3cr%40et@127.0.0.1:1/x"
    for arguments in (("query",), ("load", "--collection", str(collection.root)), ("export", "canonical"), ("db", "current")):
        done = transfers("--db", url, *arguments)
        assert (done.code, done.out) == (3, ""), done
        assert done.err.startswith("error: postgresql://me:***@127.0.0.1:1/x")
        assert "S3cr" not in done.err


def test_a_newer_database_is_left_alone(server):
    target, collection, connection = server
    connection.execute("UPDATE alembic_version SET version_num = 'ffff'")
    for arguments in (("load",), ("load", "--dry-run"), ("query",), ("db", "upgrade")):
        done = transfers("--db", target.url, "--collection", str(collection.root), *arguments)
        assert (done.code, done.out) == (3, ""), done
        assert "upgrade the program" in done.err
    connection.execute("UPDATE alembic_version SET version_num = %s", [HEAD])
    assert transfers("--db", target.url, "--collection", str(collection.root), "load").code == 0


def test_somebody_elses_database_is_left_alone(make_postgres, collection):
    target = make_postgres()
    with psycopg.connect(target.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE theirs (a int)")
    done = transfers("--db", target.url, "--collection", str(collection.root), "load")
    assert (done.code, done.out) == (3, "")
    assert "is not a transfers database" in done.err
