"""GraphML and GEXF as networkx reads them, and what Gephi needs."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from typing import Any

import pytest

from tests.exports.conftest import HOSTILE, Place
from transfers.exports.network import EDGE_COLUMNS, as_xml_text

networkx = pytest.importorskip("networkx", reason="networkx is not installed")
NS = "{http://gexf.net/1.3}"


def read(place: Place, name: str) -> Any:
    read_one = {"graphml": networkx.read_graphml, "gexf": networkx.read_gexf}[name]
    # networkx makes a plain graph of GEXF when no two edges are parallel, and then keeps the id as an attribute alone.
    return read_one(io.BytesIO(place.text(name).encode()), **({"force_multigraph": True} if name == "graphml" else {}))


def transfers(place: Place) -> dict[str, dict[str, Any]]:
    columns = ("id", "supplier", "recipient", *EDGE_COLUMNS)
    return {row[0]: dict(zip(columns, row, strict=True)) for row in place.rows(f"SELECT {', '.join(columns)} FROM v_transfers")}


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_every_transfer_is_an_edge_with_all_it_has(name: str, place: Place) -> None:
    graph = read(place, name)
    wanted = transfers(place)
    assert graph.is_directed()
    found = {key: (source, target, data) for source, target, key, data in networkx.MultiDiGraph(graph).edges(keys=True, data=True)}
    assert found.keys() == wanted.keys()
    for id_, one in wanted.items():
        source, target, data = found[id_]
        assert (source, target) == (one["supplier"], one["recipient"])
        for column in EDGE_COLUMNS:
            told = data.get("edge_kind" if (name, column) == ("gexf", "kind") else column)
            value = one[column]
            assert told == (as_read(value) if isinstance(value, str) else value), (id_, column)


def as_read(text: str) -> str:
    return as_xml_text(text)


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_actors_are_nodes_under_their_names(name: str, place: Place) -> None:
    graph = read(place, name)
    names = dict(place.rows("SELECT id, name FROM actors"))
    ends = {end for pair in place.rows("SELECT supplier, recipient FROM v_transfers") for end in pair}
    assert set(graph.nodes) == ends
    for node, data in graph.nodes(data=True):
        assert data["label" if name == "gexf" else "name"] == as_xml_text(names[node])


def test_gexf_is_dynamic(hard: Place) -> None:
    root = ET.fromstring(hard.text("gexf"))
    graph = root.find(f"{NS}graph")
    assert graph is not None
    assert (graph.get("mode"), graph.get("timeformat"), graph.get("defaultedgetype")) == ("dynamic", "date", "directed")
    wanted = transfers(hard)
    edges = graph.findall(f"{NS}edges/{NS}edge")
    for edge in edges:
        one = wanted[edge.get("id", "")]
        assert (edge.get("start"), edge.get("end")) == (one["first_date"], one["last_date"])
    assert any(edge.get("start") and edge.get("end") for edge in edges)
    days = [day for one in wanted.values() for day in (one["first_date"], one["last_date"]) if day]
    assert (graph.get("start"), graph.get("end")) == (min(days), max(days))


def test_parallel_edges_are_told_apart_by_their_kind(hard: Place) -> None:
    edges = ET.fromstring(hard.text("gexf")).findall(f"{NS}graph/{NS}edges/{NS}edge")
    ends = [(edge.get("source"), edge.get("target")) for edge in edges]
    assert len(set(ends)) < len(ends)
    assert len({(*pair, edge.get("kind")) for pair, edge in zip(ends, edges, strict=True)}) == len(edges)


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_what_xml_cannot_hold_is_written_out(name: str, hostile: Place) -> None:
    graph = read(hostile, name)
    expected = HOSTILE.replace("\r", "\\x0d").replace("\x1b", "\\x1b").replace("\ufffe", "\\xfffe")
    assert {data["label" if name == "gexf" else "name"] for _, data in graph.nodes(data=True)} == {expected}


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_a_graph_without_transfers_is_read(name: str, empty: Place) -> None:
    assert len(read(empty, name)) == 0
