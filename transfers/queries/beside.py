"""Transfers with what registers say of them beside the claims."""

from __future__ import annotations

from transfers.queries.rows import Rows, find_pairs

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from transfers.db import Connection
    from transfers.queries.filters import Filter
    from transfers.queries.rows import Row

_VIEW = "v_transfer_registers"


def has_registers(connection: Connection) -> bool:
    """Whether there are rows of any register."""
    return bool(connection.rows("SELECT 1 FROM register_rows LIMIT 1"))


def find_transfers_with_registers(connection: Connection, wanted: Filter) -> Rows:
    """The transfers that fit, one row for each row of a register that is accepted for it, one without where there is none.

    The columns are those of `v_transfer_registers`. Transfers come in the order of `find_transfers`, their rows by data set,
    release, register and number.

    Raises:
        InputError: nobody knows a name, or two entries share it.
        UsageError: a date is outside the EDTF profile.
    """
    from transfers.queries.transfers import find_transfers  # pages of transfers have no use for it

    transfers = find_transfers(connection, wanted)
    columns = connection.table(f"SELECT * FROM {_VIEW} WHERE 1 = 0")[0]
    sides = _grouped(columns, find_pairs(connection, f"* FROM {_VIEW}", "transfer", [row[0] for row in transfers.rows]))
    found: list[Row] = []
    for transfer in transfers.dicts():
        alone = {**transfer, "transfer": transfer["id"]}
        found += sides.get(transfer["id"]) or [tuple(alone.get(column) for column in columns)]
    return Rows(columns, found[:wanted.limit], more=transfers.more or len(found) > wanted.limit)


def find_sides_of(connection: Connection, transfers: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """What registers say of each of these transfers, where they say anything: the register's part of the rows of the view."""
    columns = connection.table(f"SELECT * FROM {_VIEW} WHERE 1 = 0")[0]
    start = columns.index("register")
    grouped = _grouped(columns, find_pairs(connection, f"* FROM {_VIEW}", "transfer", transfers))
    return {
        transfer: [dict(zip(columns[start:], row[start:], strict=True)) for row in rows] for transfer, rows in grouped.items()
    }


def find_registers_of(connection: Connection, transfer: str) -> list[dict[str, Any]]:
    """What registers say of one transfer: what the view has beside the claims, and the licence of each register."""
    sides = find_sides_of(connection, [transfer]).get(transfer)
    if not sides:
        return []
    licences: dict[str, str] = dict(connection.rows("SELECT id, licence FROM registers"))
    return [{**side, "licence": licences[side["register"]]} for side in sides]


def _grouped(columns: Sequence[str], rows: Sequence[Row]) -> dict[str, list[Row]]:
    """The rows of each transfer in their order."""
    places = [columns.index(column) for column in ("dataset", "release", "register", "row_number")]
    grouped: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: tuple(row[place] for place in places)):
        grouped.setdefault(row[0], []).append(row)
    return grouped
