"""A small database with a bit of everything, and the command line over it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.queries.story import Story, written
from transfers.__main__ import run
from transfers.db import read_target


class Ended(NamedTuple):
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def database(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The path of the database; no test changes it."""
    path = tmp_path_factory.mktemp("cli") / "transfers.db"
    shutil.copyfile(sqlite_template, path)
    with written(read_target(str(path))) as story:
        _write(story)
    return str(path)


@pytest.fixture(scope="session")
def postgres_database(postgres_template: str, postgres_server: str, run_on_server: Callable[[str], None]) -> str:
    """The URL of the same database on PostgreSQL."""
    run_on_server(f"CREATE DATABASE cli TEMPLATE {postgres_template}")
    before, question, options = postgres_server.partition("?")
    url = f"{before.rpartition('/')[0]}/cli{question}{options}"
    with written(read_target(url)) as story:
        _write(story)
    return url


def _write(story: Story) -> None:
    story.actor("herald", "The Harbour Herald", kind="media")
    story.actor("person-a", "A. Person", kind="person", country_code="RU")
    story.actor("typhoon", "Typhoon", kind="company")
    story.system("typhoon", "Typhoon", category="armour")
    story.system("heron", "Heron")
    story.insert("places", id="tehran", name="Tehran", country_code="IR")
    story.article("article-1", title="Drones for Russia", published="2022-10-01", url="https://example.org/1")
    story.article("article-2", outlet="herald", published="2023-05~", published_basis="inferred")
    story.article("article-3", outlet="herald", published=None, status="retracted", status_note="made up")
    story.insert("reviews", article_id="article-1", note="read against the text")
    story.insert(
        "affiliations", id="minister-a", actor_id="person-a", target_id="russia", kind="post", title="Minister", in_registry=0,
    )
    story.insert("affiliation_dates", affiliation_id="minister-a", article_id="article-1", held_earliest="2022-09-21", held_latest="2022-09-21")
    statement = story.statement("article-1", "person-a", date="2022-09-21", affiliation_id="minister-a")
    a = story.transfer("iran", "russia", "shahed-136")
    number = {"text": "hundreds", "low": 200, "high": 999}
    story.claim("article-1", a, date="2022-09", number=number, statement_id=statement, summary="Iran sent hundreds of Shahed-136.")
    story.inferred("article-1", "date", "counted from the day of publication", claim_id="article-1-c01")
    story.inferred("article-1", "supplier", "follows from the sentence before", claim_id="article-1-c01")
    story.claim("article-2", a, stance="denied", denies="event", attributed_to_id="iran", attribution_text="Tehran", summary="Iran denies it.")
    story.claim("article-2", a, rank="deprecated", rank_reason="misread", summary="A misreading.")
    story.claim("article-3", a, summary="From a retracted article.")
    b = story.transfer("russia", "syria", "heron", kind="loan", episode="loan-2021")
    story.claim("article-2", b, phase="planned", stance="alleged", number={"text": "up to 400", "high": 400, "scope": "order"}, summary="A loan.")
    story.transfer("russia", "syria", "heron", kind="loan")
    story.insert("meetings", id="visit-1", title="Visit to Tehran", place_id="tehran", article_id="article-1")
    claim = story.claim("article-1", "visit-1", meeting=True, date="2022-09-20", summary="He came to Tehran.")
    story.insert("claim_actors", claim_id=claim, actor_id="person-a", role="visitor", described_as="the minister")
    story.insert("claim_systems", claim_id=claim, system_id="shahed-136", role="viewed")
    story.insert("removals", id="article-1-c09", article_id="article-1", removed_on="2024-01-31", why="it was a doublet")


@pytest.fixture
def transfers(database: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ended]:
    """Run the command line over the database, on a terminal of 100 columns."""
    monkeypatch.setenv("TRANSFERS_DB", database)
    monkeypatch.setenv("COLUMNS", "100")

    def call(*arguments: str) -> Ended:
        code = run(list(arguments))
        out, err = capsys.readouterr()
        return Ended(code, out, err)

    return call
