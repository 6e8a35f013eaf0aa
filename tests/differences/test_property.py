"""What the differences say is enough to make the second side of the first."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.differences.made_up import row, side
from transfers.differences import find_differences
from transfers.differences.groups import find_cells, find_groups, find_numbers, find_rare
from transfers.differences.listing import as_rows

TEXT = st.sampled_from([None, "", "a", "b", "Ä\x1b[2J", "=1+1"])
ROWS = st.lists(st.builds(
    row, supplier=st.sampled_from(["Ostmark", "Westmark"]), order_year=st.sampled_from([None, 1999, 2000]), comment=TEXT, via=TEXT,
    ordered=st.sampled_from([None, 0, 1, 20]), is_aid=st.sampled_from([0, 1]), tiv_unit=st.sampled_from([None, 0.1, 0.25]),
    delivery_years=st.sampled_from([None, "1999", "1999; 2000"]), delivery_first=st.sampled_from([None, 1999]),
), max_size=9)


@given(ROWS, ROWS)
@settings(deadline=None)
def test_applied_to_the_first_they_give_the_second(before, after):
    (table,) = find_differences(side(before), side(after)).tables
    rows = Counter(before)
    for one in table.removed:
        rows[one.row] -= one.times
    for one in table.changed:
        rows[one.before] -= one.times
    assert all(count >= 0 for count in rows.values())
    for one in table.changed:
        made = list(one.before)
        for place, (old, new) in enumerate(zip(one.before, one.after, strict=True)):
            if old != new:
                made[place] = new
        rows[tuple(made)] += one.times
        assert one.cells
    for one in table.added:
        rows[one.row] += one.times
    assert +rows == Counter(after)


@given(ROWS, ROWS)
@settings(deadline=None)
def test_turned_round_they_tell_as_much(before, after):
    (there,) = find_differences(side(before), side(after)).tables
    (back,) = find_differences(side(after), side(before)).tables
    assert there.equal == back.equal
    assert Counter(dict(there.added)) == Counter(dict(back.removed))
    assert Counter(dict(there.removed)).total() == Counter(dict(back.added)).total()


@given(ROWS, ROWS)
@settings(deadline=None)
def test_every_changed_cell_is_in_one_group_and_every_number_is_listed(before, after):
    found = find_differences(side(before), side(after))
    cells, groups = list(find_cells(found)), find_groups(found)
    assert sum(len(group.cells) for group in groups) == len(cells)
    numbers = find_numbers(groups)
    assert len(numbers) == sum(cell.cell.is_number for cell in cells)
    assert {(cell.cell, cell.row) for cell in (*numbers, *find_rare(groups))} <= {(cell.cell, cell.row) for cell in cells}
    assert sum(line[0] == "row" and line[1] == "changed" for line in as_rows(found)[0]) == len(cells)
