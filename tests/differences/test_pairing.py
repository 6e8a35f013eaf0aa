"""Rows with one key: the pairs that agree best, whatever the order."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from transfers.differences.pairing import pair_rows, weigh_columns

WEIGHTS = weigh_columns(("ordered", "comment", "is_aid"))
ROW = st.tuples(st.sampled_from([None, 1, 2]), st.sampled_from([None, "a", "b"]), st.sampled_from([0, 1]))


def score(pairs):
    return sum(
        sum((weight if one is not None else 1) for one, other, weight in zip(left, right, WEIGHTS, strict=True) if one == other)
        for left, right in pairs
    )


def rest(rows, others):
    left = list(rows)
    for one in others:
        if one in left:
            left.remove(one)
    return left


@given(st.lists(ROW, min_size=1, max_size=4), st.lists(ROW, min_size=1, max_size=4))
def test_no_other_pairs_agree_better(old, new):
    _, pairs, _, _ = pair_rows(old, new, WEIGHTS)
    left, right = rest(old, new), rest(new, old)
    if len(left) > len(right):
        best = max((score(zip(some, right, strict=True)) for some in itertools.permutations(left, len(right))), default=0)
    else:
        best = max((score(zip(left, some, strict=True)) for some in itertools.permutations(right, len(left))), default=0)
    assert score(pairs) == best


@given(st.lists(ROW, max_size=12), st.lists(ROW, max_size=12), st.randoms())
def test_order_means_nothing_and_no_row_is_lost(old, new, dice):
    found = pair_rows(old, new, WEIGHTS)
    mixed_old, mixed_new = list(old), list(new)
    dice.shuffle(mixed_old)
    dice.shuffle(mixed_new)
    assert pair_rows(mixed_old, mixed_new, WEIGHTS) == found
    equal, pairs, removed, added = found
    assert equal + len(pairs) + sum(one.times for one in removed) == len(old)
    assert equal + len(pairs) + sum(one.times for one in added) == len(new)
    assert not (removed and added)


def test_many_rows_with_one_key_are_paired_too():
    old = [(number, f"deal {number}", 0) for number in range(60)]
    new = [(number, f"deal {number}", 1) for number in range(60)]
    _, pairs, removed, added = pair_rows(old, new[::-1], WEIGHTS)
    assert not removed
    assert not added
    assert all(one[:2] == other[:2] for one, other in pairs)


def test_thousands_of_rows_with_one_key_do_not_take_for_ever():
    old = [(number, f"deal {number}", 0) for number in range(5_000)]
    equal, pairs, removed, added = pair_rows(old, [(number, text, 1) for number, text, _ in reversed(old)], WEIGHTS)
    assert (equal, len(pairs), removed, added) == (0, 5_000, [], [])
    assert all(one[0] == other[0] for one, other in pairs)
