"""`transfers timeline`: transfers, meetings and statements by date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from transfers.cli.options import limit, named, one_of, since_until
from transfers.cli.output import add_formats, show_rows
from transfers.cli.settings import add_settings, pass_settings
from transfers.queries.timeline import KINDS, find_timeline
from transfers.render.words import as_days
from transfers.settings import Settings

if TYPE_CHECKING:
    from transfers.queries import Rows
    from transfers.render.formats import Format


@click.command(short_help="List transfers, meetings and statements by date.")
@one_of("--kind", KINDS, "What to list")
@named("--actor", "actor", "Who supplied, received, took part or spoke, with what is part of them.")
@since_until
@limit
@add_formats
@add_settings
@pass_settings
def timeline(settings: Settings, /, wanted: Format, **options: Any) -> None:
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
