"""`transfers load`: bring the database to what the files of the collection say."""

from __future__ import annotations

import sys

import click

from transfers.cli.settings import add_settings, pass_settings
from transfers.settings import Settings


@click.command(short_help="Check the records against their articles and load them.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--prune", is_flag=True, help="Also remove the rows of record files that are gone; for whole loads only.")
@click.option("--keep-going", is_flag=True, help="Load the right records although others are wrong; still exits 1.")
@click.option("--json", "as_json", is_flag=True, help="The report on stdout, as a JSON object.")
@add_settings
@pass_settings
def load(settings: Settings, paths: tuple[str, ...], dry_run: bool, prune: bool, keep_going: bool, as_json: bool) -> None:
    """Bring the database to what the files of the collection say: all of them, or the records named.

    Every record is checked against its article first, and nothing is loaded while anything is wrong. The database is made,
    or brought to the present schema, when needed. A second run finds nothing to do and writes nothing.
    """
    from transfers.errors import UsageError
    from transfers.load import Options
    from transfers.records.collection import find_root, name_in_collection
    from transfers.run_load import run_load

    if prune and paths:
        raise UsageError("--prune is for whole loads: it removes what the collection no longer has, so name no paths")
    root = find_root(settings.collection)
    named = sorted({path for given in paths for path in name_in_collection(root, given)}) if paths else None
    options = Options(named=named, prune=prune, keep_going=keep_going, dry_run=dry_run)
    sys.exit(run_load(settings, options, as_json=as_json))
