"""What the pages of actors and systems share: names, numbers in other lists, the transfers that most is said about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from transfers.queries.pages import Page, find_dicts
from transfers.queries.rows import find_rows

if TYPE_CHECKING:
    from transfers.db import Connection

MOST: Final = 50  # rows of one kind on a page
_NAMES: Final = 300


def find_first(connection: Connection, sql: str, params: dict[str, Any], most: int) -> tuple[list[Page], bool]:
    """The first rows of an answer, and whether there are more of them, which a page has to say."""
    rows = find_dicts(connection, f"{sql} LIMIT :at_most", {**params, "at_most": most + 1})
    return rows[:most], len(rows) > most


def find_names(connection: Connection, kind: str, id_: str) -> dict[str, Any]:
    """The names, the numbers in other lists and the former ids of an actor or system."""
    names, more_names = find_first(
        connection,
        f"""SELECT a.name, a.lang, a.kind, a.used_by_id AS used_by, u.name AS used_by_name, a.valid_from, a.valid_to, a.in_registry,
        (SELECT min(e.article_id) FROM evidence e WHERE e.alias_id = a.id) AS article
        FROM aliases a LEFT JOIN actors u ON u.id = a.used_by_id WHERE a.{kind}_id = :id
        ORDER BY a.lang NULLS LAST, a.name""", {"id": id_}, _NAMES,
    )
    return {
        "names": names, "more_names": more_names,
        "identifiers": find_dicts(
            connection, f"SELECT scheme, value, source FROM identifiers WHERE {kind}_id = :id ORDER BY scheme, value", {"id": id_},
        ),
        "formerly": [row[0] for row in connection.rows(
            f"SELECT id FROM former_ids WHERE {kind}_id = :id ORDER BY id", {"id": id_},
        )],
    }


def find_transfers(connection: Connection, column: str, id_: str) -> tuple[list[Page], bool]:
    """The first transfers that have the id in a column, in the order of lists, and whether there are more."""
    rows = connection.rows(
        f"SELECT t.id FROM transfers t WHERE t.{column} = :id "
        "ORDER BY t.supplier_id, t.recipient_id, t.system_id, t.kind, t.episode LIMIT :most", {"id": id_, "most": MOST + 1},
    )
    return list(find_rows(connection, "v_transfers", [row[0] for row in rows[:MOST]]).dicts()), len(rows) > MOST
