"""The deliveries form of since 2023, and DealsAndTIVs of before: one row for each deal and year of delivery, with an id.

They differ in the separator, in three names of columns, and in the copyright line with which the older one ends. Neither
quotes anything.
"""

from __future__ import annotations

from transfers.registers import cells as read
from transfers.registers.row import RegisterRow, as_fingerprint, as_json_array

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final

    from transfers.registers.forms import Head
    from transfers.registers.source import Problems, Source

WIDTH: Final = 17
_COPYRIGHT: Final = ("\u00a9 Stockholm", "\u00c2\u00a9 Stockholm")  # the second: its UTF-8 in a file that is read as Windows-1252


def read_rows(source: Source, head: Head, problems: Problems, last_year: int) -> Iterator[RegisterRow]:
    """The rows in the order of the file. Problems are collected; a row that has some is left out.

    Raises:
        ProblemsError: there are twenty problems, or the rest cannot be read.
    """
    reader = _Reader(last_year)
    for number, (line, record) in enumerate(read_records(source, head, problems), start=1):
        try:
            yield reader.read(number, line, record)
        except ValueError:
            reader.tell(head, line, record, problems)


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


class _Reader:
    """Makes rows of records; remembers what it has read, for registers repeat themselves."""

    def __init__(self, last_year: int) -> None:
        name, whole, decimal = read.Read(read.read_name), read.Read(read.read_whole), read.Read(read.read_decimal)
        yes_no = read.Read(read.word_reader(read.YES_NO))
        self._name, self._whole, self._decimal, self._yes_no = name, whole, decimal, yes_no
        self._text = read.Read(read.read_text)
        self._category = read.Read(read.read_category)
        self._year = read.Read(read.year_reader(last_year))
        self._condition = read.Read(read.word_reader(read.CONDITIONS))

    def read(self, number: int, line: int, record: list[str]) -> RegisterRow:
        """The row of a record. The number ordered is not in these forms; the value of a new one stays in the cells.

        Raises:
            ValueError: a cell is not what its column holds.
        """
        external_id = read.read_identifier(record[0])
        supplier, recipient, designation = self._name[record[1]], self._name[record[2]], self._name[record[3]]
        order_year, order_uncertain = self._year[record[6]], self._yes_no[record[7]]
        delivered, delivered_uncertain = self._whole[record[8]], self._yes_no[record[9]]
        year, year_uncertain = self._year[record[10]], self._yes_no[record[11]]
        years = str(year) if year is not None else None
        condition = self._condition[record[12]]
        self._decimal[record[13]]
        return RegisterRow(
            number, line, external_id,
            as_fingerprint("sipri", supplier, recipient, designation, order_year, order_uncertain, None, 0, delivered,
                           delivered_uncertain, years, condition, None),
            as_json_array(record), supplier, recipient, designation, self._text[record[4]], self._category[record[5]],
            order_year, order_uncertain, None, 0, delivered, delivered_uncertain, years, year, year, year_uncertain,
            condition, None, 0, self._yes_no[record[16]], 1 if condition in ("second_hand", "modernised") else 0, 0,
            None, None, None, self._decimal[record[14]], None, self._decimal[record[15]],
        )

    def tell(self, head: Head, line: int, record: list[str], problems: Problems) -> None:
        """Add a problem for each cell that is not what its column holds."""
        readers = (
            read.read_identifier, self._name.__getitem__, self._name.__getitem__, self._name.__getitem__, self._text.__getitem__,
            self._category.__getitem__, self._year.__getitem__, self._yes_no.__getitem__, self._whole.__getitem__,
            self._yes_no.__getitem__, self._year.__getitem__, self._yes_no.__getitem__, self._condition.__getitem__,
            self._decimal.__getitem__, self._decimal.__getitem__, self._decimal.__getitem__, self._yes_no.__getitem__,
        )
        for field, cell, reader in zip(head.header, record, readers, strict=True):
            try:
                reader(cell)
            except ValueError as error:
                problems.add(line, field, str(error))
