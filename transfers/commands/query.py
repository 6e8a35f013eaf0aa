"""`transfers query`: transfers and the claims on them."""

from __future__ import annotations

from transfers.commands.options import LIMIT, PREDECESSORS, SINCE_UNTIL, Command, flag, named, one_of
from transfers.commands.output import show_rows
from transfers.errors import UsageError
from transfers.queries.filters import Filter
from transfers.queries.transfers import find_claims, find_transfers
from transfers.render.words import as_amount, as_days, as_range, as_system
from transfers.vocabulary import words

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from typing import Any

    from transfers.queries import Rows
    from transfers.render.formats import Format
    from transfers.settings import Settings


def query(settings: Settings, wanted: Format, claims: bool, registers: bool, **options: Any) -> None:
    """List transfers, with --claims the claims on them, with --registers what registers say of them.

    Several values of one option mean any of them, different options mean all of them. --phase, --stance, --outlet, --since,
    --until and --reviewed keep a transfer when one claim fits them all together; what is shown still speaks of the whole
    transfer. A row does not say that a transfer happened: its standing does. --registers gives a row for each row of a
    register that a person has accepted for a transfer, and says where its figures differ from the claims, not who is right.
    """
    asked = Filter(**options)
    if registers:
        _show_with_registers(settings, wanted, claims, asked)
        return
    with settings.reading() as connection:
        rows = (find_claims if claims else find_transfers)(connection, asked)
    show_rows(settings, rows, wanted, _claims_for_people if claims else _transfers_for_people)


def _show_with_registers(settings: Settings, wanted: Format, claims: bool, asked: Filter) -> None:
    if claims:
        raise UsageError("--claims and --registers exclude each other")
    from transfers.queries.beside import find_transfers_with_registers, has_registers
    from transfers.render.beside import as_columns

    with settings.reading() as connection:
        rows = find_transfers_with_registers(connection, asked)
        imported = has_registers(connection)
    show_rows(settings, rows, wanted, as_columns)
    if not imported:
        settings.say("note: no register is imported; transfers import sipri FILE does that")
    elif rows.rows and all(row["register"] is None for row in rows.dicts()):
        settings.say("note: no row of a register is accepted for these transfers; transfers match proposes some")


def _transfers_for_people(rows: Rows) -> tuple[list[str], list[Any]]:
    """Names instead of ids; episodes and denials elsewhere only where there are any."""
    elsewhere = any(row["episodes"] != 1 or row["denials_elsewhere"] != 0 for row in rows.dicts())
    columns = ["supplier", "recipient", "system", "phase", "quantity", "dates", "standing", "denials", "articles"]
    if elsewhere:
        columns += ["episodes", "denials elsewhere"]
    cells = [
        [
            row["supplier_name"], row["recipient_name"], as_system(row), row["phase"],
            as_amount(row["quantity_low"], row["quantity_high"], row["planned_low"], row["planned_high"]),
            as_days(row["first_date"], row["last_date"]), row["standing"], row["denials"], row["articles"],
            *((row["episodes"], row["denials_elsewhere"]) if elsewhere else ()),
        ]
        for row in rows.dicts()
    ]
    return columns, cells


def _claims_for_people(rows: Rows) -> tuple[list[str], list[Any]]:
    columns = ["claim", "supplier", "recipient", "system", "stance", "phase", "quantity", "date", "said by", "quote"]
    cells = []
    for row in rows.dicts():
        stance = row["stance"] if row["denies"] is None else f"denied ({row['denies']})"
        unit = "" if row["quantity_unit"] in (None, "item") else f" ({row['quantity_unit']})"
        cells.append([
            row["claim"], row["supplier_name"], row["recipient_name"], row["system_name"], stance, row["phase"],
            (as_range(row["quantity_low"], row["quantity_high"]) or row["quantity_text"] or "") + unit, row["date_edtf"],
            row["said_by_name"] or row["outlet"], row["quote"],
        ])
    return columns, cells


QUERY = Command("query", "List transfers, or the claims on them.", query, (
    named("--system", "system", "The system, by id or any of its names, with its variants; a class or family with all below it."),
    flag("--family", "Take the whole family of each system."),
    flag("--exact", "Take systems and actors by id or main name only, and nothing that belongs to them."),
    named("--supplier", "actor", "Who supplied, with what is part of them."),
    named("--recipient", "actor", "Who received, with what is part of them."),
    named("--actor", "actor", "Who supplied or received, with what is part of them."),
    PREDECESSORS,
    one_of("--kind", words.TRANSFER_KINDS, "Kind of transfer"),
    one_of("--standing", words.STANDINGS, "How the sources stand to each other"),
    one_of("--phase", words.PHASES, "What a claim says of how far it had come"),
    one_of("--stance", words.STANCES, "How a claim says it"),
    named("--outlet", "actor", "Where a claim was read."),
    *SINCE_UNTIL,
    flag("--reviewed", "Only claims of records that are accepted as they stand now."),
    flag("--claims", "One row for each claim that fits."),
    flag("--registers", "One row for each row of a register that is accepted for a transfer, beside what the claims say."),
    LIMIT,
))
