"""A canonical export as a side, read line by line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BufferedReader
from itertools import groupby
from typing import Any, Final

from transfers.differences.sides import ROWS, Row, Side, Table, as_orderly
from transfers.errors import DatabaseError
from transfers.schema.head import HEAD
from transfers.schema.keys import FORMAT, KEYS, NUMBERS, TEXTS

BEGINNING: Final = b'{"format":"transfers-canonical-'
_LONGEST: Final = 100_000_000  # bytes of one line
_CELLS: Final = {str, int, float, type(None)}


def canonical_side(file: BufferedReader, name: str) -> Side:
    """What a canonical export holds, but for full texts: their hashes are compared.

    Args:
        file: the open file, at its beginning. It is read while the side is compared.
        name: how to speak of it.

    Raises:
        DatabaseError: here or while the rows are read: it is of a version this program does not know, or was changed since
            it was written.
    """
    lines = _Lines(file, name)
    header = lines.read()
    if header is None or header.get("format") != FORMAT:
        raise lines.fault(f"is an export in a form that this program does not know; it knows {FORMAT}")
    schema = header.get("schema")
    if not isinstance(schema, str) or not (schema.isdecimal() and len(schema) == len(HEAD)) or schema > HEAD:
        raise lines.fault(f"was written by a newer version of this program (schema {schema}, this one knows {HEAD})")
    return Side(ROWS, name, _tables(lines))


class _Lines:
    """The lines of a file as objects, with their numbers."""

    def __init__(self, file: BufferedReader, name: str) -> None:
        self.file, self.name, self.number = file, name, 0

    def read(self) -> dict[str, Any] | None:
        """The object of the next line; None at the end."""
        try:
            line = self.file.readline(_LONGEST)
        except OSError as error:
            raise DatabaseError(f"{self.name} cannot be read: {error.strerror}") from error
        if not line:
            return None
        self.number += 1
        try:
            if not line.endswith(b"\n"):
                raise ValueError
            found = json.loads(line.decode("utf-8"))
        except (ValueError, RecursionError) as error:
            raise self.fault("is not a whole line of a canonical export") from error
        if not isinstance(found, dict):
            raise self.fault("is not a line of a canonical export")
        return found

    def objects(self) -> Iterator[dict[str, Any]]:
        """All objects from here on."""
        while (found := self.read()) is not None:
            yield found

    def fault(self, text: str) -> DatabaseError:
        return DatabaseError(f"{self.name}:{self.number}: {text}")


def _tables(lines: _Lines) -> Iterator[Table]:
    """The tables one after the other; each must be read to its end before the next is asked for."""
    last = ""
    for name, objects in groupby(lines.objects(), lambda found: found.get("table")):
        if not isinstance(name, str) or name not in KEYS:
            raise lines.fault(f"there is no table {name!r} that this program knows")
        if name <= last:
            raise lines.fault("the tables are not in order: the export was changed since it was written")
        last = name
        first = next(objects)
        names = [column for column in first if column != "table"]
        key = KEYS[name]
        if not set(key) <= set(names):
            raise lines.fault(f"a row of {name} lacks a part of its key ({', '.join(key)})")
        columns = [column for column in names if (name, column) not in TEXTS]
        yield Table(name, columns, key, _rows(lines, first, objects, columns, key))  # noqa: B031 - read once


def _rows(
    lines: _Lines, first: dict[str, Any], following: Iterator[dict[str, Any]], columns: list[str], key: tuple[str, ...],
) -> Iterator[Row]:
    """The rows of a table, each looked over: the comparison relies on their cells and on their order."""
    kinds = [({int} if column in NUMBERS else {str}) | {type(None)} for column in key]
    names, last = first.keys(), None
    found: dict[str, Any] | None = first
    while found is not None:
        if found.keys() != names:
            raise lines.fault(f"the row has other columns than the first of {found['table']}")
        row = tuple([found[column] for column in columns])
        told_apart = [found[column] for column in key]
        if not set(map(type, row)) <= _CELLS or any(type(cell) not in kind for cell, kind in zip(told_apart, kinds, strict=True)):
            raise lines.fault("a cell is neither text nor a number where one has to be")
        place = as_orderly(told_apart)
        if last is not None and place <= last:
            raise lines.fault("the rows are not in order, or one stands there twice: the export was changed since it was written")
        last = place
        yield row
        found = next(following, None)
