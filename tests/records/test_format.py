"""The format of the files: known keys, known words, known shapes; all that is wrong is told at once, each with its line."""

import copy

import pytest

from tests.records.made_up import RECORD, a_record, as_file, as_yaml
from transfers.errors import ProblemsError
from transfers.records.format import RECORD as RECORD_SHAPE
from transfers.records.format import REGISTRY, REVIEW
from transfers.records.positions import as_problems
from transfers.records.record import read_record, read_review
from transfers.records.shapes import Either, Listing, Map, Named, find_breaches


def problems_of(value):
    file = as_file(value)
    return [str(problem).removeprefix(f"{file.path}:") for problem in as_problems(file, read_record(file).breaches)]


def maps_within(value, path=()):
    """Every map of a value with its path."""
    if isinstance(value, dict):
        yield path, value
        for key, item in value.items():
            yield from maps_within(item, (*path, key))
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from maps_within(item, (*path, position))


def at(value, path):
    for part in path:
        value = value[part]
    return value


def keys_within(value=RECORD):
    for path, found in maps_within(value):
        for key in found:
            yield path, key


def shown(path, key):
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in (*path, key)).removeprefix(".")


@pytest.mark.parametrize(("path", "key"), [pytest.param(path, key, id=shown(path, key)) for path, key in keys_within()])
def test_a_misspelt_key_is_refused_with_the_nearest_known(path, key):
    record = a_record()
    holder = at(record, path)
    wrong = f"{key[:-1]}_{key[-1]}" if len(key) > 2 else key + "s"
    items = [(wrong if name == key else name, item) for name, item in holder.items()]
    holder.clear()
    holder.update(items)
    told = [(found, sentence) for found, sentence in find_breaches(RECORD_SHAPE, record) if "is not a known key" in sentence]
    assert told == [((*path, wrong), f"is not a known key; did you mean {key}?")]


@pytest.mark.parametrize(("path", "key"), [pytest.param(path, key, id=shown(path, key)) for path, key in keys_within()])
def test_a_value_of_another_shape_is_refused_at_its_place(path, key):
    right = at(RECORD, path)[key]
    for wrong in ({}, {"x": "y"}, [], ["x"], [["x"]], "", " ", "\u3000"):
        record = a_record()
        at(record, path)[key] = copy.deepcopy(wrong)
        breaches = find_breaches(RECORD_SHAPE, record)
        assert all(found[: len(path) + 1] == (*path, key) for found, _ in breaches)
        may_differ = "quotes" in (*path[-1:], key) or (wrong in ({}, []) and type(wrong) is type(right))
        assert breaches or may_differ, wrong


@pytest.mark.parametrize(("change", "problem"), [
    (lambda record: record.update(format="2"), "format: '2' is not one of 1"),
    (lambda record: record.update(coder=["ab"]), "coder: must be text, not a list"),
    (lambda record: record.update(claims={"c01": {}}), "claims: must be a list, not a map"),
    (lambda record: record.update(article="x"), "article: must be a map, not a word or text"),
    (lambda record: record["article"].pop("sha256"), "article: sha256 is missing"),
    (lambda record: record["article"].update(source="../x"), "article.source: '../x' is not a file below the root"),
    (lambda record: record["claims"][0].update(stance="asertted"), "claims[1].stance: 'asertted' is not one of asserted, alleged, denied (did you mean asserted?)"),
    (lambda record: record["claims"][0].update(id="1"), "claims[1].id: '1' is not a claim's id: c01, c02, ..."),
    (lambda record: record["claims"][0]["quantity"].update(low="-1"), "claims[1].quantity.low: '-1' is not a whole number"),
    (lambda record: record["claims"][0]["date"].update(edtf="2023-02-29"), "claims[1].date.edtf: '2023-02-29' is not a day of the calendar"),
    (lambda record: record["claims"][0]["transfer"].update(supplier="Aland"), "claims[1].transfer.supplier: 'Aland' is not an id"),
    (lambda record: record["claims"][0]["quotes"].update(nobody="x"), "claims[1].quotes.nobody: is not a known key"),
    (lambda record: record["article"].update(url="javascript:alert(1)"), "article.url: 'javascript:alert(1)' is not an address"),
    (lambda record: record["claims"][0].update(summary=""), "claims[1].summary: is empty; leave the key out"),
    (lambda record: record["article"]["published"].update(quotes=[["x"]]), "article.published.quotes[1]: must be text or a map, not a list"),
    (lambda record: record["article"]["published"].update(edtf="2" * 41), "article.published.edtf: has 41 characters; a date has at most 40"),
    (lambda record: record.update({"": "x"}), "'': is not a known key; known here are format"),
    (lambda record: record["claims"][0].update({"end use": "x"}), "claims[1].end use: is not a known key; did you mean end_use?"),
    (lambda record: record["claims"][0].update({"for the coast": ""}), "claims[1].for the coast: is not a known key; a comma inside {...}"),
])
def test_a_wrong_value_is_refused_in_these_words(change, problem):
    record = a_record()
    change(record)
    assert [found.partition(": ")[2] for found in problems_of(record) if found.partition(": ")[2].startswith(problem)] != []


@pytest.mark.parametrize("text", [
    "-1", "1000000000", str(2**63), "٣", "３", "1_000", "1,000", "NaN", "nan", "inf", "1e9", "+5", "05", " 5", "5 ", "0x10", "1.0", "5\n", "²",
])
def test_a_number_of_other_than_plain_digits_is_refused(text):
    record = a_record()
    record["claims"][0]["quantity"]["low"] = text
    assert any("claims[1].quantity.low" in problem for problem in problems_of(record))


@pytest.mark.parametrize("slug", [
    "A", "a", "Iran", "iran_", "i--r", "-iran", "iran-", "ïran", "iran ", "ir an", "x" * 61, "iran\n", "١٢", "ｉran", "a/b", "../a", "a.b", "a\0b", "irаn",
])
def test_a_slug_of_other_than_small_letters_digits_and_single_hyphens_is_refused(slug):
    shape = RECORD_SHAPE.fields["article"].shape.fields["id"].shape
    assert find_breaches(shape, slug) != []


@pytest.mark.parametrize("slug", ["ab", "m46", "x" * 60, "iran-russia", "2023-09", "1-2-3"])
def test_a_good_slug_passes(slug):
    assert find_breaches(RECORD_SHAPE.fields["article"].shape.fields["id"].shape, slug) == []


@pytest.mark.parametrize("path", [
    "../x", "/etc/passwd", "a/../b", "./a", "a/./b", "a//b", "a/", ".hidden", "a/.hidden", "a b", "a\\b", "..\\x", "file:///x", "http://x", "~/x", "a\0b",
    "a\nb", "ä.txt", "a:b", "", ".", "..", "-/../x", "x" * 401, "a%2fb", "con\u202e.txt",
])
def test_a_path_that_could_lead_elsewhere_is_refused_by_its_form(path):
    assert find_breaches(RECORD_SHAPE.fields["article"].shape.fields["source"].shape, path) != []


@pytest.mark.parametrize("lang", ["EN", "e", "english", "en-", "en_US", "en-us", "ru-latn", "en\n", "12", ""])
def test_a_language_is_of_a_known_form(lang):
    shape = RECORD_SHAPE.fields["article"].shape.fields["lang"].shape
    assert find_breaches(shape, lang) != []
    assert all(find_breaches(shape, good) == [] for good in ("en", "ru-Latn", "zh-Hant-TW", "es-419", "ckb"))


@pytest.mark.parametrize("url", [
    "javascript:alert(1)", "data:text/html,x", "ftp://x", "//x", "http:", "https://", "https://a b", "https://a\"b", "https://a<b", "HTTP://x", "x", "https://a\nb",
])
def test_an_address_that_is_no_web_address_is_refused(url):
    assert find_breaches(RECORD_SHAPE.fields["article"].shape.fields["url"].shape, url) != []


def test_all_problems_are_told_at_once_each_on_its_line():
    text = as_yaml(RECORD).replace("format: '1'", "format: '3'").replace("stance: alleged", "stance: alledged")
    text = text.replace("  supersedes:", "  superseeds:").replace("'2023-10-01'", "yesterday").replace("lang: en\n  original", "lang: EN\n  original")
    lines = text.split("\n")

    def line_of(part):
        (found,) = [number for number, line in enumerate(lines, start=1) if part in line]
        return found

    found = {tuple(problem.split(":")[:2]) for problem in problems_of(text)}
    assert found == {
        (str(line_of("format: '3'")), " format"),
        (str(line_of("alledged")), " claims[2].stance"),
        (str(line_of("superseeds")), " claims[1].superseeds"),
        (str(line_of("yesterday")), " removed[1].on"),
        (str(line_of("  lang: EN")), " statements[1].lang"),
    }


def test_a_slip_in_one_claim_does_not_hide_what_stands_in_the_others():
    record = a_record()
    del record["claims"][1]["quote"]
    found = read_record(as_file(record))
    assert found.record is not None
    assert [claim["id"] for claim in found.record["claims"]] == ["c01", "c03", "c04"]
    assert found.as_in_file(("claims", 1, "quote")) == ("claims", 2, "quote")
    assert found.as_in_file(("claims", 0)) == ("claims", 0)
    assert found.as_in_file(("statements", 1)) == ("statements", 1)
    assert found.as_in_file(("claims",)) == ("claims",)
    assert found.as_in_file(()) == ()


@pytest.mark.parametrize("value", [{}, [], "x", [{}], {"format": "1"}, {"article": {}}, {"article": []}, {"format": "1", "coder": "ab", "article": "x"}])
def test_a_file_without_an_article_gives_problems_and_no_record(value):
    found = read_record(as_file(value))
    assert found.record is None
    assert found.breaches


def test_a_section_of_the_wrong_shape_is_taken_out_and_told():
    record = a_record()
    record["roles"] = {"x": "y"}
    found = read_record(as_file(record))
    assert found.record is not None
    assert found.record["roles"] == []
    assert found.breaches == [(("roles",), "must be a list, not a map")]


# --- the shapes themselves ---------------------------------------------------------------------------------------------
def shapes_within(shape, path=""):
    yield path, shape
    if isinstance(shape, Map):
        for name, field in shape.fields.items():
            yield from shapes_within(field.shape, f"{path}.{name}")
    elif isinstance(shape, Listing | Named):
        yield from shapes_within(shape.item, f"{path}[]")
    elif isinstance(shape, Either):
        for inner in shape._shapes.values():
            if inner is not None:
                yield from shapes_within(inner, f"{path}|")


@pytest.mark.parametrize("root", [RECORD_SHAPE, REVIEW, *REGISTRY.values()], ids=["record", "review", *REGISTRY])
def test_every_shape_tells_what_is_wrong_of_any_value(root):
    for path, shape in shapes_within(root):
        for value in ("", "x", " ", [], {}, ["x"], [[]], [{}], {"x": "y"}, {"": []}, {"id": []}, "x" * 30_000, "\n", "é"):
            for found, sentence in find_breaches(shape, value):
                assert isinstance(found, tuple), path
                assert sentence
                assert len(sentence) < 1_500


def test_every_key_that_is_needed_is_asked_for():
    needed = {f"{path}.{name}" for path, shape in shapes_within(RECORD_SHAPE) if isinstance(shape, Map) for name, field in shape.fields.items() if field.needed}
    assert {".format", ".coder", ".article", ".article.id", ".article.sha256", ".claims[].quote", ".claims[].summary"} <= needed
    for path, found in maps_within(RECORD):
        for key in found:
            record = a_record()
            del at(record, path)[key]
            missing = [sentence for where, sentence in find_breaches(RECORD_SHAPE, record) if (where, sentence) == (path, f"{key} is missing")]
            generic = "".join("[]" if isinstance(part, int) else f".{part}" for part in (*path, key))
            assert bool(missing) == (generic in needed), generic


# --- reviews ----------------------------------------------------------------------------------------------------------
LINE = {"record_sha256": "a" * 64, "reviewer": "cd", "reviewed_on": "2024-01-31", "decision": "accepted", "note": "Fine."}


def test_a_review_is_read_line_by_line():
    assert read_review(as_file([LINE, {**LINE, "decision": "withdrawn"}])) == [LINE, {**LINE, "decision": "withdrawn"}]


@pytest.mark.parametrize("change", [
    {"record_sha256": "A" * 64}, {"record_sha256": "a" * 63}, {"reviewed_on": "2024-02-30"}, {"reviewed_on": "2024-01"}, {"decision": "ok"},
    {"reviewer": ""}, {"note": []}, {"reviewd_on": "x"},
])
def test_a_wrong_line_of_a_review_is_refused(change):
    with pytest.raises(ProblemsError) as caught:
        read_review(as_file([LINE, {**LINE, **change}]))
    assert all(problem[2].startswith("[2]") for problem in caught.value.problems)


@pytest.mark.parametrize("value", [{}, "x", {"a": LINE}, [[]], ["x"]])
def test_a_review_that_is_no_list_of_lines_is_refused(value):
    with pytest.raises(ProblemsError):
        read_review(as_file(value))
