"""Hostile words in every column, on every page: they come out as words."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.site.conftest import Site, pages
from tests.site.markup import Markup
from transfers.models import Base

PAYLOADS = (
    "<script>alert('xssm')</script>",
    "\"><img src=x onerror=alert('xssm')>",
    "'><svg/onload=alert('xssm')>",
    "</title><script>alert('xssm')</script>",
    "</textarea></style></script><xssm>",
    "<a href=\"javascript:alert('xssm')\">xssm</a>",
    "javascript:alert('xssm')//http://x",
    "data:text/html,<script>alert('xssm')</script>",
    "{{ 7001 * 7001 }}{% raw %}xssm",
    "<!--xssm--><![CDATA[xssm",
    "&lt;script&gt;xssm&#60;xssm&#62;",
    "' onmouseover='alert(\"xssm\")' x='",
    "\u202e\u2066xssm\u200f‏ &\"'<>`=/",
    "]]><xssm/>",
)
# Keys, hashes, dates and words of closed lists are left as they are in the first round: no page would show anything else.
_KEPT = ("_sha256", "_earliest", "_latest", "_edtf", "_on", "_from", "_to", "_at", "_norm")


def _is_free(table: str, column: str) -> bool:
    """Whether people write what they like into a column."""
    made = Base.metadata.tables[table]
    checked = any(str(check.name or "").endswith(f"{column}_in_list") for check in made.constraints)
    key = made.columns[column].primary_key or bool(made.columns[column].foreign_keys) or column.endswith("_id")
    return not (checked or key or column.endswith(_KEPT) or column in ("layer", "words", "country_code", "version_num"))


def poison(path: Path, *, all_columns: bool) -> None:
    """Add a payload to what stands in every text column, each row another one."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    number = 0
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if str(column.type) != "TEXT" or table.name in ("loaded_files", "search_rows"):
                continue
            keyed = column.primary_key or column.foreign_keys or column.name.endswith("_id")
            if keyed or not (all_columns or _is_free(table.name, column.name)):
                continue
            for rowid, value in connection.execute(f"SELECT rowid, {column.name} FROM {table.name}").fetchall():
                if value is None and column.name == "quantity_text":
                    continue  # a number without its unit is no number, and the database has none
                number += 1
                connection.execute(
                    f"UPDATE {table.name} SET {column.name} = ? WHERE rowid = ?",
                    (f"{value or ''}{PAYLOADS[number % len(PAYLOADS)]}", rowid),
                )
    connection.execute("UPDATE articles SET text_length = length(text)")
    connection.commit()
    connection.close()


def _require_harmless(url: str, text: str) -> None:
    for element in Markup(text).elements:
        told = f"{url}: {element!r}"
        assert element.name != "xssm", told
        assert not (element.name in ("img", "svg") and ("onload" in element.attributes or "onerror" in element.attributes)), told
        for name, value in element.attributes.items():
            assert "xssm" not in name, told
            assert not (name.startswith("on") and "xssm" in value), told
            if name in ("href", "src", "action", "formaction"):
                assert not value.strip().lower().startswith(("javascript:", "data:", "vbscript:")), told
        if element.name == "script" and element.attributes.get("type") != "application/json":
            assert "alert('xssm')" not in element.text.replace("\\u0027", "\0"), told
    assert "49014001" not in text, url


@pytest.fixture
def poisoned(hard_copy: str, tmp_path: Path) -> Path:
    path = tmp_path / "transfers.db"
    shutil.copyfile(hard_copy, path)
    return path


def _datasettes_pages() -> list[str]:
    from transfers.site.questions import QUESTIONS
    from transfers.site.view_columns import VIEWS

    names = [*Base.metadata.tables, *VIEWS]
    return ["/transfers", *(f"/transfers/{name}" for name in names if name != "search_rows"),
            *(f"/transfers/{name}?speaker=&supplier=&recipient=&system=" for name in QUESTIONS)]


def test_free_text_is_text_on_every_page(poisoned: Path, make_site: Callable[..., Site]) -> None:
    poison(poisoned, all_columns=False)
    site = make_site(str(poisoned))
    seen = ""
    for url in pages(str(poisoned)):
        reply = site.get(url)
        assert reply.status_code == 200, url
        if reply.headers["content-type"].startswith("text/html"):
            _require_harmless(url, reply.text)
            assert Markup(reply.text).errors == [], url
            seen += reply.text
    for url in _datasettes_pages():
        reply = site.get(url)
        assert reply.status_code == 200, url
        _require_harmless(url, reply.text)
    assert "&lt;script&gt;alert(&#39;xssm&#39;)&lt;/script&gt;" in seen  # the words did arrive
    ElementTree.fromstring(site.get("/-/transfers/feed.atom").content)


@pytest.mark.slow
def test_even_what_the_database_would_refuse_is_text(poisoned: Path, make_site: Callable[..., Site]) -> None:
    poison(poisoned, all_columns=True)
    site = make_site(str(poisoned))
    # Where all names are the same word, everything joins everything, and a page of a transfer is given up after a second.
    ours = [url for number, url in enumerate(pages(str(poisoned))) if "/transfer/" not in url or number % 8 == 0]
    for url in [*ours, *_datasettes_pages()]:
        reply = site.get(url)
        if "html" in reply.headers["content-type"]:
            _require_harmless(url, reply.text)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_is_asked_comes_back_as_text(site: Site, payload: str) -> None:
    for url in ("/-/transfers/search", "/-/transfers/article/x", "/transfers/statements_of", "/transfers/claims_on_a_system"):
        reply = site.get(url, params={"q": payload, "speaker": payload, "system": payload, payload: payload})
        assert reply.status_code in (200, 400, 404)
        _require_harmless(url, reply.text)
    from urllib.parse import quote

    reply = site.get(f"/-/transfers/article/{quote(payload, safe='')}")
    assert reply.status_code == 404
    _require_harmless("article", reply.text)
