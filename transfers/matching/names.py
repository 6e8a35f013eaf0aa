"""Which systems of the registry a row of a register may speak of, and how each stands to the system of a transfer."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from transfers.vocabulary.names import as_key

if TYPE_CHECKING:
    from transfers.db import Connection

SAME, RELATED = "same", "related"


class Named(NamedTuple):
    """A system that a row may speak of.

    Attributes:
        system: its id.
        reason: why, in words.
        is_certain: whether the name is that of no other system, nor only of one that somebody else uses.
    """

    system: str
    reason: str
    is_certain: bool = True


class Systems:
    """The systems of a database by their names, and the tree they stand in."""

    def __init__(self, connection: Connection) -> None:
        """Read them."""
        self._parents: dict[str, str | None] = {}
        self._names: dict[str, str] = {}
        self._levels: dict[str, str] = {}
        self._by_key: dict[str, list[tuple[str, str, str | None]]] = defaultdict(list)
        for system, name, level, parent in connection.rows("SELECT id, name, level, parent_id FROM systems ORDER BY id"):
            self._parents[system], self._names[system], self._levels[system] = parent, name, level
            for key in dict.fromkeys((as_key(name), as_key(system))):
                self._by_key[key].append((system, name, None))
        for system, name, key, user in connection.rows(
            "SELECT system_id, name, name_norm, used_by_id FROM aliases WHERE system_id IS NOT NULL ORDER BY id"
        ):
            self._by_key[key].append((system, name, user))
        self._by_value: dict[str, str] = dict(
            connection.rows("SELECT value, system_id FROM identifiers WHERE scheme = 'sipri' AND system_id IS NOT NULL")
        )

    def find(self, row: dict[str, Any], actors: tuple[str, str]) -> list[Named]:
        """The systems that a row may speak of, the best reason first, each once.

        Args:
            row: a row of a register.
            actors: its supplier and recipient in the registry.
        """
        found: dict[str, Named] = {}
        for named in self._find_all(row, actors):
            kept = found.get(named.system)
            if kept is None or (named.is_certain and not kept.is_certain):
                found[named.system] = named
            elif kept.is_certain and named.is_certain:
                found[named.system] = Named(named.system, f"{kept.reason}; {named.reason}")
        return list(found.values())

    def _find_all(self, row: dict[str, Any], actors: tuple[str, str]) -> Iterator[Named]:
        designation = row["designation"]
        system = self._by_value.get(designation)
        if system:
            yield Named(system, f"the registry gives {designation!r} as the register's name of {self._names[system]}")
        else:
            yield from self._called(designation, f"designation {designation!r}", actors)
        for local in json.loads(row["local_names"] or "[]"):
            yield from self._called(local["name"], f"comment: {local['whose']} designation {local['name']!r}", actors)

    def _called(self, name: str, what: str, actors: tuple[str, str]) -> Iterator[Named]:
        """The systems of a name; one that only another actor than these two uses is not certain."""
        entries = self._by_key.get(as_key(name), [])
        several = len({system for system, _, _ in entries}) > 1
        for system in dict.fromkeys(system for system, _, _ in entries):
            users = {user for owner, _, user in entries if owner == system}
            foreign = None not in users and users.isdisjoint(actors)
            reason = f"{what} is a name of {self._names[system]}"
            if several:
                reason += ", and of others"
            if foreign:
                reason += f", as {', '.join(sorted(str(user) for user in users))} calls it"
            yield Named(system, reason, not several and not foreign)

    def describe(self, description: str | None) -> list[Named]:
        """The classes that a description is a name of, where the designation is unknown."""
        found = self._by_key.get(as_key(description), []) if description else []
        classes = dict.fromkeys(system for system, _, _ in found if self._levels[system] == "class")
        return [Named(system, f"it is described as {description!r}, the class {self._names[system]}", False) for system in classes]

    def is_general(self, system: str) -> bool:
        """Whether it is a class or family, as what a description can be about; a model goes by its name."""
        return self._levels[system] in ("class", "family")

    def relate(self, system: str, named: str) -> tuple[str, str] | None:
        """How the system of a transfer stands to one that a row names: ``same`` or ``related``, and why; None = not at all."""
        if system == named:
            return SAME, ""
        if system in self._above(named):
            return RELATED, f"the transfer speaks of the {self._levels[system]} {self._names[system]}, to which it belongs"
        if named in self._above(system):
            return RELATED, f"the transfer speaks of {self._names[system]}, which belongs to that {self._levels[named]}"
        return None

    def _above(self, system: str) -> list[str]:
        above: list[str] = []
        parent = self._parents[system]
        while parent is not None:
            above.append(parent)
            parent = self._parents[parent]
        return above
