"""Decisions on deals of registers: which of them a load writes. Each is of a transfer that is there after the load."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from transfers.errors import Problem, ProblemsError
from transfers.evidence.rules import transfer_key
from transfers.load.lists import as_list, portions
from transfers.load.reading import ReadRecord, read_collection_file
from transfers.records.collection import MATCHES
from transfers.records.known import find_near
from transfers.records.matches import ReadMatches, as_key, read_matches
from transfers.records.positions import as_problems
from transfers.vocabulary.names import transfer_id

if TYPE_CHECKING:
    from transfers.db import Connection
    from transfers.load.state import Changes

Row = dict[str, Any]
COLUMNS = (
    "dataset", "supplier", "recipient", "designation", "order_year", "fingerprint", "transfer_id", "decision", "reviewer",
    "reviewed_on", "why",
)


class Decided(NamedTuple):
    """What a load makes of the decisions.

    Attributes:
        rows: all that ``register_matches`` is to hold; None = it stays as it is.
        files: changed files -> their SHA-256, and whether every decision of them is among the rows.
        problems: what is wrong in them.
        waiting: decisions on transfers whose records are not loaded, in changed files.
        differs: whether the rows are other ones than before.
    """

    rows: list[Row] | None
    files: dict[str, tuple[str, bool]]
    problems: list[Problem]
    waiting: list[Problem]
    differs: bool


class After:
    """Which transfers there are after a load."""

    def __init__(self, records: list[ReadRecord], connection: Connection | None, inside: Iterable[str]) -> None:
        """Take the records of the load, the database before it, and the articles of it that the load replaces or removes."""
        self.made = find_made(records)
        self._connection = connection
        self._inside = {*inside, *(read.bound.article_id for read in records if read.bound)}

    def without(self, ids: Iterable[str]) -> set[str]:
        """Those of some ids that are no transfer then."""
        lacking = set(ids) - self.made
        if self._connection is None:
            return lacking
        for some in portions(sorted(lacking)):
            listed, params = as_list(some)
            sql = f"SELECT DISTINCT transfer_id, article_id FROM claims WHERE transfer_id IN ({listed})"
            rows = self._connection.rows(sql, params)
            lacking -= {transfer for transfer, article in rows if article not in self._inside}
        return lacking

    def before(self) -> set[str]:
        """All transfers before it."""
        return {made for (made,) in self._connection.rows("SELECT id FROM transfers")} if self._connection else set()


def find_made(records: list[ReadRecord]) -> set[str]:
    """The ids of the transfers that some records speak of."""
    return {
        transfer_id(*transfer_key(claim["transfer"]))
        for read in records if read.bound for claim in read.bound.record.get("claims", ()) if "transfer" in claim
    }


def decide(root: str, changes: Changes, after: After, connection: Connection | None, *, waits: bool) -> Decided:
    """Read the changed files, and see which decisions stand after a load.

    Args:
        root: the collection.
        changes: the files that differ.
        after: the transfers after the load.
        connection: the database before the load; None = there is none.
        waits: whether a decision on a transfer that no loaded record speaks of waits for its record, instead of being wrong.
    """
    present = find_rows(connection) if connection else []
    read, problems = _read_changed(root, changes.matches)
    replaced = {_dataset(path) for path in (*read, *changes.gone_matches)}
    wanted = [row for row in present if row["dataset"] not in replaced] + [row for found in read.values() for row in found.rows]
    missing = after.without({row["transfer_id"] for row in wanted})
    rows = [row for row in wanted if row["transfer_id"] not in missing]
    waiting: list[Problem] = []
    if missing:
        before = after.before()
        lines = {**read, **_read_again(root, {row["dataset"] for row in present if row["transfer_id"] in missing}, changes)}
        told = {path: _problems_of(found, missing, before | after.made) for path, found in lines.items()}
        late = missing - before if waits else set()
        problems += [problem for found in told.values() for transfer, problem in found if transfer not in late]
        waiting = [problem for found in told.values() for transfer, problem in found if transfer in late]
    bad = {problem[0] for problem in (*problems, *waiting)}
    files = {path: (found.file.sha256, path not in bad) for path, found in read.items()}
    differs = {as_key(row): row for row in rows} != {as_key(row): row for row in present}
    return Decided(rows if differs else None, files, problems, waiting, differs)


def find_rows(connection: Connection) -> list[Row]:
    """The decisions that a database has."""
    return [dict(zip(COLUMNS, row, strict=True)) for row in connection.rows(f"SELECT {', '.join(COLUMNS)} FROM register_matches")]


def check_matches(root: str, paths: list[str], known: set[str], *, all_right: bool) -> list[Problem]:
    """What is wrong in files of decisions.

    Args:
        root: the collection.
        paths: the files.
        known: the ids of the transfers that the records speak of.
        all_right: whether these are all; a transfer that is missing may stand in a record that is wrong.
    """
    read, problems = _read_changed(root, paths)
    for found in read.values() if all_right else ():
        missing = {row["transfer_id"] for row in found.rows} - known
        problems += [problem for _, problem in _problems_of(found, missing, known)]
    return problems


def _dataset(path: str) -> str:
    return os.path.basename(path).removesuffix(".yaml")


def _read_changed(root: str, paths: list[str]) -> tuple[dict[str, ReadMatches], list[Problem]]:
    read, problems = {}, []
    for path in paths:
        try:
            read[path] = read_matches(read_collection_file(root, path))
        except ProblemsError as error:
            problems += error.problems
    return read, problems


def _read_again(root: str, datasets: set[str], changes: Changes) -> dict[str, ReadMatches]:
    """Unchanged files with decisions on what is going to vanish, to name the lines."""
    paths = [f"{MATCHES}/{dataset}.yaml" for dataset in sorted(datasets)]
    return _read_changed(root, [path for path in paths if path not in (*changes.matches, *changes.gone_matches)])[0]


def _problems_of(read: ReadMatches, missing: set[str], known: set[str]) -> list[tuple[str, Problem]]:
    """The transfers that a file names and that are missing, each with the place and the ones that may be meant."""
    found = [(position, row["transfer_id"]) for position, row in enumerate(read.rows) if row["transfer_id"] in missing]
    near = known - missing
    problems = as_problems(read.file, [((position, "transfer"), _unknown(transfer, near)) for position, transfer in found])
    return [
        (transfer, Problem(problem[0], problem[1], "transfer", problem[3]))
        for (_, transfer), problem in zip(found, problems, strict=True)
    ]


def _unknown(transfer: str, known: set[str]) -> str:
    near = find_near(transfer, sorted(known), n=3, cutoff=0.6)
    hint = f"; did you mean {', '.join(near)}?" if near else ""
    return f"{transfer!r} is no transfer that any record speaks of{hint}"
