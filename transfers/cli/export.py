"""`transfers export`: the data in another form."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from transfers.cli.settings import add_settings, pass_settings
from transfers.errors import UsageError
from transfers.exports.formats import FORMATS, Format, as_text, write_folder
from transfers.settings import Settings

if TYPE_CHECKING:
    from transfers.db import Connection
    from transfers.exports.about import About

Function = TypeVar("Function", bound="Callable[..., Any]")

with_texts = click.option("--with-texts", is_flag=True, help="With the full texts of the articles.")
raw_cells = click.option("--raw", is_flag=True, help="Cells as they are, also those that a spreadsheet would run as a formula.")
_OPTIONS: Final = {
    "with_texts": with_texts,
    "with_registers": click.option(
        "--with-registers", is_flag=True, help="With the rows of imported registers, whose terms are printed: keep to them.",
    ),
    "raw": raw_cells,
}


@click.group(short_help="Write the data in another form.")
def export() -> None:
    """Write the data in another form. The same data give the same bytes, on every engine.

    Full texts of articles are left out unless --with-texts, rows of registers unless --with-registers. Nothing is written over.
    What each format keeps and loses: docs/exports.md.
    """


def output(what: str, *, required: bool = False) -> Callable[[Function], Function]:
    """Add -o."""
    text = f"Write a new {what}." if required else f"Write into a new {what} instead of stdout."
    return click.option("-o", "--output", metavar=what.upper(), required=required, help=text)


@export.command(short_help="A stable text of all rows: same data, same bytes.")
@output("file")
@with_texts
@add_settings
@pass_settings
def canonical(settings: Settings, output: str | None, with_texts: bool) -> None:
    """Write all rows as JSON Lines in a fixed order: same data, same bytes, on every engine and after every load.

    Two databases hold the same when their canonical exports are equal. Other exports name the hash of this one.
    """
    from transfers.exports.canonical import as_canonical

    with settings.reading() as connection, connection.snapshot():
        _write(settings, (f"{line}\n" for line in as_canonical(connection, with_texts=with_texts)), output)


def _write(settings: Settings, parts: Iterable[str], path: str | None) -> None:
    """Write a text to stdout, or into a new file."""
    from transfers.exports.new_file import new_file

    if path is None:
        sys.stdout.writelines(parts)
        return
    with new_file(path) as file:
        file.writelines(parts)
    settings.say(f"wrote {path}")


@contextmanager
def _source(settings: Settings, *, texts: bool = False, registers: bool = False) -> Iterator[tuple[Connection, About]]:
    """The database at one moment, and what an export of it says of itself; the terms of registers are told to the user."""
    from transfers.exports.about import Wanted, read_about

    with settings.reading() as connection, connection.snapshot():
        about = read_about(connection, Wanted(texts, registers))
        for licence in sorted({one.licence for one in about.registers}):
            settings.say(f"{', '.join(one.id for one in about.registers if one.licence == licence)}: {licence}")
        yield connection, about


def _make(name: str, found: Format) -> None:
    """Make the command of one format out of what the table of formats says of it."""

    def command(
        settings: Settings, output: str | None, with_texts: bool = False, with_registers: bool = False, raw: bool = False,
    ) -> None:
        from transfers.exports.new_folder import new_folder
        from transfers.site.metadata import tables

        told = tables() if found.tables else {}
        with _source(settings, texts=with_texts, registers=with_registers) as (connection, about):
            if not found.folder:
                _write(settings, as_text(connection, name, about, told), output)
                return
            with new_folder(output or "") as folder:
                write_folder(connection, name, about, told, folder, raw=raw)
        settings.say(f"wrote {output}")

    made: Callable[..., Any] = command
    for option, has in (("raw", found.raw), ("with_registers", found.tables), ("with_texts", found.texts)):
        made = _OPTIONS[option](made) if has else made
    made = output("folder" if found.folder else "file", required=found.folder)(add_settings(pass_settings(made)))
    export.command(name, short_help=found.line, help=f"{found.line}\n\n{found.more}")(made)


for _name, _format in FORMATS.items():
    _make(_name, _format)


@export.command(short_help="A CSV in the shape of the SIPRI trade register.")
@output("file")
@click.option("--lost", metavar="FILE", help="Write all that the form cannot hold into a new CSV file.")
@raw_cells
@add_settings
@pass_settings
def sipri(settings: Settings, output: str | None, lost: str | None, raw: bool) -> None:
    """Write the best values of the claims in the columns of the SIPRI trade register. It is not SIPRI's data, and says so.

    The form has one number, one year and no source where claims have ranges, denials and quotes: what is lost is counted on stderr,
    and listed with --lost.
    """
    from transfers.exports.new_file import new_file
    from transfers.exports.sipri import as_lost, as_sipri, as_summary, find_sipri_rows

    if lost is not None and lost == output:
        raise UsageError("--lost and --output name the same file")
    with _source(settings) as (connection, about):
        rows, found = find_sipri_rows(connection)
    with ExitStack() as both:
        if lost is not None:  # it gets its name at the end, when the rows are written
            both.enter_context(new_file(lost)).writelines(as_lost(found, raw=raw))
        _write(settings, as_sipri(rows, about, raw=raw), output)
    for line in as_summary(rows, found):
        settings.say(line)
