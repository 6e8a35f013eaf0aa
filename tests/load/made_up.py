"""A small collection to load and to edit. Every name, number and sentence in it is made up for these tests.

Its five records speak of each other in all the ways that records can: a claim that supersedes one of another article, the
same utterance in two articles, a copy, links, a meeting that others name, a role and an alias given by several, an alias
and a role that the registry gives too.
"""

from __future__ import annotations

import copy
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

from transfers.db import reading
from transfers.exports.canonical import as_canonical
from transfers.load import Options, load_collection
from transfers.load.report import Report

Entry = dict[str, Any]

ACTORS: Entry = {
    "northland": {"name": "Northland", "kind": "state", "aliases": [{"name": "Northland City", "kind": "metonym", "lang": "en"}]},
    "southmark": {"name": "Southmark", "kind": "state", "identifiers": [{"scheme": "cow", "value": "901", "source": "made up"}]},
    "eastvale": {"name": "Eastvale", "kind": "state"},
    "northland-mod": {
        "name": "Ministry of Defence of Northland", "kind": "government",
        "ties": [{"kind": "part_of", "target": "northland", "source": "made up"}],
    },
    "ada-holm": {"name": "Ada Holm", "kind": "person"},
    "ben-orr": {
        "name": "Ben Orr", "kind": "person",
        "ties": [
            {"id": "ben-orr-envoy", "kind": "post", "target": "eastvale", "title": "Envoy", "start": "2020", "source": "made up"},
        ],
    },
    "southmark-works": {"name": "Southmark Works", "kind": "company"},
    "the-gazette": {"name": "The Gazette", "kind": "media"},
    "the-courier": {"name": "The Courier", "kind": "media"},
    "press-agency": {"name": "Press Agency", "kind": "media"},
}
SYSTEMS: Entry = {
    "uav": {"name": "Unmanned aerial vehicle", "level": "class", "category": "uav"},
    "kestrel": {"name": "Kestrel", "level": "family", "category": "uav", "parent": "uav", "source": "made up"},
    "kestrel-2": {
        "name": "Kestrel-2", "level": "model", "category": "uav", "parent": "kestrel", "designer": "southmark-works",
        "source": "made up", "aliases": [{"name": "Kestrel II", "kind": "spelling", "lang": "en"}],
    },
    "heron": {"name": "Heron", "level": "model", "category": "aircraft"},
}
PLACES: Entry = {"port-hall": {"name": "Port Hall", "precision": "city", "lat": "10.5", "lon": "-0.25", "source": "made up"}}
TOPICS: Entry = {"trade": {"name": "Trade"}, "talks": {"name": "Talks"}}

FIRST_TEXT = (
    "Made up for a test. Northland has received hundreds of Kestrel-2 drones from Southmark, which Northland calls Snipe-2. "
    "“We bought them last year,” the defence minister Ada Holm told the Gazette. Parts came later, in two batches. "
    "Ms Holm met an envoy of Eastvale in Port Hall on 3 May."
)
SECOND_TEXT = (
    "<p>Made up for a test. It was 200 drones, not hundreds, that <a href=\"https://example.org/2023/06/01/x\">Southmark</a> sent "
    "to Northland.</p><p>“We bought them a year ago,” said Ada Holm, the minister of defence, of the Snipe-2. "
    "She was in Port Hall with Ben Orr in May.</p>"
)
COPY_TEXT = "Made up for a test (Press Agency). “We bought them last year,” the defence minister Ada Holm told the Gazette."
THIRD_TEXT = (
    "Made up for a test. Southmark sent 210 of the Kestrel II to Northland, the Gazette has learned. Ben Orr, the envoy of "
    "Eastvale, said there were more. He will travel to Southmark in June to look at the Heron."
)
FIFTH_TEXT = (
    "Made up for a test. Southmark denies that it sent drones to Northland. Eastvale reportedly asked for the Heron. "
    "Northland lent Eastvale three of its Kestrel-2."
)


def sha256_of(text: str) -> str:
    """The SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def article(slug: str, outlet: str, text: str, **more: Any) -> Entry:
    """The article of a record."""
    return {
        "id": slug, "outlet": outlet, "lang": "en", "source": f"seeds/{slug}.txt", "format": "text", "sha256": sha256_of(text), **more,
    }


def supply(supplier: str, recipient: str, system: str, **more: str) -> Entry:
    """The key of a transfer."""
    return {"supplier": supplier, "recipient": recipient, "system": system, "kind": "supply", **more}


def a_role(quote: str, held_on: str) -> Entry:
    """The role that two records give."""
    return {
        "id": "ada-holm-minister", "person": "ada-holm", "org": "northland-mod", "title": "Minister of Defence",
        "held_on": held_on, "quote": quote,
    }


FIRST: Entry = {
    "format": "1", "coder": "ab",
    "article": article("gazette-first", "the-gazette", FIRST_TEXT, title="Drones", published={"edtf": "2023-05-20", "basis": "external"}),
    "meetings": [{"id": "2023-port-hall-talks", "kind": "talks", "title": "Talks in Port Hall", "place": "port-hall"}],
    "roles": [a_role("the defence minister Ada Holm", "2023-05-20")],
    "aliases": [
        {"system": "kestrel-2", "name": "Snipe-2", "kind": "designation", "used_by": "northland",
         "quote": "which Northland calls Snipe-2"},
    ],
    "statements": [
        {"id": "s01", "speaker": "ada-holm", "described": "the defence minister Ada Holm", "role": "ada-holm-minister",
         "form": "direct", "quote": "We bought them last year", "quotes": {"described": "the defence minister Ada Holm"},
         "summary": "Northland bought the drones in 2022.", "topics": ["trade"]},
    ],
    "claims": [
        {"id": "c01", "transfer": supply("southmark", "northland", "kestrel-2"), "stance": "asserted", "phase": "delivered",
         "quote": "Northland has received hundreds of Kestrel-2 drones from Southmark",
         "quantity": {"text": "hundreds", "low": "200", "high": "999", "qualifier": "worded", "unit": "item", "scope": "total"},
         "summary": "Northland has received hundreds of Kestrel-2 from Southmark.", "topics": ["trade"]},
        {"id": "c02", "transfer": {**supply("southmark", "northland", "kestrel-2"), "kind": "components"}, "stance": "asserted",
         "phase": "delivered", "quote": "Parts came later, in two batches", "statement": "s01",
         "summary": "Parts of the Kestrel-2 came in two batches.",
         "inferred": {"system": "The sentence before speaks of the Kestrel-2.", "supplier": "Likewise."}},
        {"id": "c03", "meeting": "2023-port-hall-talks", "stance": "asserted",
         "quote": "Ms Holm met an envoy of Eastvale in Port Hall on 3 May",
         "date": {"text": "3 May", "edtf": "2023-05-03", "basis": "inferred"}, "inferred": {"date": "The year is that of the article."},
         "actors": [{"actor": "ada-holm", "role": "attendee", "described": "Ms Holm"}],
         "summary": "Ada Holm met an envoy of Eastvale.", "topics": ["talks"]},
    ],
    "not_recorded": [{"quote": "Made up for a test", "why": "background"}],
}
SECOND: Entry = {
    "format": "1", "coder": "cd",
    "article": article(
        "courier-second", "the-courier", SECOND_TEXT, format="html",
        published={"edtf": "2023-06-01", "basis": "inferred", "why": "The address of a link says so.", "quotes": [{"raw": "2023/06/01"}]},
        links=[{"article": "gazette-first", "kind": "corrects"}],
    ),
    "roles": [a_role("Ada Holm, the minister of defence", "2023-06-01")],
    "aliases": [
        {"system": "kestrel-2", "name": "Snipe-2", "kind": "designation", "used_by": "northland", "quote": "of the Snipe-2"},
    ],
    "statements": [
        {"id": "s01", "speaker": "ada-holm", "described": "Ada Holm, the minister of defence", "role": "ada-holm-minister",
         "form": "direct", "quote": "We bought them a year ago", "quotes": {"described": "Ada Holm, the minister of defence"},
         "summary": "Northland bought the drones in 2022.", "same_as": "gazette-first-s01", "meeting": "2023-port-hall-talks"},
    ],
    "claims": [
        {"id": "c01", "transfer": supply("southmark", "northland", "kestrel-2"), "stance": "asserted", "phase": "delivered",
         "quote": "It was 200 drones, not hundreds, that Southmark sent to Northland", "supersedes": "gazette-first-c01",
         "quantity": {"text": "200", "low": "200", "high": "200", "qualifier": "exact", "unit": "item", "scope": "total"},
         "summary": "Southmark sent 200 drones to Northland.", "inferred": {"system": "The Snipe-2 is the Kestrel-2."}},
        {"id": "c02", "meeting": "2023-port-hall-talks", "stance": "asserted", "quote": "She was in Port Hall with Ben Orr in May",
         "date": {"text": "May", "edtf": "2023-05", "basis": "inferred"}, "inferred": {"date": "The May before the article."},
         "actors": [
             {"actor": "ada-holm", "role": "attendee", "described": "(She)"}, {"actor": "ben-orr", "role": "visitor", "described": "Ben Orr"},
         ],
         "summary": "Ada Holm and Ben Orr were in Port Hall."},
    ],
}
COPY: Entry = {
    "format": "1", "coder": "ab",
    "article": article("agency-copy", "press-agency", COPY_TEXT, agency="press-agency", copy_of="gazette-first"),
    "statements": [
        {"id": "s01", "speaker": "ada-holm", "described": "the defence minister Ada Holm", "form": "direct",
         "quote": "We bought them last year", "quotes": {"described": "the defence minister Ada Holm"},
         "summary": "Northland bought the drones in 2022.", "same_as": "courier-second-s01"},
    ],
}
THIRD: Entry = {
    "format": "1", "coder": "ab",
    "article": article(
        "gazette-third", "the-gazette", THIRD_TEXT, published={"edtf": "2023-06-10", "basis": "external"},
        links=[{"article": "agency-copy", "kind": "cites"}, {"article": "courier-second", "kind": "updates"}],
    ),
    "meetings": [{"id": "2023-heron-visit", "kind": "visit", "title": "Visit to see the Heron"}],
    "aliases": [
        {"system": "kestrel-2", "name": "Kestrel II", "kind": "spelling", "lang": "en", "quote": "210 of the Kestrel II to Northland"},
    ],
    "statements": [
        {"id": "s01", "speaker": "ben-orr", "described": "Ben Orr, the envoy of Eastvale", "role": "ben-orr-envoy",
         "form": "indirect", "quote": "Ben Orr, the envoy of Eastvale, said there were more", "summary": "There were more."},
    ],
    "claims": [
        {"id": "c01", "transfer": supply("southmark", "northland", "kestrel-2"), "stance": "asserted", "phase": "delivered",
         "quote": "Southmark sent 210 of the Kestrel II to Northland", "supersedes": "courier-second-c01", "statement": "s01",
         "quantity": {"text": "210", "low": "210", "high": "210", "qualifier": "exact", "unit": "item", "scope": "total"},
         "summary": "Southmark sent 210 Kestrel-2 to Northland."},
        {"id": "c02", "meeting": "2023-heron-visit", "stance": "asserted",
         "quote": "He will travel to Southmark in June to look at the Heron",
         "actors": [{"actor": "ben-orr", "role": "visitor", "described": "(He)"}, {"actor": "southmark", "role": "host"}],
         "systems": [{"system": "heron", "role": "viewed"}], "summary": "Ben Orr is going to look at the Heron."},
    ],
}
FIFTH: Entry = {
    "format": "1", "coder": "ef",
    "article": article("courier-fifth", "the-courier", FIFTH_TEXT, published={"edtf": "2023-07-01", "basis": "external"}),
    "claims": [
        {"id": "c01", "transfer": supply("southmark", "northland", "kestrel-2"), "stance": "denied", "denies": "event",
         "phase": "delivered", "quote": "Southmark denies that it sent drones to Northland", "said_by": "southmark",
         "summary": "Southmark denies the transfer.", "inferred": {"system": "The drones spoken of are the Kestrel-2."}},
        {"id": "c02", "transfer": supply("southmark", "eastvale", "heron"), "stance": "alleged", "hedge": "reportedly",
         "phase": "requested", "quote": "Eastvale reportedly asked for the Heron", "summary": "Eastvale asked for the Heron.",
         "inferred": {"supplier": "Nobody else makes it."}},
        {"id": "c03", "transfer": {**supply("northland", "eastvale", "kestrel-2", episode="2023"), "kind": "loan"},
         "stance": "asserted", "phase": "delivered", "quote": "Northland lent Eastvale three of its Kestrel-2",
         "quantity": {"text": "three", "low": "3", "high": "3", "qualifier": "exact", "unit": "item", "scope": "event"},
         "summary": "Northland lent Eastvale three Kestrel-2."},
    ],
}
TEXTS = {
    "gazette-first": FIRST_TEXT, "courier-second": SECOND_TEXT, "agency-copy": COPY_TEXT, "gazette-third": THIRD_TEXT,
    "courier-fifth": FIFTH_TEXT,
}
RECORDS: dict[str, Entry] = {record["article"]["id"]: record for record in (FIRST, SECOND, COPY, THIRD, FIFTH)}
REGISTRY: dict[str, Entry] = {"actors": ACTORS, "systems": SYSTEMS, "places": PLACES, "topics": TOPICS}
# Each after all that it points at.
IN_ORDER = ("gazette-first", "courier-second", "agency-copy", "gazette-third", "courier-fifth")


class Collection:
    """A collection on disk whose files are written from plain values."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for folder in ("data/registry", "data/records/2023", "data/review", "seeds"):
            (root / folder).mkdir(parents=True, exist_ok=True)

    def file(self, path: str) -> Path:
        """A file by its path from the root."""
        return self.root / path

    def write(self, path: str, value: Any) -> None:
        """A YAML file; JSON with every scalar in quotes is YAML of the narrow profile."""
        self.file(path).parent.mkdir(parents=True, exist_ok=True)
        self.file(path).write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    def write_registry(self, kind: str, entries: Entry) -> None:
        """One file of the registry."""
        self.write(f"data/registry/{kind}.yaml", entries)

    def write_article(self, slug: str, text: str) -> None:
        """The file of an article."""
        self.file(f"seeds/{slug}.txt").write_text(text, encoding="utf-8", newline="")

    def write_record(self, record: Entry, path: str | None = None) -> str:
        """A record, at the usual place when no other is named; its path."""
        path = path or record_path(record["article"]["id"])
        self.write(path, record)
        return path

    def write_review(self, slug: str, *lines: tuple[str, str], stale: bool = False) -> None:
        """The decisions ``(reviewer, decision)`` on the record as it is now, or on another version of it."""
        sha256 = "0" * 64 if stale else hashlib.sha256(self.file(record_path(slug)).read_bytes()).hexdigest()
        self.write(f"data/review/{slug}.yaml", [
            {"record_sha256": sha256, "reviewer": reviewer, "reviewed_on": "2024-01-31", "decision": decision}
            for reviewer, decision in lines
        ])

    def remove(self, path: str) -> None:
        """Remove a file."""
        self.file(path).unlink()

    def load(self, target: Any, **options: Any) -> Report:
        """Load into a database."""
        return load_collection(str(self.root), target, Options(**options))


def record_path(slug: str) -> str:
    """Where the record of an article usually stands."""
    return f"data/records/2023/{slug}.yaml"


def record_of(slug: str) -> Entry:
    """A record of the collection, to be changed at will."""
    return copy.deepcopy(RECORDS[slug])


def registry_of(kind: str) -> Entry:
    """One file of the registry, to be changed at will."""
    return copy.deepcopy(REGISTRY[kind])


def make_collection(root: Path, slugs: tuple[str, ...] = IN_ORDER) -> Collection:
    """Write the collection, or some of its records."""
    made = Collection(root)
    for kind, entries in REGISTRY.items():
        made.write_registry(kind, entries)
    for slug in slugs:
        made.write_article(slug, TEXTS[slug])
        made.write_record(RECORDS[slug])
    return made


def canon(target: Any) -> list[str]:
    """The canonical export with the texts: what has to be equal when the same files were loaded."""
    with reading(target) as connection:
        return list(as_canonical(connection, with_texts=True))


def index_fits(target: Any) -> bool:
    """Whether the search index says of every row what the row says, and every row is one that the loader would make."""
    from transfers.db import writing
    from transfers.schema.search import is_sound

    with writing(target) as connection, connection.undone():
        return is_sound(connection)


def search_rows(target: Any) -> list[tuple[Any, ...]]:
    """The rows to search, which the canonical export leaves out."""
    with reading(target) as connection:
        return sorted(connection.rows("SELECT id, kind, owner_id, article_id, field, words FROM search_rows"))


def count(target: Any, table: str, where: str = "1 = 1") -> int:
    """How many rows of a table."""
    with reading(target) as connection:
        return int(connection.rows(f"SELECT count(*) FROM {table} WHERE {where}")[0][0])


def copied(collection: Collection, to: Path) -> Collection:
    """The same files somewhere else."""
    shutil.copytree(collection.root, to, dirs_exist_ok=True)
    return Collection(to)
