"""Which database and collection are meant, how much is said, and opening the database for a command that reads."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from transfers.db import Connection, Target


class Settings:
    """What the options before or after the command say.

    Attributes:
        db: path or URL of the database.
        collection: the folder of the collection.
        silent: whether to say nothing on stderr but errors.
    """

    __slots__ = ("collection", "db", "silent")

    def __init__(self) -> None:
        self.db: str | None = None
        self.collection: str | None = None
        self.silent = False

    def target(self) -> Target:
        """The database that is meant.

        Raises:
            InputError: the folder given is no collection.
            UsageError: the URL is not understood.
        """
        from transfers.db import read_target

        if self.db or (os.environ.get("TRANSFERS_DB") and not self.collection):
            return read_target(self.db)
        from transfers.records.collection import find_root, find_root_above

        named = self.collection or os.environ.get("TRANSFERS_COLLECTION")
        return read_target(self.db, find_root(named) if named else find_root_above())

    def say(self, text: str) -> None:
        """Tell the user something that is not data."""
        if not self.silent:
            from transfers.render.visible import as_line

            sys.stderr.write(as_line(text) + "\n")

    @contextmanager
    def reading(self, **options: Any) -> Iterator[Connection]:
        """The database, open for reading, at the schema this program expects.

        Raises:
            DatabaseError: it is missing, damaged, foreign, or has another schema.
        """
        from transfers.db import reading
        from transfers.schema.head import require_head

        with reading(self.target(), **options) as connection:
            for note in connection.notes:
                self.say(f"note: {note}")
            require_head(connection)
            yield connection
