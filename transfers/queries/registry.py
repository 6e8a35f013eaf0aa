"""Actors and systems, as lists."""

from __future__ import annotations

from transfers.queries.names import find_actor_ids, find_system_ids
from transfers.queries.rows import Rows, Where, find_pairs, ordered

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Sequence

    from transfers.db import Connection


def find_actors(
    connection: Connection, *, actor: Sequence[str] = (), kind: Sequence[str] = (), include_predecessors: bool = False,
    limit: int = 100,
) -> Rows:
    """Actors by id, each with its aliases.

    Args:
        connection: the database.
        actor: only these and what is part of them.
        kind: only of these kinds.
        include_predecessors: with each actor also those whose place it has taken.
        limit: the largest number of rows.

    Raises:
        InputError: nobody knows a name, or two entries share it.
    """
    where = Where()
    if actor:
        where.among("a.id", find_actor_ids(connection, actor, predecessors=include_predecessors))
    if kind:
        where.among("a.kind", kind)
    return _listed(connection, "actor", "a.id, a.name, a.kind, a.country_code", f"actors a WHERE {where}", where, limit)


def find_systems(connection: Connection, *, system: Sequence[str] = (), category: Sequence[str] = (), limit: int = 100) -> Rows:
    """Systems by id, each with its aliases.

    Args:
        connection: the database.
        system: only these and what falls under them.
        category: only of these categories.
        limit: the largest number of rows.

    Raises:
        InputError: nobody knows a name, or two entries share it.
    """
    where = Where()
    if system:
        where.among("a.id", find_system_ids(connection, system))
    if category:
        where.among("a.category", category)
    columns = "a.id, a.name, a.level, a.category, a.parent_id AS parent"
    return _listed(connection, "system", columns, f"systems a WHERE {where}", where, limit)


def _listed(connection: Connection, kind: str, columns: str, source: str, where: Where, limit: int) -> Rows:
    order = ordered(connection.engine, "a.id")
    named, rows = connection.table(
        f"SELECT {columns} FROM {source} ORDER BY {order} LIMIT :at_most", {**where.params, "at_most": limit + 1},
    )
    shown = rows[:limit]
    aliases: dict[str, list[str]] = {row[0]: [] for row in shown}
    for owner, name in find_pairs(connection, f"{kind}_id, name FROM aliases", f"{kind}_id", list(aliases)):
        aliases[owner].append(name)
    for names in aliases.values():
        names.sort()
    return Rows([*named, "aliases"], [(*row, aliases[row[0]]) for row in shown], more=len(rows) > limit)
