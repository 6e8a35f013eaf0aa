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
    plain = "".join(cells)
    if plain.isprintable() and '"' not in plain and "\\" not in plain:  # nearly always: then nothing needs an escape
        return '["' + '","'.join(cells) + '"]'
    return "[" + ",".join(map(as_json, cells)) + "]"


def as_json_value(value: str | int | None) -> str:
    """A text, a whole number or None as JSON."""
    if value is None:
        return "null"
    return as_json(value) if isinstance(value, str) else str(value)


def as_fingerprint(said: str) -> str:
    """The hash that a decision about a deal names.

    Args:
        said: the JSON array, without blanks between its values, of data set, supplier, recipient, designation, order year and
            whether it is uncertain, number ordered and whether it is uncertain, number delivered and whether it is uncertain,
            years of delivery, condition, comment.

    Returns:
        The first 16 hexadecimal digits of the SHA-256 of its UTF-8.
    """
    return hashlib.sha256(said.encode()).hexdigest()[:16]
