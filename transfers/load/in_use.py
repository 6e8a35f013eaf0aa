"""What a changed registry would take away from records that the load does not read again."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import TYPE_CHECKING, Final

from transfers.errors import Problem
from transfers.load.lists import as_list, portions
from transfers.records.collection import REGISTRY
from transfers.records.known import KINDS

if TYPE_CHECKING:
    from transfers.db import Connection
    from transfers.records.known import Known

_TIES: Final = "ties"
_TRANSFERS: Final = "transfers t JOIN claims c ON c.transfer_id = t.id"
_ROLES: Final = "affiliations f JOIN evidence e ON e.affiliation_id = f.id"
_NAMES: Final = "aliases n JOIN evidence e ON e.alias_id = n.id"
# Where rows of articles name entries of the registry: the column, the column of the article, the tables.
_USES: Final[dict[str, tuple[tuple[str, str, str], ...]]] = {
    "actors": (
        ("outlet_id", "id", "articles"), ("agency_id", "id", "articles"),
        ("t.supplier_id", "c.article_id", _TRANSFERS), ("t.recipient_id", "c.article_id", _TRANSFERS),
        ("attributed_to_id", "article_id", "claims"), ("via_id", "article_id", "claims"),
        ("a.actor_id", "c.article_id", "claim_actors a JOIN claims c ON c.id = a.claim_id"),
        ("speaker_id", "article_id", "statements"), ("via_id", "article_id", "statements"),
        ("f.actor_id", "e.article_id", _ROLES), ("f.target_id", "e.article_id", _ROLES),
        ("n.actor_id", "e.article_id", _NAMES), ("n.used_by_id", "e.article_id", _NAMES),
    ),
    "systems": (
        ("t.system_id", "c.article_id", _TRANSFERS),
        ("s.system_id", "c.article_id", "claim_systems s JOIN claims c ON c.id = s.claim_id"),
        ("n.system_id", "e.article_id", _NAMES),
    ),
    "places": (("place_id", "article_id", "meetings"),),
    "topics": (
        ("t.topic_id", "c.article_id", "claim_topics t JOIN claims c ON c.id = t.claim_id"),
        ("t.topic_id", "s.article_id", "statement_topics t JOIN statements s ON s.id = t.statement_id"),
    ),
    _TIES: (("affiliation_id", "article_id", "statements"),),
}


def find_in_use(connection: Connection, known: Known, inside: Container[str]) -> list[Problem]:
    """The entries that the registry no longer has, or has merged, and that other records still use.

    Args:
        connection: the database before the load.
        known: the ids of the changed registry.
        inside: the articles whose rows the load replaces.
    """
    problems = []
    for kind in KINDS:
        dropped = [slug for (slug,) in connection.rows(f"SELECT id FROM {kind}") if known.find(kind, slug) != slug]
        problems += _problems(connection, kind, f"{REGISTRY}/{kind}.yaml", dropped, inside)
    # A tie that an article proves besides does not go with the registry.
    given = connection.rows(
        "SELECT id FROM affiliations f WHERE in_registry = 1 AND NOT EXISTS (SELECT 1 FROM evidence WHERE affiliation_id = f.id)"
    )
    ties = [tie for (tie,) in given if tie not in known.ties]
    return problems + _problems(connection, _TIES, f"{REGISTRY}/actors.yaml", ties, inside)


def _problems(connection: Connection, kind: str, path: str, dropped: Iterable[str], inside: Container[str]) -> list[Problem]:
    users: dict[str, set[str]] = {}
    for some in portions(sorted(dropped)):
        listed, params = as_list(some)
        for column, owner, tables in _USES[kind]:
            for slug, article in connection.rows(f"SELECT {column}, {owner} FROM {tables} WHERE {column} IN ({listed})", params):
                if article not in inside:
                    users.setdefault(slug, set()).add(article)
    return [
        Problem(
            path, 0, "",
            f"{slug!r} cannot go: the record of {min(articles)!r} uses it and is not loaded again, "
            "because its file is gone, is wrong or was not named",
        )
        for slug, articles in users.items()
    ]
