"""The real excerpts, against a parse that is written here in another way, and with one byte changed anywhere.

They are other people's data and no part of the project: TRANSFERS_REGISTERS names the folder that holds them.
"""

import json
import os
import random
import re
from decimal import Decimal
from pathlib import Path

import pytest

from transfers.errors import ProblemsError
from transfers.registers import read_release

FOLDER = os.environ.get("TRANSFERS_REGISTERS", "")
TRADE, DELIVERIES, DEALS = "sipri-trade-register-2025-03.excerpt.csv", "sipri-deliveries-2000-2001.csv", "sipri-deals-and-tivs-2022-09.txt"
FLIPS = 60  # of each file

pytestmark = pytest.mark.skipif(not FOLDER, reason="TRANSFERS_REGISTERS does not name the folder with the register files")


def parse(data: bytes, name: str) -> list[list[str]]:
    """The records by one pattern for the whole file, without the line ends between them."""
    if name == TRADE:
        text = data.decode("cp1252", "replace")
        body = text[re.search(r"^Recipient,.*\n", text, re.M).end():]
        return [list(cells) for cells in re.findall(r"([^,]*)," * 15 + r"([^,\n]*)(?:\n|\Z)", body)]
    mark = "," if name == DELIVERIES else ";"
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    return [line.split(mark) for line in text.split("\n") if line.count(mark) == 16][1:]


def total(records, place):
    return sum(Decimal(record[place] or 0) for record in records)


def read(path):
    rows = list(read_release(str(path)))
    return rows, [json.loads(row.cells) for row in rows]


@pytest.mark.parametrize("name", [TRADE, DELIVERIES, DEALS])
def test_every_cell_is_that_of_the_other_parse(name):
    rows, cells = read(Path(FOLDER, name))
    assert cells == parse(Path(FOLDER, name).read_bytes(), name)
    assert [row.row_number for row in rows] == list(range(1, len(rows) + 1))


def test_counts_and_sums_of_the_trade_register():
    rows, _ = read(Path(FOLDER, TRADE))
    records = parse(Path(FOLDER, TRADE).read_bytes(), TRADE)
    assert len(rows) == 2618
    for place, column in ((4, "ordered"), (8, "delivered")):
        assert sum(getattr(row, column) or 0 for row in rows) == total(records, place)
        assert sum(getattr(row, column) is None for row in rows) == sum(record[place] == "" for record in records)
    for place, column in ((13, "tiv_unit"), (14, "tiv_ordered"), (15, "tiv_delivered")):
        assert sum(Decimal(str(getattr(row, column))) for row in rows) == total(records, place)
    for place, column in ((3, "order_year_uncertain"), (5, "ordered_uncertain"), (9, "delivered_uncertain")):
        assert sum(getattr(row, column) for row in rows) == sum(record[place] == "?" for record in records)
    assert sum(len(row.years) for row in rows) == sum(len(record[10].split(";")) for record in records if record[10])
    assert all(row.comment == (record[12] or None) for row, record in zip(rows, records, strict=True))
    assert sum("possibly second-hand" in (row.comment or "").lower() and row.condition == "new" for row in rows) == sum(
        row.is_second_hand for row in rows if "possibly second-hand" in (row.comment or "").lower() and row.condition == "new"
    ) > 0


@pytest.mark.parametrize(("name", "count"), [(DELIVERIES, 1414), (DEALS, 2009)])
def test_counts_and_sums_of_the_deliveries(name, count):
    rows, _ = read(Path(FOLDER, name))
    records = parse(Path(FOLDER, name).read_bytes(), name)
    assert len(rows) == count
    assert sum(row.delivered for row in rows) == total(records, 8)
    assert sum(Decimal(str(row.tiv_delivered)) for row in rows) == total(records, 15)
    assert sum(Decimal(str(row.tiv_unit)) for row in rows) == total(records, 14)
    assert sum(row.is_licensed for row in rows) == sum(record[16] == "Yes" for record in records)
    assert sum(row.delivery_first for row in rows) == total(records, 10)


def test_the_row_to_keep_in_mind():
    rows, _ = read(Path(FOLDER, TRADE))
    (row,) = [row for row in rows if (row.supplier, row.recipient, row.designation) == ("Iran", "Russia", "Shahed-136")]
    assert (row.order_year, row.ordered, row.ordered_uncertain, row.delivered, row.years) == (2022, 6600, 1, 4600, (2022, 2023, 2024))
    assert row.local_names == '[{"whose":"Russian","name":"Geran-2"}]'
    assert (row.is_licensed, row.is_aid, row.is_second_hand, row.via) == (1, 0, 0, None)


@pytest.mark.parametrize("name", [TRADE, DELIVERIES, DEALS])
def test_one_byte_changed_anywhere_is_refused_or_read_as_it_stands(tmp_path, name):
    """No change may move a cell into another column, swallow a row, or make a figure that does not stand in the file."""
    data, refused, chance = Path(FOLDER, name).read_bytes(), 0, random.Random(20250313)
    for _ in range(FLIPS):
        place = chance.randrange(len(data))
        byte = chance.choice([*b"\n\r,;\"?0 x\xe9\x81\x00", chance.randrange(256)])
        changed = data[:place] + bytes([byte]) + data[place + 1:]
        (tmp_path / "changed").write_bytes(changed)
        try:
            rows, cells = read(tmp_path / "changed")
        except ProblemsError as error:
            assert all(problem[1] or problem[3] for problem in error.problems)
            refused += 1
            continue
        except Exception as error:
            # A change in the preamble can take away the day of generation: that is told as such.
            assert "--release NAME" in str(error)
            refused += 1
            continue
        if b"\n" in (changed[place:place + 1], data[place:place + 1]) and place < data.index(b"\n", data.index(b"Description" if name != TRADE else b"Recipient,")):
            continue  # lines of the preamble
        assert cells == parse(changed, name)
        assert abs(len(rows) - len(parse(data, name))) <= 1
        for row, record in zip(rows, cells, strict=True):
            assert row.delivered == (int(record[8]) if record[8] else None)
    assert refused > FLIPS / 20
