"""`transfers show`: one thing with everything the database knows of it."""

from __future__ import annotations

import click

from transfers.cli.options import as_typed, complete_id
from transfers.cli.output import terminal_width, write
from transfers.cli.settings import add_settings, pass_settings
from transfers.queries.pages import find_page
from transfers.settings import Settings

_WIDEST = 100  # columns of a page; longer lines are hard to read


@click.command(short_help="Show one transfer, meeting, statement, actor, system or article with all its sources.")
@click.argument("thing", metavar="ID", callback=as_typed, shell_complete=complete_id)
@click.option("--json", "as_json", is_flag=True, help="A JSON object.")
@add_settings
@pass_settings
def show(settings: Settings, thing: str, as_json: bool) -> None:
    """Show one transfer, meeting, statement, claim, actor, system or article: every claim, quote, date and source.

    ID is the id, or a name of an actor or system. Where two kinds share an id, write the kind before it: system:typhoon.
    """
    with settings.reading() as connection:
        page = find_page(connection, thing)
    if as_json:
        from transfers.render.json_text import as_page

        write(as_page(page) + "\n")
        return
    from transfers.render.pages import as_page_text

    write(as_page_text(page, min(terminal_width(), _WIDEST)))
