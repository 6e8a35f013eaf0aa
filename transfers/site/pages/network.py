"""The network: who is said to supply whom, filtered by system, actor, time and standing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from transfers.queries.filters import Filter, add_transfer_conditions
from transfers.queries.pages import Page
from transfers.queries.rows import Where, find_rows, ordered
from transfers.queries.transfers import find_transfers
from transfers.site.pages.drawn import in_both_widths
from transfers.site.pages.filters import Wanted, answered, listed, read_wanted
from transfers.site.pictures.network import Flow, draw_network
from transfers.vocabulary.words import STANDINGS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from transfers.db import Connection
    from transfers.site.answering import Asked, Site

_MOST: Final = 80  # transfers


def read(connection: Connection, asked: Asked) -> Any:
    """What the page shows."""
    wanted = read_wanted(asked, ("system", "actor", "standing", "since", "until"))
    fixed = {"title": "Who is said to supply whom", "standings": STANDINGS}
    empty = {"pairs": [], "more": False, "ranked": False, "wide": "", "narrow": ""}
    return answered(asked, "network", wanted, lambda: fixed | _read(connection, asked, wanted, fixed["title"]), fixed | empty)


def _read(connection: Connection, asked: Asked, wanted: Wanted, title: Any) -> dict[str, Any]:
    ranked = not (wanted["standing"] or wanted["since"] or wanted["until"])
    transfers, more = find_network(
        connection, system=listed(wanted["system"]), actor=listed(wanted["actor"]),
        standing=[one for one in STANDINGS if one == wanted["standing"]], since=wanted["since"] or None,
        until=wanted["until"] or None,
    )
    groups = as_groups(transfers)
    flows = as_flows(groups, asked.site)
    return {
        "pairs": groups,
        "more": more, "ranked": ranked,
        **in_both_widths(draw_network, flows, title),
    }


def find_network(connection: Connection, **wanted: Any) -> tuple[list[Page], bool]:
    """The transfers to draw, as in the view, and whether there are more of them.

    Asked for by system and actor alone, they are those that most claims speak of; with a standing or a time, the first in the
    order of lists: which of them fit has to be found out one by one.
    """
    asked = Filter(**wanted, limit=_MOST)
    if asked.standing or asked.since or asked.until:
        found = find_transfers(connection, asked)
        return list(found.dicts()), found.more
    where = Where()
    add_transfer_conditions(where, connection, asked)
    some = f"AND c.transfer_id IN (SELECT t.id FROM transfers t WHERE {where})" if where.parts else ""
    rows = connection.rows(
        f"SELECT c.transfer_id FROM claims c WHERE c.transfer_id IS NOT NULL {some} GROUP BY c.transfer_id "
        f"ORDER BY count(*) DESC, {ordered(connection.engine, 'c.transfer_id')} LIMIT :most",
        {**where.params, "most": _MOST + 1},
    )
    return list(find_rows(connection, "v_transfers", [row[0] for row in rows[:_MOST]]).dicts()), len(rows) > _MOST


def as_groups(transfers: Iterable[Page]) -> list[list[Page]]:
    """The transfers by pair of supplier and recipient, in the order of their names."""
    pairs: dict[tuple[str, str, str, str], list[Page]] = {}
    for one in transfers:
        pairs.setdefault((one["supplier_name"], one["recipient_name"], one["supplier"], one["recipient"]), []).append(one)
    return [pairs[key] for key in sorted(pairs)]


def as_flows(groups: Iterable[list[Page]], site: Site | None) -> list[Flow]:
    """A line of the picture for each pair and standing; without a site they lead nowhere."""
    flows = []
    for group in groups:
        standings = sorted({transfer["standing"] for transfer in group}, key=STANDINGS.index)
        flows += [_as_flow([one for one in group if one["standing"] == standing], site) for standing in standings]
    return flows


def _as_flow(group: list[Page], site: Site | None) -> Flow:
    one = group[0]
    flow = Flow(one["supplier"], one["supplier_name"], one["recipient"], one["recipient_name"], one["standing"], len(group))
    if site is None:
        return flow
    url = site.page("transfer", one["id"]) + "#claims-title" if len(group) == 1 else f"#{one['supplier']}--{one['recipient']}"
    return flow._replace(
        url=url, supplier_url=site.page("actor", one["supplier"]), recipient_url=site.page("actor", one["recipient"]),
    )
