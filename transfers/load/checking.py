"""Checking a collection without a database: registry, records, reviews, and what they say of each other."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, NamedTuple

from transfers.errors import Problem, ProblemsError
from transfers.load.matches import check_matches, find_made
from transfers.load.reading import ReadRecord, ReadReview, read_bound_record, read_collection_file, read_reviews
from transfers.load.rows import alias_id
from transfers.load.together import Outside, alias_facts, check_together
from transfers.records.collection import RECORDS, REGISTRY, REGISTRY_FILES, REVIEWS, list_matches, list_yaml
from transfers.records.known import Known, as_known, tie_id
from transfers.records.registry import read_registry

Registry = dict[str, dict[str, Any]]
Progress = Callable[[int, int], None]


class Checked(NamedTuple):
    """A collection as it was read.

    Attributes:
        registry: kind -> id -> entry.
        records: the records without problems, in the order of their files.
        reviews: the review files without problems.
        problems: everything that is wrong, in the order of files and lines.
        warnings: what a reviewer should look at.
    """

    registry: Registry
    records: list[ReadRecord]
    reviews: list[ReadReview]
    problems: list[Problem]
    warnings: list[Problem]


def check_collection(root: str, named: list[str] | None = None, progress: Progress | None = None) -> Checked:
    """Check all files of a collection.

    Args:
        root: the collection.
        named: record files to report on; all are read, because records speak of each other. None = all.
        progress: called with the number of records read and the number of all.
    """
    problems: list[Problem] = []
    registry, _ = read_registry_files(root)
    says = outside_of_registry(registry)
    records, found = check_records(root, list_yaml(root, RECORDS), as_known(registry), lambda _: says, progress)
    problems.extend(found)
    reviews = []
    articles = {read.bound.article_id for read in records if read.bound}
    for path in list_yaml(root, REVIEWS):
        try:
            review = read_reviews(root, path)
        except ProblemsError as error:
            problems.extend(error.problems)
            continue
        if review.article_id not in articles and not any(problem[0].startswith(RECORDS) for problem in problems):
            problems.append(Problem(path, 0, "", f"{review.article_id!r} is the article of no record; the file is named after it"))
        reviews.append(review)
    all_right = not any(problem[0].startswith(RECORDS) for problem in problems)
    problems += check_matches(root, list_matches(root), find_made(records), all_right=all_right)
    if named is not None:
        problems = [problem for problem in problems if problem[0] in named or not problem[0].startswith(RECORDS)]
        records = [read for read in records if read.file.path in named]
    warnings = [warning for read in records for warning in read.warnings]
    return Checked(registry, records, reviews, sorted(problems), warnings)


def read_registry_files(root: str) -> tuple[Registry, dict[str, str]]:
    """The registry of a collection, and the SHA-256 of its files.

    Raises:
        ProblemsError: everything that is wrong in it.
    """
    strays = [path for path in list_yaml(root, REGISTRY) if path not in REGISTRY_FILES]
    if strays:  # what somebody wrote there would be looked for in vain
        known = ", ".join(os.path.basename(path) for path in REGISTRY_FILES)
        raise ProblemsError([Problem(path, 0, "", f"is no file of the registry; these are: {known}") for path in strays])
    files = {path: read_collection_file(root, path) for path in REGISTRY_FILES if os.path.lexists(f"{root}/{path}")}
    return read_registry(files), {path: file.sha256 for path, file in files.items()}


def check_records(
    root: str, paths: list[str], known: Known, outside: Callable[[list[ReadRecord]], Outside], progress: Progress | None = None,
    *, keep_going: bool = False,
) -> tuple[list[ReadRecord], list[Problem]]:
    """Read some records and check them, each alone and all together.

    Args:
        root: the collection.
        paths: the record files.
        known: the ids of the registry.
        outside: finds what is said outside some records.
        progress: called with the number of records read and the number of all.
        keep_going: whether the right records are going to be loaded without the wrong ones: then what relies on these is wrong
            too. Otherwise only what is wrong by itself is told.

    Returns:
        The records without problems in the order of the paths, and the problems of the others.
    """
    problems: list[Problem] = []
    records: list[ReadRecord] = []
    spoiled: set[str] = set()
    for number, path in enumerate(paths, start=1):
        read = read_bound_record(root, path, known)
        problems.extend(read.problems)
        if read.bound:
            records.append(read)
        else:
            spoiled |= read.gives
        if progress:
            progress(number, len(paths))
    if keep_going:
        records, found = leave_out_wrong(records, outside, all_right=not problems)
        return records, problems + found
    together = check_together(records, outside(records), all_right=not problems, spoiled=spoiled)
    problems.extend(problem for of_one in together.values() for problem in of_one)
    return [read for read in records if read.file.path not in together], problems


def leave_out_wrong(
    records: list[ReadRecord], outside: Callable[[list[ReadRecord]], Outside], *, all_right: bool = False,
) -> tuple[list[ReadRecord], list[Problem]]:
    """The records that stand together, and the problems of the others: one that points at a wrong one is wrong too.

    Args:
        records: records that are right each by itself.
        outside: finds what is said outside some records.
        all_right: whether these are all records, so that what is in none of them is nowhere.
    """
    problems: list[Problem] = []
    while together := check_together(records, outside(records), all_right=all_right and not problems):
        problems.extend(problem for of_one in together.values() for problem in of_one)
        records = [read for read in records if read.file.path not in together]
    return records, problems


def outside_of_registry(registry: Registry) -> Outside:
    """What the registry says of roles and names that records may give too."""
    outside, known = Outside(), as_known(registry)
    for slug, entry in registry.get("actors", {}).items():
        for tie in entry.get("ties", ()):
            target = known.find("actors", tie["target"])
            outside.registry_roles[tie_id(slug, tie)] = (slug, tie["kind"], target, tie.get("title"), tie.get("term"))
    for kind, singular in (("actors", "actor"), ("systems", "system")):
        for slug, entry in registry.get(kind, {}).items():
            for alias in entry.get("aliases", ()):
                used_by = known.find("actors", alias.get("used_by", ""))
                outside.registry_names[alias_id({**alias, singular: slug})] = (*alias_facts(alias)[:2], used_by)
    return outside
