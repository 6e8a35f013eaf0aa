"""What the database itself refuses, on both engines, whoever writes to it: section "Refused" of the data model.

Each refused row stands beside the same row with one value mended, which is accepted: so it is that value which is refused,
by the constraint that is meant for it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from tests.migrations.data.rev_0005 import MATCH, REGISTER, ROW
from transfers.db import Connection, RefusedError, Target, writing
from transfers.errors import InputError
from transfers.models import Base

Row = dict[str, Any]
HASH = "0" * 64
TEXT = "Iran gave Russia two drones."
# One row of each table that others point at. The second article, claim and statement are there to be pointed at wrongly.
PRESENT: list[tuple[str, Row]] = [
    ("actors", {"id": "iran", "name": "Iran", "kind": "state"}),
    ("actors", {"id": "russia", "name": "Russia", "kind": "state"}),
    ("actors", {"id": "the-paper", "name": "The Paper", "kind": "media"}),
    ("systems", {"id": "drone", "name": "Drone", "level": "class", "category": "uav"}),
    ("places", {"id": "the-yard", "name": "The Yard", "precision": "site"}),
    *(
        ("articles", {
            "id": article, "outlet_id": "the-paper", "lang": "en", "text": TEXT, "text_length": len(TEXT),
            "text_sha256": number * 64, "text_norm": "plain-nfc-1", "raw_sha256": HASH,
            "source_path": f"seeds/{article}.txt", "status": "live", "reliability": "F", "coder": "ab",
            "record_path": f"data/records/{article}.yaml", "record_sha256": HASH,
        }) for article, number in (("one", "1"), ("two", "2"))
    ),
    ("transfers", {
        "id": "iran-russia-drone-supply", "supplier_id": "iran", "recipient_id": "russia", "system_id": "drone", "kind": "supply",
        "episode": "all",
    }),
    ("meetings", {"id": "the-talks", "kind": "talks", "title": "The talks", "article_id": "one"}),
    *(
        ("statements", {
            "id": f"{article}-s01", "article_id": article, "speaker_id": "iran", "speaker_as_described": "Iran", "form": "indirect",
            "quote": TEXT, "summary": TEXT, "lang": "en", "rank": "normal",
        }) for article in ("one", "two")
    ),
    *(
        ("claims", {
            "id": f"{article}-c01", "article_id": article, "transfer_id": "iran-russia-drone-supply", "stance": "asserted",
            "phase": "delivered", "summary": TEXT, "credibility": "6", "rank": "normal",
        }) for article in ("one", "two")
    ),
    ("affiliations", {
        "id": "the-post", "actor_id": "iran", "kind": "post", "target_id": "russia", "title": "Guest", "in_registry": 0,
    }),
    ("aliases", {
        "id": "actor:iran:Tehran", "actor_id": "iran", "name": "Tehran", "name_norm": "tehran", "kind": "metonym", "in_registry": 1,
    }),
    ("registers", REGISTER), ("register_rows", ROW),
]
# A further row of each table that the refused rows begin from: right in every value.
FURTHER: dict[str, Row] = {table: dict(row) for table, row in PRESENT} | {
    "evidence": {
        "article_id": "one", "claim_id": "one-c01", "field": "whole", "basis": "stated", "layer": "text", "exact": "Iran",
        "prefix": "", "suffix": " gave Russia two drones.", "start_char": 0, "end_char": 4,
    },
    "claim_actors": {"claim_id": "one-c01", "actor_id": "iran", "role": "host"},
    "claim_systems": {"claim_id": "one-c01", "system_id": "drone", "role": "viewed"},
    "article_links": {"article_id": "two", "target_id": "one", "kind": "corrects"},
    "reviews": {
        "article_id": "one", "position": 1, "record_sha256": HASH, "reviewer": "cd", "reviewed_on": "2024-01-31",
        "decision": "accepted",
    },
    "identifiers": {"scheme": "iso3", "value": "IRN", "actor_id": "iran", "source": "ISO 3166-1"},
    "affiliation_dates": {
        "affiliation_id": "the-post", "article_id": "one", "held_earliest": "2024-01-31", "held_latest": "2024-01-31",
    },
    "removals": {"id": "one-c09", "article_id": "one", "why": "a slip"},
    "loads": {
        "loaded_at": "2024-01-31T12:00:00Z", "record_path": "data/records/one.yaml", "record_sha256": HASH,
        "schema_revision": "0001", "tool_version": "1", "outcome": "new",
    },
    "loaded_files": {"path": "data/records/one.yaml", "kind": "record", "sha256": HASH, "loader_version": 1},
    "search_rows": {"id": 1, "kind": "actor", "owner_id": "iran", "field": "name", "words": "iran"},
    "registers": REGISTER | {"id": "sipri-other", "sha256": "e" * 64}, "register_rows": ROW | {"row_number": 2},
    "register_matches": MATCH | {"transfer_id": "iran-russia-drone-supply"},
}
FURTHER["actors"] = {"id": "syria", "name": "Syria", "kind": "state"}
FURTHER["systems"] |= {"id": "missile", "name": "Missile"}
FURTHER["places"] |= {"id": "the-port", "name": "The Port"}
FURTHER["articles"] |= {"id": "three", "text_sha256": "3" * 64, "record_path": "data/records/three.yaml"}
FURTHER["transfers"] |= {"id": "russia-iran-drone-supply", "supplier_id": "russia", "recipient_id": "iran"}
FURTHER["meetings"] |= {"id": "more-talks"}
FURTHER["statements"] |= {"id": "one-s02", "article_id": "one"}
FURTHER["claims"] |= {"id": "one-c02", "article_id": "one"}
FURTHER["affiliations"] |= {"id": "other-post"}
FURTHER["aliases"] |= {"id": "actor:iran:Persia", "name": "Persia", "name_norm": "persia"}


class Refused(NamedTuple):
    """One refused value: the row of the table with ``given``, then ``column`` once bad and once mended."""

    says: str
    table: str
    given: Row
    column: str
    bad: Any
    mended: Any
    constraint: str


DATED = {"date_edtf": "2023/2024", "date_basis": "stated", "date_earliest": "2023-01-01"}
COUNTED = {
    "quantity_text": "two", "quantity_low": 2, "quantity_high": 2, "quantity_qualifier": "exact", "quantity_unit": "item",
    "quantity_scope": "total",
}
VALUED = {"value_text": "two million", "value_currency": "USD", "value_high": 2_000_000}
REFUSED = [
    Refused("a span longer than its quote", "evidence", {}, "end_char", 5, 4, "ck_evidence_span_fits_quote"),
    Refused("a quote longer than its span", "evidence", {}, "exact", "Iran ", "Iran", "ck_evidence_span_fits_quote"),
    Refused("a claim on both events", "claims", {}, "meeting_id", "the-talks", None, "ck_claims_one_event"),
    Refused("a claim on no event", "claims", {"transfer_id": None, "phase": None}, "meeting_id", None, "the-talks",
            "ck_claims_one_event"),
    Refused("a phase of a meeting", "claims", {"transfer_id": None, "meeting_id": "the-talks"}, "phase", "delivered", None,
            "ck_claims_phase_exactly_on_transfers"),
    Refused("a transfer without a phase", "claims", {}, "phase", None, "delivered", "ck_claims_phase_exactly_on_transfers"),
    Refused("reversed dates of a claim", "claims", DATED, "date_latest", "2022-12-31", "2024-12-31", "ck_claims_date_in_order"),
    Refused("reversed dates of a statement", "statements", DATED, "date_latest", "2022-12-31", "2024-12-31",
            "ck_statements_date_in_order"),
    Refused("reversed days of publication", "articles",
            {"published_edtf": "2023", "published_basis": "stated", "published_earliest": "2023-01-01"}, "published_latest",
            "2022-12-31", "2023-12-31", "ck_articles_published_in_order"),
    Refused("reversed days of a post", "affiliation_dates", {}, "held_latest", "2024-01-30", "2024-02-01",
            "ck_affiliation_dates_held_in_order"),
    Refused("an end before the beginning", "affiliations", {"start_earliest": "2023-01-01"}, "end_latest", "2022-12-31",
            "2023-12-31", "ck_affiliations_end_after_start"),
    Refused("a name given up before it was used", "aliases", {"valid_from": "2023-01-01"}, "valid_to", "2022-12-31",
            "2023-12-31", "ck_aliases_valid_in_order"),
    Refused("a day cut short", "claims", DATED, "date_latest", "2023-2-3", "2023-02-03", "ck_claims_date_latest_is_day"),
    Refused("a day without end", "claims", DATED, "date_latest", "infinity", "2023-02-03", "ck_claims_date_latest_is_day"),
    Refused("bounds without a date", "claims", {"date_earliest": "2023-01-01", "date_basis": None}, "date_earliest",
            "2023-01-01", None, "ck_claims_date_bounds_need_edtf"),
    Refused("a date that comes from nowhere", "claims", {"date_edtf": "2023"}, "date_basis", None, "external",
            "ck_claims_date_edtf_and_basis_together"),
    Refused("low above high in a claim", "claims", COUNTED, "quantity_low", 3, 2, "ck_claims_quantity_in_order"),
    Refused("low above high in a statement", "statements", COUNTED, "quantity_low", 3, 2, "ck_statements_quantity_in_order"),
    Refused("a smallest value above the largest", "claims", VALUED, "value_low", 2_000_001, 2_000_000,
            "ck_claims_value_in_order"),
    Refused("a number without words", "claims", COUNTED, "quantity_text", None, "two", "ck_claims_quantity_needs_words"),
    Refused("a number of a statement without words", "statements", COUNTED, "quantity_text", None, "two",
            "ck_statements_quantity_needs_words"),
    Refused("a value without words", "claims", VALUED, "value_text", None, "two million", "ck_claims_value_needs_words"),
    Refused("a value without a currency", "claims", VALUED, "value_currency", None, "USD", "ck_claims_value_needs_currency"),
    Refused("words of a number without a unit", "claims", COUNTED, "quantity_unit", None, "item",
            "ck_claims_quantity_words_need_unit_scope_qualifier"),
    Refused("words of a number without a scope", "claims", COUNTED, "quantity_scope", None, "total",
            "ck_claims_quantity_words_need_unit_scope_qualifier"),
    Refused("words of a number without a qualifier", "statements", COUNTED, "quantity_qualifier", None, "exact",
            "ck_statements_quantity_words_need_unit_scope_qualifier"),
    Refused("a number of a meeting", "claims", {**COUNTED, "transfer_id": None, "phase": None, "meeting_id": "the-talks",
            "quantity_low": None, "quantity_high": None, "quantity_qualifier": None, "quantity_unit": None, "quantity_scope": None},
            "quantity_text", "two", None, "ck_claims_quantity_only_on_transfers"),
    Refused("a rate without a period", "claims", {**COUNTED, "quantity_scope": "per_period"}, "quantity_per", None, "month",
            "ck_claims_quantity_per_exactly_for_rates"),
    Refused("a rate of a statement without a period", "statements", {**COUNTED, "quantity_scope": "per_period"},
            "quantity_per", None, "month", "ck_statements_quantity_per_exactly_for_rates"),
    Refused("a period of what is no rate", "claims", COUNTED, "quantity_per", "month", None,
            "ck_claims_quantity_per_exactly_for_rates"),
    Refused("a claim deprecated without a reason", "claims", {"rank": "deprecated"}, "rank_reason", None, "a slip",
            "ck_claims_deprecated_needs_reason"),
    Refused("a statement deprecated without a reason", "statements", {"rank": "deprecated"}, "rank_reason", None, "a slip",
            "ck_statements_deprecated_needs_reason"),
    Refused("an inference without a reason", "evidence", {"basis": "inferred"}, "note", None, "follows",
            "ck_evidence_inferred_needs_note"),
    Refused("an article retracted without a reason", "articles", {"status": "retracted"}, "status_note", None, "withdrawn",
            "ck_articles_retracted_needs_reason"),
    Refused("a denial of nothing", "claims", {"stance": "denied"}, "denies", None, "event",
            "ck_claims_denies_exactly_when_denied"),
    Refused("an assertion that denies", "claims", {}, "denies", "event", None, "ck_claims_denies_exactly_when_denied"),
    Refused("an allegation without its words", "claims", {"stance": "alleged"}, "hedge_text", None, "reportedly",
            "ck_claims_hedge_exactly_when_alleged"),
    Refused("an assertion with words of doubt", "claims", {}, "hedge_text", "reportedly", None,
            "ck_claims_hedge_exactly_when_alleged"),
    Refused("a quotation without a quote", "statements", {"form": "direct"}, "quote", None, TEXT,
            "ck_statements_quoted_form_needs_quote"),
    Refused("a second transfer with the same key", "transfers",
            {"id": "iran-russia-drone-supply-2", "supplier_id": "iran", "recipient_id": "russia"}, "episode", "all", "second",
            "uq_transfers_key"),
    Refused("a supplier that is the recipient", "transfers", {}, "recipient_id", "russia", "iran",
            "ck_transfers_supplier_is_not_recipient"),
    Refused("evidence for two facts", "evidence", {}, "statement_id", "one-s01", None, "ck_evidence_one_target_at_most"),
    Refused("evidence for a claim and a name", "evidence", {}, "alias_id", "actor:iran:Tehran", None,
            "ck_evidence_one_target_at_most"),
    Refused("evidence from another article", "evidence", {}, "claim_id", "two-c01", "one-c01",
            "fk_evidence_claim_id_article_id"),
    Refused("evidence of a statement from another article", "evidence", {"claim_id": None}, "statement_id", "two-s01",
            "one-s01", "fk_evidence_statement_id_article_id"),
    Refused("a statement of another article", "claims", {}, "statement_id", "two-s01", "one-s01",
            "fk_claims_statement_id_article_id"),
    Refused("a supplier that nobody knows", "transfers", {"recipient_id": "iran"}, "supplier_id", "atlantis", "russia",
            "fk_transfers_supplier_id"),
    Refused("an upper-case actor", "actors", {}, "id", "Syria", "syria", "ck_actors_id_is_slug"),
    Refused("an upper-case article", "articles", {}, "id", "Three", "three", "ck_articles_id_is_slug"),
    Refused("an upper-case system", "systems", {}, "id", "missile-A", "missile-a", "ck_systems_id_is_slug"),
    Refused("an upper-case transfer", "transfers", {}, "id", "russia-iran-Drone", "russia-iran-drone",
            "ck_transfers_id_is_slug"),
    Refused("an upper-case meeting", "meetings", {}, "id", "Talks", "talks", "ck_meetings_id_is_slug"),
    Refused("an upper-case claim", "claims", {}, "id", "one-C02", "one-c02", "ck_claims_id_is_slug"),
    Refused("an id that ends with a hyphen", "actors", {}, "id", "syria-", "syria", "ck_actors_id_is_slug"),
    Refused("an id of one letter", "actors", {}, "id", "s", "sy", "ck_actors_id_length"),
    Refused("an id too long", "actors", {}, "id", "s" * 61, "s" * 60, "ck_actors_id_length"),
    Refused("a claim's id under another article", "claims", {}, "id", "two-c02", "one-c02", "ck_claims_id_starts_with_article"),
    Refused("a statement's id under another article", "statements", {}, "id", "two-s02", "one-s02",
            "ck_statements_id_starts_with_article"),
    Refused("a tombstone under another article", "removals", {}, "id", "two-c09", "one-c09",
            "ck_removals_id_starts_with_article"),
]


def _insert(connection: Connection, table: str, row: Row) -> None:
    columns = [column for column in row if row[column] is not None]
    marks = ", ".join(f":{column}" for column in columns)
    assert connection.run(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", {c: row[c] for c in columns}) == 1


def _fill(connection: Connection) -> None:
    with connection.transaction():
        for table, row in PRESENT:
            _insert(connection, table, row)


def _is_accepted(connection: Connection, table: str, row: Row) -> None:
    with connection.undone():
        _insert(connection, table, row)


def _is_refused(connection: Connection, table: str, row: Row, constraint: str) -> None:
    """Refused by the constraint that is meant; SQLite knows a UNIQUE by its columns and a foreign key by nothing."""
    with pytest.raises(RefusedError) as caught, connection.undone():
        _insert(connection, table, row)
    if connection.engine == "sqlite" and constraint.startswith("fk_"):
        assert _sqlite_code(caught.value) == "SQLITE_CONSTRAINT_FOREIGNKEY"
    elif connection.engine == "sqlite" and constraint.startswith("uq_"):
        assert _sqlite_code(caught.value) == "SQLITE_CONSTRAINT_UNIQUE"
        assert caught.value.constraint == ", ".join(f"{table}.{column}" for column in _columns_of(table, constraint))
    else:
        assert caught.value.constraint == constraint


def _sqlite_code(error: RefusedError) -> str:
    return str(getattr(error.__cause__, "sqlite_errorname", None))


def _columns_of(table: str, constraint: str) -> list[str]:
    found = next(each for each in Base.metadata.tables[table].constraints if each.name == constraint)
    return [column.name for column in found.columns]  # type: ignore[attr-defined]


def test_a_wrong_value_is_refused_by_its_constraint_and_the_mended_row_is_accepted(
    target: Target, subtests: pytest.Subtests,
) -> None:
    with writing(target) as connection:
        _fill(connection)
        for case in REFUSED:
            with subtests.test(case.says):
                row = {**FURTHER[case.table], **case.given}
                _is_refused(connection, case.table, {**row, case.column: case.bad}, case.constraint)
                _is_accepted(connection, case.table, {**row, case.column: case.mended})


def test_an_actor_in_use_cannot_be_deleted_and_one_without_use_can(target: Target) -> None:
    with writing(target) as connection:
        _fill(connection)
        with pytest.raises(RefusedError) as caught, connection.undone():
            connection.run("DELETE FROM actors WHERE id = :id", {"id": "iran"})
        if connection.engine == "sqlite":
            # With RESTRICT, SQLite looks by a trigger of its own.
            assert _sqlite_code(caught.value) in ("SQLITE_CONSTRAINT_FOREIGNKEY", "SQLITE_CONSTRAINT_TRIGGER")
            assert "FOREIGN KEY" in str(caught.value)
        else:
            assert caught.value.constraint.startswith("fk_")
        with connection.undone():
            _insert(connection, "actors", FURTHER["actors"])
            assert connection.run("DELETE FROM actors WHERE id = :id", {"id": "syria"}) == 1


# What a row needs beside the word of the list itself.
LIST_NEEDS: dict[str, Row] = {
    "denies": {"stance": "denied", "denies": "event"}, "condition": {"condition": "new"}, "deal": {"deal": "sale"},
    "uav_class": {"uav_class": "recon"}, "date_basis": {"date_edtf": "2023", "date_basis": "stated"},
    "published_basis": {"published_edtf": "2023", "published_basis": "stated"},
    "quantity_per": {**COUNTED, "quantity_scope": "per_period", "quantity_per": "day"},
    "quantity_qualifier": COUNTED, "quantity_unit": COUNTED, "quantity_scope": COUNTED,
}
LISTS = sorted(
    (table.name, str(check.name).removeprefix(f"ck_{table.name}_").removesuffix("_in_list"))
    for table in Base.metadata.sorted_tables for check in table.constraints if str(check.name).endswith("_in_list")
)


def test_a_day_that_does_not_exist_is_refused(target: Target) -> None:
    row = {**FURTHER["claims"], **DATED}
    with writing(target) as connection:
        _fill(connection)
        if connection.engine == "sqlite":
            _is_refused(connection, "claims", {**row, "date_latest": "2023-02-30"}, "ck_claims_date_latest_is_day")
        else:  # the check reads the text as a date, and reading it fails before there is an answer
            with pytest.raises(InputError, match="date/time field value out of range"), connection.undone():
                _insert(connection, "claims", {**row, "date_latest": "2023-02-30"})
        _is_accepted(connection, "claims", {**row, "date_latest": "2023-02-28"})


def test_an_unknown_word_is_refused_by_every_list(target: Target, subtests: pytest.Subtests) -> None:
    assert len(LISTS) > 40
    with writing(target) as connection:
        _fill(connection)
        for table, column in LISTS:
            with subtests.test(f"{table}.{column}"):
                row = {**FURTHER[table], **LIST_NEEDS.get(column, {})}
                assert row[column] is not None
                _is_refused(connection, table, {**row, column: "nonsense"}, f"ck_{table}_{column}_in_list")
                _is_accepted(connection, table, row)
