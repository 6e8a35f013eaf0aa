"""What happened and was said, in the order of time."""

from __future__ import annotations

from transfers.queries.filters import add_days
from transfers.queries.names import find_actor_ids, find_system_ids
from transfers.queries.rows import Row, Rows, Where, find_pairs, ordered
from transfers.schema.claim_views import RETRACTED, meeting_rows

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Sequence

    from transfers.db import Connection

COLUMNS = ("kind", "id", "title", "date_edtf", "date_earliest", "date_latest", "article")
KINDS = ("transfer", "meeting", "statement")
_AT_ONCE = 500  # ids in one statement


class Span:
    """What part of the timeline is wanted.

    Attributes:
        actor: ids of actors who are a side of a transfer, took part in a meeting, or spoke; empty = all.
        system: ids of systems that were transferred, shown at a meeting, or spoken of in a statement behind a claim; empty = all.
        since: an EDTF date, or None.
        until: an EDTF date, or None.
        limit: the largest number of rows of each kind, plus one.
    """

    __slots__ = ("actor", "limit", "since", "system", "until")

    def __init__(
        self, actor: Sequence[str], system: Sequence[str], since: str | None, until: str | None, limit: int,
    ) -> None:
        self.actor, self.system, self.since, self.until, self.limit = actor, system, since, until, limit


def find_timeline(
    connection: Connection, *, kind: Sequence[str] = (), actor: Sequence[str] = (), system: Sequence[str] = (),
    since: str | None = None, until: str | None = None, include_predecessors: bool = False, limit: int = 100,
) -> Rows:
    """Transfers, meetings and statements by earliest day (none last), kind and id.

    A transfer has one row for each date that claims which do not deny it give, with the first article that gives it.

    Args:
        connection: the database.
        kind: transfer, meeting, statement; empty = all.
        actor: who is a side, took part or spoke, or whoever is part of them.
        system: what was transferred, shown or spoken of, with what falls under it.
        since: an EDTF date; it can lie on its first day or later.
        until: an EDTF date; it can lie on its last day or earlier.
        include_predecessors: with each actor also those whose place it has taken.
        limit: the largest number of rows.

    Raises:
        InputError: nobody knows a name, or two entries share it.
        UsageError: a date is outside the EDTF profile.
    """
    span = Span(
        find_actor_ids(connection, actor, predecessors=include_predecessors), find_system_ids(connection, system),
        since, until, limit + 1,
    )
    find = {"transfer": _find_transfers, "meeting": _find_meetings, "statement": _find_statements}
    rows = [row for one in KINDS if not kind or one in kind for row in find[one](connection, span)]
    rows.sort(key=lambda row: (row[4] is None, row[4] or "", KINDS.index(row[0]), row[1], row[3] or ""))
    return Rows(COLUMNS, _titled(connection, rows[:limit]), more=len(rows) > limit)


def _find_transfers(connection: Connection, span: Span) -> list[Row]:
    """One row for each transfer and date, read claim by claim along the index of dates until there are enough."""
    where = Where()
    where.add("c.transfer_id IS NOT NULL AND c.stance <> 'denied'")
    if span.actor:
        listed = where.listed(span.actor)
        where.add(
            f"c.transfer_id IN (SELECT t.id FROM transfers t WHERE t.supplier_id IN ({listed}) OR t.recipient_id IN ({listed}))"
        )
    if span.system:
        where.add(f"c.transfer_id IN (SELECT t.id FROM transfers t WHERE t.system_id IN ({where.listed(span.system)}))")
    add_days(where, "c", span.since, span.until)
    found: dict[tuple[str, str | None], Row] = {}
    _add_dated(connection, where, span.limit, found)
    if len(found) < span.limit:
        _add_undated(connection, where, span.limit, found)
    return list(found.values())[:span.limit]


_CLAIMS = "SELECT c.transfer_id, c.date_edtf, c.date_earliest, c.date_latest, c.article_id FROM v_current_claims c"


def _add_dated(connection: Connection, where: Where, limit: int, found: dict[tuple[str, str | None], Row]) -> None:
    """Add what has a first day. Without those that have none, the days are in order in their index."""
    order = ordered(connection.engine, "c.date_earliest", "c.transfer_id", "c.date_edtf?", "c.article_id")
    sql = f"{_CLAIMS} WHERE {where} AND c.date_earliest IS NOT NULL ORDER BY {order} LIMIT :at_most OFFSET :passed"
    passed, at_most = 0, limit + limit // 2
    while len(found) < limit:
        rows = connection.rows(sql, {**where.params, "at_most": at_most, "passed": passed})
        _add_first(rows, found)
        passed += at_most
        if len(rows) < at_most:
            break
        at_most *= 4  # many claims speak of few transfers: each further round reads all that were passed


def _add_undated(connection: Connection, where: Where, limit: int, found: dict[tuple[str, str | None], Row]) -> None:
    """Add what has no first day. So many rows come from no more transfers, and these are found along their index."""
    ids = connection.rows(
        f"SELECT c.transfer_id FROM v_current_claims c WHERE {where} AND c.date_earliest IS NULL GROUP BY c.transfer_id "
        f"ORDER BY {ordered(connection.engine, 'c.transfer_id')} LIMIT :at_most", {**where.params, "at_most": limit},
    )
    order = ordered(connection.engine, "c.transfer_id", "c.date_edtf?", "c.article_id")
    for start in range(0, len(ids), _AT_ONCE):
        some = Where()
        some.params = {**where.params}
        some.among("c.transfer_id", [row[0] for row in ids[start:start + _AT_ONCE]])
        _add_first(connection.rows(
            f"{_CLAIMS} WHERE {where} AND {some} AND c.date_earliest IS NULL ORDER BY {order}", some.params,
        ), found)


def _add_first(rows: Sequence[Row], found: dict[tuple[str, str | None], Row]) -> None:
    for id_, edtf, earliest, latest, article in rows:
        found.setdefault((id_, edtf), ("transfer", id_, None, edtf, earliest, latest, article))


def _find_meetings(connection: Connection, span: Span) -> list[Row]:
    where, claim = Where(), Where()
    claim.params = where.params
    if span.actor:
        where.add(
            "m.id IN (SELECT c.meeting_id FROM claim_actors x JOIN v_current_claims c ON c.id = x.claim_id "
            f"WHERE x.actor_id IN ({where.listed(span.actor)}) AND c.stance <> 'denied')"
        )
    if span.system:
        where.add(
            "m.id IN (SELECT c.meeting_id FROM claim_systems x JOIN v_current_claims c ON c.id = x.claim_id "
            f"WHERE x.system_id IN ({where.listed(span.system)}) AND c.stance <> 'denied')"
        )
    add_days(claim, "c", span.since, span.until)
    where.add(f"EXISTS (SELECT 1 FROM v_current_claims c WHERE c.meeting_id = m.id AND c.stance <> 'denied' AND {claim})")
    rows = connection.rows(
        "SELECT g.id, g.title, g.date_edtf, g.date_earliest, g.date_latest, "
        f"(SELECT d.article_id FROM meetings d WHERE d.id = g.id) FROM ({meeting_rows(str(where))}) g "
        f"ORDER BY {ordered(connection.engine, 'g.date_earliest?', 'g.id')} LIMIT :at_most",
        {**where.params, "at_most": span.limit},
    )
    return [("meeting", *row) for row in rows]


def _find_statements(connection: Connection, span: Span) -> list[Row]:
    where = Where()
    where.add(f"s.rank <> 'deprecated' AND s.article_id NOT IN ({RETRACTED})")
    if span.actor:
        where.among("s.speaker_id", span.actor)
    if span.system:
        where.add(
            "s.id IN (SELECT c.statement_id FROM transfers t JOIN claims c ON c.transfer_id = t.id "
            f"WHERE t.system_id IN ({where.listed(span.system)}))"
        )
    add_days(where, "s", span.since, span.until)
    rows = connection.rows(
        "SELECT s.id, p.name || ': ' || s.summary, s.date_edtf, s.date_earliest, s.date_latest, s.article_id "
        f"FROM statements s JOIN actors p ON p.id = s.speaker_id WHERE {where} "
        f"ORDER BY {ordered(connection.engine, 's.date_earliest?', 's.id')} LIMIT :at_most",
        {**where.params, "at_most": span.limit},
    )
    return [("statement", *row) for row in rows]


def _titled(connection: Connection, rows: list[Row]) -> list[Row]:
    """The rows, with the names of the transfers."""
    ids = sorted({row[1] for row in rows if row[0] == "transfer"})
    names = find_pairs(
        connection,
        "t.id, (SELECT s.name FROM actors s WHERE s.id = t.supplier_id) || ' → ' "
        "|| (SELECT r.name FROM actors r WHERE r.id = t.recipient_id) || ': ' "
        "|| (SELECT y.name FROM systems y WHERE y.id = t.system_id) || ' (' || t.kind || ')' FROM transfers t",
        "t.id", ids,
    )
    titles: dict[str, str] = {row[0]: row[1] for row in names}
    return [(*row[:2], titles[row[1]], *row[3:]) if row[0] == "transfer" else row for row in rows]
