"""What the database says outside the records of one load: asked for the few ids that these records speak of."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import TYPE_CHECKING, Any

from transfers.evidence.bind import Bound
from transfers.evidence.rules import transfer_key
from transfers.load.lists import as_list, portions
from transfers.load.reading import ReadRecord
from transfers.load.rows import alias_id
from transfers.load.together import Outside, pointers_of
from transfers.records.known import KINDS, SINGULAR, Known
from transfers.vocabulary.names import transfer_id

if TYPE_CHECKING:
    from transfers.db import Connection


def find_known(connection: Connection) -> Known:
    """The ids of the registry, from a database whose registry files are unchanged."""
    ids: dict[str, dict[str, str]] = {}
    for kind in KINDS:
        column = f"{SINGULAR[kind]}_id"
        ids[kind] = {slug: slug for (slug,) in connection.rows(f"SELECT id FROM {kind}")}
        ids[kind].update(connection.rows(f"SELECT id, {column} FROM former_ids WHERE {column} IS NOT NULL"))
    return Known(ids, [tie for (tie,) in connection.rows("SELECT id FROM affiliations WHERE in_registry = 1")])


def find_outside(
    connection: Connection, records: list[ReadRecord], inside: Container[str], *, registry: Outside | None,
) -> Outside:
    """What the registry and the other articles say.

    Args:
        connection: the database as it stands.
        records: the records of this load.
        inside: the articles whose rows this load replaces; what they said before does not count.
        registry: what its files say, when they changed; then what the database has of it does not count.
    """
    outside = registry or Outside()
    ask = _Asking(connection, inside)
    bounds = [read.bound for read in records if read.bound]
    articles = {bound.article_id for bound in bounds}
    pointed = [(kind, target) for bound in bounds for _, kind, target in pointers_of(bound.record)]
    articles |= {target for kind, target in pointed if kind == "article"}
    outside.articles = dict(ask("SELECT id, record_path, id FROM articles WHERE id IN ({ids})", articles))
    texts = {bound.passages.article.text_sha256 for bound in bounds}
    outside.texts = {
        (outlet, text): path
        for outlet, text, path in ask(
            "SELECT outlet_id, text_sha256, record_path, id FROM articles WHERE text_sha256 IN ({ids})", texts
        )
    }
    meetings = {entry["id"] for bound in bounds for entry in bound.record.get("meetings", ())}
    meetings |= {
        entry["meeting"] for bound in bounds for section in ("statements", "claims")
        for entry in bound.record.get(section, ()) if "meeting" in entry
    }
    outside.meetings = dict(ask(
        "SELECT m.id, a.record_path, m.article_id FROM meetings m JOIN articles a ON a.id = m.article_id WHERE m.id IN ({ids})",
        meetings,
    ))
    for kind in ("claim", "statement"):
        wanted = {target for one, target in pointed if one == kind}
        outside.ids |= {found for (found,) in ask(f"SELECT id, article_id FROM {kind}s WHERE id IN ({{ids}})", wanted)}
    if pointed:
        _add_pointers(connection, inside, outside)
    _add_transfers(ask, bounds, outside)
    _add_roles_and_names(ask, bounds, outside)
    if registry is None:
        _add_registry(ask, bounds, outside)
    return outside


class _Asking:
    """Questions on lists of ids whose last column is the article that the row belongs to."""

    def __init__(self, connection: Connection, inside: Container[str]) -> None:
        self._connection = connection
        self._inside = inside

    def __call__(self, sql: str, ids: Iterable[str]) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = []
        for some in portions(sorted(ids)):
            listed, params = as_list(some)
            found.extend(row[:-1] for row in self._connection.rows(sql.format(ids=listed), params) if row[-1] not in self._inside)
        return found


def _add_pointers(connection: Connection, inside: Container[str], outside: Outside) -> None:
    for sql in (
        "SELECT id, copy_of_id FROM articles WHERE copy_of_id IS NOT NULL",
        "SELECT article_id, target_id FROM article_links",
        "SELECT s.article_id, o.article_id FROM statements s JOIN statements o ON o.id = s.same_as_id",
        "SELECT c.article_id, o.article_id FROM claims c JOIN claims o ON o.id = c.supersedes_id",
    ):
        for article, target in connection.rows(sql):
            if article not in inside and article != target:
                outside.pointers.setdefault(article, set()).add(target)


def _add_transfers(ask: _Asking, bounds: list[Bound], outside: Outside) -> None:
    """The keys of the transfers that other records speak of, to find two that make the same id."""
    made = {
        transfer_id(*transfer_key(claim["transfer"]))
        for bound in bounds for claim in bound.record.get("claims", ()) if "transfer" in claim
    }
    for transfer, *key in ask(
        "SELECT t.id, t.supplier_id, t.recipient_id, t.system_id, t.kind, t.episode, c.article_id FROM transfers t "
        "JOIN claims c ON c.transfer_id = t.id WHERE t.id IN ({ids})", made,
    ):
        outside.transfers[transfer] = tuple(key)


def _given(bounds: list[Bound]) -> tuple[set[str], set[str]]:
    """The ids of the roles and names that records give."""
    roles = {role["id"] for bound in bounds for role in bound.record.get("roles", ())}
    return roles, {alias_id(alias) for bound in bounds for alias in bound.record.get("aliases", ())}


def _add_roles_and_names(ask: _Asking, bounds: list[Bound], outside: Outside) -> None:
    """Roles and names as other records give them."""
    roles, names = _given(bounds)
    for role, path, *facts in ask(
        "SELECT f.id, a.record_path, f.actor_id, f.kind, f.target_id, f.title, f.term, a.id FROM affiliations f "
        "JOIN evidence e ON e.affiliation_id = f.id JOIN articles a ON a.id = e.article_id "
        "WHERE f.in_registry = 0 AND f.id IN ({ids})", roles,
    ):
        outside.roles[role] = (tuple(facts), path)
    for name, path, *facts in ask(
        "SELECT n.id, a.record_path, n.kind, n.lang, n.used_by_id, a.id FROM aliases n JOIN evidence e ON e.alias_id = n.id "
        "JOIN articles a ON a.id = e.article_id WHERE n.in_registry = 0 AND n.id IN ({ids})", names,
    ):
        outside.names[name] = (tuple(facts), path)


def _add_registry(ask: _Asking, bounds: list[Bound], outside: Outside) -> None:
    """Ties and names as the registry gives them."""
    roles, names = _given(bounds)
    for role, *facts in ask(
        "SELECT id, actor_id, kind, target_id, title, term, '' FROM affiliations WHERE in_registry = 1 AND id IN ({ids})", roles
    ):
        outside.registry_roles[role] = tuple(facts)
    for name, *facts in ask("SELECT id, kind, lang, used_by_id, '' FROM aliases WHERE in_registry = 1 AND id IN ({ids})", names):
        outside.registry_names[name] = tuple(facts)
