"""Every command: its help, its exit codes, and what it imports."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import click
import pytest

from transfers.cli import COMMANDS
from transfers.cli import transfers as group

Call = Callable[..., Any]

HEAVY = {"sqlalchemy", "alembic", "yaml", "sqlite_utils", "tabulate", "dataclasses", "pathlib", "json", "psycopg", "transfers.load"}
READING = [
    ["query"], ["query", "--json"], ["query", "--claims", "--csv"], ["query", "--tsv"], ["query", "--fmt", "github"],
    ["query", "--system", "Герань-2", "--since", "2020", "--standing", "reported", "--reviewed"], ["show", "iran"],
    ["show", "iran", "--json"], ["actors"], ["systems"], ["meetings"], ["statements", "--about", "drones"], ["articles"],
    ["search", "drones"], ["timeline"], ["sql", "SELECT 1"],
]
BY_CLICK = [["completion", "bash"], ["--help"], ["query", "--help"], ["--version"], ["query", "-h"]]


def commands(group: click.Group, name: str = "") -> dict[str, click.Command]:
    """All commands of a group and of the groups in it, by their words."""
    found = {}
    context = click.Context(group)
    for word in group.list_commands(context):
        command = group.get_command(context, word)
        assert command is not None
        found[f"{name} {word}".strip()] = command
        if isinstance(command, click.Group):
            found |= commands(command, word)
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_the_command_says(name: str) -> None:
    command = commands(group)[name]
    assert command.name == name
    assert command.get_short_help_str(1000) == COMMANDS[name][2]


def test_every_command_and_option_has_help() -> None:
    for name, command in commands(group).items():
        assert command.help, name
        for parameter in command.params:
            assert isinstance(parameter, click.Argument) or parameter.help, f"{name} {parameter.name}"
            if isinstance(parameter, click.Option) and not parameter.hidden:
                assert parameter.help.endswith((".", "...")), f"{name} {parameter.name}"


def test_every_command_takes_h_and_the_options_of_all(transfers: Call) -> None:
    for name, command in commands(group).items():
        for flag in ("-h", "--help"):
            code, out, err = transfers(*name.split(), flag)
            assert (code, err) == (0, ""), name
            assert out.startswith(f"Usage: transfers {name} "), name
        if name in COMMANDS and not isinstance(command, click.Group):
            flags = {flag for parameter in command.params for flag in parameter.opts}
            assert {"--db", "--collection", "--silent"} <= flags, name


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        ([], 2, ""),
        (["nothing"], 2, "error: there is no command 'nothing'; the commands are: load, import, check, query"),
        (["query", "--json", "--csv"], 2, "error: one format at a time: not --json and --csv together"),
        (["query", "--json", "--fmt", "grid"], 2, "error: one format at a time"),
        (["query", "--fmt", "nice"], 2, "error: --fmt knows no 'nice'; it knows: asciidoc"),
        (["query", "--phase", "deliverd"], 2, "error: invalid value for '--phase': 'deliverd' is not one of 'requested'"),
        (["query", "--limit", "-1"], 2, "error: invalid value for '--limit'"),
        (["query", "--limit", "10001"], 2, "error: invalid value for '--limit'"),
        (["query", "--limit", "1e30"], 2, "error: invalid value for '--limit'"),
        (["query", "--since", "2023-02-30"], 2, "error: --since: '2023-02-30' is not a day of the calendar"),
        (["query", "--order-by", "x"], 2, "error: no such option"),
        (["query", "--family", "--exact"], 2, "error: --family and --exact exclude each other"),
        (["query", "--system", "Shahed-137"], 1, "error: no system goes by 'Shahed-137'; did you mean shahed-136"),
        (["query", "--system", "a\x1b[2J\nb"], 1, "error: no system goes by 'a\\x1b[2J\\nb'"),
        (["query", "--db", "/nowhere/x.db"], 3, "error: there is no database at /nowhere/x.db; run: transfers load"),
        (["query", "--db", "ftp://x/y"], 2, "error: ftp:// is not a database this program knows"),
        (["query", "--collection", "/nowhere"], 1, "error: /nowhere is no collection"),
        (["show"], 2, "error: missing argument 'ID'; see: transfers show --help"),
        (["show", "typhoon"], 1, "error: typhoon is an id of more than one kind; ask for actor:typhoon or system:typhoon"),
        (["show", "zzz"], 1, "error: nothing goes by 'zzz'"),
        (["search", "--", "-"], 2, "error: the search text is empty"),
        (["sql", "SELEC"], 1, "error: this SQL does not run"),
        (["sql", "DELETE FROM claims"], 1, "error: this SQL is refused"),
        (["sql", "ATTACH '/tmp/x.db' AS x"], 1, "error: "),
        (["sql", "SELECT 1; SELECT 2"], 1, "error: "),
        (["completion", "tcsh"], 2, "error: invalid value for 'SHELL'"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(transfers: Call, words: list[str], code: int, says: str) -> None:
    ended = transfers(*words)
    assert ended.code == code
    assert ended.err.startswith(says)
    assert ended.err.count("\n") == (1 if says else 0)
    assert "Traceback" not in ended.err


def test_a_missing_database_is_not_made(transfers: Call, tmp_path: Any) -> None:
    assert transfers("query", "--db", f"{tmp_path}/none.db").code == 3
    assert list(tmp_path.iterdir()) == []


def test_a_fault_of_the_program_shows_where_and_exits_70(transfers: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("transfers.commands.registry.find_actors", None)
    ended = transfers("actors")
    assert ended.code == 70
    assert ended.err.startswith("Traceback")
    assert ended.err.endswith("error: this is a fault of the program, not of your input\n")


@pytest.mark.parametrize(("lines", "unwanted"), [(READING, HEAVY | {"click"}), (BY_CLICK, HEAVY | {"sqlite3"})])
def test_reading_imports_nothing_that_writing_needs(database: str, lines: list[list[str]], unwanted: set[str]) -> None:
    code = (
        "import sys\nfrom transfers.__main__ import run\n"
        f"for words in {lines!r}:\n"
        "    assert run(words) == 0, words\n"
        f"print(sorted(set(sys.modules) & {unwanted!r}), file=sys.stderr)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], env={"TRANSFERS_DB": database, "PATH": ""}, capture_output=True, text=True, check=True,
    )
    # What the views have as JSON text is read with it, where there is any.
    assert ended.stderr.splitlines()[-1] in ("[]", "['json']")


def test_help_and_completion_import_no_command(database: str) -> None:
    code = (
        "import sys\nfrom transfers.__main__ import run\nassert run(['--help']) == 0\n"
        "print([name for name in sys.modules if name.startswith(('transfers.cli.q', 'transfers.db', 'transfers.queries', 'sqlite3'))], "
        "file=sys.stderr)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stderr == "[]\n"
    words = {"_TRANSFERS_COMPLETE": "bash_complete", "COMP_WORDS": "transfers qu", "COMP_CWORD": "1", "TRANSFERS_DB": database}
    code = (
        "import sys\nfrom transfers.__main__ import run\nassert run([]) == 0\n"
        "print([name for name in sys.modules if name.startswith(('transfers.cli.query', 'sqlalchemy', 'sqlite3'))], file=sys.stderr)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=words)
    assert (ended.stdout, ended.stderr) == ("plain,query\n", "[]\n")
