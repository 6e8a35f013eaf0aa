"""What guards the site: who may ask for it by which name, and what a browser may do with what it is sent.

Scripts run by a nonce that is new with each request. It is not put into the finished page, where a payload that came
through would get it as well, but into the *templates of Datasette* before any value is in them: `_NonceLoader`.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from contextvars import ContextVar
from typing import Any, Final

import datasette as datasette_package
from jinja2 import BaseLoader, Environment

from transfers.site.answering import HOME
from transfers.site.databases import find_ours, has_only_ours

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

_nonce: ContextVar[str] = ContextVar("nonce", default="")

_POLICY: Final = (
    "default-src 'self'; script-src 'self'{nonce}; style-src 'self'{inline}; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
}


def guarded(app: App, datasette: Any, options: Mapping[str, Any]) -> App:
    """An ASGI application with the guard before it.

    Args:
        app: Datasette, or what another plugin put before it.
        datasette: the instance.
        options: ``hosts``: the names it may be asked by, all when it is missing.
    """
    hosts = frozenset(options.get("hosts") or ())

    async def wrapped(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        if hosts and _host(scope) not in hosts:
            await _refuse(send)
            return
        ours = _is_below_home(scope["path"], datasette)
        if not (await find_ours(datasette) if ours else await has_only_ours(datasette)):
            await app(scope, receive, send)
            return
        if hosts and scope["path"] == datasette.setting("base_url"):
            await _redirect(send, datasette.urls.path(HOME))
            return
        nonce = secrets.token_urlsafe(18)
        _nonce.set(nonce)
        # Our own pages have neither inline scripts nor styles, so they need no exception.
        policy = _POLICY.format(nonce="" if ours else f" 'nonce-{nonce}'", inline="" if ours else " 'unsafe-inline'")

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                added = {**_HEADERS, b"content-security-policy": policy.encode("ascii")}
                kept = [pair for pair in message.get("headers", []) if pair[0].lower() not in added]
                message = {**message, "headers": [*kept, *added.items()]}
            await send(message)

        await app(scope, receive, send_with_headers)

    return wrapped


def _is_below_home(path: str, datasette: Any) -> bool:
    home = datasette.setting("base_url").rstrip("/") + HOME
    return path == home or path.startswith(home + "/")


def _host(scope: Message) -> str:
    """The name that was asked for, without its port."""
    host = next((value for name, value in scope["headers"] if name.lower() == b"host"), b"").decode("latin-1").lower()
    return re.sub(r":\d*$", "", host)


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *_HEADERS.items()]
    await send({"type": "http.response.start", "status": 421, "headers": headers})
    await send({"type": "http.response.body", "body": b"This site does not go by that name.\n"})


async def _redirect(send: Send, to: str) -> None:
    headers = [(b"location", to.encode("ascii")), *_HEADERS.items()]
    await send({"type": "http.response.start", "status": 302, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


class _NonceLoader(BaseLoader):
    """Loads what another loader loads; scripts in the templates of Datasette get the nonce of the request."""

    def __init__(self, loader: BaseLoader) -> None:
        self._loader = loader
        self._folder = os.path.join(os.path.dirname(os.path.abspath(datasette_package.__file__ or "")), "")

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """The text of a template."""
        source, path, is_fresh = self._loader.get_source(environment, template)
        if path and os.path.abspath(path).startswith(self._folder):
            source = re.sub(r"<script(?=[\s>{])", '<script nonce="{{ csp_nonce() }}"', source)
        return source, path, is_fresh

    def list_templates(self) -> list[str]:
        """All names there are."""
        return self._loader.list_templates()


def add_nonces(environment: Environment) -> None:
    """Have an environment give the nonce of the request to the scripts in Datasette's own templates."""
    if environment.loader is not None:
        environment.loader = _NonceLoader(environment.loader)
        environment.globals["csp_nonce"] = _nonce.get
