"""Databases that all tests of a module read and none of them changes."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from transfers.db import Target, read_target

_numbers = itertools.count(1)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shared_target(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path,
) -> Iterator[Target]:
    """A migrated database, once on each engine, to be filled once and read by the tests of a module."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("shared") / "transfers.db"
        shutil.copyfile(sqlite_template, path)
        yield read_target(str(path))
        return
    run, server = request.getfixturevalue("run_on_server"), request.getfixturevalue("postgres_server")
    template = request.getfixturevalue("postgres_template")
    name = f"shared_{os.getpid()}_{next(_numbers)}"
    run(f"CREATE DATABASE {name} TEMPLATE {template}")
    before, question, options = server.partition("?")
    yield read_target(f"{before.rpartition('/')[0]}/{name}{question}{options}")
    run(f"DROP DATABASE {name} WITH (FORCE)")
