"""The first page: what is in the database, when it was loaded, what to ask it, and search over everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from transfers.queries.rows import find_rows

if TYPE_CHECKING:
    from transfers.db import Connection
    from transfers.site.answering import Asked, Site

# What is counted, what to call it, and the table or view to look at it in.
_COUNTED: Final = (
    ("transfers", "transfers", "v_transfers"), ("claims", "claims", "claims"), ("meetings", "meetings", "v_meetings"),
    ("statements", "statements", "v_statements"), ("articles", "articles", "articles"), ("actors", "actors", "actors"),
    ("systems", "systems", "systems"), ("evidence", "quotes", "v_evidence"),
)
_LATEST: Final = 10  # articles and transfers that are listed


def read(connection: Connection, asked: Asked) -> dict[str, Any]:
    """What the page shows."""
    columns = ", ".join(f"(SELECT count(*) FROM {table})" for table, _, _ in _COUNTED)
    numbers = connection.rows(f"SELECT {columns}")[0]
    return {
        "title": "Transfers of weapons, and who says so",
        "counts": [
            (number, label.removesuffix("s") if number == 1 else label, asked.site.table(view))
            for number, (_, label, view) in zip(numbers, _COUNTED, strict=True)
        ],
        "loaded": next((row[0] for row in connection.rows("SELECT loaded_at FROM loads ORDER BY id DESC LIMIT 1")), None),
        "questions": _questions(asked.site),
        "transfers": _transfers(connection),
        "articles": _articles(connection),
        "more_transfers": numbers[0] > _LATEST,
        "more_articles": numbers[4] > _LATEST,
    }


def _questions(site: Site) -> list[tuple[str, str]]:
    """Five questions with the place of their answer."""
    return [
        ("What is said to have been supplied, by whom, to whom?", site.table("v_transfers")),
        ("What is denied or disputed, and by whom?", site.table("denials_and_disputes")),
        ("Who said what, and in which words?", site.table("statements_of", speaker="")),
        ("Who met whom, where and when?", site.table("who_met_whom")),
        ("What is our inference, and not in so many words in the article?", site.table("inferred")),
    ]


def _transfers(connection: Connection) -> list[dict[str, Any]]:
    """The transfers that most claims speak of; those of most articles first."""
    ids = connection.rows(
        "SELECT transfer_id FROM claims WHERE transfer_id IS NOT NULL GROUP BY transfer_id ORDER BY count(*) DESC, transfer_id "
        "LIMIT :most", {"most": _LATEST},
    )
    found = find_rows(connection, "v_transfers", [row[0] for row in ids])
    return sorted(found.dicts(), key=lambda one: (-one["articles"], -one["claims"], one["id"]))


def _articles(connection: Connection) -> list[dict[str, Any]]:
    """The articles that were published last."""
    # Without NULLS LAST, which is meant and which SQLite does by itself here, but would not find in an index if it were said.
    columns, rows = connection.table(
        """SELECT a.id, a.title, o.name AS outlet_name, a.published_edtf AS published,
          (SELECT v.review FROM v_review_status v WHERE v.article = a.id) AS review,
          (SELECT count(*) FROM claims c WHERE c.article_id = a.id) AS claims,
          (SELECT count(*) FROM statements s WHERE s.article_id = a.id) AS statements
        FROM (SELECT id FROM articles ORDER BY published_earliest DESC, published_latest DESC, id DESC LIMIT :most) latest
        JOIN articles a ON a.id = latest.id JOIN actors o ON o.id = a.outlet_id
        ORDER BY a.published_earliest DESC, a.published_latest DESC, a.id DESC""", {"most": _LATEST},
    )
    return [dict(zip(columns, row, strict=True)) for row in rows]
