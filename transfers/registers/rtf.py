"""The register as RTF, as SIPRI gave it until 2022: deals under the name of one side, the other side before them.

Built from the published description; no whole file was at hand. The columns are found by their names, in a table or in lines
with tabs. A value in parentheses is uncertain, and two dots say that it is not known.

Source: https://www.sipri.org/databases/armstransfers/sources-and-methods, Explanation of the Transfer Registers.
"""

from __future__ import annotations

import re

from transfers.registers import cells as read
from transfers.registers.comments import NOTHING, read_said
from transfers.registers.row import RegisterRow, as_fingerprint, as_json_array, as_json_value
from transfers.registers.rtf_text import Reader

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final

    from transfers.registers.forms import Head
    from transfers.registers.source import Problems, Source

_COLUMNS: Final = tuple((name, re.compile(pattern, re.I)) for name, pattern in (
    ("No. ordered", r"no\.? ordered|number ordered"),
    ("Weapon designation", r"weapon designation"),
    ("Weapon description", r"weapon description"),
    ("Year of order", r"year (?:of )?order"),
    ("Year(s) of deliveries", r"year\(?s?\)? of deliver"),
    ("No. delivered", r"no\.? (?:of )?deliver|number deliver"),
    ("Comments", r"comments?$"),
))
_PARTNER: Final = "partner"
_BY: Final = re.compile(r"(recipient|supplier|buyer|seller)s?\b", re.I)
_SIDE: Final = re.compile(r"(S|L|R|Supplier|Recipient|Licen[cs]er|Licen[cs]or)\s*:\s*(.+)", re.I)
_REMARKS: Final = re.compile(r"\s*(?:Source|Notes?|Information generated|Data generated|Transfers of|©|The )", re.I)
_UNKNOWN: Final = frozenset({"", "..", ". .", ". . .", "…"})
_LONGEST_NAME: Final = 100


def read_rows(source: Source, head: Head, problems: Problems, last_year: int) -> Iterator[RegisterRow]:
    """The rows in the order of the file. Problems are collected; a row that has some is left out.

    Raises:
        ProblemsError: there are twenty problems, there is no header, or the rest cannot be read.
    """
    reader, table = Reader(problems), _Table(problems, last_year)
    number = 1
    for first, lines in source.blocks(problems, "cp1252"):
        for number, line in enumerate(lines, start=first):
            for cells in reader.rows(number, line):
                yield from table.add(number, [_flat(cell) for cell in cells])
    yield from table.settle()
    if not table.has_header:
        raise problems.stop(0, "header", "no row of this RTF names the columns: " + ", ".join(name for name, _ in _COLUMNS))
    if not reader.is_closed:
        problems.add(number, "", "ends before its RTF does; the file is cut off")


def _flat(cell: str) -> str:
    return "\n".join(" ".join(line.split()) for line in cell.strip().split("\n"))


class _Table:
    """Makes rows of the register of rows of cells: who the two sides are stands above or before them."""

    def __init__(self, problems: Problems, last_year: int) -> None:
        self._problems = problems
        self._places: dict[str, int] = {}
        self._group = self._partner = ""
        self._side = ""  # what the partner is: S, L or R
        self._usual_side = "S"
        self._held: tuple[int, list[str]] | None = None  # a row whose comment may go on
        self._count = 0
        self._year, self._years = read.year_reader(last_year), read.years_reader(last_year)

    @property
    def has_header(self) -> bool:
        """Whether the names of the columns were found."""
        return bool(self._places)

    def add(self, line: int, cells: list[str]) -> Iterator[RegisterRow]:
        """Take a row of cells; the row of the register before it, once it is whole."""
        filled = [place for place, cell in enumerate(cells) if cell]
        if not filled or self._is_header(cells):
            return
        if not self.has_header:
            return
        if self._held and filled == [self._places["Comments"]]:
            self._held[1][filled[0]] += "\n" + cells[filled[0]]
            return
        yield from self.settle()
        if len(filled) == 1:
            self._take_name(line, cells[filled[0]])
            return
        if len(cells) != self._width:
            self._problems.add(line, "", f"has {len(cells)} cells where the header has {self._width}")
            return
        if _PARTNER in self._places and cells[self._places[_PARTNER]]:
            self._take_partner(cells[self._places[_PARTNER]])
        self._held = (line, cells)

    def _is_header(self, cells: list[str]) -> bool:
        names = [" ".join(cell.split()) for cell in cells]
        places = {name: place for name, form in _COLUMNS for place, cell in enumerate(names) if form.match(cell)}
        if len(places) != len(_COLUMNS):
            return False
        others = [place for place in range(len(names)) if place not in places.values() and names[place]]
        if others:
            places[_PARTNER] = others[0]
            # "Recipient/ supplier (S) or licenser (L)": the side that is named first is the one above the rows.
            by = _BY.match(names[others[0]])
            self._usual_side = "R" if by and by[1].lower() in ("supplier", "seller") and "/" in names[others[0]] else "S"
        self._places, self._width = places, len(cells)
        return True

    def _take_name(self, line: int, text: str) -> None:
        if _REMARKS.match(text) or len(text) > _LONGEST_NAME:
            return
        if _SIDE.fullmatch(text):
            self._take_partner(text)
        else:
            self._group, self._partner = text, ""

    def _take_partner(self, text: str) -> None:
        named = _SIDE.fullmatch(text)
        self._side = named[1][0].upper() if named else self._usual_side
        self._partner = named[2] if named else text

    def settle(self) -> Iterator[RegisterRow]:
        """The row that was held, now that its comment is whole."""
        if self._held is None:
            return
        line, cells = self._held
        self._held = None
        self._count += 1
        if not self._group or not self._partner:
            missing = "the name that stands above its rows" if not self._group else "the other side (S:, L: or R:)"
            self._problems.add(line, "", f"is a deal without {missing}")
            return
        row = self._read(line, cells)
        if row is not None:
            yield row

    def _read(self, line: int, cells: list[str]) -> RegisterRow | None:
        found: dict[str, tuple[object, int]] = {}
        for name, read_cell in (
            ("No. ordered", read.read_whole), ("Year of order", self._year), ("Year(s) of deliveries", self._years),
            ("No. delivered", read.read_whole), ("Weapon designation", read.read_name), ("Weapon description", read.read_text),
            ("Comments", read.read_comment),
        ):
            cell, uncertain = cells[self._places[name]], 0
            if not name.startswith(("W", "C")):
                cell, uncertain = _without_marks(cell)
            try:
                found[name] = (read_cell(cell), uncertain)
            except ValueError as error:
                self._problems.add(line, name, str(error))
        return self._as_row(line, cells, found) if len(found) == len(_COLUMNS) else None

    def _as_row(self, line: int, cells: list[str], found: dict[str, tuple[object, int]]) -> RegisterRow:
        supplier, recipient = (self._group, self._partner) if self._side == "R" else (self._partner, self._group)
        (ordered, ordered_flag), (order_year, order_flag) = found["No. ordered"], found["Year of order"]
        (delivered, delivered_flag), (listed, years_flag) = found["No. delivered"], found["Year(s) of deliveries"]
        designation, comment = str(found["Weapon designation"][0]), found["Comments"][0]
        years = listed if isinstance(listed, tuple) else ()
        text = "; ".join(map(str, years)) or None
        said = read_said(comment) if isinstance(comment, str) else NOTHING
        values = (
            "sipri", supplier, recipient, designation, order_year, order_flag, ordered, ordered_flag, delivered, delivered_flag,
            text, None, comment,
        )
        licensed = self._side == "L" or said.is_licensed or (said.made_in and recipient.rstrip("*").lower() in said.made_in)
        return RegisterRow._make((
            self._count, line, None, as_fingerprint("[" + ",".join(map(as_json_value, values)) + "]"),  # type: ignore[arg-type]
            as_json_array(cells), supplier, recipient, designation, found["Weapon description"][0], None, order_year, order_flag,
            ordered, ordered_flag, delivered, delivered_flag, text, years[0] if years else None, years[-1] if years else None,
            years_flag, None, comment, said.is_cancelled, int(bool(licensed)), said.is_second_hand, said.is_aid, said.via,
            said.platform, said.local_names, None, None, None,
        ))


def _without_marks(cell: str) -> tuple[str, int]:
    """A value without the parentheses that say that it is uncertain, and whether it had them."""
    bare = cell.replace("(", "").replace(")", "").strip()
    return ("" if bare in _UNKNOWN else bare), int("(" in cell or ")" in cell)
