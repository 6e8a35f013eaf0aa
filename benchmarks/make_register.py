"""Make a trade register of made-up deals in the shape of SIPRI's: as many lines as wanted, the same ones each time.

Run: python benchmarks/make_register.py FILE LINES
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

HEADER = (
    "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,Number delivered, ,"
    "Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons"
)
# Nearly half of the comments of the real one are empty or one of a few; the others are each of their own.
COMMENTS = (
    "", "", "", "", "Second-hand", "Aid", "Second-hand; aid", "Probably second-hand", "For training", "${} m deal",
    "For {} K-{} frigates", "Mk-{} version", "Delivery planned {}", "Atlantean designation X-{}", "Ordered via Genovia",
    "Produced under licence in Land {}",
)


def make_register(path: Path, lines: int) -> None:
    """Write a register."""
    chance = random.Random(20250313)
    with path.open("w", encoding="cp1252", newline="\n") as file:
        file.write(f"Data generated: 13 Mar 2025 10:02:49 AM\n{HEADER}\n")
        for _ in range(lines):
            file.write(_make_record(chance))


def _make_record(chance: random.Random) -> str:
    order_year, ordered = chance.randint(1950, 2023), chance.randint(1, 400)
    delivered, unit = chance.randint(0, ordered), chance.choice((0.1, 0.35, 2.5, 7, 12.25))
    years = [str(order_year + number) for number in range(1, chance.randint(1, 4))] if delivered else []
    comment = chance.choice(COMMENTS).format(chance.randint(1, 3000), chance.randint(1, 99))
    return ",".join((
        f"Land {chance.randint(0, 199)}", f"Land {chance.randint(0, 199)}", str(order_year), chance.choice(("", "?")), str(ordered),
        chance.choice(("", "?")), f"Type-{chance.randint(0, 3999)}", f"thing {chance.randint(0, 249)}", str(delivered),
        chance.choice(("", "", "", "?")), "; ".join(years), chance.choice(("New", "New", "Second hand")), comment, f"{unit:g}",
        f"{ordered * unit:.2f}", f"{delivered * unit:.2f}",
    )) + "\n"


if __name__ == "__main__":
    make_register(Path(sys.argv[1]), int(sys.argv[2]))
