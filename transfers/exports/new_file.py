"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from transfers.errors import DatabaseError, InputError


@contextmanager
def new_file(path: str) -> Iterator[TextIO]:
    """A text file (UTF-8, plain line ends) that appears under its name when everything is written.

    Raises:
        InputError: there is something at the path already.
        DatabaseError: the file cannot be written; nothing is left of it.
    """
    if os.path.lexists(path):
        raise InputError(f"{path} is there already; nothing is overwritten")
    part = ""
    try:
        handle, part = tempfile.mkstemp(prefix=".", suffix=".part", dir=os.path.dirname(os.path.abspath(path)))
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            yield file
        os.chmod(part, 0o640)
        os.link(part, path)  # unlike a rename it does not replace what came in between
    except FileExistsError as error:
        raise InputError(f"{path} is there already; nothing is overwritten") from error
    except OSError as error:
        raise DatabaseError(f"{path} cannot be written: {error.strerror}") from error
    finally:
        if part and os.path.exists(part):
            os.unlink(part)
