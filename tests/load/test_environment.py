"""Where and how the program runs makes no difference: the same files give the same bytes."""

import hashlib
import shutil
import subprocess
import sys

import pytest

from tests.cli_load.command import command, environment, transfers
from tests.load.made_up import make_collection, record_of

ENVIRONMENTS = {
    "C": {"LC_ALL": "C"},
    "C without UTF-8 mode": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "ASCII streams": {"PYTHONIOENCODING": "ascii"},
    "Kiritimati": {"TZ": "Pacific/Kiritimati"},
    "Turkish": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
    "no home": {"HOME": None, "XDG_DATA_HOME": None},
    "narrow": {"COLUMNS": "20", "NO_COLOR": "1"},
    **{f"hash seed {seed}": {"PYTHONHASHSEED": str(seed)} for seed in range(10)},
}


@pytest.fixture(scope="module")
def collection(tmp_path_factory):
    made = make_collection(tmp_path_factory.mktemp("environment") / "collection")
    record = record_of("courier-fifth")
    record["claims"][0]["summary"] = "“Zwei” Zeilen:\nкириллица, فارسی, \U0001f985 and \x09 a tab."
    record["aliases"] = [{"system": "heron", "name": "苍鹭 Ünal", "kind": "transliteration", "quote": "asked for the Heron",
                          "inferred": {"name": "made up"}}]
    record["aliases"][0]["name"] = "Heron"
    made.write_record(record)
    return made


@pytest.fixture(scope="module")
def reference(collection, sqlite_template, tmp_path_factory):
    return load_and_export(collection, sqlite_template, tmp_path_factory.mktemp("reference"))


def load_and_export(collection, template, folder, **options):
    """The SHA-256 of the canonical export after a load, and of its report."""
    db = folder / "transfers.db"
    shutil.copyfile(template, db)
    place = ("--db", str(db), "--collection", str(collection.root))
    loaded = transfers(*place, "load", "--json", **options)
    assert (loaded.code, loaded.err) == (0, "")
    exported = transfers(*place, "export", "canonical", "--with-texts", **options)
    assert (exported.code, exported.err) == (0, "")
    assert "кириллица" in exported.out
    return hashlib.sha256(exported.out.encode()).hexdigest(), loaded.out


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_the_environment_makes_no_difference(name, collection, sqlite_template, reference, tmp_path):
    assert load_and_export(collection, sqlite_template, tmp_path, env=ENVIRONMENTS[name]) == reference


@pytest.mark.parametrize("flags", [("-O",), ("-OO",), ("-X", "dev"), ("-B", "-s")], ids=" ".join)
def test_flags_of_python_make_no_difference(flags, collection, sqlite_template, reference, tmp_path):
    assert load_and_export(collection, sqlite_template, tmp_path, python=flags) == reference


def test_a_folder_that_was_deleted_makes_no_difference(collection, sqlite_template, reference, tmp_path):
    db = tmp_path / "transfers.db"
    shutil.copyfile(sqlite_template, db)
    gone = tmp_path / "gone"
    gone.mkdir()
    place = ("--db", str(db), "--collection", str(collection.root))
    script = "import os, sys; os.chdir(sys.argv[1]); os.rmdir(sys.argv[1]); os.execv(sys.argv[2], sys.argv[2:])"
    outs = []
    for arguments in (("load", "--json"), ("export", "canonical", "--with-texts")):
        gone.mkdir(exist_ok=True)
        done = subprocess.run(
            [sys.executable, "-c", script, str(gone), *command(*place, *arguments)], env=environment(), capture_output=True, check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        outs.append(done.stdout)
    assert (hashlib.sha256(outs[1]).hexdigest(), outs[0].decode()) == reference


@pytest.mark.parametrize("arguments", [
    ("load",), ("check",), ("load", "data/records/2023/courier-fifth.yaml"), ("query",), ("--db", "x.db", "query"),
    ("--collection", "here", "load"), ("init", "there"), ("db", "check"), ("db", "current"), ("export", "canonical", "-o", "out"),
    ("db", "backup", "there"), ("db", "restore", "there"),
])
def test_what_needs_a_folder_says_that_there_is_none(arguments, tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    script = "import os, sys; os.chdir(sys.argv[1]); os.rmdir(sys.argv[1]); os.execv(sys.argv[2], sys.argv[2:])"
    done = subprocess.run(
        [sys.executable, "-c", script, str(gone), *command(*arguments)], env=environment(HOME=str(tmp_path)), capture_output=True,
        check=False,
    )
    said = done.stderr.decode()
    assert done.returncode in (1, 2, 3), said
    assert "Traceback" not in said
    assert "output" not in said
    assert said.startswith("error: ")
    assert said.count("\n") == 1


def test_the_folder_one_stands_in_makes_no_difference(collection, sqlite_template, reference, tmp_path):
    deep = collection.root / "data" / "records" / "2023"
    db = tmp_path / "transfers.db"
    shutil.copyfile(sqlite_template, db)
    loaded = transfers("--db", str(db), "load", "--json", cwd=deep)
    assert loaded.out == reference[1]
    assert transfers("--db", str(db), "load", cwd=deep).err == "unchanged: 5 records, nothing to do\n"
    named = transfers("--db", str(db), "load", "courier-fifth.yaml", "../2023", cwd=deep)
    assert (named.code, named.err) == (0, "unchanged: 5 records, nothing to do\n")
