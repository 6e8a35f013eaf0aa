"""What Datasette calls. It finds this module by the entry point `datasette`, and so does anybody's Datasette on this machine.

Hence: nothing happens unless one of the databases that are served is ours, and then only to that one. What guards the whole
site is on when nothing but our databases is served.
"""

from __future__ import annotations

from typing import Any

from datasette import Response, hookimpl
from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import AsgiFileDownload, NotFound

from transfers.site import limits, security
from transfers.site.answering import HOME, Reply, Site, answer
from transfers.site.databases import as_connection, find_ours, has_our_number

NAME = "transfers"  # under which Datasette's configuration speaks to this plugin
_LONGEST_MS = 10_000  # of one statement of a page


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """All that is ours stands below one path."""
    return [(rf"^{HOME}(?:/(?P<path>.*))?$", _respond)]


async def _respond(datasette: Any, request: Any) -> Any:
    database = await find_ours(datasette)
    if database is None:
        raise NotFound("Not found")
    site = Site(datasette.setting("base_url"), datasette.urls.database(database.name), options(datasette))
    path = (request.url_vars["path"] or "").strip("/")
    words = {name: request.args.getlist(name) for name in request.args}

    def read(driver: Any) -> Reply:
        with sqlite_timelimit(driver, _LONGEST_MS):
            return answer(as_connection(driver, database.name), site, path, words)

    reply = await database.execute_fn(read)
    if reply.file:
        return AsgiFileDownload(reply.file, reply.headers.get("filename"), reply.content_type)
    return Response(reply.body, status=reply.status, headers=dict(reply.headers), content_type=reply.content_type)


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
    """Limit what SQLite may take in a process that was started for our data alone."""
    memory = options(datasette).get("memory")

    async def limit_memory() -> None:
        database = await find_ours(datasette)
        if database is not None and memory:
            await database.execute_fn(lambda driver: limits.limit_process(driver, int(memory)))

    return limit_memory


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
