"""Whatever happens before whichever statement of a load: all of it is written or nothing, and a second load completes it."""

import json
import subprocess
import sys

import pytest

from tests.cli_load.command import ROOT, environment
from tests.load.made_up import record_path

CODES = {"die": -9, "KeyboardInterrupt": 130, "MemoryError": 3, "OperationalError": 3, "SystemExit": 143}
# Death and a fault of the disk are tried before every statement; the others, which take the same way back, before every third,
# each before another one.
EVERY = {"die": {}, "OperationalError": {}} | {
    fault: {"first": first, "step": 3} for first, fault in enumerate(("KeyboardInterrupt", "MemoryError", "SystemExit"), 1)
}


def go_through(collection, before, fault, arguments=("load",), **options):
    plan = {"before": before and before.path, "root": str(collection.root), "arguments": list(arguments), "fault": fault, **options}
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.every_point", json.dumps(plan)], cwd=ROOT, env=environment(), capture_output=True,
        text=True, check=False,
    )
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert found[-1]["code"] == 99  # the last point lies behind the last statement: nothing was met
    return found[:-1]


def require_whole(found, fault, states):
    assert {point["state"] for point in found} <= states
    for point in found:
        assert point["code"] == CODES[fault], point
        assert point.get("index", True), point
        assert (point.get("again", 99), point.get("converged", True)) == (99, True), point
        if fault != "die":
            assert point["said"].startswith("error: "), point
            assert point["said"].count("\n") == 1, point
            assert "Traceback" not in point["said"]


def test_an_edit_is_loaded_whole_or_not_at_all(edited, loaded):
    found = go_through(edited, loaded, "die")
    assert len(found) > 60
    require_whole(found, "die", {"before", "after"})
    assert [point["state"] for point in found].count("before") > 50


@pytest.mark.parametrize("fault", [fault for fault in CODES if fault != "die"])
def test_a_fault_that_the_process_survives_undoes_everything_and_is_told(fault, edited, loaded):
    first = sorted(CODES).index(fault) + 1
    require_whole(go_through(edited, loaded, fault, first=first, step=7), fault, {"before", "after"})


@pytest.mark.slow
@pytest.mark.parametrize("fault", [fault for fault in CODES if fault != "die"])
def test_before_every_statement(fault, edited, loaded):
    require_whole(go_through(edited, loaded, fault, **EVERY[fault]), fault, {"before", "after"})


@pytest.mark.slow
@pytest.mark.parametrize("fault", CODES)
def test_a_first_load_too(fault, collection, sqlite_target):
    require_whole(go_through(collection, sqlite_target, fault, **EVERY[fault]), fault, {"before", "after"})


@pytest.mark.slow
@pytest.mark.parametrize("fault", CODES)
def test_and_one_that_makes_the_database(fault, collection):
    found = go_through(collection, None, fault, step=2 if fault == "OperationalError" else 6)
    require_whole(found, fault, {"absent", "made", "after"})
    assert all(set(point["left"]) <= {"transfers.db", "errors"} or fault == "die" for point in found)


@pytest.mark.slow
@pytest.mark.parametrize("fault", CODES)
def test_and_one_that_prunes(fault, edited, loaded):
    edited.remove(record_path("gazette-third"))
    require_whole(go_through(edited, loaded, fault, ("load", "--prune"), **EVERY[fault]), fault, {"before", "after"})


def test_a_loader_without_a_transaction_would_be_found_out(edited, loaded):
    """The negative control: the same look at a loader that writes each statement by itself finds torn states."""
    found = go_through(edited, loaded, "die", torn=True, step=2, first=60)
    assert "torn" in {point["state"] for point in found}
    assert not all(point.get("index", True) for point in found)
