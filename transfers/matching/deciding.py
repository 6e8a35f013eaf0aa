"""Writing a decision: appended to the file of the collection, of which not one byte that is there is changed."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from transfers.errors import DatabaseError, InputError, ProblemsError, UsageError
from transfers.files import FileBytes, FileError, read_file
from transfers.matching.proposals import require_known
from transfers.records.collection import MATCH_FILES, MATCHES, list_matches
from transfers.records.format import MATCHES as SHAPE
from transfers.records.matches import ReadMatches, as_key, as_row, read_matches
from transfers.records.shapes import find_breaches
from transfers.records.yaml_reader import LARGEST
from transfers.vocabulary.dates import day_fault
from transfers.vocabulary.words import REGISTER_FORMS_BY_YEAR

if TYPE_CHECKING:
    from transfers.db import Connection

_HEAD = (
    "# Which deals of the register are transfers of the records, as people decided; transfers match adds to the end.\n"
    "# A deal is named in the words of the register; docs/registers.md tells of the rest.\n"
)
_ITEM = re.compile(r"^( *)- ", re.MULTILINE)


def read_decided(root: str, dataset: str = "sipri") -> ReadMatches | None:
    """The decisions of a collection; None = it has no file of them.

    Raises:
        ProblemsError: the file is wrong.
    """
    file = _read(root, f"{MATCHES}/{dataset}.yaml")
    return read_matches(file) if file else None


def make_entries(connection: Connection, place: str, transfer: str, decision: str, **said: str) -> list[dict[str, Any]]:
    """The decision that a row of a register is, or is not, a transfer; in a form with a row for each year, all rows of the deal.

    Args:
        connection: a database with the register and the transfer.
        place: the row as ``REGISTER:ROW``.
        transfer: the id of the transfer.
        decision: ``accepted`` or ``rejected``.
        said: ``reviewer``, ``reviewed_on`` and ``why``.

    Raises:
        UsageError: the place is not written so, or who, when or why is out of shape.
        InputError: there is no such row or transfer, or the register does not say the year of the order.
    """
    row = _find_row(connection, place)
    require_known(connection, "transfers", transfer)
    if row["order_year"] is None:
        raise InputError(f"{place}: the register does not say the year of the order, by which a deal is known in other releases")
    deal = {key: str(row[key]) for key in ("supplier", "recipient", "designation", "order_year")}
    found = [row["fingerprint"]]
    if row["form"] in REGISTER_FORMS_BY_YEAR and row["external_id"] is not None:
        found += [other for (other,) in connection.rows(
            "SELECT fingerprint FROM register_rows WHERE register_id = :register AND external_id = :id ORDER BY row_number",
            {"register": row["register_id"], "id": row["external_id"]},
        )]
    entries = [
        {"deal": deal, "fingerprint": one, "transfer": transfer, "decision": decision, **said} for one in dict.fromkeys(found)
    ]
    blank = next((name for name in ("reviewer", "why") if not said[name].strip()), None)
    if blank:
        raise UsageError(f"--{blank} is empty")
    fault = next((f"{path[-1]} {sentence}" for path, sentence in find_breaches(SHAPE, entries)), None)
    fault = fault or day_fault(said["reviewed_on"])
    if fault:
        raise UsageError(fault)
    return entries


def _find_row(connection: Connection, place: str) -> dict[str, Any]:
    register, colon, number = place.rpartition(":")
    if not colon or not number.isascii() or not number.isdigit() or len(number) > 9:
        raise UsageError(f"{place!r} is no row of a register; write REGISTER:ROW, for example sipri-trade-register-2025-03-13:17")
    require_known(connection, "registers", register)
    columns, rows = connection.table(
        "SELECT r.register_id, r.supplier, r.recipient, r.designation, r.order_year, r.fingerprint, r.external_id, g.form "
        "FROM register_rows r JOIN registers g ON g.id = r.register_id WHERE r.register_id = :register AND r.row_number = :number",
        {"register": register, "number": int(number)},
    )
    if not rows:
        ((count,),) = connection.rows("SELECT row_count FROM registers WHERE id = :register", {"register": register})
        raise InputError(f"{register} has no row {int(number)}; its rows are 1 to {count}")
    return dict(zip(columns, rows[0], strict=True))


def append_decisions(root: str, entries: list[dict[str, Any]], dataset: str = "sipri") -> str:
    """Add decisions to the end of the file of a collection; the path of the file, from the root.

    The file is replaced whole or not at all. What stands in it stays as it is, byte for byte, its comments too.

    Raises:
        InputError: the same is decided already, or nothing can be added to the end of the file as it is written.
        ProblemsError: the file is wrong.
        DatabaseError: it cannot be written.
    """
    path = f"{MATCHES}/{dataset}.yaml"
    assert path in MATCH_FILES
    folder = os.path.join(root, *MATCHES.split("/"))
    try:
        os.makedirs(folder, exist_ok=True)
        with _alone(folder):
            list_matches(root)
            file = _read(root, path)
            before = read_matches(file).rows if file else []
            entries = _find_undecided(path, entries, [as_row(dataset, entry) for entry in entries], before)
            data = (file.data if file else _HEAD.encode()) + _as_yaml(entries, file.data.decode() if file else "").encode()
            _require_added(path, data, [*before, *(as_row(dataset, entry) for entry in entries)], entries)
            _replace(os.path.join(folder, f"{dataset}.yaml"), data)
    except OSError as error:
        raise DatabaseError(f"{path} cannot be written: {error.strerror}") from error
    return path


def _read(root: str, path: str) -> FileBytes | None:
    if not os.path.lexists(f"{root}/{path}"):
        return None
    try:
        return read_file(root, path, LARGEST)
    except FileError as error:
        raise InputError(f"{path} {error}") from error


def _find_undecided(
    path: str, entries: list[dict[str, Any]], rows: list[dict[str, Any]], before: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    """The entries of which nobody has decided the same yet.

    Raises:
        InputError: all are decided, or one of them the other way.
    """
    decided = {as_key(row): row for row in before}
    known = [decided.get(as_key(row)) for row in rows]
    for other, row in zip(known, rows, strict=True):
        if other and (None not in known or other["decision"] != row["decision"]):
            by = f"by {other['reviewer']} on {other['reviewed_on']}"
            raise InputError(f"that is {other['decision']} already, {by}; change it in {path}")
    return [entry for entry, other in zip(entries, known, strict=True) if other is None]


def _as_yaml(entries: list[dict[str, Any]], text: str) -> str:
    """The entries as the next items of a list, with the indent and the line ends of the text before them."""
    found = _ITEM.search(text)
    indent = found[1] if found else ""
    lines = []
    for entry in entries:
        deal = ", ".join(f"{key}: {_quoted(value)}" for key, value in entry["deal"].items())
        lines.append(f"- deal: {{{deal}}}")
        lines += [f"  {key}: {_quoted(value)}" for key, value in entry.items() if key != "deal"]
    end = "\r\n" if "\r\n" in text else "\n"
    gap = end if text and not text.endswith("\n") else ""
    return gap + "".join(f"{indent}{line}{end}" for line in lines)


def _quoted(value: str) -> str:
    """A text in double quotes; an id or word as it is, unless YAML elsewhere takes it for something else."""
    if re.fullmatch(r"[a-z]+(?:-[0-9a-z]+)*", value) and value not in ("true", "false", "null", "yes", "no", "on", "off", "y", "n"):
        return value
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\x7f")


def _require_added(path: str, data: bytes, wanted: list[dict[str, Any]], entries: list[dict[str, Any]]) -> None:
    """Refuse to write what does not read as all that was there and the new entries."""
    with suppress(ProblemsError):
        if read_matches(FileBytes(path, data, hashlib.sha256(data).hexdigest())).rows == wanted:
            return
    raise InputError(f"nothing can be added to the end of {path} as it is written; add this to it:\n{_as_yaml(entries, '')}")


def _replace(full: str, data: bytes) -> None:
    """Put new bytes in the place of a file, with its rights."""
    handle, part = tempfile.mkstemp(prefix=".", suffix=".part", dir=os.path.dirname(full))
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(part, os.stat(full).st_mode & 0o777 if os.path.exists(full) else 0o644)
        os.replace(part, full)
    finally:
        if os.path.exists(part):
            os.unlink(part)


@contextmanager
def _alone(folder: str) -> Iterator[None]:
    """Wait for others who add to the files of a folder: none may put back what another has just replaced."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
