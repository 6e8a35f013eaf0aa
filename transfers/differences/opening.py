"""From what a user typed to a side: a database, a file, or the id of a register in the usual database."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

from transfers.db import Connection, Target, read_target, reading
from transfers.differences.canonical import BEGINNING, canonical_side
from transfers.differences.databases import database_side, find_registers, imported_side
from transfers.differences.registers import release_side
from transfers.differences.sides import Side
from transfers.errors import DatabaseError, InputError
from transfers.schema.head import require_head

_SQLITE: Final = b"SQLite format 3\0"


@contextmanager
def open_side(word: str, usual: Target, say: Callable[[str], None] = lambda note: None) -> Iterator[Side]:
    """The side that a word names, for as long as it is read.

    Args:
        word: the path of a database, of a canonical export or of a register; the URL of a database; or the id of a register
            in the usual database. A file goes before an id.
        usual: the usual database.
        say: is told what the user should know.

    Raises:
        DatabaseError: there is no such thing, or it cannot be read. Also while the side is read.
        UsageError: the URL is not understood.
        BusyError: another process holds the database.
    """
    with _readable():
        if "://" in word:
            with _open_database(read_target(word), say) as connection:
                yield database_side(connection)
        elif os.path.lexists(word):
            with _open_file(word, say) as side:
                yield side
        else:
            with _open_imported(word, usual, say) as side:
                yield side


@contextmanager
def _readable() -> Iterator[None]:
    """Whatever is wrong with a side ends the command as a side that cannot be read: 1 means that the sides differ."""
    try:
        yield
    except InputError as error:
        error.exit_code = DatabaseError.exit_code
        raise


@contextmanager
def _open_database(target: Target, say: Callable[[str], None]) -> Iterator[Connection]:
    with reading(target) as connection:
        for note in connection.notes:
            say(f"note: {note}")
        require_head(connection)
        with connection.snapshot():
            yield connection


@contextmanager
def _open_file(path: str, say: Callable[[str], None]) -> Iterator[Side]:
    try:
        file = open(path, "rb")  # noqa: SIM115 - closed below; what is wrong with opening it is told here, and nothing else
    except IsADirectoryError as error:
        raise DatabaseError(f"{path} is a folder; name a database, a canonical export or a register") from error
    except OSError as error:
        raise DatabaseError(f"{path} cannot be read: {error.strerror}") from error
    with file:
        try:
            beginning = file.peek(len(BEGINNING))
            plain = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
        except OSError as error:
            raise DatabaseError(f"{path} cannot be read: {error.strerror}") from error
        if beginning.startswith(BEGINNING):
            yield canonical_side(file, path)
        elif not plain or not beginning:
            raise DatabaseError(f"{path} is empty, or no plain file; name a database, a canonical export or a register")
        elif beginning.startswith(_SQLITE):
            with _open_database(read_target(os.path.abspath(path)), say) as connection:
                yield database_side(connection, path)
        else:
            from transfers.registers import read_release

            # A name, because not every form says when it was generated, and to compare nobody needs to know.
            yield release_side(read_release(path, name="compared"), path)


@contextmanager
def _open_imported(word: str, usual: Target, say: Callable[[str], None]) -> Iterator[Side]:
    """A register in the usual database."""
    with ExitStack() as opened:
        try:
            connection = opened.enter_context(_open_database(usual, say))
        except DatabaseError as error:
            raise DatabaseError(f"there is no file {word}, and no database to look for a register of this name: {error}") from error
        known = find_registers(connection)
        if word not in known:
            listed = f"; registers there: {', '.join(known)}" if known else "; it holds no registers"
            raise DatabaseError(f"there is no file {word}, and no register of this name in {usual.shown}{listed}")
        yield imported_side(connection, word)
