"""Claims, statements, roles, names and dates of articles as cards: what each says, and what the words behind it are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from transfers.queries.pages import Page
from transfers.queries.rows import find_pairs
from transfers.render.sources import dated, numbered
from transfers.render.words import as_range
from transfers.site.answering import as_plain

if TYPE_CHECKING:
    from transfers.db import Connection
    from transfers.site.answering import Site

# title; badges (word, kind); gone (why it no longer counts); links (label, text, url, what follows); facts (label, text); spans
Card = dict[str, Any]
Link = tuple[str, str, str, str]


class Titles(NamedTuple):
    """What to call the transfers and meetings that cards speak of, by id."""

    transfers: Mapping[str, str]
    meetings: Mapping[str, str]


def read_titles(connection: Connection, transfers: Iterable[str], meetings: Iterable[str]) -> Titles:
    """The names of transfers (who, whom, what) and meetings."""
    keys = find_pairs(
        connection, "t.id, s.name, r.name, y.name, t.kind, t.episode FROM transfers t JOIN actors s ON s.id = t.supplier_id "
        "JOIN actors r ON r.id = t.recipient_id JOIN systems y ON y.id = t.system_id", "t.id", sorted(set(transfers)),
    )
    return Titles(
        {
            id_: f"{supplier} → {recipient}: {system} ({as_plain(kind)}{'' if episode == 'all' else f', {episode}'})"
            for id_, supplier, recipient, system, kind, episode in keys
        },
        dict(find_pairs(connection, "m.id, m.title FROM meetings m", "m.id", sorted(set(meetings)))),
    )


def _card(title: str, **more: Any) -> Card:
    return {"title": title, "badges": [], "gone": "", "links": [], "facts": [], "spans": [], **more}


def claim_card(site: Site, claim: Page, titles: Titles) -> Card:
    """A claim."""
    why = claim["inferred"]
    denies = [(claim["denies"], "denies")] if claim["denies"] else []
    phase = [(claim["phase"], "phase")] if claim["phase"] else []
    links = [_about(site, claim, titles), *said_by(site, claim)]
    links += [
        (as_plain(one["role"]), one["name"], site.page("actor", one["actor"]), _in_words(one["described_as"]))
        for one in claim["actors"]
    ]
    links += [(as_plain(one["role"]), one["name"], site.page("system", one["system"]), "") for one in claim["systems"]]
    if claim["supersedes"]:
        links.append(("Supersedes", claim["supersedes"], claim_place(site, claim["supersedes"]), ""))
    return _card(
        claim["summary"], badges=[(claim["stance"], "stance"), *denies, *phase], gone=why_not_current(claim), links=links,
        facts=_present([
            ("Marked by", f"“{claim['hedge']}”" if claim["hedge"] else None),
            ("Number", numbered(claim, why.get("quantity"))),
            ("Date", dated(claim, why.get("date"))),
            ("End use", claim["end_use"]),
            ("Terms", ", ".join(as_plain(one) for one in (claim["condition"], claim["deal"]) if one)),
            ("Value", _value(claim)),
            ("Judged", _judged(claim)),
        ]),
    )


def _about(site: Site, claim: Page, titles: Titles) -> Link:
    if claim["transfer"]:
        return "About", titles.transfers.get(claim["transfer"], claim["transfer"]), site.page("transfer", claim["transfer"]), ""
    return "About", titles.meetings.get(claim["meeting"], claim["meeting"]), site.page("meeting", claim["meeting"]), ""


def statement_card(site: Site, statement: Page, titles: Titles) -> Card:
    """A statement."""
    why = statement["inferred"]
    role = f", {statement['role_title']}" if statement["role_title"] else ""
    links = [(
        "Said by", statement["speaker_name"], site.page("actor", statement["speaker"]), role + _in_words(statement["described_as"]),
    )]
    for label, text, kind, id_ in (
        ("Via", statement["via_name"], "actor", statement["via"]),
        ("At", titles.meetings.get(statement["meeting"], statement["meeting"]), "meeting", statement["meeting"]),
        ("Same as", statement["same_as"], "statement", statement["same_as"]),
    ):
        if id_:
            links.append((label, text, site.page(kind, id_), ""))
    spoken = f"{statement['lang']}, spoken in {statement['original_lang']}" if statement["original_lang"] else None
    return _card(
        statement["summary"], badges=[(statement["form"], "form")], gone=why_withdrawn(statement), links=links,
        facts=_present([
            ("Number", numbered(statement, why.get("quantity"))),
            ("Date", dated(statement, why.get("date"))),
            ("To", statement["audience"]),
            ("Language", spoken),
        ]),
    )


def role_card(site: Site, person: str, name: str, title: str | None, org: str, org_name: str) -> Card:
    """A post that somebody held."""
    return _card(
        f"{name}: {title}" if title else name,
        links=[("Person", name, site.page("actor", person), ""), ("Body", org_name, site.page("actor", org), "")],
    )


def alias_card(
    site: Site, name: str, lang: str | None, kind: str, actor: str | None, actor_name: str | None, system: str | None,
    system_name: str | None,
) -> Card:
    """A name that somebody or something goes by."""
    kind_of, id_, called = ("actor", actor, actor_name) if actor else ("system", system or "", system_name)
    return _card(
        name, badges=[(kind, "name")], links=[("Name of", called or "", site.page(kind_of, id_), "")],
        facts=_present([("Language", lang)]),
    )


def article_card(article: Page) -> Card:
    """What was found out about the article itself."""
    return _card("The article itself", facts=_present([("Published", article["published_edtf"])]))


def said_by(site: Site, claim: Page) -> list[Link]:
    """Who says so, and through whom the article has it."""
    if claim["said_by"]:
        found = [("Said by", claim["said_by_name"], site.page("actor", claim["said_by"]), _in_words(claim["attribution"]))]
    else:
        own = claim["agency_name"] or claim["outlet_name"]
        found = [("Said by", own, site.page("actor", claim["outlet"]), " (the article’s own voice)")]
    if claim["via"]:
        found.append(("Via", claim["via_name"], site.page("actor", claim["via"]), ""))
    return found


def claim_place(site: Site, claim: str) -> str:
    """Where a claim is shown: on the page of its article."""
    article, _, key = claim.rpartition("-")
    return f"{site.page('article', article)}#{key}"


def why_not_current(claim: Page) -> str:
    """Why a claim no longer counts; nothing when it does."""
    if claim["is_current"]:
        return ""
    reasons = []
    if claim["rank"] == "deprecated":
        reasons.append(f"deprecated: {claim['rank_reason']}")
    if claim["superseded_by"]:
        reasons.append(f"superseded by {', '.join(claim['superseded_by'])}")
    if claim["article_status"] == "retracted":
        reasons.append(f"its article was retracted: {claim['article_status_note']}")
    if claim["retracted_by"]:
        reasons.append(f"its article is retracted by {', '.join(claim['retracted_by'])}")
    return "; ".join(reasons)


def why_withdrawn(statement: Page) -> str:
    """Why a statement no longer counts; nothing when it does."""
    if statement["is_current"]:
        return ""
    if statement["rank"] == "deprecated":
        return f"deprecated: {statement['rank_reason']}"
    return "its article was retracted" + (f": {statement['article_status_note']}" if statement["article_status_note"] else "")


def _in_words(described: str | None) -> str:
    """How the article names somebody, to stand behind the name; words in brackets are the coder's already."""
    if not described:
        return ""
    return f" {described}" if described.startswith("(") else f" (“{described}”)"


def _judged(claim: Page) -> str | None:
    """What a reviewer thinks of source and information; nothing while both stand at "cannot be judged"."""
    if (claim["reliability"], claim["credibility"]) == ("F", "6"):
        return None
    return f"source {claim['reliability']}, information {claim['credibility']} (Admiralty code)"


def _value(claim: Page) -> str | None:
    if claim["value_text"] is None:
        return None
    meant = as_range(claim["value_low"], claim["value_high"])
    return f"“{claim['value_text']}”" + (f": {meant} {claim['value_currency']}" if meant else "")


def _present(facts: list[tuple[str, str | None]]) -> list[tuple[str, str]]:
    return [(label, text) for label, text in facts if text]
