"""The copy that is served: of one moment, whole, at rest, and without the texts where it leaves the machine."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from pathlib import Path

import pytest

from tests.hard_cases.rows_as_lines import COLLECTION
from tests.site.conftest import ARTICLE, ids, rows
from transfers.db import Target, read_target, reading, writing
from transfers.errors import DatabaseError, TransfersError
from transfers.load import load_collection
from transfers.models import Base
from transfers.schema.head import APPLICATION_ID, require_head
from transfers.schema.views import views
from transfers.site.snapshot import LEFT_OUT, make_snapshot


def _all(path: str, table: str) -> list[tuple[object, ...]]:
    return sorted(rows(path, f"SELECT * FROM {table}"), key=repr)


def test_it_holds_all_rows_and_is_a_database_of_ours(real: Target, real_copy: str) -> None:
    for table in Base.metadata.sorted_tables:
        assert _all(real_copy, table.name) == _all(real.path, table.name), table.name
    with reading(read_target(real_copy)) as connection:
        require_head(connection)
        assert connection.rows("PRAGMA application_id") == [(APPLICATION_ID,)]
        assert connection.rows("PRAGMA journal_mode") == [("delete",)]
        assert connection.rows("PRAGMA integrity_check") == [("ok",)]
        assert connection.rows("SELECT count(*) > 0 FROM sqlite_stat1") == [(1,)]
    assert os.listdir(os.path.dirname(real_copy)) == ["transfers.db"]


@pytest.mark.parametrize("name", ["real", "hard"])
def test_its_views_are_tables_that_say_what_the_views_say(name: str, request: pytest.FixtureRequest) -> None:
    live, copy = request.getfixturevalue(name).path, request.getfixturevalue(f"{name}_copy")
    for view in views("sqlite"):
        assert rows(copy, "SELECT type FROM sqlite_schema WHERE name = ?", view) == [("table",)]
        assert _all(copy, view) == _all(live, view), view
        named = [[row[1] for row in rows(path, f"PRAGMA table_info({view})")] for path in (live, copy)]
        assert named[0] == named[1]


def test_every_sort_and_facet_has_an_index(real_copy: str) -> None:
    from transfers.site.metadata import tables

    for name, told in tables().items():
        led = {row[0] for row in rows(
            real_copy, f"SELECT i.name FROM pragma_index_list('{name}') l JOIN pragma_index_info(l.name) i ON i.seqno = 0")}
        assert {*told.get("facets", ()), *filter(None, [told.get("sort")])} <= led, name


def test_the_commands_read_it_like_any_other(real_copy: str, real: Target) -> None:
    from transfers.queries.pages import find_page
    from transfers.queries.search import find_texts

    for asked in (f"article:{ARTICLE}", "transfer:iran-russia-shahed-136-supply", "actor:iran"):
        with reading(read_target(real_copy)) as copy, reading(real) as live:
            assert find_page(copy, asked) == find_page(live, asked)
            assert find_texts(copy, "drones").rows == find_texts(live, "drones").rows


def test_it_cannot_be_loaded_into_because_its_tables_would_not_follow(hard_copy: str, tmp_path: Path) -> None:
    path = tmp_path / "copy.db"
    shutil.copyfile(hard_copy, path)
    collection = tmp_path / "collection"
    shutil.copytree(COLLECTION, collection)
    assert not load_collection(str(collection), read_target(str(path))).wrote
    record = next((collection / "data" / "records").rglob("*.yaml"))
    record.write_text(record.read_text(encoding="utf-8") + "# another byte\n", encoding="utf-8")
    with pytest.raises(TransfersError, match="copy made to be read"):
        load_collection(str(collection), read_target(str(path)))
    assert path.read_bytes() == Path(hard_copy).read_bytes()


def test_without_texts_nothing_of_them_is_in_the_file(real: Target, tmp_path: Path) -> None:
    path = make_snapshot(real, str(tmp_path), with_texts=False)
    text = rows(real.path, "SELECT text FROM articles")[0][0]
    quoted = rows(real.path, "SELECT start_char - 32, end_char + 32 FROM evidence WHERE layer = 'text'")
    covered = {place for start, end in quoted for place in range(max(0, start), end)}
    unquoted = "".join(character if place not in covered else "\0" for place, character in enumerate(text)).split("\0")
    long = [part for part in unquoted if len(part) > 24]
    assert long, "the article has a passage that no quote touches"
    data = Path(path).read_bytes()
    for part in long:
        assert part.encode() not in data
        assert " ".join(part.lower().replace("-", " ").replace(",", "").split()).encode() not in data
    assert text[:500].encode() not in data
    assert rows(path, "SELECT DISTINCT text, text_length FROM articles") == [(LEFT_OUT, len(LEFT_OUT))]
    assert rows(path, "SELECT count(*) FROM search_rows WHERE kind = 'article' AND field = 'text'") == [(0,)]
    assert _all(path, "evidence") == _all(real.path, "evidence")
    assert rows(path, "SELECT text_sha256 FROM articles") == rows(real.path, "SELECT text_sha256 FROM articles")
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]
    with writing(read_target(path)) as copy:
        copy.run("INSERT INTO search_rows_fts (search_rows_fts, rank) VALUES ('integrity-check', 1)")


def test_it_can_be_made_while_somebody_writes(real: Target, tmp_path: Path) -> None:
    live = tmp_path / "live.db"
    shutil.copyfile(real.path, live)
    with writing(read_target(str(live))) as writer, writer.transaction():
        writer.run("UPDATE actors SET note = 'half done'")
        path = make_snapshot(read_target(str(live)), str(tmp_path), with_texts=True)
    assert rows(path, "SELECT count(*) FROM actors WHERE note = 'half done'") == [(0,)]


def test_it_is_for_nobody_else_on_the_machine(real_copy: str) -> None:
    assert stat.S_IMODE(os.stat(real_copy).st_mode) == 0o640


def test_a_server_gives_the_same_copy_as_a_file(postgres_target: Target, hard_copy: str, tmp_path: Path) -> None:
    load_collection(COLLECTION, postgres_target)
    path = make_snapshot(postgres_target, str(tmp_path), with_texts=True)
    for table in Base.metadata.sorted_tables:
        numbers = {"evidence": "id", "loads": "id, loaded_at"}.get(table.name, "").split(", ")
        columns = ", ".join(column.name for column in table.columns if column.name not in numbers)
        sql = f"SELECT {columns} FROM {table.name}"
        assert sorted(rows(path, sql), key=repr) == sorted(rows(hard_copy, sql), key=repr), table.name
    for view in views("sqlite"):
        assert _all(path, view) == _all(hard_copy, view), view
    assert rows(path, "PRAGMA foreign_key_check") == []


def test_what_is_no_database_of_ours_is_refused_and_leaves_nothing(foreign: str, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    with pytest.raises(DatabaseError, match="not a transfers database"):
        make_snapshot(read_target(foreign), str(folder), with_texts=True)
    with pytest.raises(DatabaseError, match="there is no database"):
        make_snapshot(read_target(str(tmp_path / "missing.db")), str(folder), with_texts=True)
    assert list(folder.iterdir()) == []


def test_a_second_copy_takes_the_place_of_the_first(real: Target, hard: Target, tmp_path: Path) -> None:
    first = make_snapshot(real, str(tmp_path), with_texts=True)
    reader = sqlite3.connect(f"file:{first}?mode=ro", uri=True)
    assert make_snapshot(hard, str(tmp_path), with_texts=True) == first
    assert ARTICLE not in ids(first, "articles")
    assert reader.execute("SELECT id FROM articles").fetchall() == [(ARTICLE,)]  # who reads the old one goes on reading it
    reader.close()
