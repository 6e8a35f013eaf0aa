"""Files that are there whole or not at all: written under another name, on the disk before they get their own."""

from __future__ import annotations

import contextlib
import os
import time

_DAY = 86_400


def part_name(path: str) -> str:
    """The name of an unfinished file beside a finished one."""
    return f"{path}.{os.getpid()}-{os.urandom(4).hex()}.tmp"


def free_name(beginning: str) -> str:
    """``<beginning>.bak``, or the first of ``<beginning>-2.bak``, ... that is not taken."""
    name, number = f"{beginning}.bak", 2
    while os.path.lexists(name):
        name, number = f"{beginning}-{number}.bak", number + 1
    return name


def make_empty(path: str, mode: int) -> None:
    """An empty file with exactly these permissions, whatever the umask is.

    Raises:
        OSError: it is there already, or cannot be made.
    """
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, mode)
    try:
        if hasattr(os, "fchmod"):
            os.fchmod(descriptor, mode)
    finally:
        os.close(descriptor)


def publish(part: str, wanted: str) -> None:
    """Give a finished file its name, never over another one.

    Raises:
        FileExistsError: the name is taken.
    """
    try:
        os.link(part, wanted)
        os.unlink(part)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links: between the look and the renaming another process could take the name.
        if os.path.lexists(wanted):
            raise FileExistsError(wanted) from None
        os.rename(part, wanted)
    sync_folder(wanted)


def replace(part: str, path: str) -> None:
    """Put a finished file in the place of another."""
    os.replace(part, path)
    sync_folder(path)


def sync_folder(path: str) -> None:
    """Have the names in the folder of a file written to the disk."""
    if os.name == "nt":
        return
    descriptor = os.open(os.path.dirname(path), os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove(path: str) -> None:
    """Remove a file, if it is there."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        os.unlink(path)


def sweep(path: str) -> None:
    """Remove the unfinished files beside a file that killed processes left there more than a day ago."""
    folder, name = os.path.split(path)
    with contextlib.suppress(OSError):
        for entry in os.scandir(folder):
            if entry.name.startswith(name + ".") and entry.name.endswith((".tmp", ".tmp-journal")):
                with contextlib.suppress(OSError):
                    if time.time() - entry.stat(follow_symlinks=False).st_mtime > _DAY:
                        os.unlink(entry.path)
