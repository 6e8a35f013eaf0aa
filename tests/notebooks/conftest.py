"""A database of the records of this repository, loaded anew, as the notebooks find it."""

from pathlib import Path

import pytest

from transfers.__main__ import run

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def loaded(tmp_path_factory):
    path = tmp_path_factory.mktemp("notebooks") / "transfers.db"
    assert run(["load", "--silent", "--collection", str(ROOT), "--db", str(path)]) == 0
    return path


@pytest.fixture
def as_usual(loaded, monkeypatch, tmp_path):
    """The loaded database is the usual one, and the current folder is empty."""
    monkeypatch.setenv("TRANSFERS_DB", str(loaded))
    monkeypatch.chdir(tmp_path)
    return loaded
