"""The differences as rows for programs: a summary, then every difference, then candidates for renames."""

from __future__ import annotations

from typing import Any, Final

from transfers.differences.candidates import find_candidates
from transfers.differences.groups import ChangedCell as Found
from transfers.differences.groups import find_cells, find_groups
from transfers.differences.result import Counted, Differences, TableDifferences
from transfers.differences.sides import Row

COLUMNS: Final = ("part", "change", "table", "key", "column", "before", "after", "difference", "how", "rows")
SUMMARY, ROW, CANDIDATE = "summary", "row", "candidate"
ADDED, REMOVED, CHANGED, EQUAL, RENAMED = "added", "removed", "changed", "equal", "renamed"


def as_rows(differences: Differences, *, only_summary: bool = False, limit: int | None = None) -> tuple[list[Row], bool]:
    """The rows in the order of `COLUMNS`, and whether the limit cut some off.

    The summary counts equal, changed, added and removed rows of each table (``column`` is None) and groups equal changes
    (``column`` is set). A row is one changed cell, or a whole row that one side has not: then ``before`` or ``after`` holds
    it as an object. ``rows`` is how many rows are so.

    Args:
        differences: what was found.
        only_summary: leave the rest out.
        limit: at most so many changed cells, so many removed rows, and so many added ones.
    """
    found = _summary(differences)
    if only_summary:
        return found, False
    more = False
    for listed in _rows(differences):
        more = more or (limit is not None and len(listed) > limit)
        found += listed[:limit]
    return [*found, *_candidates(differences)], more


def _summary(differences: Differences) -> list[Row]:
    found: list[Row] = []
    for table in differences.tables:
        counts = (
            (EQUAL, table.equal), (CHANGED, sum(one.times for one in table.changed)),
            (ADDED, sum(one.times for one in table.added)), (REMOVED, sum(one.times for one in table.removed)),
        )
        found += [(SUMMARY, change, table.name, *[None] * 6, count) for change, count in counts if count]
    for group in find_groups(differences):
        how = group.how or None
        found.append((SUMMARY, CHANGED, group.table, None, group.column, group.before, group.after, None, how, group.rows))
    return found


def _rows(differences: Differences) -> tuple[list[Row], list[Row], list[Row]]:
    tables = differences.tables
    return (
        [_as_changed(cell) for cell in find_cells(differences)],
        [_as_alone(table, REMOVED, one) for table in tables for one in table.removed],
        [_as_alone(table, ADDED, one) for table in tables for one in table.added],
    )


def _as_changed(found: Found) -> Row:
    key = found.table.key_of(found.row.after)
    cell = found.cell
    return (
        ROW, CHANGED, found.table.name, key, cell.column, cell.before, cell.after, found.difference, None, found.row.times,
    )


def _as_alone(table: TableDifferences, change: str, one: Counted) -> Row:
    row: dict[str, Any] = table.as_dict(one.row)
    before, after = (row, None) if change == REMOVED else (None, row)
    return (ROW, change, table.name, table.key_of(one.row), None, before, after, None, None, one.times)


def _candidates(differences: Differences) -> list[Row]:
    return [
        (CANDIDATE, RENAMED, "register_rows", None, one.column, one.old, one.new, None, None, one.rows)
        for one in find_candidates(differences)
    ]
