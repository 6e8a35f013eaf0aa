"""What registers say of a transfer, for its page: rows of its picture and of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from transfers.render.beside import as_differences, as_doubted, as_year, as_years
from transfers.site.answering import as_plain
from transfers.site.pictures.claims import Claim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transfers.queries.pages import Page


def as_register_rows(sides: Sequence[Page]) -> list[Claim]:
    """The rows of registers as rows of the picture of the claims, drawn so that nobody takes them for one."""
    return [_as_row(side, number) for number, side in enumerate(sides, start=1)]


def _as_row(side: Page, number: int) -> Claim:
    name, delivered = _name(side), as_doubted(side["delivered"], side["delivered_uncertain"])
    years = (side["delivery_years"] or "").split("; ") if side["delivery_years"] else []
    when = as_years(side["delivery_years"], side["delivery_years_uncertain"])
    told = f"{name}, a register and no claim: {delivered or 'no number'} delivered" + (f", {when}" if when else "")
    return Claim(
        label=name, note="register: delivered", told=told, url=f"#register-{number}", stance="register", gone=False,
        unit="" if side["delivered"] is None else "item", amount=delivered, low=side["delivered"], high=side["delivered"],
        when=when, first=f"{years[0]}-01-01" if years else None, last=f"{years[-1]}-12-31" if years else None,
        published=None,
    )


def as_entries(sides: Sequence[Page]) -> list[dict[str, Any]]:
    """The rows of registers as rows of a table, in words."""
    return [
        {
            "id": f"register-{number}", "name": _name(side), "form": as_plain(side["form"]),
            "deal": f"{side['register_supplier']} → {side['register_recipient']}: {side['designation']}",
            "order": as_year(side["order_year"], side["order_year_uncertain"]),
            "ordered": as_doubted(side["ordered"], side["ordered_uncertain"]),
            "delivered": as_doubted(side["delivered"], side["delivered_uncertain"]),
            "years": as_years(side["delivery_years"], side["delivery_years_uncertain"]),
            "comment": side["comment"] or "", "beside": as_differences(side), "changed": side["match"] != "accepted",
        }
        for number, side in enumerate(sides, start=1)
    ]


def _name(side: Page) -> str:
    return f"{side['dataset'].upper()} {side['release']}"
