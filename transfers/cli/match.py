"""`transfers match`: which deals of registers are which transfers; proposed by rules, decided by people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from transfers.cli.options import as_typed, limit, one_of
from transfers.cli.reading import with_formats
from transfers.cli.settings import add_settings, pass_settings
from transfers.errors import UsageError
from transfers.matching.evidence import GRADES
from transfers.settings import Settings

Function = TypeVar("Function", bound=Callable[..., Any])


@click.group(invoke_without_command=True, short_help="Propose which deals of registers are which transfers, and decide.")
@click.option("--decided", is_flag=True, help="What is decided, with the rows of all releases that each decision holds for.")
@click.option("--transfer", "transfers", multiple=True, metavar="ID", callback=as_typed, help="Only this transfer.")
@click.option("--register", "registers", multiple=True, metavar="ID", callback=as_typed, help="Only this register.")
@one_of("--grade", GRADES, "Only such proposals")
@limit
@with_formats
@add_settings
@pass_settings
@click.pass_context
def match(
    context: click.Context, settings: Settings, /, decided: bool, transfers: tuple[str, ...], registers: tuple[str, ...],
    grade: tuple[str, ...], limit: int, **formats: Any,
) -> None:
    """List which rows of imported registers may be which transfers, each with its reasons, as long as nobody has decided.

    A proposal is found by rules (docs/registers.md) and is not stored; the grade says which rules hold and is no probability. A
    person accepts or rejects: the decision goes into data/matches/sipri.yaml, and transfers load brings it in.
    """
    from transfers.commands import match as run
    from transfers.commands.output import read_format

    wanted = read_format(formats)
    if context.invoked_subcommand:
        return
    if decided:
        if grade:
            raise UsageError("--grade is of proposals; what is decided has none")
        run.show_decided(settings, wanted, limit=limit, transfers=transfers, registers=registers)
    else:
        run.show_proposals(settings, wanted, limit=limit, transfers=transfers, registers=registers, grades=grade)


def _deciding(command: Function) -> Function:
    for option in (
        click.option("--on", metavar="DAY", help="The day of the decision, if it is not today."),
        click.option("--why", required=True, metavar="TEXT", callback=as_typed, help="The reason."),
        click.option("--reviewer", required=True, metavar="NAME", callback=as_typed, help="Who decides."),
        click.argument("transfer", callback=as_typed),
        click.argument("place", metavar="REGISTER:ROW", callback=as_typed),
    ):
        command = option(command)
    return command


@match.command(short_help="Decide that a row of a register is a transfer.")
@_deciding
@add_settings
@pass_settings
def accept(settings: Settings, place: str, transfer: str, reviewer: str, why: str, on: str | None) -> None:
    """Decide that a row of a register is a transfer: add that to data/matches/sipri.yaml of the collection.

    The decision is about the deal, so it holds in other releases too; where these say other figures, that is shown.
    """
    from transfers.commands.match import decide

    decide(settings, place, transfer, "accepted", reviewer=reviewer, why=why, on=on)


@match.command(short_help="Decide that a row of a register is not a transfer.")
@_deciding
@add_settings
@pass_settings
def reject(settings: Settings, place: str, transfer: str, reviewer: str, why: str, on: str | None) -> None:
    """Decide that a row of a register is not a transfer, so that it is not proposed again."""
    from transfers.commands.match import decide

    decide(settings, place, transfer, "rejected", reviewer=reviewer, why=why, on=on)


@match.command(short_help="Join a deal form with a deliveries form: ids with comments.")
@click.argument("deals", callback=as_typed)
@click.argument("deliveries", callback=as_typed)
@click.option("--left", is_flag=True, help="Also the deals that are ambiguous or without a partner.")
@with_formats
@add_settings
@pass_settings
def forms(settings: Settings, /, deals: str, deliveries: str, left: bool, **formats: Any) -> None:
    """Join the deals of one form with the ids of another; each is an imported register or a file.

    Each join has its rule; docs/registers.md has them with their precision. Only what fits one way is joined, and nothing by the
    likeness of names alone. The summary goes to stderr.
    """
    from transfers.commands.match import show_joined
    from transfers.commands.output import read_format

    show_joined(settings, read_format(formats), deals, deliveries, left=left)
