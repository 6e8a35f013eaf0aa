"""The trade register as the web form gives it since 2023: one row for each deal, with comments.

Nothing is quoted: what were commas in a comment are semicolons. A comment may hold line breaks, so that a record is lines put
together until it has its fifteen commas. Three header cells are one blank; the columns below them hold the question marks of
the columns before, and are found by their place.
"""

from __future__ import annotations

from transfers.registers import cells as read
from transfers.registers.comments import NOTHING, read_said
from transfers.registers.row import RegisterRow, as_fingerprint, as_json_array

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final

    from transfers.registers.forms import Head
    from transfers.registers.source import Problems, Source

WIDTH: Final = 16
COMMENT: Final = 12
MOST_LINES: Final = 100  # of one comment
_FIELDS: Final = (
    "Recipient", "Supplier", "Year of order", "Year of order (?)", "Number ordered", "Number ordered (?)", "Weapon designation",
    "Weapon description", "Number delivered", "Number delivered (?)", "Year(s) of delivery", "status", "Comments",
    "SIPRI TIV per unit", "SIPRI TIV for total order", "SIPRI TIV of delivered weapons",
)


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
            reader.tell(line, record, problems)


def read_records(source: Source, head: Head, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    """Each record as its sixteen cells, with the line on which it begins."""
    broken = _Broken(problems)
    for first, lines in source.blocks(problems, "cp1252"):
        for number, line in enumerate(lines, start=first):
            if number <= head.line:
                continue
            record = line.split(",")
            start = number
            if len(record) != WIDTH or broken.began or broken.blank:
                whole = broken.add(number, line)
                if whole is None:
                    continue
                start, record = whole
            if head.crlf:
                if not record[-1].endswith("\r"):
                    problems.add(start, "", "ends otherwise than the header does; the file is damaged")
                record[-1] = record[-1].removesuffix("\r")
            yield start, record
    broken.settle()


class _Broken:
    """Puts together the records that are on several lines.

    Attributes:
        began: the line on which the record began that is not whole yet; 0 = none.
        blank: the first of the empty lines after the last record; 0 = none.
    """

    def __init__(self, problems: Problems) -> None:
        self.began = self.blank = 0
        self._held = ""
        self._problems = problems

    def add(self, number: int, line: str) -> tuple[int, list[str]] | None:
        """Take one more line; the record and the line on which it began, once it is whole."""
        if not self.began and line in ("", "\r"):
            self.blank = self.blank or number  # lines after the last record may be empty
            return None
        if self.blank:
            self._problems.add(self.blank, "", "is empty, and more rows follow")
            self.blank = 0
        self._held = f"{self._held}\n{line}" if self.began else line
        self.began = self.began or number
        commas = self._held.count(",")
        if commas < WIDTH - 1:
            if number - self.began >= MOST_LINES:
                raise self._problems.stop(
                    self.began, "", f"begins a record that has only {commas + 1} of {WIDTH} cells after {MOST_LINES} lines",
                )
            return None
        record, start = self._held.split(","), self.began
        self.began = 0
        if len(record) == WIDTH:
            return start, record
        if start == number or line.count(",") != WIDTH - 1:
            self._problems.add(start, "", f"has {len(record)} cells where the header has {WIDTH}")
            return None
        # The line that came last is whole: it was the one before that was not.
        self._problems.add(start, "", f"has {len(record) - WIDTH + 1} cells where the header has {WIDTH}")
        return number, line.split(",")

    def settle(self) -> None:
        """Say that the last record is not whole, if it is not."""
        if self.began:
            self._problems.add(self.began, "", f"has {self._held.count(',') + 1} of {WIDTH} cells, and is the last")


class _Reader:
    """Makes rows of records; remembers what it has read, for registers repeat themselves."""

    def __init__(self, last_year: int) -> None:
        self._name = read.Read(read.read_name)
        self._text = read.Read(read.read_text)
        self._year = read.Read(read.year_reader(last_year))
        self._years = read.Read(read.year_list_reader(last_year))
        self._whole = read.Read(read.read_whole)
        self._decimal = read.Read(read.read_decimal)
        self._question = read.Read(read.word_reader(read.QUESTION))
        self._condition = read.Read(read.word_reader(read.CONDITIONS))
        self._said = read.Read(read_said)

    def read(self, number: int, line: int, record: list[str]) -> RegisterRow:
        """The row of a record.

        Raises:
            ValueError: a cell is not what its column holds.
        """
        recipient, supplier = self._name[record[0]], self._name[record[1]]
        order_year, order_uncertain = self._year[record[2]], self._question[record[3]]
        ordered, ordered_uncertain = self._whole[record[4]], self._question[record[5]]
        designation = self._name[record[6]]
        delivered, delivered_uncertain = self._whole[record[8]], self._question[record[9]]
        years, first, last = self._years[record[10]]
        condition = self._condition[record[11]]
        comment = read.read_comment(record[12])
        said = self._said[comment] if comment else NOTHING
        licensed = said.is_licensed or (said.made_in and recipient.rstrip("*").lower() in said.made_in)
        return RegisterRow(
            number, line, None,
            as_fingerprint("sipri", supplier, recipient, designation, order_year, order_uncertain, ordered, ordered_uncertain,
                           delivered, delivered_uncertain, years, condition, comment),
            as_json_array(record), supplier, recipient, designation, self._text[record[7]], None,
            order_year, order_uncertain, ordered, ordered_uncertain, delivered, delivered_uncertain,
            years, first, last, 0, condition, comment,
            said.is_cancelled, 1 if licensed else 0,
            1 if said.is_second_hand or condition in ("second_hand", "modernised") else 0, said.is_aid,
            said.via, said.platform, said.local_names,
            self._decimal[record[13]], self._decimal[record[14]], self._decimal[record[15]],
        )

    def tell(self, line: int, record: list[str], problems: Problems) -> None:
        """Add a problem for each cell that is not what its column holds."""
        readers = (
            self._name, self._name, self._year, self._question, self._whole, self._question, self._name, self._text, self._whole,
            self._question, self._years, self._condition, None, self._decimal, self._decimal, self._decimal,
        )
        for field, cell, reader in zip(_FIELDS, record, readers, strict=True):
            try:
                read.read_comment(cell) if reader is None else reader[cell]
            except ValueError as error:
                problems.add(line, field, str(error))
