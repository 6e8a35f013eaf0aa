"""The package as others get it: built, installed beside nothing but what it asks for, in a folder with an odd name."""

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from transfers import __version__
from transfers.schema.head import HEAD

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.wheel


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The wheel, built from the source distribution as a packager would do it."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return folder / f"transfers-{__version__}-py3-none-any.whl"


@pytest.fixture(scope="module")
def installed(built, tmp_path_factory):
    """A command `transfers` in an environment that has the wheel and what it asks for, and no checkout."""
    place = tmp_path_factory.mktemp("a %20b ü") / "environment"
    venv.create(place, symlinks=os.name != "nt")
    python = place / "bin" / "python"
    (site,) = (place / "lib").glob("python*/site-packages")
    for distribution in needed("transfers"):
        for file in distribution.files or ():
            if ".." not in file.parts:
                (site / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(distribution.locate_file(file), site / file)
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-index", "--no-deps", str(built)]
    subprocess.run(pip, check=True)
    return place / "bin" / "transfers"


def needed(name, seen=()):
    """The distributions that one asks for, and those that they ask for, without extras."""
    from packaging.requirements import Requirement

    found = {}
    for text in importlib.metadata.distribution(name).requires or ():
        requirement = Requirement(text)
        if requirement.name not in seen and (requirement.marker is None or requirement.marker.evaluate({"extra": ""})):
            found[requirement.name] = importlib.metadata.distribution(requirement.name)
            found |= {one.name: one for one in needed(requirement.name, (*seen, requirement.name))}
    return list(found.values())


def run(installed, *words, cwd="/", code=0):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("TRANSFERS_", "PYTHON"))}
    ran = subprocess.run([installed, *words], cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == code, ran.stdout + ran.stderr
    return ran


def test_the_wheel_holds_the_program_its_migrations_and_nothing_else(built):
    names = zipfile.ZipFile(built).namelist()
    wanted = files_of("transfers", "transfers")
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for stands, goes in settings["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"].items():
        wanted |= files_of(stands, goes)
    assert {name for name in names if ".dist-info/" not in name} == wanted
    assert f"transfers/migrations/versions/{HEAD}_" in " ".join(names)


def files_of(stands, goes):
    if (ROOT / stands).is_file():
        return {goes}
    files = [path for path in (ROOT / stands).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return {f"{goes}/{path.relative_to(ROOT / stands)}" for path in files}


def test_the_source_distribution_is_a_whole_checkout(built):
    import tarfile

    with tarfile.open(built.parent / f"transfers-{__version__}.tar.gz") as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {"start.py", "constraints.txt", "LICENSE", "CHANGELOG.md", "seeds/000_a2ff86aee0479495.txt", "tests/conftest.py"}
    assert wanted <= names
    assert not [name for name in names if re.search(r"\.db$|\.db-|\.venv/", name)]


def test_what_it_asks_for_is_enough(installed):
    assert run(installed, "--version").stdout == f"transfers {__version__}\n"
    assert "Commands:" in run(installed, "--help").stdout


def test_it_loads_and_answers(installed, tmp_path):
    database = tmp_path / "new.db"
    run(installed, "load", "--collection", str(ROOT), "--db", str(database))
    assert "Shahed-136" in run(installed, "query", "--system", "Geran-2", "--csv", "--db", str(database)).stdout
    again = run(installed, "load", "--collection", str(ROOT), "--db", str(database))
    assert again.stderr.startswith("unchanged")
    assert run(installed, "db", "check", "--collection", str(ROOT), "--db", str(database)).stderr.startswith("the database is sound")
    assert run(installed, "query", "--fmt", "github", "--db", str(database)).stdout.startswith("| supplier")


def test_it_migrates_up_and_down(installed, tmp_path):
    database = str(tmp_path / "new.db")
    run(installed, "db", "upgrade", "--db", database)
    assert run(installed, "db", "current", "--db", database).stdout == f"{HEAD}\n"
    run(installed, "db", "downgrade", "0001", "--yes", "--db", database)
    assert run(installed, "db", "current", "--db", database).stdout == "0001\n"
    assert len(run(installed, "db", "history").stdout.splitlines()) == int(HEAD)


def test_a_collection_of_its_own(installed, tmp_path):
    run(installed, "init", "mine", cwd=tmp_path)
    run(installed, "load", cwd=tmp_path / "mine")
    assert (tmp_path / "mine" / "data" / "transfers.db").exists()
