"""Meetings, with who took part and what was shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from transfers.queries.filters import add_days
from transfers.queries.names import find_actor_ids, require_id
from transfers.queries.rows import Rows, Where, find_pairs, ordered
from transfers.queries.words import add_about
from transfers.schema.views import MEETING_EARLIEST, MEETING_ROWS, PARTICIPANTS, fit
from transfers.vocabulary.words import CLAIM_ACTOR_ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transfers.db import Connection

COLUMNS = (
    "id", "kind", "title", "place", "place_name", "country", "date_text", "date_edtf", "date_earliest", "date_latest",
    "participants", "systems", "articles",
)

_ROWS = f"""(SELECT g.*, (SELECT p.name FROM places p WHERE p.id = g.place) AS place_name,
  (SELECT p.country_code FROM places p WHERE p.id = g.place) AS country FROM ({MEETING_ROWS}) g) listed"""
_PARTICIPANTS = f"""c.meeting_id, c.actor, (SELECT p.name FROM actors p WHERE p.id = c.actor), c.role, c.described_as
  FROM ({PARTICIPANTS}) c"""


def find_meetings(
    connection: Connection, *, actor: Sequence[str] = (), place: Sequence[str] = (), kind: Sequence[str] = (),
    since: str | None = None, until: str | None = None, about: str | None = None, limit: int = 100,
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
        limit: the largest number of rows.

    Raises:
        InputError: nobody knows a name, or two entries share it.
        UsageError: a date is outside the EDTF profile, or there is nothing to search for.
    """
    where = Where()
    took_place = "v_current_claims c WHERE c.meeting_id = m.id AND c.stance <> 'denied'"
    if actor:
        listed = where.listed(find_actor_ids(connection, actor))
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
    earliest = f"(SELECT {MEETING_EARLIEST} FROM v_current_claims c WHERE c.meeting_id = m.id)"
    rows = connection.rows(
        f"SELECT m.id, {earliest} AS earliest FROM meetings m WHERE {where} "
        f"ORDER BY earliest NULLS LAST, {ordered(connection.engine, 'm.id')} LIMIT :at_most",
        {**where.params, "at_most": limit + 1},
    )
    found = read_meetings(connection, [row[0] for row in rows[:limit]])
    return Rows(COLUMNS, [tuple(meeting[column] for column in COLUMNS) for meeting in found], more=len(rows) > limit)


def read_meetings(connection: Connection, ids: Sequence[str]) -> list[dict[str, Any]]:
    """The meetings with these ids, in their order: the columns of the list, and how many claims and denials there are."""
    own = [column for column in COLUMNS if column not in ("participants", "systems")] + ["claims", "denials", "said_by"]
    rows = find_pairs(connection, f"{', '.join(own)} FROM {_ROWS}", "id", ids)
    meetings: dict[str, dict[str, Any]] = {
        row[0]: dict(zip(own, row, strict=True)) | {"participants": [], "systems": []} for row in rows
    }
    columns = ("actor", "name", "role", "described_as")
    for one, *person in find_pairs(connection, fit(_PARTICIPANTS, connection.engine), "c.meeting_id", ids):
        meetings[one]["participants"].append(dict(zip(columns, person, strict=True)))
    systems = find_pairs(
        connection,
        "DISTINCT c.meeting_id, x.system_id, x.role FROM v_current_claims c JOIN claim_systems x ON x.claim_id = c.id "
        "AND c.stance <> 'denied'",
        "c.meeting_id", ids,
    )
    for one, system, role in sorted(systems):
        meetings[one]["systems"].append({"system": system, "role": role})
    for meeting in meetings.values():
        meeting["participants"].sort(key=lambda person: (CLAIM_ACTOR_ROLES.index(person["role"]), person["actor"]))
    return [meetings[one] for one in ids]
