"""What was only renamed between two sides: a file that says so."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import Final

from transfers.errors import UsageError

_HEADERS: Final = (["column", "old", "new"], ["old", "new"])
ANY: Final = ""  # stands for every column


class Renames:
    """Values that were renamed.

    Attributes:
        path: the file they were read from.
    """

    __slots__ = ("_values", "path")

    def __init__(self, values: Iterable[tuple[str, str, str]] = (), path: str = "") -> None:
        """Take the renames in.

        Args:
            values: for each the column (``column``, ``table.column``, or `ANY`), the old value and the new one.
            path: the file they were read from.
        """
        self.path = path
        self._values: dict[str, dict[str, str]] = {}
        for column, old, new in values:
            self._values.setdefault(column, {})[old] = new

    def __bool__(self) -> bool:
        return bool(self._values)

    def columns(self) -> set[str]:
        """The columns that are named."""
        return set(self._values) - {ANY}

    def of_table(self, table: str, columns: Iterable[str], *, later: bool = False) -> dict[str, dict[str, str]]:
        """For each column of a table in which something was renamed, the new values by the old ones.

        What is said of one table goes before what is said of the column in all, and that before what is said of everything.

        Args:
            table: the table.
            columns: its columns.
            later: for the second side. It may still have the old value in some rows, so that is renamed there too, unless it is
                the new value of another one: names can change places.
        """
        if not self._values:
            return {}
        found = {}
        for column in columns:
            values = {
                **self._values.get(ANY, {}), **self._values.get(column, {}), **self._values.get(f"{table}.{column}", {}),
            }
            if later:
                values = {old: new for old, new in values.items() if old not in values.values()}
            if values:
                found[column] = values
        return found


NO_RENAMES: Final = Renames()


def read_renames(path: str) -> Renames:
    """The renames of a file: lines ``column,old,new``, or ``old,new`` for every column, as CSV in UTF-8.

    A first line with these words is a header; empty lines and lines that begin with ``#`` are passed over. A value is renamed
    where it is a whole cell. All renames happen at once, so that two names can change places.

    Raises:
        UsageError: the file cannot be read, or a line is not understood; the message says which.
    """
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            lines = csv.reader(file, strict=True)
            return _as_renames(path, ((lines.line_num, cells) for cells in lines))
    except OSError as error:
        raise UsageError(f"--rename: {path} cannot be read: {error.strerror}") from error
    except (csv.Error, UnicodeError) as error:
        raise UsageError(f"--rename: {path} is not CSV in UTF-8: {error}") from error


def _as_renames(path: str, lines: Iterable[tuple[int, list[str]]]) -> Renames:
    found: dict[tuple[str, str], tuple[str, int]] = {}
    first = True
    for number, cells in lines:
        if not any(cell.strip() for cell in cells) or cells[0].lstrip().startswith("#"):
            continue
        is_header, first = first and [cell.strip().lower() for cell in cells] in _HEADERS, False
        if is_header:
            continue
        column, old, new = _as_rename(path, number, cells)
        said, where = found.setdefault((column, old), (new, number))
        if said != new:
            raise UsageError(f"--rename: {path}:{number}: {old!r} becomes {said!r} in line {where} and {new!r} here")
    return Renames(((column, old, new) for (column, old), (new, _) in found.items()), path)


def _as_rename(path: str, number: int, cells: list[str]) -> tuple[str, str, str]:
    if len(cells) not in (2, 3):
        raise UsageError(
            f"--rename: {path}:{number}: a line is column,old,new or old,new; this one has {len(cells)} cells "
            "(a value with a comma stands in quotation marks)"
        )
    column = cells[0].strip() if len(cells) == 3 else ANY
    old, new = cells[-2], cells[-1]
    if not old or not new:
        raise UsageError(f"--rename: {path}:{number}: the old and the new value may not be empty")
    return column, old, new
