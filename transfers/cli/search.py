"""`transfers search`: full text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from transfers.cli.options import as_typed, limit, one_of
from transfers.cli.output import add_formats, show_rows
from transfers.cli.settings import add_settings, pass_settings
from transfers.queries.search import find_texts
from transfers.settings import Settings
from transfers.vocabulary import words

if TYPE_CHECKING:
    from transfers.queries import Rows
    from transfers.render.formats import Format


@click.command(short_help="Search quotes, summaries, articles and names.")
@click.argument("text", nargs=-1, required=True, metavar="TEXT...", callback=as_typed)
@one_of("--kind", words.SEARCH_KINDS, "What the text belongs to")
@limit
@add_formats
@add_settings
@pass_settings
def search(settings: Settings, /, wanted: Format, text: tuple[str, ...], **options: Any) -> None:
    """Search quotes, summaries, articles and names.

    All words must stand in one text; the end of a word may be missing, "a phrase" stands together, S-400 finds S-400 only.
    """
    with settings.reading() as connection:
        rows = find_texts(connection, " ".join(text), **options)
    show_rows(settings, rows, wanted, _for_people)


def _for_people(rows: Rows) -> tuple[list[str], list[Any]]:
    return list(rows.columns[:4]), [row[:4] for row in rows.rows]
