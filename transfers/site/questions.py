"""Canned queries: questions of an analyst with a form for their parameters. An empty parameter asks for all."""

from __future__ import annotations

from typing import Any, Final, NamedTuple


class Question(NamedTuple):
    """One canned query; Datasette makes a field of each ``:name`` in it."""

    title: str
    description: str
    sql: str


# Datasette shows so many rows of an answer. Given one more, its line 0 says that there are more; line 1 keeps that to itself, so
# the description says it.
MOST: Final = 300

_CLAIM: Final = (
    "c.transfer, c.claim, c.stance, c.denies, c.phase, c.said_by_name, c.quantity_text, c.quantity_low, c.quantity_high, "
    "c.date_edtf, c.quote, c.article, c.review"
)

QUESTIONS: Final = {
    "denials_and_disputes": Question(
        "What is denied or disputed, and by whom?",
        "Denials of the transfer itself (event) and of its number, date or end use; newest article first.",
        f"SELECT {_CLAIM} FROM v_transfer_claims c WHERE c.stance = 'denied' ORDER BY c.published DESC, c.claim LIMIT {MOST + 1}",
    ),
    "claims_on_a_system": Question(
        "What do sources claim about a system?",
        "Give the name of a system, or a part of it: Shahed, Geran, Герань. Aliases count. Never add up the numbers.",
        f"""SELECT c.system_name, {_CLAIM} FROM v_transfer_claims c
WHERE c.system IN (
  SELECT y.id FROM systems y WHERE y.name LIKE '%' || :system || '%' OR y.id = :system
  UNION SELECT a.system_id FROM aliases a WHERE a.name LIKE '%' || :system || '%')
ORDER BY c.transfer, c.date_earliest NULLS LAST, c.claim LIMIT {MOST + 1}""",
    ),
    "between_two": Question(
        "What is said to have gone from one actor to another?",
        "Names or ids, or a part of a name; an empty field stands for anybody.",
        f"""SELECT t.supplier_name, t.recipient_name, t.system_name, t.id AS transfer, t.kind, t.episode, t.standing, t.phase,
  t.quantity_low, t.quantity_high, t.first_date, t.last_date, t.claims, t.denials
FROM v_transfers t
WHERE (:supplier = '' OR t.supplier = :supplier OR t.supplier_name LIKE '%' || :supplier || '%')
  AND (:recipient = '' OR t.recipient = :recipient OR t.recipient_name LIKE '%' || :recipient || '%')
ORDER BY t.supplier, t.recipient, t.system, t.kind, t.episode LIMIT {MOST + 1}""",
    ),
    "statements_of": Question(
        "Who said what, and in which words?",
        "The name of a speaker, or a part of it; empty for all.",
        f"""SELECT s.speaker_name, s.described_as, s.form, s.quote, s.summary, s.date_earliest, s.date_latest, s.via_name,
  s.id AS statement, s.article, s.review
FROM v_statements s
WHERE :speaker = '' OR s.speaker = :speaker OR s.speaker_name LIKE '%' || :speaker || '%'
ORDER BY s.date_earliest NULLS LAST, s.id LIMIT {MOST + 1}""",
    ),
    "who_met_whom": Question(
        "Who met whom, where and when?",
        "One row for each participant of each meeting.",
        f"""SELECT m.title, m.kind, m.place_name, m.date_edtf, m.date_earliest, m.date_latest, m.name, m.role, m.described_as,
  m.id AS meeting,
  m.claims, m.denials, m.articles
FROM v_meetings m ORDER BY m.date_earliest NULLS LAST, m.id, m.role, m.actor LIMIT {MOST + 1}""",
    ),
    "inferred": Question(
        "What is our inference, and not in so many words in the article?",
        "Each field that was inferred, with the reason and the words it was inferred from.",
        f"""SELECT e.owner, e.kind, e.field, e.why, e.quote, e.article
FROM v_evidence e WHERE e.basis = 'inferred' ORDER BY e.article, e.owner, e.field LIMIT {MOST + 1}""",
    ),
    "not_yet_accepted": Question(
        "Which articles were not accepted by a second reader?",
        "Their claims count like all others until somebody finds them wrong.",
        f"""SELECT r.article, r.review, r.reviewer, r.reviewed_on, a.published_edtf, a.outlet_id AS outlet
FROM v_review_status r JOIN articles a ON a.id = r.article
WHERE r.review <> 'accepted' ORDER BY r.review, r.article LIMIT {MOST + 1}""",
    ),
}


def as_queries(questions: dict[str, Question]) -> dict[str, dict[str, Any]]:
    """The questions in the form of Datasette's configuration."""
    return {
        name: {
            "title": one.title, "description": f"{one.description} At most {MOST} rows are shown.", "sql": one.sql,
            "hide_sql": True,
        }
        for name, one in questions.items()
    }
