"""Full-text search over quotes, summaries, articles and names."""

from __future__ import annotations

import re

from transfers.queries.rows import Row, Rows, Where, find_pairs
from transfers.queries.words import add_search, read_phrases
from transfers.vocabulary.names import as_words

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from transfers.db import Connection

COLUMNS = ("kind", "id", "title", "snippet", "article", "start_char", "end_char")
_BESIDE = 60  # characters of a snippet on either side of what was found

# What the owner of a text is called, and the texts it has by field.
_OWNERS = {
    "actor": ("a.id, a.name, a.name FROM actors a", "a.id", ("name",)),
    "system": ("a.id, a.name, a.name FROM systems a", "a.id", ("name",)),
    "meeting": ("m.id, m.title, m.title FROM meetings m", "m.id", ("title",)),
    "claim": (
        """c.id, coalesce(m.title, s.name || ' → ' || r.name || ': ' || y.name || ' (' || t.kind || ')')
          || CASE WHEN EXISTS (SELECT 1 FROM v_current_claims n WHERE n.id = c.id) THEN '' ELSE ' [no longer current]' END,
          w.exact, c.summary, w.start_char, w.end_char
        FROM claims c LEFT JOIN meetings m ON m.id = c.meeting_id
        LEFT JOIN transfers t ON t.id = c.transfer_id LEFT JOIN actors s ON s.id = t.supplier_id
        LEFT JOIN actors r ON r.id = t.recipient_id LEFT JOIN systems y ON y.id = t.system_id
        LEFT JOIN evidence w ON w.claim_id = c.id AND w.field = 'whole'""",
        "c.id", ("quote", "summary", "start", "end"),
    ),
    "statement": (
        """s.id, p.name
          || CASE WHEN EXISTS (SELECT 1 FROM v_statements v WHERE v.id = s.id) THEN '' ELSE ' [no longer current]' END,
          w.exact, s.summary, w.start_char, w.end_char
        FROM statements s JOIN actors p ON p.id = s.speaker_id
        LEFT JOIN evidence w ON w.statement_id = s.id AND w.field = 'whole'""",
        "s.id", ("quote", "summary", "start", "end"),
    ),
    "article": ("a.id, coalesce(a.title, a.id), a.title, a.text FROM articles a", "a.id", ("title", "text")),
}


def find_texts(connection: Connection, text: str, *, kind: Sequence[str] = (), limit: int = 100) -> Rows:
    """The texts that hold what is searched for, names first, then events, claims, statements and whole articles.

    ``start_char`` and ``end_char`` say where in the article it stands, for quotes and article texts.

    Args:
        connection: the database.
        text: words and phrases in quotation marks; all of them must be found in one text.
        kind: only texts of these kinds of owners.
        limit: the largest number of rows.

    Raises:
        UsageError: there is nothing to search for, or too much.
    """
    phrases = read_phrases(text)
    where = Where()
    add_search(where, connection.engine, phrases, kind)
    hits = connection.rows(
        f"SELECT r.kind, r.owner_id, r.field, r.article_id, r.words FROM search_rows r WHERE {where} ORDER BY r.id LIMIT :at_most",
        {**where.params, "at_most": limit + 1},
    )
    owners = _read_owners(connection, hits[:limit])
    pattern = _as_pattern(phrases[0])
    rows = [_as_row(hit, owners[hit[0], hit[1]], pattern) for hit in hits[:limit]]
    return Rows(COLUMNS, rows, more=len(hits) > limit)


def _read_owners(connection: Connection, hits: Sequence[Row]) -> dict[tuple[str, str], dict[str, Any]]:
    """What is known of each owner: its title and its texts by field; the aliases under ``alias``."""
    owners: dict[tuple[str, str], dict[str, Any]] = {}
    for kind, (select, key, fields) in _OWNERS.items():
        ids = sorted({hit[1] for hit in hits if hit[0] == kind})
        for owner, title, *texts in find_pairs(connection, select, key, ids) if ids else ():
            owners[kind, owner] = {"shown": title, **dict(zip(fields, texts, strict=True))}
    for kind in ("actor", "system"):
        ids = sorted({hit[1] for hit in hits if hit[0] == kind and hit[2] == "alias"})
        for owner, name in find_pairs(connection, f"{kind}_id, name FROM aliases", f"{kind}_id", ids):
            owners[kind, owner].setdefault("alias", []).append(name)
    return owners


def _as_row(hit: Row, owner: dict[str, Any], pattern: re.Pattern[str]) -> Row:
    kind, id_, field, article, words = hit
    text = owner.get(field)
    if field == "alias":
        text = next((name for name in sorted(owner["alias"]) if as_words(name) == words), owner["shown"])
    text = text or ""
    found = _locate(pattern, text)
    start = end = None
    if field in ("quote", "text"):
        offset = owner["start"] if field == "quote" else 0
        if found:
            start, end = offset + found[0], offset + found[1]
        elif field == "quote":
            start, end = owner["start"], owner["end"]
    return kind, id_, owner["shown"], _as_snippet(text, found), article, start, end


def _as_pattern(phrase: str) -> re.Pattern[str]:
    """The tokens of a phrase with anything between them that is no letter and no digit."""
    before = r"(?<!\d)" if phrase[0].isdigit() else r"(?<![^\W\d_])"
    return re.compile(before + r"[\W_]*".join(map(re.escape, phrase.split())), re.IGNORECASE)


def _locate(pattern: re.Pattern[str], text: str) -> tuple[int, int] | None:
    lowered = text.lower()
    # In lower case the search is ten times as fast; a few letters become two there, and then places would shift.
    found = pattern.search(lowered if len(lowered) == len(text) else text)
    return found.span() if found else None


def _as_snippet(text: str, found: tuple[int, int] | None) -> str:
    """The words around what was found, on one line."""
    start, end = found or (0, 0)
    begin, finish = max(0, start - _BESIDE), min(len(text), end + _BESIDE)
    if begin:
        begin = text.find(" ", begin, start) + 1 or begin
    if finish < len(text):
        space = text.rfind(" ", end, finish)
        finish = space if space > 0 else finish
    return ("…" if begin else "") + " ".join(text[begin:finish].split()) + ("…" if finish < len(text) else "")
