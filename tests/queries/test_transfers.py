"""Filters: what is kept, in which order, and that it does not matter by which way it was found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from transfers.db import Connection, Target, reading
from transfers.errors import InputError, UsageError
from transfers.queries import transfers as module
from transfers.queries.filters import Filter, as_filter
from transfers.queries.transfers import find_claims, find_claims_of, find_transfers
from transfers.vocabulary.words import STANDINGS

from .story import written


@pytest.fixture(scope="module")
def connection(shared_target: Target) -> Iterator[Connection]:
    """Six transfers: a (two claims), b (alleged), c (contested), d (denied only), e (details disputed), f (withdrawn)."""
    with written(shared_target) as story:
        story.actor("herald", kind="media")
        story.system("heron", "Heron")
        story.article("article-1", published="2022-10-01")
        story.article("article-2", outlet="herald", published="2023-05-01")
        story.article("article-3", outlet="herald", published=None)
        story.insert("reviews", article_id="article-1")
        a = story.transfer("iran", "russia", "shahed-136")
        story.claim("article-1", a, phase="planned", date="2022-09")
        story.claim("article-2", a, phase="delivered")
        b = story.transfer("iran", "syria", "shahed-136")
        story.claim("article-1", b, stance="alleged", phase="in_transit", date="2022-23/..")
        c = story.transfer("russia", "syria", "heron")
        story.claim("article-1", c, date="../2021-12-31")
        story.claim("article-2", c, stance="denied", denies="event")
        d = story.transfer("russia", "syria", "heron", kind="loan", episode="loan-2021")
        story.claim("article-2", d, stance="denied", denies="event")
        e = story.transfer("syria", "iran", "drone")
        story.claim("article-2", e, stance="denied", denies="date", date="2023-04-20")
        f = story.transfer("syria", "russia", "drone")
        story.claim("article-3", f, rank="deprecated", rank_reason="misread")
        g = story.transfer("syria", "russia", "heron")
        story.claim("article-3", g)
        # Made up: Iran has taken the place of Syria.
        story.insert("affiliations", id="iran-after-syria", actor_id="iran", target_id="syria", kind="successor_of", source="made up")
    with reading(shared_target) as connection:
        yield connection


IDS = {
    "a": "iran-russia-shahed-136-supply", "b": "iran-syria-shahed-136-supply", "c": "russia-syria-heron-supply",
    "d": "russia-syria-heron-loan-loan-2021", "e": "syria-iran-drone-supply", "f": "syria-russia-drone-supply",
    "g": "syria-russia-heron-supply",
}
SHORT = {id_: letter for letter, id_ in IDS.items()}


def letters(connection: Connection, **wanted: Any) -> str:
    return "".join(SHORT[row[0]] for row in find_transfers(connection, Filter(**wanted)).rows)


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ({}, "abdcefg"),
        ({"system": ["Geran-2"]}, "ab"),
        ({"system": ["drone"]}, "abef"),
        ({"system": ["drone"], "exact": True}, "ef"),
        ({"system": ["Unmanned aircraft"], "exact": True}, "ef"),
        ({"system": ["heron", "shahed"]}, "abdcg"),
        ({"supplier": ["Iran"]}, "ab"),
        ({"supplier": ["Iran"], "recipient": ["Russia"]}, "a"),
        ({"actor": ["iran"]}, "abe"),
        ({"kind": ["loan"]}, "d"),
        ({"phase": ["planned"]}, "a"),
        ({"phase": ["planned", "in_transit"]}, "ab"),
        ({"phase": ["planned"], "outlet": ["herald"]}, ""),
        ({"phase": ["delivered"], "outlet": ["herald"]}, "adceg"),
        ({"phase": ["delivered"], "outlet": ["herald"], "stance": ["asserted"]}, "ag"),
        ({"stance": ["denied"]}, "dce"),
        ({"reviewed": True}, "abc"),
        ({"reviewed": True, "phase": ["delivered"]}, "c"),
        ({"since": "2024"}, "bg"),
        ({"since": "2022-12"}, "abdceg"),
        ({"since": "2023-04-21", "outlet": ["herald"]}, "adcg"),
        ({"until": "2022-08"}, "cg"),
        ({"until": "2022-09-01"}, "abcg"),
        ({"since": "2022-09-15", "until": "2022-09-20"}, "abg"),
        ({"since": "2022-11", "until": "2022-12"}, "bg"),
        *(({"standing": [standing]}, letter) for standing, letter in zip(STANDINGS, ("ag", "b", "c", "d", "e", "f"), strict=True)),
        ({"standing": ["withdrawn", "contested"]}, "cf"),
        ({"standing": ["contested"], "supplier": ["iran"]}, ""),
        ({"standing": ["reported"], "phase": ["planned"]}, "a"),
        ({"limit": 2}, "ab"),
        ({"limit": 0}, ""),
    ],
)
def test_what_a_filter_keeps_by_either_way(
    connection: Connection, monkeypatch: pytest.MonkeyPatch, wanted: dict[str, Any], kept: str,
) -> None:
    assert letters(connection, **wanted) == kept
    # With these no number of claims is few enough to be looked up first.
    monkeypatch.setattr(module, "_FEW", 0)
    monkeypatch.setattr(module, "_FEW_TO_STAND", 0)
    assert letters(connection, **wanted) == kept


@pytest.mark.parametrize("exact", [False, True])
def test_predecessors_are_found_on_each_side_when_asked_for(connection: Connection, exact: bool) -> None:
    for option, alone, with_them in (("supplier", "ab", "abefg"), ("recipient", "e", "bcde"), ("actor", "abe", "abcdefg")):
        assert letters(connection, **{option: ["iran"]}, exact=exact) == alone
        assert "".join(sorted(letters(connection, **{option: ["iran"]}, exact=exact, include_predecessors=True))) == with_them
        assert letters(connection, **{option: ["iran"]}, exact=exact, include_predecessors=False) == alone
    assert letters(connection, supplier=["syria"], include_predecessors=True) == letters(connection, supplier=["syria"])


def test_the_limit_says_that_there_are_more(connection: Connection) -> None:
    assert find_transfers(connection, Filter(limit=2)).more
    assert not find_transfers(connection, Filter(limit=7)).more
    assert find_claims(connection, Filter(limit=2)).more


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ({}, ["article-1-c01", "article-2-c01", "article-1-c02", "article-2-c03", "article-1-c03", "article-2-c02", "article-2-c04", "article-3-c02"]),
        ({"phase": ["delivered"], "outlet": ["gazette"]}, ["article-1-c03"]),
        ({"system": ["shahed"], "stance": ["asserted"]}, ["article-1-c01", "article-2-c01"]),
        ({"reviewed": True, "since": "2022-09", "until": "2022-09"}, ["article-1-c01", "article-1-c02"]),
        ({"standing": ["contested"]}, ["article-1-c03", "article-2-c02"]),
        ({"standing": ["withdrawn"]}, []),
    ],
)
def test_claims_that_fit_in_the_order_of_their_transfers(
    connection: Connection, monkeypatch: pytest.MonkeyPatch, wanted: dict[str, Any], kept: list[str],
) -> None:
    assert [row[0] for row in find_claims(connection, Filter(**wanted)).rows] == kept
    monkeypatch.setattr(module, "_FEW", 0)
    assert [row[0] for row in find_claims(connection, Filter(**wanted)).rows] == kept


def test_the_claims_of_a_transfer_come_by_day_and_the_undated_last(connection: Connection) -> None:
    assert [row[0] for row in find_claims_of(connection, [IDS["a"]]).rows] == ["article-1-c01", "article-2-c01"]


def test_many_ids_at_once_keep_their_order(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    from transfers.queries import rows

    whole = find_transfers(connection, Filter()).rows
    monkeypatch.setattr(rows, "_AT_ONCE", 2)
    assert find_transfers(connection, Filter()).rows == whole


def test_wrong_words_are_errors_of_usage_and_unknown_names_of_input(connection: Connection) -> None:
    with pytest.raises(UsageError, match="--since: '2023-02-30' is not a day of the calendar"):
        letters(connection, since="2023-02-30")
    with pytest.raises(UsageError, match="exclude each other"):
        Filter(family=True, exact=True)
    with pytest.raises(InputError, match="no actor goes by 'Irna'; did you mean iran"):
        letters(connection, outlet=["Irna"])


def test_a_filter_of_keywords_takes_one_value_or_several() -> None:
    wanted = as_filter({"system": "Geran-2", "phase": ["planned"], "reviewed": 1, "since": "2022"})
    assert (wanted.system, wanted.phase, wanted.reviewed, wanted.since, wanted.limit) == (["Geran-2"], ["planned"], True, "2022", 10_000)
    for wrong, says in (
        ({"systems": "x"}, "there is no filter 'systems'"), ({"phase": "deliverd"}, "phase knows no 'deliverd'"),
        ({"limit": -1}, "limit is a number"), ({"limit": 10**9}, "limit is a number"),
    ):
        with pytest.raises(UsageError, match=says):
            as_filter(wrong)
