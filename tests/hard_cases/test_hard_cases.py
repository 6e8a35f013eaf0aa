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
from transfers.load.rows import rows_of_record, rows_of_registry, rows_of_review
from transfers.records.collection import REGISTRY_FILES, REGISTRY_KINDS
from transfers.records.format import REGISTRY, REVIEW
from transfers.records.known import Known, as_known
from transfers.records.record import read_review
from transfers.records.registry import read_registry
from transfers.records.yaml_reader import read_yaml

CASES = read_all_expected()
EXPECTED: Lines = {line: value for lines in CASES.values() for line, value in lines.items()}
RECORDS = sorted(
    os.path.relpath(os.path.join(folder, name), COLLECTION)
    for folder, _, names in os.walk(os.path.join(COLLECTION, "data", "records")) for name in names
)
REVIEWS = sorted(f"data/review/{name}" for name in os.listdir(os.path.join(COLLECTION, "data", "review")))
GIVEN_FILES = [path for path in REGISTRY_FILES if os.path.exists(os.path.join(COLLECTION, path))]
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


def _as_all_lines(tables: dict[str, list[dict[str, Any]]]) -> Lines:
    lines: Lines = {}
    for table, rows in tables.items():
        if table in TABLES:
            for row in rows:
                lines.update(as_lines(table, row))
    return lines


def _lines_of(root: str, path: str, data: bytes, known: Known) -> Lines | None:
    """The lines of one record; None when it is refused."""
    file = FileBytes(path, data, hashlib.sha256(data).hexdigest())
    read = bind_file(root, file, known)
    if read.bound is None:
        return None
    return _as_all_lines(rows_of_record(read.bound, file))


def _compared(lines: Lines, where: tuple[str | int, ...]) -> Lines:
    """The lines without the hash of the record, which would tell any two files apart and prove nothing."""
    if pattern(where) in ONLY_IN_THE_FILE:
        return lines
    return {line: value for line, value in lines.items() if line[2] != RECORD_SHA256}


def _read(path: str) -> tuple[bytes, Any]:
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
    for where, records in mutants(record):
        for other in (_lines_of(COLLECTION, path, as_yaml(mutant), known) for mutant in records):
            if other is None:
                count["refused"] += 1
            else:
                count["other rows"] += 1
                assert _compared(other, where) != _compared(lines, where), where
    assert count["refused"] >= 5
    assert count["other rows"] >= 10


def _lines_of_registry(files: dict[str, bytes]) -> Lines | None:
    try:
        return _as_all_lines(rows_of_registry(read_registry({path: FileBytes(path, data, "") for path, data in files.items()})))
    except ProblemsError:
        return None


@pytest.mark.parametrize("path", GIVEN_FILES)
def test_any_other_value_of_the_registry_is_refused_or_gives_other_rows(path: str) -> None:
    files = {name: _read(name)[0] for name in GIVEN_FILES}
    lines = _lines_of_registry(files)
    assert lines is not None
    assert lines.items() <= EXPECTED.items()
    kind = REGISTRY_KINDS[os.path.basename(path).removesuffix(".yaml")]
    count = Counter[str]()
    for where, mutants_of_one in mutants(_read(path)[1], REGISTRY[kind]):
        for mutant in mutants_of_one:
            other = _lines_of_registry({**files, path: as_yaml(mutant)})
            count["refused" if other is None else "other rows"] += 1
            assert other != lines, where
    assert count["other rows"] >= 5


@pytest.mark.parametrize("path", REVIEWS)
def test_any_other_value_of_a_review_is_refused_or_gives_other_rows(path: str) -> None:
    data, lines = _read(path)
    article = os.path.basename(path).removesuffix(".yaml")
    rows = _as_all_lines({"reviews": rows_of_review(article, read_review(FileBytes(path, data, "")))})
    assert rows.items() <= EXPECTED.items()
    for where, mutants_of_one in mutants(lines, REVIEW):
        for mutant in mutants_of_one:
            try:
                other = rows_of_review(article, read_review(FileBytes(path, as_yaml(mutant), "")))
            except ProblemsError:
                continue
            assert _as_all_lines({"reviews": other}) != rows, where


@pytest.mark.slow
def test_a_changed_value_of_each_kind_makes_the_comparison_of_a_loaded_database_fail(
    sqlite_target: Target, tmp_path: Path, known: Known, subtests: pytest.Subtests,
) -> None:
    root = str(tmp_path / "collection")
    shutil.copytree(COLLECTION, root)
    assert _load(sqlite_target, root) == EXPECTED
    seen: set[str] = set()
    for path in RECORDS:
        data, record = _read(path)
        for where, records in mutants(record):
            if pattern(where) in seen:
                continue
            # Rather one that is not refused: there is more to compare.
            mutant = next((mutant for mutant in records if _lines_of(root, path, as_yaml(mutant), known) is not None), records[0])
            seen.add(pattern(where))
            _write(root, path, as_yaml(mutant))
            with subtests.test(f"{path}: {'.'.join(map(str, where))}"):
                assert _compared(_load_if_right(sqlite_target, root), where) != _compared(EXPECTED, where)
            _write(root, path, data)
    assert _load(sqlite_target, root) == EXPECTED
    assert len(seen) > 100


def _load_if_right(target: Target, root: str) -> Lines:
    try:
        return _load(target, root)
    except ProblemsError:
        return {}


def _write(root: str, path: str, data: bytes) -> None:
    with open(os.path.join(root, path), "wb") as file:
        file.write(data)
