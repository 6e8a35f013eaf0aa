"""What a user can ask for of transfers, and how it is said in SQL."""

from __future__ import annotations

from transfers.errors import UsageError

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from transfers.db import Connection
    from transfers.queries.rows import Where
    from transfers.vocabulary.dates import Days


class Filter:
    """Which transfers are wanted. Several values of one kind mean any of them, different kinds mean all of them together.

    Attributes:
        system: systems by id or name, with what falls under them.
        family: climb from each system to its family first.
        exact: take systems and actors by id or main name, and nothing that belongs to them.
        supplier: suppliers by id or name, with what is part of them.
        recipient: recipients, likewise.
        actor: on either side, likewise.
        include_predecessors: with the actors also those whose place they have taken; with ``exact`` too.
        kind: kinds of transfer.
        standing: how the sources stand to each other.
        phase: phases that a claim gives.
        stance: stances of a claim.
        outlet: outlets that a claim was read in.
        since: an EDTF date; a claim fits when what it says can lie on its first day or later.
        until: an EDTF date; a claim fits when what it says can lie on its last day or earlier.
        reviewed: only claims from records that are accepted as they stand now.
        limit: the largest number of rows.
    """

    __slots__ = (
        "actor", "exact", "family", "include_predecessors", "kind", "limit", "outlet", "phase", "recipient", "reviewed", "since",
        "stance", "standing", "supplier", "system", "until",
    )

    def __init__(
        self, *, system: Sequence[str] = (), family: bool = False, exact: bool = False, supplier: Sequence[str] = (),
        recipient: Sequence[str] = (), actor: Sequence[str] = (), kind: Sequence[str] = (), standing: Sequence[str] = (),
        phase: Sequence[str] = (), stance: Sequence[str] = (), outlet: Sequence[str] = (), since: str | None = None,
        until: str | None = None, reviewed: bool = False, limit: int = 100, include_predecessors: bool = False,
    ) -> None:
        if family and exact:
            raise UsageError("--family and --exact exclude each other")
        self.system, self.family, self.exact = system, family, exact
        self.supplier, self.recipient, self.actor, self.include_predecessors = supplier, recipient, actor, include_predecessors
        self.kind, self.standing, self.phase, self.stance, self.outlet = kind, standing, phase, stance, outlet
        self.since, self.until, self.reviewed, self.limit = since, until, reviewed, limit


_FLAGS = ("family", "exact", "reviewed", "include_predecessors")
_TEXTS = ("since", "until")
_LISTS = {"kind": "TRANSFER_KINDS", "standing": "STANDINGS", "phase": "PHASES", "stance": "STANCES"}
MOST = 10_000  # rows


def as_filter(wanted: dict[str, Any]) -> Filter:
    """A filter of keyword arguments, where one value may stand for a list of one.

    Raises:
        UsageError: there is no such filter, or a value is of the wrong kind or outside its list.
    """
    from transfers.vocabulary import words

    values: dict[str, Any] = {"limit": MOST}
    for name, value in wanted.items():
        if name not in Filter.__slots__:
            raise UsageError(f"there is no filter {name!r}; the filters are: {', '.join(Filter.__slots__)}")
        if name in _FLAGS:
            values[name] = bool(value)
        elif name == "limit":
            if not isinstance(value, int) or not 0 <= value <= MOST:
                raise UsageError(f"limit is a number from 0 to {MOST}")
            values[name] = value
        elif name in _TEXTS:
            values[name] = value
        else:
            values[name] = [value] if isinstance(value, str) else list(value)
    for name, listed in _LISTS.items():
        for word in values.get(name, ()):
            if word not in getattr(words, listed):
                raise UsageError(f"{name} knows no {word!r}; it is one of: {', '.join(getattr(words, listed))}")
    return Filter(**values)


def add_transfer_conditions(where: Where, connection: Connection, wanted: Filter) -> None:
    """Conditions on a transfer ``t`` itself.

    Raises:
        InputError: nobody knows a name, or two entries share it.
    """
    if wanted.system or wanted.supplier or wanted.recipient or wanted.actor:
        from transfers.queries.names import find_actor_ids, find_system_ids
    actors = {"exact": wanted.exact, "predecessors": wanted.include_predecessors}
    if wanted.system:
        where.among("t.system_id", find_system_ids(connection, wanted.system, exact=wanted.exact, family=wanted.family))
    if wanted.supplier:
        where.among("t.supplier_id", find_actor_ids(connection, wanted.supplier, **actors))
    if wanted.recipient:
        where.among("t.recipient_id", find_actor_ids(connection, wanted.recipient, **actors))
    if wanted.actor:
        listed = where.listed(find_actor_ids(connection, wanted.actor, **actors))
        where.add(f"(t.supplier_id IN ({listed}) OR t.recipient_id IN ({listed}))")
    if wanted.kind:
        where.among("t.kind", wanted.kind)


def has_claim_conditions(wanted: Filter) -> bool:
    """Whether the filter asks anything of single claims."""
    return bool(wanted.phase or wanted.stance or wanted.outlet or wanted.since or wanted.until or wanted.reviewed)


def add_claim_conditions(where: Where, connection: Connection, wanted: Filter) -> None:
    """Conditions that one current claim ``c`` must fit all together.

    Raises:
        InputError: nobody knows an outlet, or two entries share the name.
        UsageError: a date is outside the EDTF profile.
    """
    add_indexed_conditions(where, connection, wanted)
    add_days(where, "c", wanted.since, wanted.until)
    if wanted.reviewed:
        where.add("c.article_id IN (SELECT v.article FROM v_review_status v WHERE v.review = 'accepted')")


def add_indexed_conditions(where: Where, connection: Connection, wanted: Filter) -> None:
    """Those of the conditions on a claim ``c`` that an index can answer alone."""
    if wanted.phase:
        where.among("c.phase", wanted.phase)
    if wanted.stance:
        where.among("c.stance", wanted.stance)
    if wanted.outlet:
        from transfers.queries.names import require_id

        outlets = [require_id(connection, "actor", name, exact=wanted.exact) for name in wanted.outlet]
        where.add(f"c.article_id IN (SELECT a.id FROM articles a WHERE a.outlet_id IN ({where.listed(outlets)}))")


def add_days(where: Where, table: str, since: str | None, until: str | None) -> None:
    """Keep the claims or statements that can lie between the first day of ``since`` and the last day of ``until``.

    An open end is as far as one likes. What has no date can lie on the days on which its article can have been published.

    Raises:
        UsageError: a date is outside the EDTF profile.
    """
    first = read_date("--since", since).earliest if since else None
    last = read_date("--until", until).latest if until else None
    published = []
    if first:
        where.params["first_day"] = first
        published.append("(a.published_latest IS NULL OR a.published_latest >= :first_day)")
    if last:
        where.params["last_day"] = last
        published.append("(a.published_earliest IS NULL OR a.published_earliest <= :last_day)")
    if not published:
        return
    own = []
    if first:
        own.append(f"({table}.date_latest IS NULL OR {table}.date_latest >= :first_day)")
    if last:
        own.append(f"({table}.date_earliest IS NULL OR {table}.date_earliest <= :last_day)")
    where.add(
        f"CASE WHEN {table}.date_edtf IS NOT NULL THEN {' AND '.join(own)} "
        f"ELSE {table}.article_id IN (SELECT a.id FROM articles a WHERE {' AND '.join(published)}) END"
    )


def read_date(option: str, text: str) -> Days:
    """The days of an EDTF date that an option was given.

    Raises:
        UsageError: the date is outside the profile.
    """
    from transfers.vocabulary.dates import DateError, read_edtf

    try:
        return read_edtf(text)
    except DateError as error:
        raise UsageError(f"{option}: {error}") from error
