"""The command line over made-up registers and small databases."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.queries.story import Story, written
from transfers.__main__ import run
from transfers.db import Target, read_target


class Ended(NamedTuple):
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


@pytest.fixture
def diff(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Ended]:
    """Run `transfers diff` on a terminal of 110 columns, where the usual database is not there unless --db names one."""
    monkeypatch.setenv("COLUMNS", "110")
    monkeypatch.setenv("TRANSFERS_DB", str(tmp_path / "no.db"))

    def call(*words: object) -> Ended:
        code = run(["diff", *map(str, words)])
        out, err = capsys.readouterr()
        return Ended(code, out, err)

    return call


@pytest.fixture
def make_sqlite(sqlite_template: Path, tmp_path: Path) -> Callable[[str], Target]:
    """Make migrated files without rows."""

    def make(name: str) -> Target:
        shutil.copyfile(sqlite_template, tmp_path / name)
        return read_target(str(tmp_path / name))

    return make


def tell(target: Target, *, later: bool = False) -> Target:
    """Write a small story; the later one has something new, something gone and something changed."""
    with written(target) as story:
        story.article("article-1", title="Drones for Russia" if not later else "Drones, again")
        story.statement("article-1", "russia", summary="He confirms it.")
        shahed = story.transfer("iran", "russia", "shahed-136")
        story.claim("article-1", shahed, number={"text": "200", "low": 300 if later else 200, "high": 300 if later else 200}, summary="Iran sent them.")
        if later:
            _later(story)
        else:
            story.claim("article-1", shahed, summary="Sent *again*.", stance="alleged")
            story.transfer("russia", "syria", "shahed")
    return target


def _later(story: Story) -> None:
    story.claim("article-1", story.transfer("russia", "iran", "shahed-136"), summary="They came back.", phase="planned")
    story.insert("meetings", id="talks-1", title="Talks [in Tehran]", article_id="article-1")
    story.claim("article-1", "talks-1", meeting=True, summary="They met.")
    # The second claim of the earlier story has the number 02 as well, so a removal needs one of its own.
    story.insert("removals", id="article-1-c09", article_id="article-1", removed_on="2024-01-31", why="it was a doublet")
