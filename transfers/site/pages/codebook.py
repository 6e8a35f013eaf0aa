"""The codebook: docs/codebook.md as a page. It is the one place where conventions, lists, views and tables are described."""

from __future__ import annotations

import os
import re
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from transfers.errors import DatabaseError
from transfers.site.answering import FOLDER

if TYPE_CHECKING:
    from markdown_it.token import Token

    from transfers.db import Connection
    from transfers.site.answering import Asked

# In an installed package it stands beside this one, in a checkout among the documents: pyproject.toml puts it there.
_PLACES: Final = (os.path.join(FOLDER, "codebook.md"), os.path.join(FOLDER, "..", "..", "docs", "codebook.md"))


def read(connection: Connection, asked: Asked) -> dict[str, Any]:
    """What the page shows."""
    html, headings = _read_codebook()
    return {"title": "Codebook", "html": html, "headings": headings}


@cache
def _read_codebook() -> tuple[Markup, list[tuple[str, str]]]:
    """The text as HTML, and its headings of the second level with their places."""
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    text = re.sub(r"<!--.*?-->\n?", "", _read_text(), flags=re.DOTALL)  # marks of the program that makes the tables
    named = dict(re.findall(r'^#+ (.+)\n+<a id="([\w-]+)"></a>$', text, re.MULTILINE))
    tokens = reader.parse(re.sub(r'^<a id="[\w-]+"></a>$', "", text, flags=re.MULTILINE))
    headings = _add_anchors(tokens, named)
    for token in tokens:
        token.children = _without_other_documents(token.children)
    html = reader.renderer.render(tokens, reader.options, {})
    html = html.replace("<table", '<div class="wide" tabindex="0" role="region" aria-label="Table"><table')
    return Markup(html.replace("</table>", "</table></div>")), headings


def _add_anchors(tokens: list[Token], named: dict[str, str]) -> list[tuple[str, str]]:
    """Give each heading its place: the one that is named in the text, else one made of its words, counted as the web does."""
    headings = []
    known: Counter[str] = Counter()
    for token, inside in pairwise(tokens):
        if token.type == "heading_open":
            title = "".join(part.content for part in inside.children or ())
            anchor = named.get(title) or as_anchor(title)
            known[anchor] += 1
            anchor += f"-{known[anchor] - 1}" if known[anchor] > 1 else ""
            token.attrSet("id", anchor)
            if token.tag == "h2":
                headings.append((anchor, title))
    return headings


def _without_other_documents(inside: list[Token] | None) -> list[Token] | None:
    """What stands in a line, without the links to documents beside this one, which are no pages here; their words stay."""
    if inside is None:
        return None
    kept, leads_away = [], False
    for token in inside:
        if token.type == "link_open":
            leads_away = not str(token.attrGet("href")).startswith(("#", "http"))
        if not (leads_away and token.type in ("link_open", "link_close")):
            kept.append(token)
    return kept


def _read_text() -> str:
    for path in _PLACES:
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                return file.read()
    raise DatabaseError("The codebook is missing from this installation of the program.")


def as_anchor(title: str) -> str:
    """The place of a heading, as the links in the text have it."""
    return re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-")
