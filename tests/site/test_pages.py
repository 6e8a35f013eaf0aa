"""The pages say what the database says."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ElementTree
import zipfile
from collections import Counter

import pytest

from tests.site.conftest import ARTICLE, Site, ids, pages, rows
from tests.site.markup import Markup

HOME = "/-/transfers"


@pytest.fixture(scope="module", params=["real", "hard"])
def both(request: pytest.FixtureRequest) -> tuple[Site, str]:
    """The site of each database, with the file it serves."""
    real = request.param == "real"
    return request.getfixturevalue("site" if real else "hard_site"), request.getfixturevalue("real_copy" if real else "hard_copy")


def test_every_page_is_whole_and_needs_nothing_inline(both: tuple[Site, str]) -> None:
    site, path = both
    for url in pages(path):
        reply = site.get(url)
        assert reply.status_code == 200, url
        if not reply.headers["content-type"].startswith("text/html"):
            continue
        page = Markup(reply.text)
        assert page.errors == [], url
        known = page.ids()
        assert len(known) == len(set(known)), (url, [one for one in known if known.count(one) > 1][:5])
        for element in page.elements:
            assert "style" not in element.attributes, (url, element)
            assert not [name for name in element.attributes if name.startswith("on")], (url, element)
            assert element.name != "style", (url, element)
            if element.name == "script":
                assert "src" in element.attributes or element.attributes.get("type") == "application/json", (url, element)
            for name in ("href", "src", "action"):
                assert not element.attributes.get(name, "").lower().startswith(("javascript:", "data:", "//")), (url, element)
        assert page.named("html")[0].attributes["lang"] == "en"
        assert len(page.named("h1")) == 1, url
        assert path not in reply.text, url


def _kind(place: str) -> str:
    """What links differ in, but for the ids: two dozen of each kind are followed, and all that lead to a place in a page."""
    path, _, query = place.partition("?")
    return "/".join(path.split("/")[:3]) + "?" + "&".join(sorted(word.partition("=")[0] for word in query.split("&")))


@pytest.mark.slow
def test_every_link_inside_the_site_leads_somewhere(both: tuple[Site, str]) -> None:
    site, path = both
    seen: dict[str, str] = {}
    for url in pages(path):
        reply = site.get(url)
        if reply.headers["content-type"].startswith("text/html"):
            for link in Markup(reply.text).named("a"):
                href = link.attributes["href"]
                if href.startswith("#"):
                    assert href[1:] in Markup(reply.text).ids(), (url, href)
                elif not href.startswith("http"):
                    seen.setdefault(href, url)
    assert len(seen) > 50
    targets: dict[str, list[str]] = {}
    kinds: Counter[str] = Counter()
    for href, url in seen.items():
        place, _, fragment = href.partition("#")
        if place not in targets:
            kinds[_kind(place)] += 1
            if kinds[_kind(place)] > 24 and not fragment:
                continue
            reply = site.get(place)
            assert reply.status_code == 200, (url, href)
            targets[place] = Markup(reply.text).ids() if "html" in reply.headers["content-type"] else []
        if fragment and place.startswith(HOME):
            assert fragment in targets[place], (url, href)


def test_the_first_page_says_what_is_in_it_when_it_was_loaded_and_asks_five_questions(site: Site, real_copy: str) -> None:
    text = site.get(HOME).text
    page = Markup(text)
    for table in ("transfers", "claims", "meetings", "statements", "articles", "actors", "systems"):
        number = len(ids(real_copy, table))
        assert re.search(rf"<strong>{number}</strong> {table.removesuffix('s') if number == 1 else table}<", text), table
    loaded = rows(real_copy, "SELECT max(loaded_at) FROM loads")[0][0]
    assert page.named("time")[0].attributes["datetime"] == loaded
    assert text.count("<li><a", text.index('class="questions"'), text.index("</ol>")) == 5
    assert page.named("form")[0].attributes["action"] == f"{HOME}/search"


def test_search_finds_names_in_any_script_quotes_and_texts(site: Site) -> None:
    for text, found in (
        ("Герань-2", "Shahed-136"), ("shahed136", "Shahed-136"), ('"one-way attack drones"', "Russia"), ("Grynkewich", "Alexus"),
    ):
        reply = site.get(f"{HOME}/search", params={"q": text})
        assert reply.status_code == 200
        assert found in reply.text, text
    assert "Nothing was found" in site.get(f"{HOME}/search?q=zzzzzz").text
    assert site.get(f"{HOME}/search").status_code == 200
    assert site.get(f"{HOME}/search", params={"q": "x" * 5000}).status_code == 400
    assert site.get(f"{HOME}/search", params={"q": "***"}).status_code == 400


def test_a_claim_that_is_found_is_shown_in_its_article(site: Site) -> None:
    page = Markup(site.get(f"{HOME}/search", params={"q": '"hundreds of Iranian"'}).text)
    assert f"{HOME}/article/{ARTICLE}#c01" in [one.attributes["href"] for one in page.named("a")]


def test_what_is_not_there_is_404_with_a_way_back(site: Site) -> None:
    for path in ("nothing", "article/nothing", "article", "article/", "codebook/x", "static/nothing.css", "static/../plugin.py",
                 "article/a/b", "article/%3Cscript%3Ealert(1)%3C%2Fscript%3E"):
        reply = site.get(f"{HOME}/{path}")
        assert reply.status_code == 404, path
        assert "<script>alert" not in reply.text
        assert HOME in reply.text


def test_an_article_shows_its_whole_text_and_each_claim_with_its_words(both: tuple[Site, str]) -> None:
    site, path = both
    for id_, text in rows(path, "SELECT id, text FROM articles"):
        html = site.get(f"{HOME}/article/{id_}").text
        page = Markup(html)
        shown = re.sub(r"<a class=\"ref.*?</a>", "", html[html.index('<div class="words"'):html.index('</section>')])
        assert "".join(Markup(shown.split(">", 1)[1].rsplit("</div>", 1)[0]).text.split()) == "".join(text.split()), id_
        cards = {one.attributes["id"]: one for one in page.named("article")}
        for claim, summary in rows(path, "SELECT id, summary FROM claims WHERE article_id = ?", id_):
            assert claim.removeprefix(f"{id_}-") in cards
            assert " ".join(summary.split()) in " ".join(page.text.split())
        for quote, why in rows(path, "SELECT exact, note FROM evidence WHERE article_id = ?", id_):
            assert "".join(quote.split()) in "".join(page.text.split())
            assert why is None or "".join(why.split()) in "".join(page.text.split()), (id_, why)


def test_each_span_of_an_article_is_marked_where_it_stands(site: Site, real_copy: str) -> None:
    page = Markup(site.get(f"{HOME}/article/{ARTICLE}").text)
    marked = set()
    for mark in page.named("mark"):
        if "data-at" in mark.attributes:
            start, end = map(int, mark.attributes["data-at"].split())
            marked.update(range(start, end))
    spans = rows(real_copy, "SELECT start_char, end_char FROM evidence WHERE article_id = ? AND layer = 'text'", ARTICLE)
    assert marked == {place for start, end in spans for place in range(start, end)}


def test_an_article_says_what_is_inferred_and_how_its_review_stands(site: Site) -> None:
    text = site.get(f"{HOME}/article/{ARTICLE}").text
    assert 'class="basis inferred"' in text
    assert 'class="badge review accepted"' in text
    assert "Review of this record" in text


def test_a_claim_that_no_longer_counts_says_why(hard_site: Site, hard_copy: str) -> None:
    gone = rows(hard_copy, "SELECT id, article_id FROM claims WHERE id NOT IN (SELECT id FROM v_current_claims)")
    assert gone
    for _, article in gone:
        assert "No longer current" in hard_site.get(f"{HOME}/article/{article}").text


def test_the_codebook_has_every_table_column_and_word(site: Site) -> None:
    from transfers.models import Base
    from transfers.vocabulary import words

    page = Markup(site.get(f"{HOME}/codebook").text)
    codes = {one.text for one in page.named("code")}
    for table in Base.metadata.sorted_tables:
        assert table.name in page.ids(), table.name
        assert {column.name for column in table.columns} <= codes, table.name
    for name, listed in vars(words).items():
        if name.isupper() and isinstance(listed, tuple):
            assert set(listed) <= codes, name


def test_downloads_are_the_copy_and_its_tables(site: Site, real_copy: str) -> None:
    page = Markup(site.get(f"{HOME}/downloads").text)
    offered = [one.attributes["href"] for one in page.named("a") if "download" in one.attributes]
    files = ("transfers.db", "transfers-csv.zip", "transfers-parquet.zip", "transfers-datapackage.zip")
    assert offered == [f"{HOME}/download/{name}" for name in files]
    copy = site.get(offered[0])
    with open(real_copy, "rb") as file:
        assert copy.content == file.read()
    assert copy.headers["content-disposition"] == 'attachment; filename="transfers.db"'
    with zipfile.ZipFile(io.BytesIO(site.get(offered[1]).content)) as packed:
        assert packed.testzip() is None
        assert {"columns.csv", "v_transfers.csv", "claims.csv", "evidence.csv"} <= set(packed.namelist())
        assert "search_rows.csv" not in packed.namelist()
        lines = packed.read("v_transfers.csv").decode().splitlines()
    assert len(lines) == 1 + len(ids(real_copy, "transfers"))
    for name, inside in (("parquet", "v_transfers.parquet"), ("datapackage", "datapackage.json")):
        with zipfile.ZipFile(io.BytesIO(site.get(f"{HOME}/download/transfers-{name}.zip").content)) as packed:
            assert packed.testzip() is None
            assert inside in packed.namelist()
    assert site.get(f"{HOME}/download/passwd").status_code == 404


def test_the_feed_has_the_time_and_outcome_of_loads_and_nothing_else(site: Site, real_copy: str) -> None:
    reply = site.get(f"{HOME}/feed.atom")
    assert reply.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(reply.content)
    atom = "{http://www.w3.org/2005/Atom}"
    entries = feed.findall(f"{atom}entry")
    loads = rows(real_copy, "SELECT loaded_at, outcome FROM loads WHERE record_path LIKE 'data/records/%' ORDER BY id DESC")
    assert [entry.findtext(f"{atom}updated") for entry in entries] == [at for at, _ in loads]
    assert [str(entry.findtext(f"{atom}title")).split(":")[0].lower() for entry in entries] == [outcome for _, outcome in loads]
    every = [feed.findtext(f"{atom}id"), *(entry.findtext(f"{atom}id") for entry in entries)]
    assert len(every) == len(set(every))
    assert feed.findtext(f"{atom}updated") == rows(real_copy, "SELECT max(loaded_at) FROM loads")[0][0]


def test_static_files_have_their_type_and_are_kept_for_ever(site: Site) -> None:
    page = Markup(site.get(f"{HOME}/article/{ARTICLE}").text)
    files = [one.attributes["href"] for one in page.named("link")] + [one.attributes["src"] for one in page.named("script")]
    kinds = {site.get(one).headers["content-type"] for one in files if "/static/" in one}
    assert kinds == {"text/css; charset=utf-8", "text/javascript; charset=utf-8", "image/svg+xml"}
    for one in files:
        if "/static/" in one:
            assert "immutable" in site.get(one).headers["cache-control"]
            assert re.search(r"\?v=[0-9a-f]{12}$", one)


def test_ids_in_tables_lead_to_the_pages(site: Site) -> None:
    links = [one.attributes["href"] for one in Markup(site.get("/transfers/v_transfer_claims").text).named("a")]
    assert f"{HOME}/article/{ARTICLE}" in links
    assert f"{HOME}/transfer/iran-russia-shahed-136-supply" in links
    assert f"{HOME}/actor/iran" in links
    assert HOME in links
