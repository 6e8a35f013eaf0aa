"""The deliveries form of since 2023, and DealsAndTIVs of before: one row for each deal and year of delivery, with an id.

They differ in the separator, in three names of columns, and in the copyright line with which the older one ends. Neither
quotes anything.
"""

from __future__ import annotations

from transfers.registers import cells as read
from transfers.registers.records import as_rows
from transfers.registers.row import RegisterRow, as_fingerprint, as_json_array, as_json_value

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, Final

    from transfers.registers.forms import Head
    from transfers.registers.source import Problems, Source

WIDTH: Final = 17
_COPYRIGHT: Final = ("\u00a9 Stockholm", "\u00c2\u00a9 Stockholm")  # the second: its UTF-8 in a file that is read as Windows-1252


def read_rows(source: Source, head: Head, problems: Problems, last_year: int) -> Iterator[RegisterRow]:
    """The rows in the order of the file. Problems are collected; a row that has some is left out.

    Raises:
        ProblemsError: there are twenty problems, or the rest cannot be read.
    """
    readers = _make_readers(last_year)
    return as_rows(read_records(source, head, problems), readers, _make_row_reader(readers), head.header, problems)


def read_records(source: Source, head: Head, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    """Each record as its seventeen cells, with its line."""
    separator = ";" if head.form == "deals_and_tivs" else ","
    # Names of more than ASCII were never seen in these forms: a file is of one encoding or of the other as a whole. Only the
    # copyright line of the older one is UTF-8 in any case.
    encoding = "utf-8" if source.is_utf_8 else "cp1252"
    ended = 0
    for first, lines in source.blocks(problems, encoding, foreign=b"\xc2\xa9 Stockholm"):
        for number, text in enumerate(lines, start=first):
            if number <= head.line:
                continue
            line = text.removesuffix("\r") if head.crlf else text
            record = line.split(separator)
            if not ended and len(record) == WIDTH:
                yield number, record
            elif not line or (head.form == "deals_and_tivs" and line.startswith(_COPYRIGHT)):
                ended = ended or number
            elif ended:
                raise problems.stop(ended, "", "ends the rows (it is empty, or the copyright line), and more lines follow")
            else:
                problems.add(number, "", f"has {len(record)} cells where the header has {WIDTH}")


def _make_readers(last_year: int) -> list[read.Read[Any]]:
    """What reads each column. Names share one, and so do flags and numbers: registers repeat themselves."""
    name, yes_no = read.with_json(read.read_name), read.with_json(read.word_reader(read.YES_NO))
    marked = read.with_json(read.word_reader(read.MARKED))
    year, decimal = read.with_json(read.year_reader(last_year)), read.Read(read.read_decimal)
    return [
        read.Read(read.read_identifier), name, name, name, read.Read(read.read_text), read.Read(read.read_category), year, marked,
        read.with_json(read.read_whole), marked, year, marked, read.with_json(read.word_reader(read.CONDITIONS)), decimal, decimal,
        decimal, yes_no,
    ]


def _make_row_reader(readers: list[read.Read[Any]]) -> Callable[[int, int, list[str]], RegisterRow]:
    """What makes the row of a record. It raises ValueError for a cell that is not what its column holds.

    The number ordered is not in these forms; the value of a new one of its kind ("SIPRI estimate") stays in the cells.
    """
    identifiers, names, _, _, texts, categories, all_years, flags, numbers, _, _, _, conditions, values, _, _, yes_no = readers

    def read_row(number: int, line: int, record: list[str]) -> RegisterRow:
        supplier, supplier_json = names[record[1]]
        recipient, recipient_json = names[record[2]]
        designation, designation_json = names[record[3]]
        order_year, order_year_json = all_years[record[6]]
        order_flag, order_flag_json = flags[record[7]]
        delivered, delivered_json = numbers[record[8]]
        delivered_flag, delivered_flag_json = flags[record[9]]
        year = all_years[record[10]][0]
        years = None if year is None else record[10]
        condition, condition_json = conditions[record[12]]
        values[record[13]]  # only looked at: whether it is a number
        return RegisterRow(
            number, line, identifiers[record[0]],
            as_fingerprint(
                f'["sipri",{supplier_json},{recipient_json},{designation_json},{order_year_json},{order_flag_json},null,0,'
                f"{delivered_json},{delivered_flag_json},{as_json_value(years)},{condition_json},null]"
            ),
            as_json_array(record), supplier, recipient, designation, texts[record[4]], categories[record[5]], order_year,
            order_flag, None, 0, delivered, delivered_flag, years, year, year, flags[record[11]][0], condition, None, 0,
            yes_no[record[16]][0], int(condition in read.USED), 0, None, None, None, values[record[14]], None, values[record[15]],
        )

    return read_row
