"""The tables and views as exports write them: which columns, of which kind, in which order of rows, the same on both engines.

What the canonical export leaves out is no data of the files (the log of loads, the state of the loader, the search index, numbers
of rows), and is left out here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from transfers.queries.kinds import INTEGER, NUMBER, TEXT, kind_of
from transfers.schema.keys import KEYS, MADE_NUMBERS, REGISTERS, TEXTS
from transfers.schema.views import views

if TYPE_CHECKING:
    import sqlalchemy as sa

    from transfers.db import Connection
    from transfers.exports.about import Wanted

Row = tuple[Any, ...]

_FROM: Final = re.compile(r"\b(?:FROM|JOIN)\s+([a-z_]+)")
_NUMBERS: Final = {INTEGER: int, NUMBER: float, TEXT: str}
_WORD: Final = re.compile(r"= '([^']*)'")


class Column(NamedTuple):
    """One column.

    Attributes:
        kind: day, integer, number or text.
        meaning: what it holds.
        required: whether it is never NULL.
        words: the closed list that its values are of; empty where there is none.
    """

    name: str
    kind: str
    meaning: str
    required: bool = False
    words: tuple[str, ...] = ()


class Reference(NamedTuple):
    """Columns that hold the key of a row of another table."""

    columns: tuple[str, ...]
    table: str
    keys: tuple[str, ...]


class Table(NamedTuple):
    """One table or view.

    Attributes:
        key: the columns that tell its rows apart; empty where none do, or one of them may be NULL.
        meaning: what one row is.
        register: whether it holds what registers say.
    """

    name: str
    columns: tuple[Column, ...]
    meaning: str = ""
    key: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    register: bool = False

    @property
    def names(self) -> list[str]:
        """The names of the columns."""
        return [column.name for column in self.columns]


Told = Mapping[str, Mapping[str, Any]]  # by the name of a view: its description, and what its columns hold


def find_tables(connection: Connection, wanted: Wanted, told: Told) -> list[Table]:
    """The tables that are written, in the order of their names, then the views in theirs.

    Args:
        connection: the database.
        wanted: what is written.
        told: ``description`` and ``columns`` of the views.
    """
    found = [_as_table(table, wanted) for table in _models() if table.name in KEYS or table.name in REGISTERS]
    of_registers = register_views()
    for name in sorted(views(connection.engine)):
        one = told.get(name, {})
        meanings = one.get("columns", {})
        names = connection.table(f"SELECT * FROM {name} LIMIT 0")[0]
        columns = tuple(Column(column, kind_of(column), meanings.get(column, "")) for column in names)
        found.append(Table(name, columns, one.get("description", ""), register=name in of_registers))
    return [table for table in found if wanted.registers or not table.register]


def register_views() -> set[str]:
    """The views that show what registers say, by themselves or by another view."""
    found = set(REGISTERS)
    texts = {name: set(_FROM.findall(text)) for name, text in views("sqlite").items()}
    while more := {name for name, read in texts.items() if name not in found and read & found}:
        found |= more
    return found - REGISTERS


def _models() -> list[sa.Table]:
    from transfers.models import Base

    return sorted(Base.metadata.tables.values(), key=lambda table: table.name)


def _as_table(table: sa.Table, wanted: Wanted) -> Table:
    from transfers.models import Base

    classes = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
    left_out = MADE_NUMBERS if wanted.texts else MADE_NUMBERS | TEXTS
    words = _word_lists(table)
    columns = tuple(
        # A span at the beginning of a text has nothing before it, and CSV does not tell empty from nothing.
        Column(one.name, kind_of(one.name), one.comment or "", not one.nullable and one.name not in ("prefix", "suffix"),
               words.get(one.name, ()))
        for one in table.columns if (table.name, one.name) not in left_out
    )
    key = tuple(column.name for column in table.primary_key.columns)
    meaning = " ".join((classes[table].__doc__ or "").split())
    names = {column.name for column in columns}
    return Table(
        table.name, columns, meaning, key if names.issuperset(key) else (), tuple(_references(table)), table.name in REGISTERS,
    )


def _word_lists(table: sa.Table) -> dict[str, tuple[str, ...]]:
    import sqlalchemy as sa

    found = {}
    for check in table.constraints:
        if isinstance(check, sa.CheckConstraint) and str(check.name).endswith("_in_list"):
            text = str(check.sqltext)
            found[text.partition(" ")[0]] = tuple(_WORD.findall(text))
    return found


def _references(table: sa.Table) -> Iterator[Reference]:
    """The foreign keys; of those with columns of which only some may be NULL, these alone.

    The others hold them together in the database; a reader that does not know NULL would look for what is not there.
    """
    found = []
    for key in table.foreign_key_constraints:
        pairs = [(one.parent.name, one.column.name) for one in key.elements]
        some = [(name, other) for name, other in pairs if table.columns[name].nullable]
        columns, keys = zip(*(some or pairs), strict=True)
        found.append(Reference(columns, key.referred_table.name, keys))
    yield from sorted(found)


def read_rows(connection: Connection, table: Table) -> list[Row]:
    """The rows of a table or view, in the order of their key, else of all their cells; no engine has a say in it."""
    names = table.names
    rows = connection.rows(f"SELECT {', '.join(names)} FROM {table.name}")
    if table.name.startswith("v_"):
        kinds = [column.kind for column in table.columns]
        rows = [_with_numbers(row, kinds) for row in rows]
    places = [names.index(name) for name in KEYS.get(table.name, table.key)]
    if not places:
        # The first column of most views tells their rows apart: to compare all cells would take more room than the rows do.
        one_tells = len({row[0] for row in rows}) == len(rows)
        places = [0] if one_tells else list(range(len(names)))
    rows.sort(key=lambda row: [(row[at] is not None, row[at]) for at in places])
    return rows


def _with_numbers(row: Row, kinds: Sequence[str]) -> Row:
    """The row of a view with sums and means as PostgreSQL and SQLite give them alike."""
    return tuple(
        value if value is None else _NUMBERS[kind](value) if kind in _NUMBERS else value
        for value, kind in zip(row, kinds, strict=True)
    )
