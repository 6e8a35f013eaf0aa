"""Registers: what other people's data sets say of transfers. They never pass for evidence of our own.

A row is kept as it was printed, cell by cell, with what its form says beside it. Who its names are is not stored with it:
the registry says so (``identifiers`` of the register's scheme), so that a row needs no second look when a name is decided.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from transfers.models.columns import (
    BIG,
    REAL,
    STRICT,
    Base,
    is_day,
    is_flag,
    key,
    not_empty,
    one_of,
    optional,
    refers,
    required,
    slug,
)
from transfers.models.columns import ID_MADE as LONGEST
from transfers.vocabulary import words as lists


def _number(comment: str) -> Mapped[int | None]:
    return mapped_column(BIG, nullable=True, comment=comment)


def _flag(comment: str) -> Mapped[int]:
    return mapped_column(sa.Integer, comment=f"{comment}: 1 = yes, 0 = no.")


def _tiv(comment: str) -> Mapped[float | None]:
    return mapped_column(REAL, nullable=True, comment=f"{comment}, in millions of SIPRI trend-indicator values. Not money.")


class Register(Base):
    """One row is one file of one release of a register."""

    __tablename__ = "registers"
    id: Mapped[str] = key("Data set, form and release, for example sipri-trade-register-2025-03-13.")
    dataset: Mapped[str] = required("Whose register it is: sipri.")
    form: Mapped[str] = required("In which of its published forms.")
    release: Mapped[str] = required("The day it was generated (ISO) where the file says so, else what the user called it.")
    generated_on: Mapped[str | None] = optional("Day the file was generated, as it says (ISO).")
    selection: Mapped[str | None] = optional("What the file says it is a selection of.")
    sha256: Mapped[str] = required("Hash of the file.")
    row_count: Mapped[int] = mapped_column(BIG, comment="Rows of the file.")
    licence: Mapped[str] = required("Whose data they are and what may be done with them.")
    __table_args__ = (
        *slug("id", LONGEST), one_of("dataset", lists.REGISTER_DATASETS), one_of("form", lists.REGISTER_FORMS),
        *not_empty("release", "licence"), *is_day("generated_on"),
        sa.CheckConstraint("length(sha256) = 64", name="sha256_length"),
        sa.CheckConstraint("row_count >= 0", name="row_count_not_negative"),
        sa.UniqueConstraint("sha256"), STRICT,
    )


class RegisterRow(Base):
    """One row is one row of a register: a deal, or what was delivered of a deal in one year, as its form has it."""

    __tablename__ = "register_rows"
    register_id: Mapped[str] = refers("registers.id", "The file it stands in.", index=False, primary=True)
    row_number: Mapped[int] = mapped_column(
        BIG, primary_key=True, autoincrement=False, comment="Its number among the rows of the file, from 1.",
    )
    line: Mapped[int] = mapped_column(BIG, comment="Line of the file on which it begins, from 1.")
    external_id: Mapped[str | None] = optional("The register's own number of the deal, where the form has one.")
    fingerprint: Mapped[str] = required("Hash of what it says of the deal; a decision about it names this.")
    cells: Mapped[str] = required("The cells as printed: a JSON array of texts.")
    supplier: Mapped[str] = required("The supplier as printed.")
    recipient: Mapped[str] = required("The recipient as printed.")
    designation: Mapped[str] = required("The weapon designation as printed.")
    description: Mapped[str | None] = optional("The weapon description as printed.")
    category: Mapped[str | None] = optional("The armament category as printed.")
    order_year: Mapped[int | None] = mapped_column(sa.Integer, comment="Year of the order.")
    order_year_uncertain: Mapped[int] = _flag("The register marks the year of the order as uncertain")
    ordered: Mapped[int | None] = _number("Number ordered; NULL = the register does not say.")
    ordered_uncertain: Mapped[int] = _flag("The register marks the number ordered as uncertain")
    delivered: Mapped[int | None] = _number("Number delivered in the years of the row; NULL = the register does not say.")
    delivered_uncertain: Mapped[int] = _flag("The register marks the number delivered as uncertain")
    delivery_years: Mapped[str | None] = optional("Years of delivery, ascending, with '; ' between them.")
    delivery_first: Mapped[int | None] = mapped_column(sa.Integer, comment="First year of delivery.")
    delivery_last: Mapped[int | None] = mapped_column(sa.Integer, comment="Last year of delivery.")
    delivery_years_uncertain: Mapped[int] = _flag("The register marks the years of delivery as uncertain")
    condition: Mapped[str | None] = optional("The status of the register: new, second_hand, modernised.")
    comment: Mapped[str | None] = optional("The comment as printed.")
    is_cancelled: Mapped[int] = _flag("The comment says that the order, or a part of it, was cancelled")
    is_licensed: Mapped[int] = _flag("The register speaks of production or assembly in the recipient's country")
    is_second_hand: Mapped[int] = _flag("Status or comment says, or takes for possible, that they were second-hand")
    is_aid: Mapped[int] = _flag("The comment says, or takes for possible, that it was aid")
    via: Mapped[str | None] = optional("Through whom it went, in the words of the comment.")
    platform: Mapped[str | None] = optional("For which platform it is, in the words of the comment.")
    local_names: Mapped[str | None] = optional(
        "National designations that the comment gives: a JSON array of {whose, name}, in the words of the comment.",
    )
    tiv_unit: Mapped[float | None] = _tiv("Value of one")
    tiv_ordered: Mapped[float | None] = _tiv("Value of the order")
    tiv_delivered: Mapped[float | None] = _tiv("Value of what was delivered")
    __table_args__ = (
        *not_empty("fingerprint", "supplier", "recipient", "designation"),
        one_of("condition", lists.CONDITIONS),
        *is_flag(
            "order_year_uncertain", "ordered_uncertain", "delivered_uncertain", "delivery_years_uncertain", "is_cancelled",
            "is_licensed", "is_second_hand", "is_aid",
        ),
        sa.CheckConstraint("row_number > 0", name="row_number_from_one"), sa.CheckConstraint("line > 0", name="line_from_one"),
        sa.CheckConstraint("ordered >= 0", name="ordered_not_negative"),
        sa.CheckConstraint("delivered >= 0", name="delivered_not_negative"),
        sa.CheckConstraint("order_year BETWEEN 1900 AND 2100", name="order_year_in_range"),
        sa.CheckConstraint("delivery_first BETWEEN 1900 AND 2100", name="delivery_first_in_range"),
        sa.CheckConstraint("delivery_last BETWEEN delivery_first AND 2100", name="delivery_last_in_order"),
        sa.CheckConstraint(
            "(delivery_years IS NULL) = (delivery_first IS NULL) AND (delivery_first IS NULL) = (delivery_last IS NULL)",
            name="delivery_years_together",
        ),
        sa.Index("ix_register_rows_deal", "supplier", "recipient", "designation", "order_year"),
        sa.Index("ix_register_rows_recipient", "recipient"), sa.Index("ix_register_rows_designation", "designation"),
        sa.Index("ix_register_rows_external_id", "external_id"), STRICT,
    )


class RegisterYear(Base):
    """One row is one year in which a row of a register has deliveries."""

    __tablename__ = "register_years"
    register_id: Mapped[str] = key("The file.")
    row_number: Mapped[int] = mapped_column(BIG, primary_key=True, autoincrement=False, comment="The row of the file.")
    year: Mapped[int] = mapped_column(sa.Integer, primary_key=True, autoincrement=False, comment="A year with deliveries.")
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["register_id", "row_number"], ["register_rows.register_id", "register_rows.row_number"],
            name="fk_register_years_register_id", ondelete="RESTRICT",
        ),
        sa.CheckConstraint("year BETWEEN 1900 AND 2100", name="year_in_range"),
        sa.Index("ix_register_years_year", "year"), STRICT,
    )


class RegisterMatch(Base):
    """One row is the decision of a person that a deal of a register is, or is not, a transfer.

    It names the deal and not a row, so that it holds for every release; the fingerprint tells whether the register still says
    what it said when the decision was taken.
    """

    __tablename__ = "register_matches"
    dataset: Mapped[str] = key("Whose register it is.")
    supplier: Mapped[str] = key("The supplier as the register prints it.")
    recipient: Mapped[str] = key("The recipient as the register prints it.")
    designation: Mapped[str] = key("The weapon designation as the register prints it.")
    order_year: Mapped[int] = mapped_column(sa.Integer, primary_key=True, autoincrement=False, comment="Year of the order.")
    fingerprint: Mapped[str] = key("What the register said of the deal when the decision was taken: register_rows.fingerprint.")
    transfer_id: Mapped[str] = refers("transfers.id", "The transfer.", primary=True)
    decision: Mapped[str] = required("accepted or rejected.")
    reviewer: Mapped[str] = required("Who decided.")
    reviewed_on: Mapped[str] = required("Day of the decision (ISO).")
    why: Mapped[str] = required("The reason.")
    __table_args__ = (
        one_of("dataset", lists.REGISTER_DATASETS), one_of("decision", lists.MATCH_DECISIONS), *is_day("reviewed_on"),
        *not_empty("supplier", "recipient", "designation", "fingerprint", "reviewer", "why"),
        sa.CheckConstraint("order_year BETWEEN 1900 AND 2100", name="order_year_in_range"), STRICT,
    )
