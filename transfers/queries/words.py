"""Searching texts: what a user typed, as a condition on `search_rows` that gives the same rows on both engines.

Each word is a phrase of the tokens that `as_words` cuts it into (``S-400`` is ``s 400``), words in quotation marks are one
phrase together; the last token of a phrase may go on (``drone`` finds drones). All phrases must stand in the same text.
"""

from __future__ import annotations

import re

from transfers.errors import UsageError
from transfers.vocabulary.names import as_words
from transfers.vocabulary.words import SEARCH_KINDS

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Sequence

    from transfers.queries.rows import Where

LONGEST, MOST = 1_000, 64  # characters and phrases


def read_phrases(text: str) -> list[str]:
    """The phrases of a search as tokens joined by spaces, in their order, never none.

    Raises:
        UsageError: nothing can be searched for, or too much.
    """
    if len(text) > LONGEST:
        raise UsageError(f"the search text has {len(text):,} characters; at most {LONGEST:,} are searched for")
    parts = [quoted or plain for quoted, plain in re.findall(r'"([^"]*)"?|([^\s"]+)', text)]
    phrases = [words for words in map(as_words, parts) if words]
    if not phrases:
        raise UsageError("the search text is empty: it has no letter and no digit")
    if len(phrases) > MOST:
        raise UsageError(f"the search text has {len(phrases)} words; at most {MOST} are searched for")
    return phrases


def add_search(where: Where, engine: str, phrases: Sequence[str], kinds: Sequence[str] = ()) -> None:
    """The condition that a row ``r`` of `search_rows` holds all phrases and speaks of one of the kinds."""
    if engine == "sqlite":
        found = "SELECT i.rowid FROM search_rows_fts i WHERE i.search_rows_fts MATCH :phrases"
        where.add(f"r.id IN ({found})", phrases=_as_fts5(phrases))
    else:
        where.add(
            "array_to_tsvector(string_to_array(r.words, ' ')) @@ CAST(:phrases AS tsquery)", phrases=_as_tsquery(phrases),
        )
        for phrase in phrases:
            # The index knows which words a text has, not in which order.
            where.add(f"strpos(' ' || r.words, {where.listed([' ' + phrase])}) > 0")
    if kinds:
        ranges = [f"r.id BETWEEN {SEARCH_KINDS.index(kind) << 56} AND {(SEARCH_KINDS.index(kind) + 1 << 56) - 1}" for kind in kinds]
        where.add("(" + " OR ".join(ranges) + ")")


def _as_fts5(phrases: Sequence[str]) -> str:
    return " ".join(f'"{phrase}" *' for phrase in phrases)


def _as_tsquery(phrases: Sequence[str]) -> str:
    tokens = []
    for phrase in phrases:
        *whole, last = phrase.split()
        tokens += [f"'{token}'" for token in whole]
        tokens.append(f"'{last}':*")
    return " & ".join(tokens)


def add_about(where: Where, engine: str, text: str, owner: str, kinds: Sequence[str]) -> None:
    """The condition that a text of the owner (a column) holds the words.

    Raises:
        UsageError: nothing can be searched for, or too much.
    """
    inner = type(where)(where.params)
    add_search(inner, engine, read_phrases(text), kinds)
    where.add(f"{owner} IN (SELECT r.owner_id FROM search_rows r WHERE {inner})")
