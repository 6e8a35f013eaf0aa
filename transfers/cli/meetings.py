"""`transfers meetings`: who met whom, where, when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from transfers.cli.options import about, as_typed, limit, named, one_of, since_until
from transfers.cli.output import add_formats, show_rows
from transfers.cli.settings import add_settings, pass_settings
from transfers.queries.meetings import find_meetings
from transfers.render.words import as_days
from transfers.settings import Settings
from transfers.vocabulary import words

if TYPE_CHECKING:
    from transfers.queries import Rows
    from transfers.render.formats import Format


@click.command(short_help="List meetings.")
@named("--actor", "actor", "Somebody who took part, with what is part of them.")
@click.option("--place", multiple=True, metavar="NAME", callback=as_typed, help="Where it was, by id or name.")
@one_of("--kind", words.MEETING_KINDS, "Kind of meeting")
@since_until
@about
@limit
@add_formats
@add_settings
@pass_settings
def meetings(settings: Settings, /, wanted: Format, **options: Any) -> None:
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
