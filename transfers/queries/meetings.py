"""Meetings, with who took part and what was shown."""

from __future__ import annotations

from transfers.queries.filters import add_days
from transfers.queries.names import find_actor_ids, require_id
from transfers.queries.rows import Rows, Where, find_pairs, ordered
from transfers.queries.words import add_about
from transfers.schema.claim_views import meeting_rows
from transfers.vocabulary.words import CLAIM_ACTOR_ROLES

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from transfers.db import Connection

COLUMNS = (
    "id", "kind", "title", "place", "place_name", "country", "date_text", "date_edtf", "date_earliest", "date_latest",
    "participants", "systems", "articles",
)


def find_meetings(
    connection: Connection, *, actor: Sequence[str] = (), place: Sequence[str] = (), kind: Sequence[str] = (),
    since: str | None = None, until: str | None = None, about: str | None = None, include_predecessors: bool = False,
    limit: int = 100,
) -> Rows:
    """Meetings by their earliest day (none last) and id.

    Args:
        connection: the database.
        actor: somebody who took part, or whoever is part of them.
        place: where it was, by id or name.
        kind: kinds of meeting.
        since: an EDTF date; one claim says that it can have been on its first day or later.
        until: an EDTF date; one claim says that it can have been on its last day or earlier.
        about: words of its title, of a quote or of a summary.
        include_predecessors: with each actor also those whose place it has taken.
        limit: the largest number of rows.

    Raises:
        InputError: nobody knows a name, or two entries share it.
        UsageError: a date is outside the EDTF profile, or there is nothing to search for.
    """
    where = Where()
    took_place = "v_current_claims c WHERE c.meeting_id = m.id AND c.stance <> 'denied'"
    if actor:
        listed = where.listed(find_actor_ids(connection, actor, predecessors=include_predecessors))
        where.add(
            "m.id IN (SELECT c.meeting_id FROM claim_actors x JOIN v_current_claims c ON c.id = x.claim_id "
            f"WHERE x.actor_id IN ({listed}) AND c.stance <> 'denied')"
        )
    if place:
        where.among("m.place_id", [require_id(connection, "place", name) for name in place])
    if kind:
        where.among("m.kind", kind)
    if since or until:
        claim = Where(where.params)
        add_days(claim, "c", since, until)
        where.add(f"EXISTS (SELECT 1 FROM {took_place} AND {claim})")
    if about:
        title, claim = Where(where.params), Where(where.params)
        add_about(title, connection.engine, about, "m.id", ["meeting"])
        add_about(claim, connection.engine, about, "c.id", ["claim"])
        where.add(f"({title} OR m.id IN (SELECT c.meeting_id FROM v_current_claims c WHERE {claim}))")
    meetings, more = read_meetings(connection, where, limit)
    return Rows(COLUMNS, [tuple(meeting[column] for column in COLUMNS) for meeting in meetings], more=more)


def read_meetings(connection: Connection, where: Where, limit: int) -> tuple[list[dict[str, Any]], bool]:
    """The first of the meetings ``m`` that fit, and whether there are more: the columns of the list, and what claims there are."""
    own = [column for column in COLUMNS if column not in ("participants", "systems")] + ["claims", "denials", "said_by"]
    place = """(SELECT p.name FROM places p WHERE p.id = g.place) AS place_name,
      (SELECT p.country_code FROM places p WHERE p.id = g.place) AS country"""
    rows = connection.rows(
        f"SELECT {', '.join(own)} FROM (SELECT g.*, {place} FROM ({meeting_rows(str(where))}) g) listed "
        f"ORDER BY {ordered(connection.engine, 'date_earliest?', 'id')} LIMIT :at_most",
        {**where.params, "at_most": limit + 1},
    )
    meetings: dict[str, dict[str, Any]] = {
        row[0]: dict(zip(own, row, strict=True)) | {"participants": [], "systems": []} for row in rows[:limit]
    }
    found = find_pairs(
        connection, "c.id, c.meeting_id FROM v_current_claims c", "c.stance <> 'denied' AND c.meeting_id", list(meetings),
    )
    claims: dict[str, str] = {row[0]: row[1] for row in found}
    _add_participants(connection, meetings, claims)
    systems = find_pairs(connection, "x.claim_id, x.system_id, x.role FROM claim_systems x", "x.claim_id", list(claims))
    for one, system, role in sorted({(claims[claim], system, role) for claim, system, role in systems}):
        meetings[one]["systems"].append({"system": system, "role": role})
    return list(meetings.values()), len(rows) > limit


def _add_participants(connection: Connection, meetings: dict[str, dict[str, Any]], claims: dict[str, str]) -> None:
    """Add to each meeting who took part: one entry for each actor and role, whoever says so."""
    people = find_pairs(
        connection,
        "x.claim_id, x.actor_id, (SELECT p.name FROM actors p WHERE p.id = x.actor_id), x.role, x.described_as FROM claim_actors x",
        "x.claim_id", list(claims),
    )
    found: dict[tuple[str, int, str], dict[str, Any]] = {}
    for claim, actor, name, role, described in people:
        person = {"actor": actor, "name": name, "role": role, "described_as": described}
        known = found.setdefault((claims[claim], CLAIM_ACTOR_ROLES.index(role), actor), person)
        known["described_as"] = min(filter(None, (known["described_as"], described)), default=None)
    for (meeting, _, _), person in sorted(found.items()):
        meetings[meeting]["participants"].append(person)
