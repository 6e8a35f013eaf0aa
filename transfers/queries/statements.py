"""Statements: who said what, in whose words."""

from __future__ import annotations

from transfers.queries.filters import add_days
from transfers.queries.names import find_actor_ids, require_id
from transfers.queries.rows import Rows, Where, find_ids, find_rows, ordered
from transfers.queries.words import add_about
from transfers.schema.claim_views import RETRACTED

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Sequence

    from transfers.db import Connection

COLUMNS = (
    "id", "speaker", "speaker_name", "described_as", "role_title", "form", "quote", "summary", "lang", "via", "meeting",
    "date_earliest", "date_latest", "article", "start_char", "end_char",
)


def find_statements(
    connection: Connection, *, speaker: Sequence[str] = (), outlet: Sequence[str] = (), since: str | None = None,
    until: str | None = None, about: str | None = None, limit: int = 100,
) -> Rows:
    """Statements that stand, by their earliest day (none last) and id.

    Args:
        connection: the database.
        speaker: who said it, or whoever is part of them.
        outlet: where it was read.
        since: an EDTF date; it can have been said on its first day or later.
        until: an EDTF date; it can have been said on its last day or earlier.
        about: words of the quote or of the summary.
        limit: the largest number of rows.

    Raises:
        InputError: nobody knows a name, or two entries share it.
        UsageError: a date is outside the EDTF profile, or there is nothing to search for.
    """
    where = Where()
    where.add(f"s.rank <> 'deprecated' AND s.article_id NOT IN ({RETRACTED})")
    if speaker:
        where.among("s.speaker_id", find_actor_ids(connection, speaker))
    if outlet:
        outlets = [require_id(connection, "actor", name) for name in outlet]
        where.add(f"s.article_id IN (SELECT a.id FROM articles a WHERE a.outlet_id IN ({where.listed(outlets)}))")
    add_days(where, "s", since, until)
    if about:
        add_about(where, connection.engine, about, "s.id", ["statement"])
    order = ordered(connection.engine, "s.date_earliest?", "s.id")
    ids, more = find_ids(connection, f"SELECT s.id FROM statements s WHERE {where} ORDER BY {order}", where.params, limit)
    rows = find_rows(connection, "v_statements", ids, ", ".join(COLUMNS))
    rows.more = more
    return rows
