"""Pages: everything of one thing, and nothing of another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from transfers.db import Connection, Target, reading
from transfers.errors import InputError
from transfers.queries.pages import find_page

from .story import written

TRANSFER = "iran-russia-shahed-136-supply"


@pytest.fixture(scope="module")
def connection(shared_target: Target) -> Iterator[Connection]:
    with written(shared_target) as story:
        story.actor("typhoon", "Typhoon", kind="company")
        story.system("typhoon", "Typhoon")
        story.system("twin", "Double")
        story.actor("other", "Double")
        story.article("article-1")
        story.article("article-2")
        story.article("article-3", status="retracted", status_note="made up")
        story.insert("article_links", article_id="article-2", target_id="article-1", kind="corrects")
        a = story.transfer("iran", "russia", "shahed-136")
        statement = story.statement("article-1", "iran")
        story.claim("article-1", a, number={"low": 2000, "high": 2000}, statement_id=statement)
        story.claim("article-2", a, number={"low": 200, "high": 200}, supersedes_id="article-1-c01", date="2022-09")
        story.claim("article-3", a)
        story.claim("article-2", a, rank="preferred", rank_reason="the fullest")
        story.inferred("article-2", "date", "counted", claim_id="article-2-c01")
        story.insert("former_ids", id="geran", system_id="shahed-136")
        story.insert("removals", id="article-1-c09", article_id="article-1", removed_on="2024-01-31", why="it was a doublet")
        story.insert("meetings", id="visit-1", title="A visit", article_id="article-1")
        story.claim("article-1", "visit-1", meeting=True)
    with reading(shared_target) as connection:
        yield connection


def test_a_transfer_has_its_claims_and_those_that_no_longer_count_last(connection: Connection) -> None:
    page = find_page(connection, TRANSFER)
    assert page["type"] == "transfer"
    assert [(claim["claim"], claim["is_current"]) for claim in page["claims"]] == [
        ("article-2-c02", True), ("article-2-c01", True), ("article-1-c01", False), ("article-3-c01", False),
    ]
    assert page["claims"][1]["inferred"] == {"date": "counted"}
    assert page["claims"][2]["superseded_by"] == ["article-2-c01"]
    assert [statement["id"] for statement in page["statements"]] == ["article-1-s01"]
    assert {(span["kind"], span["owner"]) for span in page["evidence"]} == {
        ("claim", claim["claim"]) for claim in page["claims"]
    } | {("statement", "article-1-s01")}


@pytest.mark.parametrize(
    ("asked", "type_", "id_"),
    [
        ("article-1", "article", "article-1"), ("article-1-c01", "claim", "article-1-c01"), ("visit-1", "meeting", "visit-1"),
        ("article-1-s01", "statement", "article-1-s01"), ("Iran", "actor", "iran"), ("Герань-2", "system", "shahed-136"),
        ("geran", "system", "shahed-136"), ("system:typhoon", "system", "typhoon"), ("actor:typhoon", "actor", "typhoon"),
        ("system:Double", "system", "twin"), ("article-1-c09", "removal", "article-1-c09"),
    ],
)
def test_what_is_asked_for_is_found(connection: Connection, asked: str, type_: str, id_: str) -> None:
    page = find_page(connection, asked)
    assert (page["type"], page["id"]) == (type_, id_)
    if type_ != "removal":
        assert {"claims", "statements", "evidence"} <= set(page)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("typhoon", "typhoon is an id of more than one kind; ask for actor:typhoon or system:typhoon"),
        ("Double", "several go by 'Double': ask for actor:other or system:twin"),
        ("iran-russia-shahed-136-suply", "did you mean iran-russia-shahed-136-supply"),
        ("xyzzy", "nothing goes by 'xyzzy'; transfers search finds words"),
        ("transfer:iran", "nothing goes by 'iran'"),
    ],
)
def test_what_cannot_be_told_apart_or_found_is_refused(connection: Connection, asked: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        find_page(connection, asked)
