"""A database of the records of this repository, loaded anew, as the notebooks find it."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def loaded(tmp_path_factory):
    path = tmp_path_factory.mktemp("notebooks") / "transfers.db"
    # In a process of its own: the command line takes the streams of its process over, and these are those of all tests.
    subprocess.run(
        [sys.executable, "-m", "transfers", "load", "--silent", "--collection", str(ROOT), "--db", str(path)], cwd=ROOT, check=True,
    )
    return path


@pytest.fixture
def as_usual(loaded, monkeypatch, tmp_path):
    """The loaded database is the usual one, and the current folder is empty."""
    monkeypatch.setenv("TRANSFERS_DB", str(loaded))
    monkeypatch.chdir(tmp_path)
    return loaded
