"""Which rows are proposed for which transfers, with what reasons, and what the decisions of people change of it."""

import pytest

import transfers
from tests.load.made_up import registry_of
from tests.load.test_matches import PATH, SUPPLY, decision
from tests.matching.conftest import RELEASE, prints, row
from tests.registers.made_up import deliveries, delivery
from transfers.db import reading
from transfers.errors import InputError
from transfers.load.registers import import_registers
from transfers.matching import append_decisions, find_decisions, find_held, find_proposals, make_entries, read_decided

LOAN = "northland-eastvale-kestrel-2-loan-2023"


def propose(target, **asked):
    with reading(target) as connection:
        return find_proposals(connection, find_decisions(connection), **asked)


def about(target, **asked):
    return [(one.row, one.transfer, one.grade) for one in propose(target, **asked)]


def test_a_row_is_proposed_with_its_reasons(collection, target, import_rows):
    collection.load(target)
    import_rows(target, row(comment="Part of aid"))
    (one,) = propose(target, transfers=[SUPPLY])
    assert one._replace(fingerprint="") == (
        RELEASE, 1, SUPPLY, "strong",
        ["Southmark and Northland* are southmark and northland in the registry", "designation 'Kestrel-2' is a name of Kestrel-2",
         one.reasons[2], one.reasons[3], "the register speaks of no production there"],
        "Southmark", "Northland*", "Kestrel-2", 2021, 300, 205, "2022; 2023", "Part of aid", one.dates, one.numbers, "", None,
    )


def test_the_words_of_grades(collection, sqlite_target, import_rows):
    collection.load(sqlite_target)
    import_rows(
        sqlite_target, row(), row(designation="Kestrel", order_year="2020"), row(designation="Heron"), row(supplier="Elsewhere"),
        row(designation="Unknown-1", order_year="2019"), row(order_year="2022", comment="Produced under licence in Northland"),
        row(designation="Other-2", comment="Northland designation Snipe-2"), row(supplier="South Mark", order_year="2018"),
    )
    assert about(sqlite_target, transfers=[SUPPLY]) == [
        (1, SUPPLY, "strong"), (7, SUPPLY, "strong"), (8, SUPPLY, "strong"), (6, SUPPLY, "medium"), (2, SUPPLY, "weak"),
    ]


def test_years_far_from_those_of_the_claims_speak_against_it(collection, sqlite_target, import_rows):
    collection.load(sqlite_target)
    import_rows(sqlite_target, row(order_year="2024", years="2024", delivered="5"))
    (one,) = propose(sqlite_target, transfers=[SUPPLY])
    with reading(sqlite_target) as connection:
        ((first, last),) = connection.rows("SELECT first_date, last_date FROM v_transfers WHERE id = :id", {"id": SUPPLY})
    assert last < "2024"
    assert (one.dates, one.grade) == ("apart", "weak"), (first, last, one.reasons)


def test_a_question_mark_of_the_register_takes_the_weight_from_its_years(collection, sqlite_target, import_rows):
    collection.load(sqlite_target)
    import_rows(sqlite_target, row(order_year="2024", order_flag="?", years="2024", delivered="205"))
    (one,) = propose(sqlite_target, transfers=[SUPPLY])
    assert (one.dates, one.grade) == ("apart", "strong" if one.numbers in ("inside", "overlapping") else "medium")


def test_a_loan_is_weak_and_training_is_not_proposed(collection, sqlite_target, import_rows):
    collection.load(sqlite_target)
    import_rows(sqlite_target, row(recipient="Eastvale", supplier="Northland*"))
    assert about(sqlite_target) == [(1, LOAN, "weak")]


def test_a_name_of_two_systems_is_not_certain(collection, sqlite_target, import_rows):
    systems = registry_of("systems")
    systems["heron"].setdefault("aliases", []).append({"name": "Kestrel 2", "kind": "designation", "lang": "en"})
    collection.write_registry("systems", systems)
    collection.load(sqlite_target)
    import_rows(sqlite_target, row())
    (one,) = propose(sqlite_target, transfers=[SUPPLY])
    assert one.grade == "medium"
    assert "designation 'Kestrel-2' is a name of Kestrel-2, and of others" in one.reasons


def test_a_name_that_somebody_else_uses_is_not_certain(collection, sqlite_target, import_rows):
    systems = registry_of("systems")
    systems["kestrel-2"]["aliases"].append({"name": "Raptor", "kind": "designation", "used_by": "eastvale"})
    collection.write_registry("systems", systems)
    collection.load(sqlite_target)
    import_rows(sqlite_target, row(designation="Raptor"))
    (one,) = propose(sqlite_target, transfers=[SUPPLY])
    assert one.grade == "medium"
    assert "as eastvale calls it" in one.reasons[1]


def test_the_name_that_the_registry_gives_wins_over_the_look_of_another(collection, sqlite_target, import_rows):
    systems = registry_of("systems")
    systems["heron"]["identifiers"] = prints("Kestrel-2")
    collection.write_registry("systems", systems)
    collection.load(sqlite_target)
    import_rows(sqlite_target, row())
    assert about(sqlite_target, transfers=[SUPPLY]) == []


def test_a_row_of_two_releases_is_proposed_once_from_the_newer_one(collection, target, import_rows):
    collection.load(target)
    import_rows(target, row(delivered="100"), row(order_year="2020"), day="1 Mar 2024")
    import_rows(target, row(), row(order_year="2020"), day="13 Mar 2025")
    assert sorted((one.register[-10:], one.order_year) for one in propose(target, transfers=[SUPPLY])) == [
        ("2024-03-01", 2021), ("2025-03-13", 2020), ("2025-03-13", 2021),
    ]
    assert {one.register for one in propose(target, transfers=[SUPPLY], registers=[RELEASE])} == {RELEASE}


def test_what_is_decided_is_not_proposed_and_holds_in_other_releases(collection, target, import_rows):
    collection.load(target)
    import_rows(target, row(), row(order_year="2019"), day="1 Mar 2024")
    by_year = {one.order_year: one for one in propose(target, transfers=[SUPPLY])}
    collection.write(PATH, [
        decision(fingerprint=by_year[2021].fingerprint) | {"deal": deal_as_printed("2021")},
        decision(fingerprint=by_year[2019].fingerprint, decided="rejected") | {"deal": deal_as_printed("2019")},
    ])
    collection.load(target)
    assert propose(target, transfers=[SUPPLY]) == []
    import_rows(target, row(delivered="250"), row(order_year="2019", delivered="1"), day="13 Mar 2025")
    (again,) = propose(target, transfers=[SUPPLY])  # who rejected it did so for what the register said then
    assert (again.order_year, again.register) == (2019, RELEASE)
    assert again.earlier == "rejected by cd on 2024-01-31, for what another row or release says of the deal"
    with reading(target) as connection:
        held = [(one.order_year, one.match, one.register[-10:], one.row) for one in find_held(connection, find_decisions(connection))]
    assert held == [
        (2019, "rejected", "2024-03-01", 2), (2021, "accepted", "2024-03-01", 1), (2021, "accepted_figures_changed", "2025-03-13", 1),
    ]


def test_a_deal_that_stands_twice_is_joined_by_its_fingerprint_only(collection, sqlite_target, import_rows):
    collection.load(sqlite_target)
    import_rows(sqlite_target, row(), row(delivered="7"))
    one = propose(sqlite_target, transfers=[SUPPLY])[0]
    collection.write(PATH, [decision(fingerprint=one.fingerprint) | {"deal": deal_as_printed("2021")}])
    collection.load(sqlite_target)
    (other,) = propose(sqlite_target, transfers=[SUPPLY])
    assert {one.row, other.row} == {1, 2}
    assert other.earlier.startswith("accepted by cd")


def test_a_decision_counts_before_it_is_loaded(collection, sqlite_target, import_rows):
    collection.load(sqlite_target)
    import_rows(sqlite_target, row())
    (one,) = propose(sqlite_target, transfers=[SUPPLY])
    collection.write(PATH, [decision(fingerprint=one.fingerprint) | {"deal": deal_as_printed("2021")}])
    with reading(sqlite_target) as connection:
        decisions = find_decisions(connection, read_decided(str(collection.root)))
        assert find_proposals(connection, decisions, transfers=[SUPPLY]) == []
        (held,) = find_held(connection, decisions)
        assert (held.match, held.is_loaded) == ("accepted", 0)


def test_a_decision_on_a_row_of_no_imported_register_is_shown_without_one(collection, sqlite_target):
    collection.write(PATH, [decision()])
    collection.load(sqlite_target)
    with reading(sqlite_target) as connection:
        (held,) = find_held(connection, find_decisions(connection))
    assert (held.match, held.register, held.row, held.is_loaded) == (None, None, None, 1)


@pytest.mark.parametrize(("asked", "said"), [
    ({"registers": ["sipri-trade-register-2025"]}, f"there is no register 'sipri-trade-register-2025'; did you mean {RELEASE}?"),
    ({"transfers": [SUPPLY[:-1]]}, f"did you mean {SUPPLY}"),
])
def test_what_is_not_there_is_refused_with_the_nearest(collection, sqlite_target, import_rows, asked, said):
    collection.load(sqlite_target)
    import_rows(sqlite_target, row())
    with pytest.raises(InputError, match=said.replace("?", r"\?")):
        propose(sqlite_target, **asked)


def deal_as_printed(year):
    return {"supplier": "Southmark", "recipient": "Northland*", "designation": "Kestrel-2", "order_year": year}


def test_from_python(collection, sqlite_target, import_rows):
    collection.load(sqlite_target)
    import_rows(sqlite_target, row())
    with transfers.open(sqlite_target.path) as db:
        assert [(one.row, one.grade) for one in db.proposals(transfers=[SUPPLY])] == [(1, "strong")]
        assert db.proposals(grades=["medium"]) == []


def test_the_rows_of_a_deal_in_a_form_by_year_are_proposed_and_decided_together(collection, target, tmp_path):
    collection.load(target)
    path = deliveries(tmp_path / "deliveries.csv", [
        delivery("40001", "Southmark", "Northland*", "Kestrel-2", order_year="2021", delivered="200", year="2022"),
        delivery("40001", "Southmark", "Northland*", "Kestrel-2", order_year="2021", delivered="5", year="2023"),
        delivery("40002", "Southmark", "Northland*", "Kestrel-2", order_year="2021", delivered="7", year="2022"),
    ])
    import_registers(target, [path])
    both, other = sorted(propose(target, transfers=[SUPPLY]), key=lambda one: one.row)
    assert (both.row, both.delivered, both.delivery_years) == (1, 205, "2022; 2023")
    assert both.reasons[-1] == "2 rows of deal 40001, one for each year; a decision is about all of them"
    assert (other.row, other.delivered) == (3, 7)
    said = {"reviewer": "cd", "reviewed_on": "2024-01-31", "why": "made up"}
    with reading(target) as connection:
        entries = make_entries(connection, f"{both.register}:2", SUPPLY, "accepted", **said)
    append_decisions(str(collection.root), entries)
    with pytest.raises(InputError, match="that is accepted already"):
        append_decisions(str(collection.root), entries[:1])
    with pytest.raises(InputError, match="that is accepted already"):
        append_decisions(str(collection.root), [{**entry, "decision": "rejected"} for entry in entries])
    collection.load(target)
    assert [one.row for one in propose(target, transfers=[SUPPLY])] == [3]
    with reading(target) as connection:
        assert sorted((one.row, one.match) for one in find_held(connection, find_decisions(connection))) == [(1, "accepted"), (2, "accepted")]
        assert find_held(connection, find_decisions(connection))[0].transfer == SUPPLY
