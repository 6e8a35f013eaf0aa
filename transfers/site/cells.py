"""Ids in Datasette's tables as links to our pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

if TYPE_CHECKING:
    from transfers.site.answering import Site

_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
# What a column holds ids of, wherever it stands; ``_id`` at its end makes no difference.
_KINDS: Final = {
    "transfer": "transfer", "meeting": "meeting", "statement": "statement", "article": "article", "claim": "claim",
    "supplier": "actor", "recipient": "actor", "speaker": "actor", "said_by": "actor", "attributed_to": "actor", "via": "actor",
    "outlet": "actor", "agency": "actor", "actor": "actor", "person": "actor", "org": "actor", "designer": "actor",
    "system": "system", "supersedes": "claim", "same_as": "statement", "copy_of": "article",
}
# What ``id`` is in these tables and views.
_OWN: Final = {
    "transfers": "transfer", "v_transfers": "transfer", "meetings": "meeting", "v_meetings": "meeting", "statements": "statement",
    "v_statements": "statement", "articles": "article", "claims": "claim", "v_current_claims": "claim", "actors": "actor",
    "systems": "system",
}


def as_link(site: Site, table: str | None, column: str, value: object) -> Markup | None:
    """A cell as a link to the page of what it names; None when it names nothing that has one."""
    kind = _OWN.get(table or "") if column == "id" else _KINDS.get(column.removesuffix("_id"))
    if kind is None or not isinstance(value, str) or not _SLUG.fullmatch(value):
        return None
    if kind == "claim":
        article, _, key = value.rpartition("-")
        return Markup('<a href="{}#{}">{}</a>').format(site.page("article", article), key, value)
    return Markup('<a href="{}">{}</a>').format(site.page(kind, value), value)
