"""Rows of views and tables as dictionaries, in an order that no engine has a say in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from transfers.db import Connection

Object = dict[str, Any]


def read_objects(connection: Connection, sql: str) -> list[Object]:
    """The rows of a query, sorted by all their cells (nothing before something)."""
    columns, rows = connection.table(sql)
    ordered = sorted(rows, key=lambda row: [(value is not None, value) for value in row])
    return [dict(zip(columns, row, strict=True)) for row in ordered]


def as_compact_json(value: Any) -> str:
    """A value as JSON without blanks, every character as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def grouped(objects: list[Object], key: str) -> dict[str, list[Object]]:
    """The objects by what they have under a key; those with nothing there are left out."""
    found: dict[str, list[Object]] = {}
    for one in objects:
        if one[key] is not None:
            found.setdefault(one[key], []).append(one)
    return found


def as_title(transfer: Object) -> str:
    """A transfer in one line."""
    episode = "" if transfer["episode"] == "all" else f", {transfer['episode']}"
    kind = transfer["kind"].replace("_", " ")
    return f"{transfer['supplier_name']} to {transfer['recipient_name']}: {transfer['system_name']} ({kind}{episode})"


def as_standing(transfer: Object) -> str:
    """How the sources of a transfer stand to each other, in one line."""
    parts = [transfer["standing"].replace("_", " "), *([transfer["phase"].replace("_", " ")] if transfer["phase"] else [])]
    counts = ("claims", "origins", "denials", "disputes", "denials_elsewhere")
    return "; ".join([*parts, *(f"{word.replace('_', ' ')} {transfer[word]}" for word in counts)])
