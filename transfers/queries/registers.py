"""The registers that were imported, and the names in them that nobody has tied to the registry yet."""

from __future__ import annotations

from transfers.errors import InputError
from transfers.queries.rows import Rows, Where, ordered

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Sequence

    from transfers.db import Connection

# What a name in a register can be: the column it stands in, and what owns its identifier.
_KINDS = {"supplier": "actor", "recipient": "actor", "designation": "system"}
_CANDIDATES_FOR = 400  # names: finding what is near one name reads all names of the registry


def find_registers(connection: Connection, *, register: Sequence[str] = (), limit: int = 100) -> Rows:
    """Registers by id, each with its first and last year and how many of its names are tied to nothing in the registry.

    Years are those of orders and deliveries.

    Args:
        connection: the database.
        register: only these.
        limit: the largest number of rows.

    Raises:
        InputError: there is no such register.
    """
    ids = _require_registers(connection, register)
    where = Where()
    if register:
        where.among("g.id", ids)
    unmapped = ", ".join(
        f"(SELECT count(*) FROM (SELECT DISTINCT r.{kind} AS name FROM register_rows r WHERE r.register_id = g.id) n "
        f"WHERE {_untied(kind, 'n.name', 'g.dataset')}) AS {kind}s_unmapped"
        for kind in _KINDS
    )
    named, rows = connection.table(
        f"""SELECT g.id, g.dataset, g.form, g.release, g.generated_on, g.selection, g.row_count,
          (SELECT min(coalesce(r.order_year, r.delivery_first)) FROM register_rows r WHERE r.register_id = g.id) AS first_year,
          (SELECT max(coalesce(r.delivery_last, r.order_year)) FROM register_rows r WHERE r.register_id = g.id) AS last_year,
          {unmapped}, g.sha256, g.licence
        FROM registers g WHERE {where} ORDER BY {ordered(connection.engine, "g.id")} LIMIT :at_most""",
        {**where.params, "at_most": limit + 1},
    )
    return Rows(named, rows[:limit], more=len(rows) > limit)


def find_unmapped(connection: Connection, *, register: Sequence[str] = (), limit: int = 100, candidates: bool = True) -> Rows:
    """Names that are tied to nothing in the registry: the most frequent first, then by kind and name.

    A name counts the rows of all registers that are asked for. Candidates are what looks most like it, `id (name)`: nothing
    but an offer to the person who decides.

    Args:
        connection: the database.
        register: only names of these registers.
        limit: the largest number of rows.
        candidates: False leaves them out, which is much quicker.

    Raises:
        InputError: there is no such register.
    """
    ids = _require_registers(connection, register)
    where = Where()
    if register:
        where.among("r.register_id", ids)
    parts = [
        f"""SELECT '{kind}' AS kind, g.dataset, r.{kind} AS name, count(*) AS row_count FROM register_rows r
        JOIN registers g ON g.id = r.register_id WHERE {where} AND {_untied(kind, f"r.{kind}", "g.dataset")}
        GROUP BY g.dataset, r.{kind}"""
        for kind in _KINDS
    ]
    order = ordered(connection.engine, "kind", "name", "dataset")
    rows = connection.rows(
        f"""SELECT kind, dataset, name, row_count FROM ({' UNION ALL '.join(parts)}) u
        ORDER BY row_count DESC, {order} LIMIT :at_most""",
        {**where.params, "at_most": limit + 1},
    )
    near = _Near(connection) if candidates else None
    found: list[tuple[object, ...]] = [
        (*row, near.find(_KINDS[row[0]], row[2]) if near and position < _CANDIDATES_FOR else [])
        for position, row in enumerate(rows[:limit])
    ]
    return Rows(["kind", "dataset", "name", "row_count", "candidates"], found, more=len(rows) > limit)


def _untied(kind: str, name: str, dataset: str) -> str:
    return (
        f"NOT EXISTS (SELECT 1 FROM identifiers i WHERE i.scheme = {dataset} AND i.value = {name} "
        f"AND i.{_KINDS[kind]}_id IS NOT NULL)"
    )


def _require_registers(connection: Connection, registers: Sequence[str]) -> list[str]:
    if not registers:
        return []
    known = sorted(row[0] for row in connection.rows("SELECT id FROM registers"))
    for register in registers:
        if register not in known:
            listed = f"there are: {', '.join(known)}" if known else "none was imported yet; run: transfers import sipri FILE"
            raise InputError(f"there is no register {register!r}; {listed}")
    return list(registers)


class _Near:
    """Finds entries of the registry whose id or names look like a name; all names are read once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, list[tuple[str, str]]] = {}
        self._names: dict[str, str] = {}
        self._found: dict[tuple[str, str], list[str]] = {}

    def find(self, kind: str, name: str) -> list[str]:
        """Up to three, the likest first, as ``id (name)``."""
        if (kind, name) not in self._found:
            self._found[kind, name] = self._look(kind, name)
        return self._found[kind, name]

    def _look(self, kind: str, name: str) -> list[str]:
        from difflib import SequenceMatcher

        from transfers.vocabulary.names import as_key

        known = self._read(kind)
        wanted = as_key(name)[:100]
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(wanted)
        best: dict[str, float] = {}
        for one, key in known:
            if key == wanted or (len(wanted) > 3 and key.startswith(wanted + " ")):
                best[one] = max(best.get(one, 0.0), 1.0 if key == wanted else 0.9)
                continue
            matcher.set_seq1(key)
            if matcher.real_quick_ratio() > 0.75 and matcher.quick_ratio() > 0.75 and (ratio := matcher.ratio()) > 0.75:
                best[one] = max(best.get(one, 0.0), ratio)
        likest = sorted(best.items(), key=lambda item: (-item[1], item[0]))[:3]
        return [f"{one} ({self._names[one]})" for one, _ in likest]

    def _read(self, kind: str) -> list[tuple[str, str]]:
        """The keys of all names of a kind, with their owners."""
        if kind not in self._known:
            from transfers.vocabulary.names import as_key

            table = {"actor": "actors", "system": "systems"}[kind]
            rows = self._connection.rows(f"SELECT id, name FROM {table}")
            self._names.update(rows)
            rows += self._connection.rows(f"SELECT {kind}_id, name FROM aliases WHERE {kind}_id IS NOT NULL")
            rows += [(one, one.replace("-", " ")) for one, _ in rows]
            self._known[kind] = sorted({(one, as_key(name)[:100]) for one, name in rows})
        return self._known[kind]
