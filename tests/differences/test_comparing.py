"""Comparing registers row by row: what counts as the same deal, and that order means nothing."""

import random

import pytest

from tests.differences.made_up import row, side
from transfers.differences import Renames, find_differences
from transfers.differences.result import Cell
from transfers.differences.sides import ROWS, Side
from transfers.errors import UsageError


def compare(before, after, **options):
    found = find_differences(side(before), side(after), **options)
    (table,) = found.tables
    return found, table


def cells(table):
    return [list(table.cells_of(changed)) for changed in table.changed]


def test_equal_registers_differ_in_nothing():
    found, table = compare([row(), row(order_year=2020), row()], [row(order_year=2020), row(), row()])
    assert found.is_equal
    assert (table.equal, table.added, table.removed, table.changed, found.notes) == (3, [], [], [], [])


def test_registers_without_rows_are_equal():
    assert compare([], [])[0].is_equal


def test_a_deal_that_only_one_side_has_is_added_or_removed():
    found, table = compare([row(), row(order_year=1990)], [row(), row(order_year=2024)])
    assert not found.is_equal
    assert [(one.row, one.times) for one in table.removed] == [(row(order_year=1990), 1)]
    assert [(one.row, one.times) for one in table.added] == [(row(order_year=2024), 1)]
    assert table.changed == []


def test_exact_duplicates_are_counted():
    _, table = compare([row()] * 3, [row()] * 5)
    assert (table.equal, [(one.row, one.times) for one in table.added]) == (3, [(row(), 2)])
    _, table = compare([row(comment="a")] * 2, [row(comment="b")] * 2)
    assert [changed.times for changed in table.changed] == [2]


def test_each_changed_cell_is_told():
    _, table = compare([row()], [row(ordered=12, comment="Made up", ordered_uncertain=1)])
    assert cells(table) == [[Cell("ordered", 10, 12), Cell("ordered_uncertain", 0, 1), Cell("comment", None, "Made up")]]


def test_an_unknown_year_is_a_year_of_its_own():
    _, table = compare([row(order_year=None)], [row(order_year=None, ordered=11)])
    assert cells(table) == [[Cell("ordered", 10, 11)]]


def test_what_follows_from_the_comment_is_no_second_change():
    _, table = compare([row(comment="Made up", is_aid=0)], [row(comment="Made up; aid", is_aid=1)])
    assert cells(table) == [[Cell("comment", "Made up", "Made up; aid")]]
    _, table = compare([row(comment="Aid", is_aid=0)], [row(comment="Aid", is_aid=1)])
    assert cells(table) == [[Cell("is_aid", 0, 1)]]
    assert compare([row(is_aid=0)], [row(comment="Aid", is_aid=1)], ignore=["comment"])[0].is_equal


def test_a_cell_that_is_printed_otherwise_and_reads_the_same_is_told_by_its_number():
    _, table = compare([row(cells='["Norland", "250.0000"]')], [row(cells='["Norland", "250"]')])
    assert cells(table) == [[Cell("cells[2]", "250.0000", "250")]]
    _, table = compare([row(cells='["10"]')], [row(cells='["11"]', ordered=11)])
    assert cells(table) == [[Cell("ordered", 10, 11)]]
    _, table = compare([row(cells='["a"]')], [row(cells='["a", "b"]')])
    assert cells(table) == [[Cell("cells", '["a"]', '["a", "b"]')]]


def test_of_deals_with_one_key_those_that_agree_best_belong_together():
    large, small = row(ordered=400, delivered=400, comment="First lot"), row(ordered=3, delivered=3, comment="Second lot")
    changed = [row(ordered=400, delivered=380, comment="First lot"), row(ordered=3, delivered=2, comment="Second lot")]
    for before in ([large, small], [small, large]):
        for after in (changed, changed[::-1]):
            _, table = compare(before, after)
            assert sorted(map(tuple, cells(table))) == [(Cell("delivered", 3, 2),), (Cell("delivered", 400, 380),)]


def test_the_order_of_rows_means_nothing():
    dice = random.Random(7)
    before = [row(order_year=year, ordered=number, comment=text) for year in (None, 1999) for number in (1, 2, 3) for text in (None, "x", "y")]
    after = [row(order_year=year, ordered=number, comment=text) for year in (None, 1999) for number in (2, 3, 4) for text in ("x", "z")]
    results = set()
    for _ in range(20):
        dice.shuffle(before)
        dice.shuffle(after)
        _, table = compare(before, after)
        results.add((table.equal, str(table.added), str(table.removed), str(table.changed)))
    assert len(results) == 1


def test_the_deliveries_form_goes_by_id_and_year():
    before = [row(external_id="7", delivery_years="2000", designation="Heron-2"), row(external_id="7", delivery_years="2001")]
    after = [row(external_id="7", delivery_years="2000", designation="Heron Mk 2"), row(external_id="7", delivery_years="2002")]
    found = find_differences(side(before, form="deliveries"), side(after, form="deals_and_tivs"))
    (table,) = found.tables
    assert cells(table) == [[Cell("designation", "Heron-2", "Heron Mk 2")]]
    assert [one.row[12] for one in (*table.removed, *table.added)] == ["2001", "2002"]


def test_forms_of_another_grain_are_refused():
    with pytest.raises(UsageError, match="of different grain"):
        find_differences(side([row()]), side([row()], form="deliveries"))


def test_a_register_and_a_database_are_refused():
    with pytest.raises(UsageError, match="have no rows in common"):
        find_differences(side([row()]), Side(ROWS, "a database", []))


def test_different_selections_are_told():
    found = find_differences(side([row()], selection="all years"), side([row()], selection="2000 to 2001"))
    assert found.is_equal
    assert "“all years” and “2000 to 2001”" in found.notes[0]


def test_ignored_columns_do_not_count():
    assert compare([row()], [row(comment="x", ordered=11)], ignore=["comment", "register_rows.ordered"])[0].is_equal
    _, table = compare([row(designation="A")], [row(designation="B", ordered=11)], ignore=["designation"])
    assert cells(table) == [[Cell("ordered", 10, 11)]]


def test_a_column_that_is_not_there_cannot_be_ignored():
    with pytest.raises(UsageError, match="no column 'coment' to ignore; there are: category, cells, comment"):
        compare([row()], [row()], ignore=["coment"])


def test_not_all_of_the_key_can_be_ignored():
    with pytest.raises(UsageError, match="rows are told apart by it"):
        compare([row()], [row()], ignore=["supplier", "recipient", "order_year", "designation"])


def test_what_was_renamed_is_matched_afterwards():
    before = [row(designation="Heron-2", description="light transport ac"), row(designation="Aardvark")]
    after = [row(designation="Heron Mk 2", description="light transport aircraft"), row(designation="Aardvark")]
    renames = Renames([("designation", "Heron-2", "Heron Mk 2"), ("", "light transport ac", "light transport aircraft")])
    assert compare(before, after, renames=renames)[0].is_equal
    _, table = compare(before, [*after[1:], row(designation="Heron Mk 2", ordered=11, description="light transport aircraft")], renames=renames)
    assert cells(table) == [[Cell("ordered", 10, 11)]]


def test_names_that_changed_places_are_renamed_at_once():
    renames = Renames([("supplier", "Ostmark", "Westmark"), ("supplier", "Westmark", "Ostmark")])
    assert compare([row(), row(supplier="Westmark", ordered=1)], [row(supplier="Westmark"), row(ordered=1)], renames=renames)[0].is_equal


def test_a_column_that_is_not_there_cannot_hold_a_rename():
    with pytest.raises(UsageError, match="map.csv: there is no column 'designaton'"):
        compare([row()], [row()], renames=Renames([("designaton", "A", "B")], "map.csv"))


def test_the_second_side_may_still_have_the_old_name_here_and_there():
    renames = Renames([("description", "patrol craft", "patrol boat")])
    before = [row(), row(order_year=1999)]
    assert compare(before, [row(description="patrol boat"), row(order_year=1999)], renames=renames)[0].is_equal
