"""Made-up deals in the shape of the trade register: sides for comparing, and files for the command line."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from transfers.differences import registers
from transfers.differences.registers import register_side
from transfers.differences.sides import Side
from transfers.registers.forms import TRADE_REGISTER

_FLAGS = [column for column in registers.COLUMNS if column.endswith("_uncertain") or column.startswith("is_")]
_USUALLY: dict[str, Any] = {
    **dict.fromkeys(registers.COLUMNS), **dict.fromkeys(_FLAGS, 0), "supplier": "Ostmark", "recipient": "Norland",
    "designation": "Heron-2", "description": "patrol craft", "order_year": 2019, "ordered": 10, "delivered": 10,
    "condition": "new", "cells": '["printed"]',
}
PREAMBLE = (
    "Transfers of major conventional arms from All countries  to All countries . Deals with deliveries made for the year range "
    "'Not specified' to 'Not specified' \nMade up for a test.\nData generated: 13 Mar 2025 10:02:49 AM\n"
)


def row(**cells: Any) -> tuple[Any, ...]:
    """One row in the order of the compared columns; what is not said is as usual."""
    return tuple({**_USUALLY, **cells}.values())


def side(rows: Iterable[tuple[Any, ...]], name: str = "a release", form: str = "trade_register", selection: str | None = None) -> Side:
    return register_side(name, form, selection, rows)


def cells_of(number: int, *, seed: int = 1) -> list[str]:
    """The sixteen printed cells of the deal with this number."""
    dice = random.Random(f"{seed} {number}")
    ordered = dice.randint(1, 400)
    year = dice.randint(1960, 2020)
    unit = dice.choice(("0.5", "1.25", "12"))
    return [
        dice.choice(("Norland", "Südland", "Lakonia**", "River Front (Lakonia)*")) + f" {number % 60}", f"Ostmark {number % 17}",
        str(year), dice.choice(("", "?")), str(ordered), dice.choice(("", "?")), f"Heron-{number % 900}",
        dice.choice(("patrol craft", "light transport ac", "radar")), str(ordered), dice.choice(("", "?")), f"{year + 1}; {year + 2}",
        dice.choice(("New", "Second hand")), dice.choice(("", "Made up; aid", f"Ostmark designation H-{number}")), unit, "", "",
    ]


def write_register(path: Path, deals: Iterable[Sequence[str]]) -> str:
    """A file in the form of the trade register."""
    lines = [",".join(TRADE_REGISTER), *(",".join(cells) for cells in deals)]
    path.write_bytes((PREAMBLE + "\n".join(lines) + "\n").encode("cp1252"))
    return str(path)
