"""Registers beside the claims, on both engines: what is joined, what is compared, and what analysts ask of both."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from transfers.db import Target, reading
from transfers.load.registers import import_registers
from transfers.vocabulary import words

from .made_up_registers import decide, name_in_sipri, write_register
from .story import Story, written

ROW = {"ordered": 6600, "ordered_uncertain": 1, "delivered": 4600, "delivery_years": "2022; 2023; 2024", "comment": "For use somewhere"}


def read(target: Target, sql: str, **params: Any) -> list[tuple[Any, ...]]:
    with reading(target) as connection:
        return [tuple(row) for row in connection.rows(sql, params)]


def read_dicts(target: Target, view: str) -> list[dict[str, Any]]:
    with reading(target) as connection:
        columns, rows = connection.table(f"SELECT * FROM {view}")
    return [dict(zip(columns, row, strict=True)) for row in rows]


def shahed(story: Story, *claims: dict[str, Any], episode: str = "all") -> str:
    id_ = story.transfer("iran", "russia", "shahed-136", episode=episode)
    for number, claim in enumerate(claims, start=1):
        article = story.article(f"{episode}-{number}", published=claim.pop("published", "2023-09-20"))
        story.claim(article, id_, **claim)
    return id_


def sides(target: Target, columns: str = "transfer, register, row_number, match") -> list[tuple[Any, ...]]:
    return sorted(read(target, f"SELECT {columns} FROM v_transfer_registers"), key=repr)


SHAHED = "iran-russia-shahed-136-supply"


def test_rows_have_the_ids_that_somebody_decided_and_no_others(target: Target) -> None:
    with written(target) as story:
        name_in_sipri(story, "iran", "Iran")
        name_in_sipri(story, "shahed-136", "Shahed-136", "system")
        write_register(story, "march", ROW, {"supplier": "Russia", "recipient": "Iran", "designation": "Iran"})
    found = sorted(read_dicts(target, "v_register_rows"), key=lambda row: row["row_number"])
    assert [(row["supplier"], row["supplier_name"], row["recipient"], row["recipient_name"], row["system"]) for row in found] == [
        ("iran", "Iran", None, "Russia", "shahed-136"), (None, "Russia", "iran", "Iran", None),
    ]
    assert found[0]["ordered"] == 6600
    assert (found[0]["ordered_uncertain"], found[0]["delivered_uncertain"]) == (1, 0)
    assert (found[0]["register"], found[0]["form"], found[0]["release"]) == ("march", "trade_register", "2025-03-13")


def test_only_an_accepted_decision_joins(target: Target) -> None:
    with written(target) as story:
        transfer, other = shahed(story, {}), shahed(story, {}, episode="other")
        (mark,) = write_register(story, "march", ROW)
    assert sides(target) == []
    with_decision(target, other, mark, "rejected")
    assert sides(target) == []
    with_decision(target, transfer, mark)
    assert sides(target) == [(SHAHED, "march", 1, "accepted")]


def with_decision(target: Target, transfer: str, mark: str, decision: str = "accepted", **deal: Any) -> None:
    from transfers.db import writing

    with writing(target) as connection, connection.transaction():
        decide(Story(connection), transfer, mark, decision, **deal)


def test_a_decision_holds_for_changed_figures_of_the_only_row_of_its_deal_and_says_so(target: Target) -> None:
    with written(target) as story:
        transfer = shahed(story, {})
        (mark,) = write_register(story, "march", ROW)
        write_register(story, "october", {**ROW, "delivered": 5000}, {**ROW, "designation": "Shahed-131"})
        decide(story, transfer, mark)
    assert sides(target) == [(SHAHED, "march", 1, "accepted"), (SHAHED, "october", 1, "accepted_figures_changed")]


def test_an_ambiguous_key_joins_nothing_unless_a_row_is_as_it_was(target: Target) -> None:
    with written(target) as story:
        transfer = shahed(story, {})
        (mark,) = write_register(story, "march", ROW)
        write_register(story, "october", {**ROW, "delivered": 1}, {**ROW, "delivered": 2})
        write_register(story, "december", {**ROW, "delivered": 1}, ROW, ROW)
        decide(story, transfer, mark)
    assert sides(target) == [
        (SHAHED, "december", 2, "accepted"), (SHAHED, "december", 3, "accepted"), (SHAHED, "march", 1, "accepted"),
    ]


def test_changed_figures_that_somebody_rejected_are_not_joined(target: Target) -> None:
    with written(target) as story:
        transfer = shahed(story, {})
        (old,) = write_register(story, "march", ROW)
        (new,) = write_register(story, "october", {**ROW, "delivered": 5000})
        decide(story, transfer, old)
        decide(story, transfer, new, "rejected")
    assert sides(target) == [(SHAHED, "march", 1, "accepted")]


def test_two_decisions_on_one_row_are_one_row_and_the_better_word_counts(target: Target) -> None:
    with written(target) as story:
        transfer = shahed(story, {})
        (old,) = write_register(story, "march", ROW)
        (new,) = write_register(story, "october", {**ROW, "delivered": 5000})
        decide(story, transfer, old)
        decide(story, transfer, new)
    assert sides(target) == [(SHAHED, "march", 1, "accepted"), (SHAHED, "october", 1, "accepted")]


def test_a_deal_of_an_unknown_year_is_never_joined(target: Target) -> None:
    with written(target) as story:
        transfer = shahed(story, {})
        (mark,) = write_register(story, "march", {**ROW, "order_year": None})
        decide(story, transfer, mark, order_year=2022)
    assert sides(target) == []


NUMBERS: list[tuple[dict[str, Any] | None, int | None, str]] = [
    ({"low": 200, "high": 999}, 500, "within"),
    ({"low": 200, "high": 999}, 200, "within"),
    ({"low": 200, "high": 999}, 999, "within"),
    ({"low": 200, "high": 999}, 1000, "above_claims"),
    ({"low": 200, "high": 999}, 199, "below_claims"),
    ({"low": 200, "high": 999}, 0, "below_claims"),
    ({"low": 200}, 4600, "within_open"),
    ({"low": 200}, 199, "below_claims"),
    ({"high": 400}, 400, "within_open"),
    ({"high": 400}, 401, "above_claims"),
    ({"low": 200, "high": 999}, None, "register_open"),
    ({}, 200, "claims_open"),
    (None, 200, "claims_open"),
    ({"low": 2, "high": 2, "unit": "batch"}, 200, "claims_open"),
]


def test_numbers_are_compared_with_the_range_of_the_claims(target: Target) -> None:
    with written(target) as story:
        for number, (claimed, delivered, _) in enumerate(NUMBERS):
            transfer = shahed(story, {"number": claimed}, episode=f"case-{number}")
            order = {"order_year": 1950 + number}
            marks = write_register(story, f"register-{number}", {**ROW, "delivered": delivered, **order})
            decide(story, transfer, marks[0], **order)
    found = dict(read(target, "SELECT register, delivered_compared FROM v_transfer_registers"))
    assert [found[f"register-{number}"] for number in range(len(NUMBERS))] == [word for _, _, word in NUMBERS]


def test_numbers_ordered_are_compared_with_what_is_planned(target: Target) -> None:
    with written(target) as story:
        transfer = shahed(story, {"phase": "ordered", "number": {"low": 6000, "high": 6000, "scope": "order"}})
        (mark,) = write_register(story, "march", ROW)
        decide(story, transfer, mark)
    assert sides(target, "ordered_compared, delivered_compared, event_compared, differs_on") == [
        ("above_claims", "claims_open", "register_only", "event, ordered"),
    ]


def test_numbers_that_are_not_of_the_same_items_are_not_compared(target: Target) -> None:
    number = {"number": {"low": 10, "high": 20}}
    with written(target) as story:
        one, two, three = (shahed(story, dict(number), episode=episode) for episode in ("one", "two", "three"))
        marks = write_register(
            story, "march", {**ROW, "order_year": 2001}, {**ROW, "order_year": 2002}, {**ROW, "order_year": 2003},
        )
        decide(story, one, marks[0], order_year=2001)
        decide(story, one, marks[1], order_year=2002)
        decide(story, two, marks[2], order_year=2003)
        decide(story, three, marks[2], order_year=2003)
        for register, form in (("years", "deliveries"), ("old", "deals_and_tivs")):
            marks = write_register(
                story, register, {**ROW, "order_year": 2004, "ordered": None, "delivery_years": "2023", "delivered": 5, "external_id": "7"},
                form=form,
            )
        decide(story, two, marks[0], order_year=2004)  # the two rows say the same
    found = sides(target, "register, row_number, transfer, delivered_compared, ordered_compared")
    assert {(row[0], row[3]) for row in found} == {(one, "not_comparable") for one in ("march", "years", "old")}
    assert len(found) == 6


EVENTS: list[tuple[list[dict[str, Any]], int | None, str, str | None]] = [
    ([{}], 5, "both", None),
    ([{"phase": "planned"}], 5, "register_only", "event"),
    ([{}], 0, "claims_only", "event"),
    ([{"phase": "planned"}], 0, "neither", None),
    ([{"stance": "denied", "denies": "event"}], 5, "denied", "event"),
    ([{"stance": "denied", "denies": "event"}], 0, "neither", None),
    ([{}, {"stance": "denied", "denies": "event"}], 5, "both", None),
    ([{}], None, "register_open", None),
    ([], 5, "register_only", "event"),
]


def test_whether_it_took_place_is_compared(target: Target) -> None:
    with written(target) as story:
        for number, (claims, delivered, _, _) in enumerate(EVENTS):
            transfer = shahed(story, *map(dict, claims), episode=f"case-{number}")
            order = {"order_year": 1950 + number}
            (mark,) = write_register(story, f"register-{number}", {**ROW, **order, "delivered": delivered, "delivery_years": None})
            decide(story, transfer, mark, **order)
    found = {row[0]: row[1:] for row in read(target, "SELECT register, event_compared, differs_on FROM v_transfer_registers")}
    assert [found[f"register-{number}"] for number in range(len(EVENTS))] == [tuple(case[2:]) for case in EVENTS]


DATES: list[tuple[str | None, str | None, str, str | None]] = [
    ("2022/2023", "2022; 2023", "within", None),
    ("2022/2023", "2023", "within", None),
    ("../2023", "2021", "within_open", None),
    ("2022/..", "2030", "within_open", None),
    ("2022/2023", "2021; 2022", "begins_before_claims", "dates"),
    ("2022/2023", "2023; 2024", "goes_on_after_claims", None),
    ("../2023", "2023; 2024", "goes_on_after_claims", None),
    ("2022/2023", "2021; 2024", "wider_than_claims", "dates"),
    ("2022/2023", "2019; 2021", "before_claims", "dates"),
    ("2022/2023", "2024; 2025", "after_claims", "dates"),
    ("2022/2023", None, "register_open", None),
    (None, "2022", "claims_open", None),
]


def test_years_are_compared(target: Target) -> None:
    with written(target) as story:
        for number, (claimed, years, _, _) in enumerate(DATES):
            claim = {"date": claimed, "published": None}
            transfer = shahed(story, claim, episode=f"case-{number}")
            order = {"order_year": 1950 + number}
            (mark,) = write_register(story, f"register-{number}", {**ROW, **order, "delivery_years": years})
            decide(story, transfer, mark, **order)
    found = {row[0]: row[1:] for row in read(target, "SELECT register, dates_compared, differs_on FROM v_transfer_registers")}
    assert [found[f"register-{number}"] for number in range(len(DATES))] == [tuple(case[2:]) for case in DATES]


def test_days_of_plans_are_not_compared_with_deliveries(target: Target) -> None:
    with written(target) as story:
        transfer = shahed(story, {"phase": "planned", "date": "2020"})
        (mark,) = write_register(story, "march", ROW)
        decide(story, transfer, mark)
    assert sides(target, "dates_compared") == [("not_comparable",)]


def test_every_word_of_the_comparisons_was_seen_above() -> None:
    assert {case[2] for case in NUMBERS} | {"not_comparable"} == set(words.NUMBERS_COMPARED)
    assert {case[2] for case in EVENTS} == set(words.EVENTS_COMPARED)
    assert {case[2] for case in DATES} | {"not_comparable"} == set(words.DATES_COMPARED)


def test_the_claims_are_as_the_view_of_transfers_has_them(target: Target) -> None:
    with written(target) as story:
        transfer = shahed(story, {"number": {"low": 200, "high": 999}}, {"stance": "denied", "denies": "quantity"}, {"stance": "alleged"})
        shahed(story, {}, episode="other")
        (mark,) = write_register(story, "march", ROW)
        decide(story, transfer, mark)
    (side,) = read_dicts(target, "v_transfer_registers")
    told = next(row for row in read_dicts(target, "v_transfers") if row["id"] == transfer)
    assert {name: value for name, value in told.items() if name in side} == {
        name: side[name] for name in told if name in side
    }
    assert set(told) - set(side) == {"id", "episodes", "denials_elsewhere"}
    assert (side["register_supplier"], side["comment"], side["delivery_years"]) == ("Iran", "For use somewhere", "2022; 2023; 2024")


def test_supplies_are_counted_in_the_years_in_which_they_can_lie(target: Target) -> None:
    with written(target) as story:
        shahed(story, {"date": "2022"}, episode="one-year")
        shahed(story, {"date": "2021/2023", "stance": "alleged"}, episode="three-years")
        shahed(story, {"date": "2022/.."}, episode="from")
        shahed(story, {"published": "2023-09-20"}, episode="until")
        shahed(story, {"published": None}, episode="undated")
        shahed(story, {"stance": "denied", "denies": "event"}, episode="denied")
        shahed(story, episode="withdrawn")
    found = read_dicts(target, "v_supplies_by_year")
    assert all((row["supplier"], row["recipient_name"]) == ("iran", "Russia") for row in found)
    told = {row["year"]: tuple(row[name] for name in ("transfers", "in_this_year", "open_ended", *words.STANDINGS)) for row in found}
    assert told == {
        2021: (1, 0, 0, 0, 1, 0, 0, 0, 0),
        2022: (3, 1, 1, 2, 1, 0, 0, 0, 0),
        2023: (2, 0, 1, 1, 1, 0, 0, 0, 0),
        None: (3, 0, 3, 1, 0, 0, 1, 0, 1),
    }


def test_years_of_registers_have_numbers_only_where_the_form_gives_them(target: Target) -> None:
    with written(target) as story:
        name_in_sipri(story, "iran", "Iran")
        write_register(story, "deals", ROW, {**ROW, "designation": "Mohajer", "delivery_years": "2022", "tiv_delivered": 3.0})
        write_register(
            story, "years",
            {"external_id": "7", "delivery_years": "2022", "delivered": 5, "tiv_delivered": 0.1, "delivered_uncertain": 1},
            {"external_id": "7", "delivery_years": "2022", "delivered": 1, "tiv_delivered": 0.2},
            {"external_id": "8", "delivery_years": "2022", "delivered": None, "tiv_delivered": None},
            {"external_id": "7", "delivery_years": "2023", "delivered": 9, "tiv_delivered": 1.5},
            form="deliveries",
        )
    columns = "register, supplier, supplier_name, recipient, recipient_name, year, deals, uncertain, delivered, tiv_delivered"
    found = read(target, f"SELECT {columns} FROM v_register_by_year")
    assert sorted(found, key=lambda row: (row[0], row[5])) == [
        ("deals", "iran", "Iran", None, "Russia", 2022, 2, 0, None, None),
        ("deals", "iran", "Iran", None, "Russia", 2023, 1, 0, None, None),
        ("deals", "iran", "Iran", None, "Russia", 2024, 1, 0, None, None),
        ("years", "iran", "Iran", None, "Russia", 2022, 2, 1, 6, 0.3),
        ("years", "iran", "Iran", None, "Russia", 2023, 1, 0, 9, 1.5),
    ]
    assert all(isinstance(value, int) for row in found for value in row[5:8])


def test_shares_ranks_and_concentration_are_within_one_register(target: Target) -> None:
    given = [("Russia", 60.5), ("Russia", 39.5), ("China", 50.0), ("Iran", 50.0), ("unknown supplier(s)", 0.0), ("Hamas*", None)]
    with written(target) as story:
        for register in ("march", "october"):
            write_register(story, register, *(
                {"supplier": supplier, "recipient": "Syria", "tiv_delivered": tiv, "order_year": 2000 + number}
                for number, (supplier, tiv) in enumerate(given)
            ))
        write_register(story, "nothing", {"supplier": "Russia", "recipient": "Mali", "tiv_delivered": 0.0})
    for register in ("march", "october"):
        found = read(target, (
            "SELECT supplier_name, deals, tiv, share, supplier_rank, hhi FROM v_register_suppliers "
            f"WHERE register = '{register}' ORDER BY supplier_rank, supplier_name"
        ))
        hhi = float(sum(Fraction(share, 100) ** 2 for share in (50, 25, 25)))
        assert found == [
            ("Russia", 2, 100.0, 0.5, 1, hhi), ("China", 1, 50.0, 0.25, 2, hhi), ("Iran", 1, 50.0, 0.25, 2, hhi),
            ("unknown supplier(s)", 1, 0.0, 0.0, 4, hhi), ("Hamas*", 1, None, None, 5, hhi),
        ]
    assert read(target, "SELECT share, supplier_rank, hhi FROM v_register_suppliers WHERE register = 'nothing'") == [(None, 1, None)]


def test_the_lag_counts_once_for_each_deal(target: Target) -> None:
    with written(target) as story:
        write_register(
            story, "deals", {"delivery_years": "2024; 2025"}, {"delivery_years": "2022", "order_year_uncertain": 1}, {"delivery_years": None},
            {"order_year": None, "delivery_years": "2022"}, {"order_year": 2023, "delivery_years": "2022"},
        )
        write_register(
            story, "years", {"external_id": "7", "delivery_years": "2025"}, {"external_id": "7", "delivery_years": "2023"},
            {"external_id": "7", "delivery_years": "2023"}, {"external_id": "8", "delivery_years": "2024"}, form="deliveries",
        )
    found = read(target, "SELECT register, row_number, first_delivery, lag_years, order_year_uncertain FROM v_order_to_delivery")
    assert sorted(found) == [
        ("deals", 1, 2024, 2, 0), ("deals", 2, 2022, 0, 1), ("deals", 5, 2022, -1, 0), ("years", 2, 2023, 1, 0), ("years", 4, 2024, 2, 0),
    ]


def _number(phase: str, low: int | None, high: int | None) -> dict[str, Any]:
    return {"phase": phase, "number": {"low": low, "high": high, "scope": "order" if phase == "ordered" else "total"}}


ANNOUNCED: list[tuple[list[dict[str, Any]], str]] = [
    ([_number("ordered", 8, 8), _number("delivered", 8, 8)], "as_announced"),
    ([_number("ordered", 8, 8), _number("delivered", 2, 6)], "fewer"),
    ([_number("ordered", 8, 8), _number("delivered", 9, None)], "more"),
    ([_number("ordered", 8, 10), _number("delivered", 8, 10)], "overlapping"),
    ([_number("ordered", None, 10), _number("delivered", 8, 8)], "overlapping"),
    ([_number("ordered", 8, 8)], "open"),
    ([_number("delivered", 8, 8)], "open"),
]


def test_what_was_announced_is_laid_beside_what_was_delivered(target: Target) -> None:
    with written(target) as story:
        for number, (claims, _) in enumerate(ANNOUNCED):
            shahed(story, *map(dict, claims), episode=f"case-{number}")
        shahed(story, {}, episode="no-number")
        write_register(
            story, "march", {"ordered": 5, "delivered": 5}, {"ordered": 5, "delivered": 3, "delivered_uncertain": 1, "is_cancelled": 1},
            {"ordered": 5, "delivered": 6}, {"delivered": 6}, {"ordered": 5}, {},
        )
        write_register(story, "years", {"delivered": 6, "external_id": "7"}, form="deliveries")
    found = read(target, "SELECT transfer, compared FROM v_announced_delivered WHERE side = 'claims'")
    assert [word for _, word in sorted(found)] == [word for _, word in ANNOUNCED]
    found = read(target, "SELECT register, row_number, compared, uncertain, is_cancelled FROM v_announced_delivered WHERE side = 'register'")
    assert sorted(found) == [
        ("march", 1, "as_announced", 0, 0), ("march", 2, "fewer", 1, 1), ("march", 3, "more", 0, 0), ("march", 4, "open", 0, 0),
        ("march", 5, "open", 0, 0),
    ]
    assert {word for _, word in ANNOUNCED} == set(words.ANNOUNCED_COMPARED)


def test_disputes_name_both_sides(target: Target) -> None:
    with written(target) as story:
        story.actor("ukraine", "Ukraine")
        story.actor("eritrea", "Érythrée")
        shahed(story, {"attributed_to_id": "ukraine"}, {"attributed_to_id": "eritrea"}, {"attributed_to_id": "ukraine"},
               {"stance": "denied", "denies": "event", "attributed_to_id": "iran"}, {"stance": "denied", "denies": "quantity"})
        shahed(story, {}, episode="elsewhere")
        story.claim(story.article("quiet"), story.transfer("iran", "syria", "shahed-136"))
    found = {row["episode"]: row for row in read_dicts(target, "v_disputed")}
    assert set(found) == {"all", "elsewhere"}
    row = found["all"]
    assert (row["standing"], row["said_by_names"], row["denied_by_names"]) == ("contested", "Ukraine; Érythrée", "Gazette; Iran")
    assert [row[f"denied_{what}"] for what in words.DENIALS] == [1, 1, 0, 0]
    assert (found["elsewhere"]["denials_elsewhere"], found["elsewhere"]["denied_by_names"]) == (1, None)


def test_single_sources_are_named(target: Target) -> None:
    with written(target) as story:
        story.actor("ukraine", "Ukraine")
        shahed(story, {"attributed_to_id": "ukraine"}, {"attributed_to_id": "ukraine"}, {"stance": "denied", "denies": "event"})
        shahed(story, {}, {"attributed_to_id": "ukraine"}, episode="two")
        shahed(story, {"stance": "denied", "denies": "event"}, episode="denied")
    (row,) = read_dicts(target, "v_single_source")
    assert (row["transfer"], row["origin_name"], row["claims"], row["articles"]) == (SHAHED, "Ukraine", 3, 3)


FOLDER = os.environ.get("TRANSFERS_REGISTERS", "")


@pytest.mark.skipif(not FOLDER, reason="TRANSFERS_REGISTERS does not name the folder of the real registers")
def test_sums_of_the_real_files_are_those_of_a_reading_of_its_own(target: Target) -> None:
    """Read here again with nothing of the program: lines, commas, positions."""
    path = Path(FOLDER) / "sipri-deliveries-2000-2001.csv"
    import_registers(target, [str(path)])
    lines = path.read_bytes().decode("cp1252").splitlines()
    start = next(number for number, line in enumerate(lines) if line.count(",") == 16) + 1
    cells = [line.split(",") for line in lines[start:] if line]
    numbers: Counter[tuple[str, str, str]] = Counter()
    values: defaultdict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for row in cells:
        numbers[row[1], row[2], row[10]] += int(row[8] or 0)
        values[row[2], row[1]] += Fraction(row[15] or 0)
    found = read(target, "SELECT supplier_name, recipient_name, year, delivered FROM v_register_by_year")
    assert {(a, b, str(year)): n or 0 for a, b, year, n in found} == dict(numbers)
    totals: defaultdict[str, Fraction] = defaultdict(Fraction)
    for (recipient, _), value in values.items():
        totals[recipient] += value
    for recipient, supplier, tiv, share, hhi in read(target, "SELECT recipient_name, supplier_name, tiv, share, hhi FROM v_register_suppliers"):
        assert tiv == pytest.approx(float(values[recipient, supplier]), abs=1e-4)
        if totals[recipient]:
            assert share == pytest.approx(float(values[recipient, supplier] / totals[recipient]), abs=1e-6)
            own = [value / totals[recipient] for (other, _), value in values.items() if other == recipient]
            assert hhi == pytest.approx(float(sum(one * one for one in own)), abs=1e-6)
        else:
            assert (share, hhi) == (None, None)
