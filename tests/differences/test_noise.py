"""Between two releases of a register nearly everything is noise; what matters must be on the first screen."""

import csv
import io
import json

import pytest

from tests.differences.made_up import cells_of, row, side, write_register
from transfers.differences import find_differences
from transfers.differences.groups import find_groups, find_numbers, find_rare

SCREEN = 24  # lines of a small terminal
DEALS = 18_000


@pytest.fixture(scope="module")
def releases(tmp_path_factory):
    """Two made-up releases: 16,000 deals differ by a flag or by a renamed description, two by a number."""
    folder = tmp_path_factory.mktemp("releases")
    before = [cells_of(number) for number in range(DEALS)]
    for number, cells in enumerate(before):
        cells[6] = f"Heron-{number}"
        cells[7] = "light transport ac" if number % 9 == 0 else "patrol craft"
        cells[9] = ""
        cells[4] = cells[8] = str(50 + number % 50)
    after = [list(cells) for cells in before]
    for cells in after[:16_000]:
        if cells[7] == "light transport ac":
            cells[7] = "light transport aircraft"
        else:
            cells[9] = "?"
    after[11][4] = "475"
    after[9_999][8] = "1"
    return write_register(folder / "before.csv", before), write_register(folder / "after.csv", after[::-1])


def test_the_two_numbers_are_on_the_first_screen(diff, releases):
    code, out, err = diff(*releases)
    assert (code, err) == (1, "")
    screen = out.splitlines()[:SCREEN]
    assert "16,000 rows changed, 0 were added, 0 removed, 2,000 are equal." in screen
    assert "2 numbers became other numbers." in screen
    assert any("+414" in line and "61" in line and "475" in line for line in screen), out
    assert any("-98" in line and "99" in line for line in screen), out
    assert len(out.splitlines()) <= SCREEN


def test_equal_changes_are_one_line_each_with_the_most_rows_first(diff, releases):
    _, out, _ = diff(*releases, "--summary")
    lines = [line.split() for line in out.splitlines()]
    table = lines[next(place for place, words in enumerate(lines) if words[:1] == ["column"]) + 2:]
    assert table[0] == ["delivered_uncertain", "0", "1", "14222"]
    assert table[1] == ["description", "light", "transport", "ac", "light", "transport", "aircraft", "1778"]
    assert "Numbers that changed" not in out


def test_programs_get_every_row_and_people_are_told_of_the_limit(diff, releases):
    code, out, _ = diff(*releases, "--nl")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert [line["part"] for line in rows] == sorted((line["part"] for line in rows), key=["summary", "row", "candidate"].index)
    assert sum(line["part"] == "row" for line in rows) == 16_002
    assert sorted(line["difference"] for line in rows if line["difference"] is not None and line["part"] == "row") == [-98, 414]
    code, out, err = diff(*releases, "--csv", "--limit", "5")
    assert sum(line["part"] == "row" for line in csv.DictReader(io.StringIO(out))) == 5
    assert err == "note: not all rows are shown; --limit takes more\n"


def test_with_the_noise_ignored_only_the_numbers_are_left(diff, releases, tmp_path):
    (tmp_path / "map.csv").write_text("description,light transport ac,light transport aircraft\n")
    code, out, _ = diff(*releases, "--ignore", "delivered_uncertain", "--rename", tmp_path / "map.csv", "--json")
    cells = [(line["column"], line["difference"]) for line in json.loads(out) if line["part"] == "row"]
    assert (code, sorted(cells)) == (1, [("delivered", -98), ("ordered", 414)])


def changes(pairs):
    before = [row(order_year=1950 + number % 50, designation=f"D-{number}", **old) for number, (old, _) in enumerate(pairs)]
    after = [row(order_year=1950 + number % 50, designation=f"D-{number}", **new) for number, (_, new) in enumerate(pairs)]
    return find_groups(find_differences(side(before), side(after)))


def test_years_that_were_added_are_one_kind_of_change():
    groups = changes([({"delivery_years": f"{year}"}, {"delivery_years": f"{year}; 2024"}) for year in range(2000, 2020)])
    assert [(group.how, group.rows, group.is_listed) for group in groups] == [("+2024", 20, False)]


def test_cells_that_became_empty_or_were_empty_are_one_kind_of_change():
    groups = changes([({"comment": f"No {number}"}, {"comment": None}) for number in range(12)] + [({}, {"via": "Westmark"})])
    assert [(group.column, group.how, group.rows, group.before, group.after) for group in groups] == [
        ("comment", "became empty", 12, None, None), ("via", "was empty", 1, None, "Westmark"),
    ]
    assert [cell.cell.column for cell in find_rare(groups)] == ["via"]


def test_numbers_are_listed_however_many_there_are_and_the_rare_ones_first():
    pairs = [({"tiv_unit": 0.1}, {"tiv_unit": 0.3})] * 30 + [({"ordered": 5}, {"ordered": 7}), ({"ordered": 5}, {"ordered": 1})]
    numbers = find_numbers(changes(pairs))
    assert len(numbers) == 32
    assert [(cell.cell.column, cell.difference) for cell in numbers[:3]] == [("ordered", -4), ("ordered", 2), ("tiv_unit", 0.2)]


def test_a_flag_is_no_number():
    assert find_numbers(changes([({"ordered_uncertain": 0, "is_aid": 0}, {"ordered_uncertain": 1, "is_aid": 1})])) == []


def test_likely_renames_are_listed_and_not_applied(diff, tmp_path):
    deals = [cells_of(number) for number in range(200)]
    for number, cells in enumerate(deals):
        cells[6], cells[12] = f"Heron-{number}" if number % 4 else "FGM-7 Javelot", f"Lot {number}"
    renamed = [[cell.replace("FGM-7 Javelot", "Javelot ATM") for cell in cells] for cells in deals]
    before, after = write_register(tmp_path / "a.csv", deals), write_register(tmp_path / "b.csv", renamed)
    code, out, _ = diff(before, after)
    assert code == 1
    assert "0 rows changed, 50 were added, 50 removed, 150 are equal." in out
    assert "Perhaps only renamed: 1. Nothing of this was applied" in out
    assert [line.split() for line in out.splitlines()][-1] == ["designation", "FGM-7", "Javelot", "Javelot", "ATM", "50"]
    _, out, _ = diff(before, after, "--json")
    (candidate,) = [line for line in json.loads(out) if line["part"] == "candidate"]
    assert (candidate["column"], candidate["before"], candidate["after"], candidate["rows"]) == ("designation", "FGM-7 Javelot", "Javelot ATM", 50)
    (tmp_path / "map.csv").write_text("column,old,new\ndesignation,FGM-7 Javelot,Javelot ATM\n")
    assert diff(before, after, "--rename", tmp_path / "map.csv").code == 0


def test_a_rename_that_could_be_two_is_no_candidate(diff, tmp_path):
    cells = cells_of(1)
    others = [[*cells[:6], name, *cells[7:]] for name in ("Heron A", "Heron B")]
    out = diff(write_register(tmp_path / "a.csv", [cells]), write_register(tmp_path / "b.csv", others)).out
    assert "Perhaps" not in out


def test_comments_that_differ_in_punctuation_only_are_one_kind_of_change(diff, tmp_path):
    pairs = [({"comment": f"Lot {number}; Aid"}, {"comment": f"Lot {number} -  aid"}) for number in range(20)]
    assert [(group.how, group.rows) for group in changes(pairs)] == [("only blanks, marks or case", 20)]
    assert [group.how for group in changes([({"comment": ";"}, {"comment": "-"}), ({"via": "A b"}, {"via": "Ab"})])] == ["", ""]
    deals = [[*cells_of(number)[:12], f"Lot {number}; aid", *cells_of(number)[13:]] for number in range(20)]
    before = write_register(tmp_path / "a.csv", deals)
    after = write_register(tmp_path / "b.csv", [[cell.replace("; aid", ";  aid") for cell in cells] for cells in deals])
    assert ["comment", "(various)", "(only", "blanks,", "marks", "or", "case)", "20"] in [line.split() for line in diff(before, after).out.splitlines()]
