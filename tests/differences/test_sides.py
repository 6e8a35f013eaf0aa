"""What can be compared: databases on both engines, canonical exports, registers in files and in databases."""

import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.differences.conftest import tell
from tests.differences.made_up import cells_of, write_register
from transfers.db import reading, writing
from transfers.differences import database_side, find_differences
from transfers.exports.canonical import as_canonical

HEAD_LINE = '{"format":"transfers-canonical-1","schema":"0005","texts":false}\n'


def url(target):
    return target.url or target.path


def write_canonical(target, path, **options):
    with reading(target) as connection:
        path.write_text("".join(f"{line}\n" for line in as_canonical(connection, **options)), encoding="utf-8")
    return path


def test_a_database_is_equal_to_itself_to_its_copy_and_to_its_export(diff, target, make_sqlite, tmp_path):
    tell(target)
    copy = tell(make_sqlite("copy.db"))
    for other in (url(target), copy.path, write_canonical(target, tmp_path / "a"), write_canonical(target, tmp_path / "b", with_texts=True)):
        for pair in ((url(target), other), (other, url(target))):
            code, out, err = diff(*pair)
            assert (code, err) == (0, "")
            assert "Nothing differs: " in out
            assert "Note" not in out


def test_the_engines_put_text_in_one_order(diff, sqlite_target, postgres_target):
    names = ["a-b", "ab", "a", "Z", "é", "𐍈", "ﬀ", "z", "_", "A B"]
    for target in (sqlite_target, postgres_target):
        tell(target)
        with writing(target) as connection, connection.transaction():
            for number, name in enumerate(names if target is sqlite_target else names[::-1]):
                connection.run("INSERT INTO identifiers (scheme, value, actor_id, source) VALUES ('sipri', :name, 'iran', 'made up')", {"name": name})
                assert number < len(names)
    assert diff(url(sqlite_target), url(postgres_target)).code == 0
    assert diff(url(postgres_target), url(sqlite_target)).code == 0


def test_what_is_new_gone_and_changed_between_two_databases(diff, target, make_sqlite):
    before, after = tell(make_sqlite("before.db")), tell(target, later=True)
    code, out, _ = diff(before.path, url(after), "--json")
    assert code == 1
    rows = [line for line in json.loads(out) if line["part"] == "row"]
    told = {(line["change"], line["table"], *line["key"].values()) for line in rows}
    assert ("removed", "transfers", "russia-syria-shahed-supply") in told
    assert ("added", "transfers", "russia-iran-shahed-136-supply") in told
    assert ("added", "meetings", "talks-1") in told
    (low,) = [line for line in rows if line["column"] == "quantity_low"]
    assert (low["key"], low["before"], low["after"], low["difference"]) == ({"id": "article-1-c01"}, 200, 300, 100)
    title = next(line for line in rows if line["table"] == "articles" and line["column"] == "title")
    assert (title["before"], title["after"]) == ("Drones for Russia", "Drones, again")
    added = next(line for line in rows if line["table"] == "meetings")
    assert added["after"]["title"] == "Talks [in Tehran]"


def test_a_database_is_compared_with_an_older_export(diff, target, tmp_path):
    tell(target)
    lines = write_canonical(target, tmp_path / "now").read_text(encoding="utf-8").splitlines()
    old = [json.loads(line) for line in lines if '"table":"actors"' not in line or '"id":"iran"' not in line]
    old[0]["schema"] = "0004"
    for line in old:
        line.pop("credibility", None)
    (tmp_path / "old").write_text("".join(json.dumps(line) + "\n" for line in old).replace('": ', '":').replace(', "', ',"'), encoding="utf-8")
    code, out, _ = diff(tmp_path / "old", url(target))
    assert code == 1
    assert "0 rows changed, 1 was added, 0 removed" in out
    assert "has it: claims.credibility." in " ".join(out.split())


def test_only_what_differs_is_told_with_ignore_and_rename(diff, make_sqlite, tmp_path):
    before, after = tell(make_sqlite("before.db")), tell(make_sqlite("after.db"))
    with writing(after) as connection, connection.transaction():
        connection.run("UPDATE articles SET coder = 'zz', byline = 'somebody'")
    assert diff(before.path, after.path, "--ignore", "coder", "--ignore", "articles.byline").code == 0
    (tmp_path / "map.csv").write_text("old,new\nab,zz\n")
    assert diff(before.path, after.path, "--ignore", "byline", "--rename", tmp_path / "map.csv").code == 0
    code, _, err = diff(before.path, after.path, "--ignore", "nothing", "--json")
    assert (code, err) == (1, "note: no table that was compared has a column 'nothing' to ignore\n")
    code, _, err = diff(before.path, after.path, "--ignore", "claims.id")
    assert (code, err) == (2, "error: claims.id cannot be ignored: rows are told apart by it\n")


def test_a_renamed_id_is_matched_although_it_changes_the_order(diff, make_sqlite, tmp_path):
    before, after = tell(make_sqlite("before.db")), tell(make_sqlite("after.db"))
    for target, name in ((before, "aaa"), (after, "zzz")):
        with writing(target) as connection, connection.transaction():
            connection.run("INSERT INTO topics (id, name) VALUES (:id, 'One')", {"id": name})
            connection.run("INSERT INTO topics (id, name) VALUES ('mmm', 'Two')")
    assert diff(before.path, after.path).code == 1
    (tmp_path / "map.csv").write_text("topics.id,aaa,zzz\n")
    assert diff(before.path, after.path, "--rename", tmp_path / "map.csv").code == 0


def test_two_connections_are_enough_for_python(target, make_sqlite):
    with reading(tell(make_sqlite("a.db"))) as one, reading(tell(target, later=True)) as other, one.snapshot(), other.snapshot():
        found = find_differences(database_side(one, "before"), database_side(other, "after"))
    assert (found.before, found.after, found.is_equal) == ("before", "after", False)
    assert found.names["actors"]["iran"] == "Iran"


def test_imported_registers_are_named_by_their_ids(diff, target, tmp_path):
    deals = [cells_of(number) for number in range(30)]
    first = write_register(tmp_path / "first.csv", deals)
    deals[3][8] = "1000"
    second = write_register(tmp_path / "second.csv", deals)
    import_registers(target, {"sipri-first": first, "sipri-second": second})
    code, out, err = diff("sipri-first", "sipri-second", "--db", url(target))
    assert (code, err) == (1, "")
    assert "1 row changed, 0 were added, 0 removed, 29 are equal." in out
    assert diff("sipri-first", first, "--db", url(target)).code == 0
    assert diff(first, "sipri-first", "--db", url(target)).code == 0
    code, out, err = diff("sipri-third", "sipri-first", "--db", url(target))
    assert (code, out) == (3, "")
    assert "there is no file sipri-third, and no register of this name in" in err
    assert "registers there: sipri-first, sipri-second" in err


def import_registers(target, files):
    from transfers.registers import read_release

    with writing(target) as connection, connection.transaction():
        for number, (id_, path) in enumerate(files.items()):
            rows = list(read_release(path))
            connection.run(
                "INSERT INTO registers (id, dataset, form, release, sha256, row_count, licence) "
                "VALUES (:id, 'sipri', 'trade_register', :id, :sha, :count, 'made up')",
                {"id": id_, "sha": f"{number:064}", "count": len(rows)},
            )
            connection.insert_many("register_rows", ["register_id", *rows[0]._fields], [(id_, *row) for row in rows])


def test_a_register_and_a_database_are_no_pair(diff, make_sqlite, tmp_path):
    register = write_register(tmp_path / "a.csv", [cells_of(1)])
    code, out, err = diff(register, tell(make_sqlite("a.db")).path)
    assert (code, out) == (2, "")
    assert "a register and a database have no rows in common" in err


@pytest.mark.parametrize(("content", "says"), [
    (b"", "is empty, or no plain file"),
    (b"SQLite format 3\0" + b"\0" * 200, "a.file is not a transfers database, or its first page is damaged"),
    (b"Some text\n", "a.file"),
    (b'{"format":"transfers-canonical-2"}\n', "a.file:1: is an export in a form that this program does not know"),
    (HEAD_LINE.replace("0005", "9999").encode(), "a.file:1: was written by a newer version of this program (schema 9999"),
    (HEAD_LINE[:-5].encode(), "a.file:1: is not a whole line"),
    ((HEAD_LINE + "{}\n").encode(), "a.file:2: there is no table None"),
    ((HEAD_LINE + "[1]\n").encode(), "a.file:2: is not a line of a canonical export"),
    ((HEAD_LINE + '{"table":"topics","id":"a"').encode(), "a.file:2: is not a whole line"),
    ((HEAD_LINE + '{"table":"topics","name":"a"}\n').encode(), "a.file:2: a row of topics lacks a part of its key (id)"),
    ((HEAD_LINE + '{"table":"topics","id":7}\n').encode(), "a.file:2: a cell is neither text nor a number where one has to be"),
    ((HEAD_LINE + '{"table":"topics","id":"a","name":["x"]}\n').encode(), "a.file:2: a cell is neither text nor a number"),
    ((HEAD_LINE + '{"table":"topics","id":"b"}\n{"table":"topics","id":"a"}\n').encode(), "a.file:3: the rows are not in order"),
    ((HEAD_LINE + '{"table":"topics","id":"b"}\n{"table":"topics","id":"b"}\n').encode(), "a.file:3: the rows are not in order, or one"),
    ((HEAD_LINE + '{"table":"topics","id":"b"}\n{"table":"topics","id":"c","x":1}\n').encode(), "a.file:3: the row has other columns"),
    ((HEAD_LINE + '{"table":"topics","id":"b"}\n{"table":"actors","id":"a"}\n').encode(), "a.file:3: the tables are not in order"),
    ((HEAD_LINE + "[" * 100_000 + "\n").encode(), "a.file:2: is not a whole line"),
    (HEAD_LINE.encode() + b'{"table":"topics","id":"\xff"}\n', "a.file:2: is not a whole line"),
])
def test_a_side_that_cannot_be_read_is_told_with_its_place(diff, tmp_path, make_sqlite, content, says):
    path = tmp_path / "a.file"
    path.write_bytes(content)
    good = make_sqlite("good.db").path
    for pair in ((path, good), (good, path)):
        code, out, err = diff(*pair)
        assert (code, out) == (3, "")
        assert says in err
        assert "Traceback" not in err


def test_sides_that_are_not_there_or_no_databases_of_ours(diff, tmp_path, make_sqlite):
    good = make_sqlite("good.db")
    for word, says in (
        (tmp_path / "nothing", "there is no file"), (tmp_path, "is a folder"), ("/dev/null", "no plain file"), ("/dev/zero", "no plain file"),
        ("postgresql://nobody@127.0.0.1:1/none", "cannot be reached"), (f"sqlite:///{tmp_path}/none.db", "there is no database at"),
    ):
        code, out, err = diff(word, good.path)
        assert (code, out) == (3, ""), word
        assert says in err
    assert diff("mysql://a/b", good.path).code == 2
    with writing(good) as connection, connection.transaction():
        connection.run("UPDATE alembic_version SET version_num = '0004'")
    code, _, err = diff(good.path, good.path)
    assert code == 3
    assert "run: transfers db upgrade" in err


def test_a_register_with_a_damaged_row_is_a_side_that_cannot_be_read(diff, tmp_path):
    good = write_register(tmp_path / "a.csv", [cells_of(number) for number in range(5)])
    bad = write_register(tmp_path / "b.csv", [cells_of(1), ["Norland", "Ostmark"], [*cells_of(2)[:2], "not a year", *cells_of(2)[3:]]])
    code, out, err = diff(good, bad)
    assert (code, out) == (3, "")
    assert "b.csv:6" in err


def test_an_export_can_come_through_a_pipe(target, tmp_path):
    tell(target)
    write_canonical(target, tmp_path / "a")
    shell = shutil.which("bash")
    if shell is None:
        pytest.skip("no bash on this machine")
    command = f"'{sys.executable}' -m transfers diff <(cat '{tmp_path}/a') <(cat '{tmp_path}/a')"
    done = subprocess.run([shell, "-c", command], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_neither_side_is_changed(diff, make_sqlite):
    before, after = tell(make_sqlite("before.db")), tell(make_sqlite("after.db"), later=True)
    held = [Path(target.path).read_bytes() for target in (before, after)]
    assert diff(before.path, after.path).code == 1
    assert [Path(target.path).read_bytes() for target in (before, after)] == held


def test_a_database_whose_pages_are_damaged_is_a_side_that_cannot_be_read(diff, make_sqlite):
    good, bad = tell(make_sqlite("good.db")), tell(make_sqlite("bad.db"))
    data = Path(bad.path).read_bytes()
    Path(bad.path).write_bytes(data[:40_960] + b"\xaa" * (len(data) - 40_960))
    code, out, err = diff(good.path, bad.path)
    assert (code, out) == (3, "")
    assert "bad.db is damaged" in err


def test_a_busy_database_ends_with_4(diff, make_sqlite, monkeypatch):
    monkeypatch.setenv("TRANSFERS_BUSY", "0.1")
    one, other = tell(make_sqlite("one.db")), tell(make_sqlite("other.db"))
    with sqlite3.connect(one.path, isolation_level=None) as driver:
        driver.execute("BEGIN EXCLUSIVE")
        code, out, err = diff(one.path, other.path)
        driver.execute("ROLLBACK")
    driver.close()
    assert (code, out) == (4, "")
    assert "in use by another process" in err
