"""The page of a transfer: its standing, what each claim on it says of number and time, who says so, who denies it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from transfers.queries.beside import find_registers_of
from transfers.queries.pages import Page, find_dicts, find_one
from transfers.site.answering import as_plain
from transfers.site.pages.drawn import in_both_widths
from transfers.site.pages.registers import as_entries, as_register_rows
from transfers.site.pages.sources import as_claim_cards, as_rows, find_claims, require
from transfers.site.pictures.claims import draw_claims

if TYPE_CHECKING:
    from transfers.db import Connection
    from transfers.site.answering import Asked

STANDINGS: Final = {
    "reported": "At least one source asserts it, and none denies that it took place.",
    "alleged": "Sources allege it in words that mark doubt; none asserts it, and none denies that it took place.",
    "contested": "Some sources say that it took place, others deny it. Both stand below.",
    "denied_only": "Only denials of it were read.",
    "details_disputed": "Only disputes of its number, date or end use were read; nobody says or denies that it took place.",
    "withdrawn": "No claim on it is current: all were deprecated, superseded or retracted.",
}
_MOST: Final = 50  # other episodes and parts of the same dealings that are listed


def read(connection: Connection, asked: Asked) -> dict[str, Any]:
    """What the page shows."""
    require(connection, "transfers", asked.id)
    transfer = find_one(connection, "SELECT * FROM v_transfers WHERE id = :id", asked.id)
    listing = find_claims(connection, asked, "transfer_id", "transfer")
    cards = as_claim_cards(connection, asked.site, listing.rows)
    sides = find_registers_of(connection, asked.id)
    rows = as_rows(connection, listing.rows, asked.site) + as_register_rows(sides)
    title = as_title(transfer)
    return {
        "title": title,
        "transfer": transfer,
        "meaning": STANDINGS[transfer["standing"]],
        "note": connection.rows("SELECT note FROM transfers WHERE id = :id", {"id": asked.id})[0][0],
        "registers": as_entries(sides),
        "licences": list(dict.fromkeys(side["licence"] for side in sides)),
        "others": _others(connection, asked.id),
        "listing": listing,
        **in_both_widths(draw_claims, rows, f"Claims: {title}"),
        "said": [card for card in cards if not card["gone"] and card["row"]["stance"] != "denied"],
        "denied": [card for card in cards if not card["gone"] and card["row"]["stance"] == "denied"],
        "gone": [card for card in cards if card["gone"]],
    }


def as_title(transfer: Page) -> str:
    """What to call a transfer: who to whom, of what."""
    episode = "" if transfer["episode"] == "all" else f", {transfer['episode']}"
    parties = f"{transfer['supplier_name']} → {transfer['recipient_name']}"
    return f"{parties}: {transfer['system_name']} ({as_plain(transfer['kind'])}{episode})"


def _others(connection: Connection, id_: str) -> list[Page]:
    """What else the same supplier gave the same recipient, first other episodes of the same."""
    return find_dicts(
        connection,
        """SELECT o.id, o.episode, o.kind, y.name AS system_name, o.system_id = t.system_id AND o.kind = t.kind AS same
        FROM transfers t JOIN transfers o ON o.supplier_id = t.supplier_id AND o.recipient_id = t.recipient_id AND o.id <> t.id
        JOIN systems y ON y.id = o.system_id WHERE t.id = :id ORDER BY same DESC, o.system_id, o.kind, o.episode LIMIT :most""",
        {"id": id_, "most": _MOST},
    )
