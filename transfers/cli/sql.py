"""`transfers sql`: one query that only reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from transfers.cli.output import add_formats, show_rows
from transfers.cli.settings import add_settings, pass_settings
from transfers.queries import Rows
from transfers.settings import Settings

if TYPE_CHECKING:
    from typing import Any

    from transfers.render.formats import Format


@click.command(short_help="Run one SQL query that only reads.")
@click.argument("query", metavar="SQL")
@add_formats
@add_settings
@pass_settings
def sql(settings: Settings, /, wanted: Format, query: str) -> None:
    """Run one SQL query that only reads, over the views (v_transfers, v_transfer_claims, ...) and tables.

    Never add up the numbers of claims: two articles that repeat one source would count twice.
    """
    with settings.reading(untrusted=True) as connection:
        columns, rows = connection.table(query)
    show_rows(settings, Rows(columns, rows), wanted, _as_they_are)


def _as_they_are(rows: Rows) -> tuple[tuple[str, ...], list[Any]]:
    return rows.columns, rows.rows
