"""Binding a record to its article: every quote becomes a span, every rule of meaning is checked, all slips are told at once."""

import copy

import pytest

from tests.records.made_up import ARTICLE, KNOWN, RECORD, a_record
from transfers.articles.plain_text import as_plain_text
from transfers.articles.read import ArticleText
from transfers.evidence.bind import bind
from transfers.evidence.locate import Passages
from transfers.records.format import RECORD as RECORD_SHAPE
from transfers.records.positions import as_field
from transfers.records.shapes import MOST, find_breaches

TEXT = as_plain_text(ARTICLE, "html")


def bound(record, **more):
    assert find_breaches(RECORD_SHAPE, record) == [], "the record must be right in shape"
    return bind(record, Passages(ArticleText(TEXT, ARTICLE, "", "", "plain-nfc-1")), KNOWN, **more)


def breaches_of(record, **more):
    return [f"{as_field(path)}: {sentence}" for path, sentence in bound(record, **more).breaches]


def changed(*changes):
    """The record with some values set, by ``"claims.0.stance"``; None takes a key out."""
    record = a_record()
    for path, value in changes:
        holder = record
        *above, last = path.split(".")
        for part in above:
            holder = holder[int(part) if isinstance(holder, list) else part]
        last = int(last) if isinstance(holder, list) else last
        if value is None:
            del holder[last]
        else:
            holder[last] = copy.deepcopy(value)
    return record


def test_a_record_that_keeps_all_rules_has_no_breach_and_no_warning():
    found = bound(a_record())
    assert (found.breaches, found.warnings) == ([], [])


# --- spans ------------------------------------------------------------------------------------------------------------
def test_every_entry_has_one_whole_span_and_one_for_each_field():
    spans = bound(a_record()).spans
    assert set(spans) == {("article",), ("roles", 0), ("aliases", 0), ("statements", 0), ("statements", 1), *(("claims", n) for n in range(4))}
    for target, backings in spans.items():
        assert [backing.field for backing in backings].count("whole") == (0 if target == ("article",) else 1), target
        for backing in backings:
            layer = TEXT.text if backing.span.layer == "text" else ARTICLE
            assert layer[backing.span.start : backing.span.end] == backing.span.exact
            assert (backing.note is None) == (backing.basis == "stated")


def test_the_stored_words_are_those_of_the_article_and_not_the_typed_ones():
    spans = bound(a_record()).spans
    assert spans["roles", 0][0].span.exact == "The head of Borduria’s air force, Gen Anna Alder"
    assert spans["aliases", 0][0].span.exact == "which Borduria calls Sokol\u00ad-2"


def test_words_as_printed_are_stored_in_the_characters_of_the_article_on_one_line():
    found = bound(changed(
        ("claims.0.quotes.end_use", "which Borduria calls Sokol-2 - for coastal patrols"), ("claims.0.end_use", "Sokol-2 - for  coastal patrols"),
        ("claims.1.quote", "Cascara reportedly asked for hundreds of the same aircraft, the Press Agency"),
        ("claims.1.attribution", "the Press Agency"), ("aliases.0.name", "Sokol-2"),
    ))
    assert found.breaches == []
    assert found.record["claims"][0]["end_use"] == "Sokol\u00ad-2 – for coastal patrols"
    assert found.record["claims"][1]["attribution"] == "the Press Agency"
    assert found.record["aliases"][0]["name"] == "Sokol-2"  # a name is the registry's to spell


def test_an_inference_takes_the_words_of_its_field_or_else_the_whole_quote():
    record = changed(("claims.0.inferred", {"end_use": "a", "condition": "b"}))
    found = {(backing.field, backing.basis, backing.span.exact, backing.note) for backing in bound(record).spans["claims", 0]}
    whole = "the country had received\nbetween 20 and 30 Kestrel-7 drones from Aland"
    assert ("end_use", "inferred", "for coastal patrols", "a") in found
    assert ("condition", "inferred", whole, "b") in found
    assert ("whole", "stated", whole, None) in found
    assert ("end_use", "stated", "for coastal patrols", None) not in found
    assert ("attribution", "stated", "Gen Anna Alder, said on Wednesday", None) in found


def test_a_list_of_quotes_gives_a_span_each():
    dates = [backing for backing in bound(a_record()).spans["statements", 1] if backing.field == "date"]
    assert [(backing.basis, backing.span.exact) for backing in dates] == [
        ("inferred", "visited Szohôd on Wednesday"), ("inferred", "he told"),
    ]


def test_the_day_of_publication_is_backed_by_both_layers():
    found = bound(a_record()).spans["article",]
    assert [(backing.field, backing.basis, backing.span.layer, backing.note) for backing in found] == [
        ("published", "inferred", layer, "The link carries the day.") for layer in ("raw", "text", "text")
    ]
    stated = bound(changed(("article.published", {"edtf": "2023-09-20", "basis": "stated", "quotes": ["on Wednesday in"]}))).spans["article",]
    assert [(backing.basis, backing.note) for backing in stated] == [("stated", None)]


def test_what_is_passed_over_has_spans_too():
    assert [span.exact for span in bound(a_record()).not_recorded] == ["Made up for tests"]


def test_merged_ids_lead_to_those_that_are_kept():
    found = bound(changed(("aliases.0.used_by", "old-borduria"), ("claims.0.transfer.recipient", "old-borduria")))
    assert found.breaches == []
    assert found.record["aliases"][0]["used_by"] == found.record["claims"][0]["transfer"]["recipient"] == "borduria"


def test_quotes_are_counted():
    found = bound(a_record())
    assert found.quotes_found() == sum(map(len, found.spans.values())) > 20
    assert found.article_id == "gazette-2023-09-20-kestrels"


# --- quotes and words as printed ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(("path", "value", "problem"), [
    ("claims.0.quote", "Aland has sent nothing at all to anybody", "claims[1].quote: does not stand in the text of the article"),
    ("claims.2.quote", "Kestrel-7 drones", "claims[3].quote: stands 2 times in the text of the article"),
    ("claims.0.occurrence", "2", "claims[1].quote: stands only once in the text of the article"),
    ("statements.1.quotes.date", ["visited Szohôd on Wednesday", "nowhere to be read"], "statements[2].quotes.date[2]: does not stand in the text"),
    ("statements.0.quotes.described", {"text": "Gen Alder said", "raw": "x"}, "statements[1].quotes.described: needs exactly one of text and raw"),
    ("statements.0.quotes.described", {"occurrence": "1"}, "statements[1].quotes.described: needs exactly one of text and raw"),
    ("article.published.quotes.0.raw", "2023/09/21", "article.published.quotes[1]: does not stand in the file of the article"),
    ("not_recorded.0.quote", "Nothing of the kind", "not_recorded[1].quote: does not stand in the text") ,
    ("roles.0.quote", "the head of borduria", "roles[1].quote: does not stand"),
    ("aliases.0.quote", "calls them so", "aliases[1].quote: does not stand"),
    ("claims.0.quantity.text", "twenty", "claims[1].quantity.text: “twenty” stands in none of the quotes of this entry; quote the words under quotes: {quantity: ...}"),
    ("claims.0.date.text", "on Thursday", "claims[1].date.text: “on Thursday” stands in none"),
    ("claims.0.end_use", "for war", "claims[1].end_use: “for war” stands in none of the quotes of this entry; quote the words under quotes: {end_use: ...}"),
    ("claims.0.attribution", "Gen A. Alder", "claims[1].attribution: “Gen A. Alder” stands in none"),
    ("claims.0.value.text", "eleven million", "claims[1].value.text: “eleven million” stands in none"),
    ("claims.0.actors.0.described", "the Alanders", "claims[1].actors[1].described: “the Alanders” stands in none of the quotes of this entry; quote the words under quotes: {actors: ...}"),
    ("claims.1.hedge", "allegedly", "claims[2].hedge: “allegedly” stands in none"),
    ("statements.0.described", "Boris Birch", "statements[1].described: “Boris Birch” stands in none"),
    ("statements.1.audience", "the press", "statements[2].audience: “the press” stands in none"),
    ("aliases.0.name", "Sokol-3", "aliases[1].name: “Sokol-3” stands in none"),
    ("aliases.0.name", "Ѕokol-2", "aliases[1].name: "),
])
def test_words_that_are_not_in_the_article_or_not_in_the_entry_are_refused(path, value, problem):
    found = breaches_of(changed((path, value)))
    assert any(breach.startswith(problem) for breach in found), found


@pytest.mark.parametrize(("path", "value"), [
    ("claims.0.attribution", "(article's own voice)"), ("claims.0.end_use", "(not said)"), ("claims.0.end_use", "FOR"), ("claims.0.actors.0.described", "(Aland, as the text has it)"),
    ("statements.0.described", "(the general)"),
])
def test_words_in_round_brackets_are_the_coders(path, value):
    assert (breaches_of(changed((path, value))) == []) is value.startswith("(")


def test_words_of_one_entry_are_not_looked_for_in_the_quotes_of_another():
    assert breaches_of(changed(("claims.1.end_use", "for coastal patrols"))) == [
        "claims[2].end_use: “for coastal patrols” stands in none of the quotes of this entry; quote the words under quotes: {end_use: ...}",
    ]
    assert breaches_of(changed(("claims.1.end_use", "for coastal patrols"), ("claims.1.quotes", {"end_use": "for coastal patrols"}))) == []


def test_words_may_be_broken_and_dashed_in_another_way():
    assert breaches_of(changed(("aliases.0.name", "Sokol–2"), ("claims.0.quote", "the country had received between 20\nand  30 Kestrel‑7 drones from Aland"))) == []


def test_the_same_words_for_the_same_field_twice_are_refused():
    record = changed(("statements.1.quotes.date", ["visited Szohôd on Wednesday", "visited  Szohôd on\nWednesday"]))
    assert breaches_of(record) == ["statements[2].quotes.date: gives the same words twice"]


# --- rules ------------------------------------------------------------------------------------------------------------
RULES = [
    # what a claim is about
    ([("claims.0.meeting", "2023-09-szohod-birch-visit")], "claims[1]: needs exactly one of transfer and meeting"),
    ([("claims.0.transfer", None)], "claims[1]: needs exactly one of transfer and meeting"),
    ([("claims.0.transfer.recipient", "aland")], "claims[1].transfer: supplier and recipient are the same actor"),
    ([("claims.0.phase", None)], "claims[1]: phase is missing"),
    ([("claims.3.phase", "delivered")], "claims[4].phase: is only for transfers"),
    ([("claims.3.end_use", "(peace)")], "claims[4].end_use: is only for transfers"),
    ([("claims.3.condition", "new")], "claims[4].condition: is only for transfers"),
    ([("claims.3.deal", "sale")], "claims[4].deal: is only for transfers"),
    ([("claims.3.value", {"text": "Szohôd"})], "claims[4].value: is only for transfers"),
    ([("claims.3.quantity", {"text": "(none)", "qualifier": "none", "unit": "item", "scope": "total"}), ("claims.3.inferred.quantity", "x")],
     "claims[4].quantity: is only for transfers"),
    # stance, hedge, denial
    ([("claims.0.stance", "denied")], "claims[1]: a denial says what it denies, and only a denial: stance denied and denies come together"),
    ([("claims.0.denies", "event")], "claims[1]: a denial says what it denies"),
    ([("claims.2.denies", None)], "claims[3]: a denial says what it denies"),
    ([("claims.1.hedge", None)], "claims[2]: stance alleged needs hedge, the words that mark the doubt"),
    ([("claims.0.hedge", "had")], "claims[1].hedge: marks doubt, so the stance is alleged, not asserted"),
    # dates
    ([("claims.3.date.edtf", "2023-09-21")], "claims[4].date.edtf: 2023-09-21 is a Thursday, the words say Wednesday"),
    ([("claims.3.date.edtf", "2023-09-21~")], "claims[4].date.edtf: 2023-09-21 is a Thursday, the words say Wednesday"),
    ([("claims.3.date.basis", "stated")], "claims[4].date: basis: inferred and a line date under inferred come together"),
    ([("claims.3.inferred.date", None)], "claims[4].date: basis: inferred and a line date under inferred come together"),
    ([("claims.0.date.basis", None)], "claims[1].date: edtf and basis come together"),
    ([("claims.0.date.edtf", None)], "claims[1].date: edtf and basis come together"),
    ([("claims.0.date", {})], "claims[1].date: is empty"),
    ([("claims.0.date.text", None)], "claims[1].date: basis: stated needs the words as printed (text)"),
    # quantities
    ([("claims.0.quantity.per", "month")], "claims[1].quantity: scope per_period and per come together"),
    ([("statements.1.quantity.per", None)], "statements[2].quantity: scope per_period and per come together"),
    ([("claims.0.quantity.low", "31")], "claims[1].quantity: low 31 is more than high 30"),
    ([("claims.0.quantity.qualifier", "exact")], "claims[1].quantity.qualifier: exact needs low and high, and they are equal"),
    ([("claims.0.quantity.low", None)], "claims[1].quantity.qualifier: range needs low and high"),
    ([("claims.0.quantity.qualifier", "at_least")], "claims[1].quantity.qualifier: at_least needs low and no high"),
    ([("claims.0.quantity.qualifier", "at_most")], "claims[1].quantity.qualifier: at_most needs high and no low"),
    ([("claims.0.quantity.qualifier", "none")], "claims[1].quantity.qualifier: none needs neither low nor high"),
    ([("claims.0.quantity.qualifier", "about"), ("claims.0.quantity.low", None), ("claims.0.quantity.high", None)],
     "claims[1].quantity.qualifier: about needs a number"),
    ([("claims.0.quantity.low", "21")],
     "claims[1].quantity: “between 20 and 30” means 20 to 30 (range) by the convention; for 21 to 30 (range) say why under inferred: {quantity: ...}"),
    ([("claims.1.quantity.text", "hundreds of the same")], "claims[2].quantity: “hundreds of the same” is not known to the convention; for 200 to 999 (worded) say why under inferred"),
    ([("claims.0.value.currency", None)], "claims[1].value: a number needs its currency"),
    ([("claims.0.value.high", "9")], "claims[1].value: low 10000000 is more than high 9"),
    # ids of this record
    ([("claims.1.id", "c01")], "claims[2].id: 'c01' stands here twice"),
    ([("statements.1.id", "s01")], "statements[2].id: 's01' stands here twice"),
    ([("removed.0.id", "c01")], "removed[1].id: 'c01' is removed and yet used; an id is never used again"),
    ([("removed.0.id", "s02")], "removed[1].id: 's02' is removed and yet used"),
    ([("removed", [{"id": "c09", "why": "x"}] * 2)], "removed[2].id: 'c09' stands here twice"),
    ([("removed.0.on", "2023-02-30")], "removed[1].on: '2023-02-30' is not a day of the calendar"),
    ([("claims.0.statement", "s09")], "claims[1].statement: 's09' is no statement of this record"),
    ([("meetings.0.id", "another-visit")], "meetings[1]: no claim or statement of this record speaks of 'another-visit'"),
    ([("statements.0.role", "no-such-role")], "statements[1].role: 'no-such-role' stands neither under roles nor in the registry"),
    # ids of the registry
    ([("article.outlet", "the-gazete")], "article.outlet: 'the-gazete' is no actor of the registry; did you mean the-gazette"),
    ([("article.agency", "reuters-x")], "article.agency: 'reuters-x' is no actor of the registry"),
    ([("claims.0.transfer.system", "kestrel-8")], "claims[1].transfer.system: 'kestrel-8' is no system of the registry; did you mean kestrel-7"),
    ([("claims.0.transfer.supplier", "nobody-at-all")], "claims[1].transfer.supplier: 'nobody-at-all' is no actor of the registry; add it to data/registry/actors.yaml first"),
    ([("claims.0.actors.0.actor", "bland")], "claims[1].actors[1].actor: 'bland' is no actor"),
    ([("claims.0.systems.0.system", "aland")], "claims[1].systems[1].system: 'aland' is no system"),
    ([("claims.0.topics", ["prices", "costs"])], "claims[1].topics[2]: 'costs' is no topic of the registry"),
    ([("meetings.0.place", "paris")], "meetings[1].place: 'paris' is no place of the registry"),
    ([("roles.0.person", "anna-alter")], "roles[1].person: 'anna-alter' is no actor of the registry; did you mean anna-alder"),
    ([("aliases.0.used_by", "x-land")], "aliases[1].used_by: 'x-land' is no actor"),
    ([("statements.0.speaker", "kestrel-7")], "statements[1].speaker: 'kestrel-7' is no actor"),
    ([("claims.0.said_by", "ab"), ("claims.0.via", "cd")], "claims[1].via: 'cd' is no actor"),
    # lists
    ([("claims.0.topics", ["prices", "prices"])], "claims[1].topics: the same topic stands here twice"),
    ([("claims.0.actors", [{"actor": "aland", "role": "producer"}] * 2)], "claims[1].actors[2]: aland stands here twice as producer"),
    ([("claims.0.systems", [{"system": "kestrel-7", "role": "included"}] * 2)], "claims[1].systems[2]: kestrel-7 stands here twice as included"),
    ([("aliases", [RECORD["aliases"][0]] * 2)], "aliases[2].name: 'Sokol-2' stands here twice"),
    # fields that are spoken of and not given
    ([("claims.1.inferred.deal", "x")], "claims[2].inferred.deal: deal is not given in this entry"),
    ([("claims.1.inferred.visitor", "x")], "claims[2].inferred.visitor: visitor is not given in this entry"),
    ([("claims.1.quotes", {"deal": "Cascara reportedly asked for hundreds"})], "claims[2].quotes.deal: deal is not given in this entry"),
    ([("claims.3.inferred.supplier", "x")], "claims[4].inferred.supplier: supplier is not given in this entry"),
    ([("statements.0.inferred.audience", "x")], "statements[1].inferred.audience: audience is not given in this entry"),
    ([("roles.0.term", None)], "roles[1].inferred.term: term is not given in this entry"),
    ([("roles.0.held_on", None)], "roles[1].quotes.held_on: held_on is not given in this entry"),
    ([("aliases.0.lang", None)], "aliases[1].inferred.lang: lang is not given in this entry"),
    # rank, roles, aliases, article
    ([("claims.2.rank_reason", None)], "claims[3].rank: deprecated needs rank_reason"),
    ([("statements.0.rank", "deprecated"), ("statements.0.rank_reason", None)], "statements[1].rank: deprecated needs rank_reason"),
    ([("roles.0.org", "anna-alder")], "roles[1]: person and org are the same actor"),
    ([("roles.0.held_on", "2023/..")], "roles[1].held_on: must name days on which it was held, without an open end"),
    ([("aliases.0.actor", "aland")], "aliases[1]: needs exactly one of actor and system"),
    ([("aliases.0.system", None)], "aliases[1]: needs exactly one of actor and system"),
    ([("aliases.0.name", "Sokоl-2")], "aliases[1].name: “Sokоl-2” stands in none of the quotes of this entry"),
    ([("aliases.0.name", " Sokol-2")], "aliases[1].name: has white space at an end"),
    ([("aliases.0.name", "Sokol\u00ad-2")], "aliases[1].name: holds the invisible character U+00AD"),
    ([("article.published.why", None)], "article.published: basis: inferred and why come together"),
    ([("article.published.basis", "stated")], "article.published: basis: inferred and why come together"),
    ([("article.published.quotes", None)], "article.published: basis inferred needs quotes; without them it is external"),
    ([("article.status_reason", None)], "article.status: needs status_reason"),
    ([("article.retrieved_on", "2023-02-30")], "article.retrieved_on: '2023-02-30' is not a day of the calendar"),
    ([("article.copy_of", "gazette-2023-09-20-kestrels")], "article.copy_of: an article is no copy of itself"),
    ([("article.copy_of", "gazette-2023-09-01-first")], "claims: a copy has no claims of its own; they stand in the record of the article it copies"),
    ([("article.links.0.article", "gazette-2023-09-20-kestrels")], "article.links[1]: an article does not link to itself"),
    ([("article.links", [{"article": "gazette-2023-09-01-first", "kind": "cites"}] * 2)], "article.links[2]: stands here twice"),
]


@pytest.mark.parametrize(("changes", "problem"), RULES, ids=[problem.partition(": ")[0] + "-" + str(number) for number, (_, problem) in enumerate(RULES)])
def test_a_record_that_breaks_a_rule_is_told_so_at_its_place(changes, problem):
    found = breaches_of(changed(*changes))
    assert any(breach.startswith(problem) for breach in found), found


def test_all_breaches_are_told_at_once():
    record = changed(
        ("claims.0.quote", "nowhere to be found"), ("claims.1.hedge", None), ("claims.2.transfer.system", "kestrel-9"), ("statements.0.role", "no-role"),
        ("not_recorded.0.quote", "nor is this anywhere"),
    )
    assert sorted(breach.partition(":")[0] for breach in breaches_of(record)) == [
        "claims[1].quote", "claims[2]", "claims[3].transfer.system", "not_recorded[1].quote", "statements[1].role",
    ]


@pytest.mark.parametrize(("path", "value"), [
    ("claims.3.date.text", "on Wednesday"), ("claims.0.date.edtf", "../2023-09-19"), ("claims.3.date.edtf", "2023-09"), ("claims.3.date.edtf", "2023-09-20/2023-09-20"),
])
def test_a_weekday_is_compared_with_single_days_only(path, value):
    assert breaches_of(changed((path, value))) == []


def test_words_that_name_two_weekdays_are_not_compared():
    record = changed(("statements.1.quotes.date", ["visited Szohôd on Wednesday"]), ("statements.1.date.text", "on Wednesday"), ("statements.1.date.edtf", "2023-09-20"))
    assert breaches_of(record) == []


def test_another_number_than_that_of_the_convention_needs_its_reason():
    record = changed(("claims.0.quantity.low", "21"))
    assert len(breaches_of(record)) == 1
    record = changed(("claims.0.quantity.low", "21"), ("claims.0.inferred.quantity", "One of them was broken."))
    assert breaches_of(record) == []


def test_a_number_that_means_what_it_says_may_still_be_an_inference():
    assert breaches_of(changed(("claims.0.inferred.quantity", "It could be two deals."))) == []


@pytest.mark.parametrize("zero", ["0"])
def test_a_low_of_nought_is_a_number(zero):
    quantity = {"text": "between 20 and 30", "low": zero, "high": "30", "qualifier": "range", "unit": "item", "scope": "total"}
    assert breaches_of(changed(("claims.0.quantity", quantity), ("claims.0.inferred.quantity", "Perhaps none."))) == []


def test_a_role_of_the_registry_may_be_named():
    known = copy.deepcopy(KNOWN)
    known.ties = frozenset({"alder-post-navy"})
    record = changed(("statements.0.role", "alder-post-navy"))
    found = bind(record, Passages(ArticleText(TEXT, ARTICLE, "", "", "plain-nfc-1")), known)
    assert found.breaches == []


def test_a_copy_without_claims_is_right():
    record = changed(("article.copy_of", "gazette-2023-09-01-first"), ("claims", None), ("meetings", None), ("statements.1.meeting", None))
    assert breaches_of(record) == []
    record["claims"] = []
    assert breaches_of(record) == []


def test_empty_lists_and_maps_are_harmless():
    empty = {section: [] for section in ("meetings", "roles", "aliases", "statements", "claims", "removed", "not_recorded")}
    record = a_record() | empty
    assert breaches_of(record) == []
    record = changed(("claims.1.inferred", {}), ("claims.1.quotes", {}), ("claims.1.actors", []), ("claims.1.systems", []), ("claims.1.topics", []), ("article.links", []))
    assert breaches_of(record) == []
    assert breaches_of(changed(("claims.0.quotes.producer", []))) == []


def test_a_delivery_after_the_publication_is_a_warning_and_no_breach():
    record = changed(("claims.0.date", {"text": "on Wednesday", "edtf": "2023-09-27", "basis": "stated"}))
    found = bound(record)
    assert found.breaches == []
    assert found.warnings == [(("claims", 0, "date"), "delivered on 2023-09-27, after the publication on 2023-09-20~")]
    assert bound(changed(("claims.0.date", {"text": "on Wednesday", "edtf": "2023-09-27", "basis": "stated"}), ("claims.0.phase", "planned"))).warnings == []
    denied = changed(("claims.2.date", {"edtf": "2024", "basis": "external"}))
    assert bound(denied).warnings == []


def test_two_transfers_that_would_have_one_id_are_refused():
    known = copy.deepcopy(KNOWN)
    known.ids["actors"] |= {"aland-x": "aland-x", "x-borduria": "x-borduria"}
    record = changed(("claims.1.transfer", {"supplier": "aland-x", "recipient": "borduria", "system": "uav", "kind": "supply"}),
                     ("claims.2.transfer", {"supplier": "aland", "recipient": "x-borduria", "system": "uav", "kind": "supply"}))
    found = bind(record, Passages(ArticleText(TEXT, ARTICLE, "", "", "plain-nfc-1")), known)
    assert found.breaches == [(("claims", 2, "transfer"), "makes the same id as another transfer: aland-x-borduria-uav-supply")]


def test_an_id_of_a_transfer_has_its_longest_length():
    known = copy.deepcopy(KNOWN)
    long = {letter: letter * 60 for letter in "xyz"}
    known.ids["actors"] |= {long["x"]: long["x"], long["y"]: long["y"]}
    known.ids["systems"] |= {long["z"]: long["z"]}
    record = changed(("claims.1.transfer", {"supplier": long["x"], "recipient": long["y"], "system": long["z"], "kind": "licensed_production", "episode": "e" * 60}))
    found = bind(record, Passages(ArticleText(TEXT, ARTICLE, "", "", "plain-nfc-1")), known)
    assert [sentence for _, sentence in found.breaches] == ["makes an id of 263 characters; at most 240 are allowed"]


def test_without_all_entries_only_quotes_and_ids_are_judged():
    record = changed(("claims.0.statement", "s09"), ("claims.1.hedge", None), ("claims.2.quote", "nowhere to be found"), ("claims.0.transfer.system", "kestrel-9"))
    assert sorted(breach.partition(":")[0] for breach in breaches_of(record, whole=False)) == ["claims[1].transfer.system", "claims[3].quote"]


def test_of_very_many_breaches_enough_are_told():
    record = changed(("not_recorded", [{"quote": f"nowhere to be found {number}", "why": "unclear"} for number in range(5_000)]))
    assert len(bound(record).breaches) == MOST
    record = changed(("claims.0.topics", [f"no-topic-{number}" for number in range(5_000)]))
    assert MOST <= len(bound(record).breaches) < MOST + 10
