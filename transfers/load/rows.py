"""From a bound record to the rows of the database: which value of the record stands in which column of which table.

Together with `transfers.models` this is the only place that knows both shapes.
"""

from __future__ import annotations

import hashlib
from typing import Any, Final

from transfers.evidence.bind import Backing, Bound
from transfers.evidence.rules import transfer_key
from transfers.files import FileBytes
from transfers.records.known import KINDS, SINGULAR, tie_id
from transfers.vocabulary.dates import read_edtf
from transfers.vocabulary.names import as_key, as_words, transfer_id
from transfers.vocabulary.words import SEARCH_KINDS

Row = dict[str, Any]
Rows = dict[str, list[Row]]
Entry = dict[str, Any]
Path = tuple[str | int, ...]

_NO_DATE: Final[Row] = dict.fromkeys(("date_text", "date_edtf", "date_earliest", "date_latest", "date_basis"))
_NO_QUANTITY: Final[Row] = dict.fromkeys(
    ("quantity_text", "quantity_low", "quantity_high", "quantity_qualifier", "quantity_unit", "quantity_scope", "quantity_per")
)


def rows_of_record(bound: Bound, file: FileBytes) -> Rows:
    """The rows of one record, by table.

    Rows that several records share (transfers, affiliations, aliases) are among them; they are the same from each.
    """
    record = bound.record
    article = bound.article_id
    rows: Rows = {"articles": [_article(bound, file)]}
    rows["meetings"] = [
        {"id": meeting["id"], "kind": meeting["kind"], "title": meeting["title"], "place_id": meeting.get("place"),
         "note": meeting.get("note"), "article_id": article}
        for meeting in record.get("meetings", ())
    ]
    rows["article_links"] = [
        {"article_id": article, "target_id": link["article"], "kind": link["kind"], "note": link.get("note")}
        for link in record["article"].get("links", ())
    ]
    rows["removals"] = [
        {"id": f"{article}-{removed['id']}", "article_id": article, "removed_on": removed.get("on"), "why": removed["why"]}
        for removed in record.get("removed", ())
    ]
    _add_roles(rows, record, article)
    rows["aliases"] = [_alias(alias) for alias in record.get("aliases", ())]
    rows["statements"] = [
        _statement(statement, article, record["article"]["lang"], bound.spans["statements", position])
        for position, statement in enumerate(record.get("statements", ()))
    ]
    rows["statement_topics"] = [
        {"statement_id": f"{article}-{statement['id']}", "topic_id": topic}
        for statement in record.get("statements", ()) for topic in statement.get("topics", ())
    ]
    _add_claims(rows, record, article)
    rows["evidence"] = list(_evidence(bound, article))
    rows["search_rows"] = _search_rows(rows, article)
    return rows


def _article(bound: Bound, file: FileBytes) -> Row:
    article, text = bound.record["article"], bound.passages.article
    published = article.get("published", {})
    days = read_edtf(published["edtf"]) if published else (None, None)
    return {
        "id": article["id"], "outlet_id": article["outlet"], "agency_id": article.get("agency"), "title": article.get("title"),
        "url": article.get("url"), "archive_url": article.get("archive_url"), "lang": article["lang"],
        "byline": article.get("byline"), "published_edtf": published.get("edtf"), "published_earliest": days[0],
        "published_latest": days[1], "published_basis": published.get("basis"), "retrieved_on": article.get("retrieved_on"),
        "text": text.text, "text_sha256": text.text_sha256, "text_length": len(text.text), "text_norm": text.norm,
        "raw_sha256": text.raw_sha256, "source_path": article["source"], "copy_of_id": article.get("copy_of"),
        "status": article.get("status", "live"), "status_note": article.get("status_reason"),
        "reliability": article.get("reliability", "F"), "coder": bound.record["coder"], "record_path": file.path,
        "record_sha256": file.sha256,
    }


def _add_roles(rows: Rows, record: Entry, article: str) -> None:
    rows["affiliations"] = [
        {"id": role["id"], "actor_id": role["person"], "kind": role.get("kind", "post"), "target_id": role["org"],
         "title": role["title"], "term": role.get("term"), "start_earliest": None, "start_latest": None, "end_earliest": None,
         "end_latest": None, "in_registry": 0, "source": None}
        for role in record.get("roles", ())
    ]
    rows["affiliation_dates"] = []
    for role in record.get("roles", ()):
        if "held_on" in role:
            earliest, latest = read_edtf(role["held_on"])
            rows["affiliation_dates"].append(
                {"affiliation_id": role["id"], "article_id": article, "held_earliest": earliest, "held_latest": latest}
            )


def alias_id(alias: Entry) -> str:
    """The id of a name: its owner and the name."""
    owner = f"actor:{alias['actor']}" if alias.get("actor") else f"system:{alias['system']}"
    return f"{owner}:{alias['name']}"


def _alias(alias: Entry, *, in_registry: bool = False) -> Row:
    return {
        "id": alias_id(alias), "actor_id": alias.get("actor"), "system_id": alias.get("system"), "name": alias["name"],
        "name_norm": as_key(alias["name"]), "lang": alias.get("lang"), "kind": alias["kind"], "used_by_id": alias.get("used_by"),
        "valid_from": alias.get("valid_from"), "valid_to": alias.get("valid_to"), "in_registry": int(in_registry),
        "source": alias.get("source"),
    }


def _date(entry: Entry) -> Row:
    date = entry.get("date")
    if not date:
        return _NO_DATE
    earliest, latest = read_edtf(date["edtf"]) if "edtf" in date else (None, None)
    return {
        "date_text": date.get("text"), "date_edtf": date.get("edtf"), "date_earliest": earliest, "date_latest": latest,
        "date_basis": date.get("basis"),
    }


def _number(text: str | None) -> int | None:
    return int(text) if text is not None else None


def _quantity(entry: Entry) -> Row:
    quantity = entry.get("quantity")
    if not quantity:
        return _NO_QUANTITY
    return {
        "quantity_text": quantity["text"], "quantity_low": _number(quantity.get("low")),
        "quantity_high": _number(quantity.get("high")), "quantity_qualifier": quantity["qualifier"],
        "quantity_unit": quantity["unit"], "quantity_scope": quantity["scope"], "quantity_per": quantity.get("per"),
    }


def _statement(statement: Entry, article: str, lang: str, backings: list[Backing]) -> Row:
    return {
        "id": f"{article}-{statement['id']}", "article_id": article, "speaker_id": statement["speaker"],
        "speaker_as_described": statement["described"], "affiliation_id": statement.get("role"), "form": statement["form"],
        "quote": backings[0].span.exact, "summary": statement["summary"], "lang": statement.get("lang", lang),
        "original_lang": statement.get("original_lang"), "via_id": statement.get("via"), "meeting_id": statement.get("meeting"),
        "audience_text": statement.get("audience"), "same_as_id": statement.get("same_as"), **_date(statement),
        **_quantity(statement), "rank": statement.get("rank", "normal"), "rank_reason": statement.get("rank_reason"),
    }


def _add_claims(rows: Rows, record: Entry, article: str) -> None:
    claims = record.get("claims", ())
    transfers = {transfer_id(*key): key for key in (transfer_key(claim["transfer"]) for claim in claims if "transfer" in claim)}
    rows["transfers"] = [
        {"id": made, "supplier_id": supplier, "recipient_id": recipient, "system_id": system, "kind": kind, "episode": episode,
         "note": None}
        for made, (supplier, recipient, system, kind, episode) in transfers.items()
    ]
    rows["claims"] = [_claim(claim, article) for claim in claims]
    rows["claim_actors"] = [
        {"claim_id": f"{article}-{claim['id']}", "actor_id": actor["actor"], "role": actor["role"],
         "described_as": actor.get("described")}
        for claim in claims for actor in claim.get("actors", ())
    ]
    rows["claim_systems"] = [
        {"claim_id": f"{article}-{claim['id']}", "system_id": system["system"], "role": system["role"]}
        for claim in claims for system in claim.get("systems", ())
    ]
    rows["claim_topics"] = [
        {"claim_id": f"{article}-{claim['id']}", "topic_id": topic} for claim in claims for topic in claim.get("topics", ())
    ]


def _claim(claim: Entry, article: str) -> Row:
    value = claim.get("value", {})
    return {
        "id": f"{article}-{claim['id']}", "article_id": article,
        "transfer_id": transfer_id(*transfer_key(claim["transfer"])) if "transfer" in claim else None,
        "meeting_id": claim.get("meeting"), "stance": claim["stance"], "denies": claim.get("denies"),
        "hedge_text": claim.get("hedge"), "phase": claim.get("phase"), "attributed_to_id": claim.get("said_by"),
        "attribution_text": claim.get("attribution"), "via_id": claim.get("via"),
        "statement_id": f"{article}-{claim['statement']}" if "statement" in claim else None, "end_use_text": claim.get("end_use"),
        "condition": claim.get("condition"), "deal": claim.get("deal"), "value_low": _number(value.get("low")),
        "value_high": _number(value.get("high")), "value_currency": value.get("currency"), "value_text": value.get("text"),
        "summary": claim["summary"], "credibility": claim.get("credibility", "6"), "supersedes_id": claim.get("supersedes"),
        **_date(claim), **_quantity(claim), "rank": claim.get("rank", "normal"), "rank_reason": claim.get("rank_reason"),
    }


def _evidence(bound: Bound, article: str) -> list[Row]:
    record = bound.record
    rows: list[Row] = []
    for target, backings in bound.spans.items():
        owner: Row = {"claim_id": None, "statement_id": None, "affiliation_id": None, "alias_id": None}
        if target[0] != "article":
            entry = record[str(target[0])][target[1]]
            if target[0] in ("claims", "statements"):
                owner[f"{str(target[0])[:-1]}_id"] = f"{article}-{entry['id']}"
            elif target[0] == "roles":
                owner["affiliation_id"] = entry["id"]
            else:
                owner["alias_id"] = alias_id(entry)
        rows.extend(
            {"article_id": article, **owner, "field": field, "basis": basis, "layer": span.layer, "exact": span.exact,
             "prefix": span.prefix, "suffix": span.suffix, "start_char": span.start, "end_char": span.end, "note": note}
            for field, basis, span, note in backings
        )
    return rows


# --- search -----------------------------------------------------------------------------------------------------------
def search_row(kind: str, owner: str, article: str | None, field: str, text: str, extra: str = "") -> Row:
    """One text to search. Its number is made of what it is, so that results have one order on every database."""
    digest = hashlib.blake2b(f"{owner}\0{field}\0{extra}".encode(), digest_size=7).digest()
    number = SEARCH_KINDS.index(kind) << 56 | int.from_bytes(digest, "big")
    return {"id": number, "kind": kind, "owner_id": owner, "article_id": article, "field": field, "words": as_words(text)}


def _search_rows(rows: Rows, article: str) -> list[Row]:
    found = [search_row("meeting", meeting["id"], article, "title", meeting["title"]) for meeting in rows["meetings"]]
    exact = {
        (row["claim_id"] or row["statement_id"]): row["exact"]
        for row in rows["evidence"] if row["field"] == "whole" and (row["claim_id"] or row["statement_id"])
    }
    for kind in ("claim", "statement"):
        for row in rows[f"{kind}s"]:
            found.append(search_row(kind, row["id"], article, "quote", exact[row["id"]]))
            found.append(search_row(kind, row["id"], article, "summary", row["summary"]))
    row = rows["articles"][0]
    if row["title"]:
        found.append(search_row("article", article, article, "title", row["title"]))
    found.append(search_row("article", article, article, "text", row["text"]))
    return found


def search_row_of_alias(alias: Row) -> Row:
    """The search row of one row of `aliases`."""
    kind = "actor" if alias["actor_id"] else "system"
    return search_row(kind, alias[f"{kind}_id"], None, "alias", alias["name"], alias["name"])


# --- registry and reviews ---------------------------------------------------------------------------------------------
def rows_of_registry(registry: dict[str, dict[str, Entry]]) -> Rows:
    """The rows of the registry, by table."""
    rows: Rows = {table: [] for table in (*KINDS, "aliases", "identifiers", "affiliations", "former_ids", "search_rows")}
    kept = {
        (kind, former): slug for kind in KINDS for slug, entry in registry[kind].items() for former in entry.get("formerly", ())
    }
    for slug, entry in registry["actors"].items():
        rows["actors"].append({
            "id": slug, "name": entry["name"], "kind": entry["kind"], "country_code": entry.get("country"),
            "source": entry.get("source"), "note": entry.get("note"),
        })
        rows["affiliations"].extend(_tie(slug, tie, kept) for tie in entry.get("ties", ()))
    for slug, entry in registry["systems"].items():
        parent, designer = entry.get("parent"), entry.get("designer")
        rows["systems"].append({
            "id": slug, "name": entry["name"], "level": entry["level"], "category": entry["category"],
            "uav_class": entry.get("uav_class"), "sipri_category": entry.get("sipri_category"),
            "unroca_category": entry.get("unroca_category"), "parent_id": kept.get(("systems", str(parent)), parent),
            "designer_id": kept.get(("actors", str(designer)), designer), "source": entry.get("source"), "note": entry.get("note"),
        })
    for slug, entry in registry["places"].items():
        lat, lon = entry.get("lat"), entry.get("lon")
        rows["places"].append({
            "id": slug, "name": entry["name"], "country_code": entry.get("country"), "precision": entry["precision"],
            # + 0.0: one engine would keep the sign of -0 and the other not.
            "lat": float(lat) + 0.0 if lat else None, "lon": float(lon) + 0.0 if lon else None, "source": entry.get("source"),
            "note": entry.get("note"),
        })
    for slug, entry in registry["topics"].items():
        rows["topics"].append({"id": slug, "name": entry["name"], "note": entry.get("note")})
    _add_names_and_codes(rows, registry, kept)
    return rows


def _tie(actor: str, tie: Entry, kept: dict[tuple[str, str], str]) -> Row:
    start = read_edtf(tie["start"]) if "start" in tie else (None, None)
    end = read_edtf(tie["end"]) if "end" in tie else (None, None)
    return {
        "id": tie_id(actor, tie), "actor_id": actor, "kind": tie["kind"],
        "target_id": kept.get(("actors", tie["target"]), tie["target"]), "title": tie.get("title"), "term": tie.get("term"),
        "start_earliest": start[0], "start_latest": start[1], "end_earliest": end[0], "end_latest": end[1], "in_registry": 1,
        "source": tie["source"],
    }


def _add_names_and_codes(rows: Rows, registry: dict[str, dict[str, Entry]], kept: dict[tuple[str, str], str]) -> None:
    """Aliases, identifiers, merged ids and the search rows of all names."""
    for kind in KINDS:
        singular = SINGULAR[kind]
        for slug, entry in registry[kind].items():
            owner = {f"{one}_id": slug if one == singular else None for one in SINGULAR.values()}
            rows["former_ids"].extend({"id": former, **owner} for former in entry.get("formerly", ()))
            codes = {key: value for key, value in owner.items() if key != "topic_id"}
            rows["identifiers"].extend(
                {"scheme": code["scheme"], "value": code["value"], **codes, "source": code["source"]}
                for code in entry.get("identifiers", ())
            )
            if kind not in ("actors", "systems"):
                continue
            rows["search_rows"].append(search_row(singular, slug, None, "name", entry["name"]))
            for alias in entry.get("aliases", ()):
                used_by = alias.get("used_by")
                known = {**alias, singular: slug, "used_by": kept.get(("actors", str(used_by)), used_by)}
                rows["aliases"].append(_alias(known, in_registry=True))
    rows["search_rows"].extend(search_row_of_alias(alias) for alias in rows["aliases"])


def rows_of_review(article: str, lines: list[dict[str, str]]) -> list[Row]:
    """The rows of `reviews` of one article; the last line of the file has the highest position."""
    return [
        {"article_id": article, "position": position, "record_sha256": line["record_sha256"], "reviewer": line["reviewer"],
         "reviewed_on": line["reviewed_on"], "decision": line["decision"], "note": line.get("note")}
        for position, line in enumerate(lines, start=1)
    ]
