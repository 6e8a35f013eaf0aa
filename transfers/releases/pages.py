"""The texts of a release: what it is, how to cite it, what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from transfers.exports.about import BEFORE_COUNTING, LICENCE
from transfers.schema.head import HEAD

if TYPE_CHECKING:
    from transfers.exports.about import About
    from transfers.releases.tombstones import Tombstone

_TITLE: Final = "# Changes between releases"

README: Final = """# Transfers of weapons, and who says so: release {version}

{day}

{licence}

{before_counting}

## How to cite

> Transfers of weapons, and who says so. Release {version}{dated}. SHA-256 of the data: {sha256}.

A single fact is cited by the id of its claim and by the article that the claim is from; `url` in `v_transfer_claims` has its
address. Ids do not change their meaning from one release to the next. An id that is gone is in `tombstones.csv`, with the reason.

## What is in it

| file | what |
|---|---|
| `transfers.db` | SQLite: all tables, views and the search index. Full texts of articles are {texts}; registers are left out |
| `csv/` | a file for each table and view; `columns.csv` says what each column holds; what looks like a formula is guarded by `'` |
| `parquet/` | the same with typed columns |
| `datapackage/` | the same as a Frictionless data package, with keys and word lists; cells exactly as they are |
| `canonical.jsonl` | a stable text of all rows: its hash is the one above, and `transfers diff` compares it |
| `tombstones.csv` | ids of earlier releases that are gone, and why |
| `CHANGELOG.md` | what changed since the release before |
| `SHA256SUMS` | the hash of every file; `sha256sum -c SHA256SUMS` checks them |

Rows: {counts}. Schema {schema}.
"""


class Edition(NamedTuple):
    """Which release it is.

    Attributes:
        version: its name.
        day: its date (ISO); None = the data have no day, and none was given.
    """

    version: str
    day: str | None


def as_readme(edition: Edition, about: About, counts: dict[str, int]) -> str:
    """The README of a release."""
    version, day = edition
    return README.format(
        version=version, day=f"Dated {day}." if day else "Without a date: the data have none.", licence=LICENCE,
        before_counting=BEFORE_COUNTING, dated=f", {day}" if day else "", sha256=about.sha256,
        texts="in it" if about.wanted.texts else "left out; quotes are in it", schema=HEAD,
        counts=", ".join(f"{name} {count:,}" for name, count in counts.items()),
    )


def as_changes(edition: Edition, since: str, changes: str, tombstones: list[Tombstone], earlier: str) -> str:
    """The changelog with this release first.

    Args:
        edition: this release.
        since: the version before; empty for a first release.
        changes: what changed, in Markdown with headings of the third level.
        tombstones: all there are; those of this release are told.
        earlier: the changelog of the release before.
    """
    dated = f" ({edition.day})" if edition.day else ""
    gone = [f"- {one.kind} `{one.id}`: {_plain(one.why)}\n" for one in tombstones if one.removed_in == edition.version]
    told = [f"{_TITLE}\n", f"## {edition.version}{dated}\n", f"Since {since}:\n" if since else "The first release.\n"]
    if since:
        told.append(changes.rstrip("\n") + "\n")
    if gone:
        told.append("### Ids that are gone\n\n" + "".join(gone))
    return "\n".join(told) + (f"\n{earlier.removeprefix(_TITLE).strip()}\n" if earlier else "")


def _plain(text: str) -> str:
    from transfers.render.visible import as_line

    return as_line(text).replace("<", "&lt;").replace("`", "'")
