"""Where in a file something is wrong: paths of keys and positions turned into lines and into words."""

from __future__ import annotations

from transfers.errors import Problem
from transfers.files import FileBytes
from transfers.records.shown import as_shown
from transfers.records.yaml_reader import read_lines

Path = tuple[str | int, ...]


def as_problems(file: FileBytes, breaches: list[tuple[Path, str]]) -> list[Problem]:
    """Breaches with their lines: the line of the value, or of the nearest thing around it that stands in the file."""
    if not breaches:
        return []
    lines = read_lines(file.data, file.path)
    problems = []
    for path, sentence in breaches:
        place = path
        while place and place not in lines:
            place = place[:-1]
        problems.append(Problem(file.path, lines.get(place, 1), as_field(path), sentence))
    return problems


def as_field(path: Path) -> str:
    """A path in the words of a reader: ``claims[2].quantity``, counted from 1."""
    field = ""
    for part in path:
        if isinstance(part, int):
            field += f"[{part + 1}]"
        else:
            shown = part if 0 < len(part) <= 80 else as_shown(part)
            field += f".{shown}" if field else shown
    return field
