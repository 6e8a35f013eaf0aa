"""The command line: read options, call one function, print. One file for each group of commands.

A command's module is imported when the command runs, not before; what `transfers --help` says of it stands in `COMMANDS`.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Final

import click

from transfers import __version__
from transfers.cli.settings import add_settings
from transfers.errors import UsageError
from transfers.settings import Settings

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# Command: its module below this package, the object in it, and the line of help.
COMMANDS: Final = {
    "load": ("load", "load", "Check the records against their articles and load them."),
    "import": ("importing", "import_", "Import files of registers beside the claims."),
    "check": ("check", "check", "Check the records against their articles; no database."),
    "query": ("reading", "query", "List transfers, or the claims on them."),
    "show": ("reading", "show", "Show one transfer, meeting, statement, actor, system or article with all its sources."),
    "actors": ("reading", "actors", "List actors."),
    "systems": ("reading", "systems", "List weapons systems."),
    "meetings": ("reading", "meetings", "List meetings."),
    "statements": ("reading", "statements", "List statements."),
    "articles": ("reading", "articles", "List articles."),
    "search": ("reading", "search", "Search quotes, summaries, articles and names."),
    "registers": ("reading", "registers", "List registers, and names in them that are unmapped."),
    "match": ("match", "match", "Propose which deals of registers are which transfers, and decide."),
    "timeline": ("reading", "timeline", "List transfers, meetings and statements by date."),
    "sql": ("reading", "sql", "Run one SQL query that only reads."),
    "export": ("export", "export", "Write the data in another form."),
    "release": ("release", "release", "Write a dated, checksummed folder that can be cited."),
    "diff": ("diff", "diff", "What changed between two databases, canonical exports or register releases."),
    "serve": ("serve", "serve", "Show the data as a site on this machine."),
    "plot": ("plot", "plot", "Draw the timeline, the claims on a transfer, or the network."),
    "init": ("init", "init", "Make a new collection."),
    "db": ("database", "db", "Migrate, check, back up and restore the database."),
    "completion": ("completion", "completion", "Print the completion script for a shell."),
}
COMPLETE: Final = "_TRANSFERS_COMPLETE"


class Commands(click.Group):
    """A group that imports a command when it is run or asked for help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order of a day's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        module, name, _ = COMMANDS[cmd_name]
        command = getattr(import_module(f"transfers.cli.{module}"), name)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in COMMANDS.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete the names of commands without importing them, and options."""
        from click.shell_completion import CompletionItem

        found = [CompletionItem(name, help=line) for name, (_, _, line) in COMMANDS.items() if name.startswith(incomplete)]
        return found + click.Command.shell_complete(self, ctx, incomplete)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which ones there are."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise UsageError(f"there is no command {args[0]!r}; the commands are: {', '.join(COMMANDS)}")
        return super().resolve_command(ctx, args)


def _show_version(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        click.echo(f"transfers {__version__}")
        context.exit()


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="The database is data/transfers.db of the collection around the current folder, unless --db or TRANSFERS_DB says "
    "otherwise. These options may also follow the command.",
)
@add_settings
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Show the version and exit.",
)
def transfers() -> None:
    """Weapons transfers, each fact bound to the words of an article."""


def run_command(arguments: list[str]) -> int:
    """Run a command line; its exit code.

    Raises:
        TransfersError: whatever is wrong, errors of usage among it.
    """
    instruction = os.environ.get(COMPLETE)
    if instruction:
        return _complete(instruction)
    try:
        with transfers.make_context("transfers", arguments, obj=Settings()) as context:
            transfers.invoke(context)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return UsageError.exit_code
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.UsageError as error:
        raise UsageError(_as_sentence(error)) from error
    return 0


def _as_sentence(error: click.UsageError) -> str:
    message = " ".join(error.format_message().split()).rstrip(".")
    asked = f"; see: {error.ctx.command_path} --help" if error.ctx else ""
    return message[:1].lower() + message[1:] + asked


def _complete(instruction: str) -> int:
    """Answer the shell. Completion must never print an error into a line that somebody is typing."""
    from click.shell_completion import shell_complete

    try:
        return shell_complete(transfers, {"obj": Settings()}, "transfers", COMPLETE, instruction)
    except Exception:
        return 0
