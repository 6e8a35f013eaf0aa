"""The reference of docs/commands.md, made of the help of the commands themselves."""

from __future__ import annotations

from collections.abc import Iterator

import click
import cog

from transfers.cli import transfers


def walk() -> Iterator[tuple[str, click.Command]]:
    """All commands with their full names, a group before what it holds."""
    yield "transfers", transfers
    yield from _below(transfers, "transfers")


def write_help() -> None:
    """Print the help of every command."""
    for name, command in walk():
        context = _context(name, command)
        cog.outl(f"{'##' if name.count(' ') <= 1 else '###'} `{name}`\n")
        cog.outl(f"```text\n{command.get_help(context).rstrip()}\n```\n")


def write_list() -> None:
    """Print every command that does something, with one line of what."""
    cog.outl("| command | does |\n|---|---|")
    for name, command in walk():
        if not isinstance(command, click.Group) or command.invoke_without_command:
            cog.outl(f"| `{name}` | {command.get_short_help_str(limit=200)} |")


def _below(group: click.Group, name: str) -> Iterator[tuple[str, click.Command]]:
    for word in group.list_commands(_context(name, group)):
        command = group.get_command(_context(name, group), word)
        if command is None or command.hidden:
            continue
        yield f"{name} {word}", command
        if isinstance(command, click.Group):
            yield from _below(command, f"{name} {word}")


def _context(name: str, command: click.Command) -> click.Context:
    """A context in which the help speaks of the command by its full name, and is as wide everywhere."""
    return click.Context(command, info_name=name, **{**command.context_settings, "terminal_width": 100})
