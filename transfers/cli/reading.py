"""The commands that read, as click commands: made of the tables of `transfers.commands` when they are asked for."""

from __future__ import annotations

from typing import Any

import click

from transfers.cli.options import as_typed, complete_id, limit, named
from transfers.cli.settings import add_settings
from transfers.commands import TABLES, read_command
from transfers.commands.options import FORMATS, Command, Option
from transfers.settings import Settings


def __getattr__(name: str) -> click.Command:
    """Make a command of its table."""
    if name in TABLES:
        return _as_click(read_command(name))
    raise AttributeError(name)


def _as_click(command: Command) -> click.Command:
    def run(**values: Any) -> None:
        if command.formats:
            from transfers.commands.output import read_format

            values["wanted"] = read_format(values)
        settings = click.get_current_context().find_object(Settings) or Settings()
        command.run(settings, **values)

    run.__doc__ = command.run.__doc__
    decorated: Any = add_settings(run)
    for option in reversed(command.options):
        decorated = as_option(option)(decorated)
    argument = command.argument
    if argument:
        complete = complete_id if argument.of == "id" else None
        decorated = click.argument(
            argument.name, metavar=argument.shown, nargs=-1 if argument.many else 1, required=True, callback=as_typed,
            shell_complete=complete,
        )(decorated)
    made: click.Command = click.command(command.name, short_help=command.short)(decorated)
    return made


def with_formats(command: Any) -> Any:
    """Add the options for formats."""
    for option in reversed(FORMATS):
        command = as_option(option)(command)
    return command


def as_option(option: Option) -> Any:
    """An option of a table as one of click."""
    if option.kind == "flag":
        return click.option(option.flag, option.name, is_flag=True, help=option.help)
    if option.kind == "number":
        return limit
    if option.kind == "name":
        return named(option.flag, option.words[0], option.help)
    kind = click.Choice(option.words) if option.kind == "word" else None
    return click.option(
        option.flag, option.name, multiple=option.many, type=kind, metavar=option.shown, callback=as_typed, help=option.help,
    )
