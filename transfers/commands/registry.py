"""`transfers actors` and `transfers systems`: who and what there is, with the names they go by."""

from __future__ import annotations

from transfers.commands.options import LIMIT, PREDECESSORS, Command, named, one_of
from transfers.commands.output import show_rows
from transfers.queries.registry import find_actors, find_systems
from transfers.vocabulary import words

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from typing import Any

    from transfers.queries import Rows
    from transfers.render.formats import Format
    from transfers.settings import Settings


def actors(settings: Settings, wanted: Format, **options: Any) -> None:
    """List actors: states, forces, companies, people, with the names they go by."""
    with settings.reading() as connection:
        rows = find_actors(connection, **options)
    show_rows(settings, rows, wanted, _for_people)


def systems(settings: Settings, wanted: Format, **options: Any) -> None:
    """List weapons systems, their families and classes, with the names they go by."""
    with settings.reading() as connection:
        rows = find_systems(connection, **options)
    show_rows(settings, rows, wanted, _for_people)


def _for_people(rows: Rows) -> tuple[list[str], list[Any]]:
    columns = [column.replace("_code", "") for column in rows.columns]
    return columns, [(*row[:-1], ", ".join(row[-1])) for row in rows.rows]


ACTORS = Command("actors", "List actors.", actors, (
    named("--actor", "actor", "Only this one and what is part of it."),
    PREDECESSORS,
    one_of("--kind", words.ACTOR_KINDS, "Kind of actor"),
    LIMIT,
))
SYSTEMS = Command("systems", "List weapons systems.", systems, (
    named("--system", "system", "Only this one and what falls under it."),
    one_of("--category", words.SYSTEM_CATEGORIES, "Category"),
    LIMIT,
))
