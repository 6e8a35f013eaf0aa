"""`start.py` says in one line why it cannot set a checkout up. That it can is shown by every run of these tests."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

START = Path(__file__).parents[2] / "start.py"
# As on a Debian that keeps parts of Python in packages of their own.
CUT_OUT = """
import importlib.util
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name in {names} else found(name, *rest)
"""


@pytest.fixture
def checkout(tmp_path):
    folder = tmp_path / "a check out"
    folder.mkdir()
    for name in ("start.py", "pyproject.toml", "constraints.txt"):
        shutil.copyfile(START.with_name(name), folder / name)
    return folder


def run(checkout, *words, **environment):
    return subprocess.run(
        [sys.executable, str(checkout / "start.py"), *words], cwd=checkout.parent, env={**os.environ, **environment},
        capture_output=True, text=True, check=False,
    )


def is_one_line(ran):
    return ran.returncode == 1 and ran.stderr.startswith("error: ") and ran.stderr.count("\n") == 1


def test_an_old_python_can_read_it_far_enough_to_say_so():
    ast.parse(START.read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize(("words", "code"), [(["--help"], 0), (["tset"], 2)])
def test_its_words_are_explained(checkout, words, code):
    ran = run(checkout, *words)
    assert ran.returncode == code
    assert "python3 start.py test" in ran.stdout
    assert not (checkout / ".venv").exists()


@pytest.mark.parametrize("names", [("venv",), ("ensurepip", "pip")])
def test_a_python_without_venv_is_told_what_to_install(checkout, tmp_path, names):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(CUT_OUT.format(names=names))
    ran = run(checkout, PYTHONPATH=str(tmp_path / "site"))
    assert is_one_line(ran), ran.stderr
    assert "apt install python3" in ran.stderr
    assert not (checkout / ".venv").exists()


def test_an_environment_that_somebody_else_made_is_left_alone(checkout):
    (checkout / ".venv").mkdir()
    (checkout / ".venv" / "pyvenv.cfg").write_text("theirs")
    ran = run(checkout)
    assert is_one_line(ran), ran.stderr
    assert (checkout / ".venv" / "pyvenv.cfg").read_text() == "theirs"


def test_a_file_that_is_missing_is_named(checkout):
    (checkout / "constraints.txt").unlink()
    ran = run(checkout)
    assert is_one_line(ran), ran.stderr
    assert "constraints.txt" in ran.stderr


def test_the_versions_are_exact_and_name_no_host():
    lines = START.with_name("constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = [line for line in lines if not line.startswith("#")]
    assert all("==" in line and "/" not in line and "@" not in line and "--" not in line for line in pinned)
    assert pinned == sorted(pinned, key=str.casefold)
