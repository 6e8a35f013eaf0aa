"""What several records say of each other: one definition of each thing, references that lead back, no circles.

A row has no two writers. What a record says of another article's rows stands in the later record and points back; records
are written in that order. A meeting is defined in one record. Records that give the same role or name must agree.

Source: docs/codebook.md, Records.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Any

from transfers.errors import Problem
from transfers.evidence.rules import transfer_key
from transfers.load.reading import ReadRecord
from transfers.load.rows import alias_id
from transfers.records.positions import as_problems
from transfers.vocabulary.names import transfer_id

Path = tuple[str | int, ...]
Breach = tuple[Path, str]
Facts = tuple[str | None, ...]
Entry = dict[str, Any]


class Outside:
    """What is said outside the records that are being checked: by the registry, and by records that were loaded before.

    Attributes:
        articles: article id -> record file.
        texts: (outlet, hash of the text) -> record file.
        meetings: meeting id -> record file.
        transfers: transfer id -> the key that it was made of.
        ids: claims and statements that can be pointed at.
        roles: role id -> facts, as `role_facts` gives them, and a record file that gives them.
        names: alias id -> facts, as `alias_facts` gives them, and a record file that gives them.
        registry_roles: the facts of ties of the registry, to which records only add evidence.
        registry_names: the same for its names.
        pointers: article id -> articles that it points back at.
    """

    __slots__ = (
        "articles", "ids", "meetings", "names", "pointers", "registry_names", "registry_roles", "roles", "texts", "transfers",
    )

    def __init__(self) -> None:
        """Begin with nothing, which is what `check` needs: it reads all records."""
        self.articles: dict[str, str] = {}
        self.texts: dict[tuple[str, str], str] = {}
        self.meetings: dict[str, str] = {}
        self.transfers: dict[str, Facts] = {}
        self.ids: set[str] = set()
        self.roles: dict[str, tuple[Facts, str]] = {}
        self.names: dict[str, tuple[Facts, str]] = {}
        self.registry_roles: dict[str, Facts] = {}
        self.registry_names: dict[str, Facts] = {}
        self.pointers: dict[str, set[str]] = {}


def role_facts(role: Entry) -> Facts:
    """What records that give the same role must agree on."""
    return (role["person"], role.get("kind", "post"), role["org"], role["title"], role.get("term"))


def alias_facts(alias: Entry) -> Facts:
    """What records that give the same name must agree on."""
    return (alias["kind"], alias.get("lang"), alias.get("used_by"))


def check_together(
    records: list[ReadRecord], outside: Outside, *, all_right: bool, spoiled: Container[str] = frozenset(),
) -> dict[str, list[Problem]]:
    """What is wrong between records, by record file.

    Args:
        records: records that are right each by itself.
        outside: what is said outside them.
        all_right: whether no record was left out because it is wrong; what is missing may stand there.
        spoiled: the articles and meetings of records that are wrong, of which it is not known what they lack.
    """
    without = "" if all_right else " without problems"
    breaches: dict[str, list[Breach]] = {read.file.path: [] for read in records}
    _Defined(outside, breaches).add_all(records)
    ids = outside.ids | {made for read in records for made in _made_ids(read)}
    articles = set(outside.articles) | {_bound(read).article_id for read in records}
    meetings = set(outside.meetings) | {
        meeting["id"] for read in records for meeting in _bound(read).record.get("meetings", ())
    }
    for read in records:
        found = breaches[read.file.path]
        for path, kind, target in pointers_of(_bound(read).record):
            known = articles if kind == "article" else ids
            if _is_missing(kind, target, known, spoiled):
                found.append((path, f"{target!r} is no {kind} of any record{without}"))
        for section in ("statements", "claims"):
            for position, entry in enumerate(_bound(read).record.get(section, ())):
                if "meeting" in entry and entry["meeting"] not in meetings and entry["meeting"] not in spoiled:
                    found.append(((section, position, "meeting"), f"{entry['meeting']!r} is defined in no record{without}"))
    _check_circles(records, outside, breaches)
    return {
        read.file.path: as_problems(read.file, breaches[read.file.path]) for read in records if breaches[read.file.path]
    }


def _is_missing(kind: str, target: str, known: Container[str], spoiled: Container[str]) -> bool:
    if kind == "article":
        return target not in known and target not in spoiled
    article, _, local = target.rpartition("-")
    # In an article claims are c01, c02, ... and statements s01, s02, ...
    return local[0] != kind[0] or (target not in known and article not in spoiled)


def _bound(read: ReadRecord) -> Any:
    assert read.bound is not None
    return read.bound


def _made_ids(read: ReadRecord) -> Iterator[str]:
    bound = _bound(read)
    for section in ("statements", "claims"):
        for entry in bound.record.get(section, ()):
            yield f"{bound.article_id}-{entry['id']}"


def pointers_of(record: Entry) -> Iterator[tuple[Path, str, str]]:
    """What a record says of other articles' rows: the path, what it points at (article, claim, statement), the id there."""
    article = record["article"]
    if "copy_of" in article:
        yield ("article", "copy_of"), "article", article["copy_of"]
    for position, link in enumerate(article.get("links", ())):
        yield ("article", "links", position, "article"), "article", link["article"]
    for position, statement in enumerate(record.get("statements", ())):
        if "same_as" in statement:
            yield ("statements", position, "same_as"), "statement", statement["same_as"]
    for position, claim in enumerate(record.get("claims", ())):
        if "supersedes" in claim:
            yield ("claims", position, "supersedes"), "claim", claim["supersedes"]


class _Defined:
    """Who defines what; a second definition, or one that disagrees, is a breach of the later file."""

    def __init__(self, outside: Outside, breaches: dict[str, list[Breach]]) -> None:
        self._outside = outside
        self._breaches = breaches
        self._articles = dict(outside.articles)
        self._texts = dict(outside.texts)
        self._meetings = dict(outside.meetings)
        self._transfers = dict(outside.transfers)
        self._roles = dict(outside.roles)
        self._names = dict(outside.names)

    def add_all(self, records: Iterable[ReadRecord]) -> None:
        """Go through the records in the order of their files."""
        for read in sorted(records, key=lambda read: read.file.path):
            self._add(read)

    def _add(self, read: ReadRecord) -> None:
        bound, path = _bound(read), read.file.path
        record, found = bound.record, self._breaches[path]
        _once(self._articles, record["article"]["id"], path, ("article", "id"), found, "is the article of")
        text = (record["article"]["outlet"], bound.passages.article.text_sha256)
        _once(self._texts, text, path, ("article", "source"), found, "has the same outlet and the same text as", shown="it")
        for position, meeting in enumerate(record.get("meetings", ())):
            _once(self._meetings, meeting["id"], path, ("meetings", position), found, "is defined already in")
        for position, claim in enumerate(record.get("claims", ())):
            if "transfer" in claim:
                self._add_transfer(claim["transfer"], ("claims", position, "transfer"), found)
        for position, role in enumerate(record.get("roles", ())):
            self._add_role(role, path, ("roles", position), found)
        for position, alias in enumerate(record.get("aliases", ())):
            name, here = alias_id(alias), ("aliases", position)
            registered = self._outside.registry_names.get(name)
            if registered is None:
                _agree(self._names, name, alias_facts(alias), path, here, found)
            elif any(mine is not None and mine != theirs for mine, theirs in zip(alias_facts(alias), registered, strict=True)):
                found.append((here, f"{alias['name']!r} stands otherwise in the registry; kind, lang and used_by must agree"))

    def _add_transfer(self, transfer: Entry, here: Path, found: list[Breach]) -> None:
        key = transfer_key(transfer)
        made = transfer_id(*key)
        if self._transfers.setdefault(made, key) != key:
            found.append((here, f"makes the same id as another transfer: {made}"))

    def _add_role(self, role: Entry, path: str, here: Path, found: list[Breach]) -> None:
        facts = role_facts(role)
        registered = self._outside.registry_roles.get(role["id"])
        if registered is None:
            _agree(self._roles, role["id"], facts, path, here, found)
        elif facts != registered:
            found.append((here, f"{role['id']!r} stands otherwise in the registry; all but days and quotes must agree"))


def _once(seen: dict[Any, str], key: Any, path: str, here: Path, found: list[Breach], says: str, shown: str = "") -> None:
    if key in seen:
        found.append((here, f"{shown or repr(key)} {says} {seen[key]}"))
    else:
        seen[key] = path


def _agree(
    seen: dict[str, tuple[Facts, str]], key: str, facts: Facts, path: str, here: Path, found: list[Breach]
) -> None:
    first, where = seen.setdefault(key, (facts, path))
    if first != facts:
        found.append((here, f"{key!r} stands otherwise in {where}; all but days and quotes must agree"))


def _check_circles(records: list[ReadRecord], outside: Outside, breaches: dict[str, list[Breach]]) -> None:
    """Articles point back, so that there is an order to write them in; claims of one article do not supersede in a circle."""
    graph = {article: set(targets) for article, targets in outside.pointers.items()}
    paths: dict[str, tuple[str, Path]] = {}
    for read in records:
        bound = _bound(read)
        targets = graph[bound.article_id] = set()
        own: dict[str, str] = {}
        for path, kind, target in pointers_of(bound.record):
            article = target if kind == "article" else target.rpartition("-")[0]
            if article == bound.article_id:
                section, position = str(path[0]), int(path[1])
                own[f"{article}-{bound.record[section][position]['id']}"] = target
            else:
                targets.add(article)
            paths.setdefault(bound.article_id, (read.file.path, path))
        for start in own:
            if _reaches(own, start):
                breaches[read.file.path].append((paths[bound.article_id][1], f"{start!r} comes back to itself"))
                break
    for article, (file, path) in paths.items():
        if _in_circle(graph, article):
            breaches[file].append((path, f"{article!r} points, by way of other articles, at itself; the later article points back"))


def _reaches(chain: dict[str, str], start: str) -> bool:
    at: str | None = chain.get(start)
    for _ in chain:
        if at == start:
            return True
        at = chain.get(at) if at else None
    return False


def _in_circle(graph: dict[str, set[str]], start: str) -> bool:
    open_, seen = list(graph.get(start, ())), set()
    while open_:
        article = open_.pop()
        if article == start:
            return True
        if article not in seen:
            seen.add(article)
            open_.extend(graph.get(article, ()))
    return False


def in_order(records: list[ReadRecord]) -> list[ReadRecord]:
    """The records in an order in which each comes after those it points back at; files that do not are in code point order."""
    by_article = {_bound(read).article_id: read for read in sorted(records, key=lambda read: read.file.path)}
    done: dict[str, ReadRecord] = {}
    for article in by_article:
        open_ = [article]
        while open_:
            at = open_[-1]
            waits = [target for target in _targets(by_article[at]) if target in by_article and target not in done and target != at]
            if waits:
                open_.extend(waits)
            else:
                done.setdefault(at, by_article[at])
                open_.pop()
    return list(done.values())


def _targets(read: ReadRecord) -> list[str]:
    return [
        target if kind == "article" else target.rpartition("-")[0] for _, kind, target in pointers_of(_bound(read).record)
    ]
