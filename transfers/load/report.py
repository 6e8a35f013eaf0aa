"""What a run of `load` did."""

from __future__ import annotations

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from typing import Any

    from transfers.errors import Problem


class Report:
    """What one load did, or would do.

    Attributes:
        new, changed, unchanged, removed: record files.
        gone: record files that are no longer there and whose rows were kept.
        registry_changed: whether the registry was written.
        reviews: review files that were written.
        matches: files of decisions on registers that were written.
        rows: rows per table after the load.
        quotes: spans found in the texts of the records that were read.
        new_transfers: ids of transfers that no record spoke of before.
        warnings: what a reviewer should look at.
        problems: what is wrong with records that were left out (`--keep-going`).
        notes: what happened to the database besides: made, migrated, backed up, an interrupted write recovered.
        dry_run: nothing was written.
    """

    def __init__(self) -> None:
        """Begin with nothing done."""
        self.new: list[str] = []
        self.changed: list[str] = []
        self.removed: list[str] = []
        self.gone: list[str] = []
        self.unchanged = 0
        self.registry_changed = False
        self.reviews: list[str] = []
        self.matches: list[str] = []
        self.rows: dict[str, int] = {}
        self.quotes = 0
        self.new_transfers: list[str] = []
        self.warnings: list[Problem] = []
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self.dry_run = False

    @property
    def wrote(self) -> bool:
        """Whether anything was written."""
        return bool(self.new or self.changed or self.removed or self.registry_changed or self.reviews or self.matches)

    def as_json(self) -> dict[str, Any]:
        """The report as one object, its keys in the order that `load --json` prints."""
        return {
            "new": self.new, "changed": self.changed, "unchanged": self.unchanged, "removed": self.removed, "gone": self.gone,
            "registry_changed": self.registry_changed, "reviews": self.reviews, "matches": self.matches,
            "quotes": self.quotes, "new_transfers": self.new_transfers, "rows": self.rows,
            "warnings": [str(warning) for warning in self.warnings],
            "problems": [str(problem) for problem in self.problems], "dry_run": self.dry_run,
        }

    def as_lines(self) -> list[str]:
        """The report for people."""
        would = "would be " if self.dry_run else ""
        lines = [*self.notes, *(f"warning: {warning}" for warning in self.warnings)]
        if not self.wrote and not self.problems:
            lines.append(f"unchanged: {_count(self.unchanged, 'record')}, nothing to do")
        else:
            parts = [
                f"{len(found)} {word}" for found, word in
                ((self.new, "new"), (self.changed, "changed"), (self.removed, "removed")) if found
            ]
            records = ", ".join([*parts, f"{self.unchanged} unchanged"])
            lines.append(f"records {would}loaded: {records}; {_count(self.quotes, 'quote')} found in their articles")
            if self.registry_changed:
                lines.append(f"registry {would}written")
            if self.reviews:
                lines.append(f"reviews {would}written: {', '.join(self.reviews)}")
            if self.matches:
                lines.append(f"decisions on registers {would}written: {', '.join(self.matches)}")
            lines.extend(f"new transfer: {made}" for made in self.new_transfers)
            if self.rows:
                lines.append("rows: " + ", ".join(f"{table} {count:,}" for table, count in self.rows.items()))
        if self.gone:
            gone = ", ".join(self.gone)
            lines.append(f"{_count(len(self.gone), 'record file')} gone, rows kept ({gone}); transfers load --prune removes them")
        return lines


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
