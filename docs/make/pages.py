"""Write again what is made in README.md and docs/: printed output, the codebook's tables, the help of the commands, schemas.

Run: python docs/make/pages.py            write
     python docs/make/pages.py --check    write nothing; exit 1 and name what is out of date
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from cogapp import Cog

from transfers.records.json_schema import as_json_schema
from transfers.render.json_text import as_page

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "docs/codebook.md", "docs/commands.md", "docs/records.md")
SCHEMAS = ("record", "actors", "systems", "places", "topics", "review", "matches")


def main(check: bool) -> int:
    """Write or check all pages and schemas; the exit code."""
    os.chdir(ROOT)
    cog = Cog()
    failed = cog.main(["cog", "-I", "docs/make", *(["--check", "--diff"] if check else ["-r"]), *PAGES])
    stale = [name for name in SCHEMAS if _is_stale(name)]
    for name in stale:
        if check:
            print(f"docs/schema/{name}.json is out of date")
        else:
            _path(name).write_text(_schema(name), encoding="utf-8")
    if check and (failed or stale):
        print("run: python docs/make/pages.py")
    return 1 if failed or (check and stale) else 0


def _path(name: str) -> Path:
    return ROOT / "docs" / "schema" / f"{name}.json"


def _schema(name: str) -> str:
    return as_page(as_json_schema(name)) + "\n"


def _is_stale(name: str) -> bool:
    path = _path(name)
    return not path.exists() or path.read_text(encoding="utf-8") != _schema(name)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
