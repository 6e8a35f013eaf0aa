"""Sites over real databases, asked inside this process; the browser asks servers of their own (test_browser.py)."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.make_large import make_large
from tests.hard_cases.rows_as_lines import COLLECTION
from transfers.db import Target, read_target
from transfers.load import load_collection

pytest.importorskip("datasette", reason="the extra `site` is not installed")

from datasette import __version__ as DATASETTE  # noqa: N812
from datasette.app import Datasette
from datasette.plugins import pm

from transfers.site import plugin
from transfers.site.metadata import as_configuration, as_metadata, merged
from transfers.site.serving import SETTINGS
from transfers.site.snapshot import make_snapshot

ROOT = Path(__file__).parents[2]
ARTICLE = "national-2023-09-20-grynkewich"

if not any(registered is plugin for registered in pm.get_plugins()):
    pm.register(plugin, name="transfers")  # it is found by itself where the package is installed


class Site:
    """A Datasette in this process."""

    def __init__(self, files: list[str], options: dict[str, Any] | None = None) -> None:
        metadata, configuration = as_metadata(), as_configuration({"transfers": options or {}})
        settings = {name: value == "on" if value in ("on", "off") else int(value) for name, value in SETTINGS.items()}
        told = (
            {"metadata": merged(metadata, configuration)} if DATASETTE.startswith("0.")
            else {"metadata": metadata, "config": configuration}
        )
        self.datasette = Datasette([], immutables=files, settings=settings, **told)
        self._loop = asyncio.new_event_loop()

    def get(self, path: str, **more: Any) -> Any:
        """What is sent for a path."""
        return self._loop.run_until_complete(self.datasette.client.get(path, **more))

    def post(self, path: str, **more: Any) -> Any:
        """What is sent when something is posted to a path."""
        return self._loop.run_until_complete(self.datasette.client.post(path, **more))

    def close(self) -> None:
        """Stop it."""
        for database in self.datasette.databases.values():
            database.close()
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()
        self.datasette.executor.shutdown()


@pytest.fixture(scope="session")
def large_folder(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with live.db of 100,000 claims and transfers.db, its snapshot: made once for all workers; not to be written to."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "large"
    done = folder / "done"
    try:
        folder.mkdir()
    except FileExistsError:  # another worker is making it
        end = time.monotonic() + 300
        while not done.exists():
            assert time.monotonic() < end, "the large database was not made"
            time.sleep(0.1)
        return folder
    live = make_large(sqlite_template, folder / "live.db")
    assert make_snapshot(read_target(live), str(folder), with_texts=True) == str(folder / "transfers.db")
    done.touch()
    return folder


@pytest.fixture(scope="session")
def real(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Target:
    """A database of the records of this repository; not to be written to."""
    return _loaded(sqlite_template, tmp_path_factory.mktemp("real"), str(ROOT))


@pytest.fixture(scope="session")
def hard(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Target:
    """A database of the twenty hard cases; not to be written to."""
    return _loaded(sqlite_template, tmp_path_factory.mktemp("hard"), COLLECTION)


def _loaded(template: Path, folder: Path, collection: str) -> Target:
    path = folder / "transfers.db"
    shutil.copyfile(template, path)
    target = read_target(str(path))
    load_collection(collection, target)
    return target


@pytest.fixture(scope="session")
def real_copy(real: Target, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A copy of the real database, with texts, as it is served."""
    return make_snapshot(real, str(tmp_path_factory.mktemp("served")), with_texts=True)


@pytest.fixture(scope="session")
def hard_copy(hard: Target, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A copy of the hard cases, with texts, as it is served."""
    return make_snapshot(hard, str(tmp_path_factory.mktemp("served")), with_texts=True)


@pytest.fixture
def make_site() -> Iterator[Callable[..., Site]]:
    """Make sites over files."""
    made: list[Site] = []

    def make(*files: str, **options: Any) -> Site:
        made.append(Site(list(files), options))
        return made[-1]

    yield make
    for site in made:
        site.close()


@pytest.fixture(scope="module")
def site(real_copy: str) -> Iterator[Site]:
    """The site of the real database."""
    made = Site([real_copy])
    yield made
    made.close()


@pytest.fixture(scope="module")
def hard_site(hard_copy: str) -> Iterator[Site]:
    """The site of the hard cases."""
    made = Site([hard_copy])
    yield made
    made.close()


@pytest.fixture
def foreign(tmp_path: Path) -> str:
    """Somebody else's database."""
    path = str(tmp_path / "recipes.db")
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (id INTEGER PRIMARY KEY, article TEXT, supplier TEXT)")
        connection.execute("INSERT INTO recipes VALUES (1, 'bread', 'flour')")
    connection.close()
    return path


def ids(path: str, table: str) -> list[str]:
    """The ids of a table."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return [row[0] for row in connection.execute(f"SELECT id FROM {table} ORDER BY id")]
    finally:
        connection.close()


def rows(path: str, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """The rows of an answer."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return connection.execute(sql, values).fetchall()
    finally:
        connection.close()



def pages(path: str) -> list[str]:
    """The paths of all pages of ours over a database: every page without an id, every one that has an id for each of its ids.

    Of the states and groups that the registry gives for registers, and that nothing speaks of, every twelfth.
    """
    from transfers.site.pages import PAGES

    found = [f"/-/transfers/{name}".rstrip("/") for name, page in PAGES.items() if not page.takes_id]
    tables = {"transfer": "transfers", "actor": "actors", "system": "systems", "meeting": "meetings", "statement": "statements",
              "article": "articles"}
    found += [
        f"/-/transfers/{name}/{id_}" for name, page in PAGES.items() if page.takes_id and name in tables
        for id_ in (actors_to_look_at(path) if name == "actor" else ids(path, tables[name]))
    ]
    return found


def actors_to_look_at(path: str) -> list[str]:
    """Actors that something else than the registry of states speaks of, and some of the others."""
    spoken_of = {id_ for (id_,) in rows(
        path, "SELECT supplier_id FROM transfers UNION SELECT recipient_id FROM transfers UNION SELECT actor_id FROM claim_actors "
        "UNION SELECT speaker_id FROM statements UNION SELECT outlet_id FROM articles UNION SELECT target_id FROM affiliations",
    )}
    others = [id_ for id_ in ids(path, "actors") if id_ not in spoken_of]
    return sorted(spoken_of) + (others if len(others) < 60 else others[::12])


