"""Registers beside the claims: `query --registers`, `show`, the library, on both engines."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import transfers
from transfers.commands import run_plain
from transfers.db import Target, reading
from transfers.errors import UsageError
from transfers.queries.beside import find_transfers_with_registers
from transfers.queries.filters import Filter

from .made_up_registers import LICENCE, decide, write_register
from .story import written

ROW: dict[str, Any] = {
    "ordered": 6600, "ordered_uncertain": 1, "delivered": 4600, "delivery_years": "2022; 2023; 2024; 2026", "comment": "Made up",
}
SHAHED = "iran-russia-shahed-136-supply"


@pytest.fixture
def filled(target: Target) -> Target:
    """Two transfers; one of them is in two releases of a register, and its figures have changed in the second."""
    with written(target) as story:
        transfer = story.transfer("iran", "russia", "shahed-136")
        story.claim(story.article("one"), transfer, number={"low": 200, "high": 999})
        story.claim(story.article("two"), story.transfer("iran", "syria", "shahed-136"))
        (mark,) = write_register(story, "march", ROW)
        write_register(story, "october", {**ROW, "delivered": 999, "delivered_uncertain": 1}, release="2025-10-01")
        decide(story, transfer, mark)
    return target


def run(target: Target, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[str, str]:
    assert run_plain(["--db", target.path or target.url, *words]) == 0
    told = capsys.readouterr()
    return told.out, told.err


def test_each_transfer_has_a_row_for_each_row_of_a_register_and_one_without_any(filled: Target, capsys: pytest.CaptureFixture[str]) -> None:
    out, err = run(filled, capsys, "query", "--registers", "--json")
    told = json.loads(out)
    assert [(row["transfer"], row["register"], row["match"], row["delivered"], row["delivered_compared"]) for row in told] == [
        (SHAHED, "march", "accepted", 4600, "above_claims"),
        (SHAHED, "october", "accepted_figures_changed", 999, "within"),
        ("iran-syria-shahed-136-supply", None, None, None, None),
    ]
    assert (told[2]["standing"], told[2]["recipient_name"], told[2]["origins"]) == ("reported", "Syria", 1)
    assert err == ""
    with reading(filled) as connection:
        assert list(told[0]) == connection.table("SELECT * FROM v_transfer_registers WHERE 1 = 0")[0]


def test_the_json_of_a_plain_query_does_not_know_registers(filled: Target, capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(run(filled, capsys, "query", "--json")[0])
    assert [row["id"] for row in told] == [SHAHED, "iran-syria-shahed-136-supply"]
    assert not {"register", "registers", "ordered", "delivered"} & set(told[0])


def test_the_table_puts_both_beside_each_other(filled: Target, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    lines = run(filled, capsys, "query", "--registers")[0].splitlines()
    assert re.split(r"  +", lines[2].strip()) == [
        "Iran → Russia: Shahed-136", "200–999", "reported, delivered", "1", "sipri 2025-03-13", "6,600?", "4,600", "2022–2024, 2026",
        "delivered", "Made up",
    ]
    assert "(figures changed)" in " ".join(lines)
    assert "999?" in " ".join(lines)
    assert len(run(filled, capsys, "query", "--registers", "--csv")[0].splitlines()) == 4


def test_filters_and_limits_hold(filled: Target) -> None:
    with reading(filled) as connection:
        assert len(find_transfers_with_registers(connection, Filter(recipient=["syria"])).rows) == 1
        one = find_transfers_with_registers(connection, Filter(limit=1))
        assert (len(one), one.more) == (1, True)
        assert find_transfers_with_registers(connection, Filter(kind=["loan"])).rows == []


def test_without_a_register_a_sentence_says_so(target: Target, capsys: pytest.CaptureFixture[str]) -> None:
    with written(target) as story:
        story.claim(story.article("one"), story.transfer("iran", "russia", "shahed-136"))
    out, err = run(target, capsys, "query", "--registers", "--json")
    assert json.loads(out)[0]["register"] is None
    assert err == "note: no register is imported; transfers import sipri FILE does that\n"


def test_without_a_match_a_sentence_says_so(target: Target, capsys: pytest.CaptureFixture[str]) -> None:
    with written(target) as story:
        story.claim(story.article("one"), story.transfer("iran", "russia", "shahed-136"))
        write_register(story, "march", ROW)
    assert "no row of a register is accepted" in run(target, capsys, "query", "--registers")[1]
    assert run(target, capsys, "query", "--registers", "--kind", "loan")[1] == "note: nothing fits\n"


def test_claims_and_registers_exclude_each_other(filled: Target) -> None:
    with pytest.raises(UsageError, match="--claims and --registers exclude each other"):
        run_plain(["--db", filled.path or filled.url, "query", "--registers", "--claims"])


def test_the_page_of_a_transfer_has_its_registers_and_whose_they_are(filled: Target, capsys: pytest.CaptureFixture[str]) -> None:
    text = run(filled, capsys, "show", SHAHED)[0]
    assert text.index("Registers\n") < text.index("Claims\n")
    told = " ".join(text.split())
    assert "Ordered 6,600? Delivered 4,600 Years 2022–2024, 2026" in told
    assert "the number delivered is above the largest number that claims give" in told
    assert "accepted when the register said something else of the deal" in told
    assert told.count(LICENCE) == 1
    page = json.loads(run(filled, capsys, "show", SHAHED, "--json")[0])
    assert [(side["register"], side["delivered"], side["licence"]) for side in page["registers"]] == [
        ("march", 4600, LICENCE), ("october", 999, LICENCE),
    ]
    assert "standing" not in page["registers"][0]


def test_a_page_without_registers_does_not_speak_of_them(filled: Target, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Registers" not in run(filled, capsys, "show", "iran-syria-shahed-136-supply")[0]
    assert json.loads(run(filled, capsys, "show", "iran-syria-shahed-136-supply", "--json")[0])["registers"] == []


def test_a_comment_of_a_register_is_shown_and_not_obeyed(target: Target, capsys: pytest.CaptureFixture[str]) -> None:
    with written(target) as story:
        transfer = story.transfer("iran", "russia", "shahed-136")
        story.claim(story.article("one"), transfer)
        (mark,) = write_register(story, "march", {**ROW, "comment": "=1+1\x1b[31m"})
        decide(story, transfer, mark)
    assert "\x1b" not in run(target, capsys, "query", "--registers")[0] + run(target, capsys, "show", SHAHED)[0]
    assert "'=1+1" in run(target, capsys, "query", "--registers", "--csv")[0]


def test_the_library_gives_what_registers_say_when_asked(filled: Target) -> None:
    with transfers.open(filled.path or filled.url) as db:
        assert [one.registers for one in db.query()] == [(), ()]
        first, second = db.query(registers=True)
        assert [(side.register, side.delivered, side.delivered_uncertain, side.delivered_compared) for side in first.registers] == [
            ("march", 4600, 0, "above_claims"), ("october", 999, 1, "within"),
        ]
        assert second.registers == ()
        pytest.importorskip("pandas")
        frame = db.frame("v_transfer_registers")
        assert frame["delivered"].sum() == 5599
        assert str(frame["ordered_uncertain"].dtype) == "Int64"


def test_plain_queries_import_nothing_of_registers(filled: Target) -> None:
    import subprocess
    import sys

    code = (
        "import sys; from transfers.commands import run_plain; "
        f"run_plain(['--db', {filled.path or filled.url!r}, 'query', '--json']); "
        "print([name for name in sys.modules if 'register' in name or 'beside' in name], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert done.stderr.strip().splitlines()[-1] == "[]"
