"""Files of registers -> rows, in one transaction; and taking a register out again."""

from __future__ import annotations

import os
from contextlib import nullcontext
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from transfers.db import reading, writing
from transfers.errors import InputError, Problem, ProblemsError
from transfers.load.collector import without_collector
from transfers.registers import Release, read_release
from transfers.registers.row import COLUMNS
from transfers.schema.head import find_state, state_error
from transfers.schema.indexes import without_indexes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from transfers.db import Connection, Target

_AT_ONCE: Final = 1_000  # rows in one go
_BYTES_OF_A_ROW: Final = 130  # in the trade register; a guess is enough
_YEARS: Final = {
    "sqlite": """INSERT INTO register_years (register_id, row_number, year) SELECT r.register_id, r.row_number, y.value
        FROM register_rows r, json_each('[' || replace(r.delivery_years, ';', ',') || ']') y
        WHERE r.register_id = :id AND r.delivery_years IS NOT NULL ORDER BY r.row_number""",
    "postgresql": """INSERT INTO register_years (register_id, row_number, year) SELECT r.register_id, r.row_number, y.year
        FROM register_rows r, unnest(CAST(string_to_array(r.delivery_years, '; ') AS integer[])) AS y(year)
        WHERE r.register_id = :id""",
}
_REGISTER: Final = ("id", "dataset", "form", "release", "generated_on", "selection", "sha256", "row_count", "licence")
_TABLES: Final = ("register_years", "register_rows", "registers")


class Imported(NamedTuple):
    """What an import did with one file.

    Attributes:
        id: of the register.
        path: the file.
        rows: how many rows it has.
        is_new: False when it was there already, byte for byte.
    """

    id: str
    path: str
    rows: int
    is_new: bool


class ImportReport(NamedTuple):
    """What an import did: one entry for each file, and what to tell the user of the database."""

    imported: list[Imported]
    notes: list[str]


def import_registers(
    target: Target, paths: Iterable[str], *, dataset: str = "sipri", name: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> ImportReport:
    """Write files of registers into a database, all of them or nothing; it is made, or migrated to head, when needed.

    Args:
        target: the database.
        paths: the files.
        dataset: whose register they are.
        name: what to call the release, instead of the day it was generated.
        progress: called now and then with the number of rows written.

    Raises:
        ProblemsError: a file is not as its form has it; or its id is taken by a register of other bytes.
        InputError: a file does not say when it was generated.
        DatabaseError: the database cannot be used.
        BusyError: another process holds it.
    """
    with without_collector():
        return _import([read_release(path, dataset=dataset, name=name) for path in paths], target, progress)


def _import(releases: list[Release], target: Target, progress: Callable[[int], None] | None) -> ImportReport:
    _require_different(releases)
    notes: list[str] = []
    found = _find_present(target, releases, notes)
    missing = [release for release in releases if release.id not in found]
    if not missing:
        return ImportReport([Imported(release.id, release.path, found[release.id], False) for release in releases], notes)
    _bring_to_head(target, missing, notes)
    with writing(target) as connection:
        notes.extend(connection.notes)
        if connection.engine == "sqlite":
            connection.run("PRAGMA cache_size = -32768")  # 32 MB: rows come in the order of their key, and need no more
        with connection.transaction():
            present = _require_free(connection, releases)
            with without_indexes(connection, _TABLES) if _are_many(connection, missing) else nullcontext():
                done = [
                    Imported(release.id, release.path, present[release.id], False) if release.id in present
                    else Imported(release.id, release.path, _write(connection, release, progress), True) for release in releases
                ]
    return ImportReport(done, notes)


def _require_different(releases: list[Release]) -> None:
    seen: dict[str, str] = {}
    problems = [
        Problem(
            release.path, 0, "", f"would be {release.id}, as {seen[release.id]} would; import each by itself, with --release NAME",
        )
        for release in releases if seen.setdefault(release.id, release.path) != release.path
    ]
    if problems:
        raise ProblemsError(problems)


def _find_present(target: Target, releases: list[Release], notes: list[str]) -> dict[str, int]:
    """Which of the releases the database has already, with their numbers of rows. It is opened for reading only."""
    if target.engine == "sqlite" and not os.path.lexists(target.path):
        return {}
    with reading(target) as connection:
        notes.extend(connection.notes)
        state = find_state(connection)
        if state.kind in ("foreign", "newer"):
            raise state_error(state, target.shown)
        return _require_free(connection, releases) if state.kind == "current" else {}


def _require_free(connection: Connection, releases: list[Release]) -> dict[str, int]:
    """The releases that are there already, with their numbers of rows.

    Raises:
        ProblemsError: the id of one is taken by a file of other bytes, or its bytes are there under another id.
    """
    present: dict[str, int] = {}
    problems: list[Problem] = []
    for release in releases:
        for known, sha256, rows in connection.rows(
            "SELECT id, sha256, row_count FROM registers WHERE id = :id OR sha256 = :sha256",
            {"id": release.id, "sha256": release.sha256},
        ):
            if known == release.id and sha256 == release.sha256:
                present[known] = rows
            elif known == release.id:
                for _ in release:  # what is wrong in the file is told first: it may be the same file, damaged or saved again
                    pass
                problems.append(Problem(
                    release.path, 0, "", f"would be {known}, which is there from a file of other bytes (what differs: "
                    f"transfers diff {known} FILE); if it is another selection, give this one a name: --release NAME; or take the "
                    f"other out: transfers import remove {known} --yes",
                ))
            else:
                problems.append(Problem(
                    release.path, 0, "", f"is there already, as {known}; to name it otherwise, first run: "
                    f"transfers import remove {known} --yes",
                ))
    if problems:
        raise ProblemsError(problems)
    return present


def _bring_to_head(target: Target, missing: list[Release], notes: list[str]) -> None:
    if target.engine == "sqlite" and not os.path.lexists(target.path):
        for release in missing:  # no database is made for files that are then refused
            for _ in release:
                pass
    from transfers.schema.upgrade import upgrade

    notes.extend(upgrade(target).notes)


def _are_many(connection: Connection, releases: list[Release]) -> bool:
    """Whether there will be about as many new rows as there are: then making the indexes anew is quicker than mending them."""
    known = connection.rows("SELECT coalesce(sum(row_count), 0) FROM registers")[0][0]
    return bool(sum(os.path.getsize(release.path) for release in releases) / _BYTES_OF_A_ROW > known)


def _write(connection: Connection, release: Release, progress: Callable[[int], None] | None) -> int:
    """Write one release; the number of its rows."""
    values = {
        "id": release.id, "dataset": release.dataset, "form": release.form, "release": release.release,
        "generated_on": release.generated_on, "selection": release.selection, "sha256": release.sha256, "row_count": 0,
        "licence": release.licence,
    }
    connection.insert_many("registers", list(_REGISTER), [tuple(values[column] for column in _REGISTER)])
    columns, count, own = ["register_id", *COLUMNS], 0, (release.id,)
    for rows in _portions(iter(release)):
        connection.insert_many("register_rows", columns, [own + row for row in rows])
        count += len(rows)
        if progress:
            progress(count)
    connection.run(_YEARS[connection.engine], {"id": release.id})
    connection.run("UPDATE registers SET row_count = :count WHERE id = :id", {"count": count, "id": release.id})
    return count


def _portions(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while some := list(islice(rows, _AT_ONCE)):
        yield some


def remove_register(target: Target, register: str) -> int:
    """Take a register out of a database; the number of rows that it had. Decisions about its deals stay.

    Raises:
        InputError: there is no such register; those that there are are named.
        DatabaseError: the database cannot be used.
        BusyError: another process holds it.
    """
    from transfers.schema.head import require_head

    with writing(target) as connection:
        require_head(connection)
        with connection.transaction():
            known: dict[str, int] = dict(connection.rows("SELECT id, row_count FROM registers"))
            if register not in known:
                listed = f"; there are: {', '.join(sorted(known))}" if known else "; there is none"
                raise InputError(f"there is no register {register!r}{listed}")
            for table in _TABLES:
                key = "id" if table == "registers" else "register_id"
                connection.run(f"DELETE FROM {table} WHERE {key} = :id", {"id": register})
    return known[register]
