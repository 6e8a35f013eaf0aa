"""Databases to export: the hard cases, the same with made-up rows of a register, with hostile texts, and an empty one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.hard_cases.rows_as_lines import COLLECTION
from transfers.db import Connection, Target, read_target, reading, writing
from transfers.exports.about import About, Wanted, read_about
from transfers.exports.formats import FORMATS, as_text, write_folder
from transfers.load import load_collection
from transfers.site.metadata import tables

REGISTER = "sipri-trade-register-2030-01-01"
LICENCE = 'Made-up "licence": ask the register, before copying = anything.'
# What every format has to survive: formulas, quotes, line ends, characters that XML cannot hold or terminals act on, other scripts.
HOSTILE = "=HYPERLINK(\"http://x\",\"y\")\r\n\tcell, 'two'; \x1b[31m \ufffe <a href='x'>&amp; ]]> \u202e Герань \U0001f6e9"


class Place(NamedTuple):
    """A database, and what is exported of it."""

    target: Target

    def about(self, **wanted: bool) -> About:
        """What an export says of itself."""
        with reading(self.target) as connection:
            return read_about(connection, Wanted(**wanted))

    def text(self, name: str, **wanted: bool) -> str:
        """A format that is one text."""
        with reading(self.target) as connection:
            return "".join(as_text(connection, name, read_about(connection, Wanted(**wanted)), tables()))

    def folder(self, name: str, path: Path, *, raw: bool = False, **wanted: bool) -> Path:
        """A format that is a folder, written into a new one."""
        path.mkdir(parents=True)
        with reading(self.target) as connection:
            write_folder(connection, name, read_about(connection, Wanted(**wanted)), tables(), str(path), raw=raw)
        return path

    def every(self, path: Path, **wanted: bool) -> dict[str, bytes]:
        """All files of all formats, by name."""
        found: dict[str, bytes] = {}
        for name, one in FORMATS.items():
            if one.folder:
                folder = self.folder(name, path / name, **wanted)
                found |= {str(file.relative_to(path)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
            else:
                found[name] = self.text(name, **wanted).encode()
        return found

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The answer of the database itself."""
        with reading(self.target) as connection:
            return connection.rows(sql)


def add_register(connection: Connection) -> None:
    """Rows in the shape of a trade register; all of them are made up."""
    connection.run(
        "INSERT INTO registers (id, dataset, form, release, generated_on, selection, sha256, row_count, licence) "
        "VALUES (:id, 'sipri', 'trade_register', '2030-01-01', '2030-01-01', NULL, :sha256, 4, :licence)",
        {"id": REGISTER, "sha256": "0" * 64, "licence": LICENCE},
    )
    rows = (
        (1, "Iran", "Russia", "Shahed-136", 2022, 6600, 4600, "2022; 2023; 2024", 2022, 2024, "Bought; =1+1"),
        (2, "Norland", "Westria*", "Falcon-136", 2021, None, 12, "2021", 2021, 2021, None),
        (3, "Norland", "Westria*", "Falcon-136", None, 3, None, None, None, None, "no year"),
        (4, "unknown supplier(s)", "Sudmark", HOSTILE, 2021, 3, 0, None, None, None, HOSTILE),
    )
    for number, supplier, recipient, designation, year, ordered, delivered, years, first, last, comment in rows:
        row = {
            "register_id": REGISTER, "row_number": number, "line": number + 1, "external_id": None, "fingerprint": f"f{number}",
            "cells": json.dumps([supplier, recipient, designation]), "supplier": supplier, "recipient": recipient,
            "designation": designation, "description": None, "category": None, "order_year": year, "order_year_uncertain": 1,
            "ordered": ordered, "ordered_uncertain": 0, "delivered": delivered, "delivered_uncertain": 1, "delivery_years": years,
            "delivery_first": first, "delivery_last": last, "delivery_years_uncertain": 0, "condition": "new", "comment": comment,
            "is_cancelled": 0, "is_licensed": 0, "is_second_hand": 0, "is_aid": 0, "via": None, "platform": None,
            "local_names": None, "tiv_unit": 0.1, "tiv_ordered": None, "tiv_delivered": 1.5,
        }
        connection.run(f"INSERT INTO register_rows ({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})", row)
        for each in (years or "").split("; "):
            if each:
                connection.run(
                    "INSERT INTO register_years (register_id, row_number, year) VALUES (:register, :row, :year)",
                    {"register": REGISTER, "row": number, "year": int(each)},
                )


def add_hostile(connection: Connection) -> None:
    """Put a hostile text wherever a person could have written one."""
    text = {"text": HOSTILE}
    for table, column in (("actors", "name"), ("actors", "note"), ("systems", "name"), ("meetings", "title"), ("places", "name"),
                          ("places", "note"), ("articles", "title"), ("claims", "summary"), ("statements", "summary")):
        connection.run(f"UPDATE {table} SET {column} = :text", text)
    connection.run("UPDATE claims SET end_use_text = :text WHERE transfer_id IS NOT NULL", text)


@pytest.fixture(scope="session")
def made(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Place]:
    """Make a database once for all tests; not to be written to."""
    known: dict[str, Place] = {}
    folder = tmp_path_factory.mktemp("exported")

    def make(name: str, *changes: Callable[[Connection], None], loaded: bool = True) -> Place:
        if name not in known:
            path = folder / f"{name}.db"
            shutil.copyfile(sqlite_template, path)
            known[name] = Place(read_target(str(path)))
            _fill(known[name].target, changes, loaded)
        return known[name]

    return make


def _fill(target: Target, changes: tuple[Callable[[Connection], None], ...], loaded: bool) -> None:
    if loaded:
        load_collection(COLLECTION, target)
    with writing(target) as connection, connection.transaction():
        for change in changes:
            change(connection)


@pytest.fixture(scope="session")
def hard(made: Callable[..., Place]) -> Place:
    """The twenty hard cases."""
    return made("hard")


@pytest.fixture(scope="session")
def empty(made: Callable[..., Place]) -> Place:
    """No rows at all."""
    return made("empty", loaded=False)


@pytest.fixture(scope="session")
def registers(made: Callable[..., Place]) -> Place:
    """The hard cases beside a register."""
    return made("registers", add_register)


@pytest.fixture(scope="session")
def hostile(made: Callable[..., Place]) -> Place:
    """The hard cases with hostile texts, beside a register."""
    return made("hostile", add_register, add_hostile)


@pytest.fixture(params=["hard", "empty", "registers", "hostile"])
def place(request: pytest.FixtureRequest) -> Place:
    """Each of the databases."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Place)
    return found


@pytest.fixture
def on_postgres(make_postgres: Callable[..., Target], postgres_template: str) -> Place:
    """The hostile database on the other engine."""
    target = make_postgres(postgres_template)
    _fill(target, (add_register, add_hostile), True)
    return Place(target)
