"""Whatever stands in names, titles, quotes and notes is shown as text, on every page and in every picture."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.site.conftest import Site, pages, rows
from tests.site.markup import Markup
from transfers.db import Target

PAYLOADS = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</title></desc></svg><script>alert(2)</script>",
    "javascript:alert(3)", "{{ 7*7 }}{% raw %}", "' onload='alert(4)", "]]><!-- -->", "\u202eevil\u202c",
)


@pytest.fixture(scope="module")
def hostile_copy(hard: Target, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("hostile") / "transfers.db"
    shutil.copyfile(str(hard.path), path)
    connection = sqlite3.connect(path)
    for table, columns in (
        ("actors", ("name", "note", "source")), ("systems", ("name", "note", "source")), ("places", ("name", "note", "source")),
        ("meetings", ("title", "note")), ("transfers", ("note",)), ("claims", ("summary", "rank_reason", "attribution_text")),
        ("statements", ("summary", "speaker_as_described")), ("affiliations", ("title",)), ("articles", ("title",)),
        ("claim_actors", ("described_as",)),
    ):
        for column in columns:
            for row, in connection.execute(f"SELECT rowid FROM {table}").fetchall():
                connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ? AND ({column} IS NOT NULL OR ? = 'note')",
                                   (PAYLOADS[row % len(PAYLOADS)], row, column))
    for row, owner, id_ in connection.execute(
        "SELECT rowid, coalesce('actor:' || actor_id, 'system:' || system_id), id FROM aliases").fetchall():
        name = PAYLOADS[row % len(PAYLOADS)] + str(row)
        connection.execute("UPDATE aliases SET name = ?, lang = ?, id = ? WHERE rowid = ?", (name, name, f"{owner}:{name}", row))
        connection.execute("UPDATE evidence SET alias_id = ? WHERE alias_id = ?", (f"{owner}:{name}", id_))
    connection.commit()
    connection.close()
    return str(path)


def test_payloads_are_text_on_every_page(hostile_copy: str) -> None:
    site = Site([hostile_copy])
    try:
        for url in pages(hostile_copy):
            reply = site.get(url)
            if not reply.headers["content-type"].startswith("text/html"):
                continue
            assert reply.status_code == 200, url
            page = Markup(reply.text)
            assert page.errors == [], url
            for element in page.elements:
                assert element.name not in ("img", "iframe", "object"), (url, element)
                assert element.name != "script" or "src" in element.attributes or "alert" not in element.text, (url, element)
                assert not [name for name in element.attributes if name.startswith("on") or name == "style"], (url, element)
                assert not element.attributes.get("href", "").lower().startswith("javascript"), (url, element)
            assert "49{% raw" not in page.text, url
    finally:
        site.close()


def test_they_are_shown_and_not_swallowed(hostile_copy: str) -> None:
    site = Site([hostile_copy])
    try:
        for actor, name in rows(hostile_copy, "SELECT id, name FROM actors"):
            page = Markup(site.get(f"/-/transfers/actor/{actor}").text)
            assert name in page.text, actor
        network = Markup(site.get("/-/transfers/network").text)
        assert "<script>alert(1)</script>" in network.text
    finally:
        site.close()


def test_pictures_write_out_what_would_turn_the_text_around(hostile_copy: str, tmp_path: Path) -> None:
    site = Site([hostile_copy])
    try:
        text = site.get("/-/transfers/network").text
        picture = text[text.index("<svg"):text.index("</svg>")]
        assert "\u202e" not in picture
        assert "\\x202eevil" in picture
    finally:
        site.close()
