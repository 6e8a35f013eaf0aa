"""A collection that was loaded, and the same with edits of all kinds that are still to be loaded."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.load.made_up import Collection, make_collection, record_of, registry_of
from transfers.db import Target, read_target


def edit(collection: Collection) -> None:
    """Change records, the registry and the reviews, so that a load inserts, updates and deletes in every table."""
    fifth, third, second = record_of("courier-fifth"), record_of("gazette-third"), record_of("courier-second")
    fifth["claims"][1]["transfer"]["kind"] = "training"
    fifth["claims"].append({**fifth["claims"][0], "id": "c04"})
    fifth["claims"][3]["quote"] = "Southmark denies"
    fifth["removed"] = [{"id": "c09", "why": "made up"}]
    third["claims"][1]["summary"] = "Other words of the coder."
    third["claims"][1]["topics"] = ["trade"]
    del second["aliases"]
    systems = registry_of("systems")
    systems["kestrel"]["name"] = "Kestrels"
    systems["owl"] = {"name": "Owl", "level": "model", "category": "uav", "parent": "kestrel", "source": "made up"}
    actors = registry_of("actors")
    del actors["northland"]["aliases"]
    for record in (fifth, third, second):
        collection.write_record(record)
    collection.write_registry("systems", systems)
    collection.write_registry("actors", actors)
    collection.write_review("gazette-first", ("zz", "accepted"))


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    """The made-up collection, in a folder of this test alone."""
    return make_collection(tmp_path / "collection")


@pytest.fixture
def loaded(collection: Collection, sqlite_template: Path, tmp_path: Path) -> Target:
    """A database into which the collection was loaded."""
    path = tmp_path / "loaded.db"
    shutil.copyfile(sqlite_template, path)
    path.chmod(0o640)
    target = read_target(str(path))
    collection.load(target)
    return target


@pytest.fixture
def edited(collection: Collection, loaded: Target) -> Collection:
    """The collection with edits that the database does not have yet."""
    edit(collection)
    return collection
