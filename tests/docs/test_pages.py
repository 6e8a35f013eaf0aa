"""The pages say what the program does: what is printed in them is what it prints, and what they name is there."""

import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from transfers import __main__, __version__, errors
from transfers.cli import COMMANDS, transfers

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
REFERENCE = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
PAGES = ["README.md", "CHANGELOG.md", *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md")))]


def walk(group, name):
    for word in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), word)
        yield f"{name} {word}", command
        if isinstance(command, click.Group):
            yield from walk(command, f"{name} {word}")


TREE = {"transfers": transfers, **dict(walk(transfers, "transfers"))}


def test_what_is_made_in_the_pages_is_up_to_date():
    ran = subprocess.run([sys.executable, "docs/make/pages.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("kind", ["record", "actors", "systems", "places", "topics", "review"])
def test_the_schemas_for_editors_are_what_check_prints(kind):
    command = [sys.executable, "-m", "transfers", "check", "--schema", kind]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert (ROOT / "docs" / "schema" / f"{kind}.json").read_text(encoding="utf-8") == ran.stdout
    assert json.loads(ran.stdout)["title"] == f"transfers: {kind}"


@pytest.mark.parametrize("name", TREE)
def test_a_command_has_help_and_is_on_the_pages(name):
    command = TREE[name]
    assert command.help, f"{name} has no help"
    assert f"`{name}`" in REFERENCE
    if not isinstance(command, click.Group):
        assert f"`{name}`" in README, f"{name} is not in the README"


@pytest.mark.parametrize("name", TREE)
def test_an_option_has_help_and_is_in_the_reference(name):
    section = REFERENCE.partition(f"`{name}`\n")[2].partition("\n```\n\n")[0]
    for parameter in TREE[name].params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert parameter.help, f"{name} {parameter.opts[0]} has no help"
            assert parameter.opts[0] in section, f"{name} {parameter.opts[0]} is not in docs/commands.md"


def test_the_line_of_help_in_the_list_of_commands_is_that_of_the_command():
    for name, (_, _, line) in COMMANDS.items():
        assert TREE[f"transfers {name}"].get_short_help_str(limit=200) == line


def test_the_readme_begins_with_the_two_commands():
    consoles = re.findall(r"```console\n(.*?)\n```", README, re.DOTALL)
    assert consoles[:2] == ["python3 start.py", "python3 start.py test"]


@pytest.mark.parametrize("sentence", ["row in `transfers` does not say that it happened", "ever add up the numbers of claims"])
def test_the_two_sentences_are_said(sentence):
    assert sentence in README
    assert sentence in (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")


def test_every_exit_code_is_told():
    classes = [errors.TransfersError, *errors.TransfersError.__subclasses__()]
    codes = {one.exit_code for one in classes} | {
        __main__.FAULT, __main__.INTERRUPTED, __main__.TERMINATED, __main__.READER_LEFT,
    }
    table = REFERENCE.partition("### Exit codes")[2].partition("###")[0]
    told = {int(code) for cell in re.findall(r"^\| ([0-9, ]+) \|", table, re.MULTILINE) for code in cell.split(",")}
    assert told == codes | {0}
    sentence = README.partition("Exit codes:")[2].partition("\n\n")[0]
    assert {int(code) for code in re.findall(r"\b[0-9]+\b", sentence)} == told


def test_every_environment_variable_is_told():
    asked = set()
    for path in (ROOT / "transfers").rglob("*.py"):
        asked |= set(re.findall(r"\"(TRANSFERS_[A-Z]+|XDG_DATA_HOME|LOCALAPPDATA|COLUMNS)\"", path.read_text(encoding="utf-8")))
    told = REFERENCE.partition("### Environment variables")[2].partition("###")[0]
    assert {name for name in asked if f"`{name}`" not in told} == set()


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_links_to_is_there(page):
    text = re.sub(r"```.*?```", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        path, _, anchor = link.partition("#")
        if path.startswith("http"):
            continue
        target = (ROOT / page).parent / path if path else ROOT / page
        assert target.exists(), f"{page} links to {link}"
        if anchor:
            assert anchor in anchors(target), f"{page} links to {link}"


def anchors(page):
    text = page.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    made = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return made | set(re.findall(r'<a id="([^"]+)">', text))


def test_the_version_is_one():
    assert f"version: {__version__}" in (ROOT / "CITATION.cff").read_text(encoding="utf-8").splitlines()
    assert f"transfers {__version__}" in README
