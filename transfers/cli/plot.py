"""`transfers plot`: the pictures of the reading room as files."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from transfers.cli.options import as_typed, complete_id, limit, named, one_of, since_until
from transfers.cli.settings import add_settings, pass_settings
from transfers.queries.timeline import KINDS
from transfers.settings import Settings
from transfers.vocabulary.words import STANDINGS

if TYPE_CHECKING:
    from collections.abc import Callable

_output = click.option("-o", "--output", metavar="FILE", help="A new file, named .svg or .png. Without it, SVG goes to stdout.")


@click.group(short_help="Draw the timeline, the claims on a transfer, or the network.")
def plot() -> None:
    """Draw a picture: as SVG, light or dark as the one who looks at it prefers, or as PNG (extra notebook), light."""


@plot.command(short_help="Transfers, meetings and statements in time.")
@one_of("--kind", KINDS, "What to draw")
@named("--actor", "actor", "Who supplied, received, took part or spoke, with what is part of them.")
@named("--system", "system", "What was transferred, shown or spoken of, with what falls under it.")
@since_until
@limit
@_output
@add_settings
@pass_settings
def timeline(settings: Settings, /, output: str | None, **options: Any) -> None:
    """Draw transfers, meetings and statements on an axis of time. What has no date of its own is left out."""
    from transfers.queries.timeline import find_timeline
    from transfers.site.pages.timeline import as_entries
    from transfers.site.pictures.timeline import draw_timeline

    _require_form(output)
    with settings.reading() as connection:
        entries = [one for one in as_entries(find_timeline(connection, **options), None) if one.when]
    _write(settings, output, draw_timeline, entries, "Transfers, meetings and statements in time")


@plot.command(short_help="The claims on one transfer or meeting, by number and time.")
@click.argument("thing", metavar="ID", callback=as_typed, shell_complete=complete_id)
@_output
@add_settings
@pass_settings
def claims(settings: Settings, /, thing: str, output: str | None) -> None:
    """Draw the claims on one transfer or meeting: each on an axis of quantity and on one of time, denials beside assertions."""
    from transfers.errors import UsageError
    from transfers.queries.pages import find_claims_where, find_page
    from transfers.site.pages.sources import as_rows
    from transfers.site.pages.transfer import as_title
    from transfers.site.pictures.claims import draw_claims

    _require_form(output)
    with settings.reading() as connection:
        page = find_page(connection, thing)
        if page["type"] not in ("transfer", "meeting"):
            raise UsageError(f"{thing} is of the kind {page['type']}; claims are drawn of a transfer or a meeting")
        title = as_title(page) if page["type"] == "transfer" else page["title"]
        found = find_claims_where(connection, f"c.{page['type']}_id = :id", {"id": page["id"]})
        rows = as_rows(connection, found, None)
    _write(settings, output, draw_claims, rows, f"Claims: {title}")


@plot.command(short_help="Who is said to supply whom.")
@named("--system", "system", "What was transferred, with what falls under it.")
@named("--actor", "actor", "Who supplied or received, with what is part of them.")
@one_of("--standing", STANDINGS, "How the sources stand to each other")
@since_until
@_output
@add_settings
@pass_settings
def network(settings: Settings, /, output: str | None, **options: Any) -> None:
    """Draw who is said to supply whom, at most 80 transfers: without a standing or a time those that most claims speak of."""
    from transfers.site.pages.network import as_flows, as_groups, find_network
    from transfers.site.pictures.network import draw_network

    _require_form(output)
    with settings.reading() as connection:
        transfers, more = find_network(connection, **options)
    if more:
        settings.say(f"{len(transfers)} transfers are drawn; there are more")
    _write(settings, output, draw_network, as_flows(as_groups(transfers), None), "Who is said to supply whom")


def _require_form(output: str | None) -> None:
    """Refuse a form that cannot be written, before anything is read."""
    from transfers.errors import UsageError

    if output is None or output.lower().endswith(".svg"):
        return
    if not output.lower().endswith(".png"):
        raise UsageError(f"{output}: pictures are written as SVG or PNG; give a name that ends in .svg or .png")
    from transfers.site.pictures.png import require_renderer

    require_renderer()


def _write(settings: Settings, output: str | None, draw: Callable[..., str], what: Any, title: str) -> None:
    from transfers.exports.new_file import new_file
    from transfers.site.pictures.drawing import as_file

    picture = as_file(draw(what, title), title)
    if output is None:
        sys.stdout.write(picture)
        return
    with new_file(output) as file:
        if output.lower().endswith(".png"):
            from transfers.site.pictures.png import as_png

            file.buffer.write(as_png(picture))
        else:
            file.write(picture)
    settings.say(f"wrote {output}")
