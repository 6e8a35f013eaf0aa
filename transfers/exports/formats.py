"""The formats: which function writes each, what it takes, and whether it is one text or a folder."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple

from transfers.exports.tables import find_tables

if TYPE_CHECKING:
    from transfers.db import Connection
    from transfers.exports.about import About
    from transfers.exports.tables import Told


class Format(NamedTuple):
    """One format.

    Attributes:
        line: what it is, in a line.
        module: below this package.
        function: in the module.
        more: what else to know before asking for it.
        folder: whether it is a folder.
        tables: whether it holds the tables and views as they are, and so can hold registers.
        raw: whether cells can be guarded against spreadsheets.
        texts: whether it has room for the texts of articles.
    """

    line: str
    module: str
    function: str
    more: str
    folder: bool = False
    tables: bool = False
    raw: bool = False
    texts: bool = False


FORMATS: Final = {
    "csv": Format(
        "CSV files: one for each table and view.", "csv_files", "write_csv_files",
        "With columns.csv, what each column holds, and about.json. A cell that a spreadsheet would run as a formula has an "
        "apostrophe in front, unless --raw.", folder=True, tables=True, raw=True, texts=True,
    ),
    "json": Format(
        "All tables and views as one JSON object.", "json_text", "as_json",
        "What the export says of itself is under `about`, the rows are under `tables`.", tables=True, texts=True,
    ),
    "jsonl": Format(
        "All tables and views as JSON Lines.", "json_text", "as_json_lines",
        "The first line is what the export says of itself; each other line is a row with the name of its `table`.",
        tables=True, texts=True,
    ),
    "datapackage": Format(
        "A Frictionless data package.", "data_package", "write_data_package",
        "Tables and views as CSV, exactly as they are, with their types, keys, licences and sources in datapackage.json.",
        folder=True, tables=True, texts=True,
    ),
    "parquet": Format(
        "Parquet files with typed columns.", "parquet", "write_parquet",
        "One file for each table and view, with days as dates; rows of registers in folders by register and year of order. Needs "
        "the extra `export`.", folder=True, tables=True, texts=True,
    ),
    "ftm": Format(
        "FollowTheMoney entities as JSON Lines.", "entities", "as_entities",
        "Transfers and meetings are events; each claim and statement is a note on them, with its quote and its article as proof.",
        texts=True,
    ),
    "graphml": Format(
        "The network of transfers as GraphML.", "network", "as_graphml", "Actors are nodes, each transfer is an edge.",
    ),
    "gexf": Format(
        "The network of transfers as dynamic GEXF.", "network", "as_gexf",
        "For Gephi: an edge lasts from the first to the last day that the claims on the transfer leave open.",
    ),
    "geojson": Format(
        "Meetings and transfers on the map as GeoJSON.", "geojson", "as_geojson",
        "Meetings are points where the place has coordinates, transfers are lines where both countries have; each says how exact "
        "that is.",
    ),
}


def as_text(connection: Connection, name: str, about: About, told: Told) -> Iterator[str]:
    """The text of a format that is one text, in parts."""
    found = FORMATS[name]
    make = getattr(import_module(f"transfers.exports.{found.module}"), found.function)
    yield from make(connection, find_tables(connection, about.wanted, told), about) if found.tables else make(connection, about)


def write_folder(connection: Connection, name: str, about: About, told: Told, folder: str, *, raw: bool = False) -> None:
    """Write a format that is a folder into one that is there.

    Raises:
        InputError: the library that it needs is not installed.
        OSError: a file cannot be written.
    """
    found = FORMATS[name]
    write = getattr(import_module(f"transfers.exports.{found.module}"), found.function)
    options = {"raw": raw} if found.raw else {}
    write(connection, find_tables(connection, about.wanted, told), about, folder, **options)
