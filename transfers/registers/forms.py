"""The published forms of the SIPRI register, told apart by their header cells. File names say nothing."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from typing import Final

    from transfers.registers.source import Problems, Source

# The third, fifth and ninth column carry a question mark behind them, under a header of one blank.
TRADE_REGISTER: Final = (
    "Recipient", "Supplier", "Year of order", " ", "Number ordered", " ", "Weapon designation", "Weapon description",
    "Number delivered", " ", "Year(s) of delivery", "status", "Comments", "SIPRI TIV per unit", "SIPRI TIV for total order",
    "SIPRI TIV of delivered weapons",
)
_DELIVERED_LATER: Final = "Deliveries in the Year Range"  # what "Number delivered" is called in files of 2026
DELIVERIES: Final = (
    "SIPRI AT Database ID", "Supplier", "Recipient", "Designation", "Description", "Armament category", "Order date",
    "Order date is estimate", "Numbers delivered", "Numbers delivered is estimate", "Delivery year", "Delivery year is estimate",
    "Status", "SIPRI estimate", "TIV deal unit", "TIV delivery values", "Local production",
)
DEALS_AND_TIVS: Final = ("Deal ID", "Seller", "Buyer", *DELIVERIES[3:])
COLUMNS_22: Final = (
    "tidn", "buyercod", "sellercod", "odat", "odai", "onum", "onai", "ldat", "term", "desig2", "wcat", "desc", "coprod", "nrdel",
    "nrdelai", "delyears", "buyer", "seller", "status", "tivunit", "tivorder", "tivdel",
)
_HEADERS: Final = {
    ",".join(TRADE_REGISTER): ("trade_register", TRADE_REGISTER),
    ",".join(TRADE_REGISTER).replace("Number delivered", _DELIVERED_LATER):
        ("trade_register", tuple(_DELIVERED_LATER if cell == "Number delivered" else cell for cell in TRADE_REGISTER)),
    ",".join(DELIVERIES): ("deliveries", DELIVERIES),
    ";".join(DEALS_AND_TIVS): ("deals_and_tivs", DEALS_AND_TIVS),
    ",".join(COLUMNS_22): ("columns_22", COLUMNS_22),
}
RTF: Final = b"{\\rtf"
_CONTROL_WORDS = re.compile(r"\\[a-z]+-?[0-9]* ?|[{}]")
_MONTHS: Final = {name: number for number, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), start=1)}
_GENERATED = re.compile(r"(?:Data|Information) generated: +([0-9]{1,2}) ([A-Z][a-z]{2})[a-z]* ([0-9]{4})")
_CREATED = re.compile(r"\(created: ([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})\)")
_SELECTION = re.compile(r"^ *(?:Transfers of major |Database search results for )")
_FROM_TO = re.compile(r"(?:year range|years?|for) (?:from )?'?([0-9]{4})'? to '?([0-9]{4})'?")


class Head(NamedTuple):
    """What stands before the rows of a file.

    Attributes:
        form: of which form it is.
        header: the names of its columns.
        line: the line of the header; the rows begin on the next.
        crlf: whether lines end with a carriage return as well.
        generated: the day on which the file says it was generated.
        selection: what it says it is a selection of.
        years: the first and the last year of the selection, if it names some.
    """

    form: str
    header: tuple[str, ...]
    line: int
    crlf: bool
    generated: date | None
    selection: str | None
    years: tuple[str, str] | None


def read_head(source: Source, problems: Problems) -> Head:
    """Find the header of a file, and what stands before it.

    Raises:
        ProblemsError: no line is the header of a form that is known; the nearest one is named with what is wrong in it.
    """
    text = source.head.decode("cp1252", "replace")
    if source.head.startswith(RTF):
        generated, selection, years = read_preamble(_CONTROL_WORDS.sub("", text.replace("\\par", "\n\\par")).split("\n"))
        return Head("rtf", (), 0, False, generated, selection, years)
    lines = text.split("\n")
    for index, line in enumerate(lines):
        found = _HEADERS.get(line.removesuffix("\r"))
        if found:
            generated, selection, years = read_preamble(lines[:index])
            return Head(*found, index + 1, line.endswith("\r"), generated, selection, years)
    raise _no_header(lines, problems)


def read_preamble(lines: list[str]) -> tuple[date | None, str | None, tuple[str, str] | None]:
    """The day of generation, the selection and its years, as far as the lines say them."""
    generated = selection = years = None
    for line in lines:
        generated = generated or _read_day(line)
        if selection is None and _SELECTION.match(line):
            selection = " ".join(_CREATED.sub("", line).split()).removesuffix(" -") or None
            ranged = _FROM_TO.search(line)
            years = (ranged[1], ranged[2]) if ranged else None
    return generated, selection, years


def _read_day(line: str) -> date | None:
    found = _GENERATED.search(line)
    try:
        if found and found[2] in _MONTHS:
            return date(int(found[3]), _MONTHS[found[2]], int(found[1]))
        created = _CREATED.search(line)
        return date(int(created[3]), int(created[2]), int(created[1])) if created else None
    except ValueError:
        return None


def _as_letters(line: str) -> str:
    return re.sub("[^A-Za-z0-9]+", "", line)


_SAVED_AGAIN: Final = {_as_letters(header): form for header, (form, _) in _HEADERS.items()}


def _find_saved_otherwise(lines: list[str], problems: Problems) -> Exception | None:
    """What is wrong with a file that no register site wrote: a web page, or a register that went through another program."""
    if len(lines) == 1 and "\r" in lines[0]:
        return problems.stop(1, "", "ends its lines with carriage returns alone: another program has saved it again")
    if "".join(lines).lstrip()[:1] == "<":
        return problems.stop(1, "", "is a web page, no register: what the site answered instead of the file; download it again")
    for number, line in enumerate(lines, start=1):
        if form := _SAVED_AGAIN.get(_as_letters(line)):
            return problems.stop(number, "header", f"has the columns of the {form} form, but other separators, quotation marks or "
                                 "blanks: another program, such as a spreadsheet, has saved it again; import the file as it was "
                                 "downloaded")
    return None


def _no_header(lines: list[str], problems: Problems) -> Exception:
    """Say of the line that is most like a header what is wrong with it."""
    if otherwise := _find_saved_otherwise(lines, problems):
        return otherwise
    best, where, separator = 0, 0, ","
    known_cells: tuple[str, ...] = TRADE_REGISTER
    for number, line in enumerate(lines, start=1):
        for known, (_, cells) in _HEADERS.items():
            mark = ";" if known.count(";") > known.count(",") else ","
            same = len(set(line.removesuffix("\r").split(mark)) & set(cells))
            if same > best:
                best, where, known_cells, separator = same, number, cells, mark
    if best < 4:
        return problems.stop(
            0, "", "has no header of a SIPRI register that is known: the trade register and the deliveries form of since 2023, "
            "DealsAndTIVs with ';', the CSV of 22 columns, and RTF are (SIPRI's tables of TIVs by year are no registers)",
        )
    cells = tuple(lines[where - 1].removesuffix("\r").split(separator))
    if len(set(cells) - {" "}) < len([cell for cell in cells if cell != " "]):
        twice = next(cell for cell in cells if cell != " " and cells.count(cell) > 1)
        return problems.stop(where, "header", f"has {twice!r} twice")
    if len(cells) != len(known_cells):
        return problems.stop(where, "header", f"has {len(cells)} columns where the nearest known form has {len(known_cells)}: "
                             f"{separator.join(known_cells)}")
    wrong = next(index for index, cell in enumerate(cells) if cell != known_cells[index])
    return problems.stop(where, "header", f"has {cells[wrong]!r} as column {wrong + 1} where the nearest known form has "
                         f"{known_cells[wrong]!r}; what it holds is not known, so nothing was imported")
