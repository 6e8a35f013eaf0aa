"""Checking a whole collection: everything that is wrong comes together, in the order of files and lines."""

import os
import shutil
import time

import pytest

from tests.check.made_up import Collection
from transfers.errors import ProblemsError


def write(made, path, text):
    (made.root / path).write_bytes(text if isinstance(text, bytes) else text.encode())


def lines(checked):
    return [str(problem) for problem in checked.problems]


def test_an_empty_collection_is_right(made):
    checked = made.check()
    assert (checked.records, checked.reviews, checked.problems, checked.warnings) == ([], [], [], [])


def test_problems_of_all_files_come_in_the_order_of_files_and_lines(made):
    made.add("bb", claim={"phase": "deliverd"}, coder="")
    made.add("aa", claim={"quote": "nowhere to be found in it"})
    write(made, "data/records/2023/cc.yaml", "format: ~\n")
    write(made, "data/review/aa.yaml", "- {record_sha256: x}\n")
    checked = made.check()
    assert checked.problems == sorted(checked.problems)
    assert [(os.path.basename(path), field) for path, _, field, _ in checked.problems] == [
        ("aa.yaml", "claims[1].quote"), ("bb.yaml", "coder"), ("bb.yaml", "claims[1].phase"), ("cc.yaml", ""),
        ("aa.yaml", "[1]"), ("aa.yaml", "[1]"), ("aa.yaml", "[1]"), ("aa.yaml", "[1].record_sha256"),
    ]
    assert checked.records == []


def test_the_line_is_that_of_the_wrong_value(made):
    path = made.add("aa", claim={"quote": "nowhere to be found in it"})
    number = next(number for number, line in enumerate((made.root / path).read_text("utf-8").split("\n"), 1) if "nowhere" in line)
    (problem,) = lines(made.check())
    assert problem.startswith(f"{path}:{number}: claims[1].quote: does not stand in the text of the article: “nowhere to be found in it”")


def test_a_slip_of_shape_does_not_hide_a_slip_of_words_in_another_claim(made):
    path = made.add("aa", claims=3, claim={"phase": "deliverd"})
    text = (made.root / path).read_text("utf-8").replace("shipment 3 as told", "shipment 4 as told")
    write(made, path, text)
    assert [field for _, _, field, _ in made.check().problems] == ["claims[1].phase", "claims[3].quote"]


@pytest.mark.parametrize(("change", "says"), [
    (lambda root: (root / "seeds/aa.txt").unlink(), "article.source: seeds/aa.txt does not exist"),
    (lambda root: (root / "seeds/aa.txt").write_text("other"), "article.source: seeds/aa.txt is not the file that was reviewed (sha256 d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa, the record says"),
    (lambda root: (root / "seeds/aa.txt").write_bytes((root / "seeds/aa.txt").read_bytes() + b"\r\n"), "is not the file that was reviewed"),
    (lambda root: ((root / "seeds/aa.txt").unlink(), (root / "seeds/aa.txt").symlink_to("/etc/passwd")), "article.source: seeds/aa.txt is a link"),
    (lambda root: ((root / "seeds/aa.txt").unlink(), os.mkfifo(root / "seeds/aa.txt")), "article.source: seeds/aa.txt is not a plain file"),
])
def test_an_article_that_cannot_be_read_as_reviewed_is_told_with_its_name(made, change, says):
    made.add("aa")
    change(made.root)
    (problem,) = lines(made.check())
    assert says in problem
    assert problem.startswith("data/records/2023/aa.yaml:")


def test_files_that_do_not_belong_there_are_told_all_together(made):
    made.add("aa")
    for name in ("b.yml", "c.yaml~", "e.txt"):
        write(made, f"data/records/2023/{name}", "x")
    os.mkfifo(made.root / "data/records/2023/f.yaml")
    with pytest.raises(ProblemsError) as caught:
        made.check()
    assert len(caught.value.problems) == 4


@pytest.mark.parametrize("kind", ["pipe", "link", "folder", "large"])
def test_a_registry_file_that_is_no_plain_file_is_refused_at_once(made, kind):
    path = made.root / "data/registry/topics.yaml"
    path.unlink()
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "link":
        path.symlink_to("/etc/passwd")
    elif kind == "folder":
        path.mkdir()
    else:
        with open(path, "wb") as file:
            file.truncate(100_000_000)
    started = time.monotonic()
    with pytest.raises(ProblemsError, match=r"data/registry/topics.yaml: (is not a plain file|is a link|has 100,000,000 bytes)"):
        made.check()
    assert time.monotonic() - started < 1


def test_what_is_wrong_in_the_registry_is_told_before_the_records(made):
    write(made, "data/registry/actors.yaml", "aland: {name: Аland, kind: state}\n")
    with pytest.raises(ProblemsError, match=r"data/registry/actors.yaml:1: aland.name: mixes Cyrillic and Latin"):
        made.check()


def test_a_registry_without_files_is_empty(tmp_path):
    made = Collection(tmp_path / "made", {})
    assert made.problems() == []
    made.add("aa")
    assert any("'the-gazette' is no actor of the registry; add it to data/registry/actors.yaml first" in problem for problem in made.problems())


# --- reviews ------------------------------------------------------------------------------------------------------------
def a_review(sha256="a" * 64):
    return f'- {{record_sha256: {sha256}, reviewer: cd, reviewed_on: "2024-01-31", decision: accepted}}\n'


def test_reviews_are_read_by_the_name_of_their_article(made):
    made.add("aa")
    write(made, "data/review/aa.yaml", a_review())
    (review,) = made.check().reviews
    assert (review.article_id, review.lines[0]["decision"]) == ("aa", "accepted")


def test_a_review_of_no_record_is_told(made):
    made.add("aa")
    write(made, "data/review/bb.yaml", a_review())
    assert lines(made.check()) == ["data/review/bb.yaml: 'bb' is the article of no record; the file is named after it"]


def test_a_review_without_any_line_is_no_crash(made):
    made.add("aa")
    write(made, "data/review/aa.yaml", "[]\n")
    assert made.check().problems == []


# --- naming some records, and progress ----------------------------------------------------------------------------------
def test_named_records_alone_are_reported_on_but_all_are_read(made):
    one, two = made.add("aa", claim={"supersedes": "bb-c01"}), made.add("bb", claim={"phase": "x"})
    checked = made.check(named=[one])
    assert (lines(checked), [read.file.path for read in checked.records]) == ([], [one])
    assert [problem[0] for problem in made.check(named=[two]).problems] == [two]


def test_progress_is_told_for_each_record(made):
    made.add("aa")
    made.add("bb", claim={"phase": "x"})
    calls = []
    made.check(progress=lambda done, of: calls.append((done, of)))
    assert calls == [(1, 2), (2, 2)]


def test_a_warning_is_no_problem(made):
    made.add("aa", claim={"date": {"edtf": "2024", "basis": "external"}}, article={"published": {"edtf": "2023-09-20", "basis": "external"}})
    checked = made.check()
    assert checked.problems == []
    assert [str(warning).partition(": ")[2] for warning in checked.warnings] == ["claims[1].date: delivered on 2024, after the publication on 2023-09-20"]


def test_the_same_collection_at_another_place_gives_the_same(made, tmp_path):
    made.add("aa", claim={"phase": "x"})
    made.add("bb")
    first = lines(made.check())
    shutil.copytree(made.root, tmp_path / "other place %20")
    made.root = tmp_path / "other place %20"
    assert lines(made.check()) == first
