"""Reading the registry: who and what there is, decided by people in data/registry/."""

from __future__ import annotations

from typing import Any

from transfers.errors import Problem, ProblemsError
from transfers.files import FileBytes
from transfers.records.collection import REGISTRY, REGISTRY_KINDS
from transfers.records.format import REGISTRY as SHAPES
from transfers.records.positions import as_problems
from transfers.records.registry_rules import Breaches, check_registry
from transfers.records.shapes import find_breaches
from transfers.records.yaml_reader import read_lines, read_yaml

Homes = dict[str, dict[str, FileBytes]]


def read_registry(files: dict[str, FileBytes]) -> dict[str, Any]:
    """The registry as read: kind -> id -> entry. A file that is missing, or has nothing but comments, counts as empty.

    Raises:
        ProblemsError: everything that is wrong in the files.
    """
    registry: dict[str, Any] = {kind: {} for kind in SHAPES}
    homes: Homes = {kind: {} for kind in SHAPES}
    problems: list[Problem] = []
    for name, kind in REGISTRY_KINDS.items():
        file = files.get(f"{REGISTRY}/{name}.yaml")
        if file is None or _says_nothing(file.data):
            continue
        try:
            value = read_yaml(file.data, file.path)
        except ProblemsError as error:
            problems.extend(error.problems)
            continue
        breaches = find_breaches(SHAPES[kind], value) or _find_doubles(value, homes[kind])
        problems.extend(as_problems(file, breaches))
        if not breaches:
            registry[kind] |= value
            homes[kind] |= dict.fromkeys(value, file)
    if not problems:
        problems = [problem for kind, breaches in check_registry(registry).items() for problem in _place(breaches, homes[kind])]
    if problems:
        raise ProblemsError(problems)
    return registry


def _find_doubles(value: dict[str, Any], homes: dict[str, FileBytes]) -> Breaches:
    """The ids of a file that an earlier file has too, with the place there."""
    return [
        ((slug,), f"{slug!r} is defined in {home.path}:{read_lines(home.data, home.path)[(slug,)]} already")
        for slug in value if (home := homes.get(slug)) is not None
    ]


def _place(breaches: Breaches, homes: dict[str, FileBytes]) -> list[Problem]:
    """Breaches with their files and lines: each begins with the id of an entry, which stands in one file."""
    by_file: dict[str, tuple[FileBytes, Breaches]] = {}
    for path, sentence in breaches:
        file = homes[str(path[0])]
        by_file.setdefault(file.path, (file, []))[1].append((path, sentence))
    return [problem for file, found in by_file.values() for problem in as_problems(file, found)]


def _says_nothing(data: bytes) -> bool:
    return all(line.strip()[:1] in (b"", b"#") for line in data.splitlines())
