"""Everything the database knows of one thing, as `show` prints it: the thing itself, its claims, statements and evidence."""

from __future__ import annotations

from transfers.errors import InputError
from transfers.queries.rows import Where, ordered

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, TypeAlias

    from transfers.db import Connection

Page: TypeAlias = "dict[str, Any]"

KINDS = ("transfer", "meeting", "statement", "claim", "actor", "system", "article")
_TABLES = {kind: f"{kind}s" for kind in KINDS}

_CLAIMS = """
SELECT c.id AS claim, c.transfer_id AS transfer, c.meeting_id AS meeting, c.article_id AS article, a.outlet_id AS outlet,
  o.name AS outlet_name, g.name AS agency_name, a.title AS article_title, a.published_edtf AS published, a.published_basis,
  c.stance, c.denies, c.hedge_text AS hedge, c.phase, coalesce(c.attributed_to_id, s.speaker_id) AS said_by,
  p.name AS said_by_name, coalesce(c.attribution_text, s.speaker_as_described) AS attribution, c.via_id AS via,
  v.name AS via_name, c.statement_id AS statement,
  c.quantity_text, c.quantity_low, c.quantity_high, c.quantity_qualifier, c.quantity_unit, c.quantity_scope, c.quantity_per,
  c.date_text, c.date_edtf, c.date_earliest, c.date_latest, c.date_basis, c.end_use_text AS end_use, c.condition, c.deal,
  c.value_text, c.value_low, c.value_high, c.value_currency, c.summary, w.exact AS quote, w.prefix, w.suffix, w.start_char,
  w.end_char, c.rank, c.rank_reason, c.supersedes_id AS supersedes,
  (SELECT x.review FROM v_review_status x WHERE x.article = c.article_id) AS review, c.credibility, a.reliability,
  a.status AS article_status, a.status_note AS article_status_note, a.url, a.source_path AS source, a.text_sha256,
  CASE WHEN EXISTS (SELECT 1 FROM v_current_claims n WHERE n.id = c.id) THEN 1 ELSE 0 END AS is_current
FROM claims c
JOIN articles a ON a.id = c.article_id
JOIN actors o ON o.id = a.outlet_id
LEFT JOIN actors g ON g.id = a.agency_id
LEFT JOIN statements s ON s.id = c.statement_id
LEFT JOIN actors p ON p.id = coalesce(c.attributed_to_id, s.speaker_id)
LEFT JOIN actors v ON v.id = c.via_id
LEFT JOIN evidence w ON w.claim_id = c.id AND w.field = 'whole'"""

_STATEMENTS = """
SELECT s.id, s.speaker_id AS speaker, p.name AS speaker_name, s.speaker_as_described AS described_as, f.title AS role_title,
  s.form, w.exact AS quote, s.summary, s.lang, s.original_lang, s.via_id AS via, v.name AS via_name, s.meeting_id AS meeting,
  s.audience_text AS audience, s.same_as_id AS same_as, s.quantity_text, s.quantity_low, s.quantity_high,
  s.quantity_qualifier, s.quantity_unit, s.quantity_scope, s.quantity_per, s.date_text, s.date_edtf, s.date_earliest,
  s.date_latest, s.date_basis, s.article_id AS article, a.outlet_id AS outlet, o.name AS outlet_name,
  a.title AS article_title, a.published_edtf AS published, a.published_basis, w.prefix, w.suffix, w.start_char, w.end_char,
  s.rank, s.rank_reason, (SELECT x.review FROM v_review_status x WHERE x.article = s.article_id) AS review,
  a.status AS article_status, a.status_note AS article_status_note, a.url, a.source_path AS source, a.text_sha256,
  CASE WHEN EXISTS (SELECT 1 FROM v_statements n WHERE n.id = s.id) THEN 1 ELSE 0 END AS is_current
FROM statements s
JOIN actors p ON p.id = s.speaker_id
JOIN articles a ON a.id = s.article_id
JOIN actors o ON o.id = a.outlet_id
LEFT JOIN affiliations f ON f.id = s.affiliation_id
LEFT JOIN actors v ON v.id = s.via_id
LEFT JOIN evidence w ON w.statement_id = s.id AND w.field = 'whole'"""


def find_page(connection: Connection, asked: str) -> Page:
    """The page of one thing: ``type`` and ``id``, its own columns, and lists of what belongs to it.

    Args:
        connection: the database.
        asked: an id, ``kind:id`` where two kinds share an id, or a name of an actor or system.

    Raises:
        InputError: nothing goes by it (the nearest known ids are offered), or several things do.
    """
    kind, id_ = _locate(connection, asked.replace("\0", ""))
    if kind == "removal":
        columns, rows = connection.table(
            "SELECT id, article_id AS article, removed_on, why FROM removals WHERE id = :id", {"id": id_},
        )
        return {"type": "removal", **dict(zip(columns, rows[0], strict=True))}
    from transfers.queries import owners

    make: dict[str, Callable[[Connection, str], Page]] = {
        "transfer": owners.read_transfer, "meeting": owners.read_meeting, "statement": owners.read_statement,
        "claim": owners.read_claim, "actor": owners.read_actor, "system": owners.read_system, "article": owners.read_article,
    }
    return {"type": kind, **make[kind](connection, id_)}


def _locate(connection: Connection, asked: str) -> tuple[str, str]:
    """The kind and id of the one thing that is asked for."""
    before, colon, after = asked.partition(":")
    kinds, id_ = ((before,), after) if colon and before in KINDS else (KINDS, asked)
    found = _kinds_of(connection, kinds, id_)
    if len(found) > 1:
        listed = " or ".join(f"{kind}:{id_}" for kind in found)
        raise InputError(f"{id_} is an id of more than one kind; ask for {listed}")
    if found:
        return found[0], id_
    if connection.rows("SELECT 1 FROM removals WHERE id = :id", {"id": id_}):
        return "removal", id_
    return _locate_by_name(connection, kinds, id_)


def _kinds_of(connection: Connection, kinds: Sequence[str], id_: str) -> list[str]:
    union = " UNION ALL ".join(f"SELECT '{kind}' FROM {_TABLES[kind]} WHERE id = :id" for kind in kinds)
    return [row[0] for row in connection.rows(union, {"id": id_})]


def _locate_by_name(connection: Connection, kinds: Sequence[str], name: str) -> tuple[str, str]:
    from transfers.queries.names import find_named

    found = [
        (kind, one) for kind in ("actor", "system") if kind in kinds for one in find_named(connection, kind, name)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(f"several go by {name!r}: ask for {' or '.join(f'{kind}:{one}' for kind, one in found)}")
    near = _nearest(connection, kinds, name)
    offer = f"; did you mean {' or '.join(near)}?" if near else "; transfers search finds words"
    raise InputError(f"nothing goes by {name!r}{offer}")


def _nearest(connection: Connection, kinds: Sequence[str], name: str) -> list[str]:
    """Up to three ids that look most like what was asked for: by the names of actors and systems, else by the ids."""
    from difflib import get_close_matches

    from transfers.queries.names import find_nearest

    near = [one for kind in ("actor", "system") if kind in kinds for one in find_nearest(connection, kind, name)]
    if near:
        return near[:3]
    union = " UNION ALL ".join(f"SELECT id FROM {_TABLES[kind]}" for kind in kinds)
    known = sorted(row[0] for row in connection.rows(union) if row[0][:2] == name[:2].lower())
    return get_close_matches(name.lower(), known, 3)


def find_dicts(connection: Connection, sql: str, params: dict[str, Any]) -> list[Page]:
    """The rows of a statement as dictionaries."""
    columns, rows = connection.table(sql, params)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def find_one(connection: Connection, sql: str, id_: str) -> Page:
    """The row of the thing with this id, which is known to exist."""
    return find_dicts(connection, sql, {"id": id_})[0]


def find_claims_where(connection: Connection, condition: str, params: dict[str, Any]) -> list[Page]:
    """Claims ``c`` with all that says where they come from: first those that are current, the preferred before the others,
    by earliest day (none last) and id.
    """  # noqa: D205 - one sentence on two lines
    order = ordered(connection.engine, "c.date_earliest?", "c.id")
    claims = find_dicts(connection, f"{_CLAIMS} WHERE {condition} ORDER BY {order}", params)
    claims.sort(key=lambda claim: (not claim["is_current"], claim["rank"] != "preferred"))
    ids = [claim["claim"] for claim in claims]
    newer = _grouped(connection, "SELECT supersedes_id, id FROM claims", "supersedes_id", ids)
    retracted = _grouped(
        connection, "SELECT l.target_id, l.article_id FROM article_links l JOIN articles r ON r.id = l.article_id "
        "AND l.kind = 'retracts' AND r.status <> 'retracted'", "l.target_id", sorted({claim["article"] for claim in claims}),
    )
    actors = _grouped(
        connection, "SELECT x.claim_id, x.actor_id, p.name, x.role, x.described_as FROM claim_actors x "
        "JOIN actors p ON p.id = x.actor_id", "x.claim_id", ids,
    )
    systems = _grouped(
        connection, "SELECT x.claim_id, x.system_id, y.name, x.role FROM claim_systems x JOIN systems y ON y.id = x.system_id",
        "x.claim_id", ids,
    )
    for claim in claims:
        one = claim["claim"]
        claim["is_current"] = bool(claim["is_current"])
        claim["superseded_by"] = [row[0] for row in newer.get(one, [])]
        claim["retracted_by"] = [row[0] for row in retracted.get(claim["article"], [])]
        claim["actors"] = [
            dict(zip(("actor", "name", "role", "described_as"), row, strict=True)) for row in actors.get(one, [])
        ]
        claim["systems"] = [dict(zip(("system", "name", "role"), row, strict=True)) for row in systems.get(one, [])]
    _add_inferred(connection, claims, "claim", "claim")
    return claims


def find_statements_where(connection: Connection, condition: str, params: dict[str, Any]) -> list[Page]:
    """Statements ``s`` with all that says where they come from, those that stand first, by earliest day (none last) and id."""
    order = ordered(connection.engine, "s.date_earliest?", "s.id")
    statements = find_dicts(connection, f"{_STATEMENTS} WHERE {condition} ORDER BY {order}", params)
    statements.sort(key=lambda statement: not statement["is_current"])
    for statement in statements:
        statement["is_current"] = bool(statement["is_current"])
    _add_inferred(connection, statements, "statement", "id")
    return statements


def _add_inferred(connection: Connection, rows: list[Page], kind: str, key: str) -> None:
    """Add to each claim or statement which of its fields are inferred, and why."""
    why = _grouped(
        connection, f"SELECT e.{kind}_id, e.field, e.note FROM evidence e", f"e.basis = 'inferred' AND e.{kind}_id",
        [row[key] for row in rows],
    )
    for row in rows:
        row["inferred"] = {}
        for field, note in why.get(row[key], []):
            row["inferred"].setdefault(field, note)


def _grouped(connection: Connection, select: str, key: str, ids: Sequence[str]) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of a SELECT, without their first column, by that column; sorted."""
    grouped: dict[str, list[tuple[Any, ...]]] = {}
    for start in range(0, len(ids), 400):
        where = Where()
        where.among(key, ids[start:start + 400])
        for row in connection.rows(f"{select} WHERE {where}", where.params):
            grouped.setdefault(row[0], []).append(tuple(row[1:]))
    for rows in grouped.values():
        rows.sort(key=lambda row: tuple((value is None, value or "") for value in row))
    return grouped


def find_evidence(connection: Connection, claims: Sequence[Page], statements: Sequence[Page]) -> list[Page]:
    """The spans that back the claims and statements, by kind, owner, field and place."""
    found: list[Page] = []
    for kind, ids in (("claim", [one["claim"] for one in claims]), ("statement", [one["id"] for one in statements])):
        columns = ("article", "field", "quote", "basis", "why", "layer", "start_char", "end_char", "prefix", "suffix")
        spans = _grouped(
            connection, f"SELECT e.{kind}_id, e.article_id, e.field, e.exact, e.basis, e.note, e.layer, e.start_char, e.end_char, "
            "e.prefix, e.suffix FROM evidence e", f"e.{kind}_id", ids,
        )
        found += [
            {"kind": kind, "owner": owner, **dict(zip(columns, row, strict=True))} for owner in ids for row in spans.get(owner, [])
        ]
    return sorted(found, key=lambda span: (span["kind"], span["owner"], span["field"], span["layer"], span["start_char"]))
