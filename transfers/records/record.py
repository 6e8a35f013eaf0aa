"""Reading one record or one review file: YAML of the narrow profile in the shape of the format."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from transfers.errors import ProblemsError
from transfers.files import FileBytes
from transfers.records.format import RECORD, REVIEW
from transfers.records.positions import as_problems
from transfers.records.shapes import MOST, find_breaches
from transfers.records.yaml_reader import read_yaml
from transfers.vocabulary.dates import day_fault

Path = tuple[str | int, ...]
# Lists of entries that can be looked at one by one, so that a slip in one does not hide what is wrong in the next.
_SECTIONS: Final = ("meetings", "roles", "aliases", "statements", "claims", "removed", "not_recorded")


class RecordAsRead(NamedTuple):
    """One record and the breaches of its shape.

    ``record`` is None when its article cannot be made out; otherwise the entries that are out of shape are taken out of it
    and ``positions`` gives, for each list that lost some, where the remaining entries stand in the file.
    """

    record: dict[str, Any] | None
    breaches: list[tuple[Path, str]]
    positions: dict[str, list[int]]

    def as_in_file(self, path: Path) -> Path:
        """A path within ``record`` as a path within the file."""
        section = path[0] if path else None
        if section in self.positions and len(path) > 1:
            return (path[0], self.positions[str(section)][int(path[1])], *path[2:])
        return path


def read_record(file: FileBytes) -> RecordAsRead:
    """The record that a file holds.

    Raises:
        ProblemsError: the file is outside the YAML profile.
    """
    value = read_yaml(file.data, file.path)
    breaches = find_breaches(RECORD, value)
    if not breaches:
        return RecordAsRead(value, breaches, {})
    if len(breaches) > MOST:  # not all of it was looked at
        return RecordAsRead(None, breaches, {})
    broken: dict[str, set[int]] = {}
    for path, _ in breaches:
        if len(path) > 1 and path[0] in _SECTIONS and isinstance(path[1], int):
            broken.setdefault(str(path[0]), set()).add(path[1])
        elif (path and path[0] == "article") or not isinstance(value, dict) or "article" not in value:
            return RecordAsRead(None, breaches, {})
        elif path and path[0] in _SECTIONS:
            value[path[0]] = []
    positions = {}
    for section, taken_out in broken.items():
        positions[section] = [number for number in range(len(value[section])) if number not in taken_out]
        value[section] = [value[section][number] for number in positions[section]]
    return RecordAsRead(value, breaches, positions)


def read_review(file: FileBytes) -> list[dict[str, str]]:
    """The decisions of one review file, oldest first.

    Raises:
        ProblemsError: everything that is wrong in the file.
    """
    value = read_yaml(file.data, file.path)
    breaches = find_breaches(REVIEW, value)
    if not breaches:
        for position, line in enumerate(value):
            fault = day_fault(line["reviewed_on"])
            if fault:
                breaches.append(((position, "reviewed_on"), fault))
    if breaches:
        raise ProblemsError(as_problems(file, breaches))
    lines: list[dict[str, str]] = value
    return lines
