"""With 100,000 claims no page reads whole tables: the work is counted in steps of SQLite's machine, not in time.

How long they take is measured by benchmarks/measure_site.py.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs

import pytest

from benchmarks import make_large as large
from transfers.db import read_target, reading
from transfers.site.answering import Site, answer

pytestmark = pytest.mark.slow
MOST_STEPS = 400  # of 10,000 instructions


@pytest.fixture(scope="session")
def large_file(large_folder: Path) -> str:
    return str(large_folder / "live.db")


@pytest.mark.parametrize("asked", [
    f"transfer/{large.MUCH_CLAIMED}", f"transfer/{large.MUCH_CLAIMED}?part=20", f"actor/{large.BUSY}", f"actor/{large.SPEAKER}",
    f"actor/{large.SPEAKER}?part=50", "actor/actor-101", "system/system-001", "system/system-042", "meeting/meeting-5",
    "statement/art-00000-s01", "timeline", "timeline?actor=actor-000", "timeline?actor=Actor+100&kind=meeting",
    "timeline?system=system-001", "timeline?since=2015&until=2016", "network", "network?system=system-001",
    "network?actor=actor-000", "network?standing=contested", "network?standing=withdrawn", "network?since=2015&until=2016", "map",
])
def test_a_page_of_a_large_database_is_little_work_and_a_small_page(large_file: str, asked: str) -> None:
    path, _, words = asked.partition("?")
    steps = 0

    def count() -> None:
        nonlocal steps
        steps += 1

    with reading(read_target(large_file)) as connection:
        connection.driver.set_progress_handler(count, 10_000)
        reply = answer(connection, Site(), path, parse_qs(words))
    assert reply.status == 200
    assert steps < MOST_STEPS
    assert len(reply.body) < 400_000


@pytest.mark.parametrize(("asked", "said"), [
    ("timeline", "These are the first 60."), ("network", "that most claims speak of; there are more"),
    ("map", "These are the 80 transfers that most claims speak of; there are more."), (f"actor/{large.BUSY}", "All of them as a table"),
    (f"actor/{large.SPEAKER}", "Statements 1 to 60"), (f"actor/{large.SPEAKER}", "only its latest claims are looked through"),
    (f"transfer/{large.MUCH_CLAIMED}", "Claims 1 to 60"),
])
def test_a_page_says_what_it_leaves_out(large_file: str, asked: str, said: str) -> None:
    with reading(read_target(large_file)) as connection:
        body = answer(connection, Site(), asked, {}).body
    assert isinstance(body, str)
    assert said in " ".join(body.split())
