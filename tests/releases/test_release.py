"""Releases: the same bytes, files that fit together, and ids that keep their meaning from one to the next."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli_load.command import inside as transfers
from tests.exports.conftest import add_register
from tests.hard_cases.rows_as_lines import COLLECTION
from transfers.db import Connection, Target, read_target, reading, writing
from transfers.exports.canonical import as_canonical
from transfers.load import load_collection

pytest.importorskip("pyarrow", reason="the extra `export` is not installed")

Make = Callable[..., str]


@pytest.fixture(scope="module")
def loaded(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hard cases, to be copied."""
    path = tmp_path_factory.mktemp("released") / "hard.db"
    shutil.copyfile(sqlite_template, path)
    load_collection(COLLECTION, read_target(str(path)))
    return path


@pytest.fixture
def make(loaded: Path, tmp_path: Path) -> Make:
    """Make a copy of the hard cases with changes; its path."""

    def made(name: str, *changes: Callable[[Connection], None]) -> str:
        path = tmp_path / f"{name}.db"
        shutil.copyfile(loaded, path)
        path.chmod(0o640)
        change(read_target(str(path)), *changes)
        return str(path)

    return made


def change(target: Target, *changes: Callable[[Connection], None]) -> None:
    with writing(target) as connection, connection.transaction():
        for one in changes:
            one(connection)


def release(db: str, version: str, folder: Path, *more: str) -> str:
    """Write a release; stderr."""
    done = transfers("--db", db, "release", version, "-o", str(folder), *more)
    assert (done.code, done.out) == (0, ""), done.err
    return done.err


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def tombstones(folder: Path) -> list[dict[str, str]]:
    with open(folder / "tombstones.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def a_claim(db: str) -> tuple[str, str, str]:
    """A claim that is the only one on its transfer and that nothing points at, with transfer and article."""
    with reading(read_target(db)) as connection:
        rows = connection.rows(
            "SELECT c.id, c.transfer_id, c.article_id FROM claims c WHERE c.statement_id IS NULL AND c.id NOT IN "
            "(SELECT supersedes_id FROM claims WHERE supersedes_id IS NOT NULL) AND (SELECT count(*) FROM claims o "
            "WHERE o.transfer_id = c.transfer_id) = 1 ORDER BY c.id LIMIT 1"
        )
    return rows[0]


def without(claim: str, transfer: str = "") -> Callable[[Connection], None]:
    """Take a claim away, and the transfer that it alone speaks of."""

    def take(connection: Connection) -> None:
        for table, column in (("evidence", "claim_id"), ("claim_actors", "claim_id"), ("claim_systems", "claim_id"),
                              ("claim_topics", "claim_id"), ("claims", "id")):
            connection.run(f"DELETE FROM {table} WHERE {column} = :id", {"id": claim})
        connection.run("DELETE FROM search_rows WHERE owner_id = :id", {"id": claim})
        connection.run("DELETE FROM transfers WHERE id = :id", {"id": transfer})

    return take


def buried(claim: str, article: str, why: str) -> Callable[[Connection], None]:
    def bury(connection: Connection) -> None:
        connection.run("INSERT INTO removals (id, article_id, why) VALUES (:id, :article, :why)",
                       {"id": claim, "article": article, "why": why})

    return bury


def test_the_same_data_give_the_same_bytes(make: Make, tmp_path: Path) -> None:
    release(make("one"), "1.0", tmp_path / "one")
    release(make("two"), "1.0", tmp_path / "two")
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_another_history_and_another_engine_give_the_same_bytes(
    make: Make, make_postgres: Callable[..., Target], postgres_template: str, tmp_path: Path,
) -> None:
    # Rows written and taken away again leave other numbers and other pages.
    edited = make("edited", lambda connection: connection.run("UPDATE evidence SET id = id + 1000"))
    release(edited, "1.0", tmp_path / "one")
    server = make_postgres(postgres_template)
    load_collection(COLLECTION, server)
    release(server.url, "1.0", tmp_path / "two")
    ours, theirs = files(tmp_path / "one"), files(tmp_path / "two")
    assert [name for name in ours if ours[name] != theirs.get(name)] == []


def test_the_hash_of_every_file_is_listed(make: Make, tmp_path: Path) -> None:
    release(make("one"), "1.0", tmp_path / "one")
    found = files(tmp_path / "one")
    listed = dict(line.split("  ")[::-1] for line in found.pop("SHA256SUMS").decode().splitlines())
    assert listed == {name: hashlib.sha256(data).hexdigest() for name, data in found.items()}
    assert {"README.md", "CHANGELOG.md", "transfers.db", "canonical.jsonl", "tombstones.csv", "release.json", "csv/v_transfers.csv",
            "parquet/v_transfers.parquet", "datapackage/datapackage.json"} <= set(found)


def test_the_readme_says_how_to_cite(make: Make, tmp_path: Path) -> None:
    release(make("one"), "2.3", tmp_path / "one", "--date", "2030-05-01")
    text = (tmp_path / "one" / "README.md").read_text()
    digest = hashlib.sha256((tmp_path / "one" / "canonical.jsonl").read_bytes()).hexdigest()
    assert f"Release 2.3, 2030-05-01. SHA-256 of the data: {digest}" in text
    assert json.loads((tmp_path / "one" / "release.json").read_text())["source_sha256"] == digest


def test_the_database_in_it_is_sound_whole_and_says_the_same(make: Make, tmp_path: Path) -> None:
    release(make("one", add_register), "1.0", tmp_path / "one")
    path = tmp_path / "one" / "transfers.db"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for table in ("registers", "register_rows", "register_years", "loads", "loaded_files"):
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    with reading(read_target(str(path))) as connection:
        lines = "".join(f"{line}\n" for line in as_canonical(connection))
    assert lines == (tmp_path / "one" / "canonical.jsonl").read_text()
    for words in (("query",), ("search", "drones"), ("statements",), ("timeline",)):
        assert transfers("--db", str(path), *words).code == 0
    assert b"4600" not in b"".join(files(tmp_path / "one").values())


def test_texts_are_left_out_unless_asked_for(make: Make, tmp_path: Path) -> None:
    db = make("one")
    with reading(read_target(db)) as connection:
        canonical = "\n".join(as_canonical(connection))
        texts = [text for (text,) in connection.rows("SELECT text FROM articles")]
    # Of the words that stand in no quote: in files that are not packed, and in the free pages of the database.
    words = [text[at:at + 40].encode() for text in texts for at in range(0, len(text) - 40, 20) if text[at:at + 40] not in canonical]
    words = [one for one in words if b"\n" not in one and b'"' not in one]
    release(db, "1.0", tmp_path / "one")
    release(db, "1.0", tmp_path / "two", "--with-texts")
    assert not [one for one in words if any(one in data for data in files(tmp_path / "one").values())]
    assert words[0] in files(tmp_path / "two")["transfers.db"]
    assert words[0] in files(tmp_path / "two")["csv/articles.csv"]


def test_a_second_release_tells_what_changed(make: Make, tmp_path: Path) -> None:
    release(make("one"), "1.0", tmp_path / "one")
    claim, transfer, article = a_claim(make("look"))
    after = make("two", without(claim, transfer), buried(claim, article, "It was misread | <b>."))
    release(after, "1.1", tmp_path / "two", "--previous", str(tmp_path / "one"))
    text = (tmp_path / "two" / "CHANGELOG.md").read_text()
    assert "Since 1.0:" in text
    assert claim in text
    assert "misread" in text
    assert text.index("## 1.1") < text.index("## 1.0")
    assert "<b>" not in text
    assert tombstones(tmp_path / "two") == [
        {"kind": "claim", "id": claim, "removed_in": "1.1", "why": "It was misread | <b>."},
        {"kind": "transfer", "id": transfer, "removed_in": "1.1",
         "why": f"no claim speaks of it any more: {claim} was removed (It was misread | <b>.)"},
    ]
    release(after, "1.2", tmp_path / "three", "--previous", str(tmp_path / "two"))
    assert tombstones(tmp_path / "three") == tombstones(tmp_path / "two")
    assert "Nothing changed." in (tmp_path / "three" / "CHANGELOG.md").read_text()


def test_what_is_gone_without_a_reason_stops_a_release_and_is_listed(make: Make, tmp_path: Path) -> None:
    release(make("one"), "1.0", tmp_path / "one")
    claim, transfer, _ = a_claim(make("look"))
    after = make("two", without(claim, transfer))
    done = transfers("--db", after, "release", "1.1", "-o", str(tmp_path / "two"), "--previous", str(tmp_path / "one"))
    assert (done.code, done.out) == (1, "")
    assert f"claim {claim} is gone without a reason" in done.err
    assert f"transfer {transfer} is gone without a reason" in done.err
    assert not (tmp_path / "two").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".part")]
    reasons = tmp_path / "removed.csv"
    reasons.write_text(f"kind,id,why\nclaim,{claim},It was misread\n")
    release(after, "1.1", tmp_path / "two", "--previous", str(tmp_path / "one"), "--removed", str(reasons))
    assert [one["why"] for one in tombstones(tmp_path / "two")] == [
        "It was misread", f"no claim speaks of it any more: {claim} was removed (It was misread)",
    ]


def test_a_record_that_was_pruned_takes_one_reason(make: Make, tmp_path: Path) -> None:
    root = tmp_path / "collection"
    shutil.copytree(COLLECTION, root)
    target = read_target(str(root / "data" / "transfers.db"))
    load_collection(str(root), target)
    release(target.path, "1.0", tmp_path / "one")
    record = root / "data" / "records" / "2022" / "harbour-gazette-2022-10-10-through-minsk.yaml"
    record.unlink()
    assert transfers("load", "--prune", cwd=root).code == 0
    done = transfers("release", "1.1", "-o", str(tmp_path / "two"), "--previous", str(tmp_path / "one"), cwd=root)
    assert done.code == 1
    assert f"article {record.stem} is gone without a reason" in done.err
    reasons = tmp_path / "removed.csv"
    reasons.write_text(f"kind,id,why\r\narticle,{record.stem},\"The paper took it back, all of it\"\r\n")
    release(target.path, "1.1", tmp_path / "two", "--previous", str(tmp_path / "one"), "--removed", str(reasons))
    found = {one["id"]: one["why"] for one in tombstones(tmp_path / "two")}
    assert found[record.stem] == "The paper took it back, all of it"
    assert found[f"{record.stem}-c01"] == "its article was removed: The paper took it back, all of it"
    # It cannot come back under the id of what was removed.
    shutil.copyfile(Path(COLLECTION) / "data" / "records" / "2022" / record.name, record)
    assert transfers("load", cwd=root).code == 0
    done = transfers("release", "1.2", "-o", str(tmp_path / "three"), "--previous", str(tmp_path / "two"), cwd=root)
    assert done.code == 1
    assert f"article {record.stem} was removed in 1.1" in done.err


@pytest.mark.parametrize(("sql", "says"), [
    ("UPDATE actors SET name = 'Other', kind = 'company' WHERE id = 'iran'", "actor iran is something else than it was"),
    ("UPDATE systems SET name = 'Other', category = 'naval' WHERE id = 'drone'", "system drone is something else than it was"),
    ("UPDATE meetings SET title = 'Other', kind = 'summit'", "meeting "),
    ("UPDATE articles SET outlet_id = 'iran' WHERE id = (SELECT min(id) FROM articles)", "article "),
    ("UPDATE transfers SET episode = 'other' WHERE id = (SELECT min(id) FROM transfers)", "transfer "),
])
def test_an_id_that_stands_for_something_else_stops_a_release(sql: str, says: str, make: Make, tmp_path: Path) -> None:
    release(make("one"), "1.0", tmp_path / "one")
    after = make("two", lambda connection: connection.run(sql) and None)
    done = transfers("--db", after, "release", "1.1", "-o", str(tmp_path / "two"), "--previous", str(tmp_path / "one"))
    assert done.code == 1
    assert says in done.err
    assert "is something else than it was" in done.err


def test_a_claim_whose_words_and_event_are_others_stops_a_release(make: Make, tmp_path: Path) -> None:
    before = make("one")
    release(before, "1.0", tmp_path / "one")
    claim, transfer, _ = a_claim(before)

    def other(connection: Connection) -> None:
        connection.run("UPDATE claims SET transfer_id = (SELECT min(id) FROM transfers WHERE id <> :transfer) WHERE id = :id",
                       {"transfer": transfer, "id": claim})

    moved = make("moved", other, lambda connection: connection.run("DELETE FROM transfers WHERE id = :id", {"id": transfer}) and None)
    release(moved, "1.1", tmp_path / "two", "--previous", str(tmp_path / "one"))  # filed elsewhere: that is put right, not another claim
    assert [(one["kind"], one["id"]) for one in tombstones(tmp_path / "two")] == [("transfer", transfer)]
    assert f"{claim} now speaks of" in tombstones(tmp_path / "two")[0]["why"]

    def reworded(connection: Connection) -> None:
        connection.run("UPDATE evidence SET exact = upper(exact) WHERE claim_id = :id AND field = 'whole'", {"id": claim})

    done = transfers("--db", make("three", other, reworded), "release", "1.1", "-o", str(tmp_path / "three"), "--previous",
                     str(tmp_path / "one"))
    assert done.code == 1
    assert f"claim {claim} is something else than it was" in done.err


def test_a_merged_actor_is_a_tombstone_that_says_into_whom(make: Make, tmp_path: Path) -> None:
    def extra(connection: Connection) -> None:
        connection.run("INSERT INTO actors (id, name, kind) VALUES ('persia', 'Persia', 'state')")

    def merged(connection: Connection) -> None:
        connection.run("INSERT INTO former_ids (id, actor_id) VALUES ('persia', 'iran')")

    release(make("one", extra), "1.0", tmp_path / "one")
    release(make("two", merged), "1.1", tmp_path / "two", "--previous", str(tmp_path / "one"))
    assert tombstones(tmp_path / "two") == [{"kind": "actor", "id": "persia", "removed_in": "1.1", "why": "merged into iran"}]


@pytest.mark.parametrize("version", ["", "v1", "1.", "1..2", "1.0-beta", "../1", "１.０"])
def test_a_version_is_numbers_with_dots(version: str, make: Make) -> None:
    done = transfers("--db", make("one"), "release", version)
    assert (done.code, done.out) == (2, "")
    assert "is no version" in done.err


def test_versions_go_up(make: Make, tmp_path: Path) -> None:
    db = make("one")
    release(db, "1.9", tmp_path / "one")
    for version in ("1.9", "1.2", "0.99"):
        done = transfers("--db", db, "release", version, "-o", str(tmp_path / "two"), "--previous", str(tmp_path / "one"))
        assert done.code == 1
        assert "does not come after it" in done.err
    release(db, "1.10", tmp_path / "two", "--previous", str(tmp_path / "one"))


def test_a_release_that_was_changed_is_no_previous_one(make: Make, tmp_path: Path) -> None:
    db = make("one")
    release(db, "1.0", tmp_path / "one")
    with open(tmp_path / "one" / "canonical.jsonl", "a", encoding="utf-8") as file:
        file.write("\n")
    done = transfers("--db", db, "release", "1.1", "-o", str(tmp_path / "two"), "--previous", str(tmp_path / "one"))
    assert done.code == 1
    assert "was changed since it was written" in done.err
    (tmp_path / "nothing").mkdir()
    done = transfers("--db", db, "release", "1.1", "-o", str(tmp_path / "two"), "--previous", str(tmp_path / "nothing"))
    assert (done.code, "is no release" in done.err) == (1, True)
    done = transfers("--db", db, "release", "1.1", "-o", str(tmp_path / "two"), "--previous", str(tmp_path / "nowhere"))
    assert (done.code, "there is no" in done.err) == (1, True)


def test_a_database_can_stand_for_the_release_before(make: Make, tmp_path: Path) -> None:
    db = make("one")
    release(db, "1.0", tmp_path / "one", "--previous", make("before"))
    assert "Since before.db:" in (tmp_path / "one" / "CHANGELOG.md").read_text()


@pytest.mark.parametrize(("text", "says"), [
    ("", ":1: the first line"), ("id,why\n", ":1: the first line"), ("kind,id,why\nclaim,x\n", ":2: 2 cells"),
    ("kind,id,why\nclam,x,y\n", ":2: kind: 'clam' is none of"), ("kind,id,why\nclaim,x, \n", ":2: why: is empty"),
    ("kind,id,why\nclaim,x,y\nclaim,x,z\n", ":3: id: claim x stands there twice"), ('kind,id,why\nclaim,"x,y\n', "is not CSV"),
    ("kind,id,why\nclaim,x,y\n", "has a reason for its removal, but was not removed"),
])
def test_a_wrong_file_of_reasons_is_refused_with_its_line(text: str, says: str, make: Make, tmp_path: Path) -> None:
    db = make("one")
    release(db, "1.0", tmp_path / "one")
    reasons = tmp_path / "removed.csv"
    reasons.write_text(text)
    done = transfers("--db", db, "release", "1.1", "-o", str(tmp_path / "two"), "--previous", str(tmp_path / "one"), "--removed", str(reasons))
    assert (done.code, done.out) == (1, "")
    assert says in done.err
    assert not (tmp_path / "two").exists()


def test_nothing_is_written_over(make: Make, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    done = transfers("--db", make("one"), "release", "1.0", "-o", str(tmp_path / "one"))
    assert (done.code, "is there already" in done.err) == (1, True)
    assert list((tmp_path / "one").iterdir()) == []


@pytest.mark.parametrize("day", ["yesterday", "2030-02-30", "20300101"])
def test_a_date_is_a_day(day: str, make: Make) -> None:
    done = transfers("--db", make("one"), "release", "1.0", "--date", day)
    assert (done.code, "is no day" in done.err) == (2, True)


def test_a_database_without_rows_makes_a_release(sqlite_target: Target, tmp_path: Path) -> None:
    release(sqlite_target.path, "0.1", tmp_path / "one")
    assert "Without a date" in (tmp_path / "one" / "README.md").read_text()
