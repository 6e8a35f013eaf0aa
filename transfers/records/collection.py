"""A collection: the folder with data/registry/, data/records/, data/review/ and seeds/, and what its files hold.

Files are read by their bytes: what counts is what was reviewed, not when a file was touched.
"""

from __future__ import annotations

import os

from transfers.errors import InputError, Problem, ProblemsError, UsageError

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final

REGISTRY: Final = "data/registry"
RECORDS: Final = "data/records"
REVIEWS: Final = "data/review"
MATCHES: Final = "data/matches"
SEEDS: Final = "seeds"
# File of the registry -> what it holds. Actors stand in two files: states.yaml has those that registers of arms transfers name,
# a long list that is the same for every collection.
REGISTRY_KINDS: Final = {"actors": "actors", "states": "actors", "systems": "systems", "places": "places", "topics": "topics"}
REGISTRY_FILES: Final = tuple(f"{REGISTRY}/{name}.yaml" for name in REGISTRY_KINDS)
MATCH_FILES: Final = (f"{MATCHES}/sipri.yaml",)  # named after the data set of the register


def find_root(given: str | None = None) -> str:
    """The root of the collection: as given, by TRANSFERS_COLLECTION, else the nearest folder upward that is one.

    Raises:
        InputError: there is none.
    """
    named = given or os.environ.get("TRANSFERS_COLLECTION")
    if named:
        if not is_collection(named):
            raise InputError(f"{named} is no collection: it has no {REGISTRY}/; run: transfers init {named}")
        return os.path.abspath(named)
    found = find_root_above()
    if found is None:
        raise InputError(
            f"no collection here or above: no folder has {REGISTRY}/; change into one, name it with --collection, "
            "or make one with: transfers init DIR"
        )
    return found


def find_root_above() -> str | None:
    """The nearest folder from the current one upward that is a collection, or None."""
    try:
        folder = os.getcwd()
    except FileNotFoundError:  # the current folder was deleted
        return None
    while not is_collection(folder):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return folder


def is_collection(folder: str) -> bool:
    """Whether a folder holds a registry."""
    return os.path.isdir(os.path.join(folder, *REGISTRY.split("/")))


def list_yaml(root: str, folder: str) -> list[str]:
    """The YAML files below a folder of the collection, by path, in code point order.

    Raises:
        ProblemsError: a file there is none that can be read as one of the collection: another ending, a link, a bad name.
    """
    found: list[str] = []
    problems: list[Problem] = []
    top = os.path.join(root, *folder.split("/"))
    for path, entry in _walk(top, folder):
        if entry.name.startswith("."):
            continue
        if entry.is_symlink() or not entry.is_file(follow_symlinks=False):
            problems.append(Problem(path, 0, "", "is not a plain file"))
        elif not entry.name.endswith(".yaml"):
            problems.append(Problem(path, 0, "", "does not end in .yaml; only such files belong here"))
        elif not _is_text(path):
            problems.append(Problem(path, 0, "", "has a name that is no text in UTF-8; rename it"))
        else:
            found.append(path)
    if problems:
        raise ProblemsError(problems)
    return sorted(found)


def _is_text(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:  # the database keeps it, and takes text only
        return False
    return True


def _walk(top: str, path: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    try:
        entries = sorted(os.scandir(top), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error
    for entry in entries:
        if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
            yield from _walk(entry.path, f"{path}/{entry.name}")
        else:
            yield f"{path}/{entry.name}", entry


def list_matches(root: str) -> list[str]:
    """The files of decisions on deals of registers.

    Raises:
        ProblemsError: a file there is none of them.
    """
    found = list_yaml(root, MATCHES)
    strays = [path for path in found if path not in MATCH_FILES]
    if strays:
        known = ", ".join(os.path.basename(path) for path in MATCH_FILES)
        raise ProblemsError([Problem(path, 0, "", f"is no file of decisions on a register; known is: {known}") for path in strays])
    return found


def name_in_collection(root: str, given: str) -> list[str]:
    """The record files that a path given on the command line stands for: one file, or all of a folder.

    Raises:
        UsageError: the path lies outside the records of the collection, or does not exist.
    """
    if not given:
        raise UsageError("one of the paths is empty")
    full = os.path.realpath(given)
    records = os.path.join(os.path.realpath(root), *RECORDS.split("/"))
    if os.path.islink(given) or not os.path.exists(full):
        raise UsageError(f"{given} {'is a link' if os.path.islink(given) else 'does not exist'}")
    if os.path.commonpath([full, records]) == full and os.path.isdir(full):
        return list_yaml(root, RECORDS)
    if os.path.commonpath([full, records]) != records:
        raise UsageError(f"{given} is no record of this collection: records stand below {RECORDS}/ of {root}")
    path = os.path.relpath(full, os.path.realpath(root)).replace(os.sep, "/")
    if os.path.isdir(full):
        return list_yaml(root, path)
    if not path.endswith(".yaml") or "/." in path:
        raise UsageError(f"{given} is no record: records end in .yaml, and hidden files are passed over")
    return [path]
