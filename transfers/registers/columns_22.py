"""The CSV of 22 columns that the web form gave before 2023: one row for each deal, with an id and codes, without comments.

Built from what is published of it; no whole file was at hand. Codes whose meaning is not published stay in the cells: ``coprod``
and all of ``term`` but LIC, a licence. Cells may be quoted.

Source: the columns and five rows that https://pypi.org/project/sipri/ prints; docs/registers.md.
"""

from __future__ import annotations

import csv
import re

from transfers.registers import cells as read
from transfers.registers.records import as_rows
from transfers.registers.row import RegisterRow, as_fingerprint, as_json_array, as_json_value

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, Final

    from transfers.registers.forms import Head
    from transfers.registers.source import Problems, Source

WIDTH: Final = 22
_MARK: Final = {"": 0, "X": 1}
_STATUS: Final = {"N": "new", "S": "second_hand", "": None}
_CODE = re.compile(r"(?:[A-Z]{1,4}|N/A)?")
_ACTOR_CODE = re.compile(r"[A-Z]{2,3}")


def read_rows(source: Source, head: Head, problems: Problems, last_year: int) -> Iterator[RegisterRow]:
    """The rows in the order of the file. Problems are collected; a row that has some is left out.

    Raises:
        ProblemsError: there are twenty problems, or the rest cannot be read.
    """
    readers = _make_readers(last_year)
    return as_rows(read_records(source, head, problems), readers, _make_row_reader(readers), head.header, problems)


def read_records(source: Source, head: Head, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    """Each record as its cells, with its line."""
    ended = 0
    for first, lines in source.blocks(problems, "utf-8" if source.is_utf_8 else "cp1252"):
        for number, text in enumerate(lines, start=first):
            line = text.removesuffix("\r") if head.crlf else text
            if number <= head.line:
                continue
            if not line:
                ended = ended or number
                continue
            if ended:
                raise problems.stop(ended, "", "is empty, and more rows follow")
            try:
                record = next(csv.reader([line], strict=True)) if '"' in line else line.split(",")
            except csv.Error as error:
                problems.add(number, "", f"is not quoted as CSV is: {error}")
                continue
            if len(record) == WIDTH:
                yield number, record
            else:
                problems.add(number, "", f"has {len(record)} cells where the header has {WIDTH}")


def _make_readers(last_year: int) -> list[read.Read[Any]]:
    """What reads each column."""
    read_year, name, number = read.year_reader(last_year), read.Read(read.read_name), read.Read(read.read_whole)
    mark, decimal, code = read.Read(read.word_reader(_MARK)), read.Read(read.read_decimal), read.Read(_code_reader(_CODE))
    actor, year = read.Read(_code_reader(_ACTOR_CODE)), read.Read(read_year)
    last_delivery = read.Read(lambda cell: None if cell == "0" else read_year(cell))
    return [
        read.Read(read.read_identifier), actor, actor, year, mark, number, mark, last_delivery, code, name, code,
        read.Read(read.read_text), code, number, mark, read.Read(read.year_list_reader(last_year)), name, name,
        read.Read(read.word_reader(_STATUS)), decimal, decimal, decimal,
    ]


def _make_row_reader(readers: list[read.Read[Any]]) -> Callable[[int, int, list[str]], RegisterRow]:
    """What makes the row of a record. It raises ValueError for a cell that is not what its column holds."""

    def read_row(number: int, line: int, record: list[str]) -> RegisterRow:
        (
            external_id, _, _, order_year, order_flag, ordered, ordered_flag, _, term, designation, category, description, _,
            delivered, delivered_flag, (years, first, last, _), recipient, supplier, condition, tiv_unit, tiv_ordered,
            tiv_delivered,
        ) = (reader[cell] for reader, cell in zip(readers, record, strict=True))
        said = (
            "sipri", supplier, recipient, designation, order_year, order_flag, ordered, ordered_flag, delivered, delivered_flag,
            years, condition, None,
        )
        return RegisterRow(
            number, line, external_id, as_fingerprint("[" + ",".join(map(as_json_value, said)) + "]"), as_json_array(record),
            supplier, recipient, designation, description, category, order_year, order_flag, ordered, ordered_flag, delivered,
            delivered_flag, years, first, last, 0, condition, None, 0, int(term == "LIC"), int(condition in read.USED), 0, None,
            None, None, tiv_unit, tiv_ordered, tiv_delivered,
        )

    return read_row


def _code_reader(form: re.Pattern[str]) -> Callable[[str], str | None]:
    """What reads a code; None when there is none. It raises ValueError."""

    def read_code(cell: str) -> str | None:
        if not form.fullmatch(cell):
            raise ValueError(f"{cell!r} is no code as this column has them")
        return cell or None

    return read_code
