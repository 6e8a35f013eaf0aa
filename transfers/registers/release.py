"""A file of a register: which release it is, and its rows."""

from __future__ import annotations

import re
from importlib import import_module

from transfers.errors import InputError, UsageError
from transfers.registers.forms import read_head
from transfers.registers.source import Problems, look_through
from transfers.vocabulary import words

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final

    from transfers.registers.forms import Head
    from transfers.registers.row import RegisterRow
    from transfers.registers.source import Source

LICENCE: Final = (
    "SIPRI Arms Transfers Database, © Stockholm International Peace Research Institute (SIPRI). Excerpts of less than 10 per cent "
    "may be used for non-commercial purposes with the source named; for more, ask SIPRI: www.sipri.org/about/terms-and-conditions"
)
# Which module reads the rows of which form.
_READERS: Final = {
    "trade_register": "trade_register", "deliveries": "deliveries", "deals_and_tivs": "deliveries", "columns_22": "columns_22",
    "rtf": "rtf",
}


class Release:
    """One file of a register. Iterating reads its rows, from the beginning each time, a few at once in memory.

    Attributes:
        id: data set, form, and the release with the years of the selection, as a slug; with a name of the user's, that name.
        dataset: whose register it is.
        form: in which of its published forms.
        release: the day it was generated (ISO), else what the user called it.
        generated_on: the day it was generated (ISO), where the file says so.
        selection: what the file says it is a selection of.
        sha256: hash of the file.
        licence: whose data they are and what may be done with them.
        path: the file.
    """

    __slots__ = ("_head", "_source", "dataset", "form", "generated_on", "id", "licence", "path", "release", "selection", "sha256")

    def __init__(self, dataset: str, source: Source, head: Head, name: str | None) -> None:
        self.dataset, self.form, self.selection, self.licence = dataset, head.form, head.selection, LICENCE
        self.path, self.sha256 = source.path, source.sha256
        self.generated_on = head.generated.isoformat() if head.generated else None
        self.release = name or self.generated_on or ""
        years = "" if name or not head.years else f"-{head.years[0]}-{head.years[1]}"
        self.id = as_slug(f"{dataset}-{head.form}-{self.release}{years}")
        self._source, self._head = source, head

    def __iter__(self) -> Iterator[RegisterRow]:
        """The rows in the order of the file.

        Raises:
            ProblemsError: something in the file is not as its form has it; raised at the end, or after the twentieth problem.
        """
        problems = Problems(self.path)
        last_year = self._head.generated.year + 1 if self._head.generated else 2100
        module = import_module(f"transfers.registers.{_READERS[self.form]}")
        yield from module.read_rows(self._source, self._head, problems, last_year)
        problems.settle()


def read_release(path: str, *, dataset: str = "sipri", name: str | None = None) -> Release:
    """Look a file of a register through and say what it is. Rows are read when it is iterated.

    Args:
        path: the file.
        dataset: whose register it is.
        name: what to call the release, where the file does not say when it was generated, or as the user wishes.

    Raises:
        ProblemsError: it is not a file of such a register, or damaged.
        InputError: it does not say when it was generated, and no name was given.
        UsageError: the data set is not known, or the name has no letter or digit.
    """
    if dataset not in words.REGISTER_DATASETS:
        raise UsageError(f"there is no register {dataset!r}; known are: {', '.join(words.REGISTER_DATASETS)}")
    if name is not None and not as_slug(name):
        raise UsageError("--release needs a name with letters or digits")
    problems = Problems(path)
    source = look_through(path, problems)
    head = read_head(source, problems)
    if name is None and head.generated is None:
        raise InputError(f"{path}: does not say when it was generated; say which release it is: --release NAME")
    return Release(dataset, source, head, name)


def as_slug(text: str) -> str:
    """Small letters, digits, and single hyphens between them."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
