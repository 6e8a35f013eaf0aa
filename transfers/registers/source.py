"""The bytes of a register file: looked through once for what no register holds, then read as lines, in little memory."""

from __future__ import annotations

import codecs
import errno
import hashlib
import os
import re
import stat

from transfers.errors import Problem, ProblemsError

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO, Final

LARGEST: Final = 1_000_000_000  # bytes; the whole register of 29,515 deals has about 4 million
LONGEST_LINE: Final = 65_536  # bytes; the longest record that was seen has 800
MOST_PROBLEMS: Final = 20
_AT_ONCE: Final = 262_144  # bytes that are read at once
_HEAD: Final = 65_536  # bytes in which the header must stand

_PACKED: Final = ((b"\x1f\x8b", "gzip"), (b"PK\x03\x04", "ZIP"), (b"BZh", "bzip2"), (b"\xfd7zXZ", "xz"), (b"7z\xbc\xaf", "7-Zip"))
_MARKS: Final = ((b"\xef\xbb\xbf", "UTF-8"), (b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))
# Two or three bytes that are one letter in UTF-8 and nonsense in Windows-1252. Lead bytes that are letters there are left
# alone before what can follow a letter: typographic quotes, dashes, dots, and letters.
_UTF_8_SHOWS: Final = re.compile(
    rb"[\xc2\xc3][\x80-\xbf]|[\xc4-\xdf][\x80-\x84\x86-\x89\x8b-\x8d\x8f\x90\x98\x99\x9b\x9d\xa0-\xbf]|[\xe0-\xef][\x80-\xbf]{2}"
)


class Problems:
    """What is wrong with one file, up to twenty; then reading stops.

    Attributes:
        path: the file, as it is shown.
    """

    __slots__ = ("_found", "path")

    def __init__(self, path: str) -> None:
        self.path = path
        self._found: list[Problem] = []

    def add(self, line: int, field: str, sentence: str) -> None:
        """Note a problem.

        Raises:
            ProblemsError: it is the twentieth.
        """
        self._found.append(Problem(self.path, line, field, sentence))
        if len(self._found) >= MOST_PROBLEMS:
            last = self._found[-1][1]
            self._found.append(Problem(self.path, 0, "", f"reading stopped at line {last:,}, after {MOST_PROBLEMS} problems"))
            raise ProblemsError(self._found)

    def stop(self, line: int, field: str, sentence: str) -> ProblemsError:
        """The error for a problem after which there is no use in reading on."""
        return ProblemsError([*self._found, Problem(self.path, line, field, sentence)])

    def settle(self) -> None:
        """Raise what was found.

        Raises:
            ProblemsError: anything was.
        """
        if self._found:
            raise ProblemsError(self._found)

    def __len__(self) -> int:
        return len(self._found)


class Source:
    """A register file that was looked through.

    Attributes:
        path: where it lies.
        sha256: of its bytes.
        is_ascii: whether all its bytes are ASCII.
        is_utf_8: whether they are valid UTF-8.
        head: its first bytes, whole lines where they are not cut.
    """

    __slots__ = ("head", "is_ascii", "is_utf_8", "path", "sha256")

    def __init__(self, path: str, sha256: str, head: bytes, *, is_ascii: bool, is_utf_8: bool) -> None:
        self.path, self.sha256, self.head, self.is_ascii, self.is_utf_8 = path, sha256, head, is_ascii, is_utf_8

    def blocks(self, problems: Problems, encoding: str, *, foreign: bytes = b"\0") -> Iterator[tuple[int, list[str]]]:
        """The lines without their line feeds, some hundreds at once, each time with the number of the first.

        Args:
            problems: takes what is wrong with the bytes.
            encoding: ``cp1252`` or ``utf-8``.
            foreign: how a line begins that may be in another encoding.

        Raises:
            ProblemsError: a line is too long, cannot be decoded, or the file is no longer the one that was looked through.
        """
        number, rest, digest = 1, b"", hashlib.sha256()
        with open_plain(self.path, problems) as file:
            while data := file.read(_AT_ONCE):
                digest.update(data)
                end = data.rfind(b"\n")
                if end < 0:
                    rest += data
                    if len(rest) > LONGEST_LINE:
                        raise problems.stop(number, "", f"is longer than {LONGEST_LINE:,} bytes")
                    continue
                whole, rest = rest + data[:end], data[end + 1:]
                lines = _decode(whole, number, encoding, problems, foreign).split("\n")
                yield number, lines
                number += len(lines)
        if digest.hexdigest() != self.sha256:
            raise problems.stop(0, "", "was changed while it was read; import it again")
        if rest:
            yield number, _decode(rest, number, encoding, problems, foreign).split("\n")


def open_plain(path: str, problems: Problems) -> BinaryIO:
    """A plain file, open for reading.

    Raises:
        ProblemsError: it is missing, no plain file, or larger than any register.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise problems.stop(0, "", "does not exist") from None
    except (OSError, ValueError) as error:
        is_folder = getattr(error, "errno", None) == errno.EISDIR
        reason = "is a folder" if is_folder else f"cannot be opened: {getattr(error, 'strerror', None) or error}"
        raise problems.stop(0, "", reason) from None
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise problems.stop(0, "", "is a folder" if stat.S_ISDIR(about.st_mode) else "is not a plain file")
        if about.st_size > LARGEST:
            raise problems.stop(0, "", f"has {about.st_size:,} bytes; at most {LARGEST:,} are read")
        return os.fdopen(handle, "rb", buffering=0)
    except BaseException:
        os.close(handle)
        raise


def look_through(path: str, problems: Problems) -> Source:
    """Read all bytes once: their hash, their encoding, and whether they can be a register at all.

    Raises:
        ProblemsError: the file is empty, packed, marked as Unicode, or holds a NUL.
    """
    digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
    is_ascii = is_utf_8 = True
    head, line = b"", 1
    with open_plain(path, problems) as file:
        while data := _read(file, problems):
            if not head:
                _refuse_by_first_bytes(data, problems)
            if len(head) < _HEAD:
                head += data[:_HEAD - len(head)]
            digest.update(data)
            if b"\0" in data:
                raise problems.stop(line + data.count(b"\n", 0, data.index(b"\0")), "", "holds a NUL byte; the file is damaged")
            line += data.count(b"\n")
            is_ascii = is_ascii and data.isascii()
            if is_utf_8 and not is_ascii:
                try:
                    decoder.decode(data)
                except UnicodeDecodeError:
                    is_utf_8 = False
    if not head:
        raise problems.stop(0, "", "is empty")
    if is_utf_8 and not is_ascii:
        is_utf_8 = decoder.getstate()[0] == b""
    return Source(path, digest.hexdigest(), head, is_ascii=is_ascii, is_utf_8=is_utf_8)


def _read(file: BinaryIO, problems: Problems) -> bytes:
    try:
        return file.read(_AT_ONCE)
    except OSError as error:
        raise problems.stop(0, "", f"cannot be read: {error.strerror}") from None


def _refuse_by_first_bytes(data: bytes, problems: Problems) -> None:
    for mark, name in _PACKED:
        if data.startswith(mark):
            raise problems.stop(0, "", f"is compressed ({name}); unpack it and import what is inside")
    for mark, name in _MARKS:
        if data.startswith(mark):
            raise problems.stop(
                1, "", f"begins with the mark of {name}, which no register does: another program has saved it again; "
                "import the file as it was downloaded",
            )


def _decode(data: bytes, number: int, encoding: str, problems: Problems, foreign: bytes) -> str:
    """Text of whole lines. What the encoding does not have, or bytes that are plainly of the other one, stop the import."""
    if data.isascii():
        return data.decode("ascii")
    if encoding == "cp1252":
        for shows in _UTF_8_SHOWS.finditer(data):
            if not data.startswith(foreign, data.rfind(b"\n", 0, shows.start()) + 1):
                raise problems.stop(
                    number + data.count(b"\n", 0, shows.start()), "", f"holds UTF-8 ({_as_hex(shows[0])}) in a file that is "
                    "Windows-1252: another program has saved it again; import the file as it was downloaded",
                )
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "cp1252" and data.startswith(foreign, data.rfind(b"\n", 0, error.start) + 1):
            return data.decode("cp1252", "replace")
        name = "Windows-1252" if encoding == "cp1252" else "UTF-8"
        raise problems.stop(
            number + data.count(b"\n", 0, error.start), "",
            f"holds a byte ({_as_hex(data[error.start:error.start + 1])}) that {name} does not have",
        ) from None


def _as_hex(data: bytes) -> str:
    return " ".join(f"0x{byte:02x}" for byte in data)
