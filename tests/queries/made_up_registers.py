"""Registers of made-up deals, written by hand as an import would write them."""

from __future__ import annotations

import hashlib
from typing import Any

from .story import Story

LICENCE = "Made-up data for tests. Ask nobody."
_ROW: dict[str, Any] = {
    "external_id": None, "cells": "[]", "supplier": "Iran", "recipient": "Russia", "designation": "Shahed-136",
    "description": "one-way attack drone", "category": None, "order_year": 2022, "order_year_uncertain": 0, "ordered": None,
    "ordered_uncertain": 0, "delivered": None, "delivered_uncertain": 0, "delivery_years": None, "delivery_years_uncertain": 0,
    "condition": "new", "comment": None, "is_cancelled": 0, "is_licensed": 0, "is_second_hand": 0, "is_aid": 0, "via": None,
    "platform": None, "local_names": None, "tiv_unit": None, "tiv_ordered": None, "tiv_delivered": None,
}


def write_register(story: Story, id_: str, *rows: dict[str, Any], form: str = "trade_register", release: str = "2025-03-13") -> list[str]:
    """A register with such rows; what is not said of a row is as above. The fingerprints of the rows."""
    story.insert(
        "registers", id=id_, dataset="sipri", form=form, release=release, generated_on=None, selection=None,
        sha256=(id_.encode().hex() * 64)[:64], row_count=len(rows), licence=LICENCE,
    )
    return [_write_row(story, id_, number, {**_ROW, **row}) for number, row in enumerate(rows, start=1)]


def _write_row(story: Story, register: str, number: int, row: dict[str, Any]) -> str:
    years = [int(year) for year in (row["delivery_years"] or "").split("; ") if year]
    said = tuple(row[name] for name in (
        "supplier", "recipient", "designation", "order_year", "order_year_uncertain", "ordered", "ordered_uncertain", "delivered",
        "delivered_uncertain", "delivery_years", "condition", "comment",
    ))
    fingerprint = hashlib.sha256(repr(said).encode()).hexdigest()[:16]
    story.insert(
        "register_rows", register_id=register, row_number=number, line=number + 11, fingerprint=fingerprint, **row,
        delivery_first=min(years, default=None), delivery_last=max(years, default=None),
    )
    for year in years:
        story.insert("register_years", register_id=register, row_number=number, year=year)
    return fingerprint


def decide(story: Story, transfer: str, fingerprint: str, decision: str = "accepted", **deal: Any) -> None:
    """The decision of a person on a deal."""
    key = {name: deal.get(name, _ROW[name]) for name in ("supplier", "recipient", "designation", "order_year")}
    story.insert(
        "register_matches", dataset="sipri", **key, fingerprint=fingerprint, transfer_id=transfer, decision=decision, reviewer="cd",
        reviewed_on="2025-01-31", why="made up",
    )


def name_in_sipri(story: Story, owner: str, value: str, kind: str = "actor") -> None:
    """A name of the register that somebody has decided."""
    owners = {"actor_id": None, "system_id": None, "place_id": None, f"{kind}_id": owner}
    story.insert("identifiers", scheme="sipri", value=value, source="made up", **owners)
