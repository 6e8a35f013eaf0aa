"""Commands as a reader would type them, with what they print: run on the records of this repository, or on the example."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import cog

ROOT = Path(__file__).parents[2]
WIDTH = 110  # columns of tables


def run(command: str, *, collection: Path = ROOT) -> None:
    """Print a command and its output, data and messages together."""
    done = subprocess.run(
        command, shell=True, cwd=collection, env=_environment(collection), check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
    )
    if done.returncode not in (0, 141):
        raise RuntimeError(f"{command} ended with {done.returncode}: {done.stdout}")
    lines = [f"$ {command}", *done.stdout.splitlines()]
    cog.outl("\n".join(["```console", *(line.rstrip() for line in lines), "```"]))


def run_python(code: str) -> None:
    """Print some Python and what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=_loaded(), check=True, stdout=subprocess.PIPE, encoding="utf-8",
    )
    cog.outl("\n".join(["```python", code.strip(), "```", "", "```text", *(line.rstrip() for line in done.stdout.splitlines()), "```"]))


def include(path: str, language: str) -> None:
    """Print a file of the example."""
    cog.outl(f"```{language}\n{(ROOT / path).read_text(encoding='utf-8').rstrip()}\n```")


@cache
def example() -> Path:
    """A copy of the example collection, to load and to write into."""
    copy = _scratch() / "example"
    shutil.copytree(ROOT / "docs" / "example", copy)
    return copy


@cache
def _scratch() -> Path:
    folder = tempfile.mkdtemp(prefix="transfers-pages-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


@cache
def _loaded() -> dict[str, str]:
    """The environment in which commands find a database that was loaded from this repository."""
    environment = _clean() | {"TRANSFERS_DB": str(_scratch() / "transfers.db"), "TRANSFERS_COLLECTION": str(ROOT)}
    subprocess.run(["transfers", "load", "--silent"], env=environment, check=True)
    return environment


def _clean() -> dict[str, str]:
    scripts = os.path.dirname(sys.executable)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TRANSFERS_", "PYTHONWARNINGS"))}
    return kept | {"COLUMNS": str(WIDTH), "PATH": f"{scripts}{os.pathsep}{os.environ.get('PATH', '')}"}


def _environment(collection: Path) -> dict[str, str]:
    return _loaded() if collection == ROOT else _clean()
