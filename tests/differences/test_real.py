"""The excerpts of real registers, which are not part of the project."""

import json
import os
from pathlib import Path

import pytest

FOLDER = os.environ.get("TRANSFERS_REGISTERS")
pytestmark = pytest.mark.skipif(not FOLDER, reason="TRANSFERS_REGISTERS names no folder with excerpts of registers")
NAMES = ("sipri-trade-register-2025-03.excerpt.csv", "sipri-deliveries-2000-2001.csv", "sipri-deals-and-tivs-2022-09.txt")


def excerpt(name: str) -> Path:
    return Path(FOLDER or "") / name


@pytest.mark.parametrize("name", NAMES)
def test_an_excerpt_is_equal_to_itself_in_any_order(diff, tmp_path, name):
    lines = excerpt(name).read_bytes().split(b"\n")
    assert diff(excerpt(name), excerpt(name)).code == 0
    if name == NAMES[0]:  # comments hold line breaks there: only whole records can change places
        last = max(number for number, line in enumerate(lines) if line.count(b",") == 15)
        first = next(number for number, line in enumerate(lines) if line.count(b",") == 15) + 1
        moved = [*lines[:first], lines[last], *lines[first:last], *lines[last + 1:]]
        (tmp_path / name).write_bytes(b"\n".join(moved))
        code, out, _ = diff(excerpt(name), tmp_path / name)
        assert code == 0, out


def test_changed_cells_are_found_among_renamed_descriptions(diff, tmp_path):
    data = excerpt(NAMES[0]).read_bytes()
    old, new = b",Shahed-136,one-way attack drone,4600,", b",Shahed-136,one-way attack drone,4700,"
    assert data.count(old) == 1
    assert data.count(b",anti-tank missile,") > 50
    (tmp_path / "copy.csv").write_bytes(data.replace(old, new).replace(b",anti-tank missile,", b",ATGM,"))
    code, out, _ = diff(excerpt(NAMES[0]), tmp_path / "copy.csv", "--json")
    assert code == 1
    rows = json.loads(out)
    numbers = [line for line in rows if line["part"] == "row" and line["difference"] is not None]
    assert [(line["key"]["supplier"], line["column"], line["before"], line["after"], line["difference"]) for line in numbers] == [
        ("Iran", "delivered", 4600, 4700, 100),
    ]
    groups = [line for line in rows if line["part"] == "summary" and line["column"]]
    assert (groups[0]["before"], groups[0]["after"], groups[0]["rows"]) == ("anti-tank missile", "ATGM", data.count(b",anti-tank missile,"))


def test_forms_of_one_grain_can_be_compared_and_others_not(diff):
    code, out, _ = diff(excerpt(NAMES[1]), excerpt(NAMES[2]), "--summary")
    assert code == 1
    assert "different selections" in " ".join(out.split())
    assert diff(excerpt(NAMES[0]), excerpt(NAMES[1])).code == 2
