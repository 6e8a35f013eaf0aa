"""Transfers and the claims on them, filtered."""

from __future__ import annotations

from transfers.queries.filters import (
    add_claim_conditions,
    add_indexed_conditions,
    add_transfer_conditions,
    has_claim_conditions,
)
from transfers.queries.rows import Rows, Where, find_ids, find_pairs, find_rows, ordered, read_json

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Sequence

    from transfers.db import Connection
    from transfers.queries.filters import Filter

_KEY = ("t.supplier_id", "t.recipient_id", "t.system_id", "t.kind", "t.episode")

# A claim without which a transfer cannot have the standing. The view decides; this spares looking at every transfer when few
# can have it. Nothing of the kind is known of `withdrawn`.
_NEEDS = {
    "reported": "c.stance = 'asserted'",
    "alleged": "c.stance = 'alleged'",
    "contested": "c.stance = 'denied' AND c.denies = 'event'",
    "denied_only": "c.stance = 'denied' AND c.denies = 'event'",
    "details_disputed": "c.stance = 'denied' AND c.denies <> 'event'",
}
# Claims: with fewer that fit, it costs less to look them all up than to ask one transfer after the other for one. With more,
# the first page is full long before every transfer was asked. The engines cannot choose: they know neither how many fit nor
# that one page is enough.
_FEW = 500
_FEW_TO_STAND = 2000  # it takes longer to find the standing of a transfer than one claim that fits


def find_transfers(connection: Connection, wanted: Filter) -> Rows:
    """The transfers that fit, ordered by supplier, recipient, system, kind, episode.

    Raises:
        InputError: nobody knows a name, or two entries share it.
        UsageError: a date is outside the EDTF profile.
    """
    where = Where()
    add_transfer_conditions(where, connection, wanted)
    if has_claim_conditions(wanted):
        claim = Where(where.params)
        add_claim_conditions(claim, connection, wanted)
        fits = f"v_current_claims c WHERE {claim}"
        if _fit_few(connection, wanted):
            where.add(f"t.id IN (SELECT c.transfer_id FROM {fits})")
        else:
            where.add(f"EXISTS (SELECT 1 FROM {fits} AND c.transfer_id = t.id)")
    if wanted.standing:
        _add_standing(where, connection, wanted.standing)
    sql = f"SELECT t.id FROM transfers t WHERE {where} ORDER BY {ordered(connection.engine, *_KEY)}"
    ids, more = find_ids(connection, sql, where.params, wanted.limit)
    rows = find_rows(connection, "v_transfers", ids)
    rows.more = more
    return rows


def _fit_few(connection: Connection, wanted: Filter) -> bool:
    """Whether few claims fit the conditions that an index answers."""
    claim = Where()
    add_indexed_conditions(claim, connection, wanted)
    return bool(claim.parts) and _are_fewer(connection, claim, _FEW)


def _are_fewer(connection: Connection, claim: Where, number: int) -> bool:
    rows = connection.rows(f"SELECT count(*) FROM (SELECT 1 FROM claims c WHERE {claim} LIMIT {number}) few", claim.params)
    return bool(rows[0][0] < number)


def _add_standing(where: Where, connection: Connection, standing: Sequence[str]) -> None:
    """The condition that a transfer has one of these standings now."""
    from transfers.schema.claim_views import STANDING

    if "withdrawn" not in standing:
        claim = Where()
        claim.add("(" + " OR ".join(sorted({f"({_NEEDS[one]})" for one in standing})) + ")")
        if _are_fewer(connection, claim, _FEW_TO_STAND):
            where.add(f"t.id IN (SELECT c.transfer_id FROM claims c WHERE {claim})")
    elif len(standing) == 1:
        where.add("NOT EXISTS (SELECT 1 FROM v_current_claims c WHERE c.transfer_id = t.id)")
    where.among(f"(SELECT {STANDING} FROM v_current_claims c WHERE c.transfer_id = t.id)", standing)


def find_claims(connection: Connection, wanted: Filter) -> Rows:
    """The current claims that fit, in the order of their transfers, then by earliest day (none last) and id.

    ``inferred`` is a dictionary: the field, and why it follows.

    Raises:
        InputError: nobody knows a name, or two entries share it.
        UsageError: a date is outside the EDTF profile.
    """
    where = Where()
    add_transfer_conditions(where, connection, wanted)
    add_claim_conditions(where, connection, wanted)
    if wanted.standing:
        _add_standing(where, connection, wanted.standing)
    order = ordered(connection.engine, *_KEY, "c.date_earliest?", "c.id")
    # CROSS JOIN makes SQLite go through the transfers in their order and stop when the page is full.
    join = "," if _fit_few(connection, wanted) else " CROSS JOIN"
    sql = f"SELECT c.id FROM transfers t{join} v_current_claims c WHERE c.transfer_id = t.id AND {where} ORDER BY {order}"
    ids, more = find_ids(connection, sql, where.params, wanted.limit)
    rows = _claim_rows(connection, ids)
    rows.more = more
    return rows


def find_claims_of(connection: Connection, transfers: Sequence[str]) -> Rows:
    """All current claims on these transfers, by earliest day (none last) and id."""
    found = find_pairs(
        connection, "c.id, c.date_earliest FROM v_current_claims c", "c.transfer_id", transfers,
    )
    found.sort(key=lambda row: (row[1] is None, row[1] or "", row[0]))
    return _claim_rows(connection, [row[0] for row in found])


def _claim_rows(connection: Connection, ids: Sequence[str]) -> Rows:
    """The rows of claims in the order of their ids; what the view has as JSON text is read."""
    rows = find_rows(connection, "v_transfer_claims", ids, key="claim")
    rows.rows = read_json(rows, "inferred")
    return rows
