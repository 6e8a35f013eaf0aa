"""The decisions of people, and the rows of registers that each of them holds for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from transfers.records.matches import ReadMatches

if TYPE_CHECKING:
    from transfers.db import Connection

ACCEPTED, CHANGED, REJECTED = "accepted", "accepted_figures_changed", "rejected"


class Decision(NamedTuple):
    """One decision.

    Attributes:
        deal: supplier, recipient, designation and order year, as the register prints them.
        fingerprint: what the register said of it then.
        transfer: the id of the transfer.
        decision: ``accepted`` or ``rejected``.
        reviewer, reviewed_on, why: who, when and why.
        is_loaded: whether the database has it; else it stands in the file only.
    """

    deal: tuple[str, str, str, int]
    fingerprint: str
    transfer: str
    decision: str
    reviewer: str
    reviewed_on: str
    why: str
    is_loaded: bool


class Held(NamedTuple):
    """A decision and one row that it holds for.

    Attributes:
        transfer, decision: as decided.
        match: ``accepted``; ``accepted_figures_changed`` where the register says other figures of the same deal now; ``rejected``;
            None where no row of an imported register is meant.
        register, row: the row.
        supplier_name, recipient_name, designation, order_year: the deal, as printed.
        reviewer, reviewed_on, why: who decided, when and why.
        fingerprint: what the register said of the deal then.
        is_loaded: 1 = the database has it, 0 = `transfers load` brings it in.
    """

    transfer: str
    decision: str
    match: str | None
    register: str | None
    row: int | None
    supplier_name: str
    recipient_name: str
    designation: str
    order_year: int
    reviewer: str
    reviewed_on: str
    why: str
    fingerprint: str
    is_loaded: int


def find_decisions(connection: Connection, also: ReadMatches | None = None) -> list[Decision]:
    """The decisions that a database has, and those of a file that it does not have yet.

    Args:
        connection: the database.
        also: the file of the collection, where decisions wait to be loaded.
    """
    found: dict[tuple[Any, ...], Decision] = {}
    for supplier, recipient, designation, year, fingerprint, transfer, decided, reviewer, reviewed_on, why in connection.rows(
        "SELECT supplier, recipient, designation, order_year, fingerprint, transfer_id, decision, reviewer, reviewed_on, why "
        "FROM register_matches"
    ):
        deal = (supplier, recipient, designation, year)
        found[deal, fingerprint, transfer] = Decision(
            deal, fingerprint, transfer, decided, reviewer, reviewed_on, why, is_loaded=True,
        )
    for row in also.rows if also else ():
        deal = (row["supplier"], row["recipient"], row["designation"], row["order_year"])
        decision = Decision(
            deal, row["fingerprint"], row["transfer_id"], row["decision"], row["reviewer"], row["reviewed_on"], row["why"], True
        )
        if found.get((deal, decision.fingerprint, decision.transfer)) != decision:
            found[deal, decision.fingerprint, decision.transfer] = decision._replace(is_loaded=False)
    return [found[key] for key in sorted(found, key=lambda key: (key[2], key[0], key[1]))]


def holds_for(decision: Decision, fingerprint: str, decisions: Iterable[Decision], *, alone: bool) -> str | None:
    """As what a decision holds for a row of its deal; None = it does not.

    Args:
        decision: the decision.
        fingerprint: that of the row.
        decisions: all on the same deal and transfer.
        alone: whether the row is the only one of its register with this deal.
    """
    if decision.fingerprint == fingerprint:
        return decision.decision
    decided = any(other.fingerprint == fingerprint for other in decisions)
    return CHANGED if decision.decision == ACCEPTED and alone and not decided else None


def find_held(connection: Connection, decisions: Iterable[Decision]) -> list[Held]:
    """The rows that decisions hold for, decision by decision; one that holds for none stands once, without a row."""
    decisions = list(decisions)
    together: dict[tuple[Any, ...], list[Decision]] = defaultdict(list)
    for decision in decisions:
        together[decision.deal, decision.transfer].append(decision)
    held: list[Held] = []
    for decision in decisions:
        rows = _find_rows(connection, decision.deal)
        count = {register: sum(one == register for one, _, _ in rows) for register, _, _ in rows}
        found: list[tuple[str | None, str | None, int | None]] = [
            (match, register, row) for register, row, fingerprint in rows
            if (match := holds_for(
                decision, fingerprint, together[decision.deal, decision.transfer], alone=count[register] == 1,
            ))
        ]
        held += [_as_held(decision, *one) for one in found or [(None, None, None)]]
    return held


def _find_rows(connection: Connection, deal: tuple[str, str, str, int]) -> list[tuple[str, int, str]]:
    rows = connection.rows(
        "SELECT register_id, row_number, fingerprint FROM register_rows WHERE supplier = :supplier AND recipient = :recipient "
        "AND designation = :designation AND order_year = :year",
        dict(zip(("supplier", "recipient", "designation", "year"), deal, strict=True)),
    )
    return sorted((register, row, fingerprint) for register, row, fingerprint in rows)


def _as_held(decision: Decision, match: str | None, register: str | None, row: int | None) -> Held:
    return Held(
        decision.transfer, decision.decision, match, register, row, *decision.deal, decision.reviewer, decision.reviewed_on,
        decision.why, decision.fingerprint, int(decision.is_loaded),
    )
