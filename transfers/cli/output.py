"""Where results go: the options for formats, the terminal's width, the pager."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, TypeVar

import click

from transfers.errors import UsageError
from transfers.render.formats import Format, as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from transfers.queries.rows import Rows
    from transfers.settings import Settings

Function = TypeVar("Function", bound="Callable[..., Any]")

_KINDS = ("as_json", "as_nl", "as_csv", "as_tsv", "as_fmt")
WIDTH_ELSEWHERE = 120  # columns of a table that does not go to a terminal


def add_formats(command: Function) -> Function:
    """Add the options for formats; the command gets one `Format` as ``wanted``."""

    def run(*arguments: Any, **options: Any) -> Any:
        return command(*arguments, wanted=_read_format(options), **options)

    run.__name__, run.__doc__ = command.__name__, command.__doc__
    wrapped: Any = run
    wrapped.__click_params__ = getattr(command, "__click_params__", [])
    for option in (
        click.option("--raw", is_flag=True, help="CSV and TSV: leave cells that look like formulas as they are."),
        click.option("--no-headers", is_flag=True, help="Leave the names of the columns out."),
        click.option("--fmt", "as_fmt", metavar="NAME", help="A table in a style of tabulate: github, latex, html, ..."),
        click.option("--tsv", "as_tsv", is_flag=True, help="Tab-separated values."),
        click.option("--csv", "as_csv", is_flag=True, help="Comma-separated values."),
        click.option("--nl", "as_nl", is_flag=True, help="One JSON object to a line."),
        click.option("--json", "as_json", is_flag=True, help="A JSON array of objects."),
    ):
        wrapped = option(wrapped)
    return wrapped  # type: ignore[no-any-return]


def _read_format(options: dict[str, Any]) -> Format:
    values = {kind: options.pop(kind) for kind in _KINDS}
    chosen = [kind.removeprefix("as_") for kind in _KINDS if values[kind]]
    if len(chosen) > 1:
        raise UsageError(f"one format at a time: not {' and '.join('--' + kind for kind in chosen)} together")
    return Format(
        chosen[0] if chosen else "table", name=values["as_fmt"] or "", headers=not options.pop("no_headers"),
        guard=not options.pop("raw"), width=terminal_width(),
    )


def show_rows(settings: Settings, rows: Rows, wanted: Format, people: Callable[[Rows], tuple[Sequence[str], list[Any]]]) -> None:
    """Print the rows, and say so when the limit cut some off.

    Args:
        settings: says whether to be silent.
        rows: the rows.
        wanted: the format.
        people: makes the columns and cells of tables for people.
    """
    columns, cells = people(rows) if wanted.is_for_people else (rows.columns, rows.rows)
    write(as_text(columns, cells, wanted))
    if rows.more and rows.rows:
        settings.say(f"note: the first {len(rows)} are shown, there are more; --limit takes up to 10000")
    elif not rows.rows and not rows.more:
        settings.say("note: nothing fits")


def write(text: str) -> None:
    """Write to stdout; through the pager when stdout is a terminal that the text does not fit on."""
    if text.count("\n") > 10 and sys.stdout.isatty():
        import shutil

        if text.count("\n") >= shutil.get_terminal_size().lines:
            click.echo_via_pager(text)
            return
    sys.stdout.write(text)


def terminal_width() -> int:
    """Columns that a table may take: COLUMNS, else the terminal's, else a fixed number."""
    told = os.environ.get("COLUMNS", "")
    if told.isascii() and told.isdigit() and int(told) > 0:
        return int(told)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or WIDTH_ELSEWHERE
    except (OSError, ValueError):
        return WIDTH_ELSEWHERE
