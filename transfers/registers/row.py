"""One row of a register, with what its form and its comment say, and the hash that a decision about it names."""

from __future__ import annotations

import hashlib
from json.encoder import encode_basestring as as_json
from typing import NamedTuple


class RegisterRow(NamedTuple):
    """One row as the table ``register_rows`` has it, but for the register it stands in; the columns are described there."""

    row_number: int
    line: int
    external_id: str | None
    fingerprint: str
    cells: str
    supplier: str
    recipient: str
    designation: str
    description: str | None
    category: str | None
    order_year: int | None
    order_year_uncertain: int
    ordered: int | None
    ordered_uncertain: int
    delivered: int | None
    delivered_uncertain: int
    delivery_years: str | None
    delivery_first: int | None
    delivery_last: int | None
    delivery_years_uncertain: int
    condition: str | None
    comment: str | None
    is_cancelled: int
    is_licensed: int
    is_second_hand: int
    is_aid: int
    via: str | None
    platform: str | None
    local_names: str | None
    tiv_unit: float | None
    tiv_ordered: float | None
    tiv_delivered: float | None

    @property
    def years(self) -> tuple[int, ...]:
        """The years of delivery, ascending."""
        return tuple(map(int, self.delivery_years.split("; "))) if self.delivery_years else ()


COLUMNS = RegisterRow._fields


def as_json_array(cells: list[str]) -> str:
    """The cells as a JSON array of texts."""
    return "[" + ",".join(map(as_json, cells)) + "]"


def as_fingerprint(
    dataset: str, supplier: str, recipient: str, designation: str, order_year: int | None, order_year_uncertain: int,
    ordered: int | None, ordered_uncertain: int, delivered: int | None, delivered_uncertain: int, delivery_years: str | None,
    condition: str | None, comment: str | None,
) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of these values as a JSON array in UTF-8, without blanks between them."""
    said = (
        f"[{as_json(dataset)},{as_json(supplier)},{as_json(recipient)},{as_json(designation)},"
        f"{'null' if order_year is None else order_year},{order_year_uncertain},{'null' if ordered is None else ordered},"
        f"{ordered_uncertain},{'null' if delivered is None else delivered},{delivered_uncertain},"
        f"{'null' if delivery_years is None else as_json(delivery_years)},{'null' if condition is None else as_json(condition)},"
        f"{'null' if comment is None else as_json(comment)}]"
    )
    return hashlib.sha256(said.encode()).hexdigest()[:16]
