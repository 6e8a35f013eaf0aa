"""No space left: the load says so, nothing is half written, reading goes on, and with space a second load completes it."""

import hashlib
import os
import resource
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli_load.command import command, environment, transfers
from tests.load.made_up import canon, index_fits
from transfers.db import read_target


def sha256(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def load_with_limit(collection, path, limit):
    """Load with a limit on the size of any file, which is what a full disk looks like to SQLite."""
    return subprocess.run(
        command("--db", str(path), "--collection", str(collection.root), "load"), env=environment(PYTHONDONTWRITEBYTECODE="1"),
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )


def go_through(collection, template, folder, step):
    """Raise the limit step by step until the load succeeds; how many were refused."""
    path = folder / "transfers.db"
    refused = 0
    whole = None
    limits = [0, 512, 4096, *range(step, 4_000_000, step)]
    for limit in limits:
        shutil.copyfile(template, path)
        before = canon(read_target(str(path)))
        done = load_with_limit(collection, path, limit)
        if done.returncode == 0:
            whole = canon(read_target(str(path)))
            break
        refused += 1
        assert done.returncode == 3, (limit, done.stderr)
        assert done.stderr.startswith("error: ")
        assert done.stderr.count("\n") == 1
        assert "nothing of this change was written" in done.stderr
        reading = transfers("--db", str(path), "query")
        assert reading.code == 0
        assert canon(read_target(str(path))) == before
        assert index_fits(read_target(str(path)))
        if refused % 5 == 1:
            assert transfers("--db", str(path), "--collection", str(collection.root), "load").code == 0
    assert whole is not None
    return refused


def test_a_limit_that_is_raised_step_by_step(collection, sqlite_template, tmp_path):
    assert go_through(collection, sqlite_template, tmp_path, 90_000) > 3


@pytest.mark.slow
def test_a_limit_that_is_raised_by_a_few_pages(collection, sqlite_template, tmp_path):
    assert go_through(collection, sqlite_template, tmp_path, 16_384) > 12


@pytest.fixture
def small_disk(tmp_path):
    """A file system of its own with little space."""
    place = tmp_path / "small"
    place.mkdir()
    if shutil.which("mount") is None or os.geteuid() != 0:
        pytest.skip("only root may mount a file system")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(place)], capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount a file system")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_is_really_full(collection, sqlite_template, small_disk):
    path = small_disk / "transfers.db"
    shutil.copyfile(sqlite_template, path)
    filler = small_disk / "filler"
    size = sum(entry.stat().st_size for entry in small_disk.iterdir())
    before = sha256(path)
    for left in (0, 8_000, 40_000, 120_000):
        filler.write_bytes(b"x" * max(0, 1_048_576 - size - left - 8192))
        done = transfers("--db", str(path), "--collection", str(collection.root), "load")
        assert done.code == 3, (left, done.err)
        assert done.err.startswith("error: ")
        assert "space" in done.err
        assert sha256(path) == before
        assert transfers("--db", str(path), "query").code == 0
    filler.unlink()
    done = transfers("--db", str(path), "--collection", str(collection.root), "load")
    assert done.code in (0, 3)
    if done.code == 0:
        assert index_fits(read_target(str(path)))


def test_a_disk_too_full_for_the_database_itself(collection, small_disk):
    (small_disk / "filler").write_bytes(b"x" * 1_000_000)
    path = small_disk / "transfers.db"
    done = transfers("--db", str(path), "--collection", str(collection.root), "load")
    assert done.code == 3, done.err
    assert "space" in done.err
    assert "Traceback" not in done.err
    assert sorted(entry.name for entry in small_disk.iterdir()) == ["filler"]


def test_an_export_that_does_not_fit_leaves_nothing(collection, loaded, small_disk):
    (small_disk / "filler").write_bytes(b"x" * 1_040_000)
    done = transfers("--db", loaded.path, "export", "canonical", "-o", str(small_disk / "out.jsonl"))
    assert done.code == 3, done.err
    assert done.err == f"error: {small_disk / 'out.jsonl'} cannot be written: No space left on device\n"
    assert sorted(entry.name for entry in small_disk.iterdir()) == ["filler"]


def test_an_output_that_is_full(loaded):
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            command("--db", loaded.path, "export", "canonical"), env=environment(), stdout=full, stderr=subprocess.PIPE, text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (3, "error: the output cannot be written: No space left on device\n")


def test_a_reader_that_goes_away(loaded):
    process = subprocess.Popen(
        command("--db", loaded.path, "export", "canonical"), env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )
    process.stdout.close()
    _, said = process.communicate()
    assert (process.returncode, said) == (141, b"")


@pytest.mark.parametrize("redirection", [">&-", "2>&-", ">&- 2>&-", "<&-"])
def test_a_stream_that_is_closed(redirection, collection, sqlite_target):
    line = " ".join(f"'{word}'" for word in command("--db", sqlite_target.path, "--collection", str(collection.root), "load", "--json"))
    done = subprocess.run(["sh", "-c", f"{line} {redirection}"], env=environment(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(canon(sqlite_target)) > 50
