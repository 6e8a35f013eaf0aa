"""`transfers statements`: who said what."""

from __future__ import annotations

from transfers.commands.options import ABOUT, LIMIT, SINCE_UNTIL, Command, named
from transfers.commands.output import show_rows
from transfers.queries.statements import find_statements
from transfers.render.words import as_days

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from typing import Any

    from transfers.queries import Rows
    from transfers.render.formats import Format
    from transfers.settings import Settings


def statements(settings: Settings, wanted: Format, **options: Any) -> None:
    """List statements: who said what, in which words, and where it was read."""
    with settings.reading() as connection:
        rows = find_statements(connection, **options)
    show_rows(settings, rows, wanted, _for_people)


def _for_people(rows: Rows) -> tuple[list[str], list[Any]]:
    columns = ["id", "speaker", "via", "date", "form", "quote"]
    cells = [
        [row["id"], row["speaker_name"], row["via"], as_days(row["date_earliest"], row["date_latest"]), row["form"], row["quote"]]
        for row in rows.dicts()
    ]
    return columns, cells


STATEMENTS = Command("statements", "List statements.", statements, (
    named("--speaker", "actor", "Who said it, with what is part of them."),
    named("--outlet", "actor", "Where it was read."),
    *SINCE_UNTIL, ABOUT, LIMIT,
))
