"""What every export says of itself: of which data it is, and whose they are. The clock has no part in it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from transfers import __version__
from transfers.exports.canonical import as_canonical
from transfers.schema.head import HEAD

if TYPE_CHECKING:
    from transfers.db import Connection

LICENCE: Final = (
    "The registry and what coders wrote: MIT licence. Quotes, titles and texts belong to the publishers of the articles; they are "
    "here so that every quotation can be checked."
)
BEFORE_COUNTING: Final = (
    "A row in transfers does not say that it happened: its standing says how the sources stand to each other. Never add up the "
    "numbers of claims."
)
# What people wrote down of the days on which they worked, and the days of what they read.
_DATED: Final = (("articles", ("published_latest", "retrieved_on")), ("reviews", ("reviewed_on",)), ("removals", ("removed_on",)),
                 ("register_matches", ("reviewed_on",)))


class Wanted(NamedTuple):
    """What is written of the data.

    Attributes:
        texts: with the full texts of the articles, which belong to their publishers.
        registers: with the rows of registers, whose terms allow no copy of the whole.
    """

    texts: bool = False
    registers: bool = False


class RegisterAbout(NamedTuple):
    """One file of a register that is inside."""

    id: str
    dataset: str
    form: str
    release: str
    generated_on: str | None
    sha256: str
    licence: str


class About(NamedTuple):
    """What an export says of itself.

    Attributes:
        sha256: hash of the bytes that `transfers export canonical` gives of the database: equal data have equal hashes.
        newest_day: the newest day in the data: of a publication, a retrieval, a review, a removal, a decision; None = no day.
        registers: the files whose rows are inside.
        left_out: the ids of registers in the database that were not asked for.
    """

    sha256: str
    newest_day: str | None
    wanted: Wanted
    registers: tuple[RegisterAbout, ...] = ()
    left_out: tuple[str, ...] = ()

    def as_dict(self, form: str) -> dict[str, Any]:
        """The same by names, for a format."""
        return {
            "format": f"transfers-{form}-1", "schema": HEAD, "program": f"transfers {__version__}", "source_sha256": self.sha256,
            "newest_day": self.newest_day, "texts": self.wanted.texts, "registers": [one._asdict() for one in self.registers],
            "registers_left_out": list(self.left_out), "licence": LICENCE, "before_counting": BEFORE_COUNTING,
        }

    def as_sentences(self, form: str) -> str:
        """The same in one text, for formats that have room for a comment only."""
        told = (
            f"transfers {form} export; schema {HEAD}; program {__version__}; source sha256 {self.sha256}; "
            f"newest day in the data {self.newest_day or 'none'}. {LICENCE} {BEFORE_COUNTING}"
        )
        return " ".join([told, *(f"Register {one.id}: {one.licence}" for one in self.registers)])


def read_about(connection: Connection, wanted: Wanted) -> About:
    """What an export of this database says of itself."""
    names = RegisterAbout._fields
    found = [RegisterAbout(*row) for row in sorted(connection.rows(f"SELECT {', '.join(names)} FROM registers"))]
    return About(
        _hash_of(connection), _newest_day(connection), wanted, tuple(found) if wanted.registers else (),
        () if wanted.registers else tuple(one.id for one in found),
    )


def _hash_of(connection: Connection) -> str:
    digest = hashlib.sha256()
    for line in as_canonical(connection):
        digest.update(line.encode())
        digest.update(b"\n")
    return digest.hexdigest()


def _newest_day(connection: Connection) -> str | None:
    days = [
        day for table, columns in _DATED for column in columns
        for (day,) in connection.rows(f"SELECT max({column}) FROM {table}") if day
    ]
    return max(days, default=None)
