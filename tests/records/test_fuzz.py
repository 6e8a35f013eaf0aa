"""A valid record with slips of all kinds is read, or refused with its file and lines; nothing else ever happens."""

import pytest

from tests.records.hostile import mutations
from tests.records.made_up import KNOWN, PATH, RECORD, as_file, as_yaml, write_article
from transfers.evidence.coverage import find_coverage
from transfers.load.reading import bind_file
from transfers.load.rows import rows_of_record


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fuzz")
    write_article(folder)
    return str(folder)


def require_read_or_refused(root, data):
    read = bind_file(root, as_file(data), KNOWN)
    assert (read.bound is None) == bool(read.problems)
    lines = data.count(b"\n") + data.count(b"\r") + 1
    for path, line, field, sentence in (*read.problems, *read.warnings):
        assert path == PATH
        assert 0 <= line <= lines + 1  # what is missing at the end is missing on the line after it
        assert sentence
        assert len(sentence) + len(field) < 3_000
    if read.bound:
        assert all(0 <= sentence.share <= 1 for sentence in find_coverage(read.bound))
        rows_of_record(read.bound, read.file)
    return bool(read.bound)


def test_the_record_itself_is_read_whole(root):
    read = bind_file(root, as_file(RECORD), KNOWN)
    assert [str(problem) for problem in (*read.problems, *read.warnings)] == []
    assert read.bound is not None
    assert read.bound.record == RECORD


@pytest.mark.parametrize("seed", range(4))
def test_five_hundred_slips_are_read_or_refused(root, seed):
    results = [require_read_or_refused(root, data) for data in mutations(500, seed)]
    assert 10 < sum(results) < 490  # the slips are neither all harmless nor all fatal


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 120))
def test_a_thousand_more_slips_are_read_or_refused(root, seed):
    for data in mutations(1_000, seed):
        require_read_or_refused(root, data)


@pytest.mark.parametrize("size", [1, 7, 64])
def test_a_record_cut_anywhere_is_read_or_refused(root, size):
    data = as_yaml(RECORD).encode()
    for end in range(0, len(data), 61 * size):
        require_read_or_refused(root, data[:end])
        require_read_or_refused(root, data[end:])


def test_a_record_without_any_one_of_its_lines_is_read_or_refused(root):
    lines = as_yaml(RECORD).encode().split(b"\n")
    for number in range(len(lines)):
        require_read_or_refused(root, b"\n".join(lines[:number] + lines[number + 1 :]))


