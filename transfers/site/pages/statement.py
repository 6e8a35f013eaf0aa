"""The page of a statement: the words in their context, who said them, what rests on them, and the same in other articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from transfers.queries.pages import find_statements_where
from transfers.site.pages.registry import find_first
from transfers.site.pages.sources import as_claim_cards, as_statement_cards, find_claims, require

if TYPE_CHECKING:
    from transfers.db import Connection
    from transfers.site.answering import Asked

_SAME: Final = 100  # of the same utterance in other articles


def read(connection: Connection, asked: Asked) -> dict[str, Any]:
    """What the page shows."""
    require(connection, "statements", asked.id)
    statement = find_statements_where(connection, "s.id = :id", {"id": asked.id})[0]
    claims = find_claims(connection, asked, "statement_id", "statement")
    same, more_same = find_first(
        connection,
        """SELECT o.id, o.article_id AS article, u.name AS outlet_name, a.published_edtf AS published
        FROM statements o JOIN articles a ON a.id = o.article_id JOIN actors u ON u.id = a.outlet_id
        WHERE o.id <> :id AND o.id IN (
          SELECT s.same_as_id FROM statements s WHERE s.id = :id UNION SELECT n.id FROM statements n WHERE n.same_as_id = :id
          UNION SELECT n.id FROM statements s JOIN statements n ON n.same_as_id = s.same_as_id WHERE s.id = :id)
        ORDER BY o.id""", {"id": asked.id}, _SAME,
    )
    return {
        "title": f"{statement['speaker_name']}: {statement['summary']}",
        "statement": statement,
        "card": as_statement_cards(connection, asked.site, [statement])[0],
        "same": same, "more_same": more_same,
        "listing": claims, "claims": as_claim_cards(connection, asked.site, claims.rows),
    }
