"""`transfers show`: one thing with everything the database knows of it."""

from __future__ import annotations

from transfers.commands.options import Argument, Command, flag
from transfers.commands.output import terminal_width, write
from transfers.queries.pages import find_page

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from transfers.settings import Settings

_WIDEST = 100  # columns of a page; longer lines are hard to read


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


SHOW = Command(
    "show", "Show one transfer, meeting, statement, actor, system or article with all its sources.", show,
    (flag("--json", "A JSON object.", "as_json"),), argument=Argument("thing", "ID", of="id"), formats=False,
)
