"""The differences for people: a summary of equal changes, the numbers that changed, what is rare, what is new and gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from transfers.differences.candidates import find_candidates
from transfers.differences.groups import RARE, ChangedCell, Group, find_groups, find_numbers, find_rare
from transfers.differences.registers import TABLE
from transfers.differences.result import Counted, Differences, TableDifferences
from transfers.differences.sides import REGISTER, Row
from transfers.render.formats import Format, as_text
from transfers.render.layout import Layout

_COMMON_SHOWN: Final = 7  # groups of the summary; the two that matter must not be pushed off the first screen by noise
_RARE_SHOWN: Final = 5
_CANDIDATES_SHOWN: Final = 10
_DEAL: Final = ("external_id", "supplier", "recipient", "order_year", "designation", "delivery_years")
_SAYS: Final = ("ordered", "delivered")
_EMPTY: Final = "(empty)"
_VARIOUS: Final = "(various)"


def as_told(differences: Differences, wanted: Format, *, only_summary: bool = False, limit: int) -> tuple[str, bool]:
    """The differences as sections of tables, and whether the limit cut some off.

    Args:
        differences: what was found.
        wanted: table, or a style of tabulate.
        only_summary: leave everything else out.
        limit: at most so many rows in each section after the summary.
    """
    told = _Told(differences, wanted, limit)
    told.summarise()
    if not only_summary:
        told.list_cells("Numbers that changed", find_numbers(told.groups))
        told.list_cells(f"Other changes that fewer than {RARE} rows share", find_rare(told.groups))
        told.list_rows("Removed", [(table, one) for table in differences.tables for one in table.removed])
        told.list_rows("Added", [(table, one) for table in differences.tables for one in table.added])
        told.list_candidates()
    return told.text(), told.more


class _Told:
    """The text while it is written."""

    def __init__(self, differences: Differences, wanted: Format, limit: int) -> None:
        self.differences, self.wanted, self.limit = differences, wanted, limit
        self.is_register = differences.kind == REGISTER
        self.groups = find_groups(differences)
        self.parts: list[str] = []
        self.more = False

    def text(self) -> str:
        return "\n".join(self.parts)

    def say(self, *sentences: str) -> None:
        layout = Layout(self.wanted.width)
        for sentence in sentences:
            layout.paragraph(sentence)
        self.parts.append(layout.text())

    def add_table(self, columns: Sequence[str], rows: Sequence[Row]) -> None:
        self.parts.append(as_text(columns, rows, self.wanted))

    def summarise(self) -> None:
        """Who is compared, how many rows differ, which changes are common."""
        self.say(f"before: {self.differences.before}", f"after:  {self.differences.after}")
        self.say(*self._counted(), *(f"Note: {note}." for note in self.differences.notes))
        if not self.is_register and not self.differences.is_equal:
            self.add_table(("table", "equal", "changed", "added", "removed"), [
                (table.name, table.equal, *_counts(table)) for table in self.differences.tables if not table.is_equal
            ])
        lines = self._common() + self._rare()
        if lines:
            columns = ("column", "before", "after", "rows")
            self.add_table(columns, lines)

    def _counted(self) -> list[str]:
        equal = sum(table.equal for table in self.differences.tables)
        changed, added, removed = (sum(counts) for counts in zip((0, 0, 0), *map(_counts, self.differences.tables), strict=True))
        if self.differences.is_equal:
            return [f"Nothing differs: {equal:,} row{_s(equal)} {_are(equal)} equal."]
        numbers = sum(group.rows for group in self.groups if group.is_number)
        rows = f"{changed:,} row{_s(changed)} changed, {added:,} {_were(added)} added, {removed:,} removed"
        return [
            f"{rows}, {equal:,} {_are(equal)} equal.",
            f"{numbers:,} numbers became other numbers." if numbers > 1 else f"{numbers or 'No'} number became another number.",
        ]

    def _common(self) -> list[Row]:
        common = [group for group in self.groups if group.rows >= RARE]
        lines: list[Row] = [(self._named(group), *_values(group), group.rows) for group in common[:_COMMON_SHOWN]]
        if common[_COMMON_SHOWN:]:
            rows = sum(group.rows for group in common[_COMMON_SHOWN:])
            lines.append((f"{len(common) - _COMMON_SHOWN:,} more common changes", "", "", rows))
        return lines

    def _rare(self) -> list[Row]:
        """For each column what is left: how many different changes, in how many rows."""
        rare: dict[str, list[Group]] = {}
        for group in self.groups:
            if group.rows < RARE:
                rare.setdefault(self._named(group), []).append(group)
        by_rows = sorted((-sum(group.rows for group in groups), column, groups) for column, groups in rare.items())
        lines: list[Row] = [
            (column, *(_values(groups[0]) if len(groups) == 1 else (f"({len(groups):,} different changes)", "")), -rows)
            for rows, column, groups in by_rows[:_RARE_SHOWN]
        ]
        if by_rows[_RARE_SHOWN:]:
            more = by_rows[_RARE_SHOWN:]
            lines.append((f"{len(more)} more columns", "", "", -sum(rows for rows, _, _ in more)))
        return lines

    def _named(self, group: Group) -> str:
        return group.column if self.is_register else f"{group.table}.{group.column}"

    def list_cells(self, title: str, cells: Sequence[ChangedCell]) -> None:
        """A section of changed cells, each with its row."""
        numbers = any(cell.cell.is_number for cell in cells)
        columns = ("column", "before", "after", *(("difference",) if numbers else ()))
        self._list(title, cells, columns, lambda one: (one.table, one.row.after, one.row.times), lambda one: (
            one.cell.column, _shown(one.cell.before), _shown(one.cell.after), *((_signed(one.difference),) if numbers else ()),
        ))

    def list_rows(self, title: str, rows: Sequence[tuple[TableDifferences, Counted]]) -> None:
        """A section of whole rows."""
        def said(one: tuple[TableDifferences, Counted], column: str) -> Any:
            table, counted = one
            return counted.row[table.columns.index(column)] if column in table.columns else None

        columns = tuple(column for column in _SAYS if self.is_register and any(said(one, column) is not None for one in rows))
        self._list(title, rows, columns, lambda one: (one[0], one[1].row, one[1].times), lambda one: tuple(
            said(one, column) for column in columns
        ))

    def _list(
        self, title: str, found: Sequence[Any], columns: tuple[str, ...],
        row_of: Callable[[Any], tuple[TableDifferences, Row, int]], cells_of: Callable[[Any], Row],
    ) -> None:
        if not found:
            return
        shown = found[:self.limit]
        cut = len(found) - len(shown)
        self.more = self.more or cut > 0
        self.say(f"{title}: {len(found):,}" + (f", of which the first {len(shown):,} are shown" if cut else ""))
        if not shown:
            return
        several = any(row_of(one)[2] > 1 for one in shown)
        rows = []
        for one in shown:
            table, row, times = row_of(one)
            rows.append((*self._place(table, row), *cells_of(one), *((times,) if several else ())))
        self.add_table((*self._places(), *columns, *(("rows",) if several else ())), rows)

    def _places(self) -> tuple[str, ...]:
        """The titles of the columns that say which row it is."""
        if not self.is_register:
            return ("table", "row")
        table = next(table for table in self.differences.tables if table.name == TABLE)
        return tuple(column for column in _DEAL if column in table.key or (
            column in table.columns and column not in ("external_id", "delivery_years")
        ))

    def _place(self, table: TableDifferences, row: Row) -> Row:
        if self.is_register:
            return tuple(row[table.columns.index(column)] for column in self._places())
        return (table.name, ", ".join(str(value) for value in table.key_of(row).values() if value is not None))

    def list_candidates(self) -> None:
        """What may only have been renamed, in the form of the file for --rename."""
        found = find_candidates(self.differences)
        if not found:
            return
        self.say(
            f"Perhaps only renamed: {len(found):,}. Nothing of this was applied; what is right can go into a file for --rename.",
        )
        self.add_table(("column", "old", "new", "rows"), found[:_CANDIDATES_SHOWN])
        if found[_CANDIDATES_SHOWN:]:
            self.say(f"and {len(found) - _CANDIDATES_SHOWN:,} more; --json has them all")


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def _counts(table: TableDifferences) -> tuple[int, int, int]:
    def of(rows: Iterable[Any]) -> int:
        return sum(one.times for one in rows)

    return of(table.changed), of(table.added), of(table.removed)


def _values(group: Group) -> tuple[str, str]:
    """What was there before and after, for all rows of the group."""
    cells = [found.cell for found in group.cells]
    before = _shown(group.before) if len({cell.before for cell in cells}) == 1 else _VARIOUS
    after = _shown(group.after) if len({cell.after for cell in cells}) == 1 else _VARIOUS
    return before, f"({group.how})" if group.how and before == after == _VARIOUS else after


def _shown(value: Any) -> str:
    if value is None:
        return _EMPTY
    return str(value) if value != "" else "''"


def _signed(number: float | None) -> str:
    return "" if number is None else f"{number:+}"
