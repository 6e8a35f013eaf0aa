"""Reading the decisions of people on deals of a register: that one is, or is not, a transfer of the records."""

from __future__ import annotations

from typing import Any, NamedTuple

from transfers.errors import ProblemsError
from transfers.files import FileBytes
from transfers.records.collection import MATCHES as FOLDER
from transfers.records.format import MATCHES
from transfers.records.positions import as_problems
from transfers.records.shapes import find_breaches
from transfers.records.yaml_reader import read_lines, read_yaml
from transfers.vocabulary.dates import day_fault

Entry = dict[str, Any]
# The columns of register_matches that tell one decision from another.
KEY = ("dataset", "supplier", "recipient", "designation", "order_year", "fingerprint", "transfer_id")


class ReadMatches(NamedTuple):
    """The decisions of one file in their order: as rows of ``register_matches``."""

    file: FileBytes
    rows: list[Entry]


def read_matches(file: FileBytes) -> ReadMatches:
    """The decisions of one file. One that has nothing but comments counts as empty.

    Raises:
        ProblemsError: everything that is wrong in it, two decisions on the same among it.
    """
    if all(line.strip()[:1] in (b"", b"#") for line in file.data.splitlines()):
        return ReadMatches(file, [])
    entries = read_yaml(file.data, file.path)
    breaches = find_breaches(MATCHES, entries)
    if not breaches:
        for position, entry in enumerate(entries):
            fault = day_fault(entry["reviewed_on"])
            if fault:
                breaches.append(((position, "reviewed_on"), fault))
    if breaches:
        raise ProblemsError(as_problems(file, breaches))
    dataset = file.path.removeprefix(f"{FOLDER}/").removesuffix(".yaml")
    rows = [as_row(dataset, entry) for entry in entries]
    _require_single(file, rows)
    return ReadMatches(file, rows)


def as_row(dataset: str, entry: Entry) -> Entry:
    """A decision as a row of ``register_matches``."""
    deal = entry["deal"]
    return {
        "dataset": dataset, "supplier": deal["supplier"], "recipient": deal["recipient"], "designation": deal["designation"],
        "order_year": int(deal["order_year"]), "fingerprint": entry["fingerprint"], "transfer_id": entry["transfer"],
        "decision": entry["decision"], "reviewer": entry["reviewer"], "reviewed_on": entry["reviewed_on"], "why": entry["why"],
    }


def as_key(row: Entry) -> tuple[Any, ...]:
    """What a decision is about: the deal as the register had it, and the transfer."""
    return tuple(row[column] for column in KEY)


def _require_single(file: FileBytes, rows: list[Entry]) -> None:
    first: dict[tuple[Any, ...], int] = {}
    earlier = [first.setdefault(as_key(row), position) for position, row in enumerate(rows)]
    doubles = [position for position in range(len(rows)) if earlier[position] != position]
    if doubles:
        lines = read_lines(file.data, file.path)
        raise ProblemsError(as_problems(file, [
            ((position,), f"the same deal and transfer are decided on line {lines[earlier[position],]} already; keep one")
            for position in doubles
        ]))
