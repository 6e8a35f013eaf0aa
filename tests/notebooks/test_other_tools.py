"""What docs/notebooks.md says of other tools. Some are too large for the extra `dev`: each is tested where it is installed."""

import re
import shutil
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "notebooks.md").read_text(encoding="utf-8")
NOT_HERE = "not installed, and too large for the extra dev"


def lines_of(tool):
    """The lines under the heading of a tool."""
    return re.search(rf"## {tool}\n.*?```i?python\n(.*?)```", PAGE, re.DOTALL)[1]


def run(tool):
    """The names that the lines under the heading of a tool leave behind."""
    names = {}
    exec(compile(lines_of(tool), f"docs/notebooks.md, {tool}", "exec"), names)
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


@pytest.mark.filterwarnings("default")  # what others warn of among themselves
def test_ibis(as_usual):
    pytest.importorskip("pandas", reason="pandas: pip install 'transfers[notebook]'")
    pytest.importorskip("pyarrow", reason=f"pyarrow: {NOT_HERE}")
    pytest.importorskip("ibis", reason=f"ibis-framework[duckdb]: {NOT_HERE}")
    table = run("ibis")["table"]
    assert ("Iran", "Russia", 3) in list(table.itertuples(index=False, name=None))


@pytest.mark.filterwarnings("default")
def test_sql_magic(as_usual, tmp_path, monkeypatch):
    pytest.importorskip("pandas", reason="pandas: pip install 'transfers[notebook]'")
    connections = pytest.importorskip("sql.connection", reason=f"jupysql: {NOT_HERE}").ConnectionManager
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    shell = pytest.importorskip("IPython.core.interactiveshell", reason=f"ipython: {NOT_HERE}").InteractiveShell.instance()
    (tmp_path / "data").mkdir()
    live = tmp_path / "data" / "transfers.db"
    shutil.copyfile(as_usual, live)
    before = live.read_bytes()
    try:
        for line in lines_of("%sql").splitlines():
            shell.run_cell(line).raise_error()
        assert ("Iran", "Russia", 3) in list(shell.user_ns["frame"].itertuples(index=False, name=None))
        shell.run_cell("%sql DELETE FROM loads")
    finally:
        connections.close_all()
    assert live.read_bytes() == before
