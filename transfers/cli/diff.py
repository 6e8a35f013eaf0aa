"""`transfers diff`: what changed between two databases, exports or releases of a register."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import click

from transfers.cli.options import as_typed
from transfers.cli.reading import with_formats
from transfers.cli.settings import add_settings, pass_settings
from transfers.settings import Settings

if TYPE_CHECKING:
    from transfers.differences import Differences
    from transfers.render.formats import Format

DIFFERENT = 1
_LIMIT_FOR_PEOPLE = 50


@click.command(short_help="What changed between two databases, canonical exports or register releases.")
@click.argument("before", metavar="A", type=click.Path())
@click.argument("after", metavar="B", type=click.Path())
@click.option(
    "--ignore", multiple=True, metavar="COLUMN", callback=as_typed, help="A column that does not count: column or table.column.",
)
@click.option(
    "--rename", metavar="MAP", type=click.Path(),
    help="A file of what was only renamed: lines column,old,new, or old,new for every column.",
)
@click.option("--summary", is_flag=True, help="Only the summary.")
@click.option(
    "--limit", type=click.IntRange(0), metavar="N",
    help="At most so many rows of each kind after the summary; 50 in tables and all in other formats, unless said.",
)
@with_formats
@add_settings
@pass_settings
def diff(
    settings: Settings, /, before: str, after: str, ignore: tuple[str, ...], rename: str | None, summary: bool, limit: int | None,
    **formats: Any,
) -> None:
    """Compare A with B: what was added, what was removed, which cells changed.

    Each is a database (a path or URL), a canonical export, a file of a register, or the id of a register that was imported
    into the usual database. Databases and canonical exports can be compared with each other, registers with registers.

    The summary comes first and puts equal changes together, because most differences between two releases of a register mean
    nothing. Numbers that changed are always listed one by one. A renamed deal is one that was removed and one that was added,
    unless --rename says so; what may have been renamed is listed at the end and never applied.

    It ends with 0 when nothing differs, 1 when something does, 2 when the words were wrong, 3 when A or B cannot be read.
    """
    from transfers.commands.output import read_format
    from transfers.differences import Renames, find_differences, open_side, read_renames

    wanted = read_format(formats)
    renames = read_renames(rename) if rename is not None else Renames()
    with ExitStack() as opened:
        sides = [opened.enter_context(open_side(word, settings.target(), settings.say)) for word in (before, after)]
        found = find_differences(*sides, ignore=ignore, renames=renames)
    _show(settings, found, wanted, summary, limit)
    if not found.is_equal:
        click.get_current_context().exit(DIFFERENT)


def _show(settings: Settings, found: Differences, wanted: Format, summary: bool, limit: int | None) -> None:
    from transfers.commands.output import write

    if wanted.is_for_people:
        from transfers.differences.telling import as_told

        text, more = as_told(found, wanted, only_summary=summary, limit=_LIMIT_FOR_PEOPLE if limit is None else limit)
    else:
        from transfers.differences.listing import COLUMNS, as_rows
        from transfers.render.formats import as_text

        rows, more = as_rows(found, only_summary=summary, limit=limit)
        text = as_text(COLUMNS, rows, wanted)
        for note in found.notes:
            settings.say(f"note: {note}")
    write(text)
    if more:
        settings.say("note: not all rows are shown; --limit takes more")
