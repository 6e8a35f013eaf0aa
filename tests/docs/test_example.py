"""The example of the pages, and a new collection, are right as they stand."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from transfers.records.format import RECORD
from transfers.records.yaml_reader import read_yaml

EXAMPLE = Path(__file__).parents[2] / "docs" / "example"


def run(*words, cwd):
    return subprocess.run([sys.executable, "-m", "transfers", *words], cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture
def collection(tmp_path):
    return Path(shutil.copytree(EXAMPLE, tmp_path / "example"))


def test_the_example_leaves_no_sentence_out(collection):
    ran = run("check", "--coverage", "--strict", cwd=collection)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_a_denied_number_leaves_the_transfer_reported(collection):
    assert run("load", cwd=collection).returncode == 0
    sql = "select standing, denials, disputes, quantity_low, quantity_high from v_transfers"
    assert run("sql", sql, "--tsv", "--no-headers", cwd=collection).stdout.split() == ["reported", "0", "1", "4", "4"]


def test_the_example_says_that_it_is_made_up(collection):
    for path in [*collection.rglob("seeds/*"), collection / "data/registry/actors.yaml"]:
        assert "ade up" in path.read_text(encoding="utf-8")


def test_the_record_of_the_example_shows_most_keys():
    (path,) = (EXAMPLE / "data" / "records").rglob("*.yaml")
    record = read_yaml(path.read_bytes(), path.name)
    assert set(RECORD.fields) - set(record) == {"meetings", "aliases", "removed"}


def test_a_new_collection_is_right_from_the_start(tmp_path):
    assert run("init", "new", cwd=tmp_path).returncode == 0
    for words in (("check", "--coverage", "--strict"), ("load",), ("query",), ("db", "check")):
        ran = run(*words, cwd=tmp_path / "new")
        assert ran.returncode == 0, ran.stderr
