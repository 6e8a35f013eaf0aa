"""What records say of each other: one definition of each thing, pointers that lead back, no circles, one order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.check.made_up import Collection
from tests.vocabulary.properties import seldom
from transfers.load.together import in_order

MEETING = {"id": "2023-09-szohod-talks", "kind": "talks", "title": "Talks in Szohôd", "place": "szohod"}
ROLE = {"id": "alder-speaker", "person": "anna-alder", "org": "borduria", "title": "Speaker", "held_on": "2023-09-20", "quote": "Anna Alder, the envoy"}
ALIAS = {"system": "kestrel-7", "name": "Sokol-2", "lang": "en", "kind": "designation", "used_by": "borduria", "quote": "Bordurians call the drone Sokol-2"}


def test_records_that_speak_of_each_other_rightly_have_no_problems(made):
    made.add("one", meetings=[MEETING], statement={"meeting": MEETING["id"]}, roles=[ROLE], aliases=[ALIAS])
    made.add("two", statement={"meeting": MEETING["id"], "same_as": "one-s01", "role": "alder-speaker"}, roles=[{**ROLE, "held_on": "2023-09-21"}],
             aliases=[ALIAS], claim={"supersedes": "one-c01"}, article={"links": [{"article": "one", "kind": "corrects"}]})
    made.add("three", claims=0, article={"copy_of": "one"}, outlet="the-courier")
    assert made.problems() == []
    assert [read.bound.article_id for read in made.check().records] == ["one", "three", "two"]


def test_the_same_article_in_two_files_is_refused_with_both_names(made):
    made.add("one")
    made.add("one", name="zz", text="Made up for tests: other words.")
    assert made.problems() == ["zz.yaml: article.id: 'one' is the article of data/records/2023/one.yaml"]


def test_the_same_text_of_the_same_outlet_is_refused_with_both_names(made):
    made.add("one", text="Made up.", claims=0)
    made.add("two", text="Made up.", claims=0)
    made.add("three", text="Made up.", claims=0, outlet="the-courier")
    assert made.problems() == ["two.yaml: article.source: it has the same outlet and the same text as data/records/2023/one.yaml"]


def test_a_meeting_that_is_defined_twice_is_refused_with_both_names(made):
    made.add("one", meetings=[MEETING], statement={"meeting": MEETING["id"]})
    made.add("two", meetings=[MEETING], statement={"meeting": MEETING["id"]})
    assert made.problems() == ["two.yaml: meetings[1]: '2023-09-szohod-talks' is defined already in data/records/2023/one.yaml"]


def test_a_meeting_that_is_defined_nowhere_is_refused(made):
    made.add("one", statement={"meeting": "2023-09-szohod-talks"})
    assert made.problems() == ["one.yaml: statements[1].meeting: '2023-09-szohod-talks' is defined in no record"]


@pytest.mark.parametrize("change", [{"person": "aland"}, {"org": "aland"}, {"title": "Head"}, {"kind": "member_of"}, {"term": "second"}])
def test_records_that_give_one_role_must_agree_on_all_but_days_and_quotes(made, change):
    made.add("one", roles=[ROLE])
    made.add("two", roles=[{**ROLE, "held_on": "2023-10-01", "quote": "the envoy"}])
    assert made.problems() == []
    made.add("three", roles=[ROLE | change])
    assert made.problems() == ["two.yaml: roles[1]: 'alder-speaker' stands otherwise in data/records/2023/three.yaml; all but days and quotes must agree"] or \
        made.problems() == ["three.yaml: roles[1]: 'alder-speaker' stands otherwise in data/records/2023/one.yaml; all but days and quotes must agree"]


@pytest.mark.parametrize("change", [{"lang": "de"}, {"kind": "spelling"}, {"used_by": "aland"}])
def test_records_that_give_one_name_must_agree(made, change):
    made.add("one", aliases=[ALIAS])
    made.add("two", aliases=[ALIAS | change])
    assert made.problems() == [
        "two.yaml: aliases[1]: 'system:kestrel-7:Sokol-2' stands otherwise in data/records/2023/one.yaml; all but days and quotes must agree",
    ]


def test_one_name_of_two_owners_is_two_names(made):
    made.add("one", aliases=[ALIAS])
    made.add("two", aliases=[{key: value for key, value in ALIAS.items() if key != "system"} | {"actor": "borduria", "kind": "spelling"}])
    assert made.problems() == []


def test_a_record_may_say_less_of_a_name_of_the_registry_but_nothing_else(made):
    name = {"actor": "aland", "name": "Alandia", "kind": "spelling", "quote": "Alandia"}
    made.add("one", text="Made up: Alandia.", aliases=[name])
    made.add("two", text="Made up, again: Alandia.", aliases=[{**name, "lang": "en"}])
    assert made.problems() == []
    made.add("three", text="Made up, once more: Alandia.", aliases=[{**name, "kind": "metonym"}])
    assert made.problems() == ["three.yaml: aliases[1]: 'Alandia' stands otherwise in the registry; kind, lang and used_by must agree"]


def test_a_role_of_the_registry_must_be_given_as_it_is(made):
    role = {**ROLE, "id": "alder-envoy", "org": "aland", "title": "Envoy"}
    made.add("one", roles=[role])
    made.add("two", roles=[{**role, "org": "old-aland"}])
    assert made.problems() == []
    made.add("three", roles=[{**role, "title": "Consul"}])
    assert made.problems() == ["three.yaml: roles[1]: 'alder-envoy' stands otherwise in the registry; all but days and quotes must agree"]


@pytest.mark.parametrize(("parts", "problem"), [
    ({"claim": {"supersedes": "one-c02"}}, "claims[1].supersedes: 'one-c02' is no claim of any record"),
    ({"claim": {"supersedes": "one-s01"}}, "claims[1].supersedes: 'one-s01' is no claim of any record"),
    ({"claim": {"supersedes": "nothing"}}, "claims[1].supersedes: 'nothing' is no claim of any record"),
    ({"claim": {"supersedes": "two-c09"}}, "claims[1].supersedes: 'two-c09' is no claim of any record"),
    ({"statement": {"same_as": "one-s02"}}, "statements[1].same_as: 'one-s02' is no statement of any record"),
    ({"statement": {"same_as": "one-c01"}}, "statements[1].same_as: 'one-c01' is no statement of any record"),
    ({"article": {"links": [{"article": "none", "kind": "cites"}]}}, "article.links[1].article: 'none' is no article of any record"),
    ({"claims": 0, "article": {"copy_of": "none"}}, "article.copy_of: 'none' is no article of any record"),
])
def test_what_points_at_nothing_is_refused(made, parts, problem):
    made.add("one")
    made.add("two", **parts)
    assert made.problems() == [f"two.yaml: {problem}"]


def test_pointers_into_a_record_that_is_wrong_itself_are_no_second_problem(made):
    made.add("one", claim={"transfer": {"supplier": "nobody-known", "recipient": "borduria", "system": "kestrel-7", "kind": "supply"}})
    made.add("two", claim={"supersedes": "one-c01"})
    assert [problem.partition(":")[0] for problem in made.problems()] == ["one.yaml"]


def test_articles_that_point_at_each_other_are_refused_both(made):
    made.add("one", claim={"supersedes": "two-c01"})
    made.add("two", statement={"same_as": "three-s01"})
    made.add("three", article={"links": [{"article": "one", "kind": "cites"}]})
    says = "points, by way of other articles, at itself; the later article points back"
    assert made.problems() == [
        f"one.yaml: claims[1].supersedes: 'one' {says}", f"three.yaml: article.links[1].article: 'three' {says}", f"two.yaml: statements[1].same_as: 'two' {says}",
    ]


def test_an_article_beside_a_circle_is_not_blamed(made):
    made.add("one", claim={"supersedes": "two-c01"})
    made.add("two", claim={"supersedes": "one-c01"})
    made.add("three", claim={"supersedes": "one-c01"})
    assert [problem.partition(":")[0] for problem in made.problems()] == ["one.yaml", "two.yaml"]


def test_claims_of_one_article_may_supersede_each_other_but_not_in_a_circle(made):
    path = made.add("one", claims=3, claim={"supersedes": "one-c02"})
    assert made.problems() == []
    text = (made.root / path).read_text(encoding="utf-8").replace("- id: c02\n", "- id: c02\n  supersedes: one-c03\n")
    (made.root / path).write_text(text, encoding="utf-8")
    assert made.problems() == []
    (made.root / path).write_text(text.replace("- id: c03\n", "- id: c03\n  supersedes: one-c01\n"), encoding="utf-8")
    assert made.problems() == ["one.yaml: claims[1].supersedes: 'one-c01' comes back to itself"]


def test_a_claim_that_supersedes_itself_is_refused(made):
    made.add("one", claim={"supersedes": "one-c01"})
    assert made.problems() == ["one.yaml: claims[1].supersedes: 'one-c01' comes back to itself"]


def test_two_keys_of_two_records_that_make_one_id_are_refused(tmp_path):
    registry = {"actors": {slug: {"name": slug.title(), "kind": "state"} for slug in ("aland", "aland-x", "x-borduria", "borduria", "anna-alder", "the-gazette")},
                "systems": {"kestrel-7": {"name": "Kestrel-7", "level": "model", "category": "uav"}}}
    made = Collection(tmp_path / "made", registry)
    made.add("one", claim={"transfer": {"supplier": "aland-x", "recipient": "borduria", "system": "kestrel-7", "kind": "supply"}})
    made.add("two", claim={"transfer": {"supplier": "aland", "recipient": "x-borduria", "system": "kestrel-7", "kind": "supply"}})
    assert made.problems() == ["two.yaml: claims[1].transfer: makes the same id as another transfer: aland-x-borduria-kestrel-7-supply"]


# --- the order in which they are written -------------------------------------------------------------------------------
def test_records_are_written_after_those_they_point_back_at(made):
    made.add("aa", claim={"supersedes": "cc-c01"})
    made.add("bb", article={"links": [{"article": "aa", "kind": "cites"}]})
    made.add("cc", claim={"supersedes": "dd-c01"})
    made.add("dd")
    made.add("ee")
    records = made.check().records
    assert [read.bound.article_id for read in in_order(records)] == ["dd", "cc", "aa", "bb", "ee"]
    assert in_order(records[::-1]) == in_order(records)


@given(st.permutations(range(7)), st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6))), st.randoms())
@seldom
def test_any_pointers_without_a_circle_have_one_order_whatever_the_files_are_called(tmp_path_factory, names, pairs, random):
    made = Collection(tmp_path_factory.mktemp("order") / "made")
    articles = [f"n{number}-article" for number in names]
    for position, article in enumerate(articles):
        links = [{"article": articles[earlier], "kind": "cites"} for later, earlier in sorted(pairs) if later == position and earlier < later]
        made.add(article, article={"links": links})
    checked = made.check()
    assert checked.problems == []
    ordered = [read.bound.article_id for read in in_order(checked.records)]
    assert sorted(ordered) == sorted(articles)
    for later, earlier in pairs:
        if earlier < later:
            assert ordered.index(articles[earlier]) < ordered.index(articles[later])
    shuffled = list(checked.records)
    random.shuffle(shuffled)
    assert in_order(shuffled) == in_order(checked.records)


@given(st.permutations(range(5)))
@seldom
def test_a_circle_is_found_whatever_the_files_are_called(tmp_path_factory, names):
    made = Collection(tmp_path_factory.mktemp("circle") / "made")
    articles = [f"n{number}-article" for number in names]
    for position, article in enumerate(articles):
        made.add(article, claim={"supersedes": f"{articles[(position + 1) % 5]}-c01"})
    assert len(made.problems()) == 5
