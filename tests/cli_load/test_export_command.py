"""`transfers export canonical`: to stdout or into a new file."""

import hashlib

import pytest

from tests.cli_load.command import inside as transfers
from tests.load.made_up import canon


def test_to_stdout(collection, loaded):
    done = transfers("export", "canonical", "--with-texts", cwd=collection.root)
    assert (done.code, done.err) == (0, "")
    assert done.out == "".join(f"{line}\n" for line in canon(loaded))


def test_into_a_new_file(collection, loaded, tmp_path):
    path = tmp_path / "out.jsonl"
    done = transfers("export", "canonical", "-o", str(path), cwd=collection.root)
    assert (done.code, done.out, done.err) == (0, "", f"wrote {path}\n")
    assert path.read_text() == transfers("export", "canonical", cwd=collection.root).out
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    again = transfers("export", "canonical", "-o", str(path), cwd=collection.root)
    assert (again.code, again.out) == (1, "")
    assert again.err == f"error: {path} is there already; nothing is overwritten\n"
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert transfers("export", "canonical", "--silent", "--output", str(tmp_path / "b"), cwd=collection.root).err == ""


def test_into_no_folder(collection, loaded, tmp_path):
    done = transfers("export", "canonical", "-o", str(tmp_path / "no" / "out"), cwd=collection.root)
    assert (done.code, done.err) == (3, f"error: {tmp_path / 'no' / 'out'} cannot be written: No such file or directory\n")


@pytest.mark.parametrize("arguments", [("export",), ("export", "xml"), ("export", "canonical", "extra"), ("export", "canonical", "-o")])
def test_other_words_are_a_fault_of_usage(arguments, collection, loaded):
    done = transfers(*arguments, cwd=collection.root)
    assert done.code == 2
    assert "Traceback" not in done.err


def test_the_same_on_postgresql(collection, loaded, postgres_target):
    collection.load(postgres_target)
    done = transfers("--db", postgres_target.url, "export", "canonical", cwd=collection.root)
    assert (done.code, done.err) == (0, "")
    assert done.out == transfers("export", "canonical", cwd=collection.root).out
