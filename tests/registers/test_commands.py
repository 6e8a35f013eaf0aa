"""`transfers import` and `transfers registers` as people and scripts run them."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli_load.command import inside, transfers
from tests.registers.made_up import columns_22, deal, deliveries, delivery, trade_register
from transfers.db import writing

TRADE = "sipri-trade-register-2025-03-13"


@pytest.fixture
def db(sqlite_target):
    """A database that knows two countries and a weapon, one country by its name in the register."""
    with writing(sqlite_target) as connection, connection.transaction():
        connection.run("INSERT INTO actors (id, name, kind) VALUES ('borduria', 'Borduria', 'state'), ('atlantis', 'Atlantis', 'state')")
        connection.run("INSERT INTO systems (id, name, level, category) VALUES ('thunder-3a', 'Thunder-3A', 'model', 'uav')")
        connection.run("INSERT INTO identifiers (scheme, value, actor_id, source) VALUES ('sipri', 'Borduria', 'borduria', 'test')")
    return sqlite_target.path


def test_an_import_says_what_it_did_and_which_names_nobody_knows(db, tmp_path):
    path = trade_register(tmp_path / "a", [deal(), deal(recipient="Genovia"), deal(recipient="Genovia", designation="K-9")])
    done = inside("--db", db, "import", "sipri", path)
    assert (done.code, done.out) == (0, "")
    assert done.err.splitlines() == [
        f"{TRADE}: 3 rows imported",
        "unmapped: 2 recipients in 3 rows: Genovia (2), Atlantis (1)",
        "unmapped: 2 designations in 3 rows: Thunder-3 (2), K-9 (1)",
        "all unmapped names, with candidates: transfers registers --unmapped",
    ]
    again = inside("--db", db, "import", "sipri", path)
    assert (again.code, again.out, again.err) == (0, "", f"{TRADE}: unchanged, 3 rows\n")
    assert inside("--db", db, "--silent", "import", "sipri", path).err == ""


def test_before_the_first_load_it_is_said_that_no_name_can_be_known(sqlite_target, tmp_path):
    done = inside("--db", sqlite_target.path, "import", "sipri", trade_register(tmp_path / "a", [deal()]))
    assert done.err.splitlines() == [
        f"{TRADE}: 1 row imported", "the database has no registry yet, to which the names could be tied: transfers load",
    ]
    asked = inside("--db", sqlite_target.path, "query", "--registers", "--system", "Thunder-3")
    assert asked.code == 1
    assert "no system goes by 'Thunder-3': the database has none yet; transfers load" in asked.err


def test_the_report_is_there_as_json(db, tmp_path):
    path = trade_register(tmp_path / "a", [deal()])
    assert json.loads(inside("--db", db, "import", "sipri", "--json", path).out) == [
        {"id": TRADE, "path": path, "rows": 1, "is_new": True},
    ]


def test_problems_are_printed_with_file_and_line_and_nothing_is_imported(db, tmp_path):
    path = trade_register(tmp_path / "a", [deal(), deal(status="Odd"), deal(ordered="x")])
    done = inside("--db", db, "import", "sipri", path)
    assert (done.code, done.out) == (1, "")
    lines = done.err.splitlines()
    assert lines[0].endswith(f"{path}:8: status: 'Odd' was never seen in this column; known are 'New', 'Second hand', 'Second hand but modernized', an empty cell")
    assert lines[1].endswith(f"{path}:9: Number ordered: 'x' is not a whole number")
    assert json.loads(inside("--db", db, "registers", "--json").out) == []


def test_a_release_without_a_day_needs_a_name(db, tmp_path):
    path = columns_22(tmp_path / "a", ["1,AAA,BBB,2017,,2,,0,N/A,T-1,AC,UAV,,,,,Atlantis,Borduria,N,1,2,"])
    done = inside("--db", db, "import", "sipri", path)
    assert (done.code, done.err.strip().endswith("say which release it is: --release NAME")) == (1, True)
    assert inside("--db", db, "import", "sipri", path, "--release", "May 2021").code == 0
    assert json.loads(inside("--db", db, "registers", "--json").out)[0]["id"] == "sipri-columns-22-may-2021"
    assert inside("--db", db, "import", "sipri").code == 2
    assert inside("--db", db, "import", "sipri", path, "--release", "…").code == 2


def test_registers_are_listed_with_their_years_and_unmapped_names(db, tmp_path):
    inside("--db", db, "import", "sipri", trade_register(tmp_path / "a", [deal(), deal(order_year="1999", years="")]), deliveries(tmp_path / "b", [delivery()]))
    done = inside("--db", db, "registers")
    assert done.out.splitlines()[2:] == [
        "sipri-deliveries-2025-02-10-2020-2021  deliveries      2025-02-10     1  2019  2020  1 recipient, 1 designation",
        "sipri-trade-register-2025-03-13        trade_register  2025-03-13     2  1999  2021  1 recipient, 1 designation",
    ]
    first, second = json.loads(inside("--db", db, "registers", "--json").out)
    assert (second["row_count"], second["suppliers_unmapped"], second["recipients_unmapped"], second["designations_unmapped"]) == (2, 0, 1, 1)
    assert second["licence"].startswith("SIPRI Arms Transfers Database")
    assert [row["id"] for row in csv.DictReader(io.StringIO(inside("--db", db, "registers", "--csv").out))] == [first["id"], second["id"]]
    assert [json.loads(line)["id"] for line in inside("--db", db, "registers", "--nl", "--register", TRADE).out.splitlines()] == [TRADE]
    assert "| sipri-deliveries" in inside("--db", db, "registers", "--fmt", "github").out


def test_unmapped_names_come_with_what_looks_like_them_and_nothing_is_guessed(db, tmp_path):
    inside("--db", db, "import", "sipri", trade_register(tmp_path / "a", [deal(), deal(recipient="Genovia**")]))
    rows = json.loads(inside("--db", db, "registers", "--unmapped", "--json").out)
    assert rows == [
        {"kind": "designation", "dataset": "sipri", "name": "Thunder-3", "row_count": 2, "candidates": ["thunder-3a (Thunder-3A)"]},
        {"kind": "recipient", "dataset": "sipri", "name": "Atlantis", "row_count": 1, "candidates": ["atlantis (Atlantis)"]},
        {"kind": "recipient", "dataset": "sipri", "name": "Genovia**", "row_count": 1, "candidates": []},
    ]
    assert inside("--db", db, "registers", "--unmapped", "--limit", "1").err.startswith("note: the first 1 are shown")
    wrong = inside("--db", db, "registers", "--register", "x")
    assert (wrong.code, wrong.err) == (1, f"error: there is no register 'x'; there are: {TRADE}\n")


def test_a_register_is_taken_out_only_when_somebody_says_yes(db, tmp_path):
    inside("--db", db, "import", "sipri", trade_register(tmp_path / "a", [deal()] * 3))
    asked = inside("--db", db, "import", "remove", TRADE)
    assert (asked.code, asked.err) == (2, "error: this takes 3 rows out of the database; say --yes to do it\n")
    gone = inside("--db", db, "import", "remove", TRADE, "--yes")
    assert (gone.code, gone.err) == (0, f"{TRADE}: 3 rows removed\n")
    assert inside("--db", db, "import", "remove", TRADE, "--yes").code == 1
    assert inside("--db", db, "registers").err == "note: nothing fits\n"


def test_names_as_printed_cannot_write_to_the_terminal_and_odd_file_names_work(db, tmp_path):
    folder = tmp_path / "å b%20'c"
    folder.mkdir()
    path = trade_register(folder / "ö;x.csv", [deal(recipient="=1+1", designation="<b>T</b>")])
    assert inside("--db", db, "import", "sipri", path).code == 0
    assert "\t'=1+1\t" in inside("--db", db, "registers", "--unmapped", "--tsv").out


def test_it_works_as_a_process_and_makes_the_database(tmp_path):
    path = trade_register(tmp_path / "a", [deal()])
    done = transfers("--db", str(tmp_path / "new.db"), "import", "sipri", path)
    assert (done.code, done.out) == (0, "")
    assert f"{TRADE}: 1 row imported" in done.err
    assert Path(tmp_path / "new.db").exists()
    for words in (["import"], ["import", "--help"], ["import", "sipri", "--help"], ["import", "remove", "--help"], ["registers", "--help"]):
        assert "Usage: transfers" in transfers(*words).out
