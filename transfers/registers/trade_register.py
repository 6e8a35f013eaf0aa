"""The trade register as the web form gives it since 2023: one row for each deal, with comments.

Nothing is quoted: what were commas in a comment are semicolons. A comment may hold line breaks, so that a record is lines put
together until it has its fifteen commas. Three header cells are one blank; the columns below them hold the question marks of
the columns before, and are found by their place.
"""

from __future__ import annotations

from transfers.registers import cells as read
from transfers.registers.cells import USED
from transfers.registers.comments import NOTHING, read_said
from transfers.registers.records import as_rows
from transfers.registers.row import RegisterRow, as_fingerprint, as_json_array

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, Final

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
    readers = _make_readers(last_year)
    return as_rows(read_records(source, head, problems), readers, _make_row_reader(readers), _FIELDS, problems)


def read_records(source: Source, head: Head, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    """Each record as its sixteen cells, with the line on which it begins."""
    broken = _Broken(problems)
    # Registers of 2024 lie about as UTF-8, those of 2025 as Windows-1252: a file is of one encoding or of the other as a whole.
    for first, lines in source.blocks(problems, "utf-8" if source.is_utf_8 else "cp1252"):
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


def _make_readers(last_year: int) -> list[read.Read[Any]]:
    """What reads each column. Question marks share one, and so do numbers: registers repeat themselves."""
    name, question = read.with_json(read.read_name), read.with_json(read.word_reader(read.QUESTION))
    whole, decimal = read.with_json(read.read_whole), read.Read(read.read_decimal)
    return [
        name, name, read.with_json(read.year_reader(last_year)), question, whole, question, read.with_json(read.read_designation),
        read.Read(read.read_text), whole, question, read.Read(read.year_list_reader(last_year)),
        read.with_json(read.word_reader(read.CONDITIONS)), read.with_json(read.read_comment), decimal, decimal, decimal,
    ]


def _make_row_reader(readers: list[read.Read[Any]]) -> Callable[[int, int, list[str]], RegisterRow]:
    """What makes the row of a record. It raises ValueError for a cell that is not what its column holds."""
    names, _, order_years, flags, numbers, _, labels, descriptions, _, _, year_lists, conditions, comments, values, _, _ = readers
    said_in = read.Read(read_said)
    new: Callable[..., RegisterRow] = tuple.__new__  # RegisterRow(...) would first look at thirty-two arguments one by one

    def read_row(number: int, line: int, record: list[str]) -> RegisterRow:
        recipient, recipient_json = names[record[0]]
        supplier, supplier_json = names[record[1]]
        order_year, order_year_json = order_years[record[2]]
        order_flag, order_flag_json = flags[record[3]]
        ordered, ordered_json = numbers[record[4]]
        ordered_flag, ordered_flag_json = flags[record[5]]
        designation, designation_json = labels[record[6]]
        delivered, delivered_json = numbers[record[8]]
        delivered_flag, delivered_flag_json = flags[record[9]]
        years, first, last, years_json = year_lists[record[10]]
        condition, condition_json = conditions[record[11]]
        comment, comment_json = comments[record[COMMENT]]
        said = said_in[comment] if comment else NOTHING
        is_cancelled, is_licensed, is_second_hand, is_aid, via, platform, local_names, made_in = said
        if made_in and not is_licensed and recipient.rstrip("*").lower() in made_in:
            is_licensed = 1
        return new(RegisterRow, (
            number, line, None,
            as_fingerprint(
                f'["sipri",{supplier_json},{recipient_json},{designation_json},{order_year_json},{order_flag_json},{ordered_json},'
                f"{ordered_flag_json},{delivered_json},{delivered_flag_json},{years_json},{condition_json},{comment_json}]"
            ),
            as_json_array(record), supplier, recipient, designation, descriptions[record[7]], None, order_year, order_flag,
            ordered, ordered_flag, delivered, delivered_flag, years, first, last, 0, condition, comment, is_cancelled, is_licensed,
            1 if condition in USED else is_second_hand, is_aid, via, platform, local_names,
            values[record[13]], values[record[14]], values[record[15]],
        ))

    return read_row
