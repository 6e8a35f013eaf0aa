"""The page of a meeting: who took part, by whose word, what each claim says of its day, and what was said at it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from transfers.queries.meetings import read_meetings
from transfers.queries.pages import find_one
from transfers.queries.rows import Where
from transfers.site.pages.drawn import in_both_widths
from transfers.site.pages.registry import find_first
from transfers.site.pages.sources import (
    as_claim_cards,
    as_rows,
    as_statement_cards,
    find_claims,
    find_statements,
    require,
)
from transfers.site.pictures.claims import draw_claims

if TYPE_CHECKING:
    from transfers.db import Connection
    from transfers.site.answering import Asked

_SYSTEMS: Final = 100  # that were shown or spoken of


def read(connection: Connection, asked: Asked) -> dict[str, Any]:
    """What the page shows."""
    require(connection, "meetings", asked.id)
    where = Where()
    where.add("m.id = :id", id=asked.id)
    (meeting,), _ = read_meetings(connection, where, 1)
    more = find_one(
        connection, "SELECT m.note, m.article_id AS article, p.precision FROM meetings m LEFT JOIN places p ON p.id = m.place_id "
        "WHERE m.id = :id", asked.id,
    )
    claims = find_claims(connection, asked, "meeting_id", "meeting")
    said = find_statements(connection, asked, "s.meeting_id = :id", "meeting")
    systems, more_systems = find_first(
        connection,
        """SELECT DISTINCT x.system_id AS system, y.name, x.role
        FROM v_current_claims c JOIN claim_systems x ON x.claim_id = c.id JOIN systems y ON y.id = x.system_id
        WHERE c.meeting_id = :id AND c.stance <> 'denied' ORDER BY x.system_id, x.role""",
        {"id": asked.id}, _SYSTEMS,
    )
    cards = as_claim_cards(connection, asked.site, claims.rows)
    rows = as_rows(connection, claims.rows, asked.site)
    return {
        "title": meeting["title"],
        "meeting": meeting | more,
        "systems": systems, "more_systems": more_systems,
        "claims": claims, "said": said,
        **in_both_widths(draw_claims, rows, f"Claims: {meeting['title']}"),
        "cards": cards, "statements": as_statement_cards(connection, asked.site, said.rows),
    }
