"""`transfers articles`: what was read."""

from __future__ import annotations

from transfers.commands.options import ABOUT, LIMIT, SINCE_UNTIL, Command, named, one_of
from transfers.commands.output import show_rows
from transfers.queries.articles import find_articles
from transfers.vocabulary import words

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from typing import Any

    from transfers.queries import Rows
    from transfers.render.formats import Format
    from transfers.settings import Settings


def articles(settings: Settings, wanted: Format, **options: Any) -> None:
    """List articles, with how the review of their records stands and how many claims and statements of each count now."""
    with settings.reading() as connection:
        rows = find_articles(connection, **options)
    show_rows(settings, rows, wanted, _for_people)


def _for_people(rows: Rows) -> tuple[list[str], list[Any]]:
    columns = ["id", "outlet", "title", "published", "review", "claims", "statements"]
    cells = [
        [row["id"], row["outlet"], row["title"], row["published_edtf"], row["review"], row["claims"], row["statements"]]
        for row in rows.dicts()
    ]
    return columns, cells


ARTICLES = Command("articles", "List articles.", articles, (
    named("--outlet", "actor", "Who published it."),
    one_of("--review", words.REVIEW_STATUSES, "How the review of its record stands"),
    *SINCE_UNTIL, ABOUT, LIMIT,
))
