"""The files of the page of downloads."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from threading import Lock
from typing import TYPE_CHECKING, Final

from transfers.exports.about import Wanted, read_about
from transfers.exports.formats import write_folder
from transfers.site.answering import NotFoundError, Reply
from transfers.site.metadata import tables
from transfers.site.snapshot import FILE_NAME

if TYPE_CHECKING:
    from transfers.db import Connection
    from transfers.site.answering import Asked

PACKED: Final = {f"transfers-{name}.zip": name for name in ("csv", "parquet", "datapackage")}
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)  # of the calendar of ZIP: the same data give the same bytes
# By the file that is served, its time, and the form: packed once, as long as nothing changes it.
_packed: dict[tuple[str, int, str], str] = {}
_packing: Final = Lock()


def read(connection: Connection, asked: Asked) -> Reply:
    """The file that is asked for."""
    if asked.id == FILE_NAME and asked.site.file and asked.site.still:
        return Reply(
            file=asked.site.file, content_type="application/vnd.sqlite3", headers=_named(FILE_NAME),
        )
    if asked.id in offered():
        path, passing = _read_packed(connection, asked)
        return Reply(file=path, passing=passing, content_type="application/zip", headers=_named(asked.id))
    raise NotFoundError("There is no such file.")


def offered() -> list[str]:
    """The packed files that this installation can make."""
    from importlib.util import find_spec

    return [name for name, form in PACKED.items() if form != "parquet" or find_spec("pyarrow")]


def _named(name: str) -> dict[str, str]:
    return {"content-disposition": f'attachment; filename="{name}"'}


def _read_packed(connection: Connection, asked: Asked) -> tuple[str, bool]:
    """The packed tables, and whether they are for this answer alone."""
    form = PACKED[asked.id]
    if not asked.site.still:
        return _pack(connection, form), True
    served = asked.site.file, os.stat(asked.site.file).st_mtime_ns, form
    with _packing:
        if served not in _packed:
            _packed[served] = _pack(connection, form)
            atexit.register(shutil.rmtree, os.path.dirname(_packed[served]), ignore_errors=True)
        return _packed[served], False


def _pack(connection: Connection, form: str) -> str:
    folder = tempfile.mkdtemp(prefix=f"transfers-{form}-")
    inside, path = os.path.join(folder, "files"), os.path.join(folder, "packed.zip")
    try:
        os.mkdir(inside)
        write_folder(connection, form, read_about(connection, Wanted()), tables(), inside)
        with zipfile.ZipFile(path, "w") as packed:
            for name in _files(inside):
                _add(packed, inside, name)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    shutil.rmtree(inside)
    return path


def _files(folder: str) -> Iterator[str]:
    found = (os.path.join(place, name) for place, _, names in os.walk(folder) for name in names)
    yield from sorted(os.path.relpath(path, folder) for path in found)


def _add(packed: zipfile.ZipFile, folder: str, name: str) -> None:
    about = zipfile.ZipInfo(name.replace(os.sep, "/"), _FIRST_DAY)
    about.compress_type = zipfile.ZIP_DEFLATED
    with open(os.path.join(folder, name), "rb") as file, packed.open(about, "w", force_zip64=True) as to:
        shutil.copyfileobj(file, to)
