"""How dates and numbers lie to each other, and the grade that follows by rule."""

from hypothesis import given
from hypothesis import strategies as st

from transfers.matching.evidence import APART, GRADES, INSIDE, Compared, compare_dates, compare_kind, compare_numbers, find_grade

ROW = {
    "order_year": 2020, "order_year_uncertain": 0, "delivery_years_uncertain": 0, "delivery_first": 2021, "delivery_last": 2022,
    "ordered": 10, "delivered": 5, "is_licensed": 0, "comment": None,
}
some = st.none() | st.integers(0, 10_000)


def test_dates():
    for first, last, word in (
        ("2021-01-01", "2022-12-31", "inside"), ("2019-05-01", "2020-01-01", "overlapping"), ("2023-01-01", None, "apart"),
        (None, "2019-12-31", "apart"), (None, "2020-01-01", "overlapping"), (None, None, None),
    ):
        assert compare_dates(ROW, first, last).word == word
    open_ended = {**ROW, "delivery_first": None, "delivery_last": None}
    assert compare_dates(open_ended, "2030-01-01", None).word == "inside"
    assert compare_dates({**ROW, "order_year": None, "delivery_first": None, "delivery_last": None}, "2020-01-01", None).word is None


def test_a_mark_of_doubt_takes_the_weight_from_a_year():
    assert compare_dates(ROW, "2023-01-01", None).counts
    assert not compare_dates({**ROW, "order_year_uncertain": 1}, "2023-01-01", None).counts


def test_numbers():
    for delivered, planned, word in (
        ((5, 5), (None, None), "inside"), ((1, None), (None, None), "inside"), ((6, 7), (None, None), "apart"),
        ((6, 7), (10, 20), "inside"), ((None, None), (11, 12), "apart"), ((None, None), (None, None), None),
    ):
        assert compare_numbers(ROW, delivered, planned).word == word
    assert compare_numbers({**ROW, "ordered": None}, (None, None), (4, 8)).word == "inside"
    assert compare_numbers({**ROW, "delivered": None}, (2, 12), (None, None)).word == "inside"
    assert compare_numbers({**ROW, "delivered": None, "ordered": None}, (2, 12), (None, None)).word is None


@given(some, some, some, some, some, some)
def test_numbers_never_count_against_a_proposal(ordered, delivered, low, high, planned_low, planned_high):
    row = {**ROW, "ordered": ordered, "delivered": delivered}
    compared = compare_numbers(row, (low, high), (planned_low, planned_high))
    assert not compared.counts
    assert (compared.word is None) == (compared.reason == "no numbers to compare")


def test_kinds():
    licensed = {**ROW, "is_licensed": 1}
    assert compare_kind(ROW, "supply").word == INSIDE
    assert compare_kind(ROW, "licensed_production").word == APART
    assert compare_kind(licensed, "licensed_production").word == INSIDE
    assert compare_kind(licensed, "supply").word == APART
    assert compare_kind({**licensed, "comment": "Incl assembly in Northland"}, "supply").word == INSIDE
    assert compare_kind(ROW, "loan").word == APART


comparisons = st.builds(Compared, st.sampled_from((None, "inside", "overlapping", "apart")), st.just(""), st.booleans())


@given(st.booleans(), st.booleans(), st.sampled_from(("supply", "licensed_production", "loan")), comparisons, comparisons,
       st.sampled_from(("inside", "apart")))
def test_more_reasons_against_never_give_a_better_grade(same, certain, kind, dates, numbers, fits):
    grade = find_grade(same=same, certain=certain, kind=kind, compared=[dates, numbers], fits=Compared(fits, ""))
    worse = find_grade(same=same, certain=False, kind=kind, compared=[dates, numbers], fits=Compared("apart", ""))
    assert GRADES.index(worse) >= GRADES.index(grade)
    if grade == "strong":
        assert same
        assert certain
        assert fits == "inside"
    if not same:
        assert grade == "weak"
