"""Several upgrades at the same time, and upgrades that are killed."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.migrations.conftest import read_all
from tests.migrations.data import rev_0004
from transfers.db import read_target, writing
from transfers.schema.check import check_database
from transfers.schema.head import HEAD
from transfers.schema.upgrade import downgrade, find_current, upgrade

UPGRADE = """
import sys
from transfers.db import read_target
from transfers.schema.upgrade import upgrade
done = upgrade(read_target(sys.argv[1]))
print(done.before, done.after)
"""


def start(target):
    named = target.url or target.path
    return subprocess.Popen([sys.executable, "-c", UPGRADE, named], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def outcomes(running):
    found = []
    for process in running:
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, "")
        found.append(out.strip())
    return sorted(found)


@pytest.mark.slow
def test_of_three_upgrades_of_an_older_database_one_migrates(target):
    downgrade(target, "0001", yes=True)
    assert outcomes([start(target) for _ in range(3)]) == [f"0001 {HEAD}", f"{HEAD} {HEAD}", f"{HEAD} {HEAD}"]
    assert check_database(target) == []


@pytest.mark.slow
def test_of_three_that_make_a_new_database_one_does(new_target):
    found = outcomes([start(new_target) for _ in range(3)])
    assert found.count(f"None {HEAD}") == 1
    assert check_database(new_target) == []
    if new_target.path:
        assert os.listdir(os.path.dirname(new_target.path)) == ["transfers.db"]


@pytest.mark.slow
def test_a_killed_upgrade_is_done_or_not_done_and_can_be_done_again(sqlite_target):
    downgrade(sqlite_target, "0002", yes=True)
    with writing(sqlite_target) as connection, connection.transaction():
        rev_0004.load_before(connection)
    before, raw = read_all(sqlite_target), Path(sqlite_target.path).read_bytes()
    chance, seen = random.Random(20230920), set()
    for _ in range(20):
        for name in Path(sqlite_target.path).parent.glob("transfers.db*"):
            name.unlink()
        Path(sqlite_target.path).write_bytes(raw)
        process = start(sqlite_target)
        time.sleep(chance.uniform(0.2, 0.6))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        state = find_current(sqlite_target)
        seen.add(state.revision)
        assert state.revision in ("0002", HEAD)
        if state.revision == "0002":
            assert read_all(sqlite_target) == before
        upgrade(sqlite_target)
        assert check_database(sqlite_target) == []
        after = read_all(sqlite_target)
        assert {table: len(next(iter(after[table].values()))) for table in before} == {
            table: len(next(iter(columns.values()))) for table, columns in before.items()
        }
        for kept in Path(sqlite_target.path).parent.glob("transfers.db.*.bak"):
            assert find_current(read_target(str(kept))).revision == "0002"
    assert "0002" in seen
