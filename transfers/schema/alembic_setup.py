"""Alembic's configuration, made in code, and the list of revisions. The only importer of Alembic beside the migrations."""

from __future__ import annotations

import os
import warnings
from typing import TYPE_CHECKING, NamedTuple

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.script.revision import RevisionError
from alembic.util import CommandError

from transfers.errors import DatabaseError, UsageError
from transfers.schema import search
from transfers.schema.head import HEAD
from transfers.schema.views import views

if TYPE_CHECKING:
    import sqlalchemy as sa
    from alembic.operations import MigrationScript


class Revision(NamedTuple):
    """One migration.

    Attributes:
        revision: its number.
        sentence: what it does.
        loses: what its downgrade loses, each as ``table: what`` or ``table.column: what``.
        changes_rows: the tables whose number of rows it changes on purpose.
    """

    revision: str
    sentence: str
    loses: tuple[str, ...]
    changes_rows: tuple[str, ...]


def migrations_dir() -> str:
    """The folder of the migrations: at the root of a checkout, inside the package of an installed wheel."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    root = os.path.dirname(package)
    beside = os.path.join(root, "migrations")
    if os.path.isfile(os.path.join(root, "alembic.ini")) and os.path.isfile(os.path.join(beside, "env.py")):
        return beside
    return os.path.join(package, "migrations")


def make_config(connection: sa.Connection | None = None) -> Config:
    """The configuration that hands this connection over; there is no URL in it, so none can be printed."""
    config = Config()
    config.set_main_option("script_location", migrations_dir().replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def list_revisions() -> list[Revision]:
    """All migrations, the first first.

    Raises:
        DatabaseError: the installation is incomplete.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # Alembic warns of a gap before it fails on it
            scripts = list(ScriptDirectory.from_config(make_config()).walk_revisions())
    except (CommandError, RevisionError, KeyError, ImportError, OSError, UserWarning) as error:
        raise DatabaseError(f"the migrations of this program are incomplete ({error}): install it again") from error
    if HEAD not in [script.revision for script in scripts]:
        raise DatabaseError(f"the migrations of this program are incomplete (revision {HEAD} is not there): install it again")
    return [
        Revision(
            script.revision, (script.doc or "").rstrip("."),
            tuple(getattr(script.module, "LOSES", ())), tuple(getattr(script.module, "CHANGES_ROWS", ())),
        )
        for script in reversed(scripts)
    ]


def as_revision(named: str) -> str:
    """The number of a revision that a user named: ``base``, a number, or a number without its zeros.

    Raises:
        UsageError: there is none of that name.
    """
    known = ["base", *(revision.revision for revision in list_revisions())]
    wanted = named.zfill(4) if named.isdecimal() else named
    if wanted not in known:
        raise UsageError(f"there is no revision {named}; there are {', '.join(known)}")
    return wanted


def run_upgrade(connection: sa.Connection, revision: str = "head") -> None:
    """Run the migrations that are open, up to a revision."""
    command.upgrade(make_config(connection), revision)


def run_downgrade(connection: sa.Connection, revision: str) -> None:
    """Go back to a revision."""
    command.downgrade(make_config(connection), revision)


def of_the_models(name: str | None, kind: str, _: object) -> bool:
    """Whether a comparison with the models takes this object into account: the views and the search index are not theirs."""
    if name is None:
        return True
    if kind == "table":
        return name not in views("sqlite") and not name.startswith("search_rows_fts")
    return not (kind == "index" and name in search.INDEX.values())


def next_revision(_: object, __: object, directives: list[MigrationScript]) -> None:
    """Number a new revision: one more than the last."""
    for directive in directives:
        directive.rev_id = f"{len(list_revisions()) + 1:04d}"
