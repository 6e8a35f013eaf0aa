"""From what is asked of the site to what is sent: the page is looked up, read from the database and put into its frame.

Nothing here knows Datasette: a connection and a `Site` are enough.
"""

from __future__ import annotations

import hashlib
import mimetypes
import os
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote, urlencode

from transfers.errors import InputError, TransfersError, UsageError
from transfers.render.words import as_days, as_range

if TYPE_CHECKING:
    from jinja2 import Environment

    from transfers.db import Connection

HTML: Final = "text/html; charset=utf-8"
HOME: Final = "/-/transfers"
FOLDER: Final = os.path.dirname(__file__)
# Named and not only the system's guess: a machine without a list of types would send a style sheet as bytes, and nosniff bars it.
_TYPES: Final = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


class NotFoundError(InputError):
    """There is no such page, or nothing that it could show."""


class Site(NamedTuple):
    """Where the site stands.

    Attributes:
        base: what all its paths begin with, ``/`` unless a proxy stands before it.
        database: the path of our database on Datasette's own pages.
        file: the file that is served; for reading, never for showing.
        still: whether nothing changes the file while it is served.
    """

    base: str = "/"
    database: str = "/transfers"
    file: str = ""
    still: bool = False

    def page(self, *parts: str, **words: Any) -> str:
        """The path of a page of ours: ``site.page("article", id)``, ``site.page("search", q="drones")``."""
        path = "/".join((self.base.rstrip("/") + HOME, *(quote(part, safe="") for part in parts)))
        return f"{path}?{urlencode(words)}" if words else path

    def table(self, name: str, **words: Any) -> str:
        """The path of a table, view or canned query on Datasette's own pages; words go to it as they are."""
        return f"{self.database}/{name}" + (f"?{urlencode(words)}" if words else "")

    def static(self, name: str) -> str:
        """The path of a file in ``static``; it changes with the file, so that it may be kept for ever."""
        return self.page("static", name) + f"?v={_static_mark(name)}"


class Asked(NamedTuple):
    """What is asked of a page.

    Attributes:
        id: what follows the name of the page in the path; empty where nothing does.
        words: the query string: each name with all its values.
        site: where the site stands.
    """

    id: str
    words: Mapping[str, Sequence[str]]
    site: Site

    def word(self, name: str, default: str = "") -> str:
        """The first value of a name in the query string."""
        return next(iter(self.words.get(name, ())), default)


class Reply(NamedTuple):
    """What is sent.

    Attributes:
        body: the text or bytes.
        file: a file to send in place of a body.
        passing: whether the file is removed when it was sent.
    """

    body: bytes | str = ""
    content_type: str = HTML
    status: int = 200
    headers: Mapping[str, str] = {}
    file: str = ""
    passing: bool = False


def answer(connection: Connection, site: Site, path: str, words: Mapping[str, Sequence[str]]) -> Reply:
    """The page at a path below the home page, or a page that says what is wrong.

    Args:
        connection: our database.
        site: where the site stands.
        path: the rest of the path after ``/-/transfers``, without ``/`` at its ends; decoded.
        words: the query string.
    """
    try:
        if path.startswith("static/"):
            return _static(path.removeprefix("static/"))
        return _page(connection, site, path, words)
    except TransfersError as error:
        status = 404 if isinstance(error, NotFoundError) else 400 if isinstance(error, InputError | UsageError) else 503
        title = {404: "Not found", 400: "Not understood", 503: "Not now"}[status]
        return Reply(render(site, "trouble.html", {"title": title, "message": str(error)}), status=status)


def _page(connection: Connection, site: Site, path: str, words: Mapping[str, Sequence[str]]) -> Reply:
    from transfers.site.pages import PAGES

    name, _, id_ = path.partition("/")
    if name not in PAGES or PAGES[name].takes_id != bool(id_):
        raise NotFoundError("There is no such page.")
    module = PAGES[name].module
    found = import_module(f"transfers.site.pages.{module}").read(connection, Asked(id_, words, site))
    if isinstance(found, Reply):
        return found
    return Reply(render(site, f"{module}.html", {"here": name, **found}))


def render(site: Site, template: str, context: Mapping[str, Any]) -> str:
    """A template with what it shows."""
    from transfers.site.pages import MENU

    return environment().get_template(template).render(site=site, menu=MENU, **{"here": None, **context})


@cache
def environment() -> Environment:
    """Our templates. Not Datasette's: every value is escaped, a name nobody gave is an error, and no plugin has a hand in it."""
    import jinja2

    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(os.path.join(FOLDER, "templates")), autoescape=True,
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )
    made.filters.update(plain=as_plain, number=as_number)
    made.globals.update(as_days=as_days, as_range=as_range)
    made.tests["web"] = is_web
    return made


def as_plain(code: str | None) -> str:
    """A word of a closed list as people write it."""
    return (code or "").replace("_", " ")


def as_number(value: int | None) -> str:
    """A number with its thousands set apart."""
    return "" if value is None else f"{value:,}"


def is_web(url: str | None) -> bool:
    """Whether a browser would go to a page on the web for it, and do nothing else."""
    return (url or "").lower().startswith(("http://", "https://"))


def _static(name: str) -> Reply:
    if name not in os.listdir(os.path.join(FOLDER, "static")):
        raise NotFoundError("There is no such file.")
    with open(os.path.join(FOLDER, "static", name), "rb") as file:
        body = file.read()
    kind = _TYPES.get(os.path.splitext(name)[1]) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Reply(body, kind, headers={"cache-control": "public, max-age=31536000, immutable"})


@cache
def _static_mark(name: str) -> str:
    with open(os.path.join(FOLDER, "static", name), "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()[:12]
