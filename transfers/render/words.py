"""Ranges of numbers and days in words, for tables and pages."""

from __future__ import annotations

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from typing import Any


def as_range(low: int | None, high: int | None) -> str:
    """A range of numbers: ``8``, ``200–999``, ``at least 2``, ``at most 400``; nothing when it is open at both ends."""
    if low is None and high is None:
        return ""
    if high is None:
        return f"at least {low:,}"
    if low is None:
        return f"at most {high:,}"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def as_days(first: str | None, last: str | None) -> str:
    """A range of days: one day, ``2022-09-01 to 2022-09-30``, ``from ...``, ``up to ...``; nothing when open at both ends."""
    if first is None and last is None:
        return ""
    if last is None:
        return f"from {first}"
    if first is None:
        return f"up to {last}"
    return first if first == last else f"{first} to {last}"


def as_amount(low: int | None, high: int | None, planned_low: int | None, planned_high: int | None) -> str:
    """What was delivered and what was planned: ``200–999``, ``at most 999 planned``, or both."""
    delivered, planned = as_range(low, high), as_range(planned_low, planned_high)
    return "; ".join(part for part in (delivered, f"{planned} planned" if planned else "") if part)


def as_system(row: dict[str, Any]) -> str:
    """The system of a transfer, and what else tells the transfer from others of the same system."""
    kind = "" if row["kind"] == "supply" else row["kind"]
    episode = "" if row["episode"] == "all" else row["episode"]
    more = ", ".join(part for part in (kind, episode) if part)
    return f"{row['system_name']} ({more})" if more else str(row["system_name"])
