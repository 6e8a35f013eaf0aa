"""The rules that join the two forms, on made-up deals; nothing is joined that fits in two ways."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.registers.made_up import deal, deliveries, delivery, trade_register
from transfers.matching import join_forms
from transfers.matching.forms import RULES
from transfers.registers import read_release


@pytest.fixture
def join(tmp_path):
    def run(deals, rows, owners=None):
        return join_forms(
            list(read_release(trade_register(tmp_path / "deals.csv", deals))),
            list(read_release(deliveries(tmp_path / "deliveries.csv", rows))), owners,
        )

    return run


def pairs(joined):
    return [(one.rule, one.deal.ref, one.delivery.ref) for one in joined.joins]


OTHER = delivery("49999", designation="Elsewhere-1", recipient="Syldavia", year="2021")  # so that the selection is 2020 and 2021
PAIR = [delivery("40001", delivered="3", year="2020"), delivery("40001", delivered="2", year="2021")]


def renamed(name, **more):
    return [delivery("40001", designation=name, delivered="3", year="2020", **more), delivery("40001", designation=name, delivered="2", year="2021", **more)]


def test_the_key(join):
    joined = join([deal()], [*PAIR, OTHER])
    assert pairs(joined) == [("key", "1", "40001")]
    assert (joined.ids, joined.years, joined.outside, joined.ambiguous, joined.without) == (2, (2020, 2021), 0, [], [])


def test_of_two_deals_with_one_key_the_figures_decide(join):
    deals = [deal(), deal(delivered="7", years="2021")]
    joined = join(deals, [*PAIR, delivery("40002", delivered="7", year="2021"), OTHER])
    assert pairs(joined) == [("key_and_figures", "1", "40001"), ("key_and_figures", "2", "40002")]


def test_and_where_they_do_not_nothing_is_joined(join):
    joined = join([deal(), deal()], [*PAIR, *[row.replace("40001", "40002") for row in PAIR], OTHER])
    assert joined.joins == []
    assert [one.ref for one in joined.ambiguous] == ["1", "2"]


def test_countries_that_the_registry_says_are_one(join):
    rows = [row.replace("Borduria", "Borduria SSR") for row in [*PAIR, OTHER]]
    assert pairs(join([deal()], rows)) == []
    assert join([deal()], rows).outside == 1  # nobody of that name supplied anything
    assert pairs(join([deal()], rows, {"Borduria": "borduria", "Borduria SSR": "borduria"})) == [("actors", "1", "40001")]


def test_signs_and_capitals(join):
    assert pairs(join([deal()], [*renamed("THUNDER 3"), OTHER])) == [("spelling", "1", "40001")]


def test_a_changed_designation_with_the_same_figures(join):
    assert pairs(join([deal()], [*renamed("Blitz"), OTHER])) == [("figures", "1", "40001")]


@pytest.mark.parametrize("more", [
    {"unit": "2.6"}, {"status": "Second hand"}, {"order_year": "2018"}, {"recipient": "Syldavia"}, {"supplier": "Syldavia"},
])
def test_but_not_with_others(join, more):
    assert not [one for one in join([deal()], [*renamed("Blitz", description="UAV", **more), OTHER]).joins if one.rule.startswith("figures")]


def test_a_changed_description_too_where_the_whole_number_is_the_same(join):
    assert pairs(join([deal()], [*renamed("Blitz", description="UAV"), OTHER])) == [("figures_alone", "1", "40001")]
    assert pairs(join([deal(years="2019; 2020; 2021", delivered="9")], [*renamed("Blitz", description="UAV"), OTHER])) == []


def test_two_names_that_both_forms_have_are_not_one_renamed(join):
    deals = [deal(), deal(designation="Blitz", recipient="Syldavia", years="2020")]
    rows = [*renamed("Blitz"), delivery("40007", recipient="Khemed", year="2021"), OTHER]  # Thunder-3 is a name there as well
    assert pairs(join(deals, rows)) == []


def test_an_order_year_that_moved(join):
    assert pairs(join([deal()], [*renamed("Thunder-3", order_year="2018"), OTHER])) == [("other_year", "1", "40001")]
    assert pairs(join([deal()], [*renamed("Thunder-3", order_year="2015"), OTHER])) == []


def test_a_comment_that_names_it(join):
    rows = [*renamed("RR-500", description="engine", unit="0.3"), OTHER]
    deals = [deal(designation="engine", comment="Rolls RR-500 turbine for UAV", delivered="9", years="2019; 2020; 2021")]
    assert pairs(join(deals, rows)) == [("comment", "1", "40001")]
    assert pairs(join([deal(designation="engine", comment="RR-5001", delivered="9", years="2019; 2020; 2021")], rows)) == []


def test_a_change_that_two_other_pairs_show(join):
    deals = [deal(recipient=name) for name in ("Atlantis", "Khemed", "Syldavia")]
    deals[0] = deal(delivered="9", years="2019; 2020; 2021", description="drone")
    rows = [row.replace("Atlantis", name).replace("40001", number) for name, number in
            (("Atlantis", "40001"), ("Khemed", "40002"), ("Syldavia", "40003")) for row in renamed("Blitz")]
    assert pairs(join(deals, rows)) == [("figures", "2", "40002"), ("figures", "3", "40003"), ("renamed", "1", "40001")]
    assert pairs(join(deals[:2], rows)) == [("figures", "2", "40002")]


def test_a_changed_value_and_designation_where_the_whole_number_is_the_same(join):
    assert pairs(join([deal()], [*renamed("Blitz", unit="3.5"), OTHER])) == [("number", "1", "40001")]
    assert pairs(join([deal(delivered="6")], [*renamed("Blitz", unit="3.5"), OTHER])) == []


def test_deals_outside_the_selection_are_not_missed(join):
    joined = join([deal(years="2010"), deal(years=""), deal(designation="Lost", delivered="77")], [*PAIR, OTHER])
    assert (joined.outside, [one.designation for one in joined.without]) == (2, ["Lost"])


def test_nothing_from_nothing(join):
    joined = join([deal()], [])
    assert (joined.joins, joined.ids, joined.outside) == ([], 0, 1)


def test_every_rule_says_what_it_wants():
    assert all(rule.says for rule in RULES.values())


cells = st.fixed_dictionaries({
    "designation": st.sampled_from(("Thunder-3", "Blitz", "THUNDER 3", "Heron")), "order_year": st.sampled_from(("2018", "2019")),
    "recipient": st.sampled_from(("Atlantis", "Khemed")), "delivered": st.sampled_from(("2", "5")), "unit": st.sampled_from(("2.5", "3")),
    "status": st.sampled_from(("New", "Second hand")),
})


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(cells, st.sampled_from(("2020", "2020; 2021"))), max_size=7), st.lists(st.tuples(cells, st.sampled_from(("2020", "2021"))), max_size=7))
def test_no_deal_and_no_id_is_joined_twice_and_none_is_lost(tmp_path_factory, deals, rows):
    folder = tmp_path_factory.mktemp("forms")
    joined = join_forms(
        list(read_release(trade_register(folder / "deals.csv", [deal(years=years, **made) for made, years in deals]))),
        list(read_release(deliveries(folder / "rows.csv", [delivery(str(40000 + number), year=year, **made) for number, (made, year) in enumerate(rows)]))),
    )
    refs = [one.deal.ref for one in joined.joins]
    assert len({*refs}) == len(refs)
    assert len({one.delivery.ref for one in joined.joins}) == len(refs)
    left = [one.ref for one in (*joined.ambiguous, *joined.without)]
    assert sorted(int(ref) for ref in (*refs, *left)) == sorted({int(ref) for ref in (*refs, *left)})
    assert len(refs) + len(left) + joined.outside == len(deals)
    for one in joined.joins:
        assert (one.deal.recipient, one.deal.condition) == (one.delivery.recipient, one.delivery.condition) or one.rule in ("key", "spelling")
