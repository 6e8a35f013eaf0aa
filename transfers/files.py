"""Reading plain files: bytes and hashes, and nothing that is a link, a device, a pipe or outside its folder."""

from __future__ import annotations

import errno
import hashlib
import os
import stat

from transfers.errors import InputError

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Final

_AT_ONCE: Final = 65_536  # bytes; nearly every file is smaller
_LARGEST: Final = 16_000_000  # no file that was loaded is larger
_INSIDE: Final[dict[tuple[str, str], bool]] = {}


class FileError(InputError):
    """A file cannot be read; the text reads after the name of the file."""


class FileBytes:
    """One file as it stands on disk: its path from the root of the collection, its bytes and their SHA-256."""

    __slots__ = ("data", "path", "sha256")

    def __init__(self, path: str, data: bytes, sha256: str) -> None:
        self.path = path
        self.data = data
        self.sha256 = sha256


def read_file(root: str, path: str, largest: int) -> FileBytes:
    """The bytes of a plain file below a folder.

    Args:
        root: the folder.
        path: the file, relative to it, with ``/`` between its parts.
        largest: bytes that the file may have.

    Raises:
        FileError: the file is missing, too large, no plain file, a link, or leads outside; nothing of it was read then.
    """
    folder, _, name = path.rpartition("/")
    if "\0" in path or not _is_inside(root, folder) or name in ("", ".", ".."):
        raise FileError("is a link, or leads out of the collection")
    full = f"{root}/{path}"
    try:
        handle = os.open(full, os.O_RDONLY | os.O_NONBLOCK | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError as error:
        raise FileError("does not exist") from error
    except OSError as error:
        linked = error.errno in (errno.ELOOP, errno.EMLINK)
        raise FileError("is a link" if linked else f"cannot be opened: {error.strerror}") from error
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise FileError("is not a plain file")
        if about.st_size > largest:
            raise FileError(f"has {about.st_size:,} bytes; at most {largest:,} are read")
        data = os.read(handle, about.st_size + 1)
        while len(data) < about.st_size and (more := os.read(handle, about.st_size - len(data))):
            data += more
    except OSError as error:
        raise FileError(f"cannot be read: {error.strerror}") from error
    finally:
        os.close(handle)
    return FileBytes(path, data, hashlib.sha256(data).hexdigest())


def _is_inside(root: str, folder: str) -> bool:
    """Whether a folder below the root is what its path says: no link on the way, no way out. Asked once for each folder."""
    known = _INSIDE.get((root, folder))
    if known is None:
        parts = [part for part in folder.split("/") if part]
        known = os.path.realpath(os.path.join(root, *parts)) == os.path.join(os.path.realpath(root), *parts)
        _INSIDE[root, folder] = known
    return known


def find_changed(root: str, known: Mapping[str, str]) -> set[str]:
    """The files below a folder that have other bytes than those of a known SHA-256, or cannot be read.

    One loop with as little in it as possible, because every load runs it over all files of a collection.
    """
    changed = set()
    open_, read, close, sha256 = os.open, os.read, os.close, hashlib.sha256
    flags = os.O_RDONLY | os.O_NONBLOCK | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    for path, known_sha256 in known.items():
        try:
            handle = open_(f"{root}/{path}", flags)
        except OSError:
            changed.add(path)
            continue
        try:
            data = read(handle, _AT_ONCE)
            if len(data) == _AT_ONCE:
                data += read(handle, _LARGEST)
        except OSError:
            data = b""
        finally:
            close(handle)
        if sha256(data).hexdigest() != known_sha256:
            changed.add(path)
    return changed
