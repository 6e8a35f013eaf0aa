"""A CSV in the shape of the SIPRI trade register, filled with the best values of the claims; and a list of what it cannot hold.

The register has one number, one year and no source where claims have ranges, denials and quotes. Its columns are filled only with
what the claims bear out, and everything that does not fit is named. The file says that it is not SIPRI's.

Source of the columns: the header of the trade register as published since 2023.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from transfers.exports.csv_files import as_csv
from transfers.exports.objects import Object, as_standing, grouped, read_objects
from transfers.registers.cells import CONDITIONS
from transfers.registers.forms import TRADE_REGISTER
from transfers.render.separated import as_guarded
from transfers.render.visible import as_line
from transfers.vocabulary.words import PHASES_ON_THE_WAY

if TYPE_CHECKING:
    from transfers.db import Connection
    from transfers.exports.about import About

LOST_COLUMNS: Final = ("transfer", "field", "what")
_KINDS: Final = ("supply", "licensed_production", "components", "loan")  # what the register has rows for
_ORDERED: Final = ("ordered", "agreed")
_STATUS: Final = {condition: printed for printed, condition in CONDITIONS.items()}

_NAMED: Final = 20  # transfers left out that the summary names
_WHY: Final = {"value": "texts of prices", "end_use": "texts of end uses"}

_CLAIMS: Final = """
SELECT transfer_id, id, phase, condition, date_edtf, date_earliest, date_latest, date_basis, value_text, end_use_text
FROM v_current_claims WHERE transfer_id IS NOT NULL AND stance <> 'denied'"""


class Lost(NamedTuple):
    """One thing that the register's columns cannot hold."""

    transfer: str
    field: str
    what: str


class _Row:
    """One row on its way: cells, and what was lost on the way."""

    def __init__(self, transfer: Object, claims: list[Object]) -> None:
        self.transfer, self.claims = transfer, claims
        self.lost: list[Lost] = []

    def lose(self, field: str, what: str) -> None:
        self.lost.append(Lost(self.transfer["id"], field, what))

    def number(self, field: str, low: int | None, high: int | None) -> tuple[str, str]:
        """The number that the claims bear out, and whether it is uncertain."""
        if low is None and high is None:
            return "", ""
        if low == high:
            return str(low), ""
        if low is None:
            self.lose(field, f"at most {high}")
            return "", ""
        self.lose(field, f"at least {low}" if high is None else f"{low} to {high}, written as {low}")
        return str(low), "?"

    def order_year(self) -> tuple[str, str]:
        """The year of the earliest claim on an order."""
        dated = [one for one in self.claims if one["phase"] in _ORDERED and one["date_earliest"]]
        if not dated:
            self.lose("Year of order", "no claim dates the order")
            return "", ""
        first = min(dated, key=lambda one: (one["date_earliest"], one["id"]))
        certain = first["date_basis"] == "stated" and _one_year(first)
        if not certain:
            self.lose("Year of order", f"{first['date_edtf']} ({first['date_basis']})")
        return first["date_earliest"][:4], "" if certain else "?"

    def delivery_years(self) -> str:
        """The years in which claims say, each of a single one, that something arrived."""
        years = set()
        for one in self.claims:
            if one["phase"] in PHASES_ON_THE_WAY and one["date_edtf"]:
                if _one_year(one):
                    years.add(one["date_earliest"][:4])
                else:
                    self.lose("Year(s) of delivery", f"{one['date_edtf']} in {one['id']}: of no single year")
        return "; ".join(sorted(years))

    def status(self) -> str:
        """New or second-hand, where the claims agree."""
        found = sorted({one["condition"] for one in self.claims if one["condition"]})
        if len(found) > 1:
            self.lose("status", " or ".join(found))
        return _STATUS[found[0]] if len(found) == 1 else ""

    def comment(self) -> str:
        """What the columns do not say: the id, the standing, the episode."""
        transfer = self.transfer
        parts = [f"Transfer {transfer['id']}", as_standing(transfer)]
        if transfer["kind"] != "supply":
            parts.append(transfer["kind"].replace("_", " "))
        if transfer["episode"] != "all":
            parts.append(f"episode {transfer['episode']}")
        for field in ("end_use_text", "value_text"):
            count = len({one[field] for one in self.claims if one[field]})
            if count:
                self.lose(field.removesuffix("_text"), f"{count} different texts")
        return "; ".join([*parts, *(f"{one.field}: {one.what}" for one in self.lost)])


def _one_year(claim: Object) -> bool:
    earliest, latest = claim["date_earliest"], claim["date_latest"]
    return bool(earliest and latest and earliest[:4] == latest[:4])


def find_sipri_rows(connection: Connection) -> tuple[list[tuple[str, ...]], list[Lost]]:
    """The rows in the order of the ids of their transfers, and all that is lost."""
    claims = grouped(read_objects(connection, _CLAIMS), "transfer_id")
    names, systems = _register_names(connection, "actor_id"), _register_names(connection, "system_id")
    rows: list[tuple[str, ...]] = []
    lost: list[Lost] = []
    for transfer in read_objects(connection, "SELECT * FROM v_transfers"):
        why = _why_left_out(transfer)
        if why:
            lost.append(Lost(transfer["id"], "row", why))
            continue
        row = _Row(transfer, claims.get(transfer["id"], []))
        ends = (names.get(transfer[side]) or str(transfer[f"{side}_name"]) for side in ("recipient", "supplier"))
        cells = [
            *ends, *row.order_year(), *row.number("Number ordered", transfer["planned_low"], transfer["planned_high"]),
            systems.get(transfer["system"]) or str(transfer["system_name"]), transfer["category"].replace("_", " "),
            *row.number("Number delivered", transfer["quantity_low"], transfer["quantity_high"]),
            row.delivery_years(), row.status(),
        ]
        rows.append((*cells, row.comment(), "", "", ""))
        lost.extend(row.lost)
    return rows, lost


def _why_left_out(transfer: Object) -> str:
    if not transfer["origins"]:
        return f"left out: no claim bears it out; its standing is {transfer['standing']}"
    if transfer["kind"] not in _KINDS:
        return f"left out: the register has no rows for {transfer['kind']}"
    return ""


def _register_names(connection: Connection, owner: str) -> dict[str, str]:
    """What the register calls an actor or system, where the registry gives it one name and no more."""
    rows = read_objects(
        connection, f"SELECT {owner} AS owner, value FROM identifiers WHERE scheme = 'sipri' AND {owner} IS NOT NULL",
    )
    return {id_: found[0]["value"] for id_, found in grouped(rows, "owner").items() if len(found) == 1}


def as_sipri(rows: list[tuple[str, ...]], about: About, *, raw: bool) -> Iterator[str]:
    """The file: lines that say what it is, the header, the rows. As in the register nothing is quoted, so no cell has a comma.

    Args:
        rows: of `find_sipri_rows`.
        about: what the export says of itself.
        raw: without the apostrophe before what a spreadsheet would take for a formula.
    """
    told = (
        "Transfers of weapons in the shape of a register: best values of claims by news articles. This is not SIPRI data.",
        "A '?' in a column marks a value that stands for a range or was inferred. An empty number is open. There are no TIVs.",
        about.as_sentences("sipri"),
    )
    yield "".join(f"{_plain(line)}\n" for line in told) + "\n" + ",".join(TRADE_REGISTER) + "\n"
    for row in rows:
        cells = (_plain(cell) for cell in row)
        yield ",".join(cell if raw else as_guarded(cell) for cell in cells) + "\n"


def _plain(text: str) -> str:
    return as_line(text).replace(",", ";").replace('"', "'")


def as_lost(lost: list[Lost], *, raw: bool) -> Iterator[str]:
    """The list of what is lost as CSV."""
    yield from as_csv(LOST_COLUMNS, lost, raw=raw)


def as_summary(rows: list[tuple[str, ...]], lost: list[Lost]) -> list[str]:
    """The list of what is lost in a few lines."""
    left_out = [one for one in lost if one.field == "row"]
    lines = [f"{len(rows)} rows; lost in all of them: every quote, source, denial and date of a claim, TIVs are never made up"]
    counts: dict[str, int] = {}
    for one in lost:
        key = one.what if one.field == "row" else f"{one.field}: {_WHY.get(one.field, 'ranges and doubts')}"
        counts[key] = counts.get(key, 0) + 1
    lines += [f"lost: {count} x {key}" for key, count in sorted(counts.items())]
    if left_out:
        more = f" and {len(left_out) - _NAMED} more" if len(left_out) > _NAMED else ""
        lines.append(f"transfers left out: {', '.join(one.transfer for one in left_out[:_NAMED])}{more}")
    return lines
