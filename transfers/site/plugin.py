"""What Datasette calls. It finds this module by the entry point `datasette`, and so does anybody's Datasette on this machine.

Hence: nothing happens unless one of the databases that are served is ours, and then only to that one. What guards the whole
site is on when nothing but our databases is served.
"""

from __future__ import annotations

import os
from typing import Any

from datasette import Response, hookimpl
from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import NotFound

from transfers.site import limits, security
from transfers.site.answering import HOME, Reply, Site, answer
from transfers.site.cells import as_link
from transfers.site.databases import as_connection, find_ours, has_our_number, is_known_as_ours

NAME = "transfers"  # under which Datasette's configuration speaks to this plugin
_LONGEST_MS = 10_000  # that a page may take of the database; ten times as long to pack a download
_PIECE = 256 * 1024


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """All that is ours stands below one path."""
    return [(rf"^{HOME}(?:/(?P<path>.*))?$", _respond)]


async def _respond(datasette: Any, request: Any) -> Any:
    database = await find_ours(datasette)
    if database is None:
        raise NotFound("Not found")
    site = _as_site(datasette, database)
    path = (request.url_vars["path"] or "").strip("/")
    words = {name: request.args.getlist(name) for name in request.args}

    def read(driver: Any) -> Reply:
        with sqlite_timelimit(driver, _LONGEST_MS * (10 if path.startswith("download/") else 1)):
            return answer(as_connection(driver, database.name), site, path, words)

    reply = await database.execute_fn(read)
    if reply.file:
        return _Download(reply)
    return Response(reply.body, status=reply.status, headers=dict(reply.headers), content_type=reply.content_type)


def _as_site(datasette: Any, database: Any) -> Site:
    return Site(
        datasette.setting("base_url"), datasette.urls.database(database.name), str(database.path or ""), not database.is_mutable,
    )


class _Download:
    """A file that is sent piece by piece."""

    def __init__(self, reply: Reply) -> None:
        self._reply = reply

    async def asgi_send(self, send: Any) -> None:
        """Send it; one that was made for this answer is removed."""
        reply = self._reply
        headers = {**reply.headers, "content-type": reply.content_type, "content-length": str(os.path.getsize(reply.file))}
        try:
            with open(reply.file, "rb") as file:
                started = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
                await send({"type": "http.response.start", "status": reply.status, "headers": started})
                while piece := file.read(_PIECE):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
                await send({"type": "http.response.body", "body": b""})
        finally:
            if reply.passing:
                os.unlink(reply.file)


def options(datasette: Any) -> dict[str, Any]:
    """What `transfers serve` put into the configuration of Datasette for this plugin."""
    return datasette.plugin_config(NAME) or {}


@hookimpl
def prepare_connection(conn: Any, database: str) -> None:
    """Limit what a statement over our data may take."""
    if not database.startswith("_") and has_our_number(conn):
        limits.limit(conn)


@hookimpl
def startup(datasette: Any) -> Any:
    """Limit what is taken and told in a process that was started for our data alone."""
    memory = options(datasette).get("memory")
    security.say_less(options(datasette))

    async def limit_memory() -> None:
        database = await find_ours(datasette)
        if database is not None and memory:
            await database.execute_fn(lambda driver: limits.limit_process(driver, int(memory)))

    return limit_memory


@hookimpl
def handle_exception(exception: Exception) -> Any:
    """Say of a query that wants more memory than there is that the query is at fault, as it is."""
    if isinstance(exception, MemoryError):
        return Response("This query needs more memory than one may take.\n", status=400, content_type="text/plain; charset=utf-8")
    return None


@hookimpl
def prepare_jinja2_environment(env: Any) -> None:
    """Have the scripts in Datasette's own templates carry the nonce of the request."""
    security.add_nonces(env)


@hookimpl
def asgi_wrapper(datasette: Any) -> Any:
    """Guard what is sent."""
    return lambda app: security.guarded(app, datasette, options(datasette))


@hookimpl
def menu_links(datasette: Any) -> Any:
    """A way from Datasette's pages to ours."""

    async def links() -> list[dict[str, str]]:
        if await find_ours(datasette) is None:
            return []
        return [{"href": datasette.urls.path(HOME), "label": "Reading room"}]

    return links


@hookimpl
def render_cell(value: Any, column: str, table: str | None, database: str, datasette: Any) -> Any:
    """Make ids in our tables lead to our pages."""
    served = datasette.databases.get(database)
    if served is None or not is_known_as_ours(served):
        return None
    return as_link(_as_site(datasette, served), table, column, value)


@hookimpl
def extra_css_urls(database: str | None, datasette: Any) -> list[str]:
    """Keep Datasette's pages of our tables readable: they have many columns, and each is described."""
    shown = datasette.databases.get(database)
    if shown is None or not is_known_as_ours(shown):
        return []
    return [_as_site(datasette, shown).static("tables.css")]
