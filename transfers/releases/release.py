"""Writing a release: the data in several forms, what changed, how to cite it, and the hash of every file."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple

from transfers.differences import Side, as_changelog, database_side, find_differences, open_side
from transfers.errors import InputError, UsageError
from transfers.exports.about import Wanted, read_about
from transfers.exports.canonical import as_canonical
from transfers.exports.csv_files import as_csv, write_text
from transfers.exports.formats import write_folder
from transfers.exports.new_folder import new_folder
from transfers.exports.parquet import require_pyarrow
from transfers.releases.identity import KINDS, find_changed, read_kept
from transfers.releases.pages import Edition, as_changes, as_readme
from transfers.releases.plain_copy import write_plain_copy
from transfers.releases.tombstones import COLUMNS, Reasons, Tombstone, find_tombstones, read_tombstones
from transfers.render.json_text import as_page

if TYPE_CHECKING:
    from transfers.db import Connection
    from transfers.exports.tables import Told

CANONICAL: Final = "canonical.jsonl"
CHANGES: Final = "CHANGELOG.md"
SUMS: Final = "SHA256SUMS"
TOMBSTONES: Final = "tombstones.csv"
ABOUT: Final = "release.json"
_VERSION: Final = re.compile(r"[0-9]+(\.[0-9]+)*")
_FOLDERS: Final = ("csv", "parquet", "datapackage")


class Order(NamedTuple):
    """What release is asked for.

    Attributes:
        edition: its version and date.
        folder: where it is to be written.
        previous: the folder of the release before, a database or a canonical export; None for a first release.
        reasons: why things were removed, as far as the data do not say so.
        texts: with the full texts of the articles.
    """

    edition: Edition
    folder: str
    previous: str | None
    reasons: Reasons
    texts: bool = False


class Previous(NamedTuple):
    """The release before.

    Attributes:
        path: what can be opened as one side of a comparison.
        version: its version, or how to speak of it.
    """

    path: str
    version: str
    changes: str = ""
    tombstones: tuple[Tombstone, ...] = ()


def require_version(version: str) -> str:
    """The version, if it is one.

    Raises:
        UsageError: it is not numbers with dots between them.
    """
    if not _VERSION.fullmatch(version):
        raise UsageError(f"{version!r} is no version: it is numbers with dots between them, such as 1.0 or 2024.3")
    return version


def write_release(connection: Connection, order: Order, told: Told, say: Callable[[str], None]) -> None:
    """Write the folder of a release, whole or not at all. The same data give the same bytes.

    Args:
        connection: the database, inside `Connection.snapshot`.
        order: what is asked for.
        told: descriptions of views, as for `exports.tables.find_tables`.
        say: is told what the user should know.

    Raises:
        InputError: an id changed its meaning, is gone without a reason or came back; or the folder is there.
        DatabaseError: the database or the previous release cannot be read, or the folder cannot be written.
    """
    require_pyarrow()
    previous = _read_previous(order)
    tombstones, changes = _compare(connection, order, previous, say)
    about = read_about(connection, Wanted(order.texts))
    edition = order.edition if order.edition.day else order.edition._replace(day=about.newest_day)
    with new_folder(order.folder) as folder:
        write_plain_copy(connection, os.path.join(folder, "transfers.db"), with_texts=order.texts)
        for name in _FOLDERS:
            os.mkdir(os.path.join(folder, name))
            write_folder(connection, name, about, told, os.path.join(folder, name))
        write_text(folder, CANONICAL, (f"{line}\n" for line in as_canonical(connection)))
        write_text(folder, TOMBSTONES, as_csv(COLUMNS, tombstones, raw=True))
        since, earlier = (previous.version, previous.changes) if previous else ("", "")
        write_text(folder, CHANGES, (as_changes(edition, since, changes, tombstones, earlier),))
        counts = {name: connection.rows(f"SELECT count(*) FROM {name}")[0][0] for name in KINDS}
        write_text(folder, "README.md", (as_readme(edition, about, counts),))
        named = {"version": edition.version, "day": edition.day, "previous": since or None, **about.as_dict("release")}
        write_text(folder, ABOUT, (as_page(named), "\n"))
        write_text(folder, SUMS, list(_sums(folder)))


def _compare(
    connection: Connection, order: Order, previous: Previous | None, say: Callable[[str], None],
) -> tuple[list[Tombstone], str]:
    """The tombstones, and what changed in words.

    Raises:
        InputError: an id does not mean what it meant.
    """
    if previous is None:
        if order.reasons:
            raise InputError("reasons for what was removed need the release that it was in: name it with --previous")
        return [], ""
    with _opened(previous.path, say) as side:
        before = read_kept(side)
    after = read_kept(database_side(connection))
    tombstones, wrong = find_tombstones(before, after, list(previous.tombstones), order.reasons, order.edition.version)
    wrong = find_changed(before, after) + wrong
    if wrong:
        raise InputError(
            f"{len(wrong)} ids do not mean what they meant in {previous.version}:\n" + "\n".join(f"  {one}" for one in wrong)
            + "\nWhat is gone needs a reason: a line kind,id,why in the file of --removed, `removed:` in its record, or "
            "`formerly:` in the registry. An article that was taken back is better kept, with its status. "
            "What is new needs its own id."
        )
    with _opened(previous.path, say) as side:
        return tombstones, as_changelog(find_differences(side, database_side(connection)))


@contextmanager
def _opened(path: str, say: Callable[[str], None]) -> Iterator[Side]:
    from transfers.db import read_target

    # Only what was named is opened: an id of a register in some other database is no release.
    if "://" not in path and not os.path.lexists(path):
        raise InputError(f"there is no {path}")
    with open_side(path, read_target(path), say) as side:
        yield side


def _read_previous(order: Order) -> Previous | None:
    """The release before, looked over.

    Raises:
        InputError: its files are not as they were written, or it is no earlier version.
    """
    path = order.previous
    if path is None:
        return None
    if not os.path.isdir(path):
        return Previous(path, os.path.basename(path) or path)
    _require_sums(path)
    version = _read_version(path)
    if _as_numbers(version) >= _as_numbers(order.edition.version):
        raise InputError(f"{path} is release {version}: {order.edition.version} does not come after it")
    changes = _read(path, CHANGES).decode("utf-8")
    return Previous(os.path.join(path, CANONICAL), version, changes, tuple(read_tombstones(os.path.join(path, TOMBSTONES))))


def _as_numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def _read_version(path: str) -> str:
    import json

    try:
        return require_version(str(json.loads(_read(path, ABOUT))["version"]))
    except (ValueError, KeyError, TypeError, UsageError) as error:
        raise InputError(f"{os.path.join(path, ABOUT)} does not say which version the release is") from error


def _read(folder: str, name: str) -> bytes:
    path = os.path.join(folder, name)
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise InputError(f"{path} cannot be read, so {folder} is no release: {error.strerror}") from error


def _require_sums(folder: str) -> None:
    """Raise unless what is read of an earlier release has the hashes that it was written with."""
    sums = dict(line.split("  ", 1)[::-1] for line in _read(folder, SUMS).decode("utf-8", "replace").splitlines() if "  " in line)
    for name in (CANONICAL, CHANGES, TOMBSTONES, ABOUT):
        if sums.get(name) != hashlib.sha256(_read(folder, name)).hexdigest():
            raise InputError(f"{os.path.join(folder, name)} is not what {SUMS} says: the release was changed since it was written")


def _sums(folder: str) -> Iterator[str]:
    paths = sorted(
        os.path.relpath(os.path.join(inside, name), folder).replace(os.sep, "/")
        for inside, _, names in os.walk(folder) for name in names
    )
    for path in paths:
        with open(os.path.join(folder, path), "rb") as file:
            yield f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path}\n"
