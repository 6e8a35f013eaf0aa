"""Decisions on deals of registers: rows that are a function of the files, each of a transfer that is there."""

import pytest

from tests.load.made_up import canon, count, record_of, record_path
from transfers.db import reading
from transfers.errors import ProblemsError
from transfers.load.checking import check_collection

PATH = "data/matches/sipri.yaml"
SUPPLY = "southmark-northland-kestrel-2-supply"
LOAN = "northland-eastvale-kestrel-2-loan-2023"


def decision(transfer=SUPPLY, decided="accepted", fingerprint="0123456789abcdef", year="2021", **more):
    return {
        "deal": {"supplier": "Southmark", "recipient": "Northland", "designation": "Kestrel-2", "order_year": year},
        "fingerprint": fingerprint, "transfer": transfer, "decision": decided, "reviewer": "cd", "reviewed_on": "2024-01-31",
        "why": "Made up for a test.", **more,
    }


def rows(target):
    with reading(target) as connection:
        return connection.rows(
            "SELECT supplier, recipient, designation, order_year, fingerprint, transfer_id, decision, reviewer, reviewed_on, why "
            "FROM register_matches ORDER BY transfer_id, fingerprint"
        )


def test_a_decision_becomes_a_row_and_a_second_load_does_nothing(collection, target, require_same):
    collection.load(target)
    collection.write(PATH, [decision()])
    report = collection.load(target)
    assert (report.matches, report.changed, report.wrote) == ([PATH], [], True)
    assert rows(target) == [
        ("Southmark", "Northland", "Kestrel-2", 2021, "0123456789abcdef", SUPPLY, "accepted", "cd", "2024-01-31", "Made up for a test."),
    ]
    assert f"decisions on registers written: {PATH}" in report.as_lines()
    require_same(collection, target)
    before = canon(target)
    assert not collection.load(target).wrote
    assert canon(target) == before


def test_the_canonical_export_has_it(collection, target):
    collection.write(PATH, [decision()])
    collection.load(target)
    assert sum('"table":"register_matches"' in line for line in canon(target)) == 1


def test_edits_and_removals(collection, target, require_same):
    for entries in (
        [decision()], [decision(why="Other words."), decision(LOAN, "rejected")],
        [decision(fingerprint="f" * 16)], [decision(fingerprint="f" * 16), decision(decided="rejected")], [],
    ):
        collection.write(PATH, entries)
        assert collection.load(target).matches == [PATH]
        assert count(target, "register_matches") == len(entries)
        require_same(collection, target)
    collection.write(PATH, [decision()])
    collection.load(target)
    collection.remove(PATH)
    report = collection.load(target)
    assert (report.matches, rows(target)) == ([PATH], [])
    require_same(collection, target)
    assert not collection.load(target).wrote


def test_a_file_of_comments_counts_as_empty(collection, sqlite_target):
    path = collection.file(PATH)
    path.parent.mkdir(parents=True)
    path.write_text("# nothing is decided yet\n", encoding="utf-8")
    assert collection.load(sqlite_target).matches == [PATH]
    assert rows(sqlite_target) == []


def test_a_transfer_that_no_record_speaks_of_is_refused_with_its_line_and_the_nearest(collection, target):
    collection.write(PATH, [decision(), decision("southmark-northland-kestrel-supply")])
    with pytest.raises(ProblemsError) as caught:
        collection.load(target)
    (problem,) = caught.value.problems
    line = 1 + collection.file(PATH).read_text(encoding="utf-8").split("\n").index(
        next(text for text in collection.file(PATH).read_text(encoding="utf-8").split("\n") if "kestrel-supply" in text)
    )
    assert str(problem).startswith(
        f"{PATH}:{line}: transfer: 'southmark-northland-kestrel-supply' is no transfer that any record speaks of; did you mean {SUPPLY}"
    )
    assert count(target, "claims") == 0
    assert check_collection(str(collection.root)).problems == [problem]


def test_two_decisions_on_the_same_are_refused(collection, sqlite_target):
    collection.write(PATH, [decision(), decision(decided="rejected")])
    with pytest.raises(ProblemsError, match=rf"{PATH}:\d+: \[2\]: the same deal and transfer are decided on line \d+ already"):
        collection.load(sqlite_target)
    assert len(check_collection(str(collection.root)).problems) == 1


@pytest.mark.parametrize(("more", "field"), [
    ({"decided": "maybe"}, "[1].decision"), ({"fingerprint": "0123"}, "[1].fingerprint"), ({"year": "21"}, "[1].deal.order_year"),
    ({"reviewed_on": "2024-02-30"}, "[1].reviewed_on"), ({"why": ""}, "[1].why"), ({"colour": "red"}, "[1].colour"),
])
def test_a_decision_out_of_shape_is_refused(collection, sqlite_target, more, field):
    collection.write(PATH, [decision(**more)])
    with pytest.raises(ProblemsError) as caught:
        collection.load(sqlite_target)
    assert [problem[2] for problem in caught.value.problems] == [field]


@pytest.mark.parametrize("name", ["unroca.yaml", "notes.txt", "deeper/sipri.yaml"])
def test_a_stray_file_is_refused_even_when_nothing_changed(collection, sqlite_target, name):
    collection.load(sqlite_target)
    path = collection.file(f"data/matches/{name}")
    path.parent.mkdir(parents=True)
    path.write_text("[]\n", encoding="utf-8")
    with pytest.raises(ProblemsError, match=f"data/matches/{name}"):
        collection.load(sqlite_target)
    with pytest.raises(ProblemsError, match=f"data/matches/{name}"):
        check_collection(str(collection.root))


def without_the_loan():
    record = record_of("courier-fifth")
    record["claims"] = [claim for claim in record["claims"] if claim.get("transfer", {}).get("kind") != "loan"]
    record.pop("not_recorded", None)
    return record


def test_a_transfer_and_the_decision_on_it_vanish_in_one_load(collection, target, require_same):
    collection.write(PATH, [decision(), decision(LOAN)])
    collection.load(target)
    collection.write_record(without_the_loan())
    collection.write(PATH, [decision()])
    collection.load(target)
    assert [row[5] for row in rows(target)] == [SUPPLY]
    assert count(target, "transfers", f"id = '{LOAN}'") == 0
    require_same(collection, target)


def test_a_transfer_and_the_decision_on_it_come_in_one_load(collection, target, require_same):
    kept = record_of("courier-fifth")
    collection.write_record(without_the_loan())
    collection.load(target)
    collection.write_record(kept)
    collection.write(PATH, [decision(LOAN)])
    collection.load(target)
    assert [row[5] for row in rows(target)] == [LOAN]
    require_same(collection, target)


@pytest.mark.parametrize("named", [False, True])
def test_a_transfer_that_is_decided_on_does_not_vanish_alone(collection, target, named):
    collection.write(PATH, [decision(LOAN)])
    collection.load(target)
    before = canon(target)
    collection.write_record(without_the_loan())
    with pytest.raises(ProblemsError, match=rf"{PATH}:\d+: transfer: '{LOAN}' is no transfer"):
        collection.load(target, named=[record_path("courier-fifth")] if named else None)
    assert canon(target) == before


def test_going_on_leaves_out_the_decision_and_reads_it_again(collection, target):
    collection.write(PATH, [decision(), decision(LOAN)])
    collection.load(target)
    collection.write_record(without_the_loan())
    report = collection.load(target, keep_going=True)
    assert [problem[2] for problem in report.problems] == ["transfer"]
    assert [row[5] for row in rows(target)] == [SUPPLY]
    with pytest.raises(ProblemsError, match=LOAN):  # it is not forgotten
        collection.load(target)
    collection.write_record(record_of("courier-fifth"))
    collection.load(target)
    assert len(rows(target)) == 2
    assert not collection.load(target).wrote


def test_going_on_over_a_wrong_file_keeps_what_was_decided(collection, sqlite_target):
    collection.write(PATH, [decision()])
    collection.load(sqlite_target)
    collection.file(PATH).write_text("- {\n", encoding="utf-8")
    with pytest.raises(ProblemsError, match=PATH):
        collection.load(sqlite_target)
    assert collection.load(sqlite_target, keep_going=True).problems
    assert len(rows(sqlite_target)) == 1


def test_a_decision_waits_for_the_record_of_its_transfer(collection, target, require_same):
    collection.write(PATH, [decision(), decision(LOAN)])
    report = collection.load(target, named=[record_path("gazette-first")])
    assert [row[5] for row in rows(target)] == [SUPPLY]
    assert [warning[2] for warning in report.warnings] == ["transfer"]
    assert report.matches == [PATH]
    collection.load(target, named=[record_path("gazette-first")])
    assert [row[5] for row in rows(target)] == [SUPPLY]
    assert collection.load(target).matches == [PATH]
    assert len(rows(target)) == 2
    require_same(collection, target)


def test_a_record_that_is_gone_is_not_pruned_under_a_decision(collection, target, require_same):
    collection.write(PATH, [decision(LOAN)])
    collection.load(target)
    collection.remove(record_path("courier-fifth"))
    assert collection.load(target).gone == [record_path("courier-fifth")]
    with pytest.raises(ProblemsError, match=LOAN):
        collection.load(target, prune=True)
    collection.remove(PATH)
    collection.load(target, prune=True)
    assert rows(target) == []
    require_same(collection, target)


def test_a_wrong_record_does_not_make_a_decision_wrong(collection, sqlite_target):
    record = record_of("courier-fifth")
    record["claims"][-1]["quote"] = "words that stand nowhere"
    collection.write_record(record)
    collection.write(PATH, [decision(LOAN)])
    with pytest.raises(ProblemsError) as caught:
        collection.load(sqlite_target)
    assert {problem[0] for problem in caught.value.problems} == {record_path("courier-fifth")}


def test_a_dry_run_says_so_and_writes_nothing(collection, sqlite_target):
    collection.load(sqlite_target)
    collection.write(PATH, [decision()])
    report = collection.load(sqlite_target, dry_run=True)
    assert f"decisions on registers would be written: {PATH}" in report.as_lines()
    assert rows(sqlite_target) == []
