"""`transfers registers`: which registers were imported, and which of their names nobody has tied to the registry."""

from __future__ import annotations

from transfers.commands.options import LIMIT, Command, flag, text
from transfers.commands.output import show_rows
from transfers.queries.registers import find_registers, find_unmapped

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from typing import Any

    from transfers.queries import Rows
    from transfers.render.formats import Format
    from transfers.settings import Settings


def registers(settings: Settings, wanted: Format, *, unmapped: bool, **options: Any) -> None:
    """List the registers that were imported, with their years and how many of their names are unmapped.

    With --unmapped, list these names: whose place they take, in how many rows, and what in the registry looks like them.
    Candidates are an offer; a person decides and writes it into data/registry/ as an identifier.
    """
    with settings.reading() as connection:
        rows = (find_unmapped if unmapped else find_registers)(connection, **options)
    show_rows(settings, rows, wanted, _names_for_people if unmapped else _for_people)


def _for_people(rows: Rows) -> tuple[list[str], list[Any]]:
    columns = ["id", "form", "release", "rows", "from", "to", "unmapped"]
    return columns, [
        (row["id"], row["form"], row["release"], row["row_count"], row["first_year"], row["last_year"], _as_counts(row))
        for row in rows.dicts()
    ]


def _as_counts(row: dict[str, Any]) -> str:
    counts = {kind: row[f"{kind}s_unmapped"] for kind in ("supplier", "recipient", "designation")}
    return ", ".join(f"{count:,} {kind}{'' if count == 1 else 's'}" for kind, count in counts.items() if count) or "none"


def _names_for_people(rows: Rows) -> tuple[list[str], list[Any]]:
    return ["name", "as", "rows", "candidates"], [(name, kind, count, ", ".join(near)) for kind, _, name, count, near in rows.rows]


REGISTERS = Command("registers", "List registers, and names in them that are unmapped.", registers, (
    flag("--unmapped", "List the names that nobody has tied to the registry, with candidates."),
    text("--register", "ID", "Only this register.", many=True),
    LIMIT,
))
