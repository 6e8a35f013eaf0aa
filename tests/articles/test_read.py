"""The file of an article: the bytes that were reviewed, or a refusal that says what is different."""

import hashlib
import os
import socket
import time

import pytest

from transfers.articles.read import LARGEST, read_article
from transfers.errors import ArticleError
from transfers.files import FileError, find_changed, read_file

TEXT = "Made up for tests.\nSecond line: Zoë.\n"


def sha256(data):
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def root(tmp_path):
    (tmp_path / "made/seeds").mkdir(parents=True)
    (tmp_path / "made/seeds/a.txt").write_bytes(TEXT.encode())
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/secret.txt").write_bytes(b"secret")
    return tmp_path / "made"


def read(root, path="seeds/a.txt", data=None, format_="text", **more):
    return read_article(str(root), path, format_, sha256(TEXT.encode() if data is None else data), **more)


def refusal(root, *arguments, **more):
    with pytest.raises(ArticleError) as caught:
        read(root, *arguments, **more)
    return str(caught.value)


def test_an_article_is_read_with_the_hashes_of_file_and_text(root):
    article = read(root)
    assert article.text == article.plain.text == TEXT.strip()
    assert article.raw == TEXT
    assert article.raw_sha256 == sha256(TEXT.encode())
    assert article.text_sha256 == sha256(TEXT.strip().encode())
    assert article.norm == "plain-nfc-1"


def test_a_byte_order_mark_is_no_part_of_the_text(root):
    data = b"\xef\xbb\xbf" + TEXT.encode()
    (root / "seeds/a.txt").write_bytes(data)
    article = read(root, data=data)
    assert article.raw == TEXT
    assert article.text.startswith("Made up")


def test_a_changed_file_is_refused_with_both_hashes(root):
    (root / "seeds/a.txt").write_bytes(TEXT.replace("Second", "second").encode())
    found = sha256(TEXT.replace("Second", "second").encode())
    assert refusal(root) == f"is not the file that was reviewed (sha256 {found}, the record says {sha256(TEXT.encode())})"


@pytest.mark.parametrize(("reviewed", "found"), [("\n", "\r\n"), ("\r\n", "\n")])
def test_changed_line_ends_are_named_as_such(root, reviewed, found):
    (root / "seeds/a.txt").write_bytes(TEXT.replace("\n", found).encode())
    assert refusal(root, data=TEXT.replace("\n", reviewed).encode()).startswith("is not the file that was reviewed; its line ends were changed (sha256 ")


def test_one_changed_letter_beside_the_line_ends_is_not_called_line_ends(root):
    (root / "seeds/a.txt").write_bytes(TEXT.replace("\n", "\r\n").replace("Z", "z").encode())
    assert "line ends" not in refusal(root)


@pytest.mark.parametrize(("data", "line"), [(b"a\nb\xe9\n", 2), (b"\xff\xfea\0", 1), (b"a\n\n\xc3", 3), (b"\xed\xa0\x80", 1)])
def test_a_file_that_is_not_utf_8_is_refused_with_its_line(root, data, line):
    (root / "seeds/a.txt").write_bytes(data)
    assert refusal(root, data=data) == f"is not UTF-8 on line {line}"


def test_a_rule_that_nobody_knows_is_refused(root):
    assert refusal(root, norm="plain-nfc-9") == "was read with the rule plain-nfc-9, which this program does not know"


# --- paths ------------------------------------------------------------------------------------------------------------
ESCAPES = [
    "../outside/secret.txt", "seeds/../../outside/secret.txt", "seeds/../seeds/a.txt", "/etc/passwd", "//etc/passwd", "./../outside/secret.txt",
    "linked.txt", "seeds/linked.txt", "linked/secret.txt", "seeds/inner/a.txt", "seeds/a.txt\0", "a\0b", "seeds\0/a.txt", "seeds/", "seeds", "", ".", "..", "/", "seeds/.",
    "seeds/..", "seeds/a.txt/", "seeds/a.txt/b", "..\\outside\\secret.txt", "file:///etc/passwd", "~/secret", "seeds/a.txt ", " seeds/a.txt", "SEEDS/A.TXT", "none.txt",
    "none/a.txt", "loop/a.txt", "seeds/" + "x" * 300, "x/" * 3_000 + "a",
]


@pytest.mark.parametrize("path", ESCAPES)
def test_a_path_that_leads_elsewhere_is_refused(root, path):
    (root / "linked.txt").symlink_to("../outside/secret.txt")
    (root / "seeds/linked.txt").symlink_to("a.txt")
    (root / "linked").symlink_to("../outside")
    (root / "seeds/inner").symlink_to(".")
    (root / "loop").symlink_to("loop")
    with pytest.raises(FileError):
        read_file(str(root), path, 1_000)
    with pytest.raises(ArticleError):
        read_article(str(root), path, "text", sha256(b"secret"))


def test_the_root_itself_may_stand_behind_a_link(root, tmp_path):
    (tmp_path / "by-link").symlink_to("made")
    assert read(tmp_path / "by-link").raw == TEXT
    assert read_file(str(tmp_path / "by-link"), "seeds/a.txt", 1_000).path == "seeds/a.txt"


def test_a_pipe_a_device_a_socket_and_a_folder_are_refused_at_once(root, tmp_path, monkeypatch):
    os.mkfifo(root / "seeds/pipe.txt")
    (root / "seeds/folder.txt").mkdir()
    monkeypatch.chdir(root)  # the name of a socket must be short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("seeds/socket.txt")
        started = time.monotonic()
        for name, says in (("pipe", "is not a plain file"), ("folder", "is not a plain file"), ("socket", "cannot be opened")):
            assert says in refusal(root, f"seeds/{name}.txt")
    with pytest.raises(FileError, match="is not a plain file"):
        read_file("/dev", "null", 1_000)
    with pytest.raises(FileError, match="is not a plain file"):
        read_file("/dev", "zero", 1_000)
    assert time.monotonic() - started < 1


def test_a_file_that_is_too_large_is_refused_without_being_read(root):
    with open(root / "seeds/large.txt", "wb") as file:
        file.truncate(100_000_000_000)  # more than there is memory; the disk holds nothing of it
    started = time.monotonic()
    assert refusal(root, "seeds/large.txt") == "has 100,000,000,000 bytes; at most 8,000,000 are read"
    assert time.monotonic() - started < 0.1


def test_a_file_of_exactly_the_largest_size_is_read(root):
    data = b"a" * LARGEST
    (root / "seeds/a.txt").write_bytes(data)
    assert len(read(root, data=data).text) == LARGEST
    (root / "seeds/a.txt").write_bytes(data + b"a")
    assert "at most 8,000,000 are read" in refusal(root)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_refused(root):
    (root / "seeds/a.txt").chmod(0)
    assert refusal(root) == "cannot be opened: Permission denied"


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 200_000])
def test_hashes_are_those_of_the_bytes(root, size):
    data = os.urandom(size)
    (root / "seeds/a.bin").write_bytes(data)
    file = read_file(str(root), "seeds/a.bin", 1_000_000)
    assert (file.path, file.data, file.sha256) == ("seeds/a.bin", data, sha256(data))
    assert find_changed(str(root), {"seeds/a.bin": sha256(data)}) == set()
    assert find_changed(str(root), {"seeds/a.bin": sha256(data + b"x")}) == {"seeds/a.bin"}


def test_a_file_that_is_gone_or_no_file_any_more_counts_as_changed(root):
    os.mkfifo(root / "seeds/pipe.txt")
    (root / "seeds/link.txt").symlink_to("a.txt")
    known = dict.fromkeys(["seeds/a.txt", "seeds/none.txt", "seeds", "seeds/pipe.txt", "seeds/link.txt"], sha256(TEXT.encode()))
    assert find_changed(str(root), known) == set(known) - {"seeds/a.txt"}
