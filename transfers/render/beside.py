"""What registers say, beside what is claimed: for tables and pages."""

from __future__ import annotations

from transfers.render.sources import as_kind
from transfers.render.words import as_amount, as_system

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, Protocol, TypeAlias

    from transfers.render.layout import Layout

    class _Rows(Protocol):
        def dicts(self) -> Any:
            """Each row as a dictionary."""

Side: TypeAlias = "dict[str, Any]"

_EVENTS = {
    "register_only": "the register counts deliveries, no claim says that anything set out",
    "claims_only": "claims say that something set out, the register counts none delivered",
    "denied": "the register counts deliveries, the claims only deny",
}
_NUMBERS = {
    "above_claims": "{what} is above the largest number that claims give",
    "below_claims": "{what} is below the smallest number that claims give",
}
_DATES = {
    "begins_before_claims": "its years of delivery begin before the claims",
    "wider_than_claims": "its years of delivery begin before the claims and go on after them",
    "before_claims": "its years of delivery are all before the claims",
    "after_claims": "its years of delivery are all after the claims",
    "goes_on_after_claims": "its years of delivery go on after the claims",
}


def as_doubted(value: int | None, uncertain: int | None) -> str:
    """A number of a register, with the "?" that it puts there; nothing where it gives none."""
    return "" if value is None else f"{value:,}{'?' if uncertain else ''}"


def as_years(listed: str | None, uncertain: int | None) -> str:
    """The years of delivery: ``2022–2024``, ``2019, 2022–2023?``."""
    runs: list[list[int]] = []
    for year in map(int, (listed or "").split("; ") if listed else ()):
        if runs and year == runs[-1][1] + 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    years = ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
    return years + ("?" if years and uncertain else "")


def as_year(value: int | None, uncertain: int | None) -> str:
    """A year of a register, with its "?"."""
    return "" if value is None else f"{value}{'?' if uncertain else ''}"


def as_columns(rows: _Rows) -> tuple[list[str], list[Any]]:
    """The columns and cells of `query --registers` for people. What the claims say stands left of what the register says."""
    columns = [
        "transfer", "claims say", "standing", "origins", "register", "ordered", "delivered", "years", "differs on", "comment",
    ]
    cells = []
    for row in rows.dicts():
        changed = " (figures changed)" if row["match"] == "accepted_figures_changed" else ""
        cells.append([
            f"{row['supplier_name']} → {row['recipient_name']}: {as_system(row)}",
            as_amount(row["quantity_low"], row["quantity_high"], row["planned_low"], row["planned_high"]),
            ", ".join(part for part in (row["standing"], row["phase"]) if part), row["origins"],
            f"{row['dataset']} {row['release']}{changed}" if row["register"] else "",
            as_doubted(row["ordered"], row["ordered_uncertain"]), as_doubted(row["delivered"], row["delivered_uncertain"]),
            as_years(row["delivery_years"], row["delivery_years_uncertain"]), row["differs_on"], row["comment"],
        ])
    return columns, cells


def add_registers(layout: Layout, sides: Sequence[Side]) -> None:
    """The rows of registers that are accepted for a transfer, one under the other, and under them whose data they are."""
    layout.heading("Registers")
    layout.paragraph("Figures of others, no evidence of ours. \"Beside\" says where they differ from the claims, not who is right.")
    for number, side in enumerate(sides, start=1):
        layout.gap()
        deal = f"{side['register_supplier']} → {side['register_recipient']}: {side['designation']}"
        about = f" ({side['description']})" if side["description"] else ""
        layout.paragraph(f"{number}. {side['dataset'].upper()}, {as_kind(side['form'])}, {side['release']}: {deal}{about}")
        layout.facts([
            ("Order", as_year(side["order_year"], side["order_year_uncertain"])),
            ("Ordered", as_doubted(side["ordered"], side["ordered_uncertain"])),
            ("Delivered", as_doubted(side["delivered"], side["delivered_uncertain"])),
            ("Years", as_years(side["delivery_years"], side["delivery_years_uncertain"])),
            ("Condition", as_kind(side["condition"] or "")),
            ("Cancelled", "the comment speaks of it" if side["is_cancelled"] else None),
            ("Comment", side["comment"]),
            ("Beside", as_differences(side)),
            ("Match", "accepted" if side["match"] == "accepted" else "accepted when the register said something else of the deal"),
            ("Row", f"{side['row_number']} of {side['register']}"),
        ], indent=3)
    for licence in dict.fromkeys(side["licence"] for side in sides):
        layout.gap()
        layout.paragraph(licence)


def as_differences(side: Side) -> str:
    """Where a register differs from the claims, in words."""
    found = [
        _EVENTS.get(side["event_compared"]),
        *(
            _NUMBERS.get(side[f"{what}_compared"], "").format(what=f"the number {what}") for what in ("delivered", "ordered")
        ),
        _DATES.get(side["dates_compared"]),
    ]
    return "; ".join(part for part in found if part) or "nothing that can be compared differs"
