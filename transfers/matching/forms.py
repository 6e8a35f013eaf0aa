"""Joining the deal form of a register with its deliveries form: the one has the comments, the other the ids.

Names, years and figures change between releases, so equal keys join little more than half. What is left is joined where the
evidence of a rule holds for one deal and one id only, each way. A likeness of names is never evidence by itself.

Source: docs/registers.md, Matching.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from transfers.registers.row import RegisterRow
from transfers.vocabulary.names import as_key, as_words

_ENOUGH: Final = 2  # joins by figures, of different pairs of countries, that make a change of name one that is known
_NEAR: Final = 2  # years that the year of an order moves between releases


class Deal(NamedTuple):
    """What one form says of one deal, reduced to what both forms have.

    Attributes:
        ref: the number of its row in the deal form, or its id in the deliveries form.
        supplier: who supplied: an id of the registry, else the name as printed.
        recipient: who received, likewise.
        designation: as printed.
        key: the designation as names are compared.
        order_year: year of the order.
        description: as printed.
        condition: the status.
        tiv_unit: trend-indicator value of one.
        years: years of delivery within the years of the deliveries form.
        delivered: number delivered; in the deal form in all years, in the other in those of its selection.
        whole: deal form: whether all its years lie within those of the other.
        printed: supplier and recipient as printed.
        comment: as printed; deal form only.
        comment_words: the comment as search words, with a blank at each end.
    """

    ref: str
    supplier: str
    recipient: str
    designation: str
    key: str
    order_year: int | None
    description: str | None
    condition: str | None
    tiv_unit: float | None
    years: frozenset[int]
    delivered: int | None
    whole: bool
    printed: tuple[str, str]
    comment: str | None
    comment_words: str


class Join(NamedTuple):
    """A deal and the id that it has in the deliveries form.

    Attributes:
        deal: of the deal form.
        delivery: of the deliveries form.
        rule: the name of the rule that joined them, a key of `RULES`.
    """

    deal: Deal
    delivery: Deal
    rule: str


class Joined(NamedTuple):
    """What the rules made of two forms.

    Attributes:
        joins: deal by deal, in the order of the rules and of the rows.
        ambiguous: deals for which a rule found several ids, or of whose id it found several deals.
        without: deals of the selection for which no rule found any id.
        outside: deals outside the selection of the deliveries form; they are not looked at.
        ids: how many ids the deliveries form has.
        years: first and last year of the deliveries form.
    """

    joins: list[Join]
    ambiguous: list[Deal]
    without: list[Deal]
    outside: int
    ids: int
    years: tuple[int, int]


def join_forms(deals: Iterable[RegisterRow], deliveries: Iterable[RegisterRow], owners: Mapping[str, str] | None = None) -> Joined:
    """Join the rows of a deal form with those of a deliveries form.

    Args:
        deals: rows with one deal each.
        deliveries: rows with one deal and year each, and an id.
        owners: actor of the registry by the name as a register prints it; without them, names have to be printed alike.
    """
    owners = owners or {}
    by_id = _as_deliveries(deliveries, owners)
    years = [year for found in by_id for year in found.years]
    first, last = (min(years), max(years)) if years else (0, 0)
    suppliers = {found.supplier for found in by_id}
    inside, outside = [], 0
    designations = set()
    for row in deals:
        designations.add(row.designation)
        if any(first <= year <= last for year in row.years) and owners.get(row.supplier, row.supplier) in suppliers:
            inside.append(_as_deal(row, first, last, owners))
        else:
            outside += 1
    joins, open_ = _Joining(inside, by_id, designations).join()
    joined = {join.deal.ref for join in joins}
    left = [deal for deal in inside if deal.ref not in joined]
    return Joined(
        joins, [deal for deal in left if deal.ref in open_], [deal for deal in left if deal.ref not in open_], outside, len(by_id),
        (first, last),
    )


def _as_deal(row: RegisterRow, first: int, last: int, owners: Mapping[str, str]) -> Deal:
    years = row.years
    inside = frozenset(year for year in years if first <= year <= last)
    return _made(str(row.row_number), row, owners, inside, row.delivered, whole=len(inside) == len(years))


def _as_deliveries(rows: Iterable[RegisterRow], owners: Mapping[str, str]) -> list[Deal]:
    by_id: dict[str, list[RegisterRow]] = {}
    for row in rows:
        if row.external_id is not None:
            by_id.setdefault(row.external_id, []).append(row)
    return [
        _made(
            external_id, found[0], owners, frozenset(year for row in found for year in row.years),
            None if any(row.delivered is None for row in found) else sum(row.delivered or 0 for row in found), whole=True,
        )
        for external_id, found in by_id.items()
    ]


def _made(
    ref: str, row: RegisterRow, owners: Mapping[str, str], years: frozenset[int], delivered: int | None, *, whole: bool,
) -> Deal:
    return Deal(
        ref, owners.get(row.supplier, row.supplier), owners.get(row.recipient, row.recipient), row.designation,
        as_key(row.designation), row.order_year, row.description, row.condition, row.tiv_unit, years, delivered, whole,
        (row.supplier, row.recipient), row.comment, f" {as_words(row.comment)} " if row.comment else "",
    )


# --- evidence ---------------------------------------------------------------------------------------------------------
def _same_value(deal: Deal, delivery: Deal) -> bool:
    """The value of one is the same, as far as it is printed: one form rounds it."""
    if deal.tiv_unit is None or delivery.tiv_unit is None or not deal.tiv_unit or not delivery.tiv_unit:
        return False
    return abs(deal.tiv_unit - delivery.tiv_unit) <= max(0.0051, 0.002 * deal.tiv_unit)


def _same_number(deal: Deal, delivery: Deal) -> bool:
    """As many were delivered, where the selection holds all years of the deal; else not more than in all years."""
    if deal.delivered is None or delivery.delivered is None:
        return False
    return delivery.delivered == deal.delivered if deal.whole else delivery.delivered <= deal.delivered


def _as_printed(deal: Deal) -> Hashable:
    return deal.printed, deal.designation, deal.order_year


def _as_named(deal: Deal) -> Hashable:
    return deal.supplier, deal.recipient, deal.designation, deal.order_year


def _as_spelled(deal: Deal) -> Hashable:
    return deal.supplier, deal.recipient, deal.key, deal.order_year


def _as_ordered(deal: Deal) -> Hashable:
    return deal.supplier, deal.recipient, deal.order_year, deal.condition, deal.years


def _as_delivered(deal: Deal) -> Hashable:
    return deal.supplier, deal.recipient, deal.key, deal.condition, deal.years


def _always(deal: Deal, delivery: Deal) -> bool:
    return True


def _same_course(deal: Deal, delivery: Deal) -> bool:
    return deal.condition == delivery.condition and deal.years == delivery.years and _same_number(deal, delivery)


def _same_value_and_number(deal: Deal, delivery: Deal) -> bool:
    return _same_value(deal, delivery) and _same_number(deal, delivery)


def _same_figures(deal: Deal, delivery: Deal) -> bool:
    return deal.description == delivery.description and _same_value_and_number(deal, delivery)


def _same_figures_alone(deal: Deal, delivery: Deal) -> bool:
    return (deal.whole or deal.description == delivery.description) and _same_value_and_number(deal, delivery)


def _near_years(deal: Deal, delivery: Deal) -> bool:
    if deal.order_year is None or delivery.order_year is None or abs(deal.order_year - delivery.order_year) > _NEAR:
        return False
    return _same_value_and_number(deal, delivery)


def _in_comment(deal: Deal, delivery: Deal) -> bool:
    return _same_number(deal, delivery) and f" {as_words(delivery.designation)} " in deal.comment_words


def _same_whole_number(deal: Deal, delivery: Deal) -> bool:
    return deal.whole and _same_number(deal, delivery)


class Rule(NamedTuple):
    """One rule.

    Attributes:
        says: what has to be the same, for people; supplier and recipient always have to.
        same: makes of a deal what has to be equal.
        holds: whether the rest holds.
        foreign: whether one of the two designations must be one that the other form has nowhere: only such a name was changed.
        known: whether the change of the designation must be known from deals of other countries.
    """

    says: str
    same: Callable[[Deal], Hashable]
    holds: Callable[[Deal, Deal], bool] = _always
    foreign: bool = False
    known: bool = False


# In the order in which they are applied, each to what those before it left.
RULES: Final[dict[str, Rule]] = {
    "key": Rule("supplier, recipient, designation and order year as printed", _as_printed),
    "actors": Rule("the same key, but for names of countries that the registry says are one", _as_named),
    "key_and_figures": Rule(
        "the same key; of several such deals that with the same status, years and number", _as_named, _same_course,
    ),
    "spelling": Rule("order year, and designation but for signs, spaces and capitals", _as_spelled),
    "figures": Rule(
        "order year, description, status, value of one, years, number; a changed designation", _as_ordered, _same_figures,
        foreign=True,
    ),
    "figures_alone": Rule(
        "order year, status, value of one, years, whole number; a changed designation and description", _as_ordered,
        _same_figures_alone, foreign=True,
    ),
    "other_year": Rule(
        f"designation, status, value of one, years, number; order year up to {_NEAR} years apart", _as_delivered, _near_years,
    ),
    "comment": Rule(
        "order year, status, years, number; the comment names the designation of the other form", _as_ordered, _in_comment,
    ),
    "renamed": Rule(
        f"order year, status, years, number; a change of designation that {_ENOUGH} other pairs of countries show", _as_ordered,
        _same_number, known=True,
    ),
    "number": Rule(
        "order year, status, years, whole number; a changed designation and value", _as_ordered, _same_whole_number, foreign=True,
    ),
}


class _Joining:
    """Applies the rules one after the other to what is not joined yet."""

    def __init__(self, deals: list[Deal], deliveries: list[Deal], designations: set[str]) -> None:
        self._deals = {deal.ref: deal for deal in deals}
        self._deliveries = {found.ref: found for found in deliveries}
        self._of_deals = designations
        self._of_deliveries = {found.designation for found in deliveries}
        self._changes: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)  # designations -> pairs of countries

    def join(self) -> tuple[list[Join], set[str]]:
        """The joins, and the deals for which a rule found something but not one thing."""
        joins: list[Join] = []
        open_: set[str] = set()
        for name, rule in RULES.items():
            pairs = list(self._find_candidates(rule))
            of_deal = Counter(deal.ref for deal, _ in pairs)
            of_delivery = Counter(delivery.ref for _, delivery in pairs)
            for deal, delivery in pairs:
                if of_deal[deal.ref] == 1 and of_delivery[delivery.ref] == 1:
                    joins.append(self._take(deal, delivery, name))
                else:
                    open_.add(deal.ref)
        return joins, open_

    def _take(self, deal: Deal, delivery: Deal, name: str) -> Join:
        del self._deals[deal.ref], self._deliveries[delivery.ref]
        if deal.designation != delivery.designation:
            self._changes[deal.designation, delivery.designation].add((deal.supplier, deal.recipient))
        return Join(deal, delivery, name)

    def _find_candidates(self, rule: Rule) -> Iterator[tuple[Deal, Deal]]:
        alike: dict[Hashable, list[Deal]] = defaultdict(list)
        for delivery in self._deliveries.values():
            alike[rule.same(delivery)].append(delivery)
        for deal in self._deals.values():
            for delivery in alike.get(rule.same(deal), ()):
                if rule.holds(deal, delivery) and self._allows(rule, deal, delivery):
                    yield deal, delivery

    def _allows(self, rule: Rule, deal: Deal, delivery: Deal) -> bool:
        if rule.foreign and deal.designation in self._of_deliveries and delivery.designation in self._of_deals:
            return False
        if rule.known:
            others = self._changes.get((deal.designation, delivery.designation), set()) - {(deal.supplier, deal.recipient)}
            return len(others) >= _ENOUGH
        return True
