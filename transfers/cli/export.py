"""`transfers export`: the data in another form."""

from __future__ import annotations

import sys

import click

from transfers.cli.settings import add_settings, pass_settings
from transfers.settings import Settings


@click.group(short_help="Write the data in another form.")
def export() -> None:
    """Write the data in another form. Full texts of articles are left out unless --with-texts."""


@export.command(short_help="A stable text of all rows: same data, same bytes.")
@click.option("-o", "--output", metavar="FILE", help="Write into a new file instead of stdout.")
@click.option("--with-texts", is_flag=True, help="With the full texts of the articles.")
@add_settings
@pass_settings
def canonical(settings: Settings, output: str | None, with_texts: bool) -> None:
    """Write all rows as JSON Lines in a fixed order: same data, same bytes, on every engine and after every load.

    Two databases hold the same when their canonical exports are equal.
    """
    from transfers.exports.canonical import as_canonical
    from transfers.exports.new_file import new_file

    with settings.reading() as connection, connection.snapshot():
        lines = (f"{line}\n" for line in as_canonical(connection, with_texts=with_texts))
        if output is None:
            sys.stdout.writelines(lines)
            return
        with new_file(output) as file:
            file.writelines(lines)
    settings.say(f"wrote {output}")
