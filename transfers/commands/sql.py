"""`transfers sql`: one query that only reads."""

from __future__ import annotations

from transfers.commands.options import Argument, Command
from transfers.commands.output import show_rows
from transfers.queries import Rows

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from typing import Any

    from transfers.render.formats import Format
    from transfers.settings import Settings

_DAY = 86_400.0


def sql(settings: Settings, wanted: Format, query: str) -> None:
    """Run one SQL query that only reads, over the views (v_transfers, v_transfer_claims, ...) and tables.

    Never add up the numbers of claims: two articles that repeat one source would count twice.
    """
    # With a time limit, however long, SQLite looks up from its work now and then and notices an interrupt.
    with settings.reading(untrusted=True, seconds=_DAY) as connection:
        columns, rows = connection.table(query)
    show_rows(settings, Rows(columns, rows), wanted, _as_they_are)


def _as_they_are(rows: Rows) -> tuple[tuple[str, ...], list[Any]]:
    return rows.columns, rows.rows


SQL = Command("sql", "Run one SQL query that only reads.", sql, (), argument=Argument("query", "SQL"))
