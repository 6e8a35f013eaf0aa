"""The other lists: actors, systems, meetings, statements, articles, the timeline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from transfers.db import Connection, Target, reading
from transfers.errors import InputError, UsageError
from transfers.queries import Rows
from transfers.queries.articles import find_articles
from transfers.queries.meetings import find_meetings
from transfers.queries.registry import find_actors, find_systems
from transfers.queries.statements import find_statements
from transfers.queries.timeline import find_timeline

from .story import QUOTE, TEXT, written


@pytest.fixture(scope="module")
def connection(shared_target: Target) -> Iterator[Connection]:
    with written(shared_target) as story:
        story.actor("person-a", "A. Person", kind="person", country_code="RU")
        story.actor("herald", kind="media")
        story.insert("places", id="tehran", name="Tehran", country_code="IR")
        story.article("article-1", title="Drones for Russia", published="2022-10-01")
        story.article("article-2", outlet="herald", published=None)
        story.article("article-3", published="2023-05", status="retracted", status_note="made up")
        story.insert("reviews", article_id="article-1")
        story.insert("meetings", id="visit-1", title="Visit to Tehran", place_id="tehran", article_id="article-1")
        story.insert("meetings", id="visit-2", title="Visit elsewhere", article_id="article-1")
        story.text("meeting", "visit-2", "article-1", "title", "Visit elsewhere")
        claim = story.claim("article-1", "visit-1", meeting=True, date="2022-09-20", summary="He came to Tehran.")
        story.insert("claim_actors", claim_id=claim, actor_id="person-a", role="visitor", described_as="the minister")
        story.insert("claim_actors", claim_id=claim, actor_id="iran", role="host")
        story.insert("claim_systems", claim_id=claim, system_id="shahed-136", role="viewed")
        again = story.claim("article-2", "visit-1", meeting=True)
        story.insert("claim_actors", claim_id=again, actor_id="person-a", role="visitor")
        story.claim("article-2", "visit-2", meeting=True)
        story.insert(
            "affiliations", id="minister-a", actor_id="person-a", target_id="russia", kind="post", title="Minister", in_registry=0,
        )
        story.insert("affiliations", id="syria-after-iran", actor_id="syria", target_id="iran", kind="successor_of", source="made up")
        story.statement("article-1", "person-a", date="2022-09-21", affiliation_id="minister-a", meeting_id="visit-1")
        story.statement("article-2", "iran")
        story.statement("article-3", "iran")
        a = story.transfer("iran", "russia", "shahed-136")
        story.claim("article-1", a, date="2022-09")
        story.claim("article-2", a, date="2022-09")
        story.claim("article-2", a)
        story.claim("article-2", a, stance="denied", denies="event", date="2020")
        story.claim("article-3", a, date="2021")
    with reading(shared_target) as connection:
        yield connection


def ids(rows: Rows, column: str = "id") -> list[Any]:
    return [row[column] for row in rows.dicts()]


def test_actors_and_systems_come_with_their_names(connection: Connection) -> None:
    rows = find_actors(connection)
    assert rows.columns == ("id", "name", "kind", "country_code", "aliases")
    assert ids(rows) == ["gazette", "herald", "iran", "person-a", "russia", "syria"]
    assert ids(find_actors(connection, kind=["person", "media"], limit=2)) == ["gazette", "herald"]
    rows = find_systems(connection, system=["shahed"])
    assert list(rows.dicts()) == [
        {"id": "shahed", "name": "Shahed", "level": "family", "category": "uav", "parent": "drone", "aliases": []},
        {"id": "shahed-136", "name": "Shahed-136", "level": "model", "category": "uav", "parent": "shahed",
         "aliases": ["Geran-2", "Shahed 136", "Герань-2"]},
    ]
    assert ids(find_systems(connection, category=["armour"])) == []


def test_lists_by_actor_take_predecessors_when_asked(connection: Connection) -> None:
    """Syria takes the place of Iran in this story."""
    assert ids(find_actors(connection, actor=["syria"])) == ["syria"]
    assert ids(find_actors(connection, actor=["syria"], include_predecessors=True)) == ["iran", "syria"]
    assert ids(find_meetings(connection, actor=["syria"], include_predecessors=True)) == ["visit-1"]
    both = set(ids(find_timeline(connection, actor=["syria"], include_predecessors=True)))
    assert both == set(ids(find_timeline(connection, actor=["syria"]))) | set(ids(find_timeline(connection, actor=["iran"])))


def test_a_meeting_comes_with_who_took_part_and_what_was_shown(connection: Connection) -> None:
    rows = find_meetings(connection)
    assert next(rows.dicts()) == {
        "id": "visit-1", "kind": "visit", "title": "Visit to Tehran", "place": "tehran", "place_name": "Tehran", "country": "IR",
        "date_text": "then", "date_edtf": "2022-09-20", "date_earliest": "2022-09-20", "date_latest": "2022-09-20",
        "participants": [
            {"actor": "person-a", "name": "A. Person", "role": "visitor", "described_as": "the minister"},
            {"actor": "iran", "name": "Iran", "role": "host", "described_as": None},
        ],
        "systems": [{"system": "shahed-136", "role": "viewed"}], "articles": 2,
    }
    assert ids(rows) == ["visit-1", "visit-2"]


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ({"actor": ["A. Person"]}, ["visit-1"]),
        ({"actor": ["syria"]}, []),
        ({"place": ["Tehran"]}, ["visit-1"]),
        ({"kind": ["talks"]}, []),
        ({"since": "2022-09-20", "until": "2022-09-20"}, ["visit-1", "visit-2"]),
        ({"about": "elsewhere"}, ["visit-2"]),
        ({"about": "came tehran"}, ["visit-1"]),
        ({"limit": 1}, ["visit-1"]),
    ],
)
def test_meetings_are_filtered(connection: Connection, wanted: dict[str, Any], kept: list[str]) -> None:
    assert ids(find_meetings(connection, **wanted)) == kept


def test_an_unknown_place_offers_the_nearest(connection: Connection) -> None:
    with pytest.raises(InputError, match="no place goes by 'Teheran'; did you mean tehran"):
        find_meetings(connection, place=["Teheran"])


def test_a_statement_comes_with_the_post_and_the_exact_words(connection: Connection) -> None:
    rows = find_statements(connection)
    assert ids(rows) == ["article-1-s01", "article-2-s01"]
    first = next(rows.dicts())
    assert first == {
        "id": "article-1-s01", "speaker": "person-a", "speaker_name": "A. Person", "described_as": "the official",
        "role_title": "Minister", "form": "direct", "quote": QUOTE, "summary": "He says so.", "lang": "en", "via": None,
        "meeting": "visit-1", "date_earliest": "2022-09-21", "date_latest": "2022-09-21", "article": "article-1",
        "start_char": TEXT.index(QUOTE), "end_char": TEXT.index(QUOTE) + len(QUOTE),
    }


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ({"speaker": ["iran"]}, ["article-2-s01"]),
        ({"outlet": ["herald"]}, ["article-2-s01"]),
        ({"since": "2022-10"}, ["article-2-s01"]),
        ({"until": "2022-09"}, ["article-1-s01", "article-2-s01"]),
        ({"about": '"200 Shahed-136"'}, ["article-1-s01", "article-2-s01"]),
        ({"about": "nobody"}, []),
        ({"limit": 1}, ["article-1-s01"]),
    ],
)
def test_statements_are_filtered(connection: Connection, wanted: dict[str, Any], kept: list[str]) -> None:
    assert ids(find_statements(connection, **wanted)) == kept


def test_articles_say_what_of_them_counts_now(connection: Connection) -> None:
    rows = find_articles(connection)
    assert rows.columns == (
        "id", "outlet", "title", "url", "published_edtf", "published_basis", "text_sha256", "review", "claims", "statements",
    )
    assert [(row["id"], row["review"], row["claims"], row["statements"]) for row in rows.dicts()] == [
        ("article-1", "accepted", 2, 1), ("article-3", "unreviewed", 0, 0), ("article-2", "unreviewed", 5, 1),
    ]
    assert ids(find_articles(connection, outlet=["herald"])) == ["article-2"]
    assert ids(find_articles(connection, review=["accepted", "stale"])) == ["article-1"]
    assert ids(find_articles(connection, since="2023")) == ["article-3", "article-2"]
    assert ids(find_articles(connection, until="2022")) == ["article-1", "article-2"]
    assert ids(find_articles(connection, about='"drones for russia"')) == ["article-1"]


def test_the_timeline_has_each_transfer_once_for_each_date(connection: Connection) -> None:
    rows = find_timeline(connection)
    assert rows.columns == ("kind", "id", "title", "date_edtf", "date_earliest", "date_latest", "article")
    assert [(row["kind"], row["id"], row["date_edtf"], row["article"]) for row in rows.dicts()] == [
        ("transfer", "iran-russia-shahed-136-supply", "2022-09", "article-1"),
        ("meeting", "visit-1", "2022-09-20", "article-1"),
        ("statement", "article-1-s01", "2022-09-21", "article-1"),
        ("transfer", "iran-russia-shahed-136-supply", None, "article-2"),
        ("meeting", "visit-2", None, "article-1"),
        ("statement", "article-2-s01", None, "article-2"),
    ]
    assert ids(rows, "title")[0] == "Iran → Russia: Shahed-136 (supply)"


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ({"kind": ["meeting"]}, ["visit-1", "visit-2"]),
        ({"actor": ["russia"], "kind": ["transfer", "meeting"]}, ["iran-russia-shahed-136-supply"] * 2),
        ({"actor": ["person-a"]}, ["visit-1", "article-1-s01"]),
        ({"until": "2022-09-19", "kind": ["transfer"]}, ["iran-russia-shahed-136-supply"] * 2),
        ({"since": "2022-09-21", "until": "2022-09-21"}, [
            "iran-russia-shahed-136-supply", "article-1-s01", "iran-russia-shahed-136-supply", "visit-1", "visit-2", "article-2-s01",
        ]),
        ({"limit": 2}, ["iran-russia-shahed-136-supply", "visit-1"]),
    ],
)
def test_the_timeline_is_filtered(connection: Connection, wanted: dict[str, Any], kept: list[str]) -> None:
    found = ids(find_timeline(connection, **wanted))
    assert sorted(found) == sorted(kept)
    if "limit" in wanted:
        assert found == kept


def test_a_date_outside_the_profile_is_an_error_of_usage(connection: Connection) -> None:
    for find in (find_meetings, find_statements, find_articles, find_timeline):
        with pytest.raises(UsageError, match="--until: '2023-13' has no such month"):
            find(connection, until="2023-13")
