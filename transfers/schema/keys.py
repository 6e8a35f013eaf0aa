"""Which tables hold what the files of a collection say, and what tells their rows apart."""

from __future__ import annotations

from typing import Final

# Tables by their keys, in code point order. A table of the schema that stands neither here nor
# under LEFT_OUT is a fault, and a test says so.
KEYS: Final[dict[str, tuple[str, ...]]] = {
    "actors": ("id",),
    "affiliation_dates": ("affiliation_id", "article_id"),
    "affiliations": ("id",),
    "aliases": ("id",),
    "article_links": ("article_id", "target_id", "kind"),
    "articles": ("id",),
    "claim_actors": ("claim_id", "actor_id", "role"),
    "claim_systems": ("claim_id", "system_id", "role"),
    "claim_topics": ("claim_id", "topic_id"),
    "claims": ("id",),
    "evidence": (
        "article_id", "claim_id", "statement_id", "affiliation_id", "alias_id", "field", "layer", "start_char", "end_char",
    ),
    "former_ids": ("id",),
    "identifiers": ("scheme", "value"),
    "meetings": ("id",),
    "places": ("id",),
    "register_matches": ("dataset", "supplier", "recipient", "designation", "order_year", "fingerprint", "transfer_id"),
    "removals": ("id",),
    "reviews": ("article_id", "position"),
    "statement_topics": ("statement_id", "topic_id"),
    "statements": ("id",),
    "systems": ("id",),
    "topics": ("id",),
    "transfers": ("id",),
}
# Registers are other people's files: the collection does not hold them, and their terms allow no copy.
REGISTERS: Final = frozenset({"registers", "register_rows", "register_years"})
LEFT_OUT: Final = frozenset({"alembic_version", "loaded_files", "loads", "search_rows"}) | REGISTERS

FORMAT: Final = "transfers-canonical-1"  # the first line of a canonical export says so
# Columns of keys that hold numbers; all others hold text.
NUMBERS: Final = frozenset({"end_char", "order_year", "position", "start_char"})
MADE_NUMBERS: Final = frozenset({("evidence", "id")})  # integer ids, which mean nothing outside of one database
# The full texts, which belong to their publishers, and what a copy without them has lost: their hashes stay.
TEXTS: Final = frozenset({("articles", "text"), ("articles", "text_length")})
