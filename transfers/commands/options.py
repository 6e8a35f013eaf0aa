"""What a command takes: its options and arguments, as a table."""

from __future__ import annotations

from transfers.vocabulary import words as lists

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

MOST = 10_000  # rows


class Option:
    """One option.

    Attributes:
        flag: as it is typed, ``--system``.
        kind: ``flag``, ``text``, ``word`` of a closed list, ``name`` of an actor or system, ``number``.
        help: its line of help.
        many: whether it may be given several times.
        words: the closed list, or the one kind of thing that is named.
        shown: what help calls its value.
        name: what the command calls it.
    """

    __slots__ = ("flag", "help", "kind", "many", "name", "shown", "words")

    def __init__(
        self, flag: str, kind: str, help_: str, *, many: bool = False, words: lists.Words = (), shown: str = "", name: str = "",
    ) -> None:
        self.flag, self.kind, self.help, self.many, self.words, self.shown = flag, kind, help_, many, words, shown
        self.name = name or flag.lstrip("-").replace("-", "_")


class Argument:
    """What a command takes without a flag: one text, or several that belong together."""

    __slots__ = ("many", "name", "of", "shown")

    def __init__(self, name: str, shown: str, *, many: bool = False, of: str = "") -> None:
        self.name, self.shown, self.many, self.of = name, shown, many, of


class Command:
    """A command: its name, its line of help, what it takes, and the function that does it, whose docstring is its help.

    Attributes:
        formats: whether it takes the options for formats and gets a `Format` as ``wanted``.
    """

    __slots__ = ("argument", "formats", "name", "options", "run", "short")

    def __init__(
        self, name: str, short: str, run: Callable[..., None], options: Sequence[Option], *, argument: Argument | None = None,
        formats: bool = True,
    ) -> None:
        self.name, self.short, self.run, self.argument, self.formats = name, short, run, argument, formats
        self.options = (*options, *FORMATS) if formats else tuple(options)


def flag(flag_: str, help_: str, name: str = "") -> Option:
    """An option that is there or not."""
    return Option(flag_, "flag", help_, name=name)


def named(flag_: str, kind: str, help_: str) -> Option:
    """An actor or system by id or name; several times."""
    return Option(flag_, "name", help_, many=True, words=(kind,), shown="NAME")


def one_of(flag_: str, words: lists.Words, help_: str) -> Option:
    """Words of a closed list; several times."""
    return Option(flag_, "word", f"{help_}: {', '.join(words)}.", many=True, words=words, shown="WORD")


def text(flag_: str, shown: str, help_: str, *, many: bool = False) -> Option:
    """Any text."""
    return Option(flag_, "text", help_, many=many, shown=shown)


SINCE_UNTIL = (
    text("--since", "DATE", "What can lie on this day or later; EDTF: 2023, 2023-09, 2023-21."),
    text("--until", "DATE", "What can lie on this day or earlier; EDTF."),
)
PREDECESSORS = flag("--include-predecessors", "With each actor also those whose place it has taken: Russia and the Soviet Union.")
ABOUT = text("--about", "TEXT", "Words that its texts must hold, as for transfers search.")
LIMIT = Option("--limit", "number", "At most so many rows.", shown="N")
LIMIT_USUALLY = 100
FORMATS = (
    flag("--json", "A JSON array of objects.", "as_json"),
    flag("--nl", "One JSON object to a line.", "as_nl"),
    flag("--csv", "Comma-separated values.", "as_csv"),
    flag("--tsv", "Tab-separated values.", "as_tsv"),
    Option("--fmt", "text", "A table in a style of tabulate: github, latex, html, ...", shown="NAME", name="as_fmt"),
    flag("--no-headers", "Leave the names of the columns out."),
    flag("--raw", "CSV and TSV: leave cells that look like formulas as they are."),
)


def as_typed(value: Any) -> Any:
    """What was typed, as text, also where the locale says ASCII: Python then hands over half surrogates for the bytes."""
    if isinstance(value, tuple):
        return tuple(map(as_typed, value))
    if isinstance(value, str) and not value.isprintable() and any("\ud800" <= character <= "\udfff" for character in value):
        return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return value
