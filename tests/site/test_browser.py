"""The site in a real browser: at a desk and on a phone, with and without scripts, by keyboard, in the dark and on paper."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.site.conftest import ARTICLE, DATASETTE, ids, pages
from tests.site.test_payloads import poison
from tests.site.test_serving import Server, needs_installed
from transfers.db import Target

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.slow, needs_installed,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]

HOME = "/-/transfers"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
SHOTS = os.environ.get("TRANSFERS_SHOTS")  # a folder to put pictures of the pages into


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_api.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def servers(real: Target, hard: Target, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Server]]:
    started = {
        name: Server(target.path, tmp_path_factory.mktemp(f"serving-{name}")) for name, target in (("real", real), ("hard", hard))
    }
    yield started
    for server in started.values():
        server.stop()


class Visit:
    """A page of a server in a window, with all that went wrong in it."""

    def __init__(self, context: BrowserContext, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}"
        self.faults: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("console", lambda message: message.type in ("error", "warning") and self.faults.append(
            f"{message.type}: {message.text} {message.location}"))
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("dialog", lambda dialog: (self.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        self.page.on("request", lambda request: request.url.startswith((self.base, "data:")) or self.faults.append(
            f"leaves the machine: {request.url}"))
        self.page.on("response", lambda reply: reply.status < 400 or self.faults.append(f"{reply.status}: {reply.url}"))

    def go(self, path: str) -> Page:
        """Go to a page of the site and wait until it is there."""
        self.page.goto(self.base + path, wait_until="load")
        return self.page


@pytest.fixture
def visit(browser: Browser, servers: dict[str, Server]) -> Iterator[Callable[..., Visit]]:
    opened: list[BrowserContext] = []

    def begin(name: str = "real", **options: Any) -> Visit:
        opened.append(browser.new_context(**{"viewport": WIDE, **options}))
        return Visit(opened[-1], servers[name].port)

    yield begin
    for context in opened:
        context.close()


def _of_each_kind(path: str, most: int) -> list[str]:
    """Some pages of each kind."""
    chosen: dict[str, list[str]] = {}
    for url in pages(path):
        if "feed" not in url:
            chosen.setdefault(url.removeprefix(HOME).split("/")[1] if url != HOME else "home", []).append(url)
    return [url for listed in chosen.values() for url in listed[:most]]


DATASETTES = ["/transfers", "/transfers/v_transfers", "/transfers/claims", f"/transfers/articles/{ARTICLE}", "/transfers/evidence/1",
              "/transfers/statements_of?speaker=", "/transfers/claims_on_a_system?system=Shahed",
              "/transfers?sql=select+1" if DATASETTE.startswith("0.") else "/transfers/-/query?sql=select+1"]


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("name", ["real", "hard"])
def test_our_pages_fit_ask_nobody_else_and_have_no_fault(
    name: str, size: dict[str, int], visit: Callable[..., Visit], request: pytest.FixtureRequest,
) -> None:
    window = visit(name, viewport=size)
    for url in _of_each_kind(request.getfixturevalue(f"{name}_copy"), 4):
        page = window.go(url)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], url
        if SHOTS:
            file = url.removeprefix(HOME).strip("/").replace("/", "_") or "home"
            page.screenshot(path=f"{SHOTS}/{name}-{file}-{size['width']}.png", full_page=True)
    assert window.faults == []


def test_datasettes_pages_fit_and_run_their_scripts_under_the_policy(visit: Callable[..., Visit]) -> None:
    for size in (WIDE, NARROW):
        window = visit(viewport=size)
        for url in [*DATASETTES, "/transfers/statements", "/transfers/v_transfer_claims"]:
            page = window.go(url)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], url
        assert window.faults == []
    page = visit().go("/transfers/claims")
    page.locator("th svg, .dropdown-menu-icon").first.click()  # made by a script of Datasette's
    assert page.locator(".dropdown-menu").first.is_visible()


@pytest.mark.skipif(DATASETTE.startswith("0."), reason="only Datasette 1 has the button")
def test_a_button_whose_script_stood_in_an_attribute_still_works(visit: Callable[..., Visit]) -> None:
    window = visit(viewport=NARROW)
    page = window.go("/transfers/claims")
    page.locator("button.choose-columns-mobile").click()
    assert page.locator("column-chooser, dialog[open]").first.is_visible()
    assert window.faults == []


# --- the article -----------------------------------------------------------------------------------------------------

def _in_view(page: Page, selector: str) -> bool:
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    assert page.viewport_size is not None
    return -1 <= box["y"] < page.viewport_size["height"]


def test_a_click_on_marked_words_leads_to_what_they_back(visit: Callable[..., Visit]) -> None:
    page = visit().go(f"{HOME}/article/{ARTICLE}")
    mark = page.locator("mark[data-of=c01]").first
    mark.click()
    page.wait_for_timeout(700)
    assert page.url.endswith("#c01")
    assert _in_view(page, ".backed#c01")
    assert page.evaluate("document.activeElement.id") == "c01"
    assert page.locator("mark.lit").count() > 0
    assert "Moscow has received hundreds" in "".join(page.locator("mark.lit").all_inner_texts())


def test_a_deep_link_shows_the_words_and_the_card_and_back(visit: Callable[..., Visit]) -> None:
    page = visit().go(f"{HOME}/article/{ARTICLE}#c08")
    page.wait_for_timeout(700)
    assert _in_view(page, ".backed#c08")
    assert _in_view(page, "mark.lit")
    assert page.evaluate("document.activeElement.id") == "c08"
    page.locator("#c08 .up").click()
    page.wait_for_timeout(700)
    assert page.url.endswith("#t-c08")
    assert _in_view(page, "mark.lit")


def test_without_scripts_everything_is_there_and_links_lead_to_it(visit: Callable[..., Visit], real_copy: str) -> None:
    window = visit(java_script_enabled=False)
    page = window.go(f"{HOME}/article/{ARTICLE}")
    text = page.locator(".words").inner_text()
    assert "Moscow has received hundreds of Iranian Shahed-136" in text
    for claim in ids(real_copy, "claims"):
        assert page.locator(f".backed#{claim.removeprefix(ARTICLE + '-')}").is_visible()
    page.locator("a.ref", has_text="c05").first.click()
    page.wait_for_timeout(700)
    assert page.url.endswith("#c05")
    assert _in_view(page, ".backed#c05")
    for url in _of_each_kind(real_copy, 1):
        assert len(window.go(url).locator("main").inner_text()) > 60, url
    assert window.faults == []


def test_on_paper_the_article_and_its_claims_stand_without_the_frame(visit: Callable[..., Visit]) -> None:
    page = visit().go(f"{HOME}/article/{ARTICLE}")
    page.emulate_media(media="print")
    assert not page.locator("header.top").is_visible()
    assert page.locator(".words").is_visible()
    assert page.locator(".backed").last.is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.backs')).overflowY") == "visible"
    if SHOTS:
        page.pdf(path=f"{SHOTS}/article.pdf")


def test_words_that_run_from_right_to_left_keep_their_direction(visit: Callable[..., Visit], hard_copy: str) -> None:
    article = next(id_ for id_ in ids(hard_copy, "articles") if "persian-remark" in id_ and id_.startswith("harbour"))
    window = visit("hard")
    page = window.go(f"{HOME}/article/{article}")
    assert page.locator(".words p").first.is_visible()
    system = window.go(f"{HOME}/search?q=شاهد")
    assert window.faults == []
    assert system.locator("main").is_visible()


# --- keyboard and screen reader --------------------------------------------------------------------------------------

def test_the_keyboard_alone_is_enough(visit: Callable[..., Visit]) -> None:
    page = visit().go(f"{HOME}/article/{ARTICLE}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("""() => {
          const one = document.activeElement, style = getComputedStyle(one);
          return [one.tagName, one.className, one.getAttribute("href"), style.outlineStyle, parseFloat(style.outlineWidth)];
        }"""))
    assert all(style != "none" and width >= 2 for *_, style, width in seen), seen
    assert any(name == "ref claim" for _, name, *_ in seen)
    index = next(place for place, one in enumerate(seen) if one[2] == "#c01")
    for _ in range(59 - index):
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    assert page.evaluate("document.activeElement.id") == "c01"


@pytest.mark.parametrize(("name", "scheme", "size"), [("real", "light", WIDE), ("real", "dark", NARROW), ("hard", "light", NARROW)])
def test_a_checker_for_accessibility_finds_nothing_serious(
    name: str, scheme: str, size: dict[str, int], visit: Callable[..., Visit], request: pytest.FixtureRequest,
) -> None:
    checker = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed").Axe()
    window = visit(name, viewport=size, color_scheme=scheme)
    found = [
        (url, fault["id"], [node["html"][:120] for node in fault["nodes"][:3]])
        for url in _of_each_kind(request.getfixturevalue(f"{name}_copy"), 1)
        for fault in checker.run(window.go(url)).response["violations"] if fault["impact"] in ("serious", "critical")
    ]
    assert found == []


# --- hostile words ---------------------------------------------------------------------------------------------------

def test_hostile_words_do_nothing_in_a_browser(hard: Target, browser: Browser, tmp_path: Path) -> None:
    live = tmp_path / "live.db"
    shutil.copyfile(hard.path, live)
    poison(live, all_columns=False)
    server = Server(str(live), tmp_path / "serving")
    try:
        context = browser.new_context(viewport=WIDE)
        window = Visit(context, server.port)
        for url in [*_of_each_kind(str(live), 2), "/transfers", "/transfers/claims", "/transfers/v_transfers", "/transfers/articles"]:
            window.go(url)
        assert window.faults == []
        context.close()
    finally:
        server.stop()


