"""Claims and statements outside of their article: a page of them, each with its words in context and the way back to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from transfers.queries.pages import Page, find_claims_where, find_evidence, find_statements_where
from transfers.queries.rows import Where, find_pairs
from transfers.render.sources import CONTEXT, dated, numbered
from transfers.render.words import as_days, as_range
from transfers.site.answering import NotFoundError, Site, as_plain
from transfers.site.pages.cards import Card, claim_card, claim_place, read_titles, statement_card
from transfers.site.pictures.claims import Claim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transfers.db import Connection
    from transfers.site.answering import Asked

MOST: Final = 60  # claims or statements on one page


class Listing:
    """A part of a long list: the rows from ``first`` on, and the addresses of the parts before and after it."""

    __slots__ = ("after", "before", "first", "rows")

    def __init__(self, rows: Sequence[Any], first: int, before: str, after: str) -> None:
        self.rows, self.first, self.before, self.after = rows, first, before, after


def require(connection: Connection, table: str, id_: str) -> None:
    """That there is such a row; the table is ours to name.

    Raises:
        NotFoundError: there is none.
    """
    if not connection.rows(f"SELECT 1 FROM {table} WHERE id = :id", {"id": id_}):
        raise NotFoundError(f"There is no {table.removesuffix('s')} {id_}.")


def read_part(asked: Asked) -> int:
    """Which part of a long list is asked for, counted from 0."""
    word = asked.word("part", "1")
    return min(int(word) - 1, 10_000) if word.isascii() and word.isdecimal() and word != "0" and len(word) < 6 else 0


def find_claims(connection: Connection, asked: Asked, column: str, kind: str) -> Listing:
    """The claims whose column holds the id that is asked for, by their earliest day, a part at a time; those that count first."""
    part = read_part(asked)
    ids, more = _ids(connection, f"claims c WHERE c.{column} = :id", "c", {"id": asked.id}, part)
    where = Where()
    where.among("c.id", ids)
    claims = find_claims_where(connection, str(where), where.params) if ids else []
    return _listing(asked, kind, claims, part, more=more)


def find_statements(connection: Connection, asked: Asked, condition: str, kind: str) -> Listing:
    """The statements ``s`` that fit a condition on ``:id``, by their earliest day, a part at a time; those that stand first."""
    part = read_part(asked)
    ids, more = _ids(connection, f"statements s WHERE {condition}", "s", {"id": asked.id}, part)
    where = Where()
    where.among("s.id", ids)
    statements = find_statements_where(connection, str(where), where.params) if ids else []
    return _listing(asked, kind, statements, part, more=more)


def _ids(
    connection: Connection, source: str, table: str, params: dict[str, Any], part: int,
) -> tuple[list[str], bool]:
    # The plus keeps SQLite from going through all dates in their order to spare itself the sorting of these few.
    rows = connection.rows(
        f"SELECT {table}.id FROM {source} ORDER BY +{table}.date_earliest NULLS LAST, {table}.id LIMIT :at_most OFFSET :passed",
        {**params, "at_most": MOST + 1, "passed": part * MOST},
    )
    return [row[0] for row in rows[:MOST]], len(rows) > MOST


def _listing(asked: Asked, kind: str, rows: list[Page], part: int, *, more: bool) -> Listing:
    def at(number: int) -> str:
        return asked.site.page(kind, asked.id, part=number + 1)

    return Listing(rows, part * MOST + 1, at(part - 1) if part else "", at(part + 1) if more else "")


def as_claim_cards(connection: Connection, site: Site, claims: Sequence[Page]) -> list[Card]:
    """A card for each claim; besides what `claim_card` gives, where it is read and what its words are."""
    titles = read_titles(
        connection, filter(None, (one["transfer"] for one in claims)), filter(None, (one["meeting"] for one in claims)),
    )
    cards = [claim_card(site, one, titles) for one in claims]
    return _with_words(connection, site, cards, claims, "claim")


def as_statement_cards(connection: Connection, site: Site, statements: Sequence[Page]) -> list[Card]:
    """A card for each statement, likewise."""
    titles = read_titles(connection, (), filter(None, (one["meeting"] for one in statements)))
    cards = [statement_card(site, one, titles) for one in statements]
    return _with_words(connection, site, cards, statements, "id")


def _with_words(connection: Connection, site: Site, cards: list[Card], rows: Sequence[Page], key: str) -> list[Card]:
    claims, statements = (rows, ()) if key == "claim" else ((), rows)
    spans: dict[str, list[Page]] = {}
    for span in find_evidence(connection, claims, statements):
        spans.setdefault(span["owner"], []).append(span)
    articles = sorted({row["article"] for row in rows})
    langs: dict[str, str] = dict(find_pairs(connection, "a.id, a.lang FROM articles a", "a.id", articles))
    for card, row in zip(cards, rows, strict=True):
        found = spans.get(row[key], [])
        quotes = [_in_context(span) for span in found if span["field"] == "whole"]
        card |= {
            "id": row[key], "lang": langs[row["article"]], "quote": quotes[0] if quotes else None,
            "inferred": [  # why a number or a date follows is said where it stands
                (field, why) for field, why in row["inferred"].items() if field not in ("quantity", "date")
            ],
            "place": claim_place(site, row[key]), "row": row,
        }
        card["badges"] = [(word, kind) for word, kind in card["badges"] if word]
    return cards


def _in_context(span: Page) -> Page:
    """The quote with what stands before and after it, cut between words."""
    before, after = span["prefix"], span["suffix"]
    if len(before) == CONTEXT:
        before = "…" + before[before.find(" ") + 1:]
    if len(after) == CONTEXT:
        after = after[:after.rfind(" ") + 1].rstrip() + "…"
    return {"before": before, "words": span["quote"], "after": after}


def as_rows(connection: Connection, claims: Sequence[Page], site: Site | None) -> list[Claim]:
    """The claims as rows of a picture; without a site they lead nowhere."""
    articles = sorted({claim["article"] for claim in claims})
    days: dict[str, str | None] = dict(find_pairs(connection, "a.id, a.published_latest FROM articles a", "a.id", articles))
    return [_as_row(claim, days[claim["article"]], claim_place(site, claim["claim"]) if site else "") for claim in claims]


def _as_row(claim: Page, published: str | None, url: str) -> Claim:
    speaker = claim["said_by_name"] or claim["agency_name"] or claim["outlet_name"]
    stance = claim["stance"] + (f" ({as_plain(claim['denies'])})" if claim["denies"] else "")
    state = "" if claim["is_current"] else "deprecated" if claim["rank"] == "deprecated" else (
        "superseded" if claim["superseded_by"] else "retracted")
    scope = as_plain(claim["quantity_scope"]) + (f" {claim['quantity_per']}" if claim["quantity_per"] else "")
    amount = as_range(claim["quantity_low"], claim["quantity_high"]) or f"“{claim['quantity_text']}”"
    via = f"via {claim['via_name']}" if claim["via_name"] else ""
    number = numbered(claim, claim["inferred"].get("quantity"))
    said = f"{speaker} {via}".rstrip() + f": {claim['summary']}"
    return Claim(
        label=speaker, note=", ".join(part for part in (via, stance, as_plain(claim["phase"]), state) if part),
        told=". ".join(part for part in (said, number, dated(claim, None), state) if part),
        url=url, stance=claim["stance"], gone=not claim["is_current"], unit=claim["quantity_unit"] or "",
        amount=f"{amount} {scope}" if scope != "total" else amount, low=claim["quantity_low"], high=claim["quantity_high"],
        when=as_days(claim["date_earliest"], claim["date_latest"]) or (claim["date_edtf"] or ""),
        first=claim["date_earliest"], last=claim["date_latest"], published=published,
    )
