"""A Frictionless data package: the tables as CSV, exactly as they are, with a description that programs check them against.

Source: Data Package standard, version 2 (datapackage.org); nothing is used that readers of version 1 do not know.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from transfers import __version__
from transfers.exports.about import BEFORE_COUNTING, LICENCE
from transfers.exports.csv_files import as_csv, write_text
from transfers.exports.tables import Column, Table, read_rows
from transfers.queries.kinds import DAY, INTEGER, NUMBER, TEXT
from transfers.render.json_text import as_page

if TYPE_CHECKING:
    from transfers.db import Connection
    from transfers.exports.about import About

FILE_NAME: Final = "datapackage.json"
_TYPES: Final = {DAY: "date", INTEGER: "integer", NUMBER: "number", TEXT: "string"}


def write_data_package(connection: Connection, tables: Sequence[Table], about: About, folder: str) -> None:
    """Write ``data/*.csv`` and ``datapackage.json`` into a folder that is there.

    Raises:
        OSError: a file cannot be written.
    """
    os.mkdir(os.path.join(folder, "data"))
    written = {table.name for table in tables}
    resources = []
    for table in tables:
        path = f"data/{table.name}.csv"
        write_text(folder, path, as_csv(table.names, read_rows(connection, table), raw=True))
        resources.append(_as_resource(table, path, folder, written, about))
    write_text(folder, FILE_NAME, (as_page(_as_package(connection, about, resources)), "\n"))


def _as_package(connection: Connection, about: About, resources: list[dict[str, Any]]) -> dict[str, Any]:
    outlets = sorted(connection.rows("SELECT DISTINCT a.name FROM articles s JOIN actors a ON a.id = s.outlet_id"))
    sources = [{"title": f"Articles of {name}"} for (name,) in outlets]
    sources += [{"title": f"{one.licence} (release {one.release}, file sha256 {one.sha256})"} for one in about.registers]
    return {
        "name": "transfers", "title": "Transfers of weapons, and who says so",
        "description": f"{BEFORE_COUNTING} {LICENCE}", "version": __version__,
        "licenses": [{"name": "MIT", "title": f"MIT License. {LICENCE}"}, *_licences(about)],
        **({"sources": sources} if sources else {}),
        "transfers": about.as_dict("datapackage"),
        "resources": resources,
    }


def _licences(about: About) -> list[dict[str, str]]:
    # The names of licences are those of the Open Definition; what is not open has none of its own there.
    return [{"name": "other-closed", "title": text} for text in sorted({one.licence for one in about.registers})]


def _as_resource(table: Table, path: str, folder: str, written: set[str], about: About) -> dict[str, Any]:
    with open(os.path.join(folder, path), "rb") as file:
        digest, size = hashlib.file_digest(file, "sha256").hexdigest(), os.fstat(file.fileno()).st_size
    schema: dict[str, Any] = {"fields": [_as_field(column) for column in table.columns], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    references = [
        {
            "fields": list(one.columns),
            "reference": {"resource": "" if one.table == table.name else one.table, "fields": list(one.keys)},
        }
        for one in table.references if one.table in written
    ]
    if references:
        schema["foreignKeys"] = references
    return {
        "name": table.name, "path": path, "profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv",
        "encoding": "utf-8", "bytes": size, "hash": f"sha256:{digest}",
        **({"description": table.meaning} if table.meaning else {}),
        **({"licenses": _licences(about)} if table.register and about.registers else {}),
        "schema": schema,
    }


def _as_field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.words:
        constraints["enum"] = list(column.words)
    return {
        "name": column.name, "type": _TYPES[column.kind], **({"description": column.meaning} if column.meaning else {}),
        **({"constraints": constraints} if constraints else {}),
    }
