"""Who supplies whom: suppliers on the left, recipients on the right, a line for each pair and standing.

Two columns and not a cloud: every name can be read, nothing moves, and the same data give the same picture. Who both supplies
and receives stands on both sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from transfers.site.pictures.drawing import NARROW, cut, element, frame, group, link, text

_ROW: Final = 34  # pixels
_HEAD: Final = 28
_STRAND: Final = 6  # between the lines of one pair
_ROUNDS: Final = 6  # of moving everybody to the middle of their partners; more change nothing that one could see


class Flow(NamedTuple):
    """One line of the picture: all transfers from one actor to another whose sources stand alike.

    Attributes:
        supplier: id.
        supplier_name: name.
        recipient: id.
        recipient_name: name.
        standing: how their sources stand to each other.
        transfers: how many there are.
        url: where they are shown; empty for nowhere.
        supplier_url: where the supplier is shown.
        recipient_url: where the recipient is shown.
    """

    supplier: str
    supplier_name: str
    recipient: str
    recipient_name: str
    standing: str
    transfers: int
    url: str = ""
    supplier_url: str = ""
    recipient_url: str = ""


def draw_network(flows: Sequence[Flow], title: str, width: int = 1000, mark: str = "") -> str:
    """The picture."""
    left, right = _ordered(flows)
    height = _HEAD + max(len(left), len(right), 1) * _ROW + 6
    box = width * (0.36 if width < NARROW else 0.26)
    tops = {True: _places(left, height), False: _places(right, height)}
    parts = [text(0, 15, "Supplier", "panel"), text(width, 15, "Recipient", "panel", "end")]
    parts += [
        _line(flow, tops[True][flow.supplier] + beside, tops[False][flow.recipient] + beside, box, width)
        for flow, beside in _strands(flows)
    ]
    for side, ids in ((True, left), (False, right)):
        named = {flow.supplier if side else flow.recipient: flow for flow in flows}
        for one in ids:
            flow = named[one]
            name, url = (flow.supplier_name, flow.supplier_url) if side else (flow.recipient_name, flow.recipient_url)
            parts.append(_node(name, url, 0 if side else width - box, tops[side][one], box))
    told = (
        f"{len(flows)} lines from {len(left)} suppliers on the left to {len(right)} recipients on the right. The thicker a line, "
        "the more transfers; a full line is reported, a dashed one alleged, a red one contested or denied; one pair may "
        "have several. The same is said in words in the table."
    )
    return frame("network", width, height, title, told, parts, mark)


def _ordered(flows: Sequence[Flow]) -> tuple[list[str], list[str]]:
    """Both columns, in an order with few crossings: everybody goes to the middle of their partners, in turn."""
    partners: tuple[dict[str, set[str]], dict[str, set[str]]] = ({}, {})
    for flow in flows:
        partners[0].setdefault(flow.supplier, set()).add(flow.recipient)
        partners[1].setdefault(flow.recipient, set()).add(flow.supplier)
    columns = [sorted(partners[0]), sorted(partners[1])]
    for turn in range(_ROUNDS):
        mine, other = turn % 2, 1 - turn % 2
        place = {one: index for index, one in enumerate(columns[other])}
        columns[mine].sort(key=lambda one: (sum(place[p] for p in partners[mine][one]) / len(partners[mine][one]), one))
    return columns[0], columns[1]


def _places(ids: Sequence[str], height: float) -> dict[str, float]:
    """The middle of each, evenly over the height."""
    step = (height - _HEAD - 6) / max(len(ids), 1)
    return {one: _HEAD + step * (index + 0.5) for index, one in enumerate(ids)}


def _strands(flows: Sequence[Flow]) -> list[tuple[Flow, float]]:
    """The lines with how far each runs beside the middle of its pair, the thick ones first, so that they cover none."""
    pairs: dict[tuple[str, str], list[Flow]] = {}
    for flow in sorted(flows, key=lambda one: (one.supplier, one.recipient, one.standing)):
        pairs.setdefault((flow.supplier, flow.recipient), []).append(flow)
    found = [(flow, (index - (len(pair) - 1) / 2) * _STRAND) for pair in pairs.values() for index, flow in enumerate(pair)]
    return sorted(found, key=lambda one: -one[0].transfers)


def _line(flow: Flow, y1: float, y2: float, box: float, width: float) -> str:
    x1, x2 = box, width - box
    bend = (x2 - x1) * 0.45
    numbers = (x1, y1, x1 + bend, y1, x2 - bend, y2, x2 - 9, y2)
    path = "M{:.1f} {:.1f} C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}".format(*numbers)
    head = f"M{x2 - 10:.1f} {y2 - 5:.1f} L{x2:.1f} {y2:.1f} L{x2 - 10:.1f} {y2 + 5:.1f} Z"
    count = f"{flow.transfers} transfer{'' if flow.transfers == 1 else 's'}, {flow.standing.replace('_', ' ')}"
    told = f"{flow.supplier_name} to {flow.recipient_name}: {count}"
    parts = [
        element("path", d=path, class_="catch"),
        element("path", d=path, class_="stroke", stroke_width=min(1.5 + flow.transfers * 0.5, 6)),
        element("path", d=head, class_="head"),
    ]
    return link(flow.url, group(f"flow {flow.standing}", parts, told))


def _node(name: str, url: str, x: float, middle: float, width: float) -> str:
    box = element("rect", x=x, y=middle - 13, width=width, height=26, rx=4)
    words = text(x + width / 2, middle + 4.5, cut(name, width - 12, 13), "label", "middle")
    return link(url, group("node", [box, words], name))
