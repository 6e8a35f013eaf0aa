"""Which of several rows with the same key is which: those that agree best belong together.

The answer depends on what the rows hold and never on the order in which they come.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from transfers.differences.result import Counted, is_flag
from transfers.differences.sides import Row, as_orderly

_FLAG: Final = 1  # flags are mostly equal anyway, so they say little
_OTHER: Final = 4
_BOTH_EMPTY: Final = 1
_FEW: Final = 6  # rows for which all ways of pairing are tried; beyond that the best pair first, then the next best
_MOST: Final = 250_000  # pairs that are looked at; beyond that rows are paired in their order, so that no file takes for ever


def weigh_columns(columns: Sequence[str]) -> list[int]:
    """How much it counts for two rows to agree in each column."""
    return [_FLAG if is_flag(column) else _OTHER for column in columns]


def pair_rows(
    old: list[Row], new: list[Row], weights: Sequence[int],
) -> tuple[int, list[tuple[Row, Row]], list[Counted], list[Counted]]:
    """Pair the rows of two sides that have one key.

    Returns:
        How many are equal, the pairs that differ, what is left of the first side, what is left of the second.
    """
    if len(old) == 1 == len(new):
        return (1, [], [], []) if old == new else (0, [(old[0], new[0])], [], [])
    first, second = Counter(old), Counter(new)
    equal = sum((first & second).values())
    left = sorted((first - second).elements(), key=as_orderly)
    right = sorted((second - first).elements(), key=as_orderly)
    pairs = _best_pairs(left, right, weights) if left and right else []
    paired_left, paired_right = {one for one, _ in pairs}, {other for _, other in pairs}
    removed = Counter(row for place, row in enumerate(left) if place not in paired_left)
    added = Counter(row for place, row in enumerate(right) if place not in paired_right)
    return (
        equal, [(left[one], right[other]) for one, other in pairs],
        [Counted(row, times) for row, times in removed.items()], [Counted(row, times) for row, times in added.items()],
    )


def _best_pairs(left: list[Row], right: list[Row], weights: Sequence[int]) -> list[tuple[int, int]]:
    """The places of rows that belong together."""
    if len(left) * len(right) > _MOST:
        return [(place, place) for place in range(min(len(left), len(right)))]
    scores = [[_agreement(one, other, weights) for other in right] for one in left]
    if len(left) <= _FEW and len(right) <= _FEW:
        if len(left) <= len(right):
            return _all_ways(scores)
        turned = [[row[place] for row in scores] for place in range(len(right))]
        return sorted((one, other) for other, one in _all_ways(turned))
    order = sorted((-scores[one][other], one, other) for one in range(len(left)) for other in range(len(right)))
    taken_left, taken_right, pairs = set[int](), set[int](), []
    for _, one, other in order:
        if one not in taken_left and other not in taken_right:
            taken_left.add(one)
            taken_right.add(other)
            pairs.append((one, other))
    return sorted(pairs)


def _all_ways(scores: list[list[int]]) -> list[tuple[int, int]]:
    """The pairs with the largest sum of scores; there are no more rows than columns.

    Row after row, for every set of columns that may be taken by then, the best sum and how it came about.
    """
    best: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, ())}
    for row in scores:
        following: dict[int, tuple[int, tuple[int, ...]]] = {}
        for taken, (total, way) in best.items():
            for column, score in enumerate(row):
                if taken >> column & 1:
                    continue
                found = (total + score, (*way, column))
                known = following.get(taken | 1 << column)
                if known is None or (-found[0], found[1]) < (-known[0], known[1]):
                    following[taken | 1 << column] = found
        best = following
    way = min(best.values(), key=lambda found: (-found[0], found[1]))[1]
    return list(enumerate(way))


def _agreement(one: Row, other: Row, weights: Sequence[int]) -> int:
    return sum([_worth(value, weight) for value, same, weight in zip(one, other, weights, strict=True) if value == same])


def _worth(value: Any, weight: int) -> int:
    return weight if value is not None else _BOTH_EMPTY
