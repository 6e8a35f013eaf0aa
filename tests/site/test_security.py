"""Who may ask, and what a browser may do with what it is sent."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from datasette import hookimpl
from datasette.plugins import pm
from markupsafe import Markup as Raw

from tests.site.conftest import ARTICLE, DATASETTE, Site
from tests.site.markup import Markup
from transfers.site import plugin

OURS = ("/-/transfers", f"/-/transfers/article/{ARTICLE}", "/-/transfers/nothing", "/-/transfers/feed.atom")
DATASETTES = (
    "/transfers", "/transfers/v_transfers", "/transfers/claims", f"/transfers/articles/{ARTICLE}", "/transfers/nothing",
    "/transfers/statements_of?speaker=", "/-/plugins", "/-/versions.json", "/transfers/claims.json", "/transfers/claims.csv",
)
QUERY = "/transfers" if DATASETTE.startswith("0.") else "/transfers/-/query"


@pytest.mark.parametrize("path", [*OURS, *DATASETTES])
def test_every_answer_is_guarded(site: Site, path: str) -> None:
    headers = site.get(path).headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["object-src"] == policy["base-uri"] == "'none'"
    assert not {"'unsafe-inline'", "'unsafe-eval'"} & set(policy["script-src"].split())
    assert policy["style-src"] == ("'self'" if path in OURS else "'self' 'unsafe-inline'")
    assert ("'nonce-" in policy["script-src"]) == (path in DATASETTES)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("path", ["/transfers", "/transfers/v_transfers", "/transfers/statements_of?speaker=", "/transfers/claims",
                                  f"/transfers/articles/{ARTICLE}"])
def test_each_script_of_datasettes_pages_has_the_nonce_and_nothing_else_runs(site: Site, path: str) -> None:
    seen = set()
    for _ in range(3):
        reply = site.get(path)
        nonce = re.search(r"'nonce-([^']+)'", reply.headers["content-security-policy"])
        assert nonce
        assert len(nonce[1]) >= 22
        seen.add(nonce[1])
        page = Markup(reply.text)
        assert page.named("script")
        for script in page.named("script"):
            assert script.attributes.get("nonce") == nonce[1], script
        assert [one for one in page.elements if any(name.startswith("on") for name in one.attributes)] == []
    assert len(seen) == 3


class _Leaking:
    """A plugin that shows a column as it is: what Datasette never does, and somebody's plugin may."""

    @hookimpl
    def render_cell(self, value: object, column: str) -> object:
        return Raw(value) if column == "leaked" else None


@pytest.fixture
def _leaking() -> Iterator[None]:
    one = _Leaking()
    _Leaking.__name__ = "leaking"
    pm.register(one, "leaking")
    yield
    pm.unregister(one)


@pytest.mark.usefixtures("_leaking")
def test_a_payload_that_comes_through_does_not_get_the_nonce(site: Site) -> None:
    payload = "<script>alert(document.domain)</script><script nonce='guess'>alert(2)</script>{{ csp_nonce() }}"
    reply = site.get(QUERY, params={"sql": "select :x as leaked", "x": payload})
    assert reply.status_code == 200
    nonce = re.search(r"'nonce-([^']+)'", reply.headers["content-security-policy"])
    assert nonce
    leaked = [one for one in Markup(reply.text).named("script") if "alert(" in one.text]
    assert len(leaked) == 2  # it came through, and the browser is told not to run it
    for script in leaked:
        assert script.attributes.get("nonce") != nonce[1]
    assert "{{ csp_nonce() }}" in reply.text


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8001", "127.0.0.1.evil.example", "localhost.evil", "", "[::2]:8001"])
def test_another_name_of_the_site_is_refused(make_site: Callable[..., Site], real_copy: str, host: str) -> None:
    site = make_site(real_copy, hosts=["127.0.0.1", "localhost", "[::1]"])
    for path in ("/-/transfers", "/transfers/claims.json", "/"):
        reply = site.get(path, headers={"host": host, "origin": "https://evil.example"})
        assert reply.status_code == 421
        assert "access-control-allow-origin" not in reply.headers
        assert "Iran" not in reply.text


@pytest.mark.parametrize("host", ["127.0.0.1:8001", "localhost", "LOCALHOST:80", "[::1]:8001"])
def test_its_own_names_are_answered(make_site: Callable[..., Site], real_copy: str, host: str) -> None:
    site = make_site(real_copy, hosts=["127.0.0.1", "localhost", "[::1]"])
    assert site.get("/-/transfers", headers={"host": host}).status_code == 200


def test_the_first_page_of_the_site_is_ours_where_it_was_started_for_ours(make_site: Callable[..., Site], real_copy: str) -> None:
    reply = make_site(real_copy, first=True).get("/")
    assert reply.status_code == 302
    assert reply.headers["location"] == "/-/transfers"
    assert make_site(real_copy).get("/").status_code == 200


ATTACKS = (
    "insert into actors (id, name, kind) values ('x', 'x', 'state')", "drop table claims", "update claims set summary = 'x'",
    "delete from claims", "attach database '/tmp/stolen.db' as stolen", "vacuum into '/tmp/stolen.db'", "pragma query_only = off",
    "pragma writable_schema = on", "select 1; drop table claims", "with x as (select 1) insert into topics (id, name) select 'a', 'b'",
    "select load_extension('/tmp/x.so')", "select readfile('/etc/passwd')", "select writefile('/tmp/stolen.db', 'x')",
    "create table stolen (x)", "select edit('x', 'sh')", "create trigger t after insert on loads begin select 1; end",
    "explain delete from claims",
)


@pytest.mark.parametrize("sql", ATTACKS)
def test_sql_reaches_nothing_but_these_rows(site: Site, real_copy: str, sql: str) -> None:
    before = hashlib.sha256(Path(real_copy).read_bytes()).hexdigest()
    reply = site.get(QUERY + ".json", params={"sql": sql, "_shape": "array"})
    if reply.status_code == 200:
        assert sql.startswith("explain")  # which tells the steps and takes none
    assert hashlib.sha256(Path(real_copy).read_bytes()).hexdigest() == before
    assert not Path("/tmp/stolen.db").exists()
    assert "root:" not in reply.text


def test_nothing_tells_where_the_file_is(site: Site, real_copy: str) -> None:
    for path in ("/-/databases", "/-/databases.json", "/-/metadata.json", "/-/plugins.json", "/-/versions.json", "/-/settings.json",
                 "/-/config.json", "/-/threads.json", "/transfers.json", "/-/actor.json", "/.json", "/transfers.db"):
        assert str(Path(real_copy).parent) not in site.get(path).text, path
    for sql in ("select * from pragma_database_list", "select file from pragma_database_list where name = 'main'"):
        reply = site.get(QUERY + ".json", params={"sql": sql})
        assert reply.status_code == 400
        assert str(Path(real_copy).parent) not in reply.text
    assert site.get("/transfers.db").status_code in (403, 404)


BOMBS = (
    "select length(hex(zeroblob(400000000)))",
    "select zeroblob(4900000)" + ", zeroblob(4900000)" * 90,
    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 500) select printf('%.*c', 4900000, 'x') from n",
    "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n",
    "with recursive n(x) as (select 'ab' union all select x || x from n limit 40) select x from n",
    "select group_concat(hex(randomblob(1000000))) from evidence",
    "select " + ", ".join(["1"] * 200),
)


@pytest.mark.parametrize("sql", BOMBS)
def test_a_bomb_is_refused_as_a_bad_request(site: Site, sql: str) -> None:
    assert site.get(QUERY + ".json", params={"sql": sql}).status_code == 400


def test_ordinary_answers_are_not_taken_for_bombs(site: Site) -> None:
    for _ in range(40):  # the weight of an answer does not stay with the connection
        reply = site.get(QUERY + ".json", params={"sql": "select printf('%.*c', 900000, 'x') as x", "_shape": "array"})
        assert reply.status_code == 200


def test_posting_changes_nothing(make_site: Callable[..., Site], real_copy: str) -> None:
    site = make_site(real_copy, first=True)
    for path in ("/transfers/claims/-/insert", "/transfers/-/create", "/transfers/claims/-/drop", "/transfers/-/execute-write"):
        assert site.post(path, json={"row": {"id": "x"}}).status_code in (400, 403, 404, 405)


def test_a_request_that_fails_is_logged_without_what_was_in_it(
    make_site: Callable[..., Site], real_copy: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    from datasette import handle_exception

    class Telltale:
        def get_console(self) -> object:
            raise AssertionError("rich was asked to print local variables")

    monkeypatch.setattr(handle_exception, "rich", Telltale())
    site = make_site(real_copy, first=True)
    assert site.get("/transfers/nothing", headers={"authorization": "Bearer secret"}).status_code == 404
    assert "secret" not in "".join(capsys.readouterr())


# --- other people's databases ----------------------------------------------------------------------------------------

def test_beside_somebody_elses_database_ours_has_its_pages_and_theirs_is_left_alone(
    make_site: Callable[..., Site], real_copy: str, foreign: str,
) -> None:
    site = make_site(foreign, real_copy)
    assert site.get("/-/transfers").status_code == 200
    for path in ("/-/transfers", "/transfers", "/transfers/claims", "/transfers.json"):
        assert "content-security-policy" in site.get(path).headers
    for path in ("/", "/recipes", "/recipes/recipes", "/recipes/recipes/1"):
        reply = site.get(path)
        assert reply.status_code == 200
        assert "content-security-policy" not in reply.headers
        assert "/-/transfers/article/bread" not in reply.text
    assert site.get("/-/databases.json").status_code == 200


def test_without_a_database_of_ours_nothing_is_there(make_site: Callable[..., Site], foreign: str) -> None:
    site = make_site(foreign, first=True)
    for path in ("/-/transfers", "/-/transfers/article/x", "/-/transfers/static/site.css"):
        assert site.get(path).status_code == 404
    for path in ("/", "/recipes", "/recipes/recipes"):
        reply = site.get(path)
        assert reply.status_code == 200
        assert "content-security-policy" not in reply.headers
        assert "Reading room" not in reply.text
        assert "/-/transfers" not in re.sub(r"/-/transfers(/downloads)?\"", "", reply.text)
    assert site.get("/recipes.json", params={"sql": "select 1"}).status_code in (200, 302)


def test_a_database_below_head_has_no_pages(make_site: Callable[..., Site], tmp_path: Path, real_copy: str) -> None:
    import shutil
    import sqlite3

    path = str(tmp_path / "old.db")
    shutil.copyfile(real_copy, path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    connection.close()
    site = make_site(path)
    assert site.get("/-/transfers").status_code == 404
    assert site.get("/old/claims").status_code == 200


def test_the_plugin_is_found_by_its_entry_point() -> None:
    from importlib.metadata import entry_points

    found = [one for one in entry_points(group="datasette") if one.name == "transfers"]
    if not found:
        pytest.skip("the package is not installed here, only on the path")
    assert found[0].load() is plugin
