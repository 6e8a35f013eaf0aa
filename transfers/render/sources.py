"""Claims and statements on a page: the words, who said them through whom, where and when they were read."""

from __future__ import annotations

from transfers.render.words import as_days, as_range

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, TypeAlias

    from transfers.render.layout import Fact, Layout

Entry: TypeAlias = "dict[str, Any]"

CONTEXT = 32  # characters that are kept before and after a quote


def as_kind(code: str) -> str:
    """A code of a closed list in plain words."""
    return code.replace("_", " ")


def plural(count: int, word: str) -> str:
    """``1 claim``, ``2 claims``, ``no claims``."""
    return f"{count or 'no'} {word}{'' if count == 1 else 's'}"


def add_claims(layout: Layout, claims: Sequence[Entry], heading: str = "Claims", *, about: bool = False) -> None:
    """The claims that count, one under the other, and under a heading of their own those that no longer do.

    Args:
        layout: the page.
        claims: the claims, those that count first.
        heading: what to write over them.
        about: whether each has to say what it is about.
    """
    current = [claim for claim in claims if claim["is_current"]]
    for title, group in ((heading, current), ("No longer current", [one for one in claims if not one["is_current"]])):
        if group:
            layout.heading(title)
        for number, claim in enumerate(group, start=1):
            _add_claim(layout, claim, number, about)


def _add_claim(layout: Layout, claim: Entry, number: int, about: bool) -> None:
    if claim["denies"] is None:
        state = ", ".join(part for part in (claim["stance"], claim["phase"]) if part)
    else:
        state = f"denied ({as_kind(claim['denies'])})" + (f", of what would be: {claim['phase']}" if claim["phase"] else "")
    state += "; preferred" if claim["rank"] == "preferred" else ""
    layout.gap()
    layout.paragraph(f"{number}. {claim['summary']}")
    why = claim["inferred"]
    layout.facts(
        [
            ("Gone", _why_not_current(claim)),
            ("Claim", state + (f"; marked by \"{claim['hedge']}\"" if claim["hedge"] else "")),
            ("About", claim["transfer"] or claim["meeting"] if about else None),
            ("Said by", _said_by(claim)),
            ("Read in", _read_in(claim)),
            ("Quote", quoted(claim)),
            ("Number", numbered(claim, why.get("quantity"))),
            ("Date", dated(claim, why.get("date"))),
            ("End use", claim["end_use"]),
            ("Terms", ", ".join(as_kind(one) for one in (claim["condition"], claim["deal"]) if one)),
            ("Value", _value(claim)),
            *(
                (as_kind(one["role"]).capitalize(), one["name"] + (f": {one['described_as']}" if one["described_as"] else ""))
                for one in claim["actors"]
            ),
            *((as_kind(one["role"]).capitalize(), one["name"]) for one in claim["systems"]),
            *_inferred(why, ("quantity", "date")),
            ("Judged", f"source {claim['reliability']}, information {claim['credibility']} (Admiralty code)"),
            ("Supersedes", claim["supersedes"]),
            *_where(claim),
            ("Id", claim["claim"]),
        ],
        indent=3,
    )


def _why_not_current(claim: Entry) -> str | None:
    """Why a claim no longer counts; None when it does."""
    if claim["is_current"]:
        return None
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


def _said_by(claim: Entry) -> str:
    name = claim["said_by_name"] or f"{claim['agency_name'] or claim['outlet_name']} (the article's own voice)"
    words = f' ("{claim["attribution"]}")' if claim["attribution"] and claim["said_by_name"] else ""
    return name + words + (f", via {claim['via_name']}" if claim["via_name"] else "")


def _read_in(entry: Entry) -> str:
    return article_name(entry) + f" [{entry['article']}]"


def article_name(entry: Entry) -> str:
    """The outlet, the headline and the day of publication with where it comes from."""
    title = f', "{entry["article_title"]}"' if entry["article_title"] else ""
    basis = "" if entry["published_basis"] in (None, "stated") else f" ({entry['published_basis']})"
    return f"{entry['outlet_name']}{title}, {'published ' + entry['published'] + basis if entry['published'] else 'undated'}"


def quoted(entry: Entry) -> str | None:
    """The quote in its context, the words themselves between guillemets."""
    if entry["quote"] is None:
        return None
    before, after = entry["prefix"], entry["suffix"]
    # Contexts of full length were cut somewhere, mostly inside a word.
    if len(before) == CONTEXT:
        before = "…" + before[before.find(" ") + 1:]
    if len(after) == CONTEXT:
        after = after[:after.rfind(" ") + 1].rstrip() + "…"
    return f"{before}«{entry['quote']}»{after}"


def numbered(entry: Entry, why: str | None) -> str | None:
    """The number as printed, what it means, and of what it is."""
    if entry["quantity_text"] is None:
        return None
    meant = as_range(entry["quantity_low"], entry["quantity_high"]) or "no number"
    per = f" per {entry['quantity_per']}" if entry["quantity_per"] else ""
    scope = "" if entry["quantity_per"] else f", {as_kind(entry['quantity_scope'])}"
    reason = f"; inferred: {why}" if why else ""
    qualifier = as_kind(entry["quantity_qualifier"])
    return f'"{entry["quantity_text"]}": {meant} ({entry["quantity_unit"]}{per}{scope}, {qualifier}{reason})'


def dated(entry: Entry, why: str | None) -> str | None:
    """The date as printed, as EDTF and as days, with where it comes from."""
    words = f'"{entry["date_text"]}"' if entry["date_text"] else ""
    if entry["date_edtf"] is None:
        return words or None
    days = as_days(entry["date_earliest"], entry["date_latest"])
    meant = f"{entry['date_edtf']}, {days}" if days and days != entry["date_edtf"] else str(entry["date_edtf"])
    basis = f" ({entry['date_basis']}{': ' + why if why else ''})" if entry["date_basis"] != "stated" or why else ""
    return (f"{words}: " if words else "") + meant + basis


def _value(claim: Entry) -> str | None:
    if claim["value_text"] is None:
        return None
    meant = as_range(claim["value_low"], claim["value_high"])
    return f'"{claim["value_text"]}"' + (f": {meant} {claim['value_currency']}" if meant else "")


def _inferred(why: dict[str, str], without: tuple[str, ...]) -> list[Fact]:
    """What the words do not say, field by field, with the reason."""
    left = [f"{as_kind(field)}: {reason}" for field, reason in why.items() if field not in without]
    return [("Inferred" if number == 0 else "", text) for number, text in enumerate(left)]


def _where(entry: Entry) -> list[Fact]:
    span = "" if entry["start_char"] is None else f", characters {entry['start_char']}–{entry['end_char']}"
    return [
        ("Review", entry["review"]),
        ("Address", entry["url"]),
        ("File", f"{entry['source']}{span} of the text with SHA-256 {entry['text_sha256']}"),
    ]


def add_statements(layout: Layout, statements: Sequence[Entry], heading: str) -> None:
    """Statements one under the other; without a heading only their facts, for a page that is about one of them."""
    if heading and statements:
        layout.heading(heading)
    for number, statement in enumerate(statements, start=1):
        layout.gap()
        if heading:
            layout.paragraph(f"{number}. {statement['summary']}")
        _add_statement(layout, statement, 3 if heading else 0)


def _add_statement(layout: Layout, statement: Entry, indent: int) -> None:
    role = f", {statement['role_title']}" if statement["role_title"] else ""
    via = f", via {statement['via_name']}" if statement["via_name"] else ""
    why = statement["inferred"]
    layout.facts(
        [
            ("Gone", _why_withdrawn(statement)),
            ("Speaker", f"{statement['speaker_name']}{role} (\"{statement['described_as']}\"){via}"),
            ("Form", statement["form"]),
            ("Read in", _read_in(statement)),
            ("Quote", quoted(statement)),
            ("Language", statement["lang"] + (f", spoken in {statement['original_lang']}" if statement["original_lang"] else "")),
            ("Number", numbered(statement, why.get("quantity"))),
            ("Date", dated(statement, why.get("date"))),
            ("Occasion", statement["meeting"]),
            ("Audience", statement["audience"]),
            *_inferred(why, ("quantity", "date")),
            *_where(statement),
            ("Id", statement["id"]),
        ],
        indent=indent,
    )


def _why_withdrawn(statement: Entry) -> str | None:
    if statement["is_current"]:
        return None
    if statement["rank"] == "deprecated":
        return f"deprecated: {statement['rank_reason']}"
    return "its article was retracted" + (f": {statement['article_status_note']}" if statement["article_status_note"] else "")
