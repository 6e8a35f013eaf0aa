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
from datasette.utils import tilde_encode
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
_WITH_PATHS: Final = ("/-/databases", "/-/databases.json")  # Datasette tells there where on the machine its files are
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
        options: ``hosts``: the names it may be asked by, all when there are none; ``first``: whether our first page is that of
            the whole site.
    """
    hosts = frozenset(options.get("hosts") or ())

    async def wrapped(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        if hosts and _host(scope) not in hosts:
            await _say(send, 421, "This site does not go by that name.")
            return
        ours = _is_below(HOME, scope["path"], datasette)
        if not await _is_guarded(scope["path"], datasette):
            await app(scope, receive, send)
            return
        if options.get("first") and scope["path"] == datasette.setting("base_url"):
            await _redirect(send, datasette.urls.path(HOME))
            return
        if not ours and scope["path"].endswith(_WITH_PATHS):
            await _say(send, 404, "There is no such page.")
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


async def _is_guarded(path: str, datasette: Any) -> bool:
    """Whether a path is of our pages or of our database, or whether nothing else is served."""
    database = await find_ours(datasette)
    if database is None:
        return False
    below_ours = _is_below(HOME, path, datasette) or _is_below(f"/{tilde_encode(database.name)}", path, datasette)
    return below_ours or await has_only_ours(datasette)


def _is_below(top: str, path: str, datasette: Any) -> bool:
    top = datasette.setting("base_url").rstrip("/") + top
    return path == top or path.startswith((f"{top}/", f"{top}."))


def _host(scope: Message) -> str:
    """The name that was asked for, without its port."""
    host = next((value for name, value in scope["headers"] if name.lower() == b"host"), b"").decode("latin-1").lower()
    return re.sub(r":\d*$", "", host)


async def _say(send: Send, status: int, text: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *_HEADERS.items()]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": f"{text}\n".encode()})


async def _redirect(send: Send, to: str) -> None:
    headers = [(b"location", to.encode("ascii")), *_HEADERS.items()]
    await send({"type": "http.response.start", "status": 302, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


_SCRIPT: Final = re.compile(r"<script(?=[\s>{])")
# What stands in an attribute cannot have a nonce: the same said by a script behind the button.
_BUTTON: Final = re.compile(r'(<button[^>]*?)\sonclick="(\w+)\(\)"([^>]*>.*?</button>)', re.DOTALL)
_WITHOUT_ATTRIBUTE: Final = (
    r"\1\3<script>document.currentScript.previousElementSibling.addEventListener('click', () => \2());</script>"
)


class _NonceLoader(BaseLoader):
    """Loads what another loader loads; scripts in the templates of Datasette get the nonce of the request."""

    def __init__(self, loader: BaseLoader) -> None:
        self._loader = loader
        self._folder = os.path.join(os.path.dirname(os.path.abspath(datasette_package.__file__ or "")), "")

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """The text of a template."""
        source, path, is_fresh = self._loader.get_source(environment, template)
        if path and os.path.abspath(path).startswith(self._folder):
            source = _SCRIPT.sub('<script nonce="{{ csp_nonce() }}"', _BUTTON.sub(_WITHOUT_ATTRIBUTE, source))
        return source, path, is_fresh

    def list_templates(self) -> list[str]:
        """All names there are."""
        return self._loader.list_templates()


def say_less(options: Mapping[str, Any]) -> None:
    """Keep Datasette from printing what a request that fails had in it: local variables, headers, cookies."""
    from datasette import handle_exception

    if options.get("first"):
        handle_exception.rich = None  # where it is installed, Datasette has it print all of that


def add_nonces(environment: Environment) -> None:
    """Have an environment give the nonce of the request to the scripts in Datasette's own templates."""
    if environment.loader is not None:
        environment.loader = _NonceLoader(environment.loader)
        environment.globals["csp_nonce"] = _nonce.get
