"""Which database is meant, and how to speak of it without giving its password away."""

from __future__ import annotations

import os
import sys

from transfers.errors import UsageError

ENVIRONMENT = "TRANSFERS_DB"
FILE_NAME = "transfers.db"

_IN_SCHEME = frozenset("abcdefghijklmnopqrstuvwxyz0123456789+.-")
_SECRETS = ("password", "sslpassword")


class Target:
    """One database, named but not opened.

    Attributes:
        engine: ``sqlite`` or ``postgresql``.
        path: the absolute path of the file, links followed; empty for PostgreSQL.
        url: the URL with its password; empty for SQLite. Never print it.
        shown: the path or the URL without its password, fit for messages.
    """

    __slots__ = ("engine", "path", "shown", "url")
    engine: str
    path: str
    url: str
    shown: str

    def __init__(self, engine: str, *, path: str = "", url: str = "", shown: str = "") -> None:
        for name, value in (("engine", engine), ("path", path), ("url", url), ("shown", shown or path)):
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a Target does not change: {name}")

    def __repr__(self) -> str:
        return f"Target({self.shown!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Target) and (self.engine, self.path, self.url) == (other.engine, other.path, other.url)

    def __hash__(self) -> int:
        return hash((self.engine, self.path, self.url))


def read_target(db: str | None = None, collection: str | None = None) -> Target:
    """The database that was asked for, else the usual one.

    The order: ``db`` (the option), ``TRANSFERS_DB``, ``data/transfers.db`` of the collection, the data folder of the platform.

    Args:
        db: a path or URL.
        collection: the root of the collection, if there is one.

    Raises:
        UsageError: the URL is of a kind that is not understood, or carries a password where it would show.
    """
    named = db or os.environ.get(ENVIRONMENT)
    if named:
        return _as_target(named)
    if collection:
        return _as_file(os.path.join(collection, "data", FILE_NAME))
    return _as_file(os.path.join(_platform_folder(), "transfers", FILE_NAME))


def _as_target(named: str) -> Target:
    scheme, separator, rest = named.partition("://")
    kind = scheme.lower()
    if not separator or not kind[:1].isalpha() or not _IN_SCHEME.issuperset(kind):
        return _as_file(named)
    if kind in ("postgres", "postgresql", "postgresql+psycopg"):
        return _as_server(f"postgresql://{rest}")
    if kind == "sqlite":
        return _as_sqlite_url(rest)
    raise UsageError(f"{kind}:// is not a database this program knows; give a path, sqlite:///path or postgresql://...")


def _as_sqlite_url(rest: str) -> Target:
    if not rest.startswith("/") or len(rest) == 1:
        raise UsageError("a SQLite URL names a file: sqlite:///path for a relative path, sqlite:////path for an absolute one")
    if "?" in rest:
        raise UsageError("a SQLite URL takes no options: everything after '?' must go")
    return _as_file(rest[1:])


def _as_file(path: str) -> Target:
    if "\0" in path:
        raise UsageError("the path of the database holds a NUL character")
    if path == ":memory:":
        raise UsageError("a database in memory is gone when the command ends; name a file")
    shown = os.path.abspath(os.path.expanduser(path))
    # SQLite keeps its journal beside the file itself, and not beside a link to it.
    return Target("sqlite", path=os.path.realpath(shown), shown=shown)


def _as_server(url: str) -> Target:
    from urllib.parse import parse_qsl, urlsplit

    if url.partition("//")[2].partition("/")[0].count("@") > 1:
        raise UsageError("the database URL has more than one '@': in a user name or password write it as %40")
    try:
        parts = urlsplit(url)
        place, port, user = parts.hostname or "", parts.port, parts.username or ""
    except ValueError:
        # The text of the error would quote the URL.
        raise UsageError("the database URL cannot be read: is a special character of the password not %-encoded?") from None
    if any(key.lower() in _SECRETS for key, _ in parse_qsl(parts.query, keep_blank_values=True)):
        raise UsageError("a password in the query part of a database URL is refused: it would show; write user:password@host")
    account = (user + (":***" if parts.password else "") + "@") if user else ""
    address = f"[{place}]" if ":" in place else place
    return Target("postgresql", url=url, shown=f"postgresql://{account}{address}{f':{port}' if port else ''}{parts.path}")


def _platform_folder() -> str:
    """Where this platform keeps the data of programs, for the user who runs this one."""
    home = os.path.expanduser("~")
    if sys.platform == "darwin":
        return os.path.join(home, "Library", "Application Support")
    if os.name == "nt":
        return os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    return os.environ.get("XDG_DATA_HOME") or os.path.join(home, ".local", "share")
