"""Search: the same rows on both engines, whatever is typed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest

from transfers.db import Connection, Target, reading
from transfers.errors import UsageError
from transfers.queries.search import find_texts
from transfers.queries.words import read_phrases

from .story import QUOTE, TEXT, written

PERSIAN = "به گزارش خبرگزاری، پهپاد شاهد ۱۳۶ می‌خواهد؛ سامانه S-400 و F-16 و 无人机攻击。" + " " + QUOTE


@pytest.fixture(scope="module")
def connection(shared_target: Target) -> Iterator[Connection]:
    with written(shared_target) as story:
        story.article("article-1", title="Drones for Russia")
        story.article("article-2", text=PERSIAN)
        a = story.transfer("iran", "russia", "shahed-136")
        story.claim("article-1", a, summary="Iran sent drones.")
        story.claim("article-1", a, rank="deprecated", rank_reason="misread", summary="Iran sent kites.")
        story.statement("article-1", "iran")
        story.insert("meetings", id="visit-1", title="A visit to Tehran", article_id="article-1")
        story.text("meeting", "visit-1", "article-1", "title", "A visit to Tehran")
    with reading(shared_target) as connection:
        yield connection


def hits(connection: Connection, text: str) -> list[tuple[str, str]]:
    return sorted((row["kind"], row["id"]) for row in find_texts(connection, text).dicts())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kites", [("claim", "article-1-c02")]),
        ("KITE", [("claim", "article-1-c02")]),
        ("drone", [
            ("article", "article-1"), ("article", "article-1"), ("article", "article-2"), ("claim", "article-1-c01"),
            ("claim", "article-1-c01"), ("claim", "article-1-c02"), ("statement", "article-1-s01"), ("system", "drone"),
        ]),
        ("shahed136 sent", [
            ("article", "article-1"), ("article", "article-2"), ("claim", "article-1-c01"), ("claim", "article-1-c02"),
            ("statement", "article-1-s01"),
        ]),
        ("Герань", [("system", "shahed-136")]),
        ("S-400", [("article", "article-2")]),
        ("s400", [("article", "article-2")]),
        ("F-16", [("article", "article-2")]),
        ("شاهد", [("article", "article-2")]),
        ("人机", [("article", "article-2")]),
        ('"visit to Tehran"', [("meeting", "visit-1")]),
        ('"Tehran visit"', []),
        ("Tehran visit", [("meeting", "visit-1")]),
        ('"drones for', [("article", "article-1")]),
        ("zzz", []),
        ("400 zzz", []),
    ],
)
def test_what_is_found(connection: Connection, text: str, found: list[tuple[str, str]]) -> None:
    assert hits(connection, text) == found


HOSTILE = [
    '"', '""', "*", "NEAR(", "NEAR(a b)", "AND", "OR", "NOT", "a AND", "name:x", "words:drone", "-x", "^deal", "a*b", "(", ")", "()",
    "{a}", "a:b", "'", "';--", "a' & 'b", "!a", "a|b", "<->", ":*", "\\", "\0", "a\0b", "\ud800", "%", "_", "é", "ﬁ", "①", "²", "x" * 1000,
    "\u202edrone", "dr\u00adone", "ڭ", "a " * 64,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_is_typed_is_a_command(connection: Connection, text: str) -> None:
    with suppress(UsageError):  # nothing but this may come out
        find_texts(connection, text)


def test_empty_and_endless_searches_are_refused() -> None:
    for text, says in (("", "is empty"), ("-- !", "is empty"), ("x" * 1001, "1,001 characters"), ("a " * 65, "65 words")):
        with pytest.raises(UsageError, match=says):
            read_phrases(text)


def test_phrases_are_cut_like_the_texts() -> None:
    assert read_phrases('S-400s "Iranian drones" Герань-2') == ["s 400 s", "iranian drones", "герань 2"]


def test_a_hit_says_where_in_the_article_it_stands(connection: Connection) -> None:
    texts = {"article-1": TEXT, "article-2": PERSIAN}
    for text in ("shahed 136", "sent", "drones"):
        rows = [row for row in find_texts(connection, text).dicts() if row["start_char"] is not None]
        assert rows
        for row in rows:
            words = texts[row["article"]][row["start_char"]:row["end_char"]].lower()
            assert words.replace("-", " ").startswith(text[:6])
            assert words in row["snippet"].lower()


def test_a_hit_is_called_by_what_it_is_about(connection: Connection) -> None:
    titles = {(row["kind"], row["id"]): row["title"] for row in find_texts(connection, "drone").dicts()}
    assert titles["claim", "article-1-c01"] == "Iran → Russia: Shahed-136 (supply)"
    assert titles["claim", "article-1-c02"] == "Iran → Russia: Shahed-136 (supply) [no longer current]"
    assert titles["article", "article-1"] == "Drones for Russia"
    assert titles["system", "drone"] == "Unmanned aircraft"


def test_kinds_and_the_limit_narrow_the_search(connection: Connection) -> None:
    assert {row["kind"] for row in find_texts(connection, "drone", kind=["claim", "system"]).dicts()} == {"claim", "system"}
    rows = find_texts(connection, "drone", limit=1)
    assert (len(rows), rows.more) == (1, True)
    assert next(rows.dicts())["kind"] == "system"  # names first
