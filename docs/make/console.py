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
READER_LEFT = 141  # what `head` does to whoever writes more


def run(*commands: str, collection: Path = ROOT) -> None:
    """Print commands and their output as one session, data and messages together as on a terminal."""
    folder, environment = (_scratch(), _environment()) if collection == ROOT else (collection, _clean())
    lines = ["```console"]
    for command in commands:
        done = subprocess.run(
            command, shell=True, cwd=folder, env=environment, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        if done.returncode not in (0, 1, READER_LEFT):
            raise RuntimeError(f"{command} ended with {done.returncode}: {done.stdout}")
        printed = done.stdout.replace(str(_scratch()), "/home/you")
        lines += [f"$ {command}", *(line.rstrip() for line in printed.splitlines())]
    cog.outl("\n".join([*lines, "```"]))


def run_python(code: str) -> None:
    """Print some Python and what it prints."""
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=_environment(), check=True, stdout=subprocess.PIPE, encoding="utf-8")
    printed = (line.rstrip() for line in done.stdout.splitlines())
    cog.outl("\n".join(["```python", code.strip(), "```", "", "```text", *printed, "```"]))


def include(path: str, language: str, *keys: str) -> None:
    """Print a file of the example, or of a YAML file only what stands under some of its keys."""
    lines = (ROOT / path).read_text(encoding="utf-8").rstrip().splitlines()
    if keys:
        parts: list[list[str]] = []
        for line in lines:
            if line[:1].isalpha():
                parts.append([])
            parts[-1].append(line)
        lines = [line for part in parts if part[0].partition(":")[0] in keys for line in part]
    cog.outl(f"```{language}\n" + "\n".join(lines).rstrip() + "\n```")


@cache
def example(right: str = "", wrong: str = "", name: str = "") -> Path:
    """A copy of the example collection, another one for each name; with a slip in its record where one is asked for."""
    copy = _scratch() / f"example{len(wrong)}{name}"
    shutil.copytree(ROOT / "docs" / "example", copy)
    if wrong:
        record = next((copy / "data" / "records").rglob("*.yaml"))
        record.write_text(record.read_text(encoding="utf-8").replace(right, wrong), encoding="utf-8")
    return copy


@cache
def _scratch() -> Path:
    folder = tempfile.mkdtemp(prefix="transfers-pages-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def _environment() -> dict[str, str]:
    """The environment in which commands find this repository and a database that is not there before the first load."""
    return _clean() | {"TRANSFERS_DB": str(_scratch() / "transfers.db"), "TRANSFERS_COLLECTION": str(ROOT)}


def _clean() -> dict[str, str]:
    scripts = os.path.dirname(sys.executable)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TRANSFERS_", "PYTHONWARNINGS"))}
    path = f"{scripts}{os.pathsep}{os.environ.get('PATH', '')}"
    return kept | {"COLUMNS": str(WIDTH), "PATH": path, "PYTHONUNBUFFERED": "1"}
