"""Records of cells -> rows, for the forms whose records are as many cells as the header has."""

from __future__ import annotations

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

    from transfers.registers.cells import Read
    from transfers.registers.row import RegisterRow
    from transfers.registers.source import Problems


def as_rows(
    records: Iterable[tuple[int, list[str]]], readers: Sequence[Read[Any]], read_row: Callable[[int, int, list[str]], RegisterRow],
    fields: Sequence[str], problems: Problems,
) -> Iterator[RegisterRow]:
    """The rows in the order of the records. Problems are collected; a row that has some is left out.

    Args:
        records: each with the line on which it begins.
        readers: what reads each column; raises ValueError.
        read_row: makes a row of its number, line and cells; raises ValueError where a reader does.
        fields: what to call each column.
        problems: is told every cell that is not what its column holds.

    Raises:
        ProblemsError: there are twenty problems, or the rest cannot be read.
    """
    for number, (line, record) in enumerate(records, start=1):
        try:
            yield read_row(number, line, record)
        except ValueError:
            for field, cell, reader in zip(fields, record, readers, strict=True):
                try:
                    reader[cell]
                except ValueError as error:
                    problems.add(line, field, str(error))
