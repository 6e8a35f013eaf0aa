"""What the commands print, compared with what is kept in golden/.

After a wanted change: GOLDEN=write python -m pytest tests/cli/test_output.py, then read the difference.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from transfers.cli import run_command

Call = Callable[..., Any]

GOLDEN = Path(__file__).parent / "golden"
TRANSFER = "iran-russia-shahed-136-supply"

PRINTED = {
    "query": ["query"],
    "query_claims": ["query", "--claims"],
    "query_json": ["query", "--json"],
    "query_claims_nl": ["query", "--claims", "--nl", "--system", "Geran-2"],
    "query_csv": ["query", "--csv"],
    "query_tsv_no_headers": ["query", "--tsv", "--no-headers", "--limit", "1"],
    "query_fmt": ["query", "--fmt", "github"],
    "show_transfer": ["show", TRANSFER],
    "show_transfer_json": ["show", TRANSFER, "--json"],
    "show_loan": ["show", "russia-syria-heron-loan-loan-2021"],
    "show_meeting": ["show", "visit-1"],
    "show_statement": ["show", "article-1-s01"],
    "show_claim": ["show", "article-2-c01"],
    "show_actor": ["show", "A. Person"],
    "show_system": ["show", "shahed-136"],
    "show_article": ["show", "article-1"],
    "show_removal": ["show", "article-1-c09"],
    "actors": ["actors"],
    "actors_json": ["actors", "--json", "--kind", "state"],
    "systems": ["systems"],
    "meetings": ["meetings"],
    "meetings_json": ["meetings", "--json"],
    "statements": ["statements"],
    "statements_json": ["statements", "--json"],
    "articles": ["articles"],
    "articles_json": ["articles", "--json"],
    "search": ["search", "drones"],
    "search_json": ["search", "Герань", "--json"],
    "timeline": ["timeline"],
    "timeline_json": ["timeline", "--json"],
    "sql": ["sql", "SELECT standing, count(*) AS n FROM v_transfers GROUP BY 1 ORDER BY 1"],
    "query_help": ["query", "--help"],
}


@pytest.mark.parametrize("name", PRINTED)
def test_what_is_printed(transfers: Call, name: str) -> None:
    code, out, err = transfers(*PRINTED[name])
    kept = GOLDEN / f"{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        kept.write_text(out, encoding="utf-8")
    assert (code, err) == (0, "") or err.startswith("note: ")
    assert out == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PRINTED)
def test_by_way_of_click_the_same_is_printed(
    transfers: Call, capsys: pytest.CaptureFixture[str], name: str,
) -> None:
    assert run_command(PRINTED[name]) == 0
    assert capsys.readouterr().out == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name in PRINTED if name.endswith(("_json", "_nl"))])
def test_json_is_json(transfers: Call, name: str) -> None:
    out = transfers(*PRINTED[name]).out
    for text in out.splitlines() if name.endswith("_nl") else [out]:
        json.loads(text)


@pytest.mark.parametrize("name", [name for name in PRINTED if name != "query_help"])
def test_postgresql_prints_the_same(
    transfers: Call, monkeypatch: pytest.MonkeyPatch, postgres_database: str, name: str,
) -> None:
    monkeypatch.setenv("TRANSFERS_DB", postgres_database)
    assert transfers(*PRINTED[name])[:2] == (0, (GOLDEN / f"{name}.txt").read_text(encoding="utf-8"))


def test_what_is_more_than_the_limit_is_said_on_stderr(transfers: Call) -> None:
    assert transfers("query", "--limit", "1", "--json").err == "note: the first 1 are shown, there are more; --limit takes up to 10000\n"
    assert transfers("query", "--limit", "1", "--silent").err == ""
    assert transfers("query", "--kind", "capture") == (0, "", "note: nothing fits\n")
    assert transfers("query", "--kind", "capture", "--json") == (0, "[]\n", "note: nothing fits\n")


def test_options_of_all_commands_may_stand_before_or_after_the_command(transfers: Call, database: str) -> None:
    assert transfers("--silent", "--db", "/nowhere", "query", "--db", database, "--limit", "1").code == 0
    assert transfers("query", "--db", "/nowhere").code == 3
    assert transfers("--db", "/nowhere", "query").code == 3


def test_a_table_is_as_wide_as_the_terminal(transfers: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    for columns in ("40", "80", "200"):
        monkeypatch.setenv("COLUMNS", columns)
        for command in (["query"], ["query", "--claims"], ["statements"], ["show", TRANSFER]):
            assert max(map(len, transfers(*command).out.splitlines())) <= int(columns)
