"""What has changed since the last load: the bytes of all files against what the database was made from.

Imported and run by every load, also by the many that find nothing to do, so it imports neither YAML nor anything of the
records' meaning.
"""

from __future__ import annotations

import os
from typing import Any, Final, NamedTuple

from transfers.files import hash_file
from transfers.records.collection import RECORDS, REGISTRY_FILES, REVIEWS, list_yaml

# Raised whenever the same files would give other rows; a migration that adds a filled column raises it too.
LOADER_VERSION: Final = 1

Loaded = dict[str, tuple[str, str]]  # path -> (kind, sha256), of files loaded with the present rules


class Changes(NamedTuple):
    """What a load has to do.

    Attributes:
        registry: whether a file of the registry differs; then all records are read again.
        records: record files that are new or differ, or whose article differs, in code point order.
        reviews: review files that are new or differ.
        gone_records: record files that were loaded and are no longer there.
        gone_reviews: review files likewise.
        unchanged: how many record files have the bytes they were loaded from.
        new: those of ``records`` that the database does not know.
    """

    registry: bool
    records: list[str]
    reviews: list[str]
    gone_records: list[str]
    gone_reviews: list[str]
    unchanged: int
    new: frozenset[str]

    def is_empty(self) -> bool:
        """Whether nothing is to be written. A record that is gone is reported, and written off only when pruned."""
        return not (self.registry or self.records or self.reviews or self.gone_reviews)


def find_loaded(connection: Any) -> Loaded:
    """The files that the database was made from; those loaded by other rules than the present ones are left out."""
    return {
        path: (kind, sha256)
        for path, kind, sha256 in connection.rows(
            "SELECT path, kind, sha256 FROM loaded_files WHERE loader_version = :version", {"version": LOADER_VERSION}
        )
    }


def find_known_records(connection: Any) -> set[str]:
    """All record files that the database knows, by whatever rules they were loaded."""
    return {path for (path,) in connection.rows("SELECT path FROM loaded_files WHERE kind = 'record'")}


def find_changes(root: str, loaded: Loaded, known_records: set[str], connection: Any = None, named: list[str] | None = None) -> Changes:
    """Compare the files of a collection with what was loaded.

    Args:
        root: the collection.
        loaded: what `find_loaded` gave.
        known_records: what `find_known_records` gave.
        connection: asked which record an article belongs to, when an article differs.
        named: the record files that the load is about; None = all.

    Raises:
        ProblemsError: a file lies in the collection that does not belong there.
    """
    registry = any(differs(root, path, loaded) for path in REGISTRY_FILES if path in loaded or os.path.exists(f"{root}/{path}"))
    all_records = list_yaml(root, RECORDS)
    records = all_records if named is None else named
    changed = {path for path in records if differs(root, path, loaded)}
    articles = [path for path, (kind, _) in loaded.items() if kind == "article" and differs(root, path, loaded)]
    if articles and connection is not None:
        owners = {path for (path,) in connection.rows(
            f"SELECT record_path FROM articles WHERE source_path IN ({', '.join(f':p{n}' for n in range(len(articles)))})",
            {f"p{n}": path for n, path in enumerate(articles)},
        )}
        changed |= owners & set(records)
    reviews = list_yaml(root, REVIEWS)
    present = set(all_records)
    return Changes(
        registry=registry,
        records=sorted(changed),
        reviews=[path for path in reviews if differs(root, path, loaded)],
        gone_records=sorted(known_records - present),
        gone_reviews=sorted(path for path, (kind, _) in loaded.items() if kind == "review" and path not in set(reviews)),
        unchanged=len(records) - len(changed),
        new=frozenset(changed - known_records),
    )


def differs(root: str, path: str, loaded: Loaded) -> bool:
    """Whether a file has other bytes than those it was loaded from, or was never loaded."""
    return path not in loaded or hash_file(f"{root}/{path}") != loaded[path][1]
