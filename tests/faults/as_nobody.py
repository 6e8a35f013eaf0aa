"""Run `transfers` as somebody who may not do everything; root becomes nobody once all modules are imported.

``python -m tests.faults.as_nobody [--warm ARGUMENTS... --] ARGUMENTS...``
"""

from __future__ import annotations

import difflib  # noqa: F401 - imported here by whom may read it
import importlib
import os
import pkgutil
import sys
import traceback  # noqa: F401

import transfers
from transfers.__main__ import run

NOBODY = 65534


def main(arguments: list[str]) -> int:
    """Run one command as root for its imports, then the other as nobody; the exit code of the second."""
    out, err = os.dup(1), os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    cut = arguments.index("--")
    for package in ("articles", "db", "evidence", "load", "records", "render", "vocabulary"):
        folder = f"{transfers.__path__[0]}/{package}"
        for module in pkgutil.iter_modules([folder]):
            importlib.import_module(f"transfers.{package}.{module.name}")
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    run(arguments[:cut])
    sys.stdout.flush()
    sys.stderr.flush()
    os.dup2(out, 1)
    os.dup2(err, 2)
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    return run(arguments[cut + 1 :])


if __name__ == "__main__":
    os._exit(main(sys.argv[1:]))
