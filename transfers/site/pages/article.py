"""The page of an article: its text with every span marked, and what each span backs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from transfers.queries.owners import read_article
from transfers.queries.pages import Page
from transfers.queries.rows import find_pairs
from transfers.render.sources import CONTEXT
from transfers.site.answering import NotFoundError
from transfers.site.highlight import KINDS, Span, as_html
from transfers.site.pages.cards import Card, alias_card, article_card, claim_card, read_titles, role_card, statement_card
from transfers.site.snapshot import LEFT_OUT

if TYPE_CHECKING:
    from transfers.db import Connection
    from transfers.site.answering import Asked

_SPANS: Final = """
SELECT e.kind, e.owner, e.field, e.quote, e.basis, e.why, e.layer, e.start_char, e.end_char, e.prefix, e.suffix
FROM v_evidence e WHERE e.article = :id ORDER BY e.start_char, e.end_char, e.kind, e.owner, e.field"""
_INITIALS: Final = {"role": "r", "alias": "n", "article": "a"}


def read(connection: Connection, asked: Asked) -> dict[str, Any]:
    """What the page shows."""
    if not connection.rows("SELECT 1 FROM articles WHERE id = :id", {"id": asked.id}):
        raise NotFoundError(f"There is no article {asked.id}.")
    article = read_article(connection, asked.id)
    columns, rows = connection.table(_SPANS, {"id": asked.id})
    spans = [dict(zip(columns, row, strict=True)) for row in rows]
    keys = _as_keys(asked.id, article, spans)
    for span in spans:
        span["key"] = keys[span["kind"], span["owner"]]
    text = connection.rows("SELECT text FROM articles WHERE id = :id", {"id": asked.id})[0][0]
    return {
        "title": article["title"] or f"{article['outlet_name']}, {article['published_edtf'] or 'undated'}",
        "article": article,
        "text": None if text == LEFT_OUT else as_html(text, _as_spans(spans)),
        "quotes": _as_quotes(spans) if text == LEFT_OUT else [],
        "cards": _as_cards(connection, asked, article, spans, keys),
        "counts": [(kind, sum(1 for one in keys if one[0] == kind)) for kind in KINDS],
    }


def _as_keys(id_: str, article: Page, spans: list[Page]) -> dict[tuple[str, str], str]:
    """The id on this page of each thing: ``c01`` and ``s01`` as in the record, all else numbered by its place in the text."""
    keys = {("claim", claim["claim"]): claim["claim"].removeprefix(f"{id_}-") for claim in article["claims"]}
    keys |= {("statement", one["id"]): one["id"].removeprefix(f"{id_}-") for one in article["statements"]}
    counted = dict.fromkeys(_INITIALS, 0)
    for span in spans:
        owner = span["kind"], span["owner"]
        if owner not in keys:
            counted[span["kind"]] += 1
            keys[owner] = f"{_INITIALS[span['kind']]}{counted[span['kind']]:02}"
    return keys


def _as_spans(spans: list[Page]) -> list[Span]:
    """The spans of the text; each thing has its number where its words end."""
    wholes = {span["key"] for span in spans if span["field"] == "whole" and span["layer"] == "text"}
    return [
        Span(span["start_char"], span["end_char"], span["kind"], span["key"], span["field"] == "whole" or span["key"] not in wholes)
        for span in spans if span["layer"] == "text"
    ]


def _as_quotes(spans: list[Page]) -> list[Page]:
    """The places that are quoted, in the order of the text, each with all that it backs: for a copy without the text."""
    places: dict[tuple[int, int], Page] = {}
    for span in spans:
        if span["layer"] == "text" and span["field"] == "whole":
            place = places.setdefault((span["start_char"], span["end_char"]), {**_in_context(span), "backs": []})
            place["backs"].append((span["kind"], span["key"]))
    return list(places.values())


def _in_context(span: Page) -> Page:
    """The quote with what stands before and after it, cut between words."""
    before, after = span["prefix"], span["suffix"]
    if len(before) == CONTEXT:
        before = "…" + before[before.find(" ") + 1:]
    if len(after) == CONTEXT:
        after = after[:after.rfind(" ") + 1].rstrip() + "…"
    return {"before": before, "quote": span["quote"], "after": after}


def _as_cards(
    connection: Connection, asked: Asked, article: Page, spans: list[Page], keys: dict[tuple[str, str], str],
) -> list[Card]:
    """A card for each thing that the article backs, in the order of their words in the text."""
    site = asked.site
    titles = read_titles(
        connection, filter(None, (one["transfer"] for one in article["claims"])),
        filter(None, (one["meeting"] for one in [*article["claims"], *article["statements"]])),
    )
    cards = {("claim", one["claim"]): claim_card(site, one, titles) for one in article["claims"]}
    cards |= {("statement", one["id"]): statement_card(site, one, titles) for one in article["statements"]}
    owned = {kind: sorted({owner for one, owner in keys if one == kind}) for kind in _INITIALS}
    for row in find_pairs(
        connection, "f.id, f.actor_id, p.name, f.title, f.target_id, o.name FROM affiliations f JOIN actors p ON p.id = f.actor_id "
        "JOIN actors o ON o.id = f.target_id", "f.id", owned["role"],
    ):
        cards["role", row[0]] = role_card(site, *row[1:])
    for row in find_pairs(
        connection, "a.id, a.name, a.lang, a.kind, a.actor_id, p.name, a.system_id, y.name FROM aliases a "
        "LEFT JOIN actors p ON p.id = a.actor_id LEFT JOIN systems y ON y.id = a.system_id", "a.id", owned["alias"],
    ):
        cards["alias", row[0]] = alias_card(site, *row[1:])
    cards |= {("article", owner): article_card(article) for owner in owned["article"]}
    for owner, card in cards.items():
        card["key"], card["kind"] = keys[owner], owner[0]
    places = _add_spans({card["key"]: card for card in cards.values()}, spans)
    return sorted(cards.values(), key=lambda card: (places.get(card["key"], (2, 0)), KINDS.index(card["kind"]), card["key"]))


def _add_spans(cards: dict[str, Card], spans: list[Page]) -> dict[str, tuple[int, int]]:
    """Add to each card its places, each with the fields it backs; where its words begin, those outside the text last."""
    places: dict[str, tuple[int, int]] = {}
    at: dict[tuple[str, str, int, int], Page] = {}
    reasons: set[tuple[str, str, str]] = set()
    for span in spans:
        key, raw = span["key"], span["layer"] != "text"
        where = (key, span["layer"], span["start_char"], span["end_char"])
        if where not in at:
            at[where] = {**_in_context(span), "raw": raw, "start": where[2], "end": where[3], "fields": []}
            cards[key]["spans"].append(at[where])
        # An inference from several places has one reason, which is read once.
        reason = key, span["field"], span["why"] or ""
        at[where]["fields"].append((span["field"], span["basis"], "as above" if reason in reasons and reason[2] else span["why"]))
        reasons.add(reason)
        if span["field"] == "whole" or key not in places:
            places[key] = int(raw), span["start_char"]
    for card in cards.values():
        card["spans"].sort(key=lambda place: (place["raw"], not any(field == "whole" for field, _, _ in place["fields"])))
        card["at"] = " ".join(f"{place['start']}-{place['end']}" for place in card["spans"] if not place["raw"])
    return places
