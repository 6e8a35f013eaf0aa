"""Measure what the design promises, each figure as a ratio against a named alternative in the same interleaved run.

Run: python benchmarks/measure.py [C1 C2 L4 L5 L6 L8 M1] [--runs N] [--keep FOLDER]

The baseline of C1, C2, L5 and L6 is the process `python -c pass`; C1 is also set against `sqlite-utils query`, L4 against
PyYAML's CSafeLoader reading the same files, L8 against what writes the cells of a register as they are, M1 against nothing: it
is a time. A noisy machine moves both sides of a ratio;
run it on a quiet one all the same, and with compiled bytecode (the first, unmeasured run sees to that).
"""

from __future__ import annotations

import argparse
import csv
import gc
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import sqlite_utils
import yaml
from make_collection import make_collection
from make_register import make_register

from transfers.db import read_target, reading
from transfers.load import load_collection
from transfers.load.registers import import_registers
from transfers.schema.head import require_head
from transfers.schema.upgrade import upgrade

REGISTER_LINES = 200_000
RECORDS = 1_000  # records of ten claims each: 10,000 claims
SCRIPTS = Path(sys.executable).parent
PASS = [sys.executable, "-c", "pass"]
READS = {
    "query": ["query", "--limit", "100"],
    "query --json": ["query", "--limit", "100", "--json"],
    "query --claims --csv": ["query", "--claims", "--limit", "100", "--csv"],
    "query --system drone": ["query", "--system", "drone", "--limit", "100"],
    "query --standing contested": ["query", "--standing", "contested", "--limit", "100"],
    "query --since --until": ["query", "--since", "2010", "--until", "2011", "--limit", "100"],
    "query --outlet": ["query", "--outlet", "the-gazette", "--limit", "100"],
    "show": ["show", "gazette-000005"],
    "actors": ["actors"],
    "systems --json": ["systems", "--json"],
    "meetings": ["meetings", "--limit", "100"],
    "statements": ["statements", "--limit", "100"],
    "articles --json": ["articles", "--limit", "100", "--json"],
    "search": ["search", "border", "--limit", "100"],
    "timeline": ["timeline", "--limit", "100"],
    "sql": ["sql", "select id, stance from claims limit 100"],
}


def main() -> None:
    """Print one line for each figure."""
    options = _read_options()
    folder = Path(options.keep) if options.keep else Path(tempfile.mkdtemp(prefix="transfers-benchmark-"))
    try:
        collection, database = folder / "collection", folder / "transfers.db"
        if not collection.exists():
            make_collection(collection, RECORDS)
        load_collection(str(collection), read_target(str(database)))
        print(f"{'figure':<34}{'ratio':>8}{'target':>9}   against")
        for name, measure in FIGURES.items():
            if not options.figures or name in options.figures:
                for line in measure(collection, database, options.runs):
                    print(line, flush=True)
    finally:
        if not options.keep:
            shutil.rmtree(folder)


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("figures", nargs="*", help="the figures to measure; all when none is named")
    parser.add_argument("--runs", type=int, default=15, help="runs of each side")
    parser.add_argument("--keep", help="make the collection in this folder and keep it")
    return parser.parse_args()


def reads(collection: Path, database: Path, runs: int) -> Iterator[str]:
    """C1: every read command against an empty process, and a query against sqlite-utils."""
    commands = {name: [_script("transfers"), *words, "--db", str(database)] for name, words in READS.items()}
    times = _interleaved({"pass": PASS, **commands}, runs)
    for name in READS:
        yield _line(f"C1 {name}", times[name] / times["pass"], "<= 5", "python -c pass")
    rows = [_script("sqlite-utils"), "query", str(database), "select * from v_transfers limit 100"]
    times = _interleaved({"ours": commands["query --json"], "theirs": rows}, runs)
    yield _line("C1 sqlite-utils / query --json", times["theirs"] / times["ours"], ">= 2.5", "sqlite-utils query, same view")


def helps(collection: Path, database: Path, runs: int) -> Iterator[str]:
    """C2: help, version and completion against an empty process."""
    transfers = _script("transfers")
    commands = {
        "--help": [transfers, "--help"],
        "--version": [transfers, "--version"],
        "completion": [
            "env", "_TRANSFERS_COMPLETE=bash_complete", f"TRANSFERS_DB={database}", "COMP_WORDS=transfers query --system kes",
            "COMP_CWORD=3", transfers,
        ],
    }
    times = _interleaved({"pass": PASS, **commands}, runs)
    for name in commands:
        yield _line(f"C2 {name}", times[name] / times["pass"], "<= 5", "python -c pass")


def first_load(collection: Path, database: Path, runs: int) -> Iterator[str]:
    """L4: parse, validate, find every quote, insert and index 1,000 records against parsing them alone."""
    files = [path.read_bytes() for path in sorted((collection / "data/records").rglob("*.yaml"))]
    ours, theirs = [], []
    for _ in range(max(3, runs // 3)):
        gc.collect()
        started = time.perf_counter()
        for data in files:
            yaml.load(data, Loader=yaml.CSafeLoader)
        theirs.append(time.perf_counter() - started)
        fresh = database.with_name("fresh.db")
        fresh.unlink(missing_ok=True)
        upgrade(read_target(str(fresh)))
        gc.collect()
        started = time.perf_counter()
        load_collection(str(collection), read_target(str(fresh)))
        ours.append(time.perf_counter() - started)
    megabytes = sum(map(len, files)) / 1_000_000
    against = f"CSafeLoader on {len(files):,} files, {megabytes:.1f} MB"
    yield _line("L4 first load", statistics.median(ours) / statistics.median(theirs), "<= 0.75", against)


def second_load(collection: Path, database: Path, runs: int) -> Iterator[str]:
    """L5: a load that finds nothing to do against an empty process."""
    times = _interleaved({"pass": PASS, "load": _load(collection, database)}, runs)
    yield _line("L5 nothing changed", times["load"] / times["pass"], "<= 4", "python -c pass")


def one_changed(collection: Path, database: Path, runs: int) -> Iterator[str]:
    """L6: a load in which one record of 1,000 was edited against an empty process."""
    path = sorted((collection / "data/records").rglob("*.yaml"))[RECORDS // 2]
    text = path.read_text()

    def edit(number: int) -> None:
        path.write_text(text.replace("summary: ", f"summary: Version {number}. ", 1))

    times = _interleaved({"pass": PASS, "load": _load(collection, database)}, runs, before=edit)
    path.write_text(text)
    subprocess.run(_load(collection, database), check=True, stderr=subprocess.DEVNULL)
    yield _line("L6 one record changed", times["load"] / times["pass"], "<= 8", "python -c pass")


def register_import(collection: Path, database: Path, runs: int) -> Iterator[str]:
    """L8: the rate of importing a register against writing its cells, as they are, into one table."""
    path, fresh = database.with_name("register.csv"), database.with_name("fresh.db")
    make_register(path, REGISTER_LINES)
    sides: dict[str, Callable[[Path, Path], object]] = {
        "ours": lambda file, made: import_registers(read_target(str(made)), [str(file)]),
        "csv and executemany": _write_flat,
        "sqlite-utils": _write_with_sqlite_utils,
    }
    times: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(max(3, runs // 5)):
        for name, write in sides.items():
            fresh.unlink(missing_ok=True)
            if name == "ours":
                upgrade(read_target(str(fresh)))
            gc.collect()
            started = time.perf_counter()
            write(path, fresh)
            times[name].append(time.perf_counter() - started)
    ours = statistics.median(times.pop("ours"))
    for (name, found), target in zip(times.items(), (">= 0.35", ">= 1.5"), strict=True):
        yield _line("L8 register, rate", statistics.median(found) / ours, target, f"{name}, {REGISTER_LINES:,} lines")


def _write_flat(path: Path, made: Path) -> None:
    database = sqlite3.connect(made)
    database.execute(f"CREATE TABLE flat ({', '.join(f'c{number}' for number in range(16))})")
    with path.open(encoding="cp1252", newline="") as file:
        next(file), next(file)
        database.executemany(f"INSERT INTO flat VALUES ({', '.join('?' * 16)})", csv.reader(file))
    database.commit()
    database.close()


def _write_with_sqlite_utils(path: Path, made: Path) -> None:
    database = sqlite_utils.Database(sqlite3.connect(made))
    with path.open(encoding="cp1252", newline="") as file:
        next(file), next(file)
        rows = csv.DictReader(file, fieldnames=[f"c{number}" for number in range(16)])
        database["flat"].insert_all(rows, batch_size=1_000)
    database.close()


def schema_check(collection: Path, database: Path, runs: int) -> Iterator[str]:
    """M1: asking whether the database has the right schema."""
    with reading(read_target(str(database))) as connection:
        times = []
        for _ in range(1_000):
            started = time.perf_counter()
            require_head(connection)
            times.append(time.perf_counter() - started)
    yield f"{'M1 schema check, in milliseconds':<34}{statistics.median(times) * 1_000:>8.3f}{'<= 0.05':>9}   one SELECT"


FIGURES: dict[str, Callable[[Path, Path, int], Iterator[str]]] = {
    "C1": reads, "C2": helps, "L4": first_load, "L5": second_load, "L6": one_changed, "L8": register_import, "M1": schema_check,
}


def _interleaved(commands: dict[str, list[str]], runs: int, before: Callable[[int], None] = lambda _: None) -> dict[str, float]:
    """The median time of each command, run in turns."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(runs + 1):
        before(number)
        for name, command in commands.items():
            started = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
            if number:
                times[name].append(time.perf_counter() - started)
    return {name: statistics.median(found) for name, found in times.items()}


def _script(name: str) -> str:
    return str(SCRIPTS / name)


def _load(collection: Path, database: Path) -> list[str]:
    return [_script("transfers"), "load", "--collection", str(collection), "--db", str(database)]


def _line(name: str, ratio: float, target: str, against: str) -> str:
    return f"{name:<34}{ratio:>8.2f}{target:>9}   {against}"


if __name__ == "__main__":
    main()
