"""The site works on both lines of Datasette: its tests are run once more where the other one is installed.

``TRANSFERS_OTHER_DATASETTE`` names the Python of an environment that has this package, its tests' needs and the other line.
"""

from __future__ import annotations

import os
import subprocess

import pytest

from tests.site.conftest import DATASETTE, ROOT

OTHER = os.environ.get("TRANSFERS_OTHER_DATASETTE")
FILES = ("test_pages.py", "test_security.py", "test_payloads.py", "test_metadata.py", "test_serving.py")


@pytest.mark.slow
@pytest.mark.skipif(not OTHER, reason="TRANSFERS_OTHER_DATASETTE names no Python with the other line of Datasette")
def test_the_site_works_on_the_other_line_too() -> None:
    assert OTHER
    version = subprocess.run(
        [OTHER, "-c", "import datasette; print(datasette.__version__)"], capture_output=True, text=True, check=True,
    ).stdout.strip()
    assert version.startswith("0.") != DATASETTE.startswith("0."), f"both are of one line: {version}, {DATASETTE}"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("TRANSFERS_", "PYTEST_"))}
    done = subprocess.run(
        [OTHER, "-m", "pytest", "-q", "-p", "no:cacheprovider", *(f"tests/site/{name}" for name in FILES)],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=1200, check=False,
    )
    assert done.returncode == 0, done.stdout[-5000:]
