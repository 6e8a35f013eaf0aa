"""`transfers statements`: who said what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from transfers.cli.options import about, limit, named, since_until
from transfers.cli.output import add_formats, show_rows
from transfers.cli.settings import add_settings, pass_settings
from transfers.queries.statements import find_statements
from transfers.render.words import as_days
from transfers.settings import Settings

if TYPE_CHECKING:
    from transfers.queries import Rows
    from transfers.render.formats import Format


@click.command(short_help="List statements.")
@named("--speaker", "actor", "Who said it, with what is part of them.")
@named("--outlet", "actor", "Where it was read.")
@since_until
@about
@limit
@add_formats
@add_settings
@pass_settings
def statements(settings: Settings, /, wanted: Format, **options: Any) -> None:
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
