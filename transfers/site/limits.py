"""What one statement may take: the memory of the machine is not its limit.

SQLite limits a single value by itself. It does not limit what an answer of many values takes, and the clock does not help,
because one call can fill gigabytes before anybody looks at it: so rows are weighed as they come.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from weakref import ref

from datasette.utils.sqlite import sqlite3

LONGEST_VALUE: Final = 5_000_000  # bytes of one value; the longest article is shorter
WIDEST_ANSWER: Final = 100  # columns; our widest view has 44
LARGEST_ANSWER: Final = 20_000_000  # characters and bytes of all rows of an answer together


class AnswerTooLargeError(sqlite3.OperationalError):  # type: ignore[misc]
    """An answer has more in it than is sent; Datasette shows the text as it shows an error of SQLite."""


class Weighed:
    """Makes the rows of a connection as Datasette wants them, and stops an answer that becomes too large."""

    __slots__ = ("_cursor", "_weight")

    def __init__(self) -> None:
        self._cursor: Callable[[], Any] = lambda: None
        self._weight = 0

    def __call__(self, cursor: Any, row: tuple[Any, ...]) -> Any:
        """A row of Datasette's kind."""
        if self._cursor() is not cursor:
            self._cursor, self._weight = ref(cursor), 0
        for value in row:
            if isinstance(value, str | bytes):
                self._weight += len(value)
        if self._weight > LARGEST_ANSWER:
            raise AnswerTooLargeError("the answer is too large; ask for fewer rows or columns")
        return sqlite3.Row(cursor, row)


def limit(driver: Any) -> None:
    """Put the limits on a connection."""
    driver.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    driver.setlimit(sqlite3.SQLITE_LIMIT_COLUMN, WIDEST_ANSWER)
    driver.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    driver.set_authorizer(_authorise)
    driver.row_factory = Weighed()


def _authorise(action: int, first: str | None, second: str | None, *_: object) -> int:
    """Refuse what Datasette does not refuse by itself: the name of the file, other files, code from libraries."""
    # Datasette reads the pragma itself; a query can only reach it as a table.
    if action == sqlite3.SQLITE_READ and first == "pragma_database_list":
        return int(sqlite3.SQLITE_DENY)
    if action in (sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH) or (action, second) == (sqlite3.SQLITE_FUNCTION, "load_extension"):
        return int(sqlite3.SQLITE_DENY)
    return int(sqlite3.SQLITE_OK)


def limit_process(driver: Any, memory: int) -> None:
    """Let SQLite take so many bytes in this process, whatever statements hold at the same time; it cannot be raised again."""
    driver.execute(f"PRAGMA hard_heap_limit = {memory:d}")
