"""A database of 100,000 claims, made by SQL, in which some things have very many others."""

from __future__ import annotations

import random
import shutil
import sqlite3
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Rows = list[Row]

CLAIMS, ARTICLES, TRANSFERS, STATEMENTS, MEETINGS = 100_000, 10_000, 10_000, 30_000, 5_000
MUCH_CLAIMED = "actor-000-actor-001-system-000-supply"
BUSY, SPEAKER = "actor-000", "actor-100"


def make_large(template: Path, path: Path) -> str:
    """Fill a copy of a migrated file; its path."""
    shutil.copyfile(template, path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous = OFF")
    random_ = random.Random(3)
    for table, rows in (
        ("actors", _actors()), ("systems", _systems()), ("places", _places(random_)), ("articles", _articles()),
        ("transfers", _transfers(random_)), ("meetings", _meetings()), ("statements", _statements()), ("claims", _claims()),
        ("claim_actors", _participants()), ("evidence", _evidence()),
    ):
        columns = ", ".join(rows[0])
        values = ", ".join(f":{column}" for column in rows[0])
        connection.executemany(f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({values})", rows)
    connection.commit()
    connection.execute("ANALYZE")
    connection.commit()
    assert connection.execute("SELECT count(*) FROM claims").fetchone() == (CLAIMS,)
    connection.close()
    return str(path)


def _actors() -> Rows:
    return [{"id": f"actor-{i:03}", "name": f"Actor {i}", "kind": "state" if i < 100 else "person"} for i in range(500)]


def _systems() -> Rows:
    return [
        {"id": f"system-{i:03}", "name": f"System {i}", "level": "class" if i < 10 else "model", "category": "uav",
         "parent_id": None if i < 10 else f"system-{i % 10:03}"} for i in range(300)
    ]


def _places(random_: random.Random) -> Rows:
    return [
        {"id": f"place-{i}", "name": f"Place {i}", "precision": ("site", "city", "region", "country")[i % 4],
         "lat": random_.uniform(-50, 60), "lon": random_.uniform(-150, 150)} for i in range(60)
    ]


def _articles() -> Rows:
    return [
        {"id": f"art-{i:05}", "outlet_id": "actor-450", "lang": "en", "title": f"Article {i}", "published_edtf": day,
         "published_earliest": day, "published_latest": day, "published_basis": "stated", "text_sha256": f"{i:064}",
         "text_norm": "plain", "raw_sha256": "a" * 64, "source_path": "x", "status": "live", "reliability": "F", "coder": "me",
         "record_path": f"r{i}", "record_sha256": "a" * 64, "text": "x" * 3000, "text_length": 3000}
        for i in range(ARTICLES) for day in [f"{2010 + i % 14}-{1 + i % 12:02}-{1 + i % 28:02}"]
    ]


def _transfers(random_: random.Random) -> Rows:
    keys = {(0, 1, 0): None}
    while len(keys) < TRANSFERS:
        supplier = 0 if len(keys) < TRANSFERS // 3 else random_.randrange(100)
        recipient = random_.randrange(100)
        if supplier != recipient:
            keys[supplier, recipient, random_.randrange(300)] = None
    return [
        {"id": f"actor-{s:03}-actor-{r:03}-system-{y:03}-supply", "supplier_id": f"actor-{s:03}", "recipient_id": f"actor-{r:03}",
         "system_id": f"system-{y:03}", "kind": "supply", "episode": "all"} for s, r, y in keys
    ]


def _meetings() -> Rows:
    return [
        {"id": f"meeting-{i}", "kind": "visit", "title": f"Meeting {i}", "place_id": f"place-{i % 60}" if i % 3 else None,
         "article_id": f"art-{i:05}"} for i in range(MEETINGS)
    ]


def _date(i: int) -> Row:
    if i % 3 == 0:
        return dict.fromkeys(("date_text", "date_edtf", "date_earliest", "date_latest", "date_basis"))
    month = f"{2010 + i % 14}-{1 + i % 12:02}"
    return {"date_text": "then", "date_edtf": month, "date_earliest": f"{month}-01", "date_latest": f"{month}-28",
            "date_basis": "stated"}


def _statements() -> Rows:
    return [
        {"id": f"art-{i % ARTICLES:05}-s{i // ARTICLES + 1:02}", "article_id": f"art-{i % ARTICLES:05}",
         "speaker_id": SPEAKER if i % 6 == 0 else f"actor-{100 + i % 300}", "speaker_as_described": "he", "form": "indirect",
         "summary": f"said {i}", "lang": "en", "rank": "normal", "meeting_id": None if i % 10 else f"meeting-{i % MEETINGS}",
         **_date(i)} for i in range(STATEMENTS)
    ]


def _is_of_meeting(i: int) -> bool:
    return i % 20 == 7


def _claims() -> Rows:
    transfers = [row["id"] for row in _transfers(_same_random())]
    return [_claim(i, transfers) for i in range(CLAIMS)]


def _same_random() -> random.Random:
    """The random numbers from where the transfers were made, after those of the places."""
    random_ = random.Random(3)
    _places(random_)
    return random_


def _claim(i: int, transfers: list[str]) -> Row:
    meeting, counts = _is_of_meeting(i), not _is_of_meeting(i) and i % 4 > 0
    transfer = transfers[0] if i % 50 == 0 else transfers[i * 7919 % TRANSFERS]
    return {
        "id": f"art-{i // 10:05}-c{i % 10 + 1:02}", "article_id": f"art-{i // 10:05}",
        "transfer_id": None if meeting else transfer, "meeting_id": f"meeting-{i // 20}" if meeting else None,
        "stance": "denied" if i % 23 == 0 else "asserted", "denies": "event" if i % 23 == 0 else None,
        "phase": None if meeting else "delivered", "summary": f"Claim {i}", "credibility": "6", "rank": "normal",
        "quantity_text": "many" if counts else None, "quantity_low": i % 500 if counts else None,
        "quantity_high": i % 500 + 100 if counts and i % 4 > 1 else None, "quantity_qualifier": "range" if counts else None,
        "quantity_unit": "item" if counts else None, "quantity_scope": "total" if counts else None,
        "attributed_to_id": "actor-101" if i % 2 else None, "via_id": "actor-102" if i % 5 == 0 else None, **_date(i),
    }


def _participants() -> Rows:
    return [
        {"claim_id": f"art-{i // 10:05}-c{i % 10 + 1:02}", "actor_id": actor, "role": role}
        for i in range(CLAIMS) if _is_of_meeting(i)
        for actor, role in ((SPEAKER, "visitor"), (f"actor-{100 + i % 300}", "host"))
    ]


def _evidence() -> Rows:
    return [
        {"article_id": f"art-{i // 10:05}", "claim_id": f"art-{i // 10:05}-c{i % 10 + 1:02}", "field": "whole", "basis": "stated",
         "layer": "text", "exact": "x" * 30, "prefix": "x" * 32, "suffix": "x" * 32, "start_char": i % 10 * 50,
         "end_char": i % 10 * 50 + 30} for i in range(CLAIMS)
    ]
