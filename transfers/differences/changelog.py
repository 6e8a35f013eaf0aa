"""What changed between two states of a collection, in Markdown, for those who read its releases."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from transfers.differences.result import Cell, Changed, Counted, Differences, TableDifferences
from transfers.render.visible import as_line

_TOLD: Final = ("transfers", "claims", "statements", "meetings")
_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|#~&])")
_LONGEST: Final = 300  # characters of one value


def as_changelog(differences: Differences) -> str:
    """New, removed and changed transfers, claims, statements and meetings in words, each with its id; the rest in numbers.

    The text begins with headings of the third level and ends with a line break. A removed claim or statement gives the reason
    that its tombstone gives.

    Args:
        differences: between two databases or canonical exports.
    """
    if differences.is_equal:
        return "Nothing changed.\n"
    tables = {table.name: table for table in differences.tables}
    why = _reasons(tables.get("removals"))
    parts = []
    for name in _TOLD:
        table = tables.get(name)
        if table and not table.is_equal:
            parts.append(f"### {name.capitalize()}\n\n" + "".join(f"- {line}\n" for line in _lines(differences, table, why)))
    rest = [f"- {_counted(table)}\n" for table in differences.tables if table.name not in _TOLD and not table.is_equal]
    if rest:
        parts.append(("### Everything else\n\n" if parts else "### In numbers\n\n") + "".join(rest))
    return "\n".join(parts)


def _reasons(removals: TableDifferences | None) -> dict[str, str]:
    """Why a claim or statement was taken out, by its id."""
    rows = [removals.as_dict(one.row) for one in removals.added] if removals else []
    return {row["id"]: row["why"] for row in rows if "id" in row and "why" in row}


def _lines(differences: Differences, table: TableDifferences, why: dict[str, str]) -> list[str]:
    describe = _DESCRIBE[table.name]

    def named(row: dict[str, Any]) -> str:
        return f"{describe(differences, row)} (`{_plain(row.get('id'))}`)"

    def removed(one: Counted) -> str:
        row = table.as_dict(one.row)
        reason = why.get(row.get("id", ""))
        return f"removed: {named(row)}" + (f". Reason: {_as_text(reason)}" if reason else "")

    def changed(one: Changed) -> str:
        cells = [_cell(cell) for cell in table.cells_of(one)]
        return f"changed: {named(table.as_dict(one.after))}: {'; '.join(cells)}"

    return [
        *(f"new: {named(table.as_dict(one.row))}" for one in table.added), *map(removed, table.removed),
        *map(changed, table.changed),
    ]


def _transfer(differences: Differences, row: dict[str, Any]) -> str:
    actors, systems = differences.names.get("actors", {}), differences.names.get("systems", {})
    supplier, recipient = (actors.get(row.get(key, ""), row.get(key)) for key in ("supplier_id", "recipient_id"))
    system = systems.get(row.get("system_id", ""), row.get("system_id"))
    episode = "" if row.get("episode") in (None, "all") else f", {row['episode']}"
    return _as_text(f"{supplier} → {recipient}: {system} ({row.get('kind')}{episode})")


def _claim(differences: Differences, row: dict[str, Any]) -> str:
    stance = "" if row.get("stance") in (None, "asserted") else f"{row['stance']}: "
    return _as_text(f"{stance}{row.get('summary')}")


def _statement(differences: Differences, row: dict[str, Any]) -> str:
    speaker = differences.names.get("actors", {}).get(row.get("speaker_id", ""), row.get("speaker_id"))
    return _as_text(f"{speaker}: {row.get('summary')}")


def _meeting(differences: Differences, row: dict[str, Any]) -> str:
    return _as_text(row.get("title"))


_DESCRIBE: Final[dict[str, Callable[[Differences, dict[str, Any]], str]]] = {
    "transfers": _transfer, "claims": _claim, "statements": _statement, "meetings": _meeting,
}


def _cell(cell: Cell) -> str:
    before, after = (("nothing" if value is None else f"“{_as_text(value)}”") for value in (cell.before, cell.after))
    return f"{_as_text(cell.column.replace('_', ' '))} {before} → {after}"


def _counted(table: TableDifferences) -> str:
    counts = (("new", table.added), ("removed", table.removed), ("changed", table.changed))
    said = ", ".join(f"{sum(one.times for one in rows):,} {word}" for word, rows in counts if rows)
    return f"{table.name.replace('_', ' ')}: {said}"


def _as_text(value: Any) -> str:
    """A value on one line, with nothing in it that Markdown or a terminal would act on."""
    text = as_line(str(value))
    if len(text) > _LONGEST:
        text = text[:_LONGEST].rstrip() + "…"
    return _SPECIAL.sub(r"\\\1", text)


def _plain(value: Any) -> str:
    return as_line(str(value)).replace("`", "'")
