"""Articles, as a list."""

from __future__ import annotations

from transfers.queries.filters import read_date
from transfers.queries.names import require_id
from transfers.queries.rows import Rows, Where, find_ids, find_rows, ordered
from transfers.queries.words import add_about

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Sequence

    from transfers.db import Connection

_ROWS = """(SELECT a.id, a.outlet_id AS outlet, a.title, a.url, a.published_edtf, a.published_basis, a.text_sha256,
  (SELECT v.review FROM v_review_status v WHERE v.article = a.id) AS review,
  (SELECT count(*) FROM v_current_claims c WHERE c.article_id = a.id) AS claims,
  (SELECT count(*) FROM v_statements s WHERE s.article = a.id) AS statements
  FROM articles a) listed"""


def find_articles(
    connection: Connection, *, outlet: Sequence[str] = (), review: Sequence[str] = (), since: str | None = None,
    until: str | None = None, about: str | None = None, limit: int = 100,
) -> Rows:
    """Articles by their earliest day of publication (none last) and id, with how much of them counts now.

    Args:
        connection: the database.
        outlet: who published it.
        review: how the review of its record stands.
        since: an EDTF date; it can have been published on its first day or later.
        until: an EDTF date; it can have been published on its last day or earlier.
        about: words of the title or of the text.
        limit: the largest number of rows.

    Raises:
        InputError: nobody knows a name, or two entries share it.
        UsageError: a date is outside the EDTF profile, or there is nothing to search for.
    """
    where = Where()
    if outlet:
        where.among("a.outlet_id", [require_id(connection, "actor", name) for name in outlet])
    if review:
        where.add(f"a.id IN (SELECT v.article FROM v_review_status v WHERE v.review IN ({where.listed(review)}))")
    if since and (first := read_date("--since", since).earliest):
        where.add("(a.published_latest IS NULL OR a.published_latest >= :first_day)", first_day=first)
    if until and (last := read_date("--until", until).latest):
        where.add("(a.published_earliest IS NULL OR a.published_earliest <= :last_day)", last_day=last)
    if about:
        add_about(where, connection.engine, about, "a.id", ["article"])
    order = ordered(connection.engine, "a.published_earliest?", "a.id")
    ids, more = find_ids(connection, f"SELECT a.id FROM articles a WHERE {where} ORDER BY {order}", where.params, limit)
    rows = find_rows(connection, _ROWS, ids)
    rows.more = more
    return rows
