"""Names of files that steer terminals, forge lines or are no text at all: they are shown harmless, or refused."""

import os
import re

import pytest

from tests.cli_load.command import inside as transfers
from tests.load.made_up import canon, record_of, record_path
from transfers.db import read_target

ESCAPES = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b]")
NAMES = ["a\x1b[2Jb", "a\nerror: all good", "a\rb", "a\x07b", "a\u202eb", "a\u200bb", "a\x9bb", "-rf", "--prune", "a b", "a'b\"c", "ü", "%s{}"]


def require_harmless(done):
    for stream in (done.out, done.err):
        assert not ESCAPES.search(stream), repr(stream)
    assert "Traceback" not in done.err
    assert not any(line == "error: all good" or line.startswith("error: all good") for line in done.err.splitlines()), done.err


@pytest.mark.parametrize("name", NAMES)
def test_a_record_with_such_a_name(name, collection, sqlite_target):
    collection.remove(record_path("courier-fifth"))
    path = f"data/records/2023/{name}.yaml"
    record = record_of("courier-fifth")
    record["claims"][0]["quote"] = "words that stand nowhere"
    collection.write_record(record, path)
    place = ("--db", sqlite_target.path, "--collection", str(collection.root))
    for arguments in (("load",), ("check",), ("check", "--json"), ("load", "--keep-going", "--json"), ("load", "--keep-going")):
        done = transfers(*place, *arguments)
        require_harmless(done)
        assert done.code == 1
    collection.write_record(record_of("courier-fifth"), path)
    for arguments in (("load",), ("load", "--json", "--", str(collection.file(path))), ("check", "--coverage")):
        done = transfers(*place, *arguments)
        require_harmless(done)
        assert done.code == 0, done
    collection.remove(path)
    for arguments in (("load",), ("load", "--json"), ("load", "--prune"), ("load",)):
        done = transfers(*place, *arguments)
        require_harmless(done)
        assert done.code == 0, done


def test_a_name_that_is_no_text_is_refused(collection, sqlite_target):
    before = canon(sqlite_target)
    place = os.path.join(os.fsencode(collection.root), b"data/records/2023/\xff.yaml")
    with open(place, "wb") as file:
        file.write(collection.file(record_path("courier-fifth")).read_bytes())
    for arguments in (("load",), ("check",), ("load", "--keep-going")):
        done = transfers("--db", sqlite_target.path, "--collection", str(collection.root), *arguments)
        assert done.code == 1, done
        assert "Traceback" not in done.err
        assert "name" in done.err
        done.err.encode("ascii")
    assert canon(sqlite_target) == before


@pytest.mark.parametrize("name", ["a\x1b[2Jb", "a\nerror: all good", "ü", "a b%20#?c"])
def test_a_database_with_such_a_name(name, collection, tmp_path):
    path = tmp_path / f"{name}.db"
    done = transfers("--db", str(path), "query")
    require_harmless(done)
    assert done.code == 3
    done = transfers("--db", str(path), "--collection", str(collection.root), "load")
    require_harmless(done)
    assert done.code == 0, done
    done = transfers("--db", str(path), "--collection", str(collection.root), "db", "path")
    require_harmless(done)
    assert len(canon(read_target(str(path)))) > 50


@pytest.mark.parametrize("name", ["a\x1b[2Jb", "a\nerror: all good", "ü", "a b"])
def test_a_collection_with_such_a_name(name, tmp_path):
    done = transfers("init", name, cwd=tmp_path)
    require_harmless(done)
    assert done.code == 0
    for arguments in (("load",), ("check",), ("load",), ("load", "nothing"), ("export", "canonical", "-o", "out"), ("db", "check")):
        done = transfers(*arguments, cwd=tmp_path / name)
        require_harmless(done)
        assert done.code == (2 if "nothing" in arguments else 0), done
    require_harmless(transfers("init", name, cwd=tmp_path))


@pytest.mark.parametrize("words", [("load", "a\x1b[2Jb"), ("lo\x1b[2Jad",), ("load", "--\x1b[2J"), ("init", "no\x1b/b")])
def test_words_that_steer_terminals(words, collection):
    done = transfers(*words, cwd=collection.root)
    require_harmless(done)
    assert done.code in (1, 2)


@pytest.mark.parametrize("source", ["../outside.txt", "/etc/passwd", "seeds/../../outside.txt", "seeds/link.txt", "seeds\\x.txt", "file:///etc/passwd"])
def test_an_article_outside_the_collection_is_refused(source, collection, sqlite_target, tmp_path):
    outside = tmp_path / "outside.txt"
    outside.write_bytes(collection.file("seeds/courier-fifth.txt").read_bytes())
    collection.file("seeds/link.txt").symlink_to(outside)
    record = record_of("courier-fifth")
    record["article"]["source"] = source
    collection.write_record(record)
    done = transfers("--db", sqlite_target.path, "--collection", str(collection.root), "load")
    assert done.code == 1
    assert "data/records/2023/courier-fifth.yaml:" in done.err
    assert "article.source" in done.err
    assert "Traceback" not in done.err
