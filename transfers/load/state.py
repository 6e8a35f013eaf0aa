"""What has changed since the last load: the bytes of all files against what the database was made from.

Imported and run by every load, also by the many that find nothing to do, so it imports neither YAML nor anything of the
records' meaning.
"""

from __future__ import annotations

import os

from transfers.files import find_changed
from transfers.load.lists import as_list, portions
from transfers.records.collection import MATCHES, RECORDS, REGISTRY_FILES, REVIEWS, list_matches, list_yaml

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from typing import Any

    Loaded = dict[str, tuple[str, str]]  # path -> (kind, sha256), of files loaded with the present rules

# Raised whenever the same files would give other rows; a migration that adds a filled column raises it too.
LOADER_VERSION = 2


class Changes:
    """What a load has to do.

    Attributes:
        registry: whether a file of the registry differs; then all records are read again.
        records: record files that are new or differ, or whose article differs, in code point order.
        reviews: review files that are new or differ.
        matches: files of decisions on registers that are new or differ.
        gone_records: record files that were loaded and are no longer there.
        gone_reviews: review files likewise.
        gone_matches: files of decisions likewise.
        unchanged: how many record files have the bytes they were loaded from.
        new: those of ``records`` that the database does not know.
    """

    __slots__ = (
        "gone_matches", "gone_records", "gone_reviews", "matches", "new", "records", "registry", "reviews", "unchanged",
    )

    def __init__(
        self, *, registry: bool, records: list[str], reviews: list[str], matches: list[str], gone_records: list[str],
        gone_reviews: list[str], gone_matches: list[str], unchanged: int, new: frozenset[str],
    ) -> None:
        self.registry = registry
        self.records = records
        self.reviews = reviews
        self.matches = matches
        self.gone_records = gone_records
        self.gone_reviews = gone_reviews
        self.gone_matches = gone_matches
        self.unchanged = unchanged
        self.new = new

    def is_empty(self) -> bool:
        """Whether nothing is to be written. A record that is gone is reported, and written off only when pruned."""
        return not (self.registry or self.records or self.reviews or self.matches or self.gone_reviews or self.gone_matches)


def find_loaded(connection: Any) -> tuple[Loaded, set[str]]:
    """The files that the database was made from, and which record and review files it knows at all.

    Files that were loaded by other rules than the present ones are left out of the first and stand in the second.
    """
    rows = connection.rows("SELECT path, kind, sha256, loader_version FROM loaded_files")
    loaded = {path: (kind, sha256) for path, kind, sha256, version in rows if version == LOADER_VERSION}
    return loaded, {path for path, kind, _, _ in rows if kind in ("record", "review")}


def find_generation(connection: Any) -> int:
    """A number that is another one after every load that wrote something."""
    return int(connection.rows("SELECT coalesce(max(id), 0) FROM loads")[0][0])


def find_changes(
    root: str, loaded: Loaded, known: set[str], connection: Any = None, named: list[str] | None = None,
) -> Changes:
    """Compare the files of a collection with what was loaded.

    Args:
        root: the collection.
        loaded: the first of what `find_loaded` gave.
        known: the second.
        connection: asked which record an article belongs to, when an article differs.
        named: the record files that the load is about; None = all.

    Raises:
        ProblemsError: a file lies in the collection that does not belong there.
    """
    here = [path for path in REGISTRY_FILES if path in loaded or os.path.exists(f"{root}/{path}")]
    all_records = list_yaml(root, RECORDS)
    records = all_records if named is None else named
    reviews = list_yaml(root, REVIEWS)
    matches = list_matches(root)
    articles = [path for path, (kind, _) in loaded.items() if kind == "article"]
    files = (*here, *records, *reviews, *matches)
    differ = find_changed(root, {path: loaded[path][1] for path in (*files, *articles) if path in loaded})
    differ.update(path for path in files if path not in loaded)
    changed = differ.intersection(records)
    moved = differ.intersection(articles)
    if moved and connection is not None:
        changed |= _owners(connection, sorted(moved)).intersection(records)
    gone = known.difference(all_records, reviews, matches)
    return Changes(
        registry=not differ.isdisjoint(here),
        records=sorted(changed),
        reviews=[path for path in reviews if path in differ],
        matches=[path for path in matches if path in differ],
        gone_records=sorted(path for path in gone if path.startswith(f"{RECORDS}/")),
        gone_reviews=sorted(path for path in gone if path.startswith(f"{REVIEWS}/")),
        gone_matches=sorted(path for path in gone if path.startswith(f"{MATCHES}/")),
        unchanged=len(records) - len(changed),
        new=frozenset(changed - known),
    )


def _owners(connection: Any, articles: list[str]) -> set[str]:
    """The record files whose articles are these files."""
    owners: set[str] = set()
    for some in portions(articles):
        listed, params = as_list(some)
        rows = connection.rows(f"SELECT record_path FROM articles WHERE source_path IN ({listed})", params)
        owners.update(path for (path,) in rows)
    return owners
