"""Rewrite SQL with ``:name`` parameters for psycopg."""

from __future__ import annotations

import re
from functools import lru_cache

# Texts, quoted names and comments are matched first, so that nothing inside them is taken for a parameter.
_PIECE = re.compile(
    r"""
    \b[eE]'(?:[^'\\]|\\.|'')*' | '(?:[^']|'')*' | "(?:[^"]|"")*" | (\$\w*\$).*?\1 | --[^\n]* | /\*.*?\*/
    | ::                                    # a cast
    | (?<![\w:]):(?P<name>[A-Za-z_]\w*)
    """,
    re.VERBOSE | re.DOTALL,
)


@lru_cache(maxsize=256)
def as_psycopg(sql: str) -> str:
    """The SQL with ``:name`` written ``%(name)s`` and every ``%`` doubled."""
    pieces, end = [], 0
    for piece in _PIECE.finditer(sql):
        pieces.append(sql[end:piece.start()].replace("%", "%%"))
        name = piece["name"]
        pieces.append(f"%({name})s" if name else piece[0].replace("%", "%%"))
        end = piece.end()
    pieces.append(sql[end:].replace("%", "%%"))
    return "".join(pieces)
