"""Plain command lines are read as click reads them, and all others are left to it."""

from __future__ import annotations

from typing import Any

import click
import pytest

from transfers.cli import transfers
from transfers.commands import TABLES, read_command
from transfers.commands.options import Command
from transfers.commands.plain import read_settings, read_values
from transfers.settings import Settings

PLAIN = [
    "query", "query --system Geran-2", "query --system=Geran-2 --system Герань-2 --phase delivered --phase=planned", "query --since 2023 --until=2024",
    "query --limit 0 --json", "query --limit 10000 --no-headers --csv --raw", "query --claims --reviewed --family", "query --fmt github",
    "query --system =x --supplier a=b", "show iran", "show --json iran", "show iran --json", "search a b --kind claim c", "search a --limit 5",
    "sql select --nl", "meetings --place a --place b --about x", "statements --speaker x --silent", "articles --review stale --db x --collection=y",
    "timeline --kind meeting --actor x", "actors --kind state", "systems --category uav --tsv", "query --limit 5 --limit 7",
    "query --supplier russia --include-predecessors --exact", "timeline --actor x --include-predecessors", "actors --include-predecessors",
    "meetings --actor x --include-predecessors", "query --since a --since b",
]
LEFT = [
    "query -h", "query --help", "query --phase nothing", "query --limit -1", "query --limit 10001", "query --limit ٣", "query --limit", "query --system",
    "query --system --json", "query --json=x", "query --nothing", "query extra", "query --", "query -x", "query --db", "query --db --json", "show", "show a b",
    "show -- a", "search", "sql", "sql -x", "query --syst x", "query --include-predecessors=1", "query --claims=1", "search --kind x a",
]


def by_click(words: list[str]) -> tuple[dict[str, Any], Settings]:
    settings = Settings()
    parent = click.Context(transfers, info_name="transfers", obj=settings)
    command = transfers.get_command(parent, words[0])
    assert command is not None
    return command.make_context(words[0], words[1:], parent=parent).params, settings


def by_us(words: list[str]) -> tuple[dict[str, Any] | None, Settings]:
    settings = Settings()
    return read_values(read_command(words[0]), settings, words[1:]), settings


def told(settings: Settings) -> tuple[object, ...]:
    return settings.db, settings.collection, settings.silent


@pytest.mark.parametrize("line", PLAIN)
def test_a_plain_line_means_what_it_means_to_click(line: str) -> None:
    words = line.split()
    values, settings = by_us(words)
    expected, expected_settings = by_click(words)
    assert values is not None
    formats = {name: expected.pop(name) for name in list(expected) if name.startswith("as_") or name in ("no_headers", "raw")}
    wanted = values.pop("wanted", None)
    if wanted is None:
        expected |= formats
    else:
        kinds = [name.removeprefix("as_") for name in formats if name.startswith("as_") and formats[name]] or ["table"]
        assert (wanted.kind, wanted.headers, wanted.guard) == (kinds[0], not formats["no_headers"], not formats["raw"])
    assert values == expected
    assert told(settings) == told(expected_settings)


@pytest.mark.parametrize("line", LEFT)
def test_whatever_is_out_of_the_ordinary_is_left_to_click(line: str) -> None:
    assert by_us(line.split())[0] is None


def test_the_options_of_all_commands_may_come_first() -> None:
    settings, rest = read_settings(["--db", "x", "--collection=y", "--silent", "query", "--json"])
    assert (told(settings), rest) == (("x", "y", True), ["query", "--json"])
    for line in ("--db", "--db --silent", "--version", "-h", ""):
        assert read_settings(line.split())[1] == line.split()


@pytest.mark.parametrize("name", TABLES)
def test_each_table_makes_a_command_with_the_same_options(name: str) -> None:
    table: Command = read_command(name)
    command = transfers.get_command(click.Context(transfers), name)
    assert command is not None
    flags = {flag for parameter in command.params if isinstance(parameter, click.Option) for flag in parameter.opts}
    assert flags == {option.flag for option in table.options} | {"--db", "--collection", "--silent", "-h", "--help"}
    assert command.help
    assert table.name == name
