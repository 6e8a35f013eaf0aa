"""The traps of the trade register: records on several lines, cells by place, words and numbers that were never seen."""

import json

import pytest

from tests.registers.made_up import TRADE_HEADER, deal, deliveries, delivery, trade_register, write
from transfers.errors import ProblemsError
from transfers.registers import read_release


def problems_of(path) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        list(read_release(path))
    return [str(problem).removeprefix(f"{path}:").strip() for problem in caught.value.problems]


def test_a_comment_may_go_on_over_lines_and_is_kept_as_it_stands(tmp_path):
    comments = ["For 12 K-9 frigates\n", "First\n\nthird", "windows\r\n", "plain", " blank\tbefore \v and\r"]
    rows = list(read_release(trade_register(tmp_path / "a", [deal(comment=comment, designation=f"T-{n}") for n, comment in enumerate(comments)])))
    assert [row.comment for row in rows] == comments
    assert [row.line for row in rows] == [7, 9, 12, 14, 15]
    assert [row.row_number for row in rows] == [1, 2, 3, 4, 5]
    assert json.loads(rows[0].cells)[12] == comments[0]


def test_a_file_whose_lines_all_end_as_on_windows_is_read_alike(tmp_path):
    records = [deal(comment="a\r\nb"), deal(designation="T-2")]
    plain = list(read_release(trade_register(tmp_path / "a", records)))
    windows = list(read_release(trade_register(tmp_path / "b", records, end="\r\n")))
    assert windows == plain


def test_a_line_break_behind_a_designation_or_description_is_none_of_its_characters(tmp_path):
    rows = list(read_release(trade_register(tmp_path / "a", [deal(designation="T-2 \n"), deal(description="armed UAV\r\n"), deal()])))
    assert [(row.line, row.designation, row.description) for row in rows] == [
        (7, "T-2", "armed UAV"), (9, "Thunder-3", "armed UAV"), (11, "Thunder-3", "armed UAV"),
    ]
    assert json.loads(rows[0].cells)[6] == "T-2 \n"


def test_mixed_line_ends_are_refused(tmp_path):
    path = trade_register(tmp_path / "a", [deal(), deal()])
    data = (tmp_path / "a").read_bytes().replace(b"12.5\n", b"12.5\r\n", 1)
    (tmp_path / "a").write_bytes(data)
    assert problems_of(path) == ["7: SIPRI TIV of delivered weapons: '12.5\\r' is not a number"]
    trade_register(tmp_path / "b", [deal(), deal()], end="\r\n")
    (tmp_path / "b").write_bytes((tmp_path / "b").read_bytes().replace(b"12.5\r\n", b"12.5\n", 1))
    assert problems_of(str(tmp_path / "b")) == ["7: ends otherwise than the header does; the file is damaged"]


def test_quotation_marks_are_characters_like_others(tmp_path):
    (row,) = read_release(trade_register(tmp_path / "a", [deal(comment='"Land" programme; 5" gun', designation='"T"')]))
    assert (row.comment, row.designation) == ('"Land" programme; 5" gun', '"T"')
    assert json.loads(row.cells)[6] == '"T"'


def test_a_blank_number_ordered_is_unknown_whatever_the_value_says(tmp_path):
    (row,) = read_release(trade_register(tmp_path / "a", [deal(ordered="", total="0", delivered="0", years="", of_delivered="0")]))
    assert (row.ordered, row.tiv_ordered, row.delivered, row.delivery_years, row.delivery_first) == (None, 0.0, 0, None, None)


def test_rows_that_are_equal_are_all_kept(tmp_path):
    rows = list(read_release(trade_register(tmp_path / "a", [deal()] * 3)))
    assert [row.row_number for row in rows] == [1, 2, 3]
    assert len({row.fingerprint for row in rows}) == 1


def test_letters_beyond_ascii_are_windows_1252(tmp_path):
    (row,) = read_release(trade_register(tmp_path / "a", [deal(designation="Mjölk-2 ±", comment="“quoted” – CAFÉ’S")]))
    assert (row.designation, row.comment) == ("Mjölk-2 ±", "“quoted” – CAFÉ’S")


def test_a_register_that_is_utf_8_as_a_whole_says_the_same(tmp_path):
    records = [deal(recipient="São Rossa"), deal(comment="Wärtsilä diesel engine – for 2 frigates"), deal()]
    windows, whole = (list(read_release(trade_register(tmp_path / name, records, encoding=name))) for name in ("cp1252", "utf-8"))
    assert windows == whole
    assert whole[0].recipient == "São Rossa"


def test_names_of_groups_keep_their_stars(tmp_path):
    (row,) = read_release(trade_register(tmp_path / "a", [deal(recipient="Atlantis rebels*", supplier="unknown supplier(s)")]))
    assert (row.recipient, row.supplier) == ("Atlantis rebels*", "unknown supplier(s)")


def test_lists_of_years_come_out_ascending_and_once(tmp_path):
    rows = list(read_release(trade_register(tmp_path / "a", [
        deal(years=years) for years in ("2021; 2020", "2020; 2020", "2018-2020; 2022", "2018–20", "2020")
    ])))
    assert [row.delivery_years for row in rows] == ["2020; 2021", "2020", "2018; 2019; 2020; 2022", "2018; 2019; 2020", "2020"]


@pytest.mark.parametrize(("change", "says"), [
    ({"recipient": ""}, "7: Recipient: is empty"),
    ({"supplier": " "}, "7: Supplier: is empty"),
    ({"designation": ""}, "7: Weapon designation: is empty"),
    ({"order_year": "19x9"}, "7: Year of order: '19x9' is not a year"),
    ({"order_year": "1899"}, "7: Year of order: '1899' is no possible year: they lie between 1900 and 2026"),
    ({"order_year": "2027"}, "7: Year of order: '2027' is no possible year: they lie between 1900 and 2026"),
    ({"order_flag": "!"}, "7: Year of order (?): '!' was never seen in this column; known are an empty cell, '?'"),
    ({"ordered": "-3"}, "7: Number ordered: '-3' is not a whole number"),
    ({"ordered": "1e5"}, "7: Number ordered: '1e5' is not a whole number"),
    ({"ordered": "١٢"}, None),
    ({"ordered": "12.5"}, "7: Number ordered: '12.5' is not a whole number"),
    ({"ordered": " 12"}, "7: Number ordered: ' 12' is not a whole number"),
    ({"ordered": "9999999999"}, "7: Number ordered: '9999999999' is not a whole number"),
    ({"ordered_flag": "??"}, "7: Number ordered (?): '??' was never seen in this column; known are an empty cell, '?'"),
    ({"delivered": "five"}, "7: Number delivered: 'five' is not a whole number"),
    ({"delivered_flag": " "}, "7: Number delivered (?): ' ' was never seen in this column; known are an empty cell, '?'"),
    ({"years": "2020;"}, "7: Year(s) of delivery: has an empty place in the list of years"),
    ({"years": "2020; 20210"}, "7: Year(s) of delivery: '20210' is not a year"),
    ({"years": "2921"}, "7: Year(s) of delivery: '2921' is no possible year: they lie between 1900 and 2026"),
    ({"years": "2021-2020"}, "7: Year(s) of delivery: '2021-2020' ends before it begins"),
    ({"status": "Newish"}, "7: status: 'Newish' was never seen in this column; known are 'New', 'Second hand', 'Second hand but modernized', an empty cell"),
    ({"unit": "0,1"}, "7: has 17 cells where the header has 16"),
    ({"unit": "nan"}, "7: SIPRI TIV per unit: 'nan' is not a number"),
    ({"total": "$3"}, "7: SIPRI TIV for total order: '$3' is not a number"),
    ({"of_delivered": "-1"}, "7: SIPRI TIV of delivered weapons: '-1' is not a number"),
    ({"description": "armed\nUAV"}, "7: Weapon description: holds a line break or a control character"),
    ({"supplier": "Bord\nuria"}, "7: Supplier: holds a line break or a control character"),
    ({"supplier": "Bord\turia"}, "7: Supplier: holds a line break or a control character"),
    ({"comment": "bell \x07"}, "7: Comments: holds a control character"),
    ({"comment": "escape \x1b[2J"}, "7: Comments: holds a control character"),
    ({"designation": "T\n-2"}, "7: Weapon designation: holds a line break or a control character"),
    ({"designation": "\n"}, "7: Weapon designation: is empty"),
    ({"comment": "x" * 10_001}, "7: Comments: is longer than 10,000 characters"),
])
def test_what_was_never_seen_stops_the_import(tmp_path, change, says):
    if says is None:
        change = {"ordered": "²"}
        says = "7: Number ordered: '²' is not a whole number"
    assert problems_of(trade_register(tmp_path / "a", [deal(**change), deal()])) == [says]


def test_problems_are_collected_and_the_lines_are_those_of_the_file(tmp_path):
    records = [deal(comment="two\nlines"), deal(status="Old"), deal(), deal(ordered="x", delivered="y"), deal(years="1")]
    assert [problem.split(": ")[0] + ": " + problem.split(": ")[1] for problem in problems_of(trade_register(tmp_path / "a", records))] == [
        "9: status", "11: Number delivered", "11: Number ordered", "12: Year(s) of delivery",
    ]


def test_after_twenty_problems_reading_stops(tmp_path):
    found = problems_of(trade_register(tmp_path / "a", [deal(status="Old")] * 500))
    assert len(found) == 21
    assert found[0] == "reading stopped at line 26, after 20 problems"


@pytest.mark.parametrize(("records", "says"), [
    ([deal(), deal().replace(",", "", 1), deal(designation="T-2"), deal()], ["8: has 15 cells where the header has 16"]),
    ([deal(), deal() + ",", deal()], ["8: has 17 cells where the header has 16"]),
    ([deal(), deal().rpartition(",")[0]], ["8: has 15 of 16 cells, and is the last"]),
    ([deal(), "", deal()], ["8: is empty, and more rows follow"]),
    ([deal(), "Some remark", deal()], ["8: Recipient: holds a line break or a control character"]),
    ([deal(), "no commas here"], ["8: has 1 of 16 cells, and is the last"]),
])
def test_a_ragged_row_is_refused_with_its_line(tmp_path, records, says):
    assert problems_of(trade_register(tmp_path / "a", records)) == says


def test_a_record_without_end_is_refused(tmp_path):
    records = [deal().rpartition(",")[0], *["more words"] * 200]
    assert problems_of(trade_register(tmp_path / "a", records)) == ["7: begins a record that has only 15 of 16 cells after 100 lines"]


def test_empty_lines_at_the_end_do_no_harm(tmp_path):
    assert len(list(read_release(trade_register(tmp_path / "a", [deal(), "", ""])))) == 1
    (tmp_path / "b").write_bytes(f"Data generated: 1 Jan 2024\n{TRADE_HEADER}\n{deal()}".encode())
    assert len(list(read_release(str(tmp_path / "b")))) == 1


@pytest.mark.parametrize(("change", "says"), [
    ({"external_id": "4x"}, "7: SIPRI AT Database ID: '4x' is not a number of a deal"),
    ({"category": "Hovercraft"}, "7: Armament category: 'Hovercraft' was never seen"),
    ({"order_flag": "Maybe"}, "7: Order date is estimate: 'Maybe' was never seen"),
    ({"delivered_flag": "yes"}, "7: Numbers delivered is estimate: 'yes' was never seen"),
    ({"year_flag": "no"}, "7: Delivery year is estimate: 'no' was never seen"),
    ({"local": "?"}, "7: Local production: '?' was never seen"),
    ({"local": ""}, "7: Local production: '' was never seen"),
    ({"year": "20"}, "7: Delivery year: '20' is not a year"),
    ({"estimate": "x"}, "7: SIPRI estimate: 'x' is not a number"),
    ({"value": "1.2.3"}, "7: TIV delivery values: '1.2.3' is not a number"),
    ({"description": "armed, UAV"}, "7: has 18 cells where the header has 17"),
    ({"description": "armed\nUAV"}, "7: has 5 cells where the header has 17"),
])
def test_so_it_is_in_the_deliveries_form(tmp_path, change, says):
    assert problems_of(deliveries(tmp_path / "a", [delivery(**change), delivery()]))[0].startswith(says)


def test_files_of_2025_leave_flags_blank_and_write_air_defence_with_a_hyphen(tmp_path):
    records = [delivery(category="Air-defence systems", delivered_flag="", year_flag=""), delivery(order_flag="Yes", year_flag="Yes")]
    blank, marked = read_release(deliveries(tmp_path / "a", records, day="28 Apr 2025"))
    assert (blank.category, blank.delivered_uncertain, blank.delivery_years_uncertain) == ("Air-defence systems", 0, 0)
    assert json.loads(blank.cells)[9:12] == ["", "2020", ""]
    assert (marked.order_year_uncertain, marked.delivered_uncertain, marked.delivery_years_uncertain) == (1, 0, 1)


def test_a_header_without_rows_is_a_register_without_rows(tmp_path):
    assert list(read_release(write(tmp_path / "a", ["Data generated: 1 Jan 2024 ", TRADE_HEADER]))) == []
