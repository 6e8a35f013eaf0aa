"""Registers in the database: all or nothing, twice the same, side by side, and out again; on both engines."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest

from tests.registers.made_up import columns_22, deal, deals_and_tivs, deliveries, delivery, trade_register
from transfers.db import reading, writing
from transfers.errors import InputError, ProblemsError
from transfers.load.registers import import_registers, remove_register
from transfers.registers import read_release
from transfers.registers.row import COLUMNS
from transfers.schema.check import check_database


def rows_of(target, sql, **params):
    with reading(target) as connection:
        return connection.rows(sql, params)


def test_every_column_is_written_as_it_was_read(target, tmp_path):
    path = trade_register(tmp_path / "a", [
        deal(comment="Aid; ordered via Genovia; for 2 K-9 frigates; Atlantean designation Blix-1\n"), deal(ordered="", years="", delivered="0"),
        deal(status="Second hand", comment="Mjölk"),
    ])
    report = import_registers(target, [path])
    (done,) = report.imported
    assert done == ("sipri-trade-register-2025-03-13", path, 3, True)
    found = rows_of(target, f"SELECT {', '.join(COLUMNS)} FROM register_rows ORDER BY row_number")
    assert found == [tuple(row) for row in read_release(path)]
    assert rows_of(target, "SELECT row_number, year FROM register_years ORDER BY row_number, year") == [
        (1, 2020), (1, 2021), (3, 2020), (3, 2021),
    ]
    ((dataset, form, release, generated_on, sha256, count),) = rows_of(
        target, "SELECT dataset, form, release, generated_on, sha256, row_count FROM registers",
    )
    assert (dataset, form, release, generated_on, count) == ("sipri", "trade_register", "2025-03-13", "2025-03-13", 3)
    assert sha256 == hashlib.sha256(Path(path).read_bytes()).hexdigest()
    assert check_database(target) == []


def test_all_forms_lie_side_by_side(target, tmp_path):
    paths = [
        trade_register(tmp_path / "a", [deal()]), deliveries(tmp_path / "b", [delivery()]),
        deals_and_tivs(tmp_path / "c", [delivery(separator=";")]), deliveries(tmp_path / "d", [delivery()], years="'2018' to '2019'"),
        trade_register(tmp_path / "e", [deal(), deal()], day="5 Oct 2025"),
    ]
    report = import_registers(target, paths)
    assert [done.id for done in report.imported] == [
        "sipri-trade-register-2025-03-13", "sipri-deliveries-2025-02-10-2020-2021", "sipri-deals-and-tivs-2022-09-17-2008-2015",
        "sipri-deliveries-2025-02-10-2018-2019", "sipri-trade-register-2025-10-05",
    ]
    import_registers(target, [columns_22(tmp_path / "f", ["1,AAA,BBB,2017,,2,,0,N/A,T,AC,UAV,,,,,Atlantis,Borduria,N,1,2,"])], name="x")
    assert rows_of(target, "SELECT count(*) FROM register_rows") == [(7,)]
    assert check_database(target) == []


def test_importing_a_file_twice_changes_nothing(target, tmp_path):
    path = trade_register(tmp_path / "a", [deal()])
    import_registers(target, [path])
    before = Path(target.path).read_bytes() if target.path else rows_of(target, "SELECT * FROM register_rows")
    for given in (path, trade_register(tmp_path / "another name", [deal()])):
        (done,) = import_registers(target, [given]).imported
        assert (done.id, done.rows, done.is_new) == ("sipri-trade-register-2025-03-13", 1, False)
    assert (Path(target.path).read_bytes() if target.path else rows_of(target, "SELECT * FROM register_rows")) == before


def test_another_file_of_the_same_release_is_refused_until_it_is_named(target, tmp_path):
    import_registers(target, [trade_register(tmp_path / "a", [deal()])])
    other = trade_register(tmp_path / "b", [deal(), deal()])
    with pytest.raises(ProblemsError, match="file of other bytes .*--release NAME"):
        import_registers(target, [other])
    with pytest.raises(ProblemsError, match="c:7: Number ordered: '12x' is not a whole number"):  # damaged, not another one
        import_registers(target, [trade_register(tmp_path / "c", [deal(ordered="12x")])])
    assert rows_of(target, "SELECT count(*) FROM register_rows") == [(1,)]
    (done,) = import_registers(target, [other], name="all of them").imported
    assert done.id == "sipri-trade-register-all-of-them"
    with pytest.raises(ProblemsError, match="is there already, as sipri-trade-register-all-of-them"):
        import_registers(target, [other], name="once more")


def test_two_files_that_would_be_one_register_are_refused(target, tmp_path):
    paths = [trade_register(tmp_path / "a", [deal()]), trade_register(tmp_path / "b", [deal(), deal()])]
    with pytest.raises(ProblemsError, match="b: would be sipri-trade-register-2025-03-13, as .*a would"):
        import_registers(target, paths)
    assert rows_of(target, "SELECT count(*) FROM registers") == [(0,)]


def test_anything_wrong_in_one_file_leaves_out_all(target, tmp_path):
    good = trade_register(tmp_path / "a", [deal()] * 2_500)
    bad = deliveries(tmp_path / "b", [*[delivery()] * 2_500, delivery(status="Odd")])
    with pytest.raises(ProblemsError, match="b:2507: Status: 'Odd' was never seen"):
        import_registers(target, [good, bad])
    assert rows_of(target, "SELECT (SELECT count(*) FROM registers) + (SELECT count(*) FROM register_rows)") == [(0,)]
    assert check_database(target) == []  # the indexes that were away for the while are there again


def test_no_database_is_made_for_a_file_that_is_refused(new_target, tmp_path):
    with pytest.raises(ProblemsError):
        import_registers(new_target, [trade_register(tmp_path / "a", [deal(status="Odd")])])
    assert not new_target.path or not os.path.exists(new_target.path)
    (done,) = import_registers(new_target, [trade_register(tmp_path / "b", [deal()])]).imported
    assert done.is_new
    assert check_database(new_target) == []


def test_an_older_database_is_migrated_after_a_backup(tmp_path):
    from transfers.db import read_target
    from transfers.schema.upgrade import upgrade

    old = read_target(str(tmp_path / "old.db"))
    upgrade(old, "0004")
    report = import_registers(old, [trade_register(tmp_path / "a", [deal()])])
    assert any("the database before: " in note for note in report.notes)
    assert rows_of(old, "SELECT count(*) FROM register_rows") == [(1,)]


def test_a_register_is_taken_out_again_and_the_others_stay(target, tmp_path):
    import_registers(target, [trade_register(tmp_path / "a", [deal()]), deliveries(tmp_path / "b", [delivery()] * 3)])
    with pytest.raises(InputError, match="no register 'x'; there are: sipri-deliveries-2025-02-10-2020-2021, sipri-trade"):
        remove_register(target, "x")
    assert remove_register(target, "sipri-deliveries-2025-02-10-2020-2021") == 3
    assert rows_of(target, "SELECT id FROM registers") == [("sipri-trade-register-2025-03-13",)]
    assert rows_of(target, "SELECT DISTINCT register_id FROM register_rows") == [("sipri-trade-register-2025-03-13",)]
    assert rows_of(target, "SELECT DISTINCT register_id FROM register_years") == [("sipri-trade-register-2025-03-13",)]
    assert import_registers(target, [str(tmp_path / "b")]).imported[0].is_new


@pytest.mark.parametrize("stop", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_an_import_that_is_stopped_in_the_middle_leaves_nothing(sqlite_target, tmp_path, stop):
    path = trade_register(tmp_path / "a", [deal(designation=f"T-{number}") for number in range(60_000)])
    running = subprocess.Popen(
        [sys.executable, "-m", "transfers", "--db", sqlite_target.path, "import", "sipri", path], stderr=subprocess.DEVNULL,
    )
    journal, begun = Path(sqlite_target.path + "-journal"), time.monotonic()
    while not journal.exists() and running.poll() is None and time.monotonic() - begun < 60:
        time.sleep(0.002)
    time.sleep(0.05)
    running.send_signal(stop)
    assert running.wait(60) != 0, "it was done before it could be stopped"
    with writing(sqlite_target):
        pass
    assert rows_of(sqlite_target, "SELECT (SELECT count(*) FROM registers) + (SELECT count(*) FROM register_rows)") == [(0,)]
    assert check_database(sqlite_target) == []


@pytest.mark.skipif(not os.environ.get("TRANSFERS_REGISTERS"), reason="TRANSFERS_REGISTERS does not name the folder with the register files")
def test_the_real_excerpts_are_in_the_database_as_they_were_read(target):
    paths = sorted(str(path) for path in Path(os.environ["TRANSFERS_REGISTERS"]).glob("sipri-*"))
    report = import_registers(target, paths)
    assert sorted(done.rows for done in report.imported) == [1414, 2009, 2618]
    for done in report.imported:
        read = list(read_release(done.path))
        (found,) = rows_of(target, """SELECT count(*), sum(ordered), sum(delivered), sum(order_year_uncertain), sum(is_aid)
            FROM register_rows WHERE register_id = :id""", id=done.id)
        assert tuple(int(value or 0) for value in found) == (
            len(read), sum(row.ordered or 0 for row in read), sum(row.delivered or 0 for row in read),
            sum(row.order_year_uncertain for row in read), sum(row.is_aid for row in read),
        )
        values = rows_of(target, "SELECT tiv_delivered FROM register_rows WHERE register_id = :id", id=done.id)
        assert sum(Decimal(str(value)) for (value,) in values) == sum(Decimal(str(row.tiv_delivered)) for row in read)
    assert check_database(target) == []
