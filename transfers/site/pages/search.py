"""Search over names, quotes, summaries and texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from transfers.queries.search import find_texts

if TYPE_CHECKING:
    from transfers.db import Connection
    from transfers.site.answering import Asked, Site

_MOST: Final = 100


def read(connection: Connection, asked: Asked) -> dict[str, Any]:
    """What the page shows."""
    text = asked.word("q").strip()
    found = find_texts(connection, text, limit=_MOST) if text else None
    hits = [{**hit, "url": _place(asked.site, hit)} for hit in found.dicts()] if found else []
    return {
        "title": f"Search: {text}" if text else "Search", "q": text, "hits": hits, "more": bool(found and found.more),
    }


def _place(site: Site, hit: dict[str, Any]) -> str:
    """Where a hit is shown: claims in their article, all else on a page of its own."""
    if hit["kind"] == "claim":
        return f"{site.page('article', hit['article'])}#{hit['id'].rpartition('-')[2]}"
    return site.page(hit["kind"], hit["id"])
