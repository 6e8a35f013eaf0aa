"""Where results go: the format, the terminal's width, the pager."""

from __future__ import annotations

import os
import sys

from transfers.errors import UsageError
from transfers.render.formats import Format, as_text

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from transfers.queries.rows import Rows
    from transfers.settings import Settings

_KINDS = ("as_json", "as_nl", "as_csv", "as_tsv", "as_fmt")
WIDTH_ELSEWHERE = 120  # columns of a table that does not go to a terminal


def read_format(values: dict[str, Any]) -> Format:
    """The format that the options ask for; they are taken out of the values.

    Raises:
        UsageError: two formats at once.
    """
    given = {kind: values.pop(kind) for kind in _KINDS}
    chosen = [kind.removeprefix("as_") for kind in _KINDS if given[kind]]
    if len(chosen) > 1:
        raise UsageError(f"one format at a time: not {' and '.join('--' + kind for kind in chosen)} together")
    return Format(
        chosen[0] if chosen else "table", name=given["as_fmt"] or "", headers=not values.pop("no_headers"),
        guard=not values.pop("raw"), width=terminal_width(),
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

        if text.count("\n") >= shutil.get_terminal_size().lines and _page(text):
            return
    sys.stdout.write(text)


def _page(text: str) -> bool:
    """Show the text in the pager that PAGER names, else in less; whether there was one."""
    import shlex
    import shutil
    import subprocess

    words = shlex.split(os.environ.get("PAGER", "")) or ["less"]
    if shutil.which(words[0]) is None:
        return False
    subprocess.run(words, input=text.encode("utf-8", "backslashreplace"), check=False)
    return True


def terminal_width() -> int:
    """Columns that a table may take: COLUMNS, else the terminal's, else a fixed number."""
    told = os.environ.get("COLUMNS", "")
    if told.isascii() and told.isdigit() and int(told) > 0:
        return int(told)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or WIDTH_ELSEWHERE
    except (OSError, ValueError):
        return WIDTH_ELSEWHERE
