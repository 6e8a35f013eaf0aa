"""The timeline: transfers, meetings and statements by date, uncertain dates as spans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from transfers.queries.timeline import KINDS, find_timeline
from transfers.render.words import as_days
from transfers.site.answering import as_plain
from transfers.site.pages.cards import claim_place
from transfers.site.pages.drawn import in_both_widths
from transfers.site.pages.filters import Wanted, answered, listed, read_wanted
from transfers.site.pictures.timeline import Entry, draw_timeline
from transfers.vocabulary.words import TRANSFER_KINDS

if TYPE_CHECKING:
    from transfers.db import Connection
    from transfers.queries import Rows
    from transfers.queries.pages import Page
    from transfers.site.answering import Asked, Site

_MOST: Final = 60  # rows


def read(connection: Connection, asked: Asked) -> Any:
    """What the page shows."""
    wanted = read_wanted(asked, ("kind", "actor", "system", "since", "until"))
    fixed = {"title": "Transfers, meetings and statements in time", "kinds": KINDS}
    empty = {"more": False, "rows": [], "last": "", "dated": 0, "wide": "", "narrow": ""}
    return answered(asked, "timeline", wanted, lambda: fixed | _read(connection, asked, wanted, fixed["title"]), fixed | empty)


def _read(connection: Connection, asked: Asked, wanted: Wanted, title: Any) -> dict[str, Any]:
    rows = find_timeline(
        connection, kind=[one for one in KINDS if one == wanted["kind"]], actor=listed(wanted["actor"]),
        system=listed(wanted["system"]), since=wanted["since"] or None, until=wanted["until"] or None, limit=_MOST,
    )
    entries = as_entries(rows, asked.site)
    dated = [one for one in entries if one.when]
    return {
        "more": rows.more,
        "rows": [{"one": one, "article": row["article"]} for one, row in zip(entries, rows.dicts(), strict=True)],
        "last": next((one.first for one in reversed(entries) if one.first), ""),
        "dated": len(dated),
        **in_both_widths(draw_timeline, dated, title),
    }


def as_entries(rows: Rows, site: Site | None) -> list[Entry]:
    """The rows of a timeline as rows of its picture; without a site they lead nowhere."""
    return [
        Entry(
            row["kind"], _plain_kind(row["title"]), as_days(row["date_earliest"], row["date_latest"]),
            _place(site, row) if site else "", row["date_earliest"], row["date_latest"],
        )
        for row in rows.dicts()
    ]


def _plain_kind(title: str) -> str:
    """The title of a transfer ends with its kind in brackets, a word of a closed list."""
    before, bracket, kind = title.rpartition("(")
    return before + bracket + as_plain(kind) if kind.removesuffix(")") in TRANSFER_KINDS else title


def _place(site: Site, row: Page) -> str:
    return claim_place(site, row["id"]) if row["kind"] == "statement" else site.page(row["kind"], row["id"])
