"""`transfers search`: full text."""

from __future__ import annotations

from transfers.commands.options import LIMIT, Argument, Command, one_of
from transfers.commands.output import show_rows
from transfers.queries.search import find_texts
from transfers.vocabulary import words

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from typing import Any

    from transfers.queries import Rows
    from transfers.render.formats import Format
    from transfers.settings import Settings


def search(settings: Settings, wanted: Format, text: tuple[str, ...], **options: Any) -> None:
    """Search quotes, summaries, articles and names.

    All words must stand in one text; the end of a word may be missing, "a phrase" stands together, S-400 finds S-400 only.
    """
    with settings.reading() as connection:
        rows = find_texts(connection, " ".join(text), **options)
    show_rows(settings, rows, wanted, _for_people)


def _for_people(rows: Rows) -> tuple[list[str], list[Any]]:
    return list(rows.columns[:4]), [row[:4] for row in rows.rows]


SEARCH = Command("search", "Search quotes, summaries, articles and names.", search, (
    one_of("--kind", words.SEARCH_KINDS, "What the text belongs to"), LIMIT,
), argument=Argument("text", "TEXT...", many=True))
