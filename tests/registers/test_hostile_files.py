"""Files that are no registers, or registers that somebody has tampered with: a sentence, a line, and little memory."""

import gzip
import io
import os
import tracemalloc
import zipfile

import pytest

from tests.registers.made_up import PREAMBLE, TRADE_HEADER, deal, deliveries, delivery, trade_register
from transfers.errors import ProblemsError
from transfers.registers import read_release
from transfers.registers.source import Problems, look_through


def packed_as_zip(data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("../register.csv", data)
    return made.getvalue()


@pytest.mark.parametrize(("make", "says"), [
    (gzip.compress, "is compressed (gzip); unpack it"),
    (lambda data: gzip.compress(data)[:40], "is compressed (gzip); unpack it"),
    (packed_as_zip, "is compressed (ZIP); unpack it"),
    (lambda data: b"BZh" + data, "is compressed (bzip2)"),
    (lambda data: b"\xef\xbb\xbf" + data, ":1: begins with the mark of UTF-8"),
    (lambda data: data.decode("cp1252").encode("utf-16"), ":1: begins with the mark of UTF-16"),
    (lambda data: data.decode("cp1252").encode("utf-16-le"), ":1: holds a NUL byte"),
    (lambda data: data.replace(b"Thunder", b"Thun\0er"), ":7: holds a NUL byte"),
    (lambda data: data + data[data.rindex(b"Atlantis"):].replace(b"\xf6", b"\xc3\xb6"), ":9: holds UTF-8 (0xc3 0xb6) in a file that is Windows-1252"),
    (lambda data: data.replace(b"\xf6", b"\x81"), ":8: holds a byte (0x81) that Windows-1252 does not have"),
    (lambda data: b"", "is empty"),
    (lambda data: data.replace(b"\n", b"\r"), ":1: ends its lines with carriage returns alone"),
    (lambda data: data.replace(b"Mj", b"x" * 400_000), ":8: "),
    (lambda data: b"<!DOCTYPE html><html>404</html>", ":1: is a web page, no register"),
    (lambda data: b"\r\n<html>504", ":1: is a web page, no register"),
    (lambda data: b'{"bytes": "VHJh"}', "has no header"),
])
def test_what_is_no_register_is_refused_with_a_sentence(tmp_path, make, says):
    trade_register(tmp_path / "a", [deal(), deal(designation="Mjölk-2")])
    (tmp_path / "b").write_bytes(make((tmp_path / "a").read_bytes()))
    with pytest.raises(ProblemsError) as caught:
        list(read_release(str(tmp_path / "b")))
    assert says in str(caught.value)


def test_an_unterminated_quotation_mark_swallows_nothing(tmp_path):
    rows = list(read_release(trade_register(tmp_path / "a", [deal(comment='"open'), *[deal()] * 1000])))
    assert len(rows) == 1001


def test_both_encodings_in_one_deliveries_file_are_refused(tmp_path):
    deliveries(tmp_path / "a", [delivery(designation="Mjölk-2"), delivery(designation="MjQlk-2")])
    (tmp_path / "a").write_bytes((tmp_path / "a").read_bytes().replace(b"Q", b"\xc3\xb6"))
    with pytest.raises(ProblemsError, match=":8: holds UTF-8"):
        list(read_release(str(tmp_path / "a")))


def test_folders_pipes_devices_and_missing_files_are_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path, says in (
        (tmp_path, "is a folder"), (tmp_path / "pipe", "is not a plain file"), ("/dev/zero", "is not a plain file"),
        (tmp_path / "none", "does not exist"), ("a\0b", "cannot be opened"), (tmp_path / "none" / "below", "does not exist"),
    ):
        with pytest.raises(ProblemsError, match=says):
            read_release(str(path))


def test_a_file_that_is_larger_than_any_register_is_not_read(tmp_path):
    with open(tmp_path / "a", "wb") as file:
        file.truncate(1_000_000_001)
    with pytest.raises(ProblemsError, match="has 1,000,000,001 bytes; at most 1,000,000,000 are read"):
        read_release(str(tmp_path / "a"))


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path):
    release = read_release(trade_register(tmp_path / "a", [deal()]))
    trade_register(tmp_path / "a", [deal(delivered="6")])
    with pytest.raises(ProblemsError, match="was changed while it was read"):
        list(release)


def test_a_header_far_inside_is_not_looked_for(tmp_path):
    (tmp_path / "a").write_bytes(b"remark\n" * 20_000 + f"{TRADE_HEADER}\n{deal()}\n".encode())
    with pytest.raises(ProblemsError, match="has no header"):
        read_release(str(tmp_path / "a"))


def test_eighty_megabytes_without_a_line_end_take_little_memory(tmp_path):
    with open(tmp_path / "a", "wb") as file:
        file.write(("\n".join(PREAMBLE) + "\n" + TRADE_HEADER + "\n").format(day="1 Jan 2024", years="").encode())
        for _ in range(80):
            file.write(b"x" * 1_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(ProblemsError, match=":7: is longer than 65,536 bytes"):
            list(read_release(str(tmp_path / "a")))
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.slow
def test_rows_are_read_a_few_at_once(tmp_path):
    release = read_release(trade_register(tmp_path / "a", [deal(comment=f"For {n} K-{n} frigates") for n in range(30_000)]))
    tracemalloc.start()
    try:
        assert sum(1 for _ in release) == 30_000
        assert tracemalloc.get_traced_memory()[1] < 25_000_000
    finally:
        tracemalloc.stop()


def test_the_hash_and_the_encoding_are_of_the_whole_file(tmp_path):
    trade_register(tmp_path / "a", [deal()] * 20_000 + [deal(designation="Mjölk-2")])
    source = look_through(str(tmp_path / "a"), Problems("a"))
    assert (source.is_ascii, source.is_utf_8) == (False, False)
    trade_register(tmp_path / "b", [deal()] * 20_000 + [deal(designation="Mjölk-2")], encoding="utf-8")
    source = look_through(str(tmp_path / "b"), Problems("b"))
    assert (source.is_ascii, source.is_utf_8) == (False, True)
