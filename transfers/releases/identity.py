"""What an id stands for, and whether it still does: ids that were once published never change their meaning."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from transfers.differences import Side

Row = dict[str, Any]
Kept = dict[str, dict[str, Row]]  # by table: by id: the row, for claims and statements with its `quote`

# What people cite, by table, and the word for one of it.
KINDS: Final = {
    "actors": "actor", "articles": "article", "claims": "claim", "meetings": "meeting", "places": "place",
    "statements": "statement", "systems": "system", "topics": "topic", "transfers": "transfer",
}
# An id means something else when all columns of one of these groups are other than they were. Names are put right, a claim is
# filed under another transfer, an article's file is fetched again; but not all of it at once.
_CHANGED: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "actors": (("name", "kind"),),
    "articles": (("outlet_id",), ("text_sha256", "url", "title")),
    "claims": (("article_id",), ("quote", "transfer_id", "meeting_id")),
    "meetings": (("title", "article_id"), ("title", "kind")),
    "places": (("name", "country_code"),),
    "statements": (("article_id",), ("quote", "speaker_id")),
    "systems": (("name", "category"),),
    "topics": (("name", "note"),),
    "transfers": (("supplier_id",), ("recipient_id",), ("system_id",), ("kind",), ("episode",)),
}
_BESIDE: Final = ("former_ids", "removals")


def read_kept(side: Side) -> Kept:
    """The rows with ids that people cite, and those that say what became of ids."""
    found: Kept = {name: {} for name in (*KINDS, *_BESIDE)}
    quotes: dict[tuple[str, str], str] = {}
    for table in side.tables:
        if table.name == "evidence":
            quotes = _quotes(table.columns, table.rows)
        elif table.name in found:
            at = table.columns.index("id")
            found[table.name] = {row[at]: dict(zip(table.columns, row, strict=True)) for row in table.rows}
        else:
            for _ in table.rows:  # a side is read in step: no table is passed over
                pass
    for (name, id_), quote in quotes.items():
        if id_ in found[name]:
            found[name][id_]["quote"] = quote
    return found


def _quotes(columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> dict[tuple[str, str], str]:
    found = {}
    at = {name: columns.index(name) for name in ("claim_id", "statement_id", "field", "exact")}
    for row in rows:
        if row[at["field"]] == "whole":
            for name, column in (("claims", "claim_id"), ("statements", "statement_id")):
                if row[at[column]]:
                    found[name, row[at[column]]] = row[at["exact"]]
    return found


def find_changed(before: Kept, after: Kept) -> list[str]:
    """In sentences: the ids that meant something else in the release before."""
    found = []
    for table, groups in _CHANGED.items():
        for id_, old in before[table].items():
            new = after[table].get(id_)
            changed = [group for group in groups if new is not None and _are_other(group, old, new)]
            if changed and new is not None:
                columns = [column for column in changed[0] if old.get(column) is not None or new.get(column) is not None]
                was, now = (", ".join(str(row.get(column)) for column in columns) for row in (old, new))
                found.append(f"{KINDS[table]} {id_} is something else than it was: {', '.join(columns)}: {was!r} then, {now!r} now")
    return found


def _are_other(columns: tuple[str, ...], old: Row, new: Row) -> bool:
    """Whether all columns that hold something in one of them differ, and one does."""
    pairs = [(old.get(column), new.get(column)) for column in columns if old.get(column) or new.get(column)]
    return bool(pairs) and all(one != other for one, other in pairs)
