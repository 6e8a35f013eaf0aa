"""The page of a system: its names, its place in the tree, transfers, meetings at which it was shown, what was said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from transfers.queries.pages import Page, find_dicts, find_one
from transfers.site.pages.registry import MOST, find_first, find_names, find_transfers
from transfers.site.pages.sources import as_statement_cards, find_statements, require

if TYPE_CHECKING:
    from transfers.db import Connection
    from transfers.site.answering import Asked

_BELOW_IT: Final = 200  # systems below it
_RECENT: Final = 500  # claims that name it: no more are looked through for meetings
_TRANSFERS: Final = 200  # of it, whose claims are looked through for statements

_ABOVE: Final = """WITH RECURSIVE above(id, steps) AS (
  SELECT y.parent_id, 1 FROM systems y WHERE y.id = :id
  UNION ALL SELECT y.parent_id, above.steps + 1 FROM above JOIN systems y ON y.id = above.id WHERE above.steps < 16)
SELECT y.id, y.name, y.level FROM above JOIN systems y ON y.id = above.id ORDER BY above.steps DESC"""

_BELOW: Final = """WITH RECURSIVE below(id, steps, path) AS (
  SELECT y.id, 1, y.id FROM systems y WHERE y.parent_id = :id
  UNION ALL SELECT y.id, below.steps + 1, below.path || ' ' || y.id FROM below JOIN systems y ON y.parent_id = below.id
  WHERE below.steps < 8)
SELECT y.id, y.name, y.level, below.steps FROM below JOIN systems y ON y.id = below.id ORDER BY below.path"""

# What backs a claim on a transfer of it. Of a system on which much is claimed, the first transfers have to do.
_SAID_OF: Final = f"""s.id IN (SELECT c.statement_id FROM claims c WHERE c.transfer_id IN (
  SELECT t.id FROM transfers t WHERE t.system_id = :id LIMIT {_TRANSFERS}))"""


def read(connection: Connection, asked: Asked) -> dict[str, Any]:
    """What the page shows."""
    require(connection, "systems", asked.id)
    system = find_one(
        connection,
        """SELECT y.id, y.name, y.level, y.category, y.uav_class, y.sipri_category, y.unroca_category, y.designer_id AS designer,
        d.name AS designer_name, y.source, y.note FROM systems y LEFT JOIN actors d ON d.id = y.designer_id WHERE y.id = :id""",
        asked.id,
    )
    transfers, more_transfers = find_transfers(connection, "system_id", asked.id)
    meetings, more_meetings = _meetings(connection, asked.id)
    below, more_below = find_first(connection, _BELOW, {"id": asked.id}, _BELOW_IT)
    listing = find_statements(connection, asked, _SAID_OF, "system")
    return {
        "title": system["name"],
        "system": system,
        **find_names(connection, "system", asked.id),
        "above": find_dicts(connection, _ABOVE, {"id": asked.id}),
        "below": below, "more_below": more_below,
        "transfers_of_it": transfers, "more_transfers": more_transfers,
        "meetings": meetings, "more_meetings": more_meetings,
        "of_first": _TRANSFERS if _has_more(connection, "transfers", asked.id, _TRANSFERS) else 0,
        "listing": listing, "statements": as_statement_cards(connection, asked.site, listing.rows),
    }


def _meetings(connection: Connection, id_: str) -> tuple[list[Page], bool]:
    """Meetings at which the system is said to have been shown or spoken of, and whether there are more."""
    rows, more = find_first(
        connection,
        f"""SELECT m.id, m.title, m.kind, min(x.role) AS role, min(c.date_earliest) AS first, max(c.date_latest) AS last
        FROM claim_systems x JOIN v_current_claims c ON c.id = x.claim_id JOIN meetings m ON m.id = c.meeting_id
        WHERE x.system_id = :id AND c.stance <> 'denied' AND x.claim_id IN (
          SELECT claim_id FROM claim_systems WHERE system_id = :id ORDER BY claim_id DESC LIMIT {_RECENT})
        GROUP BY m.id, m.title, m.kind ORDER BY min(c.date_earliest) NULLS LAST, m.id""", {"id": id_}, MOST,
    )
    return rows, more or _has_more(connection, "claim_systems", id_, _RECENT)


def _has_more(connection: Connection, table: str, id_: str, most: int) -> bool:
    """Whether a table has more rows of the system than are looked through."""
    return bool(connection.rows(f"SELECT 1 FROM {table} WHERE system_id = :id LIMIT 1 OFFSET :most", {"id": id_, "most": most}))
