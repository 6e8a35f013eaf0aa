"""Which database and collection are meant, how much is said, and opening the database for a command that reads."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from transfers.render.visible import as_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from transfers.db import Connection, Target

Function = TypeVar("Function", bound="Callable[..., Any]")


class Settings:
    """What the options before or after the command say.

    Attributes:
        db: path or URL of the database.
        collection: the folder of the collection.
        silent: whether to say nothing on stderr but errors.
    """

    __slots__ = ("collection", "db", "silent")

    def __init__(self) -> None:
        self.db: str | None = None
        self.collection: str | None = None
        self.silent = False

    def target(self) -> Target:
        """The database that is meant.

        Raises:
            InputError: the folder given is no collection.
            UsageError: the URL is not understood.
        """
        import os

        from transfers.db import read_target

        if self.db or (os.environ.get("TRANSFERS_DB") and not self.collection):
            return read_target(self.db)
        from transfers.records.collection import find_root, find_root_above

        named = self.collection or os.environ.get("TRANSFERS_COLLECTION")
        return read_target(self.db, find_root(named) if named else find_root_above())

    def say(self, text: str) -> None:
        """Tell the user something that is not data."""
        if not self.silent:
            sys.stderr.write(as_line(text) + "\n")

    @contextmanager
    def reading(self, **options: Any) -> Iterator[Connection]:
        """The database, open for reading, at the schema this program expects.

        Raises:
            DatabaseError: it is missing, damaged, foreign, or has another schema.
        """
        from transfers.db import reading
        from transfers.schema.head import require_head

        with reading(self.target(), **options) as connection:
            for note in connection.notes:
                self.say(f"note: {note}")
            require_head(connection)
            yield connection


def _remember(context: click.Context, parameter: click.Parameter, value: Any) -> Any:
    # Only what was given: an option before the command must not be undone by its absence after it.
    if value is not None and value is not False and parameter.name:
        setattr(context.ensure_object(Settings), parameter.name, value)
    return value


def add_settings(command: Function) -> Function:
    """Add --db, --collection and --silent; they are the same before and after the command."""
    for option in (
        click.option("--silent", is_flag=True, expose_value=False, callback=_remember, help="Say nothing on stderr but errors."),
        click.option(
            "--collection", metavar="DIR", expose_value=False, callback=_remember, help="The collection, if it is not around here.",
        ),
        click.option("--db", metavar="PATH-OR-URL", expose_value=False, callback=_remember, help="The database."),
    ):
        command = option(command)
    return command


pass_settings = click.make_pass_decorator(Settings, ensure=True)
