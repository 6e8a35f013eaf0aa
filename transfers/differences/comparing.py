"""Comparing two sides, table by table and row by row. It knows neither files nor databases."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from operator import itemgetter

from transfers.differences.pairing import pair_rows, weigh_columns
from transfers.differences.renames import NO_RENAMES, Renames
from transfers.differences.result import CELLS, Changed, Differences, TableDifferences
from transfers.differences.sides import REGISTER, Row, Side, Table, as_orderly
from transfers.errors import UsageError

_NAMED = ("actors", "systems")  # whose names are kept for whoever tells of the differences


def find_differences(
    before: Side, after: Side, *, ignore: Collection[str] = (), renames: Renames = NO_RENAMES,
) -> Differences:
    """Everything that differs between two sides.

    Both are read once, in step; of a table that is in the order of its key only what differs is kept.

    Args:
        before: the first side.
        after: the second side.
        ignore: columns that do not count, as ``column`` or ``table.column``.
        renames: what was only renamed between them: both sides are read as if they had the new names.

    Raises:
        UsageError: the sides cannot be compared, or a column is ignored that rows are told apart by or that no table has.
    """
    _require_same_kind(before, after)
    found = Differences(before.name, after.name, before.kind)
    if before.selection != after.selection:
        found.notes.append(
            "the two say that they are different selections, so what is missing in one may lie outside of it: "
            f"“{before.selection or 'nothing said'}” and “{after.selection or 'nothing said'}”"
        )
    comparison = _Comparison(found, frozenset(ignore), renames)
    for old, new in _in_step(before.tables, after.tables):
        comparison.compare(old, new, same_form=before.form == after.form)
    comparison.require_met()
    return found


def _require_same_kind(before: Side, after: Side) -> None:
    if before.kind != after.kind:
        raise UsageError(
            f"a register and a database have no rows in common: compare {before.name} and {after.name} each with its like"
        )


def _in_step(before: Iterable[Table], after: Iterable[Table]) -> Iterator[tuple[Table, Table]]:
    """The tables of both sides by name; one that a side does not have is empty there."""
    olds, news = iter(before), iter(after)
    old, new = next(olds, None), next(news, None)
    while old is not None or new is not None:
        if new is None or (old is not None and old.name < new.name):
            assert old is not None
            yield old, Table(old.name, old.columns, old.key, ())
            old = next(olds, None)
        elif old is None or new.name < old.name:
            yield Table(new.name, new.columns, new.key, ()), new
            new = next(news, None)
        else:
            yield old, new
            old, new = next(olds, None), next(news, None)


class _Comparison:
    """One comparison while it goes on: what is to be ignored and renamed, and what was met of it."""

    def __init__(self, found: Differences, ignore: frozenset[str], renames: Renames) -> None:
        self.found, self.ignore, self.renames = found, ignore, renames
        self.met: set[str] = set()
        self.columns: set[str] = set()

    def compare(self, old: Table, new: Table, *, same_form: bool) -> None:
        """Compare one table and keep what differs."""
        if old.key != new.key:
            raise UsageError(
                f"{self.found.before} and {self.found.after} are of different grain ({', '.join(old.key)}; {', '.join(new.key)}): "
                "their rows cannot be compared one with one"
            )
        columns = self._columns(old, new, same_form=same_form)
        key = tuple(column for column in old.key if column in columns)
        table = TableDifferences(old.name, columns, key)
        renamed = self.renames.of_table(old.name, columns)
        sort = key != old.key or any(column in key for column in renamed)
        before = _projected(old, columns, renamed)
        after = _projected(new, columns, self.renames.of_table(old.name, columns, later=True))
        if sort:
            key_of = _key_getter(columns, key)
            before, after = sorted(before, key=key_of), sorted(after, key=key_of)
        if old.name in _NAMED and "name" in columns:
            before, after = self._noting(old.name, columns, before), self._noting(old.name, columns, after)
        _merge(table, iter(before), iter(after), {**old.derived, **new.derived})
        self.found.tables.append(table)

    def _columns(self, old: Table, new: Table, *, same_form: bool) -> tuple[str, ...]:
        """The columns that are compared; what only one side has is told."""
        ignored = {column for column in (*old.columns, *new.columns) if self._is_ignored(old, column)}
        for side, here, there in ((self.found.before, old, new), (self.found.after, new, old)):
            alone = [column for column in here.columns if column not in there.columns and column not in ignored]
            if alone:
                self.found.notes.append(f"not compared, because only {side} has it: {old.name}.{f', {old.name}.'.join(alone)}")
        dropped = {
            column for column, sources in {**old.derived, **new.derived}.items()
            if any(source in ignored for source in sources) or (column == CELLS and (self.renames or not same_form))
        }
        return tuple(
            column for column in old.columns if column in new.columns and column not in ignored and column not in dropped
        )

    def _is_ignored(self, table: Table, column: str) -> bool:
        """Whether a column is to be ignored.

        Raises:
            UsageError: rows of this table are told apart by it.
        """
        full = f"{table.name}.{column}"
        self.columns |= {column, full}
        named = {column, full} & self.ignore
        self.met |= named
        if not named or column not in table.key:
            return bool(named)
        if self.found.kind == REGISTER and not all({one, f"{table.name}.{one}"} & self.ignore for one in table.key):
            return True
        if full in named or self.found.kind == REGISTER:
            raise UsageError(f"{full} cannot be ignored: rows are told apart by it")
        return False

    def _noting(self, table: str, columns: tuple[str, ...], rows: Iterable[Row]) -> Iterator[Row]:
        names, id_, name = self.found.names.setdefault(table, {}), columns.index("id"), columns.index("name")
        for row in rows:
            names[row[id_]] = row[name]
            yield row

    def require_met(self) -> None:
        """Raise, or say so where a table may only be empty, when a column to be ignored or renamed is in no table."""
        for column in sorted(self.ignore - self.met):
            if self.found.kind == REGISTER:
                known = sorted(one for one in self.columns if "." not in one)
                raise UsageError(f"there is no column {column!r} to ignore; there are: {', '.join(known)}")
            self.found.notes.append(f"no table that was compared has a column {column!r} to ignore")
        for column in self.renames.columns() - self.columns:
            if self.found.kind == REGISTER:
                raise UsageError(f"{self.renames.path}: there is no column {column!r}")
            self.found.notes.append(f"no table that was compared has a column {column!r} to rename in")


def _projected(table: Table, columns: tuple[str, ...], renamed: dict[str, dict[str, str]]) -> Iterable[Row]:
    """The rows with the wanted columns only, after renaming."""
    rows: Iterable[Row] = table.rows
    if table.columns != columns:
        places = [table.columns.index(column) for column in columns]
        only = itemgetter(*places) if len(places) > 1 else lambda row: (row[places[0]],)
        rows = map(only, rows)
    if renamed:
        rows = _renamed(rows, {columns.index(column): values for column, values in renamed.items()})
    return rows


def _renamed(rows: Iterable[Row], by_place: dict[int, dict[str, str]]) -> Iterator[Row]:
    for row in rows:
        cells = list(row)
        for place, values in by_place.items():
            cells[place] = values.get(cells[place], cells[place])
        yield tuple(cells)


def _key_getter(columns: tuple[str, ...], key: tuple[str, ...]) -> Callable[[Row], tuple[tuple[bool, object], ...]]:
    places = [columns.index(column) for column in key]
    return lambda row: as_orderly([row[place] for place in places])


def _merge(table: TableDifferences, olds: Iterator[Row], news: Iterator[Row], derived: dict[str, tuple[str, ...]]) -> None:
    """Go through both sides in the order of the key and keep what differs."""
    key_of, weights = _key_getter(table.columns, table.key), weigh_columns(table.columns)
    sources = {
        table.columns.index(column): {table.columns.index(one) for one in sources if one in table.columns and one != column}
        for column, sources in derived.items() if column in table.columns
    }
    old, new = next(olds, None), next(news, None)
    while old is not None or new is not None:
        if old == new:  # nearly always; neither is None here
            table.equal += 1
            old, new = next(olds, None), next(news, None)
            continue
        key = min(key_of(row) for row in (old, new) if row is not None)
        left, old = _take(key, key_of, old, olds)
        right, new = _take(key, key_of, new, news)
        equal, pairs, removed, added = pair_rows(left, right, weights)
        table.equal += equal
        table.removed += removed
        table.added += added
        _keep_pairs(table, pairs, sources)


def _take(
    key: object, key_of: Callable[[Row], object], row: Row | None, following: Iterator[Row],
) -> tuple[list[Row], Row | None]:
    """The rows that have the key, and the first that has another one."""
    taken = []
    while row is not None and key_of(row) == key:
        taken.append(row)
        row = next(following, None)
    return taken, row


def _keep_pairs(table: TableDifferences, pairs: list[tuple[Row, Row]], sources: dict[int, set[int]]) -> None:
    counted: dict[tuple[Row, Row], int] = {}
    for pair in pairs:
        counted[pair] = counted.get(pair, 0) + 1
    for (before, after), times in counted.items():
        changed = {place for place, (one, other) in enumerate(zip(before, after, strict=True)) if one != other}
        news = tuple(sorted(place for place in changed if not sources.get(place, set()) & changed))
        table.changed.append(Changed(before, after, news, times))
