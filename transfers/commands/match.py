"""`transfers match`: what is proposed, what is decided, and the joins of two forms, as rows."""

from __future__ import annotations

import os
import time
from collections import Counter

from transfers.commands.output import show_rows, write
from transfers.errors import DatabaseError, InputError
from transfers.matching import (
    append_decisions,
    find_decisions,
    find_held,
    find_proposals,
    join_forms,
    make_entries,
    read_decided,
)
from transfers.matching.decided import Held
from transfers.matching.forms import RULES, Joined
from transfers.matching.imported import find_owners, read_deals, read_deliveries
from transfers.matching.proposals import Proposal
from transfers.queries.rows import Rows
from transfers.records.collection import find_root
from transfers.render.visible import as_line

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from transfers.db import Connection
    from transfers.matching.forms import Deal
    from transfers.records.matches import ReadMatches
    from transfers.render.formats import Format
    from transfers.settings import Settings

_JOINED = (
    "rule", "row", "external_id", "supplier_name", "recipient_name", "designation", "order_year", "delivered", "joined_designation",
    "joined_order_year", "joined_delivered", "comment",
)
_LEFT = ("ambiguous", "without")


def show_proposals(settings: Settings, wanted: Format, *, limit: int, **asked: Iterable[str]) -> None:
    """Print the proposals that nobody has decided on."""
    with settings.reading() as connection:
        found = find_proposals(connection, find_decisions(connection, _read_file(settings)), **asked)
        _say_what_is_missing(settings, connection)
    rows = Rows(Proposal._fields, [tuple(one) for one in found[:limit]], more=len(found) > limit)
    if wanted.kind == "table" and found:
        write("".join(f"{as_line(line)}\n" for one in found[:limit] for line in _as_lines(one)))
        if rows.more:
            settings.say(f"note: the first {limit} are shown, there are {len(found):,}; --limit takes up to 10000")
    else:
        show_rows(settings, rows, wanted, _proposals_for_people)


def _as_lines(one: Proposal) -> list[str]:
    """A proposal for people to decide on: the row, what it says, and each reason on a line of its own."""
    order = "?" if one.order_year is None else one.order_year
    ordered = "number ordered not said" if one.ordered is None else f"{one.ordered:,} ordered"
    delivered = "number delivered not said" if one.delivered is None else f"{one.delivered:,} delivered"
    lines = [
        f"{one.grade}: {one.register}:{one.row} as {one.transfer}",
        f"    {one.supplier_name} to {one.recipient_name}, {one.designation}, order of {order}: {ordered}, {delivered}"
        + (f" ({one.delivery_years})" if one.delivery_years else ""),
    ]
    if one.comment:
        lines.append(f"    {one.comment}")
    return [*lines, *(f"  - {reason}" for reason in one.reasons), *([f"  - earlier: {one.earlier}"] if one.earlier else [])]


def _say_what_is_missing(settings: Settings, connection: Connection) -> None:
    if not connection.rows("SELECT 1 FROM registers LIMIT 1"):
        settings.say("note: no register is imported; see: transfers import sipri FILE")


def _proposals_for_people(rows: Rows) -> tuple[list[str], list[Any]]:
    columns = ["row", "transfer", "grade", "deal", "ordered", "delivered", "years", "reasons"]
    cells = [
        [
            f"{row['register']}:{row['row']}", row["transfer"], row["grade"],
            f"{row['supplier_name']}, {row['recipient_name']}, {row['designation']}, {row['order_year']}", row["ordered"],
            row["delivered"], row["delivery_years"],
            "; ".join([*row["reasons"], *([f"earlier: {row['earlier']}"] if row["earlier"] else [])]),
        ]
        for row in rows.dicts()
    ]
    return columns, cells


def show_decided(settings: Settings, wanted: Format, *, limit: int, transfers: Iterable[str], registers: Iterable[str]) -> None:
    """Print the decisions, each with the rows that it holds for."""
    only = (set(transfers), set(registers))
    with settings.reading() as connection:
        held = find_held(connection, find_decisions(connection, _read_file(settings)))
    held = [one for one in held if (not only[0] or one.transfer in only[0]) and (not only[1] or one.register in only[1])]
    rows = Rows(Held._fields, [tuple(one) for one in held[:limit]], more=len(held) > limit)
    show_rows(settings, rows, wanted, _held_for_people)


def _held_for_people(rows: Rows) -> tuple[list[str], list[Any]]:
    columns = ["transfer", "match", "row", "deal", "reviewer", "on", "why", "loaded"]
    cells = [
        [
            row["transfer"], row["match"] or f"{row['decision']}, no row",
            f"{row['register']}:{row['row']}" if row["register"] else None,
            f"{row['supplier_name']}, {row['recipient_name']}, {row['designation']}, {row['order_year']}", row["reviewer"],
            row["reviewed_on"], row["why"], "yes" if row["is_loaded"] else "no",
        ]
        for row in rows.dicts()
    ]
    return columns, cells


def decide(settings: Settings, place: str, transfer: str, decision: str, *, reviewer: str, why: str, on: str | None) -> None:
    """Append a decision to the file of the collection."""
    root = find_root(settings.collection)
    said = {"reviewer": reviewer, "reviewed_on": on or time.strftime("%Y-%m-%d"), "why": why}
    with settings.reading() as connection:
        entries = make_entries(connection, place, transfer, decision, **said)
        register = place.rpartition(":")[0]
        proposed = any(
            one.fingerprint in {entry["fingerprint"] for entry in entries}
            for one in find_proposals(connection, registers=[register], transfers=[transfer])
        )
    path = append_decisions(root, entries)
    deal = entries[0]["deal"]
    settings.say(
        f"{decision}: {deal['supplier']}, {deal['recipient']}, {deal['designation']}, {deal['order_year']} as {transfer}; "
        f"added to {path}, and transfers load brings it in"
    )
    if decision == "accepted" and not proposed:
        settings.say("note: it had not been proposed: names, system or kind do not fit by the registry")


def show_joined(settings: Settings, wanted: Format, deals: str, deliveries: str, *, left: bool) -> None:
    """Join two forms, say how far each rule got, and print the joins."""
    if os.path.lexists(deals) and os.path.lexists(deliveries):
        try:
            with settings.reading() as connection:
                owners = find_owners(connection)
        except (DatabaseError, InputError):
            owners = {}
            settings.say("note: there is no database that says which names are of one country; they are taken as printed")
        joined = join_forms(read_deals(None, deals), read_deliveries(None, deliveries), owners)
    else:
        with settings.reading() as connection:
            joined = join_forms(read_deals(connection, deals), read_deliveries(connection, deliveries), find_owners(connection))
    for line in _summary(joined):
        settings.say(line)
    rows: list[tuple[Any, ...]] = [
        (join.rule, int(join.deal.ref), join.delivery.ref, *_shown(join.deal), *_shown(join.delivery)[2:], join.deal.comment)
        for join in joined.joins
    ]
    if left:
        for word, found in zip(_LEFT, (joined.ambiguous, joined.without), strict=True):
            rows += [(word, int(deal.ref), None, *_shown(deal), None, None, None, deal.comment) for deal in found]
    show_rows(settings, Rows(_JOINED, rows), wanted, _joined_for_people)


def _joined_for_people(rows: Rows) -> tuple[list[str], list[Any]]:
    columns = ["rule", "row", "id", "supplier", "recipient", "designation", "order", "delivered", "there", "order there"]
    return columns, [row[:10] for row in rows.rows]


def _shown(deal: Deal) -> tuple[str, str, str, int | None, int | None]:
    return (*deal.printed, deal.designation, deal.order_year, deal.delivered)


def _summary(joined: Joined) -> list[str]:
    total = len(joined.joins) + len(joined.ambiguous) + len(joined.without)
    count = Counter(join.rule for join in joined.joins)
    years = f"{joined.years[0]} to {joined.years[1]}"
    lines = [
        f"{total:,} deals with deliveries from {years}, {joined.ids:,} ids; {joined.outside:,} deals lie outside of that selection",
        *(f"{_share(count[name], total)} {name}: {rule.says}" for name, rule in RULES.items()),
        f"{_share(len(joined.joins), total)} joined in all",
        f"{_share(len(joined.ambiguous), total)} ambiguous: a rule finds several, so nothing is joined",
        f"{_share(len(joined.without), total)} without a partner",
    ]
    return lines if total else lines[:1]


def _share(count: int, total: int) -> str:
    return f"{count:7,} {count / total if total else 0:6.1%} "


def _read_file(settings: Settings) -> ReadMatches | None:
    """The decisions of the collection around here, if it is one; they count before they are loaded."""
    try:
        root = find_root(settings.collection)
    except InputError:
        if settings.collection:
            raise
        return None
    return read_decided(root)
