"""`transfers load`: bring the database to what the files of the collection say."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from transfers.cli.settings import Settings, add_settings, pass_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from transfers.load import Report

LONG_LOAD = 200  # records from which a load says how far it is


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
    from transfers.load import Options, load_collection
    from transfers.records.collection import find_root, name_in_collection

    if prune and paths:
        raise UsageError("--prune is for whole loads: it removes what the collection no longer has, so name no paths")
    root = find_root(settings.collection)
    named = sorted({path for given in paths for path in name_in_collection(root, given)}) if paths else None
    options = Options(
        named=named, prune=prune, keep_going=keep_going, dry_run=dry_run, progress=None if settings.silent else show_progress(),
    )
    report = load_collection(root, settings.target(), options)
    show_report(report, settings, as_json=as_json)
    if report.problems:
        sys.exit(1)


def show_report(report: Report, settings: Settings, *, as_json: bool) -> None:
    """The report on stderr, or as JSON on stdout; problems on stderr in any case."""
    for problem in report.problems:
        click.echo(f"error: {_visible(str(problem))}", err=True)
    if as_json:
        from transfers.render.json_text import as_json_page

        click.echo(as_json_page(report.as_json()))
        return
    for line in report.as_lines():
        settings.say(line)


def show_progress() -> Callable[[int, int], None] | None:
    """Say on a terminal how far a long load is; None where nobody looks."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        if total >= LONG_LOAD and (done % 50 == 0 or done == total):
            sys.stderr.write(f"\r{done:,} of {total:,} records checked" + ("\n" if done == total else ""))
            sys.stderr.flush()

    return show


def _visible(text: str) -> str:
    from transfers.render.visible import as_line

    return as_line(text)


