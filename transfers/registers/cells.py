"""The cells of a register -> values. Whatever is not of the kind that the column holds is refused with a sentence."""

from __future__ import annotations

import re
from typing import Final, Generic, TypeVar

from transfers.registers.row import as_json_value

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Callable

Value = TypeVar("Value")

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
LONGEST_CELL: Final = 10_000  # characters
_REMEMBERED: Final = 8_192  # different cells of one kind; a register repeats a few thousand

CONDITIONS: Final = {"New": "new", "Second hand": "second_hand", "Second hand but modernized": "modernised", "": None}
USED: Final = frozenset({"second_hand", "modernised"})
QUESTION: Final = {"": 0, "?": 1}
YES_NO: Final = {"No": 0, "Yes": 1}
# Of the deliveries of its last year a file of April 2025 says neither Yes nor No: what is not marked is not uncertain.
MARKED: Final = {**YES_NO, "": 0}
CATEGORIES: Final = frozenset({  # since 2025 with a hyphen: "Air-defence systems"
    "Aircraft", "Air defence systems", "Air-defence systems", "Anti-submarine warfare weapons", "Armoured vehicles", "Artillery",
    "Engines", "Missiles", "Naval weapons", "Other", "Satellites", "Sensors", "Ships",
})

_WHOLE = re.compile(r"[0-9]{1,9}")
_DECIMAL = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,6})?")
_YEAR = re.compile(r"[0-9]{4}")
_RANGE = re.compile(r"([0-9]{4}) ?[-–] ?([0-9]{4}|[0-9]{2})")
_BLANKS: Final = " \u00a0\r\n\t"
_IN_COMMENTS: Final = dict.fromkeys(map(ord, "\n\r\t\v"))  # what people type and paste into a field for remarks
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Read(dict[str, Value], Generic[Value]):
    """Cells of one kind and their values, each worked out once. ``read[cell]`` raises ValueError with a sentence."""

    __slots__ = ("_read",)

    def __init__(self, read: Callable[[str], Value]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, cell: str) -> Value:
        value = self._read(cell)
        if len(self) < _REMEMBERED:
            self[cell] = value
        return value


def with_json(read: Callable[[str], Value]) -> Read[tuple[Value, str]]:
    """Cells of one kind, with their values as JSON beside them: what fingerprints are made of."""

    def read_both(cell: str) -> tuple[Value, str]:
        value = read(cell)
        return value, as_json_value(value)  # type: ignore[arg-type]

    return Read(read_both)


def read_whole(cell: str) -> int | None:
    """A whole number; None for an empty cell.

    Raises:
        ValueError: it is none.
    """
    if not cell:
        return None
    if not _WHOLE.fullmatch(cell):
        raise ValueError(f"{cell!r} is not a whole number")
    return int(cell)


def read_decimal(cell: str) -> float | None:
    """A number with or without decimals, never negative; None for an empty cell.

    Raises:
        ValueError: it is none.
    """
    if not cell:
        return None
    if not _DECIMAL.fullmatch(cell):
        raise ValueError(f"{cell!r} is not a number")
    return float(cell)


def year_reader(last: int) -> Callable[[str], int | None]:
    """What reads a year up to a last possible one; None for an empty cell. It raises ValueError."""

    def read_year(cell: str) -> int | None:
        if not cell:
            return None
        if not _YEAR.fullmatch(cell):
            raise ValueError(f"{cell!r} is not a year")
        year = int(cell)
        if not FIRST_YEAR <= year <= last:
            raise ValueError(f"{cell!r} is no possible year: they lie between {FIRST_YEAR} and {last}")
        return year

    return read_year


def years_reader(last: int) -> Callable[[str], tuple[int, ...]]:
    """What reads a list of years such as ``2022; 2023; 2024`` or ``2015-2018, 2020``, ascending. It raises ValueError."""
    read_year = year_reader(last)

    def read_years(cell: str) -> tuple[int, ...]:
        years: set[int] = set()
        for part in re.split("[;,]", cell) if cell else ():
            years.update(_read_part(part.strip(), read_year))
        return tuple(sorted(years))

    return read_years


def year_list_reader(last: int) -> Callable[[str], tuple[str | None, int | None, int | None, str]]:
    """What reads a list of years as ``(years with '; ' between them, first, last, the text as JSON)``; it raises ValueError."""
    read_years = years_reader(last)

    def read_list(cell: str) -> tuple[str | None, int | None, int | None, str]:
        years = read_years(cell)
        text = "; ".join(map(str, years))
        return (text, years[0], years[-1], as_json_value(text)) if years else (None, None, None, "null")

    return read_list


def _read_part(part: str, read_year: Callable[[str], int | None]) -> range:
    ranged = _RANGE.fullmatch(part)
    first, last = ranged.groups() if ranged else (part, part)
    start, end = read_year(first), read_year(first[:2] + last if len(last) == 2 else last)
    if start is None or end is None:
        raise ValueError("has an empty place in the list of years")
    if end < start:
        raise ValueError(f"{part!r} ends before it begins")
    return range(start, end + 1)


def word_reader(words: dict[str, Value]) -> Callable[[str], Value]:
    """What reads a word of a closed list. It raises ValueError for one that was never seen."""

    def read_word(cell: str) -> Value:
        if cell not in words:
            known = ", ".join(repr(word) if word else "an empty cell" for word in words)
            raise ValueError(f"{cell!r} was never seen in this column; known are {known}")
        return words[cell]

    return read_word


def read_category(cell: str) -> str:
    """A category of armament, as printed.

    Raises:
        ValueError: it was never seen.
    """
    if cell not in CATEGORIES:
        raise ValueError(f"{cell!r} was never seen in this column; known are {', '.join(sorted(CATEGORIES))}")
    return cell


def read_name(cell: str) -> str:
    """A text that must be there, without blanks around it.

    Raises:
        ValueError: it is empty, too long, or holds a character that no text holds.
    """
    text = cell.strip(" \u00a0")
    if not text:
        raise ValueError("is empty")
    return _require_text(text)


def read_designation(cell: str) -> str:
    """A name that may have been typed with a line break behind it, as comments are; without it.

    Raises:
        ValueError: it is empty, too long, or holds a character that no text holds.
    """
    return read_name(cell.rstrip(_BLANKS))


def read_text(cell: str) -> str | None:
    """A text without blanks around it, or a line break behind it; None when there is none.

    Raises:
        ValueError: it is too long, or holds a character that no text holds.
    """
    return _require_text(cell.rstrip(_BLANKS).lstrip(" \u00a0")) or None


def read_identifier(cell: str) -> str:
    """The register's own number of a deal.

    Raises:
        ValueError: it is no number.
    """
    if not _WHOLE.fullmatch(cell):
        raise ValueError(f"{cell!r} is not a number of a deal")
    return cell


def read_comment(cell: str) -> str | None:
    """A comment exactly as it stands, line breaks, tabs and blanks with it; None when there is none.

    Raises:
        ValueError: it is too long, or holds a character that no text holds.
    """
    if not cell:
        return None
    if not cell.isprintable() and _CONTROL.search(cell.translate(_IN_COMMENTS)):
        raise ValueError("holds a control character")
    if len(cell) > LONGEST_CELL:
        raise ValueError(f"is longer than {LONGEST_CELL:,} characters")
    return cell


def _require_text(text: str) -> str:
    if not text.isprintable() and _CONTROL.search(text):
        raise ValueError("holds a line break or a control character")
    if len(text) > LONGEST_CELL:
        raise ValueError(f"is longer than {LONGEST_CELL:,} characters")
    return text
