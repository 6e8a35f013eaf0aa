"""From what people call an actor or a system to its id, and from an id to all that belongs to it.

Looked up goes the id (a former one too), then the name as it is written, then its key. The first step that finds something
decides; two entries at one step are both named and nothing is guessed.
"""

from __future__ import annotations

from transfers.errors import InputError
from transfers.queries.rows import Where, ordered

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Iterable

    from transfers.db import Connection

_WORDS = {"actor": "actors", "system": "systems", "place": "places"}


def find_actor_ids(
    connection: Connection, names: Iterable[str], *, exact: bool = False, predecessors: bool = False,
) -> list[str]:
    """The ids of the actors that are named and of all that is part of them, whatever it is part of in turn; sorted.

    Args:
        connection: the database.
        names: ids or names.
        exact: only the entries themselves, by id or main name.
        predecessors: also those whose place they have taken, whosever place these had taken in turn; with what was part of them,
            unless ``exact``.

    Raises:
        InputError: nobody knows a name, or two entries share it.
    """
    ids = [require_id(connection, "actor", name, exact=exact) for name in names]
    if not ids or (exact and not predecessors):
        return sorted(set(ids))
    where = Where()
    # A tie leads from the part to the whole, but from the successor to the predecessor: hence the two directions.
    steps = [] if exact else ["SELECT f.actor_id AS id, f.target_id AS above FROM affiliations f WHERE f.kind = 'part_of'"]
    if predecessors:
        steps.append("SELECT f.target_id AS id, f.actor_id AS above FROM affiliations f WHERE f.kind = 'successor_of'")
    rows = connection.rows(
        f"""WITH RECURSIVE tree(id) AS (
          SELECT a.id FROM actors a WHERE a.id IN ({where.listed(ids)})
          UNION SELECT step.id FROM tree JOIN ({" UNION ALL ".join(steps)}) step ON step.above = tree.id)
        SELECT id FROM tree ORDER BY {ordered(connection.engine, "id")}""",
        where.params,
    )
    return [row[0] for row in rows]


def find_system_ids(connection: Connection, names: Iterable[str], *, exact: bool = False, family: bool = False) -> list[str]:
    """The ids of the systems that are named and of what falls under them; sorted.

    A class or family stands for all below it, a model for itself and its variants.

    Args:
        connection: the database.
        names: ids or names.
        exact: only the entries themselves, by id or main name.
        family: climb from each system to the nearest family above it first.

    Raises:
        InputError: nobody knows a name, or two entries share it.
    """
    ids = [require_id(connection, "system", name, exact=exact) for name in names]
    if exact or not ids:
        return sorted(set(ids))
    if family:
        ids = [_family_of(connection, system) for system in ids]
    where = Where()
    rows = connection.rows(
        f"""WITH RECURSIVE tree(id, whole) AS (
          SELECT y.id, y.level IN ('class', 'family') FROM systems y WHERE y.id IN ({where.listed(ids)})
          UNION SELECT y.id, tree.whole FROM tree JOIN systems y ON y.parent_id = tree.id
          WHERE tree.whole OR y.level = 'variant')
        SELECT DISTINCT id FROM tree""",
        where.params,
    )
    return sorted(row[0] for row in rows)


def _family_of(connection: Connection, system: str) -> str:
    rows = connection.rows(
        """WITH RECURSIVE above(id, parent_id, level, steps) AS (
          SELECT y.id, y.parent_id, y.level, 0 FROM systems y WHERE y.id = :system
          UNION ALL SELECT y.id, y.parent_id, y.level, above.steps + 1 FROM above JOIN systems y ON y.id = above.parent_id
          WHERE above.steps < 64)
        SELECT id FROM above WHERE level = 'family' ORDER BY steps LIMIT 1""",
        {"system": system},
    )
    return str(rows[0][0]) if rows else system


def require_id(connection: Connection, kind: str, name: str, *, exact: bool = False) -> str:
    """The id of the one actor, system or place that goes by the name.

    Raises:
        InputError: nobody knows the name (the nearest known ones are offered), or two entries share it (both are listed).
    """
    found = find_named(connection, kind, name, exact=exact)
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(f"{one} ({called})" for one, called in _names_of(connection, kind, found))
        raise InputError(f"more than one {kind} goes by {name!r}: {listed}; give the id")
    near = find_nearest(connection, kind, name)
    if not near and not connection.rows(f"SELECT 1 FROM {_WORDS[kind]} LIMIT 1"):
        raise InputError(f"no {kind} goes by {name!r}: the database has none yet; transfers load brings the registry in")
    offer = f"; did you mean {' or '.join(near)}?" if near else ""
    raise InputError(f"no {kind} goes by {name!r}{offer}; all of them: transfers {_WORDS[kind]}")


def find_named(connection: Connection, kind: str, name: str, *, exact: bool = False) -> list[str]:
    """The ids that the first of the three steps finds, sorted; none when nobody knows the name."""
    if "\0" in name:
        return []  # no text of the database holds one, and PostgreSQL would refuse the question
    table = _WORDS[kind]
    aliases = kind != "place"
    steps = [
        f"""SELECT id FROM {table} WHERE id = :name
        UNION SELECT {kind}_id FROM former_ids WHERE id = :name AND {kind}_id IS NOT NULL""",
        f"SELECT id FROM {table} WHERE name = :name",
    ]
    if aliases and not exact:
        steps[1] += f" UNION SELECT {kind}_id FROM aliases WHERE name = :name AND {kind}_id IS NOT NULL"
    for step in steps:
        found = sorted(row[0] for row in connection.rows(step, {"name": name}))
        if found:
            return found
    return [] if exact else _find_by_key(connection, kind, name)


def _find_by_key(connection: Connection, kind: str, name: str) -> list[str]:
    from transfers.vocabulary.names import as_key

    key = as_key(name)
    if not key:
        return []
    found = {one for one, called in connection.rows(f"SELECT id, name FROM {_WORDS[kind]}") if as_key(called) == key}
    if kind != "place":
        rows = connection.rows(
            f"SELECT {kind}_id FROM aliases WHERE name_norm = :key AND {kind}_id IS NOT NULL", {"key": key},
        )
        found.update(row[0] for row in rows)
    return sorted(found)


def _names_of(connection: Connection, kind: str, ids: list[str]) -> list[tuple[str, str]]:
    where = Where()
    where.among("id", ids)
    return sorted((one, name) for one, name in connection.rows(f"SELECT id, name FROM {_WORDS[kind]} WHERE {where}", where.params))


def find_nearest(connection: Connection, kind: str, name: str) -> list[str]:
    """Up to three ids whose id or names look most like the name."""
    from difflib import SequenceMatcher

    from transfers.vocabulary.names import as_key

    table = _WORDS[kind]
    known = connection.rows(f"SELECT id, id FROM {table} UNION SELECT id, name FROM {table}")
    if kind != "place":
        known += connection.rows(f"SELECT {kind}_id, name FROM aliases WHERE {kind}_id IS NOT NULL")
    wanted = as_key(name)[:100]
    best: dict[str, float] = {}
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    for one, called in known:
        matcher.set_seq1(as_key(called)[:100])
        if matcher.real_quick_ratio() > 0.6 and matcher.quick_ratio() > 0.6:
            best[one] = max(best.get(one, 0.0), matcher.ratio())
    return [one for one, likeness in sorted(best.items(), key=lambda item: (-item[1], item[0]))[:3] if likeness > 0.6]
