"""`transfers init`: a new collection."""

from __future__ import annotations

import click

from transfers.cli.settings import add_settings, pass_settings
from transfers.settings import Settings


@click.command(short_help="Make a new collection.")
@click.argument("folder", metavar="DIR")
@add_settings
@pass_settings
def init(settings: Settings, folder: str) -> None:
    """Make a new collection: the folders, a registry of the states alone, and how to begin. Nothing that is there is touched."""
    from transfers.records.new_collection import make_collection

    for line in make_collection(folder):
        settings.say(line)
