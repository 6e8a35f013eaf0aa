"""`transfers check`: the checks of a load without a database, and what a record leaves out of its article."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from transfers.cli.settings import add_settings, pass_settings
from transfers.settings import Settings

if TYPE_CHECKING:
    from transfers.load.checking import Checked


@click.command(short_help="Check the records against their articles; no database.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--coverage", is_flag=True, help="Print each sentence with the share of its words that a row is backed by.")
@click.option("--strict", is_flag=True, help="With --coverage: exit 1 when a sentence has less than half of its words covered.")
@click.option("--json", "as_json", is_flag=True, help="The problems and warnings on stdout, as a JSON array.")
@click.option("--schema", type=click.Choice(("record", "actors", "systems", "places", "topics", "review", "matches")),
              help="Print the JSON Schema of such a file, for an editor, and check nothing.")
@add_settings
@pass_settings
def check(settings: Settings, paths: tuple[str, ...], coverage: bool, strict: bool, as_json: bool, schema: str | None) -> None:
    """Check the files of the collection: all of them, or the records named.

    Every quote is looked for in its article, every id in the registry, every date and number against its words; all problems
    are printed at once, each as file:line: field: sentence.
    """
    from transfers.errors import ProblemsError, UsageError

    if strict and not coverage:
        raise UsageError("--strict goes with --coverage")
    if schema:
        _print_schema(schema)
        return
    checked = _check(settings, paths)
    if as_json:
        _print_json(checked)
    else:
        for warning in checked.warnings:
            settings.say(f"warning: {warning}")
    low = _print_coverage(checked) if coverage and not as_json else 0
    if checked.problems:
        if as_json:
            sys.exit(1)
        raise ProblemsError(checked.problems)
    quotes = sum(read.bound.quotes_found() for read in checked.records if read.bound)
    subject, theirs = ("record is", "its article") if len(checked.records) == 1 else ("records are", "their articles")
    settings.say(f"{len(checked.records)} {subject} right; {quotes} quotes found in {theirs}")
    if strict and low:
        sys.exit(1)


def _check(settings: Settings, paths: tuple[str, ...]) -> Checked:
    from transfers.load.checking import check_collection
    from transfers.records.collection import find_root, name_in_collection
    from transfers.run_load import show_progress

    root = find_root(settings.collection)
    named = sorted({path for given in paths for path in name_in_collection(root, given)}) if paths else None
    return check_collection(root, named, None if settings.silent else show_progress())


def _print_schema(kind: str) -> None:
    from transfers.records.json_schema import as_json_schema
    from transfers.render.json_text import as_page

    sys.stdout.write(as_page(as_json_schema(kind)) + "\n")


def _print_json(checked: Checked) -> None:
    from transfers.render.json_text import as_json

    rows = [("problem", *problem) for problem in checked.problems] + [("warning", *warning) for warning in checked.warnings]
    sys.stdout.write(as_json(["level", "path", "line", "field", "message"], rows))


def _print_coverage(checked: Checked) -> int:
    """Print the sentences of each article and then those below half again; how many these are."""
    from transfers.evidence.coverage import ENOUGH, find_coverage
    from transfers.render.visible import as_line

    low: list[str] = []
    for read in checked.records:
        assert read.bound is not None
        sys.stdout.write(as_line(read.file.path) + "\n")
        for sentence in find_coverage(read.bound):
            line = f"{sentence.share:4.0%} {as_line(sentence.text)}"
            sys.stdout.write(f"  {line}\n")
            if sentence.share < ENOUGH:
                low.append(f"{as_line(read.file.path)}: {line}")
    if low:
        sys.stdout.write(f"below {ENOUGH:.0%}, neither recorded nor passed over with a reason:\n")
        sys.stdout.writelines(f"  {line}\n" for line in low)
    return len(low)
