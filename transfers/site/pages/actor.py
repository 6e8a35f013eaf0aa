"""The page of an actor: its names, what it belongs to, posts with their days, transfers, meetings and statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from transfers.queries.pages import Page, find_dicts, find_one
from transfers.queries.rows import find_pairs
from transfers.site.pages.registry import MOST, find_first, find_names, find_transfers
from transfers.site.pages.sources import as_statement_cards, find_statements, require

if TYPE_CHECKING:
    from transfers.db import Connection
    from transfers.site.answering import Asked

_DEEPEST: Final = 16  # steps up the tree
_ARTICLES: Final = 5  # that are named as proof of one post
_TIED: Final = 200  # ties to others, and as many of others to it
_RECENT: Final = 500  # claims in which it takes part: no more are looked through for meetings

_ABOVE: Final = f"""WITH RECURSIVE above(id, steps) AS (
  SELECT f.target_id, 1 FROM affiliations f WHERE f.actor_id = :id AND f.kind = 'part_of'
  UNION SELECT f.target_id, above.steps + 1 FROM above JOIN affiliations f ON f.actor_id = above.id AND f.kind = 'part_of'
  WHERE above.steps < {_DEEPEST})
SELECT a.id, a.name, max(above.steps) AS steps FROM above JOIN actors a ON a.id = above.id WHERE a.id <> :id
GROUP BY a.id, a.name ORDER BY max(above.steps) DESC, a.id"""

_TIES: Final = """
SELECT f.id, f.kind, f.actor_id AS actor, p.name AS actor_name, f.target_id AS target, o.name AS target_name, f.title, f.term,
  f.start_earliest, f.start_latest, f.end_earliest, f.end_latest, f.in_registry
FROM affiliations f JOIN actors p ON p.id = f.actor_id JOIN actors o ON o.id = f.target_id"""


def read(connection: Connection, asked: Asked) -> dict[str, Any]:
    """What the page shows."""
    require(connection, "actors", asked.id)
    actor = find_one(connection, "SELECT id, name, kind, country_code, source, note FROM actors WHERE id = :id", asked.id)
    ties, more_ties = find_first(connection, f"{_TIES} WHERE f.actor_id = :id ORDER BY f.kind, f.id", {"id": asked.id}, _TIED)
    tied, more_tied = find_first(connection, f"{_TIES} WHERE f.target_id = :id ORDER BY f.kind, f.id", {"id": asked.id}, _TIED)
    posts = [one for one in (*ties, *tied) if one["kind"] == "post"]
    _add_days(connection, posts)
    supplied, more_supplied = find_transfers(connection, "supplier_id", asked.id)
    received, more_received = find_transfers(connection, "recipient_id", asked.id)
    listing = find_statements(connection, asked, "s.speaker_id = :id", "actor")
    meetings, more_meetings = _meetings(connection, asked.id)
    return {
        "title": actor["name"],
        "actor": actor,
        **find_names(connection, "actor", asked.id),
        "above": find_dicts(connection, _ABOVE, {"id": asked.id}),
        "parts": [one for one in tied if one["kind"] == "part_of"],
        "posts": [one for one in posts if one["actor"] == asked.id],
        "held_here": [one for one in posts if one["target"] == asked.id],
        "more_ties": more_ties, "more_tied": more_tied,
        "ties": [one for one in ties if one["kind"] not in ("post", "part_of")],
        "tied": [one for one in tied if one["kind"] not in ("post", "part_of")],
        "supplied": supplied, "more_supplied": more_supplied, "received": received, "more_received": more_received,
        "meetings": meetings, "more_meetings": more_meetings,
        "listing": listing, "statements": as_statement_cards(connection, asked.site, listing.rows),
    }


def _add_days(connection: Connection, posts: list[Page]) -> None:
    """Add to each post the days on which articles prove it, and what may lie around them."""
    ids = sorted({one["id"] for one in posts})
    spans = {row[0]: row[1:] for row in find_pairs(
        connection, "r.id, r.start_earliest, r.start_latest, r.end_earliest, r.end_latest, r.articles FROM v_roles r", "r.id", ids,
    )}
    proofs: dict[str, list[tuple[str, str, str]]] = {}
    for id_, *proof in sorted(find_pairs(
        connection, "d.affiliation_id, d.held_earliest, d.held_latest, d.article_id FROM affiliation_dates d",
        "d.affiliation_id", ids,
    )):
        proofs.setdefault(id_, []).append((proof[0], proof[1], proof[2]))
    for one in posts:
        one["start_earliest"], one["start_latest"], one["end_earliest"], one["end_latest"], one["articles"] = spans[one["id"]]
        one["proofs"] = proofs.get(one["id"], [])[:_ARTICLES]


def _meetings(connection: Connection, id_: str) -> tuple[list[Page], bool]:
    """Meetings in which the actor is said to have taken part, and whether there are more."""
    rows, more = find_first(
        connection,
        f"""SELECT m.id, m.title, m.kind, min(x.role) AS role, min(c.date_earliest) AS first, max(c.date_latest) AS last
        FROM claim_actors x JOIN v_current_claims c ON c.id = x.claim_id JOIN meetings m ON m.id = c.meeting_id
        WHERE x.actor_id = :id AND c.stance <> 'denied' AND x.claim_id IN (
          SELECT claim_id FROM claim_actors WHERE actor_id = :id ORDER BY claim_id DESC LIMIT {_RECENT})
        GROUP BY m.id, m.title, m.kind ORDER BY min(c.date_earliest) NULLS LAST, m.id""", {"id": id_}, MOST,
    )
    older = connection.rows("SELECT 1 FROM claim_actors WHERE actor_id = :id LIMIT 1 OFFSET :most", {"id": id_, "most": _RECENT})
    return rows, more or bool(older)
