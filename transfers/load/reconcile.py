"""Making the rows of a table be what the files say: insert what is missing, update what differs, delete what is left over.

Rows are compared, not replaced, so that a second load of the same files writes nothing, and an edited record changes only
the rows that it edits.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from transfers.load.lists import as_list, portions

if TYPE_CHECKING:
    from transfers.db import Connection

Row = dict[str, Any]
Key = tuple[Any, ...]

class Table(NamedTuple):
    """A table whose rows belong to articles.

    Attributes:
        name: of the table.
        key: the columns by which a row of a file and a row of the database are the same.
        owned: the condition that picks the rows of some articles.
        number: the column that the database numbers, where the key has columns that may be NULL.
        points: the column by which a row points at another of the same table.
    """

    name: str
    key: tuple[str, ...]
    owned: str = "article_id IN ({ids})"
    number: str | None = None
    points: str | None = None

    @property
    def handle(self) -> tuple[str, ...]:
        """The columns by which a row that is there is updated or deleted."""
        return (self.number,) if self.number else self.key


_OF_CLAIMS: Final = "claim_id IN (SELECT id FROM claims WHERE article_id IN ({ids}))"
_OF_STATEMENTS: Final = "statement_id IN (SELECT id FROM statements WHERE article_id IN ({ids}))"

# In the order of writing: no row before one that it points at. Rows are deleted in the opposite order.
OWNED: Final = (
    Table("articles", ("id",), "id IN ({ids})", points="copy_of_id"),
    Table("article_links", ("article_id", "target_id", "kind")),
    Table("removals", ("id",)),
    Table("meetings", ("id",)),
    Table("affiliation_dates", ("affiliation_id", "article_id")),
    Table("statements", ("id",), points="same_as_id"),
    Table("statement_topics", ("statement_id", "topic_id"), _OF_STATEMENTS),
    Table("claims", ("id",), points="supersedes_id"),
    Table("claim_actors", ("claim_id", "actor_id", "role"), _OF_CLAIMS),
    Table("claim_systems", ("claim_id", "system_id", "role"), _OF_CLAIMS),
    Table("claim_topics", ("claim_id", "topic_id"), _OF_CLAIMS),
    Table(
        "evidence",
        ("article_id", "claim_id", "statement_id", "affiliation_id", "alias_id", "field", "layer", "start_char", "end_char"),
        number="id",
    ),
    Table("search_rows", ("id",)),
)
# Rows that several records may give; they go when nothing gives them any more.
SHARED: Final = (Table("transfers", ("id",)), Table("affiliations", ("id",)), Table("aliases", ("id",)))


class Difference(NamedTuple):
    """What has to be done to one table."""

    inserted: list[Row]
    updated: list[Row]
    deleted: list[Row]


def find_present(
    connection: Connection, table: Table, ids: Iterable[str], columns: Iterable[str], condition: str = "",
) -> list[Row]:
    """The rows of a table that belong to some articles, or that another condition on a list of ids picks."""
    names = [*columns, *((table.number,) if table.number else ())]
    found: list[Row] = []
    for some in portions(list(ids)):
        listed, params = as_list(some)
        rows = connection.rows(
            f"SELECT {', '.join(names)} FROM {table.name} WHERE {(condition or table.owned).format(ids=listed)}", params
        )
        found.extend(dict(zip(names, row, strict=True)) for row in rows)
    return found


def compare(table: Table, present: list[Row], wanted: list[Row]) -> Difference:
    """What makes the present rows the wanted ones; keys are unique on both sides."""
    if not present:
        return Difference(wanted, [], [])
    here = {_key(row, table.key): row for row in present}
    inserted, updated = [], []
    for row in wanted:
        old = here.pop(_key(row, table.key), None)
        if old is None:
            inserted.append(row)
            continue
        numbered = row if table.number is None else {**row, table.number: old[table.number]}
        if old != numbered:
            updated.append(numbered)
    return Difference(inserted, updated, list(here.values()))


def _key(row: Row, key: tuple[str, ...]) -> Key:
    return tuple(row[column] for column in key)


def insert(connection: Connection, table: Table, rows: list[Row]) -> None:
    """Insert rows that all have the same columns in the same order, as those of one table that one function made."""
    if rows:
        connection.insert_many(table.name, list(rows[0]), [tuple(row.values()) for row in _pointed_at_first(table, rows)])


def update(connection: Connection, table: Table, rows: list[Row]) -> None:
    """Set all columns of the rows with these keys."""
    if rows:
        columns = [column for column in rows[0] if column not in table.handle]
        connection.run_many(
            f"UPDATE {table.name} SET {', '.join(f'{column} = :{column}' for column in columns)} WHERE {_where(table.handle)}", rows
        )


def delete(connection: Connection, table: Table, rows: list[Row]) -> None:
    """Delete the rows with these keys."""
    if rows:
        connection.run_many(
            f"DELETE FROM {table.name} WHERE {_where(table.handle)}",
            [{column: row[column] for column in table.handle} for row in reversed(_pointed_at_first(table, rows))],
        )


def _pointed_at_first(table: Table, rows: list[Row]) -> list[Row]:
    """Rows of a table that points at itself, in an order in which each comes after the one it points at."""
    if table.points is None or not any(row[table.points] for row in rows):
        return rows
    by_id = {row["id"]: row for row in rows}
    ordered: dict[str, Row] = {}
    for row in rows:
        chain = [row]
        while (target := chain[-1][table.points]) in by_id and target not in ordered:
            chain.append(by_id[target])
        for one in reversed(chain):
            ordered.setdefault(one["id"], one)
    return list(ordered.values())


def _where(key: tuple[str, ...]) -> str:
    return " AND ".join(f"{column} = :{column}" for column in key)
