"""Reading the registry: who and what there is, decided by people in data/registry/."""

from __future__ import annotations

from typing import Any

from transfers.errors import Problem, ProblemsError
from transfers.files import FileBytes
from transfers.records.collection import REGISTRY
from transfers.records.format import REGISTRY as SHAPES
from transfers.records.positions import as_problems
from transfers.records.registry_rules import check_registry
from transfers.records.shapes import find_breaches
from transfers.records.yaml_reader import read_yaml


def read_registry(files: dict[str, FileBytes]) -> dict[str, Any]:
    """The registry as read: kind -> id -> entry. A file that is missing, or has nothing but comments, counts as empty.

    Raises:
        ProblemsError: everything that is wrong in the files.
    """
    registry: dict[str, Any] = {}
    problems: list[Problem] = []
    for kind, shape in SHAPES.items():
        file = files.get(f"{REGISTRY}/{kind}.yaml")
        registry[kind] = {}
        if file is None or _says_nothing(file.data):
            continue
        try:
            value = read_yaml(file.data, file.path)
        except ProblemsError as error:
            problems.extend(error.problems)
            continue
        problems.extend(as_problems(file, find_breaches(shape, value)))
        registry[kind] = value
    if problems:
        raise ProblemsError(problems)
    for kind, breaches in check_registry(registry).items():
        if breaches:
            problems.extend(as_problems(files[f"{REGISTRY}/{kind}.yaml"], breaches))
    if problems:
        raise ProblemsError(problems)
    return registry


def _says_nothing(data: bytes) -> bool:
    return all(line.strip()[:1] in (b"", b"#") for line in data.splitlines())
