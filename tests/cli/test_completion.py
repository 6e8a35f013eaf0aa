"""Completion knows commands, words, actors and systems, and never prints an error into somebody's line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Call = Callable[..., Any]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("transfers ac", ["plain,actors"]),
        ("transfers query --system sh", ["plain,shahed", "plain,shahed-136"]),
        ("transfers query --supplier ira", ["plain,iran"]),
        ("transfers query --phase del", ["plain,delivered"]),
        ("transfers query --json --cs", ["plain,--csv"]),
        ("transfers query --supplier russia --inc", ["plain,--include-predecessors"]),
        ("transfers show vis", ["plain,visit-1"]),
        ("transfers show iran-r", ["plain,iran-russia-shahed-136-supply"]),
        ("transfers query --system zzz", []),
    ],
)
def test_what_is_offered(transfers: Call, monkeypatch: pytest.MonkeyPatch, typed: str, offered: list[str]) -> None:
    monkeypatch.setenv("_TRANSFERS_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(len(typed.split()) - 1))
    code, out, err = transfers()
    assert (code, out.split(), err) == (0, offered, "")


@pytest.mark.parametrize("location", ["/nowhere/x.db", "ftp://x", "postgresql://127.0.0.1:1/x"])
def test_without_a_database_nothing_is_offered(transfers: Call, monkeypatch: pytest.MonkeyPatch, location: str) -> None:
    monkeypatch.setenv("TRANSFERS_DB", location)
    monkeypatch.setenv("_TRANSFERS_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "transfers query --system sh")
    monkeypatch.setenv("COMP_CWORD", "3")
    assert transfers() == (0, "", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_its_script(transfers: Call, shell: str) -> None:
    out = transfers("completion", shell).out
    assert "_TRANSFERS_COMPLETE" in out
    assert f"{shell}_complete" in out
