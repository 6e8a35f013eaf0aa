"""Who supplies whom: actors as nodes, each transfer as an edge of its own, for GraphML and GEXF.

Written with the standard library: the writers of networkx put the day on which they run into the file, and number what has an id.
Both forms are read with networkx in the tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape, quoteattr

from transfers.exports.objects import as_title, read_objects
from transfers.queries.kinds import INTEGER, kind_of

if TYPE_CHECKING:
    from transfers.db import Connection
    from transfers.exports.about import About

NODE_COLUMNS: Final = ("name", "kind", "country_code", "note")
EDGE_COLUMNS: Final = (
    "system", "system_name", "category", "kind", "episode", "standing", "phase", "claims", "origins", "denials", "disputes",
    "denials_elsewhere", "quantity_low", "quantity_high", "planned_low", "planned_high", "first_date", "last_date", "articles",
)
# What XML cannot hold, not even escaped; and the carriage return, which every reader turns into a line break.
_UNFIT: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XML: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


def as_xml_text(value: Any) -> str:
    r"""A value for XML; a character that XML cannot hold is written as ``\x1b``."""
    return _UNFIT.sub(lambda found: f"\\x{ord(found[0]):02x}", str(value))


def _attribute(value: Any) -> str:
    # A tab or line break in an attribute is a space to every reader, unless it is written by its number.
    return quoteattr(as_xml_text(value), {"\n": "&#10;", "\t": "&#9;"})


class Network:
    """The actors that transfers name, and the transfers; both in the order of their ids."""

    def __init__(self, connection: Connection) -> None:
        self.edges = read_objects(connection, "SELECT * FROM v_transfers")
        ends = {edge[side] for edge in self.edges for side in ("supplier", "recipient")}
        actors = read_objects(connection, "SELECT id, name, kind, country_code, note FROM actors")
        self.nodes = [actor for actor in actors if actor["id"] in ends]


def as_graphml(connection: Connection, about: About) -> Iterator[str]:
    """The network as GraphML: a directed graph with parallel edges.

    Source: the GraphML primer and schema 1.0 (graphml.graphdrawing.org).
    """
    network = Network(connection)
    yield _XML + '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    yield (
        ' xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
        f"<desc>{escape(as_xml_text(about.as_sentences('graphml')))}</desc>\n"
    )
    for owner, columns in (("node", NODE_COLUMNS), ("edge", ("label", *EDGE_COLUMNS))):
        for column in columns:
            kind = "long" if kind_of(column) == INTEGER else "string"
            yield f'<key id="{owner}_{column}" for="{owner}" attr.name="{column}" attr.type="{kind}"/>\n'
    yield '<graph id="transfers" edgedefault="directed">\n'
    for node in network.nodes:
        yield f"<node id={_attribute(node['id'])}>{_data('node', node, NODE_COLUMNS)}</node>\n"
    for edge in network.edges:
        labelled = {"label": as_title(edge), **edge}
        yield (
            f"<edge id={_attribute(edge['id'])} source={_attribute(edge['supplier'])} target={_attribute(edge['recipient'])}>"
            f"{_data('edge', labelled, ('label', *EDGE_COLUMNS))}</edge>\n"
        )
    yield "</graph>\n</graphml>\n"


def _data(owner: str, values: dict[str, Any], columns: tuple[str, ...]) -> str:
    return "".join(
        f'<data key="{owner}_{column}">{escape(as_xml_text(values[column]))}</data>'
        for column in columns if values[column] is not None
    )


def as_gexf(connection: Connection, about: About) -> Iterator[str]:
    """The network as dynamic GEXF: an edge lasts from the first to the last day that its claims leave open; no day = no bound.

    Source: GEXF 1.3 (gexf.net). ``kind`` tells parallel edges apart: without it Gephi takes them for one.
    """
    network = Network(connection)
    days = sorted(edge[column] for edge in network.edges for column in ("first_date", "last_date") if edge[column])
    yield _XML + '<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
    yield (
        f"<meta{_optional('lastmodifieddate', about.newest_day)}><creator>transfers</creator>"
        f"<description>{escape(as_xml_text(about.as_sentences('gexf')))}</description></meta>\n"
    )
    bounds = _optional("start", days[0]) + _optional("end", days[-1]) if days else ""
    yield f'<graph defaultedgetype="directed" mode="dynamic" timeformat="date" timerepresentation="interval"{bounds}>\n'
    for owner, columns in (("node", NODE_COLUMNS[1:]), ("edge", EDGE_COLUMNS)):
        yield f'<attributes class="{owner}" mode="static">\n'
        for number, column in enumerate(columns):
            kind = "long" if kind_of(column) == INTEGER else "string"
            yield f'<attribute id="{number}" title="{_title(owner, column)}" type="{kind}"/>\n'
        yield "</attributes>\n"
    yield "<nodes>\n"
    for node in network.nodes:
        yield f"<node id={_attribute(node['id'])} label={_attribute(node['name'])}>{_values(node, NODE_COLUMNS[1:])}</node>\n"
    yield "</nodes>\n<edges>\n"
    for edge in network.edges:
        kind = "/".join((edge["system"], edge["kind"], edge["episode"]))
        yield (
            f"<edge id={_attribute(edge['id'])} source={_attribute(edge['supplier'])} target={_attribute(edge['recipient'])}"
            f" kind={_attribute(kind)} label={_attribute(as_title(edge))}"
            f"{_optional('start', edge['first_date'])}{_optional('end', edge['last_date'])}>{_values(edge, EDGE_COLUMNS)}</edge>\n"
        )
    yield "</edges>\n</graph>\n</gexf>\n"


def _title(owner: str, column: str) -> str:
    return f"{owner}_kind" if column == "kind" else column  # Gephi has a column of its own by that name


def _optional(name: str, value: Any) -> str:
    return "" if value is None else f" {name}={_attribute(value)}"


def _values(values: dict[str, Any], columns: tuple[str, ...]) -> str:
    inside = "".join(
        f'<attvalue for="{number}" value={_attribute(values[column])}/>'
        for number, column in enumerate(columns) if values[column] is not None
    )
    return f"<attvalues>{inside}</attvalues>"
