"""`transfers timeline`: transfers, meetings and statements by date."""

from __future__ import annotations

from transfers.commands.options import LIMIT, PREDECESSORS, SINCE_UNTIL, Command, named, one_of
from transfers.commands.output import show_rows
from transfers.queries.timeline import KINDS, find_timeline
from transfers.render.words import as_days

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from typing import Any

    from transfers.queries import Rows
    from transfers.render.formats import Format
    from transfers.settings import Settings


def timeline(settings: Settings, wanted: Format, **options: Any) -> None:
    """List transfers, meetings and statements by date, the undated last.

    A transfer stands there once for each date that a claim gives it; claims that deny it give none.
    """
    with settings.reading() as connection:
        rows = find_timeline(connection, **options)
    show_rows(settings, rows, wanted, _for_people)


def _for_people(rows: Rows) -> tuple[list[str], list[Any]]:
    cells = [
        [
            row["date_edtf"] or as_days(row["date_earliest"], row["date_latest"]), row["kind"], row["title"], row["article"],
            row["id"],
        ]
        for row in rows.dicts()
    ]
    return ["date", "kind", "title", "article", "id"], cells


TIMELINE = Command("timeline", "List transfers, meetings and statements by date.", timeline, (
    one_of("--kind", KINDS, "What to list"),
    named("--actor", "actor", "Who supplied, received, took part or spoke, with what is part of them."),
    PREDECESSORS,
    *SINCE_UNTIL, LIMIT,
))
