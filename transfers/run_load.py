"""Running a load for the command line, by way of click or past it.

A load is run again and again, mostly to find that nothing changed. Importing click alone takes longer than that, so
`transfers load` with nothing but the database and the collection is understood here.
"""

from __future__ import annotations

import sys

from transfers.load import Options, load_collection
from transfers.records.collection import find_root

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Callable

    from transfers.load import Report
    from transfers.settings import Settings

LONG_LOAD = 200  # records from which a load says how far it is


def run_plain_load(arguments: list[str]) -> int | None:
    """Run ``load [--db X] [--collection X] [--silent]``; the exit code, or None for arguments that click has to read."""
    from transfers.settings import Settings

    settings = Settings()
    words = iter(arguments)
    for word in words:
        option, equals, value = word.partition("=")
        if option in ("--db", "--collection"):
            value = value if equals else next(words, "")
            if not value or value.startswith("-"):
                return None
            setattr(settings, option[2:], value)
        elif word == "--silent":
            settings.silent = True
        else:
            return None
    return run_load(settings, Options())


def run_load(settings: Settings, options: Options, *, as_json: bool = False) -> int:
    """Load, and tell what was done: on stderr, or as JSON on stdout; the exit code."""
    if not settings.silent and options.progress is None:
        options.progress = show_progress()
    report = load_collection(find_root(settings.collection), settings.target(), options)
    _tell(report, settings, as_json=as_json)
    return 1 if report.problems else 0


def _tell(report: Report, settings: Settings, *, as_json: bool) -> None:
    if report.problems:
        from transfers.render.visible import as_line

        sys.stderr.writelines(f"error: {as_line(str(problem))}\n" for problem in report.problems)
    if as_json:
        from transfers.render.json_text import as_page

        sys.stdout.write(as_page(report.as_json()) + "\n")
        return
    for line in report.as_lines():
        settings.say(line)


def show_progress() -> Callable[[int, int], None] | None:
    """Say on a terminal how far a long load is; None where nobody looks."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        if total >= LONG_LOAD and (done % 50 == 0 or done == total):
            sys.stderr.write(f"\r{done:,} of {total:,} records checked" + ("\n" if done == total else ""))
            sys.stderr.flush()

    return show
