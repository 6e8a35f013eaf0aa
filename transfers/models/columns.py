"""What several tables share: the types, the checks in words, and the date, quantity and rank columns.

Types. Text everywhere; a number is BIGINT; a flag is 0 or 1. SQLite's tables are STRICT, which knows INTEGER, REAL, TEXT and
BLOB only, hence the variants. A DATE is text holding one full ISO day, checked by each engine in its own way.
"""

from __future__ import annotations

from typing import Annotated

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from transfers.vocabulary import words as lists

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")
REAL: sa.types.TypeEngine[float] = sa.Double().with_variant(sa.REAL, "sqlite")

ID_CHOSEN = 60  # characters of an id that a person chooses
ID_MADE = 240  # characters of an id that the program makes

Txt = Annotated[str, mapped_column(sa.Text)]
OptTxt = Annotated[str | None, mapped_column(sa.Text)]


class Base(DeclarativeBase):
    """The root of all tables; every table is STRICT on SQLite and every constraint has a name."""

    metadata = sa.MetaData(naming_convention=NAMING)


def required(comment: str, *, null: bool = False) -> Mapped[str]:
    """A TEXT column that says what it holds."""
    return mapped_column(sa.Text, nullable=null, comment=comment)


def optional(comment: str) -> Mapped[str | None]:
    """A TEXT column that may be empty (NULL)."""
    return mapped_column(sa.Text, nullable=True, comment=comment)


def key(comment: str) -> Mapped[str]:
    """A TEXT primary key."""
    return mapped_column(sa.Text, primary_key=True, comment=comment)


def refers(target: str, comment: str, *, null: bool = False, index: bool = True, primary: bool = False) -> Mapped[str]:
    """A foreign key to ``table.column``; nothing is ever deleted along it."""
    return mapped_column(
        sa.Text, sa.ForeignKey(target, ondelete="RESTRICT"), nullable=null, index=index, primary_key=primary, comment=comment,
    )


def refers_maybe(target: str, comment: str, *, index: bool = True) -> Mapped[str | None]:
    """A foreign key that may be NULL."""
    return mapped_column(
        sa.Text, sa.ForeignKey(target, ondelete="RESTRICT"), nullable=True, index=index, comment=comment,
    )


def one_of(column: str, allowed: lists.Words, name: str | None = None) -> sa.CheckConstraint:
    """The column holds one of the listed words (or NULL, where the column allows it).

    Alternatives and not IN: SQLite would make a table of the list anew for every row that it checks, 3 us each.
    """
    alternatives = " OR ".join(f"{column} = '{word}'" for word in allowed)
    return sa.CheckConstraint(alternatives, name=name or f"{column}_in_list")


def slug(column: str = "id", longest: int = ID_CHOSEN) -> list[sa.CheckConstraint]:
    """The column is a slug: ``[a-z0-9]+(-[a-z0-9]+)*`` of 2 to ``longest`` characters."""
    return [
        sa.CheckConstraint(f"length({column}) BETWEEN 2 AND {longest}", name=f"{column}_length"),
        sa.CheckConstraint(
            f"trim({column}, 'abcdefghijklmnopqrstuvwxyz0123456789-') = '' AND {column} NOT LIKE '-%' "
            f"AND {column} NOT LIKE '%-' AND {column} NOT LIKE '%--%'",
            name=f"{column}_is_slug",
        ),
    ]


def not_empty(*columns: str) -> list[sa.CheckConstraint]:
    """The columns do not hold the empty text (NULL passes where the column allows it)."""
    return [sa.CheckConstraint(f"length({column}) > 0", name=f"{column}_not_empty") for column in columns]


def is_day(*columns: str) -> list[sa.CheckConstraint]:
    """The columns hold one full ISO day or NULL.

    SQLite: plain ``date(x) = x`` lets 2023-02-30 pass on 3.40, hence the modifier. PostgreSQL: 'infinity' is a date, hence
    the length.
    """
    checks = []
    for column in columns:
        checks.append(
            sa.CheckConstraint(
                f"date({column}, '+0 days') IS {column}", name=f"{column}_is_day",
            ).ddl_if(dialect="sqlite")
        )
        checks.append(
            sa.CheckConstraint(
                f"length({column}) = 10 AND to_char({column}::date, 'YYYY-MM-DD') = {column}", name=f"{column}_is_day",
            ).ddl_if(dialect="postgresql")
        )
    return checks


def is_flag(*columns: str) -> list[sa.CheckConstraint]:
    """The columns hold 0 or 1."""
    return [sa.CheckConstraint(f"{column} IN (0, 1)", name=f"{column}_is_flag") for column in columns]


def exactly_one(columns: list[str], name: str, *, at_most: bool = False) -> sa.CheckConstraint:
    """Exactly one (or at most one) of several foreign keys is set: an owner is never a pair of table name and number."""
    total = " + ".join(f"(CASE WHEN {column} IS NULL THEN 0 ELSE 1 END)" for column in columns)
    return sa.CheckConstraint(f"{total} {'<=' if at_most else '='} 1", name=name)


def in_article(column: str = "id") -> sa.CheckConstraint:
    """The id begins with the id of its article and a hyphen."""
    return sa.CheckConstraint(
        f"substr({column}, 1, length(article_id) + 1) = article_id || '-'", name=f"{column}_starts_with_article",
    )


class DateColumns:
    """A date as printed, as EDTF and as the days it can mean; a NULL bound is open."""

    date_text: Mapped[str | None] = optional("The date in the words of the article.")
    date_edtf: Mapped[str | None] = optional("The date in EDTF (profile: docs/codebook.md, Dates).")
    date_earliest: Mapped[str | None] = optional("Earliest day it can mean (ISO); NULL = open.")
    date_latest: Mapped[str | None] = optional("Latest day it can mean (ISO); NULL = open.")
    date_basis: Mapped[str | None] = optional("Where the date comes from: stated, inferred, external.")


def date_checks(prefix: str = "date") -> list[sa.CheckConstraint]:
    """The checks of one group of date columns."""
    edtf, earliest, latest, basis = (f"{prefix}_{part}" for part in ("edtf", "earliest", "latest", "basis"))
    return [
        *is_day(earliest, latest),
        one_of(basis, lists.DATE_BASES),
        sa.CheckConstraint(f"{latest} >= {earliest}", name=f"{prefix}_in_order"),
        sa.CheckConstraint(
            f"{edtf} IS NOT NULL OR ({earliest} IS NULL AND {latest} IS NULL)", name=f"{prefix}_bounds_need_edtf",
        ),
        sa.CheckConstraint(f"({edtf} IS NULL) = ({basis} IS NULL)", name=f"{prefix}_edtf_and_basis_together"),
    ]


class QuantityColumns:
    """A number as printed and as the range it means."""

    quantity_text: Mapped[str | None] = optional("The number in the words of the article.")
    quantity_low: Mapped[int | None] = mapped_column(BIG, comment="Smallest number it can mean; NULL = open below.")
    quantity_high: Mapped[int | None] = mapped_column(BIG, comment="Largest number it can mean; NULL = open above.")
    quantity_qualifier: Mapped[str | None] = optional(
        "How the words bound the number: exact, about, at_least, at_most, range, worded, none."
    )
    quantity_unit: Mapped[str | None] = optional("What is counted.")
    quantity_scope: Mapped[str | None] = optional("Of what it is the number: the total, one event, an order, a period ...")
    quantity_per: Mapped[str | None] = optional("The period of a rate: day, month, year.")


def quantity_checks() -> list[sa.CheckConstraint]:
    """The checks of the quantity columns."""
    return [
        one_of("quantity_qualifier", lists.QUALIFIERS),
        one_of("quantity_unit", lists.UNITS),
        one_of("quantity_scope", lists.SCOPES),
        one_of("quantity_per", lists.PERIODS),
        sa.CheckConstraint("quantity_low >= 0", name="quantity_low_not_negative"),
        sa.CheckConstraint("quantity_high >= 0", name="quantity_high_not_negative"),
        sa.CheckConstraint("quantity_low <= quantity_high", name="quantity_in_order"),
        sa.CheckConstraint(
            "quantity_text IS NOT NULL OR (quantity_low IS NULL AND quantity_high IS NULL AND quantity_qualifier IS NULL "
            "AND quantity_unit IS NULL AND quantity_scope IS NULL)",
            name="quantity_needs_words",
        ),
        sa.CheckConstraint(
            "quantity_text IS NULL OR (quantity_unit IS NOT NULL AND quantity_scope IS NOT NULL "
            "AND quantity_qualifier IS NOT NULL)",
            name="quantity_words_need_unit_scope_qualifier",
        ),
        sa.CheckConstraint(
            "(quantity_per IS NOT NULL) = (quantity_scope IS NOT NULL AND quantity_scope = 'per_period')",
            name="quantity_per_exactly_for_rates",
        ),
    ]


class RankColumns:
    """Whether a row still counts. A wrong row is kept and deprecated with its reason, never deleted."""

    rank: Mapped[str] = required("preferred (shown first), normal, or deprecated (kept, but no longer current).")
    rank_reason: Mapped[str | None] = optional("Why the row is preferred or deprecated.")


def rank_checks() -> list[sa.CheckConstraint]:
    """The checks of the rank columns."""
    return [
        one_of("rank", lists.RANKS),
        sa.CheckConstraint("rank <> 'deprecated' OR rank_reason IS NOT NULL", name="deprecated_needs_reason"),
    ]


STRICT = {"sqlite_strict": True}
