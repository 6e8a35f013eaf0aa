"""Rows written by hand: each test says what matters to it, the rest is filled in."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from typing import Any

from transfers.db import Target, writing
from transfers.schema.search import index_rows
from transfers.vocabulary.dates import read_edtf
from transfers.vocabulary.names import as_key, as_words, transfer_id
from transfers.vocabulary.words import SEARCH_KINDS

TEXT = "A made-up article for tests. Iran has sent 200 Shahed-136 drones to Russia, officials said on Wednesday. Nothing else."
QUOTE = "Iran has sent 200 Shahed-136 drones to Russia"

_NO_DATE = dict.fromkeys(("date_text", "date_edtf", "date_earliest", "date_latest", "date_basis"))
_NO_QUANTITY = dict.fromkeys((
    "quantity_text", "quantity_low", "quantity_high", "quantity_qualifier", "quantity_unit", "quantity_scope", "quantity_per",
))
_TABLES: dict[str, dict[str, Any]] = {
    "actors": {"kind": "state", "country_code": None, "source": None, "note": None},
    "systems": {
        "level": "model", "category": "uav", "uav_class": None, "sipri_category": None, "unroca_category": None,
        "parent_id": None, "designer_id": None, "source": None, "note": None,
    },
    "places": {"country_code": None, "precision": "city", "lat": None, "lon": None, "source": None, "note": None},
    "aliases": {
        "actor_id": None, "system_id": None, "lang": None, "kind": "spelling", "used_by_id": None, "valid_from": None,
        "valid_to": None, "in_registry": 1, "source": None,
    },
    "affiliations": {
        "kind": "part_of", "title": None, "term": None, "start_earliest": None, "start_latest": None, "end_earliest": None,
        "end_latest": None, "in_registry": 1, "source": None,
    },
    "articles": {
        "agency_id": None, "title": None, "url": None, "archive_url": None, "lang": "en", "byline": None,
        "published_edtf": None, "published_earliest": None, "published_latest": None, "published_basis": None,
        "retrieved_on": None, "text_norm": "plain-nfc-1", "raw_sha256": "0" * 64, "copy_of_id": None, "status": "live",
        "status_note": None, "reliability": "F", "coder": "ab", "record_sha256": "1" * 64, "text": TEXT,
    },
    "transfers": {"kind": "supply", "episode": "all", "note": None},
    "meetings": {"kind": "visit", "place_id": None, "note": None},
    "statements": {
        "speaker_as_described": "the official", "affiliation_id": None, "form": "direct", "quote": QUOTE, "lang": "en",
        "original_lang": None, "via_id": None, "meeting_id": None, "audience_text": None, "same_as_id": None, **_NO_DATE,
        **_NO_QUANTITY, "rank": "normal", "rank_reason": None,
    },
    "claims": {
        "transfer_id": None, "meeting_id": None, "stance": "asserted", "denies": None, "hedge_text": None, "phase": None,
        "attributed_to_id": None, "attribution_text": None, "via_id": None, "statement_id": None, "end_use_text": None,
        "condition": None, "deal": None, "value_low": None, "value_high": None, "value_currency": None, "value_text": None,
        "credibility": "6", "supersedes_id": None, **_NO_DATE, **_NO_QUANTITY, "rank": "normal", "rank_reason": None,
    },
    "evidence": {
        "claim_id": None, "statement_id": None, "affiliation_id": None, "alias_id": None, "field": "whole", "basis": "stated",
        "layer": "text", "note": None,
    },
    "claim_actors": {"described_as": None},
    "reviews": {"position": 1, "record_sha256": "1" * 64, "reviewer": "cd", "reviewed_on": "2024-01-31", "decision": "accepted", "note": None},
    "article_links": {"note": None},
}


class Story:
    """A writer of rows into an open transaction."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self._evidence = 0
        self._claims: dict[str, int] = {}

    def insert(self, table: str, **values: Any) -> None:
        row = {**_TABLES.get(table, {}), **values}
        columns = ", ".join(row)
        self.connection.run(f"INSERT INTO {table} ({columns}) VALUES ({', '.join(':' + column for column in row)})", row)

    def actor(self, id_: str, name: str | None = None, *, aliases: tuple[str, ...] = (), part_of: str | None = None, **values: Any) -> str:
        self.insert("actors", id=id_, name=name or id_.title(), **values)
        self._named("actor", id_, name or id_.title(), aliases)
        if part_of:
            self.insert("affiliations", id=f"{id_}-part-of-{part_of}", actor_id=id_, target_id=part_of, source="made up")
        return id_

    def system(self, id_: str, name: str | None = None, *, aliases: tuple[str, ...] = (), parent: str | None = None, **values: Any) -> str:
        self.insert("systems", id=id_, name=name or id_.title(), parent_id=parent, **values)
        self._named("system", id_, name or id_.title(), aliases)
        return id_

    def _named(self, kind: str, id_: str, name: str, aliases: tuple[str, ...]) -> None:
        self.text(kind, id_, None, "name", name)
        for alias in aliases:
            self.insert("aliases", id=f"{kind}:{id_}:{alias}", **{f"{kind}_id": id_}, name=alias, name_norm=as_key(alias))
            self.text(kind, id_, None, "alias", alias)

    def text(self, kind: str, owner: str, article: str | None, field: str, text: str) -> None:
        digest = hashlib.blake2b(f"{owner}\0{field}\0{text}".encode(), digest_size=7).digest()
        number = SEARCH_KINDS.index(kind) << 56 | int.from_bytes(digest, "big")
        self.insert("search_rows", id=number, kind=kind, owner_id=owner, article_id=article, field=field, words=as_words(text))
        index_rows(self.connection, [number])

    def article(self, id_: str, *, outlet: str = "gazette", published: str | None = "2023-09-20", **values: Any) -> str:
        if published:
            days = read_edtf(published)
            values = {
                "published_edtf": published, "published_earliest": days.earliest, "published_latest": days.latest,
                "published_basis": "stated", **values,
            }
        text = values.get("text", TEXT)
        self.insert(
            "articles", id=id_, outlet_id=outlet, text_sha256=hashlib.sha256((id_ + text).encode()).hexdigest(),
            text_length=len(text), source_path=f"seeds/{id_}.txt", record_path=f"data/records/{id_}.yaml", **values,
        )
        if values.get("title"):
            self.text("article", id_, id_, "title", values["title"])
        self.text("article", id_, id_, "text", text)
        return id_

    def transfer(self, supplier: str, recipient: str, system: str, **values: Any) -> str:
        id_ = transfer_id(supplier, recipient, system, values.get("kind", "supply"), values.get("episode", "all"))
        self.insert("transfers", id=id_, supplier_id=supplier, recipient_id=recipient, system_id=system, **values)
        return id_

    def claim(self, article: str, about: str, *, date: str | None = None, number: dict[str, Any] | None = None, **values: Any) -> str:
        """A claim on a transfer, or on a meeting when it has no phase."""
        self._claims[article] = self._claims.get(article, 0) + 1
        id_ = f"{article}-c{self._claims[article]:02}"
        if values.get("stance") == "alleged":
            values.setdefault("hedge_text", "reportedly")
        event = "meeting_id" if "phase" not in values and values.pop("meeting", False) else "transfer_id"
        if event == "transfer_id":
            values.setdefault("phase", "delivered")
        summary = values.pop("summary", "Says so.")
        self.insert("claims", id=id_, article_id=article, **{event: about}, summary=summary, **_date(date), **_number(number), **values)
        self.span(article, QUOTE, claim_id=id_)
        self.text("claim", id_, article, "quote", QUOTE)
        self.text("claim", id_, article, "summary", summary)
        return id_

    def statement(self, article: str, speaker: str, *, date: str | None = None, **values: Any) -> str:
        id_ = f"{article}-s01"
        self.insert(
            "statements", id=id_, article_id=article, speaker_id=speaker, summary=values.pop("summary", "He says so."), **_date(date),
            **values,
        )
        self.span(article, values.get("quote", QUOTE), statement_id=id_)
        self.text("statement", id_, article, "quote", QUOTE)
        return id_

    def span(self, article: str, exact: str, **values: Any) -> None:
        self._evidence += 1
        start = TEXT.index(exact)
        end = start + len(exact)
        self.insert(
            "evidence", id=self._evidence, article_id=article, exact=exact, prefix=TEXT[max(0, start - 32):start],
            suffix=TEXT[end:end + 32], start_char=start, end_char=end, **values,
        )

    def inferred(self, article: str, field: str, why: str, **values: Any) -> None:
        self.span(article, QUOTE, field=field, basis="inferred", note=why, **values)


def _date(edtf: str | None) -> dict[str, Any]:
    if edtf is None:
        return {}
    days = read_edtf(edtf)
    return {"date_text": "then", "date_edtf": edtf, "date_earliest": days.earliest, "date_latest": days.latest, "date_basis": "stated"}


def _number(number: dict[str, Any] | None) -> dict[str, Any]:
    if number is None:
        return {}
    given = {"text": "some", "low": None, "high": None, "qualifier": "worded", "unit": "item", "scope": "total", **number}
    return {f"quantity_{part}": value for part, value in given.items()}


@contextmanager
def written(target: Target) -> Any:
    """Write rows into a database in one transaction. The usual cast is there already."""
    with writing(target) as connection, connection.transaction():
        story = Story(connection)
        for id_ in ("iran", "russia", "syria"):
            story.actor(id_)
        story.actor("gazette", kind="media")
        story.system("drone", "Unmanned aircraft", level="class", aliases=("drones",))
        story.system("shahed", "Shahed", level="family", parent="drone")
        story.system("shahed-136", "Shahed-136", parent="shahed", aliases=("Geran-2", "Герань-2", "Shahed 136"))
        yield story
