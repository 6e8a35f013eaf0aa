"""Looking a database over against the files: every quote found again in the stored text and in seeds/."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from transfers.articles.read import ArticleText, read_article
from transfers.errors import ArticleError
from transfers.evidence.locate import CONTEXT

if TYPE_CHECKING:
    from transfers.db import Connection


def find_altered(connection: Connection, root: str | None) -> list[str]:
    """One sentence for everything in which texts and quotes of the database are not what was loaded.

    Args:
        connection: a database at head.
        root: the collection, to find the texts again in its files; None = only within the database.
    """
    faults: list[str] = []
    for article, path, text, sha256, raw_sha256, norm in connection.rows(
        "SELECT id, source_path, text, text_sha256, raw_sha256, text_norm FROM articles ORDER BY id"
    ):
        if hashlib.sha256(text.encode()).hexdigest() != sha256:
            faults.append(f"article {article}: its text is not the one that was loaded (text_sha256 differs)")
        file = _find_file(root, article, path, (text, raw_sha256, norm), faults)
        faults.extend(_altered_quotes(connection, article, text, file))
    for statement, quote, exact in connection.rows(
        "SELECT s.id, s.quote, e.exact FROM statements s JOIN evidence e ON e.statement_id = s.id AND e.field = 'whole' "
        "WHERE s.quote <> e.exact ORDER BY s.id"
    ):
        faults.append(f"statement {statement}: its quote {quote!r} is not its evidence {exact!r}")
    for kind in ("claim", "statement"):
        for (found,) in connection.rows(
            f"SELECT id FROM {kind}s WHERE (SELECT count(*) FROM evidence WHERE evidence.{kind}_id = {kind}s.id "
            "AND field = 'whole') <> 1 ORDER BY id"
        ):
            faults.append(f"{kind} {found}: it has not exactly one span of its own")
    return faults


def holds_the_articles(connection: Connection, root: str) -> bool:
    """Whether a collection has any of the files that the articles of the database are from."""
    paths = connection.rows("SELECT source_path FROM articles")
    return not paths or any(os.path.exists(f"{root}/{path}") for (path,) in paths)


def _find_file(
    root: str | None, article: str, path: str, stored: tuple[str, str, str], faults: list[str]
) -> ArticleText | None:
    """The file of an article as it reads now, whatever its format; a fault is added when it no longer gives the stored text."""
    if root is None:
        return None
    text, raw_sha256, norm = stored
    if not os.path.exists(f"{root}/{path}"):
        faults.append(f"article {article}: {path} is gone")
        return None
    for format_ in ("html", "text"):
        try:
            found = read_article(root, path, format_, raw_sha256, norm)
        except ArticleError as error:
            faults.append(f"article {article}: {path} {error}")
            return None
        if found.text == text:
            return found
    faults.append(f"article {article}: {path} no longer gives the text that is stored")
    return None


def _altered_quotes(connection: Connection, article: str, text: str, file: ArticleText | None) -> list[str]:
    faults = []
    for number, claim, statement, role, alias, field, layer, exact, prefix, suffix, start, end in connection.rows(
        "SELECT id, claim_id, statement_id, affiliation_id, alias_id, field, layer, exact, prefix, suffix, start_char, end_char "
        "FROM evidence WHERE article_id = :article ORDER BY start_char, id", {"article": article}
    ):
        layer_text = text if layer == "text" else file.raw if file else None
        if layer_text is None:
            continue
        right = (layer_text[start:end], layer_text[max(0, start - CONTEXT) : start], layer_text[end : end + CONTEXT])
        if right != (exact, prefix, suffix):
            owner = claim or statement or role or alias or article
            faults.append(f"{owner}, {field}: the quote {exact!r} does not stand at {start} to {end} (evidence {number})")
    return faults
