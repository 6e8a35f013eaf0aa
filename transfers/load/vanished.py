"""What a load would take away: refused where somebody relied on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from transfers.errors import Problem
from transfers.load.lists import as_list, portions
from transfers.load.reading import ReadRecord

if TYPE_CHECKING:
    from transfers.db import Connection

# Who points at a claim, a statement, a meeting or an article: table of the target -> (table, column) of the pointer.
_POINTERS = {
    "claims": (("claims", "supersedes_id"),),
    "statements": (("statements", "same_as_id"),),
    "meetings": (("claims", "meeting_id"), ("statements", "meeting_id")),
    "articles": (("articles", "copy_of_id"), ("article_links", "target_id")),
}


def find_vanished(connection: Connection, records: list[ReadRecord], removed: list[str]) -> list[Problem]:
    """Why rows cannot just go: an accepted record still had them, or another record points at them.

    Args:
        connection: the database before the load.
        records: the records that are going to be written.
        removed: the record files whose rows are going to be removed.
    """
    files = {read.bound.article_id: read.file.path for read in records if read.bound}
    files |= {article: path for article, path in _articles_of(connection, [*removed, *files.values()]) if article not in files}
    wanted = {made for read in records for made in _wanted(read)}
    problems: list[Problem] = []
    for table in ("claims", "statements", "meetings"):
        gone = [(found, article) for found, article in _rows_of(connection, table, files) if found not in wanted]
        if table != "meetings":
            problems.extend(_refused(connection, [pair for pair in gone if files[pair[1]] not in removed], records, files))
        problems.extend(_pointed_at(connection, table, dict(gone), files))
    kept = {read.bound.article_id for read in records if read.bound}
    problems.extend(_pointed_at(connection, "articles", {article: article for article in files if article not in kept}, files))
    return problems


def _wanted(read: ReadRecord) -> Iterator[str]:
    assert read.bound is not None
    for section in ("claims", "statements"):
        for entry in read.bound.record.get(section, ()):
            yield f"{read.bound.article_id}-{entry['id']}"
    for meeting in read.bound.record.get("meetings", ()):
        yield meeting["id"]


def _articles_of(connection: Connection, paths: Iterable[str]) -> list[tuple[str, str]]:
    return _asked(connection, "SELECT id, record_path FROM articles WHERE record_path IN ({ids})", paths)


def _rows_of(connection: Connection, table: str, articles: Iterable[str]) -> list[tuple[str, str]]:
    return _asked(connection, f"SELECT id, article_id FROM {table} WHERE article_id IN ({{ids}})", articles)


def _asked(connection: Connection, sql: str, ids: Iterable[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for some in portions(sorted(ids)):
        listed, params = as_list(some)
        found.extend((row[0], row[1]) for row in connection.rows(sql.format(ids=listed), params))
    return found


def _refused(
    connection: Connection, gone: list[tuple[str, str]], records: list[ReadRecord], files: dict[str, str]
) -> Iterator[Problem]:
    """Claims and statements of accepted records that are neither deprecated nor under `removed`."""
    tombstones = {
        f"{read.bound.article_id}-{line['id']}" for read in records if read.bound for line in read.bound.record.get("removed", ())
    }
    accepted = {
        article for article, _ in _asked(
            connection, "SELECT article_id, decision FROM reviews WHERE decision = 'accepted' AND article_id IN ({ids})",
            {article for _, article in gone},
        )
    }
    for found, article in gone:
        if article in accepted and found not in tombstones:
            local = found.removeprefix(f"{article}-")
            yield Problem(
                files[article], 0, local,
                "was accepted by a reviewer and cannot just vanish: keep it with rank: deprecated and rank_reason, "
                f"or list it under removed: {{id: {local}, why: ...}}",
            )


def _pointed_at(connection: Connection, table: str, gone: dict[str, str], files: dict[str, str]) -> Iterator[Problem]:
    """What articles outside this load still say of rows that would go."""
    for pointer, column in _POINTERS[table]:
        owner = "id" if pointer == "articles" else "article_id"
        for some in portions(sorted(gone)):
            listed, params = as_list(some)
            rows = connection.rows(f"SELECT {column}, {owner} FROM {pointer} WHERE {column} IN ({listed})", params)
            for target, article in rows:
                if article not in files:
                    sentence = f"{target!r} cannot go: the record of {article!r} speaks of it ({column})"
                    yield Problem(files[gone[target]], 0, "", sentence)
