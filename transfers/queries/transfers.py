"""Transfers and the claims on them, filtered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transfers.queries.filters import add_claim_conditions, add_transfer_conditions, has_claim_conditions
from transfers.queries.rows import Row, Rows, Where, ordered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transfers.db import Connection
    from transfers.queries.filters import Filter

_ORDER = ("supplier", "recipient", "system", "kind", "episode")
_KEY = ("t.supplier_id", "t.recipient_id", "t.system_id", "t.kind", "t.episode")

# What a transfer must have so that it can have a standing at all. The view decides; this only keeps it from working out the
# standing of every transfer when a rare one is wanted.
_CAN_STAND = {
    "reported": "c.stance = 'asserted'",
    "alleged": "c.stance = 'alleged'",
    "contested": "c.denies = 'event'",
    "denied_only": "c.denies = 'event'",
    "details_disputed": "c.denies <> 'event'",
}
_FIRST_CHUNK, _LARGEST_CHUNK = 200, 3200


def find_transfers(connection: Connection, wanted: Filter) -> Rows:
    """The transfers that fit, ordered by supplier, recipient, system, kind, episode.

    Raises:
        InputError: nobody knows a name, or two entries share it.
        UsageError: a date is outside the EDTF profile.
    """
    where = Where(connection.engine)
    add_transfer_conditions(where, connection, wanted)
    if has_claim_conditions(wanted):
        claim = Where(connection.engine)
        claim.params = where.params
        add_claim_conditions(claim, connection, wanted)
        where.add(f"EXISTS (SELECT 1 FROM v_current_claims c WHERE c.transfer_id = t.id AND {claim})")
    if wanted.standing:
        return _find_standing(connection, where, wanted.standing, wanted.limit)
    ids = _page(connection, where, wanted.limit + 1, 0)
    columns, rows = _rows_of(connection, ids[:wanted.limit], ())
    return Rows(columns, rows, more=len(ids) > wanted.limit)


def _page(connection: Connection, where: Where, limit: int, offset: int) -> list[str]:
    """Ids of transfers in their order."""
    rows = connection.rows(
        f"SELECT t.id FROM transfers t WHERE {where} ORDER BY {ordered(connection.engine, *_KEY)} LIMIT :limit OFFSET :offset",
        {**where.params, "limit": limit, "offset": offset},
    )
    return [row[0] for row in rows]


def _rows_of(connection: Connection, ids: Sequence[str], standing: Sequence[str]) -> tuple[list[str], list[Row]]:
    where = Where(connection.engine)
    where.among("id", ids)
    if standing:
        where.among("standing", standing)
    order = ordered(connection.engine, *_ORDER)
    return connection.table(f"SELECT * FROM v_transfers WHERE {where} ORDER BY {order}", where.params)


def _find_standing(connection: Connection, where: Where, standing: Sequence[str], limit: int) -> Rows:
    """Transfers of one standing: candidates in their order, chunk by chunk, until there are enough."""
    if "withdrawn" not in standing:
        can = " OR ".join(sorted({_CAN_STAND[one] for one in standing}))
        where.add(f"EXISTS (SELECT 1 FROM claims c WHERE c.transfer_id = t.id AND ({can}))")
    elif len(standing) == 1:
        where.add("NOT EXISTS (SELECT 1 FROM v_current_claims c WHERE c.transfer_id = t.id)")
    columns, found = _rows_of(connection, (), ())
    offset, chunk = 0, _FIRST_CHUNK
    while len(found) <= limit:
        ids = _page(connection, where, chunk, offset)
        found += _rows_of(connection, ids, standing)[1]
        if len(ids) < chunk:
            break
        offset, chunk = offset + chunk, min(2 * chunk, _LARGEST_CHUNK)
    return Rows(columns, found[:limit], more=len(found) > limit)


def find_claims(connection: Connection, wanted: Filter) -> Rows:
    """The current claims that fit, in the order of their transfers, then by earliest day (none last) and id.

    Raises:
        InputError: nobody knows a name, or two entries share it.
        UsageError: a date is outside the EDTF profile.
    """
    where = Where(connection.engine)
    add_transfer_conditions(where, connection, wanted)
    add_claim_conditions(where, connection, wanted)
    order = ordered(connection.engine, *_KEY, "c.date_earliest?", "c.id")
    rows = connection.rows(
        f"""SELECT c.id FROM transfers t JOIN v_current_claims c ON c.transfer_id = t.id
        WHERE {where} ORDER BY {order} LIMIT :limit""",
        {**where.params, "limit": wanted.limit + 1},
    )
    ids = [row[0] for row in rows]
    columns, rows = _claim_rows(connection, ids[:wanted.limit])
    return Rows(columns, rows, more=len(ids) > wanted.limit)


def _claim_rows(connection: Connection, ids: Sequence[str]) -> tuple[list[str], list[Row]]:
    """The rows of claims in the order of their ids."""
    where = Where(connection.engine)
    where.among("claim", ids)
    columns, rows = connection.table(f"SELECT * FROM v_transfer_claims WHERE {where}", where.params)
    place = {one: index for index, one in enumerate(ids)}
    rows.sort(key=lambda row: place[row[0]])
    return columns, rows
