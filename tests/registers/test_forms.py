"""Each published form is known by its header, and its cells become the columns they are."""

import hashlib
import json

import pytest

from tests.registers.made_up import (
    DELIVERIES_HEADER,
    TRADE_HEADER,
    columns_22,
    deal,
    deals_and_tivs,
    deliveries,
    delivery,
    rtf,
    trade_register,
    write,
)
from transfers.errors import InputError, ProblemsError, UsageError
from transfers.registers import RegisterRow, read_release

RTF_HEADER = [
    "Recipient/ supplier (S) or licenser (L)", "No. ordered", "Weapon designation", "Weapon description", "Year of order/ licence",
    "Year(s) of deliveries", "No. delivered/ produced", "Comments",
]


def only_row(path, **options) -> RegisterRow:
    (row,) = read_release(path, **options)
    return row


def test_a_deal_of_the_trade_register_is_read_cell_by_cell(tmp_path):
    record = deal(order_flag="?", ordered_flag="?", delivered_flag="?", comment="Aid; Atlantean designation Blix-1 (Storm); for police")
    release = read_release(trade_register(tmp_path / "any name.data", [record]))
    assert (release.id, release.dataset, release.form, release.release, release.generated_on) == (
        "sipri-trade-register-2025-03-13", "sipri", "trade_register", "2025-03-13", "2025-03-13",
    )
    assert release.selection.startswith("Transfers of major conventional arms from All countries to All countries")
    assert "SIPRI" in release.licence
    assert release.sha256 == hashlib.sha256((tmp_path / "any name.data").read_bytes()).hexdigest()
    (row,) = release
    assert json.loads(row.cells) == record.split(",")
    assert row._replace(cells="", fingerprint="") == RegisterRow(
        row_number=1, line=7, external_id=None, fingerprint="", cells="", supplier="Borduria", recipient="Atlantis",
        designation="Thunder-3", description="armed UAV", category=None, order_year=2019, order_year_uncertain=1, ordered=12,
        ordered_uncertain=1, delivered=5, delivered_uncertain=1, delivery_years="2020; 2021", delivery_first=2020,
        delivery_last=2021, delivery_years_uncertain=0, condition="new",
        comment="Aid; Atlantean designation Blix-1 (Storm); for police", is_cancelled=0, is_licensed=0, is_second_hand=0, is_aid=1,
        via=None, platform=None, local_names='[{"whose":"Atlantean","name":"Blix-1 (Storm)"}]', tiv_unit=2.5, tiv_ordered=30.0,
        tiv_delivered=12.5,
    )
    assert row.years == (2020, 2021)


def test_the_fingerprint_is_of_what_the_row_says(tmp_path):
    row = only_row(trade_register(tmp_path / "a", [deal(ordered="", total="0", comment="Größe \\ «x»")]))
    said = ["sipri", "Borduria", "Atlantis", "Thunder-3", 2019, 0, None, 0, 5, 0, "2020; 2021", "new", "Größe \\ «x»"]
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    assert row.fingerprint == hashlib.sha256(text.encode()).hexdigest()[:16]


def test_what_the_row_does_not_say_of_the_deal_is_not_in_the_fingerprint(tmp_path):
    one = only_row(trade_register(tmp_path / "a", [deal(description="armed UAV", unit="2.5")]))
    other = only_row(trade_register(tmp_path / "b", [deal(), deal(description="attack drone", unit="3")][1:]))
    assert one.fingerprint == other.fingerprint
    assert one.fingerprint != only_row(trade_register(tmp_path / "c", [deal(delivered="6")])).fingerprint


def test_the_header_of_2026_is_known_too(tmp_path):
    header = TRADE_HEADER.replace("Number delivered", "Deliveries in the Year Range")
    assert only_row(trade_register(tmp_path / "a", [deal()], header=header)).delivered == 5


def test_a_delivery_is_read_cell_by_cell(tmp_path):
    release = read_release(deliveries(tmp_path / "a", [delivery(
        order_flag="Yes", delivered_flag="Yes", year_flag="Yes", status="Second hand", estimate="2.5", unit="1", value="3", local="Yes",
    )]))
    assert release.id == "sipri-deliveries-2025-02-10-2020-2021"
    (row,) = release
    assert row._replace(cells="", fingerprint="") == RegisterRow(
        row_number=1, line=7, external_id="40001", fingerprint="", cells="", supplier="Borduria", recipient="Atlantis",
        designation="Thunder-3", description="armed UAV", category="Aircraft", order_year=2019, order_year_uncertain=1, ordered=None,
        ordered_uncertain=0, delivered=3, delivered_uncertain=1, delivery_years="2020", delivery_first=2020, delivery_last=2020,
        delivery_years_uncertain=1, condition="second_hand", comment=None, is_cancelled=0, is_licensed=1, is_second_hand=1, is_aid=0,
        via=None, platform=None, local_names=None, tiv_unit=1.0, tiv_ordered=None, tiv_delivered=3.0,
    )


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_deals_and_tivs_ends_with_its_copyright_line(tmp_path, encoding):
    records = [delivery(separator=";", unit="250.0000", designation="Mjölk-2"), delivery("40002", separator=";")]
    release = read_release(deals_and_tivs(tmp_path / "a", records, encoding=encoding))
    assert (release.id, release.form) == ("sipri-deals-and-tivs-2022-09-17-2008-2015", "deals_and_tivs")
    assert release.selection == (
        "Database search results for buyer 'All Countries' and seller 'Borduria' and the years from 2008 to 2015"
    )
    first, second = release
    assert (first.tiv_unit, first.designation, second.external_id, second.line) == (250.0, "Mjölk-2", "40002", 8)


def test_the_22_columns_are_read_with_a_name_for_the_release(tmp_path):
    path = columns_22(tmp_path / "a", [
        "101,AAA,BBB,2017,X,20,X,2020,LIC,Thunder-3,AC,UAV,L,16,X,2018-2020,Atlantis,Borduria,N,0.31,6.2,4.96",
        '102,AAA,BB,2017,,6,,0,N/A,Thunder-4,AC,"UAV, light",,,,"2018, 2020",Atlantis,Borduria,S,0.15,0.9,0',
    ])
    with pytest.raises(InputError, match="--release NAME"):
        read_release(path)
    release = read_release(path, name="Pulled in May 2021")
    assert (release.id, release.release, release.generated_on) == (
        "sipri-columns-22-pulled-in-may-2021", "Pulled in May 2021", None,
    )
    first, second = release
    assert (first.supplier, first.recipient, first.order_year_uncertain, first.ordered_uncertain, first.delivered_uncertain) == (
        "Borduria", "Atlantis", 1, 1, 1,
    )
    assert (first.delivery_years, first.is_licensed, first.category, first.condition) == ("2018; 2019; 2020", 1, "AC", "new")
    assert (second.description, second.delivered, second.delivery_years, second.condition) == (
        "UAV, light", None, "2018; 2020", "second_hand",
    )


def test_an_rtf_register_has_its_sides_above_and_before_the_deals(tmp_path):
    release = read_release(rtf(tmp_path / "a", [
        RTF_HEADER, ["Atlantis"],
        ["S: Borduria", "(12)", "Thunder-3", "UAV", "(2012)", "2013-2015", "10", "Aid"],
        ["", "..", "M\\'fcller-7", "APC", "2011", "(2013)", "(4)", ""],
        ["L: Syldavia", "7", "K-9", "tank", "2001", "", ". .", "Part of"],
        ["", "", "", "", "", "", "", "a larger deal"],
        ["Genovia", "", "", "", "", "", "", ""],
        ["S: Borduria", "1", "\\u352?-1", "frigate", "2009", "2010", "1", ""],
    ]))
    assert (release.id, release.form, release.generated_on) == ("sipri-rtf-2016-03-12", "rtf", "2016-03-12")
    one, two, three, four = release
    assert (one.recipient, one.supplier, one.ordered, one.ordered_uncertain, one.order_year, one.order_year_uncertain) == (
        "Atlantis", "Borduria", 12, 1, 2012, 1,
    )
    assert (one.delivery_years, one.delivery_years_uncertain, one.is_aid) == ("2013; 2014; 2015", 0, 1)
    assert (two.supplier, two.ordered, two.designation, two.delivery_years_uncertain, two.delivered, two.delivered_uncertain) == (
        "Borduria", None, "Müller-7", 1, 4, 1,
    )
    assert (three.supplier, three.is_licensed, three.comment, three.delivered) == ("Syldavia", 1, "Part of\na larger deal", None)
    assert (four.recipient, four.designation) == ("Genovia", "Š-1")


def test_an_rtf_register_by_supplier_has_the_recipients_before_the_deals(tmp_path):
    header = ["Supplier/ recipient (R) or licensee (L)", *RTF_HEADER[1:]]
    row = only_row(rtf(tmp_path / "a", [header, ["Borduria"], ["R: Atlantis", "1", "K-9", "tank", "2001", "2002", "1", ""]]))
    assert (row.supplier, row.recipient) == ("Borduria", "Atlantis")


@pytest.mark.parametrize(("rows", "after", "says"), [
    ([["Atlantis"], ["S: Borduria", "1", "K-9", "tank", "2001", "2002", "1", ""]], "}", "names the columns"),
    ([RTF_HEADER, ["S: Borduria", "1", "K-9", "tank", "2001", "2002", "1", ""]], "}", "without the name that stands above"),
    ([RTF_HEADER, ["Atlantis"], ["", "1", "K-9", "tank", "2001", "2002", "1", ""]], "}", "without the other side"),
    ([RTF_HEADER, ["Atlantis"], ["S: Borduria", "1", "K-9", "tank", "2001", "2002"]], "}", "has 6 cells where the header has 8"),
    ([RTF_HEADER, ["Atlantis"], ["S: Borduria", "c. 5", "K-9", "tank", "2001", "2002", "1", ""]], "}", "No. ordered: 'c. 5' is not"),
    ([RTF_HEADER, ["Atlantis"], ["S: Borduria", "5", "K-9", "tank", "2001", "2002-1999", "1", ""]], "}", "ends before it begins"),
    ([RTF_HEADER, ["Atlantis"], ["S: Borduria", "5", "K-9", "tank", "2001", "2002", "1", ""]], "", "the file is cut off"),
    ([RTF_HEADER], "}}", "ends a group of RTF that did not begin"),
    ([RTF_HEADER], "{" * 300, "groups of RTF in one another"),
])
def test_an_rtf_register_that_is_not_as_described_is_refused(tmp_path, rows, after, says):
    with pytest.raises(ProblemsError, match=says.replace("(", "\\(")):
        list(read_release(rtf(tmp_path / "a", rows, after=after)))


def test_a_name_takes_the_place_of_the_day_and_of_the_years(tmp_path):
    path = deliveries(tmp_path / "a", [delivery()])
    release = read_release(path, name="Spring")
    assert (release.id, release.release, release.generated_on) == ("sipri-deliveries-spring", "Spring", "2025-02-10")
    for name in ("", "-", "…"):
        with pytest.raises(UsageError, match="letters or digits"):
            read_release(path, name=name)
    with pytest.raises(UsageError, match="no register 'unroca'"):
        read_release(path, dataset="unroca")


@pytest.mark.parametrize(("lines", "says"), [
    (["a,b,c", "1,2,3"], "has no header of a SIPRI register that is known"),
    ([TRADE_HEADER.replace("status", "Status"), deal()], ":1: header: has 'Status' as column 12 where .* has 'status'"),
    ([TRADE_HEADER.replace("Supplier", "Recipient"), deal()], ":1: header: has 'Recipient' twice"),
    (["x", TRADE_HEADER + ",More", deal() + ",x"], ":2: header: has 17 columns where the nearest known form has 16"),
    ([DELIVERIES_HEADER.replace("Supplier,Recipient", "Recipient,Supplier"), delivery()], ":1: header: has 'Recipient' as column 2"),
    ([DELIVERIES_HEADER.replace(",", ";"), delivery()], ":1: header: has the columns of the deliveries form, but other separators"),
    (["x", TRADE_HEADER.replace(",", ";")], ":2: header: has the columns of the trade_register form, .* as it was downloaded"),
    (["x", TRADE_HEADER + ";;;;"], ":2: header: has the columns of the trade_register form"),
    ([",".join(f'"{cell}"' for cell in TRADE_HEADER.split(","))], ":1: header: has the columns of the trade_register form"),
    (["Volume of transfers of major arms", "Supplier,2022,2023"], "tables of TIVs by year are no registers"),
    ([DELIVERIES_HEADER.lower(), delivery()], "has no header of a SIPRI register"),
])
def test_an_unknown_header_is_refused_with_what_is_wrong_in_it(tmp_path, lines, says):
    with pytest.raises(ProblemsError, match=says):
        read_release(write(tmp_path / "a", lines))
