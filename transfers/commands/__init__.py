"""The commands that read: what each takes and what it does.

They know nothing of click. Importing it takes as long as everything else a query does, so a plain command line, which is
almost every one, is understood here; whatever is out of the ordinary (help, a mistake, completion) goes to `transfers.cli`,
which makes click commands of the same tables.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from transfers.commands.options import Command

# Where the table of each command stands: its module below this package, and its name there.
TABLES = {
    "query": ("query", "QUERY"),
    "show": ("show", "SHOW"),
    "actors": ("registry", "ACTORS"),
    "systems": ("registry", "SYSTEMS"),
    "meetings": ("meetings", "MEETINGS"),
    "statements": ("statements", "STATEMENTS"),
    "articles": ("articles", "ARTICLES"),
    "search": ("search", "SEARCH"),
    "timeline": ("timeline", "TIMELINE"),
    "registers": ("registers", "REGISTERS"),
    "sql": ("sql", "SQL"),
}


def read_command(name: str) -> Command:
    """The table of a command."""
    module, table = TABLES[name]
    command: Command = getattr(import_module(f"transfers.commands.{module}"), table)
    return command


def run_plain(arguments: list[str]) -> int | None:
    """Run a plain command line; its exit code, or None for one that click has to read.

    Raises:
        TransfersError: what is wrong with what is asked for.
    """
    from transfers.commands.plain import read_settings, read_values

    settings, rest = read_settings(arguments)
    if not rest or rest[0] not in TABLES:
        return None
    command = read_command(rest[0])
    values = read_values(command, settings, rest[1:])
    if values is None:
        return None
    command.run(settings, **values)
    return 0
