"""The package as it is installed: the migrations inside it, no checkout around it, in a place with an odd name."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import transfers
from transfers.schema.alembic_setup import migrations_dir
from transfers.schema.head import HEAD

RUN = """
import sys
from transfers.db import read_target
from transfers.errors import TransfersError
from transfers.schema.upgrade import downgrade, upgrade
target = read_target("new.db")
try:
    print(upgrade(target).after, downgrade(target, "0001", yes=True).after, upgrade(target).after)
except TransfersError as error:
    print(error.exit_code, error)
"""


@pytest.fixture
def installed(tmp_path):
    folder = tmp_path / "a %20b"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(transfers.__file__).parent, folder / "transfers", ignore=ignored)
    shutil.copytree(migrations_dir(), folder / "transfers" / "migrations", ignore=ignored)
    return folder


def run(installed):
    elsewhere = installed.parent / "elsewhere"
    elsewhere.mkdir()
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", RUN], cwd=elsewhere, env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True, text=True, check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout.strip()


def test_migrations_are_found_inside_the_package(installed):
    assert run(installed) == f"{HEAD} 0001 {HEAD}"


@pytest.mark.parametrize("number", ["0001", "0002", HEAD])
def test_a_missing_migration_is_told_before_anything_is_touched(installed, number):
    (lost,) = (installed / "transfers" / "migrations" / "versions").glob(f"{number}_*.py")
    lost.unlink()
    said = run(installed)
    assert said.startswith("3 the migrations of this program are incomplete")
    assert list((installed.parent / "elsewhere").iterdir()) == []
