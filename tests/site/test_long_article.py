"""An article of 100,000 characters with 2,000 spans comes within a second."""

from __future__ import annotations

import hashlib
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.site.conftest import ARTICLE, Site
from transfers.db import Target, read_target
from transfers.site.snapshot import make_snapshot

LENGTH, CLAIMS, FIELDS = 100_000, 500, ("whole", "supplier", "date", "quantity")


def _add_long_article(path: Path) -> None:
    chance = random.Random(1)
    words = "Iran Russia drones missiles said received the of in Moscow Tehran officials reported on Wednesday".split()
    text = "".join(chance.choice(words) + (".\n" if place % 60 == 59 else " ") for place in range(LENGTH // 5))[:LENGTH]
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row

    def add(table: str, like: sqlite3.Row, **other: object) -> None:
        row = {**like, **other}
        connection.execute(
            f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join(':' + name for name in row)})", row,
        )

    article = connection.execute("SELECT * FROM articles WHERE id = ?", (ARTICLE,)).fetchone()
    claim = connection.execute("SELECT * FROM claims WHERE transfer_id IS NOT NULL").fetchone()
    span = connection.execute("SELECT * FROM evidence WHERE claim_id IS NOT NULL").fetchone()
    add("articles", article, id="long", text=text, text_length=len(text), text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        record_path="data/records/long.yaml")
    number = 100_000
    for one in range(CLAIMS):
        id_ = f"long-c{one:03}"
        add("claims", claim, id=id_, article_id="long", statement_id=None, supersedes_id=None)
        begin = chance.randrange(LENGTH - 1_000)
        for field in FIELDS:
            start = begin + chance.randrange(100)
            end = start + chance.randrange(20, 400)
            number += 1
            basis = ("stated", None) if field == "whole" else ("inferred", "as the sentence before says")
            add("evidence", span, id=number, article_id="long", claim_id=id_, field=field, basis=basis[0], note=basis[1],
                layer="text", exact=text[start:end], prefix=text[max(0, start - 32):start], suffix=text[end:end + 32],
                start_char=start, end_char=end)
    connection.commit()
    connection.close()


@pytest.fixture
def long_site(real: Target, tmp_path: Path, make_site: Callable[..., Site]) -> Site:
    path = tmp_path / "live.db"
    shutil.copyfile(real.path, path)
    _add_long_article(path)
    return make_site(make_snapshot(read_target(str(path)), str(tmp_path), with_texts=True))


def test_a_long_article_comes_with_all_its_spans(long_site: Site) -> None:
    reply = long_site.get("/-/transfers/article/long")
    assert reply.status_code == 200
    assert reply.text.count('class="place"') >= CLAIMS * 3
