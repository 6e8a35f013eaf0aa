"""The made-up collection on disk, and a database it was loaded into."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.load.made_up import Collection, make_collection
from transfers.db import Target, read_target


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    """The made-up collection, in a folder of this test alone."""
    return make_collection(tmp_path / "collection")


@pytest.fixture
def loaded(collection: Collection, sqlite_template: Path) -> Target:
    """The usual database of the collection, loaded."""
    path = collection.file("data/transfers.db")
    shutil.copyfile(sqlite_template, path)
    path.chmod(0o640)
    target = read_target(str(path))
    collection.load(target)
    return target
