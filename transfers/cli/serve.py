"""`transfers serve`: the reading room."""

from __future__ import annotations

import click

from transfers.cli.settings import add_settings, pass_settings
from transfers.settings import Settings


@click.command(short_help="Show the data as a site on this machine.")
@click.option("-p", "--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="Port to listen on.")
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--open", "open_", is_flag=True, help="Show the first page in a browser.")
@click.option("--reload", "reload_", is_flag=True, help="Serve the new state whenever the database has changed.")
@click.option("--export", metavar="DIR", help="Serve nothing; write the site into a new folder, to be published elsewhere.")
@click.option(
    "--with-texts", is_flag=True,
    help="With the full texts of the articles also where others can read them: with --export, or on a --host of the network.",
)
@click.option(
    "--with-registers", is_flag=True,
    help="With the rows of registers, likewise. They are other people's data: their terms may not allow it.",
)
@click.option("--print-command", is_flag=True, help="Serve nothing; print the command that would.")
@add_settings
@pass_settings
def serve(
    settings: Settings, port: int, host: str, open_: bool, reload_: bool, export: str | None, with_texts: bool,
    with_registers: bool, print_command: bool,
) -> None:
    """Show the data as a site: a copy of the database, read-only, with Datasette and pages of this program's own.

    The copy is of the moment at which it is made. Only this machine can see the site unless --host says otherwise, and what
    others can see holds the quotes but not the full texts of the articles, unless --with-texts, and no rows of registers, unless
    --with-registers.
    """
    import shlex

    from transfers.site.serving import Serving, as_command, export_site, require_datasette
    from transfers.site.serving import serve as run

    if export is not None:
        written = export_site(settings.target(), export, with_texts=with_texts, with_registers=with_registers)
        settings.say(f"wrote {written}; to serve it: datasette {export}")
        return
    require_datasette()
    serving = Serving(
        settings.target(), host=host, port=port, browser=open_, reload=reload_, with_texts=with_texts,
        with_registers=with_registers,
    )
    if print_command:
        click.echo(shlex.join(as_command(serving, "SNAPSHOT")))
        return
    if code := run(serving, settings.say):
        raise SystemExit(code)
