"""`transfers articles`: what was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from transfers.cli.options import about, limit, named, one_of, since_until
from transfers.cli.output import add_formats, show_rows
from transfers.cli.settings import add_settings, pass_settings
from transfers.queries.articles import find_articles
from transfers.settings import Settings
from transfers.vocabulary import words

if TYPE_CHECKING:
    from transfers.queries import Rows
    from transfers.render.formats import Format


@click.command(short_help="List articles.")
@named("--outlet", "actor", "Who published it.")
@one_of("--review", words.REVIEW_STATUSES, "How the review of its record stands")
@since_until
@about
@limit
@add_formats
@add_settings
@pass_settings
def articles(settings: Settings, /, wanted: Format, **options: Any) -> None:
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
