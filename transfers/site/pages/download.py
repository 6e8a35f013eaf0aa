"""The files of the page of downloads."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from threading import Lock
from typing import TYPE_CHECKING, Final, cast

from transfers.site.answering import NotFoundError, Reply
from transfers.site.csv_files import write_csv_files
from transfers.site.snapshot import FILE_NAME

if TYPE_CHECKING:
    from transfers.db import Connection
    from transfers.site.answering import Asked
    from transfers.site.databases import Lent

_packed: dict[tuple[str, int], str] = {}  # by the file that is served and its time: packed once, as long as nothing changes it
_packing: Final = Lock()


def read(connection: Connection, asked: Asked) -> Reply:
    """The file that is asked for."""
    if asked.id == FILE_NAME and asked.site.file and asked.site.still:
        return Reply(
            file=asked.site.file, content_type="application/vnd.sqlite3", headers=_named(FILE_NAME),
        )
    if asked.id == "transfers-csv.zip":
        path, passing = _read_packed(connection, asked)
        return Reply(file=path, passing=passing, content_type="application/zip", headers=_named(asked.id))
    raise NotFoundError("There is no such file.")


def _named(name: str) -> dict[str, str]:
    return {"content-disposition": f'attachment; filename="{name}"'}


def _read_packed(connection: Connection, asked: Asked) -> tuple[str, bool]:
    """The packed tables, and whether they are for this answer alone."""
    if not asked.site.still:
        return _pack(connection), True
    served = asked.site.file, os.stat(asked.site.file).st_mtime_ns
    with _packing:
        if served not in _packed:
            _packed[served] = _pack(connection)
            atexit.register(shutil.rmtree, os.path.dirname(_packed[served]), ignore_errors=True)
        return _packed[served], False


def _pack(connection: Connection) -> str:
    path = os.path.join(tempfile.mkdtemp(prefix="transfers-csv-"), "tables.zip")
    write_csv_files(cast("Lent", connection), path)
    return path
