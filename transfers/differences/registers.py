"""One release of a register as a side.

What is compared is what the release says of a deal. Its place in the file and our hash of it are left out; what is read out
of the comment is news only where the comment is the same, and how a cell is printed only where it reads differently nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Final

from transfers.differences.result import CELLS
from transfers.differences.sides import REGISTER, Row, Side, Table, as_orderly

if TYPE_CHECKING:
    from transfers.registers import Release

TABLE: Final = "register_rows"
COLUMNS: Final = (
    "external_id", "supplier", "recipient", "order_year", "designation", "description", "category", "order_year_uncertain",
    "ordered", "ordered_uncertain", "delivered", "delivered_uncertain", "delivery_years", "delivery_first", "delivery_last",
    "delivery_years_uncertain", "condition", "comment", "is_cancelled", "is_licensed", "is_second_hand", "is_aid", "via",
    "platform", "local_names", "tiv_unit", "tiv_ordered", "tiv_delivered", CELLS,
)
_COMMENT: Final = ("comment",)
DERIVED: Final = {
    "delivery_first": ("delivery_years",), "delivery_last": ("delivery_years",), "is_cancelled": _COMMENT,
    "is_licensed": _COMMENT, "is_second_hand": ("comment", "condition"), "is_aid": _COMMENT, "via": _COMMENT,
    "platform": _COMMENT, "local_names": _COMMENT, CELLS: COLUMNS[:-1],
}
_DEAL: Final = ("supplier", "recipient", "order_year", "designation")  # no key: deals collide; but nothing tells them apart better
_YEAR: Final = ("external_id", "delivery_years")
KEYS: Final = {
    "trade_register": _DEAL, "rtf": _DEAL, "deliveries": _YEAR, "deals_and_tivs": _YEAR, "columns_22": ("external_id",),
}


def release_side(release: Release, name: str) -> Side:
    """A release that was read from a file.

    Raises:
        TransfersError: the file is not what it seemed to be.
    """
    return register_side(name, release.form, release.selection, map(attrgetter(*COLUMNS), release))


def register_side(name: str, form: str, selection: str | None, rows: Iterable[Row]) -> Side:
    """A release from its rows.

    Args:
        name: how to speak of it.
        form: one of `KEYS`.
        selection: what the release says it is a selection of.
        rows: cells in the order of `COLUMNS`, in any order of rows.
    """
    key = KEYS[form]
    key_of = itemgetter(*[COLUMNS.index(column) for column in key], len(COLUMNS) - 1)
    ordered = sorted(rows, key=lambda row: as_orderly(key_of(row)))
    return Side(REGISTER, name, [Table(TABLE, COLUMNS, key, ordered, DERIVED)], form=form, selection=selection)
