"""What may only have been renamed between two releases of a register: candidates for people, never applied."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from transfers.differences.registers import TABLE
from transfers.differences.result import Counted, Differences, TableDifferences

_NAMES: Final = ("designation", "recipient", "supplier")
_SAYS_ENOUGH: Final = ("ordered", "delivered", "comment")  # two rows that agree in nothing of this are not even candidates
_AGREE: Final = (
    "external_id", "supplier", "recipient", "order_year", "designation", "ordered", "delivered", "delivery_years", "comment",
)


class Candidate(NamedTuple):
    """A value that may have been renamed, and how many rows would then be the same deal."""

    column: str
    old: str
    new: str
    rows: int


def find_candidates(differences: Differences) -> list[Candidate]:
    """Names that may have changed: all else that tells a deal apart agrees, and no other row of either side fits.

    Else is supplier, recipient, year, designation without the name in question, the numbers, the years and the comment.
    """
    found = []
    for table in differences.tables:
        if table.name == TABLE and table.added and table.removed:
            for column in _NAMES:
                if column in table.key:
                    found += _in_column(table, column)
    return sorted(found, key=lambda one: (-one.rows, one))


def _in_column(table: TableDifferences, column: str) -> list[Candidate]:
    agree = [table.columns.index(one) for one in _AGREE if one in table.columns and one != column]
    says = [table.columns.index(one) for one in _SAYS_ENOUGH if one in table.columns]
    place = table.columns.index(column)
    removed, added = _by_rest(table.removed, agree, says, place), _by_rest(table.added, agree, says, place)
    rows: Counter[tuple[str, str]] = Counter()
    for rest, olds in removed.items():
        news = added.get(rest, Counter())
        if len(olds) == 1 == len(news):
            rows[min(olds), min(news)] += min(*olds.values(), *news.values())
    return [Candidate(column, old, new, count) for (old, new), count in rows.items()]


def _by_rest(
    rows: list[Counted], agree: Sequence[int], says: Sequence[int], place: int,
) -> dict[tuple[Any, ...], Counter[str]]:
    """For all that must agree, the names that rows have there."""
    found: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
    for row, times in rows:
        if any(row[one] is not None for one in says):
            found[tuple([row[one] for one in agree])][row[place]] += times
    return found
