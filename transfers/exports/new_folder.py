"""Writing a folder whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from transfers.errors import DatabaseError, InputError


@contextmanager
def new_folder(path: str) -> Iterator[str]:
    """A folder to write into, which appears under its name when everything is written.

    Raises:
        InputError: there is something at the path already.
        DatabaseError: it cannot be written; nothing is left of it.
    """
    wanted = os.path.abspath(path)
    if os.path.lexists(wanted):
        raise InputError(f"{path} is there already; nothing is overwritten")
    part = ""
    try:
        part = tempfile.mkdtemp(prefix=".", suffix=".part", dir=os.path.dirname(wanted))
        yield part
        _open_up(part)
        # A rename puts a folder in the place of an empty one: what came in between is looked for once more.
        if os.path.lexists(wanted):
            raise InputError(f"{path} is there already; nothing is overwritten")
        os.rename(part, wanted)
    except OSError as error:
        raise DatabaseError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        if part:
            shutil.rmtree(part, ignore_errors=True)


def _open_up(part: str) -> None:
    """The permissions of files and folders that this program writes: no more than the umask and the database itself allow."""
    for folder, _, names in os.walk(part):
        os.chmod(folder, 0o750)
        for name in names:
            os.chmod(os.path.join(folder, name), 0o640)
