"""`transfers meetings`: who met whom, where, when."""

from __future__ import annotations

from transfers.commands.options import ABOUT, LIMIT, PREDECESSORS, SINCE_UNTIL, Command, named, one_of, text
from transfers.commands.output import show_rows
from transfers.queries.meetings import find_meetings
from transfers.render.words import as_days
from transfers.vocabulary import words

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from typing import Any

    from transfers.queries import Rows
    from transfers.render.formats import Format
    from transfers.settings import Settings


def meetings(settings: Settings, wanted: Format, **options: Any) -> None:
    """List meetings: visits, talks, exhibitions, with who took part and what was shown."""
    with settings.reading() as connection:
        rows = find_meetings(connection, **options)
    show_rows(settings, rows, wanted, _for_people)


def _for_people(rows: Rows) -> tuple[list[str], list[Any]]:
    columns = ["id", "title", "kind", "place", "date", "participants", "systems", "articles"]
    cells = [
        [
            row["id"], row["title"], row["kind"], row["place_name"],
            row["date_edtf"] or as_days(row["date_earliest"], row["date_latest"]),
            ", ".join(f"{person['name']} ({person['role']})" for person in row["participants"]),
            ", ".join(f"{system['system']} ({system['role']})" for system in row["systems"]), row["articles"],
        ]
        for row in rows.dicts()
    ]
    return columns, cells


MEETINGS = Command("meetings", "List meetings.", meetings, (
    named("--actor", "actor", "Somebody who took part, with what is part of them."),
    PREDECESSORS,
    text("--place", "NAME", "Where it was, by id or name.", many=True),
    one_of("--kind", words.MEETING_KINDS, "Kind of meeting"),
    *SINCE_UNTIL, ABOUT, LIMIT,
))
