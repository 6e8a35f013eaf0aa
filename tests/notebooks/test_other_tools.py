"""What docs/notebooks.md says of other tools. They are too large for the extra `dev`: each is tested where it is installed."""

import re
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "notebooks.md").read_text(encoding="utf-8")
NOT_HERE = "not installed, and too large for the extra dev"


def run(tool):
    """The names that the lines under the heading of a tool leave behind."""
    lines = re.search(rf"## {tool}\n.*?```python\n(.*?)```", PAGE, re.DOTALL)[1]
    names = {}
    exec(compile(lines, f"docs/notebooks.md, {tool}", "exec"), names)
    return names


def test_polars(as_usual):
    polars = pytest.importorskip("polars", reason=f"polars: {NOT_HERE}")
    frame = run("polars")["frame"]
    shahed = frame.filter(polars.col("system") == "shahed-136").row(0, named=True)
    assert (shahed["quantity_low"], shahed["quantity_high"], shahed["first_date"]) == (200, 999, None)
    assert shahed["last_date"].isoformat() == "2023-09-20"


def test_duckdb(as_usual):
    pytest.importorskip("pandas", reason="pandas: pip install 'transfers[notebook]'")
    pytest.importorskip("pyarrow", reason=f"pyarrow: {NOT_HERE}")
    pytest.importorskip("duckdb", reason=f"duckdb: {NOT_HERE}")
    assert ("Iran", "Russia", 3) in run("DuckDB")["rows"]
