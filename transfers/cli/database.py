"""`transfers db`: the database as such: its schema, its soundness, its copies."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from transfers.cli.settings import add_settings, pass_settings
from transfers.settings import Settings

if TYPE_CHECKING:
    from transfers.schema.upgrade import Upgrade


@click.group(short_help="Migrate, check, back up and restore the database.")
def db() -> None:
    """Migrate, check, back up and restore the database."""


@db.command(short_help="Bring the database to the present schema.")
@click.option("--to", "revision", default="head", metavar="REVISION", help="A revision before the newest.")
@add_settings
@pass_settings
def upgrade(settings: Settings, revision: str) -> None:
    """Bring the database to the present schema. A backup is made and checked first; all steps are one transaction."""
    from transfers.schema.upgrade import upgrade as run

    _tell(settings, run(settings.target(), revision))


@db.command(short_help="Bring the database back to an earlier schema.")
@click.argument("revision")
@click.option("--yes", is_flag=True, help="Drop the data that the earlier schema has no place for.")
@add_settings
@pass_settings
def downgrade(settings: Settings, revision: str, yes: bool) -> None:
    """Bring the database back to an earlier revision, or to base.

    Says which tables and columns it drops and how many rows they hold, and asks. A backup is made and checked first.
    """
    from transfers.errors import UsageError
    from transfers.schema.upgrade import downgrade as run
    from transfers.schema.upgrade import find_losses

    target = settings.target()
    losses = find_losses(target, revision)
    for loss in losses:
        settings.say(f"drops {loss}")
    if losses and not yes:
        if not sys.stdin or not sys.stdin.isatty():
            raise UsageError("the downgrade drops data; say --yes to do it: " + "; ".join(losses))
        if not click.confirm("go on?", err=True):
            raise UsageError("nothing was changed")
    _tell(settings, run(target, revision, yes=True))


def _tell(settings: Settings, done: Upgrade) -> None:
    for note in done.notes:
        settings.say(f"note: {note}")
    before, after = done.before or "nothing", done.after or "base"
    settings.say(f"the database is at {after}" if before == after else f"the database went from {before} to {after}")


@db.command(short_help="Print the revision of the database.")
@add_settings
@pass_settings
def current(settings: Settings) -> None:
    """Print the revision of the database."""
    from transfers.db import reading
    from transfers.schema.head import find_state, state_error

    target = settings.target()
    with reading(target) as connection:
        for note in connection.notes:
            settings.say(f"note: {note}")
        state = find_state(connection)
    if state.kind in ("foreign", "newer"):
        raise state_error(state, target.shown)
    sys.stdout.write(f"{state.revision or 'base'}\n")
    if state.kind == "older":
        settings.say("note: there are later revisions; run: transfers db upgrade")


@db.command(short_help="List the revisions that this program knows.")
def history() -> None:
    """List the revisions that this program knows, the oldest first."""
    from transfers.schema.alembic_setup import list_revisions

    for revision in list_revisions():
        sys.stdout.write(f"{revision.revision}  {revision.sentence}\n")


@db.command(short_help="Look the database over: schema, pages, search index, every quote.")
@add_settings
@pass_settings
def check(settings: Settings) -> None:
    """Look the database over: its schema, its pages, its references, its search index, and every quote.

    Every quote is found again in the stored text, and every text again in the files of the collection, where there is one.
    Exits 3 when anything differs.
    """
    from transfers.errors import DatabaseError
    from transfers.load.verifying import find_altered, holds_the_articles
    from transfers.records.collection import find_root, find_root_above
    from transfers.schema.check import check_database

    target = settings.target()
    faults = check_database(target)
    if not faults:
        root = find_root(settings.collection) if settings.collection else find_root_above()
        with settings.reading() as connection:
            if root and not settings.collection and not holds_the_articles(connection, root):
                settings.say("note: the collection around here is not that of this database; only its own texts are looked at")
                root = None
            faults = find_altered(connection, root)
            counts = [connection.rows(f"SELECT count(*) FROM {table}")[0][0] for table in ("articles", "evidence")]
    if faults:
        for fault in faults:
            click.echo(f"error: {_visible(fault)}", err=True)
        raise DatabaseError(f"{target.shown} is not what was loaded; restore a backup, or load the files into a new database")
    settings.say(f"the database is sound: articles {counts[0]:,}, quotes found again {counts[1]:,}")


@db.command(short_help="Copy the database to a file, checked.")
@click.argument("path", required=False)
@add_settings
@pass_settings
def backup(settings: Settings, path: str | None) -> None:
    """Copy the database to a file: the last committed state, checked. Nothing is overwritten."""
    from transfers.schema.backup import backup as run

    sys.stdout.write(_visible(run(settings.target(), path)) + "\n")


@db.command(short_help="Put a backup in the place of the database.")
@click.argument("path")
@add_settings
@pass_settings
def restore(settings: Settings, path: str) -> None:
    """Put a backup in the place of the database. What stood there is kept beside it."""
    from transfers.schema.backup import restore as run

    kept = run(settings.target(), path)
    settings.say(f"restored {path}" + (f"; what was there before is {kept}" if kept else ""))


@db.command(short_help="Print which database is meant.")
@add_settings
@pass_settings
def path(settings: Settings) -> None:
    """Print which database is meant; a password in it is not shown."""
    sys.stdout.write(_visible(settings.target().shown) + "\n")


def _visible(text: str) -> str:
    from transfers.render.visible import as_line

    return as_line(text)
