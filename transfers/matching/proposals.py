"""Proposals: which row of a register may be which transfer, each with its reasons. Nothing of it is stored; people decide."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from transfers.errors import InputError
from transfers.matching.decided import Decision, holds_for
from transfers.matching.evidence import GRADES, KINDS, compare_dates, compare_kind, compare_numbers, find_grade
from transfers.matching.names import SAME, Systems
from transfers.queries.rows import Where, ordered
from transfers.records.known import find_near
from transfers.vocabulary.words import REGISTER_FORMS_BY_YEAR

if TYPE_CHECKING:
    from transfers.db import Connection

Row = dict[str, Any]
_COLUMNS = (
    "register_id", "row_number", "fingerprint", "supplier", "recipient", "designation", "description", "order_year",
    "order_year_uncertain", "ordered", "ordered_uncertain", "delivered", "delivered_uncertain", "delivery_years", "delivery_first",
    "delivery_last", "delivery_years_uncertain", "comment", "is_licensed", "local_names", "external_id",
)
_TRANSFER = (
    "id", "supplier", "recipient", "system", "kind", "quantity_low", "quantity_high", "planned_low", "planned_high", "first_date",
    "last_date",
)


class Proposal(NamedTuple):
    """A row of a register that may be a transfer.

    Attributes:
        register: the register.
        row: the number of the row; of a form with a row for each year, that of the first row of the deal.
        transfer: the id of the transfer.
        grade: ``strong``, ``medium`` or ``weak``; docs/registers.md says by which rules.
        reasons: what speaks for it and against it, in words.
        supplier_name, recipient_name, designation, order_year: the deal, as printed.
        ordered, delivered, delivery_years, comment: what the register says of it.
        dates, numbers: how they lie to those of the claims: ``inside``, ``overlapping``, ``apart``; None = nothing to compare.
        fingerprint: what a decision names.
        earlier: decisions on the same deal when the register said something else of it, in words; None = there are none.
    """

    register: str
    row: int
    transfer: str
    grade: str
    reasons: list[str]
    supplier_name: str
    recipient_name: str
    designation: str
    order_year: int | None
    ordered: int | None
    delivered: int | None
    delivery_years: str | None
    comment: str | None
    dates: str | None
    numbers: str | None
    fingerprint: str
    earlier: str | None


def find_proposals(
    connection: Connection, decisions: Iterable[Decision] = (), *, registers: Iterable[str] = (), transfers: Iterable[str] = (),
    grades: Iterable[str] = (),
) -> list[Proposal]:
    """The rows of registers that may be transfers and are not decided on, by transfer, grade and row.

    A row that says the same in two releases is proposed once, from the newer one.

    Args:
        connection: the database.
        decisions: what people have decided; `transfers.matching.find_decisions`.
        registers: only these.
        transfers: only these.
        grades: only these.

    Raises:
        InputError: there is no such register or transfer.
    """
    registers, transfers, grades = list(registers), list(transfers), set(grades)
    for register in registers:
        require_known(connection, "registers", register)
    for transfer in transfers:
        require_known(connection, "transfers", transfer)
    by_deal: dict[tuple[Any, ...], list[Decision]] = defaultdict(list)
    for decision in decisions:
        by_deal[decision.deal].append(decision)
    systems = Systems(connection)
    found: dict[tuple[tuple[str, ...], str], Proposal] = {}
    for pair, wanted in _find_transfers(connection, transfers).items():
        rows = _find_rows(connection, pair, registers)
        alike = Counter((row["register_id"], *deal_of(row)) for row in rows)
        for row in _as_deals(rows):
            alone = alike[(row["register_id"], *deal_of(row))] == 1
            for proposal in _propose(row, pair, wanted, systems):
                one = _unless_decided(proposal, row["fingerprints"], by_deal.get(deal_of(row), []), alone=alone)
                if one and (not grades or one.grade in grades):
                    found.setdefault((row["fingerprints"], one.transfer), one)
    return sorted(found.values(), key=lambda one: (one.transfer, GRADES.index(one.grade), one.register, one.row))


def deal_of(row: Row) -> tuple[Any, ...]:
    """What tells a deal from others through all releases."""
    return row["supplier"], row["recipient"], row["designation"], row["order_year"]


def require_known(connection: Connection, table: str, value: str) -> None:
    """Refuse what is not in a table.

    Raises:
        InputError: it is not; the nearest are named.
    """
    known = [found for (found,) in connection.rows(f"SELECT id FROM {table}")]
    if value not in known:
        near = find_near(value, known, n=3)
        hint = f"; did you mean {', '.join(near)}?" if near else "; there is none yet" if not known else ""
        raise InputError(f"there is no {table[:-1]} {value!r}{hint}")


def _find_transfers(connection: Connection, ids: list[str]) -> dict[tuple[str, str], list[Row]]:
    """The transfers of kinds that registers have, by supplier and recipient."""
    where = Where()
    where.among("kind", KINDS)
    if ids:
        where.among("id", ids)
    pairs: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for cells in connection.rows(
        f"SELECT {', '.join(_TRANSFER)} FROM v_transfers WHERE {where} ORDER BY {ordered(connection.engine, 'id')}", where.params
    ):
        row = dict(zip(_TRANSFER, cells, strict=True))
        pairs[row["supplier"], row["recipient"]].append(row)
    return pairs


def _find_rows(connection: Connection, pair: tuple[str, str], registers: list[str]) -> list[Row]:
    """The rows in which both are named, in all ways in which the register names them; the newest release first."""
    where = Where({"supplier": pair[0], "recipient": pair[1]})
    if registers:
        where.among("r.register_id", registers)
    order = ordered(connection.engine, "r.register_id")
    newest = "g.release" + (' COLLATE "C"' if connection.engine == "postgresql" else "") + " DESC"
    rows = connection.rows(
        f"""SELECT {', '.join(f"r.{column}" for column in _COLUMNS)}, g.form FROM register_rows r
        JOIN registers g ON g.id = r.register_id
        JOIN identifiers s ON s.scheme = g.dataset AND s.value = r.supplier AND s.actor_id = :supplier
        JOIN identifiers p ON p.scheme = g.dataset AND p.value = r.recipient AND p.actor_id = :recipient
        WHERE {where} ORDER BY {newest}, {order}, r.row_number""",
        where.params,
    )
    return [dict(zip((*_COLUMNS, "form"), cells, strict=True)) for cells in rows]


def _as_deals(rows: list[Row]) -> list[Row]:
    """The rows, those of one deal in a form with a row for each year as one; ``fingerprints`` has all that it was made of."""
    deals: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        of_year = row["form"] in REGISTER_FORMS_BY_YEAR and row["external_id"] is not None
        key = (row["register_id"], row["external_id"]) if of_year else (row["register_id"], None, row["row_number"])
        deal = deals.get(key)
        if deal is None:
            deals[key] = {**row, "fingerprints": (row["fingerprint"],)}
            continue
        numbers = (deal["delivered"], row["delivered"])
        years = sorted({*_years_of(deal), *_years_of(row)})
        deal |= {
            "fingerprints": (*deal["fingerprints"], row["fingerprint"]), "delivered": None if None in numbers else sum(numbers),
            "delivery_years": "; ".join(years) or None, "delivery_first": int(years[0]) if years else None,
            "delivery_last": int(years[-1]) if years else None,
        }
        for flag in ("order_year_uncertain", "delivered_uncertain", "delivery_years_uncertain"):
            deal[flag] = max(deal[flag], row[flag])
    return list(deals.values())


def _years_of(row: Row) -> list[str]:
    return row["delivery_years"].split("; ") if row["delivery_years"] else []


def _propose(row: Row, pair: tuple[str, str], wanted: list[Row], systems: Systems) -> Iterator[Proposal]:
    named = systems.find(row, pair)
    described = [] if named else systems.describe(row["description"])
    for transfer in wanted:
        best: Proposal | None = None
        for one in named or (described if systems.is_general(transfer["system"]) else ()):
            related = systems.relate(transfer["system"], one.system)
            if related is None:
                continue
            made = _make(row, transfer, one.reason, related, certain=one.is_certain)
            if best is None or GRADES.index(made.grade) < GRADES.index(best.grade):
                best = made
        if best:
            yield best


def _make(row: Row, transfer: Row, reason: str, related: tuple[str, str], *, certain: bool) -> Proposal:
    dates = compare_dates(row, transfer["first_date"], transfer["last_date"])
    numbers = compare_numbers(
        row, (transfer["quantity_low"], transfer["quantity_high"]), (transfer["planned_low"], transfer["planned_high"])
    )
    fits = compare_kind(row, transfer["kind"])
    grade = find_grade(
        same=related[0] == SAME, certain=certain, kind=transfer["kind"], compared=[dates, numbers], fits=fits,
    )
    names = f"{row['supplier']} and {row['recipient']} are {transfer['supplier']} and {transfer['recipient']} in the registry"
    count = len(row["fingerprints"])
    together = f"{count} rows of deal {row['external_id']}, one for each year; a decision is about all of them" if count > 1 else ""
    reasons = [names, reason, related[1], dates.reason, numbers.reason, fits.reason, together]
    return Proposal(
        row["register_id"], row["row_number"], transfer["id"], grade, [text for text in reasons if text], row["supplier"],
        row["recipient"], row["designation"], row["order_year"], row["ordered"], row["delivered"], row["delivery_years"],
        row["comment"], dates.word, numbers.word, row["fingerprint"], None,
    )


def _unless_decided(
    proposal: Proposal, fingerprints: Iterable[str], decisions: list[Decision], *, alone: bool,
) -> Proposal | None:
    """A proposal with the decisions of other releases, or None where decisions hold for all that it is made of."""
    mine = [decision for decision in decisions if decision.transfer == proposal.transfer]
    if all(any(holds_for(decision, one, mine, alone=alone) for decision in mine) for one in fingerprints):
        return None
    if not mine:
        return proposal
    earlier = "; ".join(
        f"{one.decision} by {one.reviewer} on {one.reviewed_on}, for what another row or release says of the deal" for one in mine
    )
    return proposal._replace(earlier=earlier)
