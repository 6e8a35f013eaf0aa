"""A record that uses every key of the format, its article and its registry. Everything in it is made up for the tests."""

from __future__ import annotations

import copy
import hashlib
import json
from pathlib import Path
from typing import Any

import yaml

from transfers.files import FileBytes
from transfers.records.known import Known

ARTICLE = """\
<h1>Made up for tests: kestrels in the harbour</h1>
<p>The head of Borduria’s air force, Gen Anna Alder, said on Wednesday in Szohôd that the country had received
between 20 and 30 Kestrel-7 drones from Aland &ndash; which Borduria calls Sokol&shy;-2 &#8211; for coastal patrols.
“We paid ten million for them,” Gen Alder said. Cascara reportedly asked for hundreds of the same aircraft, the
<a href="https://gazette.example/2023/09/20/kestrels?from=1&amp;to=2">Press Agency</a> reported.</p>
<p>Aland denies that 30 were sent. Minister Boris Birch of Aland visited Szohôd on Wednesday, met Gen Alder and
viewed Kestrel-7 drones. "Both sides lose dozens of drones per month," he told reporters.</p>
"""
SHA256 = hashlib.sha256(ARTICLE.encode()).hexdigest()
SOURCE = "seeds/gazette-2023-09-20-kestrels.html"
PATH = "data/records/2023/gazette-2023-09-20-kestrels.yaml"

RECORD: dict[str, Any] = {
    "format": "1",
    "coder": "ab",
    "article": {
        "id": "gazette-2023-09-20-kestrels", "outlet": "the-gazette", "agency": "press-agency",
        "title": "Made up for tests: kestrels in the harbour", "url": "https://gazette.example/kestrels",
        "archive_url": "https://archive.example/kestrels", "lang": "en", "byline": "C. Cedar", "source": SOURCE, "format": "html",
        "norm": "plain-nfc-1", "sha256": SHA256,
        "published": {
            "edtf": "2023-09-20~", "basis": "inferred", "why": "The link carries the day.",
            "quotes": [{"raw": "2023/09/20/kestrels"}, {"text": "on Wednesday", "occurrence": "1"}, "in Szohôd that"],
        },
        "retrieved_on": "2023-09-21", "status": "corrected", "status_reason": "The number was set right.", "reliability": "B",
        "links": [{"article": "gazette-2023-09-01-first", "kind": "corrects", "note": "The first report."}],
    },
    "meetings": [{"id": "2023-09-szohod-birch-visit", "kind": "visit", "title": "Birch in Szohôd", "place": "szohod", "note": "One day."}],
    "roles": [{
        "id": "alder-air-force-head", "person": "anna-alder", "org": "borduria-air-force", "title": "Commander", "kind": "post",
        "term": "first", "held_on": "2023-09-20", "quote": "The head of Borduria's air force, Gen Anna Alder", "occurrence": "1",
        "quotes": {"held_on": "said on Wednesday in Szohôd"}, "inferred": {"title": "She is called its head.", "term": "Her first."},
    }],
    "aliases": [{
        "system": "kestrel-7", "name": "Sokol-2", "lang": "en", "kind": "designation", "used_by": "borduria",
        "quote": "which Borduria calls Sokol-2", "occurrence": "1", "inferred": {"lang": "It is not said."},
    }],
    "statements": [
        {
            "id": "s01", "speaker": "anna-alder", "described": "Gen Alder", "role": "alder-air-force-head", "form": "direct",
            "quote": "We paid ten million for them", "quotes": {"described": {"text": "Gen Alder said", "occurrence": "1"}},
            "summary": "Alder named the price.", "lang": "en", "original_lang": "bd", "topics": ["prices"], "rank": "preferred",
            "rank_reason": "In her own words.", "inferred": {"original_lang": "She speaks Bordurian."},
        },
        {
            "id": "s02", "speaker": "boris-birch", "described": "Minister Boris Birch", "form": "mixed", "occurrence": "1",
            "quote": "Both sides lose dozens of drones per month", "via": "press-agency", "meeting": "2023-09-szohod-birch-visit",
            "audience": "reporters", "same_as": "gazette-2023-09-01-first-s01",
            "quotes": {"described": "Minister Boris Birch", "audience": "he told reporters", "date": ["visited Szohôd on Wednesday", "he told"]},
            "date": {"text": "on Wednesday", "edtf": "2023-09-20", "basis": "inferred"},
            "quantity": {
                "text": "dozens", "low": "24", "high": "99", "qualifier": "worded", "unit": "item", "scope": "per_period", "per": "month",
            },
            "summary": "Each side loses dozens a month.", "inferred": {"date": "Counted from the publication."},
        },
    ],
    "claims": [
        {
            "id": "c01",
            "transfer": {"supplier": "aland", "recipient": "borduria", "system": "kestrel-7", "kind": "supply", "episode": "coast-2023"},
            "stance": "asserted", "phase": "delivered", "quote": "the country had received between 20 and 30 Kestrel-7 drones from Aland",
            "occurrence": "1", "said_by": "anna-alder", "attribution": "Gen Anna Alder", "via": "press-agency", "statement": "s01",
            "quantity": {
                "text": "between 20 and 30", "low": "20", "high": "30", "qualifier": "range", "unit": "item", "scope": "total",
            },
            "date": {"text": "on Wednesday", "edtf": "../2023-09-20", "basis": "stated"}, "end_use": "for coastal patrols",
            "condition": "new", "deal": "sale",
            "value": {"text": "ten million", "low": "10000000", "high": "10000000", "currency": "EUR"},
            "quotes": {
                "attribution": "Gen Anna Alder, said on Wednesday", "end_use": "for coastal patrols", "value": "We paid ten million for them",
                "producer": {"text": "Kestrel-7 drones from Aland"},
            },
            "actors": [{"actor": "aland", "role": "producer", "described": "Aland"}],
            "systems": [{"system": "kestrel-7", "role": "included"}], "topics": ["prices"], "summary": "Borduria has received kestrels.",
            "credibility": "2", "supersedes": "gazette-2023-09-01-first-c01", "rank": "normal",
            "inferred": {"condition": "No use before is told.", "recipient": "The country is Borduria."},
        },
        {
            "id": "c02", "transfer": {"supplier": "aland", "recipient": "cascara", "system": "kestrel-7", "kind": "supply"},
            "stance": "alleged", "hedge": "reportedly", "phase": "requested",
            "quote": "Cascara reportedly asked for hundreds of the same aircraft", "summary": "Cascara is said to have asked for hundreds.",
            "quantity": {
                "text": "hundreds of", "low": "200", "high": "999", "qualifier": "worded", "unit": "item", "scope": "order",
            },
            "inferred": {"system": "The same aircraft are those before."},
        },
        {
            "id": "c03", "transfer": {"supplier": "aland", "recipient": "borduria", "system": "kestrel-7", "kind": "supply"},
            "stance": "denied", "denies": "quantity", "phase": "delivered", "quote": "Aland denies that 30 were sent",
            "quantity": {"text": "30", "low": "30", "high": "30", "qualifier": "exact", "unit": "item", "scope": "total"},
            "summary": "Aland denies the number.", "rank": "deprecated", "rank_reason": "Said of another deal.",
        },
        {
            "id": "c04", "meeting": "2023-09-szohod-birch-visit", "stance": "asserted",
            "quote": "Minister Boris Birch of Aland visited Szohôd on Wednesday, met Gen Alder and viewed Kestrel-7 drones",
            "date": {"text": "on Wednesday", "edtf": "2023-09-20", "basis": "inferred"},
            "actors": [
                {"actor": "boris-birch", "role": "visitor", "described": "Minister Boris Birch"},
                {"actor": "anna-alder", "role": "host"},
            ],
            "systems": [{"system": "kestrel-7", "role": "viewed"}], "summary": "Birch visited Szohôd.",
            "inferred": {"date": "Counted from the publication.", "host": "She met him there."},
        },
    ],
    "removed": [{"id": "c09", "why": "Read into the text.", "on": "2023-10-01"}],
    "not_recorded": [{"quote": "Made up for tests", "occurrence": "1", "why": "background", "note": "The heading."}],
}

KNOWN = Known({
    "actors": {slug: slug for slug in (
        "the-gazette", "press-agency", "aland", "borduria", "cascara", "borduria-air-force", "anna-alder", "boris-birch",
    )} | {"old-borduria": "borduria"},
    "systems": {"kestrel-7": "kestrel-7", "uav": "uav"},
    "places": {"szohod": "szohod"},
    "topics": {"prices": "prices"},
})


def a_record() -> dict[str, Any]:
    """The record, to be changed."""
    return copy.deepcopy(RECORD)


def as_yaml(value: Any) -> str:
    """A value as YAML in block style, every scalar a string."""
    value = json.loads(json.dumps(value))  # the same list in two places would be written as an anchor
    text: str = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=120)
    return text


def as_file(value: Any, path: str = PATH) -> FileBytes:
    """A value, a text or bytes as a file in memory."""
    data = value if isinstance(value, bytes) else (value if isinstance(value, str) else as_yaml(value)).encode()
    return FileBytes(path, data, hashlib.sha256(data).hexdigest())


def write_article(root: Path) -> None:
    """Put the article where the record says it is."""
    path = root / SOURCE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(ARTICLE, encoding="utf-8", newline="")
