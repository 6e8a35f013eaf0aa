"""The ids that records may use: which actors, systems, places and topics there are, and the merged ids that lead to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

KINDS: Final = ("actors", "systems", "places", "topics")
SINGULAR: Final = {"actors": "actor", "systems": "system", "places": "place", "topics": "topic"}


def find_near(word: str, known: Iterable[str], n: int = 1, cutoff: float = 0.6) -> list[str]:
    """The known words that are most like a word, the nearest first; a page of text is like none."""
    if len(word) > 100:
        return []
    from difflib import get_close_matches  # only wanted for a complaint

    return get_close_matches(word, list(known), n=n, cutoff=cutoff)


class Known:
    """What the registry knows, reduced to ids: for each kind, the id that each usable id leads to.

    A merged id leads to the one that was kept, every other to itself.
    """

    __slots__ = ("ids", "ties")

    def __init__(self, ids: Mapping[str, Mapping[str, str]], ties: Iterable[str] = ()) -> None:
        """Take the ids by kind, and the ids of the ties that the registry itself gives."""
        self.ids = {kind: dict(ids.get(kind, {})) for kind in KINDS}
        self.ties = frozenset(ties)

    def find(self, kind: str, slug: str) -> str | None:
        """The id that a slug leads to, or None."""
        return self.ids[kind].get(slug)

    def unknown(self, kind: str, slug: str) -> str:
        """The sentence about a slug that nobody knows, with the nearest known ones."""
        near = find_near(slug, self.ids[kind], n=3, cutoff=0.5)
        hint = f"did you mean {', '.join(near)}?" if near else f"add it to data/registry/{kind}.yaml first"
        return f"{slug!r} is no {SINGULAR[kind]} of the registry; {hint}"


def tie_id(actor: str, tie: Mapping[str, Any]) -> str:
    """The id of a tie of the registry: as given, else made of actor, kind and target."""
    return str(tie.get("id") or f"{actor}-{tie['kind'].replace('_', '-')}-{tie['target']}")


def as_known(registry: Mapping[str, Mapping[str, Any]]) -> Known:
    """The ids of a registry as read from its files."""
    ids: dict[str, dict[str, str]] = {}
    for kind in KINDS:
        entries = registry.get(kind, {})
        ids[kind] = {slug: slug for slug in entries}
        for slug, entry in entries.items():
            ids[kind].update(dict.fromkeys(entry.get("formerly", ()), slug))
    ties = [tie_id(actor, tie) for actor, entry in registry.get("actors", {}).items() for tie in entry.get("ties", ())]
    return Known(ids, ties)
