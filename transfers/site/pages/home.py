"""The first page: what is in the database, when it was loaded, what to ask it, and search over everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from transfers.db import Connection
    from transfers.site.answering import Asked, Site

_COUNTED: Final = (
    ("transfers", "transfers", "v_transfers"), ("claims", "claims", "claims"), ("meetings", "meetings", "meetings"),
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
            (number, label, asked.site.table(view)) for number, (_, label, view) in zip(numbers, _COUNTED, strict=True)
        ],
        "loaded": connection.rows("SELECT max(loaded_at) FROM loads")[0][0],
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
    """The transfers that most articles and claims speak of."""
    columns, rows = connection.table(
        "SELECT v.* FROM v_transfers v WHERE v.id IN (SELECT t.id FROM transfers t JOIN claims c ON c.transfer_id = t.id "
        "GROUP BY t.id ORDER BY count(DISTINCT c.article_id) DESC, count(*) DESC, t.id LIMIT :most) "
        "ORDER BY v.articles DESC, v.claims DESC, v.id", {"most": _LATEST},
    )
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _articles(connection: Connection) -> list[dict[str, Any]]:
    """The articles that were published last."""
    columns, rows = connection.table(
        """SELECT a.id, a.title, o.name AS outlet_name, a.published_edtf AS published, v.review,
          (SELECT count(*) FROM claims c WHERE c.article_id = a.id) AS claims,
          (SELECT count(*) FROM statements s WHERE s.article_id = a.id) AS statements
        FROM articles a JOIN actors o ON o.id = a.outlet_id JOIN v_review_status v ON v.article = a.id
        ORDER BY a.published_latest DESC NULLS LAST, a.id LIMIT :most""", {"most": _LATEST},
    )
    return [dict(zip(columns, row, strict=True)) for row in rows]
