"""A decision is added to the end of a file of which nothing else changes."""

import os
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.load.made_up import Collection
from tests.load.test_matches import PATH, SUPPLY, decision
from transfers.errors import DatabaseError, InputError, ProblemsError
from transfers.files import FileBytes
from transfers.matching import append_decisions, read_decided
from transfers.records.matches import read_matches


@pytest.fixture
def made(tmp_path):
    return Collection(tmp_path / "collection")


def raw(made):
    return made.file(PATH).read_bytes()


def put(made, text):
    made.file(PATH).parent.mkdir(parents=True, exist_ok=True)
    made.file(PATH).write_bytes(text.encode())


def test_the_first_decision_makes_the_file(made):
    assert read_decided(str(made.root)) is None
    assert append_decisions(str(made.root), [decision()]) == PATH
    (row,) = read_decided(str(made.root)).rows
    assert (row["transfer_id"], row["order_year"], row["why"]) == (SUPPLY, 2021, "Made up for a test.")
    assert os.listdir(made.file("data/matches")) == ["sipri.yaml"]


@pytest.mark.parametrize("before", [
    "# only a comment\n",
    "",
    ("- deal: {supplier: A, recipient: B, designation: C, order_year: 1999}   # said so\n"
     "  fingerprint: 0123456789abcdef\n  transfer: a-b-c-supply\n  decision: rejected\n  reviewer: zz\n  reviewed_on: 2024-01-31\n"
     "  why: >-\n    Two lines\n    of words.\n# the end\n"),
])
@pytest.mark.parametrize("change", [
    lambda text: text, lambda text: text.replace("\n", "\r\n"), lambda text: text.rstrip("\n"),
    lambda text: "\n".join(f"  {line}" if line else line for line in text.split("\n")),
])
def test_what_stands_in_the_file_stays_byte_for_byte(made, before, change):
    text = change(before)
    put(made, text)
    known = len(read_decided(str(made.root)).rows)
    append_decisions(str(made.root), [decision()])
    append_decisions(str(made.root), [decision(fingerprint="f" * 16)])
    assert raw(made).startswith(text.encode())
    assert len(read_decided(str(made.root)).rows) == known + 2
    assert (b"\r\n" in raw(made)) == ("\r\n" in text)


@pytest.mark.parametrize("text", ["[]\n", "- {\n", "one: two\n", "...\n---\n[]\n"])
def test_a_file_to_whose_end_nothing_can_be_added_is_left_alone(made, text):
    put(made, text)
    with pytest.raises((InputError, ProblemsError)):
        append_decisions(str(made.root), [decision()])
    assert raw(made) == text.encode()
    assert os.listdir(made.file("data/matches")) == ["sipri.yaml"]


def test_such_a_refusal_prints_what_to_add(made):
    put(made, "[]\n")
    with pytest.raises(InputError, match="(?s)nothing can be added to the end.*- deal: {supplier: \"Southmark\""):
        append_decisions(str(made.root), [decision()])


def test_the_same_is_not_decided_twice(made):
    append_decisions(str(made.root), [decision()])
    before = raw(made)
    with pytest.raises(InputError, match="that is accepted already, by cd on 2024-01-31; change it in data/matches/sipri.yaml"):
        append_decisions(str(made.root), [decision(decided="rejected")])
    assert raw(made) == before


def test_a_link_is_not_written_through(made, tmp_path):
    made.file("data/matches").mkdir()
    (tmp_path / "elsewhere.yaml").write_text("[]\n")
    made.file(PATH).symlink_to(tmp_path / "elsewhere.yaml")
    with pytest.raises((InputError, ProblemsError)):
        append_decisions(str(made.root), [decision()])
    assert (tmp_path / "elsewhere.yaml").read_text() == "[]\n"


def test_the_rights_of_the_file_stay(made):
    append_decisions(str(made.root), [decision()])
    made.file(PATH).chmod(0o600)
    append_decisions(str(made.root), [decision(fingerprint="f" * 16)])
    assert made.file(PATH).stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_made_is_told(made):
    made.file("data/matches").write_text("a file\n")
    with pytest.raises(DatabaseError, match="data/matches/sipri.yaml cannot be written"):
        append_decisions(str(made.root), [decision()])


def test_nobody_loses_a_decision_to_another(made):
    threads = [
        threading.Thread(target=append_decisions, args=(str(made.root), [decision(fingerprint=f"{number:016x}")])) for number in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read_decided(str(made.root)).rows) == 12


printed = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Mn", "Mc", "Me")), min_size=1, max_size=40,
).filter(lambda text: text.strip())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(printed, printed, printed), min_size=1, max_size=3, unique=True))
def test_whatever_a_register_prints_is_read_again_as_it_is(tmp_path_factory, names):
    made = Collection(tmp_path_factory.mktemp("collection"))
    entries = [
        decision(why=why, reviewer=name) | {"deal": {"supplier": name, "recipient": other, "designation": why, "order_year": "2001"}}
        for name, other, why in names
    ]
    wanted = []
    for entry in entries:
        try:
            append_decisions(str(made.root), [entry])
        except (InputError, ProblemsError):
            continue  # a text that is not in NFC would be another one when it is read
        wanted.append(entry)
    data = raw(made) if wanted else b""
    rows = read_matches(FileBytes(PATH, data, "")).rows
    assert [(row["supplier"], row["recipient"], row["why"]) for row in rows] == [
        (entry["deal"]["supplier"], entry["deal"]["recipient"], entry["why"]) for entry in wanted
    ]
