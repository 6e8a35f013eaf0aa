"""Read many files in a process of its own, with limits; run by the tests, with the files on standard input.

Input: a JSON object {name: base64 of the bytes}. Output: a JSON object {name: [seconds, megabytes, value or None, problems]}. With
``--python`` the parser in C is not to be had, as on a machine without libyaml.
"""

import base64
import json
import resource
import sys
import time

if "--python" in sys.argv:
    sys.modules["yaml._yaml"] = None

import yaml

from transfers.errors import ProblemsError
from transfers.files import FileBytes
from transfers.records.positions import as_problems
from transfers.records.record import read_record
from transfers.records.yaml_reader import read_yaml


def read(data):
    file = FileBytes("x.yaml", data, "")
    try:
        found = read_record(file)
        problems = as_problems(file, found.breaches)
        value = read_yaml(data, "x.yaml")
    except ProblemsError as error:
        return None, [list(problem) for problem in error.problems]
    return value, [list(problem) for problem in problems]


def main():
    assert yaml.__with_libyaml__ is ("--python" not in sys.argv)
    files = {name: base64.b64decode(data) for name, data in json.load(sys.stdin).items()}
    if "--limits" in sys.argv:
        resource.setrlimit(resource.RLIMIT_AS, (700_000_000, 700_000_000))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    results = {}
    for name, data in files.items():
        started = time.process_time()
        value, problems = read(data)
        seconds = time.process_time() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        large = "--limits" in sys.argv
        results[name] = [seconds, peak / 1024, None if large else value, problems[:300]]
    json.dump(results, sys.stdout)


main()
