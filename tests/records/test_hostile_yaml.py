"""Hostile files are refused: quickly, in little memory, with the file and the line, and never by a crash."""

import base64
import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.records.hostile import HOSTILE, LARGE, mutations
from transfers.files import FileBytes
from transfers.records.positions import as_problems
from transfers.records.record import read_record

ROOT = Path(__file__).parents[2]


def read_apart(files, *options):
    """What a process of its own makes of some files."""
    ran = subprocess.run(
        [sys.executable, "-W", "error", str(Path(__file__).with_name("read_many.py")), *options],
        input=json.dumps({name: base64.b64encode(data).decode() for name, data in files.items()}),
        capture_output=True, text=True, timeout=240, env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}, check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2_000:]
    assert ran.stderr == ""
    return json.loads(ran.stdout)


@pytest.fixture(scope="module")
def results():
    return read_apart({name: data for name, (data, _) in HOSTILE.items()}, "--limits")


@pytest.fixture(scope="module")
def large_results():
    return read_apart({name: data for name, (data, _) in LARGE.items()}, "--limits")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_its_line_at_once(name, results):
    seconds, megabytes, _, problems = results[name]
    assert problems
    assert all(path == "x.yaml" and line >= 0 and sentence for path, line, field, sentence in problems)
    assert any(re.search(HOSTILE[name][1], sentence) for _, _, _, sentence in problems)
    assert all(len(sentence) + len(field) < 1_500 for _, _, field, sentence in problems)
    assert seconds < 1
    assert megabytes < 200


@pytest.mark.slow
@pytest.mark.parametrize("name", LARGE)
def test_a_file_of_the_largest_size_takes_seconds_and_no_more_memory_than_a_good_one(name, large_results):
    seconds, megabytes, _, problems = large_results[name]
    assert any(LARGE[name][1] in sentence for _, _, _, sentence in problems)
    assert len(problems) <= 201
    assert seconds < 12
    assert megabytes < 260


@pytest.mark.parametrize("text", [
    "".join(f"k{number}: x\n" for number in range(9_000)), "claims: [" + "a," * 50_000 + "]", "claims:\n" + "- {stance: asserte}\n" * 5_000,
    "claims:\n" + "- {quotes: {suplier: x}}\n" * 4_000,
])
def test_of_very_many_slips_the_first_are_told_and_that_there_are_more(text):
    started = time.process_time()
    file = FileBytes("x.yaml", text.encode(), "")
    problems = as_problems(file, read_record(file).breaches)
    assert len(problems) == 201
    assert str(problems[-1]) == "x.yaml:1: more is wrong in this file than the 200 things that are told here"
    assert time.process_time() - started < 2


@pytest.mark.slow
def test_the_parser_in_python_gives_the_same_values_and_refuses_the_same_files():
    files = {f"mutation {number}": data for number, data in enumerate(mutations(250, seed=11))}
    slow = ("words", "comments", "colons", "directives", "megabyte", "string", "lines", "tabs", "large", "long")
    files |= {name: data for name, (data, _) in HOSTILE.items() if not any(word in name for word in slow)}
    files |= {
        "plain": b"a: b\n", "kinds": b"a: NO\nb: 010\nc: 1:30\nd: 2024-02-30\ne: 1_000\n", "blocks": b"a: |\n  x\n\nb: >\n  y\n  z\n",
        "flow": b"{a: [b, {c: d}], e: f}\n", "quotes": b"a: 'it''s'\nb: \"x\\ty\"\n", "marks": "a: Zoe\u0308 # é\nб: 中 😀\n".encode(),
        "crlf": b"a: b\r\nc:\r\n- d\r\n", "keys": b"? a\n: b\n", "nothing": b"a:\nb: ''\n", "urls": b"a: http://x/y?z=1#w\n",
    }
    in_c, in_python = read_apart(files), read_apart(files, "--python")
    differing = []
    for name in files:
        _, _, value, problems = in_c[name]
        _, _, other_value, other_problems = in_python[name]
        if other_value is None and b"\t" in files[name]:
            continue  # it refuses some tabs between words, which is no harm
        if value != other_value or bool(problems) != bool(other_problems):
            differing.append((name, value, other_value, problems, other_problems))
        elif value is not None and problems != other_problems:
            differing.append((name, problems, other_problems))
    assert differing == []
