"""What one statement may take: the memory of the machine is not its limit.

SQLite limits a single value by itself. It does not limit what an answer of many values takes, and the clock does not help,
because one call can fill gigabytes before anybody looks at it: so rows are weighed as they come.
"""

from __future__ import annotations

from typing import Any, Final

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
        self._cursor = 0
        self._weight = 0

    def __call__(self, cursor: Any, row: tuple[Any, ...]) -> Any:
        """A row of Datasette's kind."""
        return sqlite3.Row(cursor, self.plain(cursor, row))

    def plain(self, cursor: Any, row: tuple[Any, ...]) -> tuple[Any, ...]:
        """The row as it is."""
        if id(cursor) != self._cursor:
            self._cursor, self._weight = id(cursor), 0
        for value in row:
            if isinstance(value, str | bytes):
                self._weight += len(value)
        if self._weight > LARGEST_ANSWER:
            self._weight = 0
            raise AnswerTooLargeError("the answer is too large; ask for fewer rows or columns")
        return row


def limit(driver: Any) -> None:
    """Put the limits on a connection."""
    driver.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    driver.setlimit(sqlite3.SQLITE_LIMIT_COLUMN, WIDEST_ANSWER)
    driver.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    driver.row_factory = Weighed()


def limit_process(driver: Any, memory: int) -> None:
    """Let SQLite take so many bytes in this process, whatever statements hold at the same time; it cannot be raised again."""
    driver.execute(f"PRAGMA hard_heap_limit = {memory:d}")
