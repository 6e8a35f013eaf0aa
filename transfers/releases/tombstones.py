"""What became of ids that were published once: each has a row with its reason, in every release that follows."""

from __future__ import annotations

import csv
import io
from typing import Final, NamedTuple

from transfers.errors import InputError, Problem, ProblemsError
from transfers.releases.identity import KINDS, Kept, Row

COLUMNS: Final = ("kind", "id", "removed_in", "why")
REASON_COLUMNS: Final = ("kind", "id", "why")
_EVENTS: Final = {"transfers": "transfer_id", "meetings": "meeting_id"}
_OWNERS: Final = ("actor_id", "system_id", "place_id", "topic_id")


class Tombstone(NamedTuple):
    """One id that is no longer there."""

    kind: str
    id: str
    removed_in: str
    why: str


Reasons = dict[tuple[str, str], str]  # by kind and id


def read_reasons(path: str) -> Reasons:
    """The reasons that a person gives for what was removed: a CSV with the columns kind, id, why.

    Raises:
        InputError: it cannot be read.
        ProblemsError: a line is not of this form.
    """
    rows = _read_csv(path, REASON_COLUMNS)
    problems, found = [], {}
    for line, (kind, id_, why) in rows:
        if kind not in KINDS.values():
            problems.append(Problem(path, line, "kind", f"{kind!r} is none of: {', '.join(KINDS.values())}"))
        elif not why.strip():
            problems.append(Problem(path, line, "why", "is empty: a removal needs its reason"))
        elif (kind, id_) in found:
            problems.append(Problem(path, line, "id", f"{kind} {id_} stands there twice"))
        found[kind, id_] = why
    if problems:
        raise ProblemsError(problems)
    return found


def read_tombstones(path: str) -> list[Tombstone]:
    """Those of an earlier release.

    Raises:
        InputError: the file cannot be read.
    """
    return [Tombstone(*cells) for _, cells in _read_csv(path, COLUMNS)]


def _read_csv(path: str, columns: tuple[str, ...]) -> list[tuple[int, list[str]]]:
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(io.StringIO(file.read(), newline=""), strict=True)
            rows = [(reader.line_num, row) for row in reader if row]
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path} is not CSV in UTF-8: {error}") from error
    if not rows or rows[0][1] != list(columns):
        raise InputError(f"{path}:1: the first line has to be: {','.join(columns)}")
    for line, row in rows[1:]:
        if len(row) != len(columns):
            raise InputError(f"{path}:{line}: {len(row)} cells where there are {len(columns)} columns")
    return rows[1:]


def find_tombstones(
    before: Kept, after: Kept, earlier: list[Tombstone], reasons: Reasons, version: str,
) -> tuple[list[Tombstone], list[str]]:
    """All tombstones by kind and id, and in sentences what is wrong: ids without a reason, ids that came back.

    A transfer is made of what claims speak of: it comes and goes with them, and its id means the same whenever it comes back.
    """
    found = {(one.kind, one.id): one for one in earlier}
    wrong = []
    for table, kind in KINDS.items():
        for id_ in after[table]:
            if (kind, id_) in found:
                if table == "transfers":
                    del found[kind, id_]
                else:
                    one = found[kind, id_]
                    wrong.append(f"{kind} {id_} was removed in {one.removed_in} ({one.why}): its id cannot come back")
        for id_ in sorted(before[table].keys() - after[table].keys()):
            why = reasons.get((kind, id_)) or _why(table, id_, before, after, reasons)
            if why:
                found[kind, id_] = Tombstone(kind, id_, version, why)
            else:
                wrong.append(f"{kind} {id_} is gone without a reason")
    for (kind, id_) in reasons.keys() - found.keys():
        wrong.append(f"{kind} {id_} has a reason for its removal, but was not removed")
    return sorted(found.values()), sorted(wrong)


def _why(table: str, id_: str, before: Kept, after: Kept, reasons: Reasons) -> str:
    """The reason that the data themselves give; empty when they give none."""
    if table in _EVENTS:
        return _why_event(table, id_, before, after, reasons)
    if table in ("claims", "statements"):
        return _why_said(id_, before[table][id_], after, reasons)
    merged = after["former_ids"].get(id_)
    owner = next((merged[column] for column in _OWNERS if merged[column]), "") if merged else ""
    return f"merged into {owner}" if owner else ""


def _why_said(id_: str, row: Row, after: Kept, reasons: Reasons) -> str:
    if id_ in after["removals"]:
        return str(after["removals"][id_]["why"])
    why = reasons.get(("article", row["article_id"]))
    return f"its article was removed: {why}" if why else ""


def _why_event(table: str, id_: str, before: Kept, after: Kept, reasons: Reasons) -> str:
    """An event goes when no claim speaks of it any more: what became of the claims is the reason."""
    column = _EVENTS[table]
    parts = []
    for claim, row in before["claims"].items():
        if row[column] != id_:
            continue
        new = after["claims"].get(claim)
        if new is None:
            why = reasons.get(("claim", claim)) or _why_said(claim, row, after, reasons)
            if not why:
                return ""  # the claim is in the list of what has no reason, and this follows from it
            parts.append(f"{claim} was removed ({why})")
        else:
            parts.append(f"{claim} now speaks of {new[column] or new['transfer_id'] or new['meeting_id']}")
    return f"no claim speaks of it any more: {'; '.join(sorted(parts))}" if parts else ""
