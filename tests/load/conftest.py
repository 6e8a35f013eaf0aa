"""The small collection on disk, and what a fresh load of its files gives."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.load.made_up import Collection, canon, make_collection, search_rows
from transfers.db import Target, read_target

_numbers = itertools.count(1)


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    """The made-up collection, in a folder of this test alone."""
    return make_collection(tmp_path / "collection")


@pytest.fixture
def make_target(sqlite_template: Path, tmp_path: Path) -> Callable[[], Target]:
    """Make migrated SQLite files without rows."""

    def make() -> Target:
        path = tmp_path / f"fresh-{next(_numbers)}.db"
        shutil.copyfile(sqlite_template, path)
        path.chmod(0o640)
        return read_target(str(path))

    return make


@pytest.fixture
def load_fresh(make_target: Callable[[], Target]) -> Callable[[Collection], list[str]]:
    """The canonical export, and the rows to search, of a collection loaded into an empty database."""

    def load(collection: Collection) -> list[str]:
        target = make_target()
        collection.load(target)
        return canon(target) + [repr(row) for row in search_rows(target)]

    return load


@pytest.fixture
def require_same(load_fresh: Callable[[Collection], list[str]]) -> Callable[[Collection, Target], None]:
    """Fail unless a database holds what a fresh load of the files as they are now gives."""

    def require(collection: Collection, target: Target) -> None:
        assert canon(target) + [repr(row) for row in search_rows(target)] == load_fresh(collection)

    return require
