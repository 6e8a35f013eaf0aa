"""The options that every command takes, before it or after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from transfers.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

Function = TypeVar("Function", bound="Callable[..., Any]")


def _remember(context: click.Context, parameter: click.Parameter, value: Any) -> Any:
    # Only what was given: an option before the command must not be undone by its absence after it.
    if value is not None and value is not False and parameter.name:
        setattr(context.ensure_object(Settings), parameter.name, value)
    return value


def _show_help(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        click.echo(context.get_help())
        context.exit()


def add_settings(command: Function) -> Function:
    """Add --db, --collection, --silent and --help; they are the same before and after the command."""
    for option in (
        # click's own looks for translations of its line of help, which takes longer than to make all other options.
        click.option(
            "-h", "--help", is_flag=True, is_eager=True, expose_value=False, callback=_show_help,
            help="Show this message and exit.",
        ),
        click.option("--silent", is_flag=True, expose_value=False, callback=_remember, help="Say nothing on stderr but errors."),
        click.option(
            "--collection", metavar="DIR", expose_value=False, callback=_remember, help="The collection, if it is not around here.",
        ),
        click.option("--db", metavar="PATH-OR-URL", expose_value=False, callback=_remember, help="The database."),
    ):
        command = option(command)
    return command


pass_settings = click.make_pass_decorator(Settings, ensure=True)
