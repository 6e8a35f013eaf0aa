"""The views of claims: the public face of the database, each readable without a join.

The text is the same for both engines but for the fragments in `FRAGMENTS`. Rules of meaning (which claim counts, what a
standing is, what a range covers) stand here and nowhere else: whoever needs them reads a view.

A view that is asked for a few rows must not work out all of them. Hence the shape of `v_transfers`: the claims are counted
in a sub-query that is grouped by the transfer's id, so that both engines move a condition on the id into it, and all names
are joined outside of it.

Source: docs/codebook.md, Views.
"""

from __future__ import annotations

from transfers.vocabulary import words as lists

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from typing import Final


def _quoted(text: str) -> str:
    """A text as JSON. Records hold no control characters but tabs and line breaks.

    Not the engines' own functions: SQLite 3.40 takes its own for unsafe in a view once the schema is not trusted.
    """
    for character, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        text = f"replace({text}, '{character}', '{escaped}')"
    return f"'\"' || {text} || '\"'"


_INFERRED: Final = f"""(SELECT '{{' || coalesce({{joined}}, '') || '}}' FROM (
      SELECT {_quoted("e.field")} || ':' || {_quoted("min(e.note{code_points})")} AS pair, e.field FROM evidence e
      WHERE e.claim_id = c.id AND e.basis = 'inferred' GROUP BY e.field ORDER BY e.field{{code_points}}) i)"""
FRAGMENTS: Final = {
    "sqlite": {"joined": "group_concat(i.pair, ',')", "code_points": ""},
    "postgresql": {"joined": "string_agg(i.pair, ',' ORDER BY i.field COLLATE \"C\")", "code_points": ' COLLATE "C"'},
}

# An article counts as retracted when its own record says so, or when a later article that still stands retracts it.
RETRACTED: Final = """
    SELECT r.id FROM articles r WHERE r.status = 'retracted'
    UNION ALL
    SELECT l.target_id FROM article_links l JOIN articles r ON r.id = l.article_id
    WHERE l.kind = 'retracts' AND r.status <> 'retracted'"""

_CLAIM_COLUMNS: Final = (
    "id", "article_id", "transfer_id", "meeting_id", "stance", "denies", "hedge_text", "phase", "attributed_to_id",
    "attribution_text", "via_id", "statement_id", "end_use_text", "condition", "deal", "value_low", "value_high",
    "value_currency", "value_text", "summary", "credibility", "supersedes_id", "date_text", "date_edtf", "date_earliest",
    "date_latest", "date_basis", "quantity_text", "quantity_low", "quantity_high", "quantity_qualifier", "quantity_unit",
    "quantity_scope", "quantity_per", "rank", "rank_reason",
)

# A correction of a correction still holds: the whole chain is looked at, and one claim in it that counts is enough. The
# first of the two conditions says nothing that the second does not; it spares almost all claims the walk along the chain.
_CURRENT_CLAIMS: Final = f"""
SELECT {", ".join(f"c.{column}" for column in _CLAIM_COLUMNS)},
  coalesce(c.attributed_to_id, (SELECT s.speaker_id FROM statements s WHERE s.id = c.statement_id)) AS said_by_id
FROM claims c
WHERE c.rank <> 'deprecated'
  AND c.article_id NOT IN ({RETRACTED})
  AND (NOT EXISTS (SELECT 1 FROM claims n WHERE n.supersedes_id = c.id) OR NOT EXISTS (
    WITH RECURSIVE newer(id, rank, article_id) AS (
      SELECT n.id, n.rank, n.article_id FROM claims n WHERE n.supersedes_id = c.id
      UNION SELECT n.id, n.rank, n.article_id FROM newer JOIN claims n ON n.supersedes_id = newer.id)
    SELECT 1 FROM newer WHERE newer.rank <> 'deprecated' AND newer.article_id NOT IN ({RETRACTED})))
"""


def listed(words: lists.Words) -> str:
    """The words as SQL has them between brackets."""
    return ", ".join(f"'{word}'" for word in words)


# How far a claim sees the transfer. An end wins over everything that has not set out; what is unclear comes last.
_SET_OUT: Final = lists.PHASES_IN_ORDER.index("in_transit")
_PHASE_RANKS: Final = {
    phase: rank
    for rank, phase in enumerate(
        ("unclear", *lists.PHASES_IN_ORDER[:_SET_OUT], *lists.PHASES_THAT_END, *lists.PHASES_IN_ORDER[_SET_OUT:])
    )
}
_PHASE_TO_RANK: Final = "CASE c.phase " + " ".join(f"WHEN '{word}' THEN {rank}" for word, rank in _PHASE_RANKS.items()) + " END"
_RANK_TO_PHASE: Final = (
    "CASE coalesce(g.furthest_asserted, g.furthest_alleged) "
    + " ".join(f"WHEN {rank} THEN '{word}'" for word, rank in _PHASE_RANKS.items()) + " END"
)

_ON_THE_WAY: Final = f"c.phase IN ({listed(lists.PHASES_ON_THE_WAY)})"
_COUNTED: Final = "c.stance <> 'denied' AND c.quantity_unit = 'item'"
_DELIVERED: Final = f"{_COUNTED} AND c.quantity_scope = 'total' AND {_ON_THE_WAY}"
_PLANNED: Final = (
    f"{_COUNTED} AND (c.quantity_scope = 'order' OR (c.quantity_scope = 'total' "
    f"AND c.phase IN ({listed(lists.PHASES_IN_ORDER[:_SET_OUT])})))"
)
# What a claim says of the time: the days of its date, or, of what has set out, any day up to the article's.
_DATED: Final = f"c.stance <> 'denied' AND (c.date_edtf IS NOT NULL OR {_ON_THE_WAY})"
_LATEST: Final = "CASE WHEN c.date_edtf IS NULL THEN a.published_latest ELSE c.date_latest END"


def _closed(aggregate: str, value: str, among: str) -> str:
    """The smallest or largest value; NULL as soon as one of them is open (NULL)."""
    return (
        f"CASE WHEN count({value}) FILTER (WHERE {among}) = count(*) FILTER (WHERE {among}) "
        f"THEN {aggregate}({value}) FILTER (WHERE {among}) END"
    )


# How the sources of a transfer stand to each other: an expression over its current claims ``c``.
STANDING: Final = """CASE WHEN count(c.id) = 0 THEN 'withdrawn'
      WHEN count(c.id) FILTER (WHERE c.denies = 'event') > 0 THEN
        CASE WHEN count(c.id) FILTER (WHERE c.stance <> 'denied') > 0 THEN 'contested' ELSE 'denied_only' END
      WHEN count(c.id) FILTER (WHERE c.stance = 'asserted') > 0 THEN 'reported'
      WHEN count(c.id) FILTER (WHERE c.stance = 'alleged') > 0 THEN 'alleged'
      ELSE 'details_disputed' END"""


def transfer_rows(condition: str = "") -> str:
    """A SELECT of one row for each transfer ``t``, or for each that fits; the views of registers read it of a few."""
    where = f"\n  WHERE {condition}" if condition else ""
    return f"""
SELECT g.id, g.supplier, (SELECT s.name FROM actors s WHERE s.id = g.supplier) AS supplier_name,
  g.recipient, (SELECT r.name FROM actors r WHERE r.id = g.recipient) AS recipient_name,
  g.system, (SELECT y.name FROM systems y WHERE y.id = g.system) AS system_name,
  (SELECT y.category FROM systems y WHERE y.id = g.system) AS category, g.kind, g.episode,
  (SELECT count(*) FROM transfers o WHERE o.supplier_id = g.supplier AND o.recipient_id = g.recipient
    AND o.system_id = g.system AND o.kind = g.kind) AS episodes,
  g.standing, {_RANK_TO_PHASE} AS phase,
  g.claims, g.origins, g.denials, g.disputes,
  (SELECT count(*) FROM transfers o JOIN v_current_claims d ON d.transfer_id = o.id
    WHERE o.supplier_id = g.supplier AND o.recipient_id = g.recipient AND o.system_id = g.system AND o.kind = g.kind
    AND o.episode <> g.episode AND d.denies = 'event') AS denials_elsewhere,
  g.quantity_low, g.quantity_high, g.planned_low, g.planned_high, g.first_date, g.last_date, g.articles
FROM (
  SELECT t.id, t.supplier_id AS supplier, t.recipient_id AS recipient, t.system_id AS system, t.kind, t.episode,
    count(c.id) AS claims,
    {STANDING} AS standing,
    count(c.id) FILTER (WHERE c.denies = 'event') AS denials,
    count(c.id) FILTER (WHERE c.denies <> 'event') AS disputes,
    max({_PHASE_TO_RANK}) FILTER (WHERE c.stance = 'asserted') AS furthest_asserted,
    max({_PHASE_TO_RANK}) FILTER (WHERE c.stance = 'alleged') AS furthest_alleged,
    count(DISTINCT coalesce(c.said_by_id, c.via_id, a.agency_id, a.outlet_id)) FILTER (WHERE c.stance <> 'denied') AS origins,
    count(DISTINCT c.article_id) AS articles,
    {_closed("min", "c.quantity_low", _DELIVERED)} AS quantity_low,
    {_closed("max", "c.quantity_high", _DELIVERED)} AS quantity_high,
    {_closed("min", "c.quantity_low", _PLANNED)} AS planned_low,
    {_closed("max", "c.quantity_high", _PLANNED)} AS planned_high,
    {_closed("min", "c.date_earliest", _DATED)} AS first_date,
    {_closed("max", _LATEST, _DATED)} AS last_date
  FROM transfers t
  LEFT JOIN v_current_claims c ON c.transfer_id = t.id
  LEFT JOIN articles a ON a.id = c.article_id{where}
  GROUP BY t.supplier_id, t.recipient_id, t.system_id, t.kind, t.episode, t.id
) g
"""


_REVIEW_STATUS: Final = """
SELECT a.id AS article,
  CASE WHEN r.decision IS NULL THEN 'unreviewed'
    WHEN r.record_sha256 <> a.record_sha256 THEN 'stale'
    WHEN r.decision = 'accepted' AND r.reviewer = a.coder THEN 'self_reviewed'
    ELSE r.decision END AS review,
  r.reviewer, r.reviewed_on, r.note
FROM articles a
LEFT JOIN reviews r ON r.article_id = a.id
  AND r.position = (SELECT max(n.position) FROM reviews n WHERE n.article_id = a.id)
"""

_TRANSFER_CLAIMS: Final = f"""
SELECT c.id AS claim, c.transfer_id AS transfer,
  t.supplier_id AS supplier, s.name AS supplier_name, t.recipient_id AS recipient, r.name AS recipient_name,
  t.system_id AS system, y.name AS system_name,
  c.article_id AS article, a.outlet_id AS outlet, a.title AS article_title, a.published_edtf AS published,
  c.stance, c.denies, c.hedge_text AS hedge, c.phase,
  c.said_by_id AS said_by, (SELECT p.name FROM actors p WHERE p.id = c.said_by_id) AS said_by_name, c.via_id AS via,
  c.quantity_text, c.quantity_low, c.quantity_high, c.quantity_qualifier, c.quantity_unit, c.quantity_scope, c.quantity_per,
  c.date_text, c.date_edtf, c.date_earliest, c.date_latest, c.date_basis,
  c.end_use_text AS end_use, c.summary,
  w.exact AS quote, w.start_char, w.end_char,
  {_INFERRED} AS inferred,
  c.rank, (SELECT v.review FROM v_review_status v WHERE v.article = c.article_id) AS review,
  c.credibility, a.reliability, a.url
FROM v_current_claims c
JOIN transfers t ON t.id = c.transfer_id
JOIN actors s ON s.id = t.supplier_id
JOIN actors r ON r.id = t.recipient_id
JOIN systems y ON y.id = t.system_id
JOIN articles a ON a.id = c.article_id
LEFT JOIN evidence w ON w.claim_id = c.id AND w.field = 'whole'
"""

# The days of a meeting are those of the claims that say it took place: a denial does not date what it denies.
_MEETING_DATED: Final = "c.stance <> 'denied' AND c.date_edtf IS NOT NULL"


def _agreed(value: str, among: str) -> str:
    """The value that all of them have; NULL when they differ."""
    return f"CASE WHEN count(DISTINCT {value}) FILTER (WHERE {among}) = 1 THEN min({value}) FILTER (WHERE {among}) END"




def meeting_rows(condition: str = "1 = 1") -> str:
    """A SELECT of one row for each meeting ``m`` that fits; lists read it without the participants."""
    return f"""
  SELECT m.id, m.kind, m.title, m.place_id AS place,
    {_agreed("c.date_text", _MEETING_DATED)} AS date_text,
    {_agreed("c.date_edtf", _MEETING_DATED)} AS date_edtf,
    {_closed("min", "c.date_earliest", _MEETING_DATED)} AS date_earliest,
    {_closed("max", "c.date_latest", _MEETING_DATED)} AS date_latest,
    {_agreed("coalesce(c.said_by_id, c.via_id, a.agency_id, a.outlet_id)", "c.stance <> 'denied'")} AS said_by,
    count(c.id) AS claims,
    count(c.id) FILTER (WHERE c.denies = 'event') AS denials,
    count(DISTINCT c.article_id) AS articles
  FROM meetings m
  LEFT JOIN v_current_claims c ON c.meeting_id = m.id
  LEFT JOIN articles a ON a.id = c.article_id
  WHERE {condition}
  GROUP BY m.id"""


_PARTICIPANTS: Final = """
  SELECT c.meeting_id, x.actor_id AS actor, x.role, min(x.described_as{code_points}) AS described_as
  FROM v_current_claims c JOIN claim_actors x ON x.claim_id = c.id
  WHERE c.meeting_id IS NOT NULL AND c.stance <> 'denied'
  GROUP BY c.meeting_id, x.actor_id, x.role"""

_MEETINGS: Final = f"""
SELECT g.id, g.kind, g.title, g.place, (SELECT p.name FROM places p WHERE p.id = g.place) AS place_name,
  (SELECT p.country_code FROM places p WHERE p.id = g.place) AS country,
  g.date_text, g.date_edtf, g.date_earliest, g.date_latest,
  x.actor, (SELECT p.name FROM actors p WHERE p.id = x.actor) AS name, x.role, x.described_as,
  g.said_by, g.claims, g.denials, g.articles, (SELECT p.name FROM actors p WHERE p.id = g.said_by) AS said_by_name
FROM ({meeting_rows()}
) g
LEFT JOIN ({_PARTICIPANTS}
) x ON x.meeting_id = g.id
"""

_STATEMENTS: Final = f"""
SELECT s.id, s.speaker_id AS speaker, p.name AS speaker_name, s.speaker_as_described AS described_as,
  (SELECT f.title FROM affiliations f WHERE f.id = s.affiliation_id) AS role_title, s.form,
  w.exact AS quote, s.summary, s.lang, s.via_id AS via, s.meeting_id AS meeting, s.date_earliest, s.date_latest,
  s.article_id AS article, w.start_char, w.end_char,
  s.date_text, s.date_edtf, s.date_basis, s.quantity_text, s.quantity_low, s.quantity_high, s.quantity_qualifier,
  s.quantity_unit, s.quantity_scope, s.quantity_per, s.original_lang, s.audience_text AS audience, s.same_as_id AS same_as,
  a.outlet_id AS outlet, a.published_edtf AS published, s.rank,
  (SELECT v.review FROM v_review_status v WHERE v.article = s.article_id) AS review, a.url,
  (SELECT o.name FROM actors o WHERE o.id = a.outlet_id) AS outlet_name,
  (SELECT v.name FROM actors v WHERE v.id = s.via_id) AS via_name,
  (SELECT m.title FROM meetings m WHERE m.id = s.meeting_id) AS meeting_title
FROM statements s
JOIN actors p ON p.id = s.speaker_id
JOIN articles a ON a.id = s.article_id
LEFT JOIN evidence w ON w.statement_id = s.id AND w.field = 'whole'
WHERE s.rank <> 'deprecated' AND s.article_id NOT IN ({RETRACTED})
"""

_EVIDENCE: Final = """
SELECT e.article_id AS article,
  CASE WHEN e.claim_id IS NOT NULL THEN 'claim' WHEN e.statement_id IS NOT NULL THEN 'statement'
    WHEN e.affiliation_id IS NOT NULL THEN 'role' WHEN e.alias_id IS NOT NULL THEN 'alias' ELSE 'article' END AS kind,
  coalesce(e.claim_id, e.statement_id, e.affiliation_id, e.alias_id, e.article_id) AS owner,
  e.field, e.exact AS quote, e.basis, e.note AS why, e.layer, e.start_char, e.end_char, e.prefix, e.suffix,
  a.outlet_id AS outlet, a.url, (SELECT o.name FROM actors o WHERE o.id = a.outlet_id) AS outlet_name
FROM evidence e
JOIN articles a ON a.id = e.article_id
"""

# An article proves that a post was held on a day; each article widens the span, and what the registry knows widens it too.
_ROLES: Final = """
SELECT f.id, f.actor_id AS person, p.name AS person_name, f.target_id AS org, o.name AS org_name, f.title, f.term,
  f.start_earliest,
  CASE WHEN f.start_latest <= h.first_day THEN f.start_latest ELSE coalesce(h.first_day, f.start_latest) END AS start_latest,
  CASE WHEN f.end_earliest >= h.last_day THEN f.end_earliest ELSE coalesce(h.last_day, f.end_earliest) END AS end_earliest,
  f.end_latest, coalesce(h.articles, 0) AS articles
FROM affiliations f
JOIN actors p ON p.id = f.actor_id
JOIN actors o ON o.id = f.target_id
LEFT JOIN (
  SELECT d.affiliation_id, min(d.held_earliest) AS first_day, max(d.held_latest) AS last_day, count(*) AS articles
  FROM affiliation_dates d GROUP BY d.affiliation_id
) h ON h.affiliation_id = f.id
WHERE f.kind = 'post'
"""

VIEWS: Final = {
    "v_current_claims": _CURRENT_CLAIMS,
    "v_review_status": _REVIEW_STATUS,
    "v_transfers": transfer_rows(),
    "v_transfer_claims": _TRANSFER_CLAIMS,
    "v_meetings": _MEETINGS,
    "v_statements": _STATEMENTS,
    "v_evidence": _EVIDENCE,
    "v_roles": _ROLES,
}
