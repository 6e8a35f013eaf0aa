"""`transfers match` as people and scripts use it."""

import json
import shutil

import pytest

from tests.cli_load.command import inside
from tests.load.test_matches import PATH, SUPPLY
from tests.matching.conftest import RELEASE, row
from tests.registers.made_up import deal, deliveries, delivery, trade_register
from transfers.db import read_target

LINES = "--reviewer", "cd", "--why", "The same names and years."


@pytest.fixture
def made(collection, sqlite_template, import_rows):
    path = collection.file("data/transfers.db")
    shutil.copyfile(sqlite_template, path)
    target = read_target(str(path))
    collection.load(target)
    import_rows(target, row(comment="Part of aid"), row(designation="Kestrel", order_year="2020"), row(designation="Heron"))
    return collection


def match(made, *words, **options):
    return inside("match", *words, cwd=made.root, **options)


def test_proposals_for_people(made):
    ran = match(made, "--transfer", SUPPLY, "--grade", "strong")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.split("\n")[:2] == [
        f"strong: {RELEASE}:1 as {SUPPLY}",
        "    Southmark to Northland*, Kestrel-2, order of 2021: 300 ordered, 205 delivered (2022; 2023)",
    ]
    assert "  - designation 'Kestrel-2' is a name of Kestrel-2\n" in ran.out


def test_proposals_for_programs(made):
    (first, *_) = json.loads(match(made, "--json", "--transfer", SUPPLY).out)
    assert (first["register"], first["row"], first["grade"], first["ordered"]) == (RELEASE, 1, "strong", 300)
    assert len(first["reasons"]) == 5
    assert list(first)[:5] == ["register", "row", "transfer", "grade", "reasons"]
    for wanted in ("--nl", "--csv", "--tsv", "--fmt=github"):
        ran = match(made, wanted, "--transfer", SUPPLY)
        assert ran.code == 0
        assert RELEASE in ran.out


def test_the_limit(made):
    ran = match(made, "--limit", "1")
    assert ran.out.count(" as ") == 1 or f"{RELEASE}:" in ran.out
    assert "note: the first 1 are shown" in ran.err
    assert len(json.loads(match(made, "--limit", "1", "--json").out)) == 1


def test_accept_and_load(made):
    ran = match(made, "accept", f"{RELEASE}:1", SUPPLY, *LINES, "--on", "2024-02-01")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == (
        f"accepted: Southmark, Northland*, Kestrel-2, 2021 as {SUPPLY}; added to {PATH}, and transfers load brings it in\n"
    )
    assert '  reviewed_on: "2024-02-01"\n' in made.file(PATH).read_text()
    (held,) = json.loads(match(made, "--decided", "--json").out)
    assert (held["match"], held["row"], held["is_loaded"]) == ("accepted", 1, 0)
    assert f"decisions on registers written: {PATH}" in inside("load", cwd=made.root).err
    (held,) = json.loads(match(made, "--decided", "--json").out)
    assert (held["match"], held["is_loaded"]) == ("accepted", 1)
    assert not [one for one in json.loads(match(made, "--json").out) if one["row"] == 1 and one["transfer"] == SUPPLY]
    assert "unchanged:" in inside("load", cwd=made.root).err
    again = match(made, "reject", f"{RELEASE}:1", SUPPLY, *LINES)
    assert (again.code, again.err) == (1, f"error: that is accepted already, by cd on 2024-02-01; change it in {PATH}\n")


def test_a_rejected_one_is_not_proposed_again(made):
    assert match(made, "reject", f"{RELEASE}:2", SUPPLY, *LINES).err.startswith("rejected: Southmark")
    assert [one["row"] for one in json.loads(match(made, "--json", "--transfer", SUPPLY).out)] == [1]
    assert "rejected" in match(made, "--decided").out


def test_what_was_not_proposed_may_be_accepted_and_is_told(made):
    assert "note: it had not been proposed" in match(made, "accept", f"{RELEASE}:3", SUPPLY, *LINES).err


@pytest.mark.parametrize(("words", "code", "said"), [
    ((f"{RELEASE}:9", SUPPLY, *LINES), 1, f"{RELEASE} has no row 9; its rows are 1 to 3"),
    ((f"{RELEASE}:0", SUPPLY, *LINES), 1, "has no row 0"),
    ((f"{RELEASE}:1", SUPPLY + "s", *LINES), 1, f"did you mean {SUPPLY}"),
    (("sipri-trade:1", SUPPLY, *LINES), 1, "there is no register 'sipri-trade'"),
    (("1", SUPPLY, *LINES), 2, "write REGISTER:ROW"), ((f"{RELEASE}:x", SUPPLY, *LINES), 2, "write REGISTER:ROW"),
    ((f"{RELEASE}:1", SUPPLY), 2, "--reviewer"),
    ((f"{RELEASE}:1", SUPPLY, "--reviewer", "cd", "--why", " "), 2, "--why is empty"),
    ((f"{RELEASE}:1", SUPPLY, *LINES, "--on", "2024-02-30"), 2, "2024-02-30"),
    ((f"{RELEASE}:1", SUPPLY, *LINES, "--on", "today"), 2, "today"),
])
def test_what_cannot_be_decided(made, words, code, said):
    ran = match(made, "accept", *words)
    assert ran.code == code
    assert said in ran.err
    assert not made.file(PATH).exists()


def test_a_row_without_a_year_cannot_be_decided(made, import_rows):
    import_rows(read_target(str(made.file("data/transfers.db"))), row(order_year=""), day="14 Mar 2025")
    ran = match(made, "accept", "sipri-trade-register-2025-03-14:1", SUPPLY, *LINES)
    assert (ran.code, "the register does not say the year of the order" in ran.err) == (1, True)


def test_without_a_register_it_says_what_to_do(collection, sqlite_template):
    shutil.copyfile(sqlite_template, collection.file("data/transfers.db"))
    ran = match(collection)
    assert "note: no register is imported; see: transfers import sipri FILE" in ran.err


def test_a_grade_does_not_go_with_what_is_decided(made):
    assert match(made, "--decided", "--grade", "weak").code == 2


def test_a_wrong_file_is_told(made):
    made.write(PATH, [{"deal": "x"}])
    ran = match(made)
    assert (ran.code, ran.out) == (1, "")
    assert f"{PATH}:" in ran.err


def test_forms_of_files_and_of_registers(made, tmp_path):
    deals = trade_register(tmp_path / "deals.csv", [deal(), deal(designation="Lost")])
    rows = deliveries(tmp_path / "rows.csv", [delivery(), delivery(year="2021", delivered="2")])
    ran = match(made, "forms", deals, rows, "--json", "--left")
    assert [(one["rule"], one["row"], one["external_id"]) for one in json.loads(ran.out)] == [("key", 1, "40001"), ("without", 2, None)]
    assert "2 deals with deliveries from 2020 to 2021, 1 ids; 0 deals lie outside of that selection" in ran.err
    assert "      1  50.0%  key: supplier, recipient, designation and order year as printed" in ran.err
    assert "      1  50.0%  without a partner" in ran.err
    inside("import", "sipri", deals, "--release", "a", cwd=made.root)
    inside("import", "sipri", rows, "--release", "b", cwd=made.root)
    again = match(made, "forms", "sipri-trade-register-a", "sipri-deliveries-b", "--json", "--left")
    assert (again.out, again.err) == (ran.out, ran.err)
    mixed = match(made, "forms", deals, "sipri-deliveries-b", "--csv")
    assert mixed.out.startswith("rule,row,external_id,supplier_name,recipient_name,designation,order_year")


def test_forms_the_wrong_way_round(made, tmp_path):
    deals = trade_register(tmp_path / "deals.csv", [deal()])
    rows = deliveries(tmp_path / "rows.csv", [delivery()])
    ran = match(made, "forms", rows, deals)
    assert (ran.code, "the deals come first, then the deliveries" in ran.err) == (1, True)
    assert match(made, "forms", deals, deals).code == 1
    assert "there is no register 'nowhere'" in match(made, "forms", "nowhere", rows).err


def test_forms_without_a_database(tmp_path):
    deals = trade_register(tmp_path / "deals.csv", [deal()])
    rows = deliveries(tmp_path / "rows.csv", [delivery(), delivery(year="2021", delivered="2")])
    ran = inside("match", "forms", deals, rows, "--nl", cwd=tmp_path)
    assert ran.code == 0
    assert json.loads(ran.out)["rule"] == "key"
    assert "they are taken as printed" in ran.err
