"""`transfers import`: files of registers into the database, and out again."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from transfers.cli.options import as_typed
from transfers.cli.settings import add_settings, pass_settings
from transfers.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from transfers.queries import Rows

NAMED_AT_MOST = 10  # unmapped names of one kind


@click.group("import", short_help="Import files of registers beside the claims.")
def import_() -> None:
    """Import files of registers beside the claims: other people's data sets, which never pass for evidence.

    What is read and what is made of it: docs/registers.md.
    """


@import_.command(short_help="Import files of the SIPRI Arms Transfers Database.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", callback=as_typed)
@click.option("--release", "name", metavar="NAME", callback=as_typed, help="What to call the release, instead of the day it says.")
@click.option("--json", "as_json", is_flag=True, help="The report on stdout, as a JSON array with an object for each file.")
@add_settings
@pass_settings
def sipri(settings: Settings, files: tuple[str, ...], name: str | None, as_json: bool) -> None:
    """Import files of the SIPRI Arms Transfers Database, in any of its published forms, told apart by what is in them.

    All files are imported or, if anything in one of them was never seen, none. The same file twice changes nothing; releases
    stand side by side. Names that nobody has tied to the registry are listed, and never guessed.
    """
    from transfers.load.registers import import_registers

    report = import_registers(settings.target(), files, name=name, progress=None if settings.silent else _progress())
    for note in report.notes:
        settings.say(f"note: {note}")
    if as_json:
        from transfers.render.json_text import as_page

        sys.stdout.write(as_page([done._asdict() for done in report.imported]) + "\n")
    for done in report.imported:
        rows = _as_rows(done.rows)
        settings.say(f"{done.id}: {rows} imported" if done.is_new else f"{done.id}: unchanged, {rows}")
    if not settings.silent and any(done.is_new for done in report.imported):
        _tell_unmapped(settings, [done.id for done in report.imported])


def _as_rows(count: int) -> str:
    return f"{count:,} row" if count == 1 else f"{count:,} rows"


def _tell_unmapped(settings: Settings, registers: list[str]) -> None:
    from transfers.queries.registers import find_unmapped

    with settings.reading() as connection:
        if not connection.rows("SELECT 1 FROM actors UNION ALL SELECT 1 FROM systems LIMIT 1"):
            settings.say("the database has no registry yet, to which the names could be tied: transfers load")
            return
        rows = find_unmapped(connection, register=registers, limit=1_000_000, candidates=False)
    for line in _as_lines(rows):
        settings.say(line)


def _as_lines(rows: Rows) -> list[str]:
    """One line for each kind of name, with the most frequent ones."""
    lines = []
    for kind in ("supplier", "recipient", "designation"):
        names = [(name, count) for found, _, name, count, _ in rows.rows if found == kind]
        if names:
            shown = ", ".join(f"{name} ({count:,})" for name, count in names[:NAMED_AT_MOST])
            more = f", and {len(names) - NAMED_AT_MOST:,} more" if len(names) > NAMED_AT_MOST else ""
            what = kind if len(names) == 1 else f"{kind}s"
            lines.append(f"unmapped: {len(names):,} {what} in {_as_rows(sum(count for _, count in names))}: {shown}{more}")
    if lines:
        lines.append("all unmapped names, with candidates: transfers registers --unmapped")
    return lines


def _progress() -> Callable[[int], None] | None:
    """Say on a terminal how far a long import is; None where nobody looks."""
    if not sys.stderr.isatty():
        return None

    def show(done: int) -> None:
        if done % 50_000 == 0:
            sys.stderr.write(f"\r{done:,} rows")
            sys.stderr.flush()

    return show


@import_.command(short_help="Take an imported register out again.")
@click.argument("register", metavar="ID", callback=as_typed)
@click.option("--yes", is_flag=True, help="Do not ask.")
@add_settings
@pass_settings
def remove(settings: Settings, register: str, yes: bool) -> None:
    """Take an imported register out of the database. The decisions of people about its deals stay."""
    from transfers.errors import UsageError
    from transfers.load.registers import remove_register
    from transfers.queries.registers import find_registers

    with settings.reading() as connection:
        rows = find_registers(connection, register=[register]).rows[0][6]
    if not yes:
        if not sys.stdin or not sys.stdin.isatty():
            raise UsageError(f"this takes {_as_rows(rows)} out of the database; say --yes to do it")
        if not click.confirm(f"take {register} with {_as_rows(rows)} out of the database?", err=True):
            raise UsageError("nothing was changed")
    settings.say(f"{register}: {_as_rows(remove_register(settings.target(), register))} removed")
