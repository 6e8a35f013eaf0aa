"""`transfers completion`: the script that makes a shell complete commands, options, actors and systems."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from transfers.cli.settings import add_settings

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_MOST = 200


@click.command(short_help="Print the completion script for a shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]), metavar="SHELL")
@add_settings
def completion(shell: str) -> None:
    r"""Print the completion script for bash, zsh or fish. It completes commands, options, actors and systems.

    \b
    bash: transfers completion bash > ~/.local/share/bash-completion/completions/transfers
    zsh:  transfers completion zsh > a folder of $fpath, as _transfers
    fish: transfers completion fish > ~/.config/fish/completions/transfers.fish
    """
    from click.shell_completion import get_completion_class

    from transfers.cli import COMPLETE, transfers
    from transfers.commands.output import write

    made = get_completion_class(shell)
    if made is not None:
        script = made(transfers, {}, "transfers", COMPLETE)
        # Not source(): for bash it would start one to ask for its version.
        write((script.source_template % script.source_vars()).strip() + "\n")


def complete_names(context: click.Context, kinds: tuple[str, ...], incomplete: str) -> list[CompletionItem]:
    """Ids that begin with what was typed, of actors, systems and whatever else is asked for; none if anything is wrong."""
    from click.shell_completion import CompletionItem

    from transfers.settings import Settings

    settings = context.find_object(Settings) or Settings()
    settings.silent = True
    columns = {"actor": "name", "system": "name", "transfer": "''", "meeting": "title"}
    union = " UNION ALL ".join(
        f"SELECT id, {columns[kind]} FROM {kind}s WHERE substr(id, 1, :length) = :typed" for kind in kinds
    )
    with settings.reading() as connection:
        found = connection.rows(
            f"SELECT id, called FROM ({union.replace(' FROM', ' AS called FROM')}) known ORDER BY id LIMIT {_MOST}",
            {"typed": incomplete, "length": len(incomplete)},
        )
    return [CompletionItem(id_, help=called or None) for id_, called in found]
