"""The JSON Schema that editors use says what the program says, apart from a few things that no schema can say."""

import copy
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.records.made_up import RECORD, a_record
from tests.vocabulary.properties import often
from transfers.records.collection import REGISTRY_KINDS
from transfers.records.format import MATCHES, REGISTRY, REVIEW
from transfers.records.format import RECORD as RECORD_SHAPE
from transfers.records.json_schema import as_json_schema
from transfers.records.shapes import find_breaches
from transfers.records.yaml_reader import read_yaml

ROOT = Path(__file__).parents[2]
SHAPES = {"record": RECORD_SHAPE, "review": REVIEW, "matches": MATCHES, **REGISTRY}
VALIDATORS = {kind: Draft202012Validator(as_json_schema(kind)) for kind in SHAPES}
COLLECTIONS = [ROOT, *(folder.parents[1] for folder in sorted(ROOT.glob("tests/*/collection/data/registry")))]

# What the program refuses and the schema does not: days that do not exist, white space as a text.
ONLY_THE_PROGRAM = re.compile(r"of the profile|of the calendar|outside the years|no such month|ends before|open at both|lacks an end|is empty")


def as_shown(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("kind", SHAPES)
def test_the_schema_is_a_schema(kind):
    schema = as_json_schema(kind)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("path", [path for root in COLLECTIONS for path in sorted(root.glob("data/records/**/*.yaml"))], ids=as_shown)
def test_the_schema_takes_the_records_of_the_repository(path):
    VALIDATORS["record"].validate(read_yaml(path.read_bytes(), str(path)))


@pytest.mark.parametrize("path", [path for root in COLLECTIONS for path in sorted(root.glob("data/registry/*.yaml"))], ids=as_shown)
def test_the_schema_takes_the_registry_of_the_repository(path):
    text = path.read_text(encoding="utf-8")
    if any(line and not line.startswith("#") for line in text.split("\n")):
        VALIDATORS[REGISTRY_KINDS[path.stem]].validate(read_yaml(text.encode(), str(path)))


FRAGMENT = """\
format: "1"
coder: ab                          # made up for this test
article:
  id: gazette-2023-09-20-kestrels
  outlet: the-gazette
  lang: en
  source: seeds/kestrels.txt
  format: html
  sha256: 0000000000000000000000000000000000000000000000000000000000000000
  published:
    edtf: "2023-09-20~"            # on that day or soon after
    basis: inferred
    why: A link carries the day; the lead says "on Wednesday" and 2023-09-20 is one.
    quotes:
      - {raw: 2023/09/20/kestrels}
      - {text: on Wednesday said}
meetings:
  - {id: 2023-09-szohod-birch-visit, kind: visit, title: "Birch in Szohôd, September 2023", place: szohod}
roles:
  - {id: birch-minister, person: boris-birch, org: aland-mod, title: Minister of Defence, held_on: "2023-09-20",
     quote: Minister Boris Birch}
aliases:
  - {system: kestrel-7, name: Sokol-2, lang: bd-Latn, kind: designation, used_by: borduria, quote: which Borduria calls Sokol-2}
statements:
  - id: s04
    speaker: the-gazette           # nobody is named: the outlet's own voice
    described: (article's own voice)
    form: indirect
    quote: Both have been losing dozens of drones per month
    quantity: {text: dozens, low: "24", high: "99", qualifier: worded, unit: item, scope: per_period, per: month}
    summary: Each loses dozens of drones a month.
    inferred: {quantity: '"Both" is read as each side.'}
claims:
  - id: c01
    transfer: {supplier: aland, recipient: borduria, system: kestrel-7, kind: supply}
    stance: asserted
    phase: delivered
    quote: Borduria has received hundreds of Alandic Kestrel-7 drones
    quantity: {text: hundreds, low: "200", high: "999", qualifier: worded, unit: item, scope: total}
    end_use: for its coast
    quotes: {end_use: for its coast}
    summary: Borduria has received hundreds.
    inferred: {supplier: '"Alandic" gives the origin.'}
  - id: c07
    meeting: 2023-09-szohod-birch-visit
    stance: asserted
    quote: a visit on Wednesday by Minister Boris Birch
    quotes:
      attendee: met Gen Anna Alder
      viewed: viewed some of the latest drones
    date: {text: on Wednesday, edtf: "2023-09-20", basis: inferred}
    actors:
      - {actor: boris-birch, role: visitor, described: Minister Boris Birch}
    summary: Birch visited.
    inferred: {date: Wednesday counted from the day of publication.}
not_recorded:
  - {quote: which has seen much use of drones, why: background, note: No figure.}
"""


def test_the_schema_takes_a_record_written_like_the_example_of_the_documents():
    value = read_yaml(FRAGMENT.encode(), "x.yaml")
    assert find_breaches(RECORD_SHAPE, value) == []
    VALIDATORS["record"].validate(value)


def test_the_schema_takes_a_record_with_every_key():
    assert find_breaches(RECORD_SHAPE, RECORD) == []
    VALIDATORS["record"].validate(RECORD)


# --- both say the same -------------------------------------------------------------------------------------------------
REGISTRY_ENTRIES = {
    "actors": {"iran": {
        "name": "Iran", "kind": "state", "country": "IR", "aliases": [{"name": "Tehran", "lang": "en", "kind": "metonym", "used_by": "iran",
        "valid_from": "1935-03-22", "valid_to": "2024-01-01", "source": "x"}], "identifiers": [{"scheme": "iso3", "value": "IRN", "source": "x"}],
        "formerly": ["persia"], "ties": [{"id": "x-y", "kind": "post", "target": "iran", "title": "x", "term": "y", "start": "1935", "end": "1940/..", "source": "z"}],
        "source": "x", "note": "y",
    }},
    "systems": {"kestrel-7": {"name": "Kestrel-7", "level": "model", "category": "uav", "uav_class": "recon", "sipri_category": "x", "unroca_category": "y",
                              "parent": "uav", "designer": "iran", "formerly": [], "source": "x"}},
    "places": {"szohod": {"name": "Szohôd", "country": "AX", "precision": "city", "lat": "35.69", "lon": "-51.4", "source": "x"}},
    "topics": {"prices": {"name": "Prices", "formerly": ["costs"], "note": "x"}},
    "review": [{"record_sha256": "a" * 64, "reviewer": "cd", "reviewed_on": "2024-01-31", "decision": "accepted", "note": "x"}],
    "record": RECORD,
}


def places_within(value, path=()):
    yield path
    if isinstance(value, dict):
        for key, item in value.items():
            yield from places_within(item, (*path, key))
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from places_within(item, (*path, position))


words = st.one_of(
    st.sampled_from(["", "x", "x y", "x\ty", "x\ny", "asserted", "2023", "2023-09-20", "2023-13", "1", "0", "-1", "01", "9" * 12, "c01", "s01", "en", "EUR", "IR",
                     "a/b.txt", "https://x", "35.5", "A", "text", "é", "abc-def", "Abc", "x" * 61, "x" * 1_001, "x" * 241, "x" * 10_001, "２０２３"]),
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
)
values = st.recursive(words, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(words, inner, max_size=2), max_leaves=5)


@given(st.sampled_from(sorted(REGISTRY_ENTRIES)), st.data())
@often
def test_schema_and_program_refuse_the_same(kind, data):
    value = copy.deepcopy(REGISTRY_ENTRIES[kind])
    *above, last = data.draw(st.sampled_from([place for place in places_within(value) if place]))
    holder = value
    for part in above:
        holder = holder[part]
    how = data.draw(st.sampled_from(["replace", "remove", "add", "misspell"]))
    if how == "replace" or isinstance(holder, list):
        holder[last] = data.draw(values)
    elif how == "remove":
        del holder[last]
    elif how == "add":
        holder[data.draw(words)] = data.draw(values)
    else:
        holder[last + "x"] = holder.pop(last)
    breaches = find_breaches(SHAPES[kind], value)
    if any(ONLY_THE_PROGRAM.search(sentence) for _, sentence in breaches):
        return
    assert VALIDATORS[kind].is_valid(value) == (not breaches), breaches


@pytest.mark.parametrize(("edtf", "by_program"), [("2023-02-29", False), ("2023/2022", False), ("2023-09", True)])
def test_only_the_program_knows_the_calendar(edtf, by_program):
    record = a_record()
    record["claims"][0]["date"]["edtf"] = edtf
    assert VALIDATORS["record"].is_valid(record)
    assert (find_breaches(RECORD_SHAPE, record) == []) is by_program


def test_comments_of_the_format_reach_the_editor():
    properties = as_json_schema("record")["properties"]
    assert properties["article"]["properties"]["copy_of"]["description"] == "the article this is a copy of"
    assert "c01" in properties["claims"]["items"]["properties"]["id"]["description"]
