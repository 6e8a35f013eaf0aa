"""Options that several commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from transfers.commands import options

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.shell_completion import CompletionItem

Function = TypeVar("Function", bound="Callable[..., Any]")


def as_typed(context: click.Context, parameter: click.Parameter, value: Any) -> Any:
    """What was typed, as text, in whatever locale."""
    return options.as_typed(value)


def one_of(flag: str, words: tuple[str, ...], text: str) -> Callable[[Function], Function]:
    """An option for words of a closed list; it may be given several times."""
    return click.option(flag, multiple=True, type=click.Choice(words), metavar="WORD", help=f"{text}: {', '.join(words)}.")


def named(flag: str, kind: str, text: str) -> Callable[[Function], Function]:
    """An option for an actor or system by id or name; it may be given several times."""

    def complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from transfers.cli.completion import complete_names

        return complete_names(context, (kind,), incomplete)

    return click.option(flag, multiple=True, metavar="NAME", callback=as_typed, shell_complete=complete, help=text)


def complete_id(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids of what `show` can show."""
    from transfers.cli.completion import complete_names

    return complete_names(context, ("actor", "system", "transfer", "meeting"), incomplete)


def since_until(command: Function) -> Function:
    """Add --since and --until."""
    command = click.option("--until", metavar="DATE", help="What can lie on this day or earlier; EDTF.")(command)
    return click.option("--since", metavar="DATE", help="What can lie on this day or later; EDTF: 2023, 2023-09, 2023-21.")(command)


def about(command: Function) -> Function:
    """Add --about."""
    return click.option(
        "--about", metavar="TEXT", callback=as_typed, help="Words that its texts must hold, as for transfers search.",
    )(command)


def limit(command: Function) -> Function:
    """Add --limit."""
    return click.option(
        "--limit", type=click.IntRange(0, 10_000), default=100, show_default=True, metavar="N", help="At most so many rows.",
    )(command)
