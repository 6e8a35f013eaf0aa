"""The answer of a list, and the pieces that conditions are put together from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Row = tuple[Any, ...]


class Rows:
    """Named columns and their rows. ``more`` says that the limit cut some off.

    A cell is a text, a number, None, or a list or dictionary of these.
    """

    __slots__ = ("columns", "more", "rows")

    def __init__(self, columns: Sequence[str], rows: list[Row], *, more: bool = False) -> None:
        self.columns = tuple(columns)
        self.rows = rows
        self.more = more

    def __len__(self) -> int:
        return len(self.rows)

    def dicts(self) -> Iterator[dict[str, Any]]:
        """Each row as a dictionary in the order of the columns."""
        for row in self.rows:
            yield dict(zip(self.columns, row, strict=True))


class Where:
    """Conditions that are joined by AND, with their parameters. Values never become part of the text."""

    __slots__ = ("collate", "params", "parts")

    def __init__(self, engine: str) -> None:
        self.parts: list[str] = []
        self.params: dict[str, Any] = {}
        self.collate = collation(engine)

    def add(self, condition: str, **params: Any) -> None:
        """Add a condition and the parameters it names."""
        self.parts.append(condition)
        self.params.update(params)

    def listed(self, values: Iterable[Any]) -> str:
        """Parameters for the values, as the inside of ``IN (...)``."""
        names = []
        for value in values:
            name = f"p{len(self.params)}"
            self.params[name] = value
            names.append(":" + name)
        return ", ".join(names) or "NULL"

    def among(self, column: str, values: Iterable[Any]) -> None:
        """The column holds one of the values; without values nothing fits."""
        self.parts.append(f"{column} IN ({self.listed(values)})")

    def __str__(self) -> str:
        return " AND ".join(self.parts) or "1 = 1"


def collation(engine: str) -> str:
    """What an ORDER BY needs after a text column so that both engines order by code point."""
    return ' COLLATE "C"' if engine == "postgresql" else ""


def ordered(engine: str, *columns: str) -> str:
    """The inside of an ORDER BY: text by code point, NULL last where a column is marked with ``?``."""
    collate = collation(engine)
    return ", ".join(
        f"{column[:-1]}{collate} NULLS LAST" if column.endswith("?") else f"{column}{collate}" for column in columns
    )
