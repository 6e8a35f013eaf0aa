"""Lists of ids in SQL: how they are written, and cut so that they fit into one statement."""

from __future__ import annotations

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Iterator

AT_ONCE = 500  # ids in one list of a statement


def as_list(ids: list[str]) -> tuple[str, dict[str, str]]:
    """A list of ids as parameters: the text for inside the brackets of IN, and the values."""
    return ", ".join(f":id{number}" for number in range(len(ids))), {f"id{number}": value for number, value in enumerate(ids)}


def portions(ids: list[str]) -> Iterator[list[str]]:
    """A list in portions that fit into one statement."""
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
