"""The feed of new and changed articles. `loads` is the only clock of the data: it says when which record came in, and how."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from uuid import NAMESPACE_URL, uuid5

from transfers.site.answering import Reply, render

if TYPE_CHECKING:
    from transfers.db import Connection
    from transfers.site.answering import Asked

_MOST: Final = 50
_ENTRIES: Final = """
SELECT l.loaded_at, l.outcome, l.record_path, l.record_sha256, l.message, a.id, a.title, a.lang, o.name AS outlet_name,
  a.published_edtf AS published, v.review,
  (SELECT count(*) FROM claims c WHERE c.article_id = a.id) AS claims,
  (SELECT count(*) FROM statements s WHERE s.article_id = a.id) AS statements
FROM loads l LEFT JOIN articles a ON a.record_path = l.record_path LEFT JOIN actors o ON o.id = a.outlet_id
LEFT JOIN v_review_status v ON v.article = a.id
WHERE l.record_path LIKE 'data/records/%' ORDER BY l.id DESC LIMIT :most"""


def read(connection: Connection, asked: Asked) -> Reply:
    """The feed, in Atom."""
    columns, rows = connection.table(_ENTRIES, {"most": _MOST})
    entries = [dict(zip(columns, row, strict=True)) for row in rows]
    for entry in entries:
        # The same change has the same id wherever the site stands.
        entry["uuid"] = _uuid(f"{entry['record_path']} {entry['record_sha256']} {entry['loaded_at']} {entry['outcome']}")
    context: dict[str, Any] = {
        "entries": entries, "uuid": _uuid("feed"),
        "updated": connection.rows("SELECT max(loaded_at) FROM loads")[0][0] or "1970-01-01T00:00:00Z",
    }
    return Reply(_without_controls(render(asked.site, "feed.xml", context)), "application/atom+xml; charset=utf-8")


def _uuid(of: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"transfers {of}"))


def _without_controls(text: str) -> str:
    """XML has no way to write control characters, and a single one makes the whole feed unreadable."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", "\ufffd", text)
