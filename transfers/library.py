"""The library: `transfers.open` and what it gives back. Reads only; imports nothing that it does not need."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from transfers.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from transfers.db import Connection
    from transfers.matching import Proposal
    from transfers.queries import Rows

# What pandas calls the kinds of columns; all others are text.
_DTYPES = {"day": "day", "integer": "Int64", "number": "Float64"}


@dataclass(frozen=True, slots=True)
class Claim:
    """What one article says of one transfer: a row of `v_transfer_claims`. NULL is None; a day is ISO text."""

    claim: str
    transfer: str
    supplier: str
    supplier_name: str
    recipient: str
    recipient_name: str
    system: str
    system_name: str
    article: str
    outlet: str
    article_title: str | None
    published: str | None
    stance: str
    denies: str | None
    hedge: str | None
    phase: str
    said_by: str | None
    said_by_name: str | None
    via: str | None
    quantity_text: str | None
    quantity_low: int | None
    quantity_high: int | None
    quantity_qualifier: str | None
    quantity_unit: str | None
    quantity_scope: str | None
    quantity_per: str | None
    date_text: str | None
    date_edtf: str | None
    date_earliest: str | None
    date_latest: str | None
    date_basis: str | None
    end_use: str | None
    summary: str
    quote: str | None
    start_char: int | None
    end_char: int | None
    inferred: dict[str, str]
    rank: str
    review: str
    credibility: str
    reliability: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Side:
    """What one row of a register says of a transfer, and how that stands to the claims: the second half of `v_transfer_registers`.

    It is somebody else's figure and no evidence of ours. Flags are 0 or 1.
    """

    register: str
    dataset: str
    form: str
    release: str
    row_number: int
    match: str
    register_supplier: str
    register_recipient: str
    designation: str
    description: str | None
    ordered: int | None
    ordered_uncertain: int
    delivered: int | None
    delivered_uncertain: int
    order_year: int | None
    order_year_uncertain: int
    delivery_years: str | None
    delivery_years_uncertain: int
    condition: str | None
    is_cancelled: int
    comment: str | None
    event_compared: str
    delivered_compared: str
    ordered_compared: str
    dates_compared: str
    differs_on: str | None


@dataclass(frozen=True, slots=True)
class Transfer:
    """One transfer as its current claims have it: a row of `v_transfers`.

    It does not say that the transfer happened; ``standing`` does. ``claims`` are the current claims on it in their order:
    all of them, also those that a filter on claims did not ask for. ``claim_count`` is their number. ``registers`` are the rows
    of registers that are accepted for it; empty unless they were asked for.
    """

    id: str
    supplier: str
    supplier_name: str
    recipient: str
    recipient_name: str
    system: str
    system_name: str
    category: str
    kind: str
    episode: str
    episodes: int
    standing: str
    phase: str | None
    claim_count: int
    origins: int
    denials: int
    disputes: int
    denials_elsewhere: int
    quantity_low: int | None
    quantity_high: int | None
    planned_low: int | None
    planned_high: int | None
    first_date: str | None
    last_date: str | None
    articles: int
    claims: tuple[Claim, ...] = field(default=(), repr=False)
    registers: tuple[Side, ...] = field(default=(), repr=False)


class Database:
    """An open database that can only be read. Use it in a ``with`` statement, or close it."""

    def __init__(self, db: str | None = None, collection: str | None = None) -> None:
        """Open a database.

        Args:
            db: path or URL; else ``TRANSFERS_DB``, else the database of the collection around the current folder.
            collection: the folder of a collection.

        Raises:
            DatabaseError: it is missing, damaged, foreign, or has another schema.
        """
        from transfers.settings import Settings

        self._settings = Settings()
        self._settings.db, self._settings.collection, self._settings.silent = db, collection, True
        self._open = ExitStack()
        self._connection: Connection = self._open.enter_context(self._settings.reading())
        self._typed: Connection | None = None

    def query(self, *, registers: bool = False, **filters: Any) -> list[Transfer]:
        """The transfers that fit, each with its current claims, ordered as by the command line.

        Args:
            registers: also what registers say of each.
            filters: as `transfers query` has them, each one value or a list of them: ``system``, ``family``, ``exact``,
                ``supplier``, ``recipient``, ``actor``, ``kind``, ``phase``, ``stance``, ``standing``, ``since``, ``until``,
                ``outlet``, ``reviewed``, ``limit`` (10000 unless given).

        Raises:
            InputError: nobody knows a name, or two entries share it.
            UsageError: a value is outside its list, or a date outside the EDTF profile.
        """
        from transfers.queries.filters import as_filter
        from transfers.queries.transfers import find_claims_of, find_transfers

        rows = find_transfers(self._connection, as_filter(filters))
        claims: dict[str, list[Claim]] = {row[0]: [] for row in rows.rows}
        for row in find_claims_of(self._connection, list(claims)).rows:
            claim = Claim(*row)
            claims[claim.transfer].append(claim)
        sides: dict[str, list[dict[str, Any]]] = {}
        if registers:
            from transfers.queries.beside import find_sides_of

            sides = find_sides_of(self._connection, list(claims))
        return [
            Transfer(
                **dict(zip(TRANSFER_FIELDS, row, strict=True)), claims=tuple(claims[row[0]]),
                registers=tuple(Side(**side) for side in sides.get(row[0], ())),
            )
            for row in rows.rows
        ]

    def proposals(
        self, *, transfers: Iterable[str] = (), registers: Iterable[str] = (), grades: Iterable[str] = (),
    ) -> list[Proposal]:
        """Which rows of imported registers may be which transfers and are not decided on, as by `transfers match`.

        Args:
            transfers: only these, by id.
            registers: only these, by id.
            grades: only these: ``strong``, ``medium``, ``weak``.

        Raises:
            InputError: there is no such register or transfer.
        """
        from transfers.matching import find_decisions, find_proposals

        decisions = find_decisions(self._connection)
        return find_proposals(self._connection, decisions, transfers=transfers, registers=registers, grades=grades)

    def sql(self, query: str) -> list[dict[str, Any]]:
        """The rows of one query that only reads, as dictionaries.

        Raises:
            InputError: the query does not run.
        """
        return list(self._rows(query).dicts())

    def frame(self, view_or_sql: str) -> pd.DataFrame:
        """A view or table, or one query that only reads, as a pandas DataFrame.

        Days are parsed (open ones are NaT), numbers are nullable integers; so they are when there are no rows. A column that a
        query names in its own way has the type of its values.

        Raises:
            InputError: pandas is not installed, or the query does not run.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise InputError("frame() needs pandas, which is not installed: pip install 'transfers[notebook]'") from error
        from transfers.queries.kinds import kind_of

        named = view_or_sql.strip()
        is_name = named.isidentifier()
        other = "string" if is_name else ""
        rows = self._rows(f"SELECT * FROM {named}" if is_name else named)
        # By position until the end: a query may give two columns one name.
        frame = pd.DataFrame(rows.rows, columns=range(len(rows.columns)), dtype=object)
        found = {at: _typed(frame[at], _DTYPES.get(kind_of(name), other)) for at, name in enumerate(rows.columns)}
        frame = pd.DataFrame(found, index=frame.index)
        frame.columns = pd.Index(rows.columns)
        return frame

    def _rows(self, query: str) -> Rows:
        from transfers.queries import Rows

        if self._typed is None:
            # One of its own: what a user types may read this database and do nothing else.
            self._typed = self._open.enter_context(self._settings.reading(untrusted=True))
        columns, rows = self._typed.table(query)
        return Rows(columns, rows)

    def close(self) -> None:
        """Close the database; closing twice does nothing."""
        self._open.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open(db: str | None = None, collection: str | None = None) -> Database:  # noqa: A001 - as transfers.open
    """Open a database for reading.

    Args:
        db: path or URL; else ``TRANSFERS_DB``, else the database of the collection around the current folder.
        collection: the folder of a collection.

    Raises:
        DatabaseError: it is missing, damaged, foreign, or has another schema.
    """
    return Database(db, collection)


def _typed(values: pd.Series[Any], kind: str) -> pd.Series[Any]:
    """A column with the type of its kind; with that of its values where they are something else, or of no known kind."""
    import pandas as pd

    try:
        if kind == "day":
            return pd.to_datetime(values, format="%Y-%m-%d").astype("datetime64[us]")
        if kind and (kind != "string" or values.isna().all()):
            return values.astype(kind)
    except (TypeError, ValueError):
        pass  # a query that calls something else by this name
    if values.map(type).eq(Decimal).any():  # PostgreSQL's sums and means
        return pd.to_numeric(values.astype("Float64")).convert_dtypes()
    return values.convert_dtypes()


# The order of the columns of a view is the order of the fields; a test holds the two equal.
CLAIM_FIELDS = tuple(one.name for one in fields(Claim))
TRANSFER_FIELDS = tuple(one.name for one in fields(Transfer))[:-2]
