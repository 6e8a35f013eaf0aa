"""The twenty hard cases of the data model, loaded and compared with the tables that were written by hand (README.md)."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.hard_cases.mutants import as_yaml, mutants, pattern
from tests.hard_cases.rows_as_lines import COLLECTION, TABLES, Lines, as_lines, find_lines, read_all_expected
from transfers.db import Target, reading
from transfers.errors import ProblemsError
from transfers.files import FileBytes
from transfers.load import load_collection
from transfers.load.checking import read_registry_files
from transfers.load.reading import bind_file
from transfers.load.rows import rows_of_record
from transfers.records.known import Known, as_known
from transfers.records.yaml_reader import read_yaml

CASES = read_all_expected()
EXPECTED: Lines = {line: value for lines in CASES.values() for line, value in lines.items()}
RECORDS = sorted(
    os.path.relpath(os.path.join(folder, name), COLLECTION)
    for folder, _, names in os.walk(os.path.join(COLLECTION, "data", "records")) for name in names
)
RECORD_SHA256 = "record_sha256"
# What no table holds: it shows in the hash of the record alone. What was passed over is for the reviewer, and a text without
# tags and entities reads the same in both formats.
ONLY_IN_THE_FILE = ("not_recorded.occurrence", "not_recorded.why", "not_recorded.note", "not_recorded.quote", "article.format")


def _load(target: Target, root: str = COLLECTION) -> Lines:
    load_collection(root, target)
    with reading(target) as connection:
        return find_lines(connection)


def test_every_case_has_its_table_and_no_line_stands_in_two() -> None:
    assert [name[:2] for name in CASES] == [f"{number:02}" for number in range(21)]
    assert len(EXPECTED) == sum(len(lines) for lines in CASES.values())


def test_every_table_has_rows_in_the_expected_tables() -> None:
    assert {table for table, _, _ in EXPECTED} >= set(TABLES)


def test_the_loaded_rows_are_those_that_were_written_by_hand(target: Target, subtests: pytest.Subtests) -> None:
    found = _load(target)
    for name, lines in CASES.items():
        with subtests.test(name):
            assert {line: found.get(line, "(no such row)") for line in lines} == lines
    with subtests.test("nothing else"):
        assert {line: value for line, value in found.items() if line not in EXPECTED} == {}


def test_a_second_load_changes_nothing(target: Target) -> None:
    _load(target)
    assert not load_collection(COLLECTION, target).wrote


@pytest.fixture(scope="module")
def known() -> Known:
    return as_known(read_registry_files(COLLECTION)[0])


def _lines_of(root: str, path: str, data: bytes, known: Known) -> Lines | None:
    """The lines of one record; None when it is refused."""
    file = FileBytes(path, data, hashlib.sha256(data).hexdigest())
    read = bind_file(root, file, known)
    if read.bound is None:
        return None
    lines: Lines = {}
    for table, rows in rows_of_record(read.bound, file).items():
        if table in TABLES:
            for row in rows:
                lines.update(as_lines(table, row))
    return lines


def _without_hash(lines: Lines) -> Lines:
    return {line: value for line, value in lines.items() if line[2] != RECORD_SHA256}


def _read(path: str) -> tuple[bytes, dict[str, Any]]:
    with open(os.path.join(COLLECTION, path), "rb") as file:
        data = file.read()
    return data, read_yaml(data, path)


@pytest.mark.parametrize("path", RECORDS)
def test_any_other_value_of_a_record_is_refused_or_gives_other_rows(path: str, known: Known) -> None:
    data, record = _read(path)
    lines = _lines_of(COLLECTION, path, data, known)
    assert lines is not None
    # An alias that the registry has too is one row, the registry's; all else is as expected.
    assert {line for line, value in lines.items() if EXPECTED.get(line) != value} <= {
        line for line in lines if line[0] == "aliases" and line[2] in ("in_registry", "source")
    }
    count = Counter[str]()
    for where, mutant in mutants(record):
        other = _lines_of(COLLECTION, path, as_yaml(mutant), known)
        if other is None:
            count["refused"] += 1
        elif pattern(where) in ONLY_IN_THE_FILE:
            assert other != lines, where
        else:
            count["other rows"] += 1
            assert _without_hash(other) != _without_hash(lines), where
    assert count["refused"] >= 3
    assert count["other rows"] >= 3


@pytest.mark.slow
def test_a_changed_value_of_each_kind_makes_the_comparison_of_a_loaded_database_fail(
    sqlite_target: Target, tmp_path: Path, subtests: pytest.Subtests,
) -> None:
    root = str(tmp_path / "collection")
    shutil.copytree(COLLECTION, root)
    assert _load(sqlite_target, root) == EXPECTED
    seen: set[str] = set()
    for path in RECORDS:
        data, record = _read(path)
        for where, mutant in mutants(record):
            kind = pattern(where)
            if kind in seen:
                continue
            seen.add(kind)
            _write(root, path, as_yaml(mutant))
            with subtests.test(f"{path}: {'.'.join(map(str, where))}"):
                try:
                    found = _load(sqlite_target, root)
                except ProblemsError:
                    pass
                else:
                    assert (found if kind in ONLY_IN_THE_FILE else _without_hash(found)) != (
                        EXPECTED if kind in ONLY_IN_THE_FILE else _without_hash(EXPECTED)
                    )
            _write(root, path, data)
    assert _load(sqlite_target, root) == EXPECTED
    assert len(seen) > 100


def _write(root: str, path: str, data: bytes) -> None:
    with open(os.path.join(root, path), "wb") as file:
        file.write(data)
