"""Rows of the first schema, written by hand: something in every table, every kind of reference, texts in several scripts."""

from hashlib import sha256

TEXT = "Officials said on Tuesday that “up to 400” drones — شاهد ۱۳۶, 无人机, Герань-2 — were sent. Tehran denied it. 🛩\n"
LATER = "Correction: the number was 200, not 400. The minister said so in Minsk.\n"

ARTICLE = {
    "id": "paper-2023-09-20-drones", "outlet_id": "the-paper", "agency_id": "the-agency", "title": "Drones", "lang": "en",
    "url": "https://paper.example/drones", "published_edtf": "2023-09-20", "published_earliest": "2023-09-20",
    "published_latest": "2023-09-20", "published_basis": "stated", "retrieved_on": "2023-09-21", "text": TEXT,
    "text_sha256": sha256(TEXT.encode()).hexdigest(), "text_norm": "plain-1", "raw_sha256": "a" * 64,
    "source_path": "seeds/a.html", "status": "live", "reliability": "B", "coder": "maintainers",
    "record_path": "data/records/a.yaml", "record_sha256": "b" * 64,
}
CORRECTION = ARTICLE | {
    "id": "paper-2023-10-02-drones", "text": LATER, "text_sha256": sha256(LATER.encode()).hexdigest(), "status": "retracted",
    "status_note": "withdrawn by the paper", "record_path": "data/records/b.yaml", "source_path": "seeds/b.html",
}
COPY = ARTICLE | {
    "id": "other-2023-09-21-drones", "outlet_id": "other-paper", "copy_of_id": ARTICLE["id"],
    "record_path": "data/records/c.yaml",
}
A, B = ARTICLE["id"], CORRECTION["id"]

CLAIM = {
    "id": f"{A}-c01", "article_id": A, "transfer_id": "iran-russia-shahed-136-supply", "stance": "alleged",
    "hedge_text": "said",
    "phase": "delivered", "statement_id": f"{A}-s01", "quantity_text": "up to 400", "quantity_high": 400,
    "quantity_qualifier": "at_most", "quantity_unit": "item", "quantity_scope": "total", "summary": "Up to 400 were sent.",
    "credibility": "3", "rank": "normal", "date_text": "Tuesday", "date_edtf": "2023-09-19", "date_earliest": "2023-09-19",
    "date_latest": "2023-09-19", "date_basis": "inferred",
}
STATEMENT = {
    "id": f"{A}-s01", "article_id": A, "speaker_id": "us-official-unnamed", "speaker_as_described": "Officials",
    "form": "mixed", "quote": "up to 400", "summary": "Up to 400 drones were sent.", "lang": "en", "via_id": "the-agency",
    "meeting_id": "minsk-talks", "rank": "normal",
}
SPAN = {
    "article_id": A, "field": "whole", "basis": "stated", "layer": "text", "exact": "up to 400",
    "prefix": "said on Tuesday that “", "suffix": "” drones", "start_char": 31, "end_char": 40,
}

ROWS = [
    ("actors", {"id": "iran", "name": "Iran", "kind": "state", "country_code": "IR", "source": "ISO 3166", "note": "شاهد"}),
    ("actors", {"id": "russia", "name": "Russia", "kind": "state", "country_code": "RU"}),
    ("actors", {"id": "the-paper", "name": "The Paper", "kind": "media"}),
    ("actors", {"id": "other-paper", "name": "Other Paper", "kind": "media"}),
    ("actors", {"id": "the-agency", "name": "The Agency", "kind": "media"}),
    ("actors", {"id": "us-official-unnamed", "name": "US official", "kind": "unnamed"}),
    ("actors", {"id": "a-minister", "name": "A. Minister", "kind": "person"}),
    ("systems", {"id": "uav", "name": "Drone", "level": "class", "category": "uav"}),
    ("systems", {
        "id": "shahed-136", "name": "Shahed-136", "level": "model", "category": "uav", "uav_class": "one_way_attack",
        "parent_id": "uav", "designer_id": "iran",
    }),
    ("places", {"id": "minsk", "name": "Minsk", "country_code": "BY", "precision": "city", "lat": 53.9, "lon": 27.56}),
    ("affiliations", {
        "id": "a-minister-minister", "actor_id": "a-minister", "kind": "post", "target_id": "russia", "title": "minister",
        "in_registry": 0, "start_latest": "2023-09-20",
    }),
    ("aliases", {
        "id": "system:shahed-136:Герань-2", "system_id": "shahed-136", "name": "Герань-2", "name_norm": "герань2", "lang": "ru",
        "kind": "local_version", "used_by_id": "russia", "in_registry": 1, "valid_from": "2022-09-01",
    }),
    ("articles", ARTICLE), ("articles", CORRECTION), ("articles", COPY),
    ("affiliation_dates", {
        "affiliation_id": "a-minister-minister", "article_id": B, "held_earliest": "2023-10-02", "held_latest": "2023-10-02",
    }),
    ("transfers", {
        "id": "iran-russia-shahed-136-supply", "supplier_id": "iran", "recipient_id": "russia", "system_id": "shahed-136",
        "kind": "supply", "episode": "all",
    }),
    ("meetings", {"id": "minsk-talks", "kind": "talks", "title": "Talks in Minsk", "place_id": "minsk", "article_id": A}),
    ("statements", STATEMENT),
    ("statements", STATEMENT | {
        "id": f"{B}-s01", "article_id": B, "speaker_id": "a-minister", "affiliation_id": "a-minister-minister",
        "same_as_id": f"{A}-s01", "meeting_id": None, "form": "indirect", "quote": None,
    }),
    ("claims", CLAIM),
    ("claims", CLAIM | {
        "id": f"{A}-c02", "stance": "denied", "denies": "event", "hedge_text": None, "statement_id": None,
        "attributed_to_id": "iran", "attribution_text": "Tehran", "quantity_text": None, "quantity_high": None,
        "quantity_qualifier": None, "quantity_unit": None, "quantity_scope": None,
    }),
    ("claims", CLAIM | {
        "id": f"{B}-c01", "article_id": B, "statement_id": f"{B}-s01", "supersedes_id": f"{A}-c01", "quantity_text": "200",
        "quantity_low": 200, "quantity_high": 200, "quantity_qualifier": "exact", "value_text": "$9bn",
        "value_low": 9_000_000_000, "value_high": 9_000_000_000, "value_currency": "USD", "rank": "deprecated",
        "rank_reason": "retracted",
    }),
    ("claims", {
        "id": f"{B}-c02", "article_id": B, "meeting_id": "minsk-talks", "stance": "asserted", "summary": "They met.",
        "credibility": "6", "rank": "preferred",
    }),
    ("evidence", SPAN | {"id": 1, "claim_id": f"{A}-c01"}),
    ("evidence", SPAN | {"id": 2, "claim_id": f"{A}-c01", "field": "date", "basis": "inferred", "note": "the Tuesday before"}),
    ("evidence", SPAN | {"id": 3, "statement_id": f"{A}-s01"}),
    ("evidence", SPAN | {"id": 4, "field": "title"}),
    ("evidence", SPAN | {
        "id": 7, "alias_id": "system:shahed-136:Герань-2", "exact": "Герань-2", "start_char": 70, "end_char": 78,
    }),
    ("evidence", SPAN | {
        "id": 9, "article_id": B, "affiliation_id": "a-minister-minister", "exact": "The minister", "start_char": 41,
        "end_char": 53,
    }),
    ("claim_actors", {"claim_id": f"{A}-c01", "actor_id": "a-minister", "role": "broker", "described_as": "the minister"}),
    ("claim_actors", {"claim_id": f"{B}-c02", "actor_id": "a-minister", "role": "visitor"}),
    ("claim_systems", {"claim_id": f"{B}-c02", "system_id": "uav", "role": "discussed"}),
    ("reviews", {
        "article_id": A, "position": 1, "record_sha256": "b" * 64, "reviewer": "somebody", "reviewed_on": "2023-09-22",
        "decision": "accepted",
    }),
    ("removals", {"id": f"{A}-c03", "article_id": A, "removed_on": "2023-09-23", "why": "said of another drone"}),
    ("loads", {
        "id": 1, "loaded_at": "2023-09-22T10:00:00Z", "record_path": "data/records/a.yaml", "record_sha256": "b" * 64,
        "schema_revision": "0001", "tool_version": "0.1.0", "outcome": "new",
    }),
    ("loaded_files", {"path": "data/records/a.yaml", "kind": "record", "sha256": "b" * 64, "loader_version": 1}),
    ("search_rows", {"id": 1, "kind": "system", "owner_id": "shahed-136", "field": "name", "words": "shahed 136"}),
    ("search_rows", {"id": (4 << 56) + 5, "kind": "statement", "owner_id": f"{A}-s01", "article_id": A, "field": "quote",
                     "words": "up to 400"}),
]


def add(connection, rows=ROWS):
    """Insert rows, in their order."""
    for table, row in rows:
        names = ", ".join(row)
        connection.run(f"INSERT INTO {table} ({names}) VALUES ({', '.join(':' + name for name in row)})", row)
