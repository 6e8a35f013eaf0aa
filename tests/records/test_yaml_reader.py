"""YAML in a narrow profile: everything is text as written, and what could mean something else is refused with its line."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.records.made_up import as_yaml
from tests.vocabulary.properties import often, sometimes
from transfers.errors import ProblemsError
from transfers.records.yaml_reader import LARGEST, read_lines, read_yaml


def read(text):
    return read_yaml(text if isinstance(text, bytes) else text.encode(), "x.yaml")


def refused(text):
    """The one problem of a file: its line and sentence."""
    with pytest.raises(ProblemsError) as caught:
        read(text)
    (problem,) = caught.value.problems
    path, line, field, sentence = problem
    assert (path, field) == ("x.yaml", "")
    assert str(caught.value) == f"x.yaml:{line}: {sentence}" if line else f"x.yaml: {sentence}"
    return line, sentence


@pytest.mark.parametrize("word", [
    "NO", "no", "yes", "on", "off", "y", "n", "True", "false", "010", "0o17", "0x1F", "0b1", "1:30", "12:30:45", "190:20:30",
    "1_000", "+1", "-1", "1.0", "1e3", ".inf", "-.inf", ".nan", ".NaN", "NULL", "Null", "2024-02-30", "0000-01-01", "2024-01-31T10:00:00Z",
    "=", "<", "9" * 5_000, "1" + "_0" * 50, "None", "nan", "~x", "a:b", "C:\\x", "a#b", "-x", "?x", "١٢", "．",
])
def test_a_word_stays_the_text_it_is(word):
    assert read(f"a: {word}\n") == {"a": word}
    assert read(f"- {word}\n") == [word]
    if len(word) < 1_000:  # a longer key needs a question mark before it
        assert read(f"{word}: a\n") == {word: "a"}


@pytest.mark.parametrize("word", ["~", "null"])
def test_a_null_is_refused_unless_it_is_quoted(word):
    assert refused(f"a: b\nc: {word}\n") == (2, f"{word} is not a value; leave the key out, or quote the word")
    assert read(f"a: '{word}'\nb: \"{word}\"\n") == {"a": word, "b": word}


def test_what_is_left_out_is_an_empty_text():
    assert read("a:\nb: ''\nc: {d}\n") == {"a": "", "b": "", "c": {"d": ""}}


@pytest.mark.parametrize(("text", "value"), [
    ("{}", {}), ("[]", []), ("a: {}\nb: []\n", {"a": {}, "b": []}), ("word", "word"), ("''", ""), ("---\na: b\n", {"a": "b"}),
    ("a: b\n...\n", {"a": "b"}), ("%YAML 1.2\n---\na: b\n", {"a": "b"}), ("1: a\n1.0: b\n", {"1": "a", "1.0": "b"}),
    ("a: b # c\n", {"a": "b"}), ("a: b#c\n", {"a": "b#c"}), ("a: 'it''s'\n", {"a": "it's"}), ("? a\n: b\n", {"a": "b"}),
    ("a: x\n  y\n\n  z\n", {"a": "x y\nz"}), ("'<<': a\n", {"<<": "a"}), ("a: \"\\t\\u00e9\\U0001F600\\x41\\/\"\n", {"a": "\té😀A/"}),
])
def test_a_file_gives_maps_lists_and_text(text, value):
    assert read(text) == value


@pytest.mark.parametrize(("text", "value"), [
    ("a: |\n  x\n  y\n", "x\ny"), ("a: >\n  x\n  y\n", "x y"), ("a: |-\n  x\n", "x"), ("a: |+\n  x\n\n\n", "x"), ("a: >\n  x\n\n  y\n", "x\ny"),
    ("a: |\n  x\n\n", "x"), ("a: |\n\n", ""),
])
def test_the_end_of_a_block_is_no_part_of_it(text, value):
    assert read(text) == {"a": value}


def test_the_line_end_of_a_quoted_text_is_a_part_of_it():
    assert read('a: "x\\n"\n') == {"a": "x\n"}


@pytest.mark.parametrize(("text", "line", "first"), [
    ("id: a\nid: b\n", 2, 1),
    ("a:\n  b: 1\n  c: 2\n\n  b: 3\n", 5, 2),
    ("- {x: 1,\n   y: 2,\n   x: 3}\n", 3, 1),
    ("a: 1\n\"a\": 2\n", 2, 1),
    ("a: 1\n? a\n: 2\n", 2, 1),
    ("é: 1\ne\u0301: 2\n", 2, 1),
    ("'': 1\n'': 2\n", 2, 1),
    ("a: {b: {c: [{d: 1, d: 2}]}}\n", 1, 1),
])
def test_a_duplicate_key_is_refused_with_both_lines(text, line, first):
    found, sentence = refused(text)
    assert found == line
    assert sentence.startswith("duplicate key")
    assert sentence.endswith(f"it stands on line {first} already")


def test_a_key_by_escape_is_the_same_key():
    assert refused('"e\\u0301": 1\né: 2\n') == (2, "duplicate key 'é'; it stands on line 1 already")


@pytest.mark.parametrize(("text", "line", "says"), [
    ("a: &x b\n", 1, "an anchor (&name) is not allowed"),
    ("&x a: b\n", 1, "an anchor"),
    ("a: b\nc: &x\n  d: e\n", 2, "an anchor"),
    ("- &x [a]\n", 1, "an anchor"),
    ("a: *x\n", 1, "an alias (*name) is not allowed"),
    ("*x : a\n", 1, "a key must be a word"),
    ("*x", 1, "an alias"),
    ("a: b\n<<: {c: d}\n", 2, "a merge key (<<) is not allowed"),
    ("a: !!str b\n", 1, "a tag (!name) is not allowed"),
    ("a: ! b\n", 1, "a tag"),
    ("!!map {a: b}\n", 1, "a tag"),
    ("a: !!python/object/apply:os.system [x]\n", 1, "a tag"),
    ("a: !<tag:yaml.org,2002:int> 5\n", 1, "a tag"),
    ("!x a: b\n", 1, "a tag"),
    ("? [a, b]\n: c\n", 1, "a key must be a word, not a list, a map or an alias"),
    ("? {a: b}\n: c\n", 1, "a key must be a word"),
    ("{[a]: b}", 1, "a key must be a word"),
    ("a: b\n---\nc: d\n", 2, "begins a second document"),
    ("a: b\n---\n", 2, "begins a second document"),
    ("--- a\n--- b\n", 2, "begins a second document"),
    ("", 0, "is empty"),
    ("# nothing\n\n", 0, "is empty"),
    ("a: [b\n", 2, "is not YAML"),
    ("a: 'b\n", 2, "is not YAML"),
    ("a: b\n c: d\n", 2, "is not YAML"),
    ("a: b: c\n", 1, "is not YAML"),
    ("a:\n\t- b\n", 2, "is not YAML"),
    ("a: \"\\q\"\n", 1, "is not YAML"),
    ("%TAG ! tag:x,2000:\n", 2, "is not YAML"),
    ("@a: b\n", 1, "is not YAML"),
    ("`a`\n", 1, "is not YAML"),
    ("a: b\n}\n", 2, "is not YAML"),
])
def test_what_is_outside_the_profile_is_refused_with_its_line(text, line, says):
    found, sentence = refused(text)
    assert (found, sentence[: len(says)]) == (line, says)


FORBIDDEN = [
    "\0", "\x07", "\x08", "\x0b", "\x0c", "\x1b", "\x1f", "\x7f", "\x80", "\x85", "\x9b", "\x9f", "\u061c", "\u200e", "\u200f", "\u2028", "\u2029",
    "\u202a", "\u202b", "\u202d", "\u202e", "\u2066", "\u2069", "\ufeff", "\ufff9", "\ufffe", "\uffff", "\ufdd0", "\U000e0001", "\U000e0041",
]


@pytest.mark.parametrize("character", FORBIDDEN)
def test_a_character_that_steers_or_hides_is_refused_wherever_it_stands(character):
    for text in (f"a: b\nc: x{character}y\n", f"a: b\n# x{character}y\n", f"a: b\n{character}c: d\n", f"a: b\nc: '{character}'\n"):
        line, sentence = refused(text)
        assert line == 2
        assert f"U+{ord(character):04X} may not stand in a file of this kind" in sentence


@pytest.mark.parametrize("escape", [
    "\\0", "\\a", "\\b", "\\v", "\\f", "\\e", "\\r", "\\N", "\\L", "\\P", "\\x00", "\\x1b", "\\x7f", "\\u0085", "\\u2028", "\\u202e", "\\ufeff",
    "\\uffff", "\\U000E0041", "\\u200f",
])
def test_no_escape_smuggles_such_a_character_in(escape):
    assert refused(f'a: b\nc: "x{escape}y"\n') == (2, "an escape gives a character that may not stand in a file of this kind")
    assert refused(f'a: b\n"x{escape}y": c\n')[0] == 2


def test_half_a_surrogate_is_refused_however_it_is_written():
    assert refused('a: "\\ud800"\n')[0] == 1
    assert refused(b"a: \xed\xa0\x80\n") == (1, "is not UTF-8")


def test_escapes_that_are_harmless_are_read():
    assert read('a: "x\\ty\\u2013\\\\n\\_"\n') == {"a": "x\ty–\\n\u00a0"}


@pytest.mark.parametrize("kept", ["\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufe0f", "\ue000", "👩\u200d🚀", "می\u200cخواهد", "\u3000"])
def test_joiners_soft_hyphens_and_emoji_pass(kept):
    assert read(f"a: x{kept}y\n") == {"a": f"x{kept}y"}


@pytest.mark.parametrize(("data", "line"), [
    (b"a: b\nc: caf\xe9\n", 2), (b"\xff\xfea\0:\0", 1), (b"\xfe\xff\0a", 1), ("a: é".encode("utf-16-le"), 1),
    ("a: é".encode("utf-32"), 1), (b"a: \xc3", 1), (b"a: \xc0\x80\n", 1), (b"a: \xf5\x80\x80\x80\n", 1), (b"\x80", 1), (b"a: b\r\nc: \xe9", 2),
])
def test_a_file_that_is_not_utf_8_is_refused_with_its_line(data, line):
    found, sentence = refused(data)
    assert found == line
    assert sentence == "is not UTF-8" or sentence.startswith("the character U+0000")


def test_a_byte_order_mark_is_named_as_such():
    assert refused(b"\xef\xbb\xbfa: b\n") == (1, "a byte order mark U+FEFF may not stand in a file of this kind")
    assert refused("a: 1\n\ufeffb: 2\n")[0] == 2


def test_all_line_ends_are_line_ends():
    assert read("a: b\r\nc: |\r\n  d\r\n  e\r\n") == read("a: b\nc: |\n  d\n  e\n") == {"a": "b", "c": "d\ne"}
    assert refused("a: b\r\nc: ~\r\n")[0] == 2
    assert read_lines(b"a: b\r\n\r\nc: d\r\n", "x.yaml") == {(): 1, ("a",): 1, ("c",): 3}


def test_text_comes_out_in_nfc_even_from_escapes():
    assert read("a: Zoe\u0308\nb: \"Zoe\\u0308\"\nc: 'Zoë'\n") == dict.fromkeys("abc", "Zoë")
    assert read('a: "e\\\n  \\u0301"\n') == {"a": "é"}


def test_a_file_that_is_too_large_is_refused_and_not_decoded():
    assert refused(b"\xff" * (LARGEST + 1)) == (0, "has 2,000,001 bytes; a file of this kind has at most 2,000,000")
    assert read(b"a: " + b"b" * (LARGEST - 3)) == {"a": "b" * (LARGEST - 3)}


@pytest.mark.parametrize("deep", ["[" * 200_000, "{a: " * 100_000, "- " * 200_000, "- [" * 50_000, "? " * 200_000])
def test_what_is_too_deep_is_refused_at_once(deep):
    started = time.process_time()
    assert refused(deep)[0] == 1
    assert time.process_time() - started < 1


def test_twenty_four_levels_pass_and_one_more_does_not():
    value = read("[" * 24 + "x" + "]" * 24)
    for _ in range(24):
        (value,) = value
    assert value == "x"
    assert refused("[" * 25 + "x" + "]" * 25) == (1, "maps and lists stand more than 24 deep")


def test_lines_are_those_of_keys_and_items():
    text = "a: 1\nb:\n  - c\n  - d: 2\n    e: [3,\n      4]\nf: {g: h}\n"
    assert read_lines(text.encode(), "x.yaml") == {
        (): 1, ("a",): 1, ("b",): 2, ("b", 0): 3, ("b", 1): 4, ("b", 1, "d"): 4, ("b", 1, "e"): 5, ("b", 1, "e", 0): 5,
        ("b", 1, "e", 1): 6, ("f",): 7, ("f", "g"): 7,
    }


@pytest.mark.parametrize("text", ["a: x" + "\u0301" * 101, "a: x" + "\u0301\u0323" * 400_000, 'a: "x' + "\\u0301\\u0323" * 100_000 + '"'])
def test_a_heap_of_marks_is_refused_at_once(text):
    started = time.process_time()
    assert refused(text) == (1, "more than 100 marks stand on one letter")
    assert time.process_time() - started < 1


def test_a_long_key_is_cut_in_the_message():
    _, sentence = refused(f"? {'k' * 100_000}\n: a\n? {'k' * 100_000}\n: b\n")
    assert len(sentence) < 200


# --- properties -------------------------------------------------------------------------------------------------------
words = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn", "Zl", "Zp", "Co"]), max_size=30)
values = st.recursive(words, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4), max_leaves=15)


def as_read(value):
    """The value with its texts as the reader gives them."""
    if isinstance(value, dict):
        return {as_read(key): as_read(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_read(item) for item in value]
    return unicodedata.normalize("NFC", value)


def has_twins(value):
    """Whether two keys are one in NFC."""
    if isinstance(value, dict):
        return len(as_read(value)) != len(value) or any(map(has_twins, value.values()))
    return isinstance(value, list) and any(map(has_twins, value))


@given(values)
@often
def test_what_is_written_is_read(value):
    if has_twins(value) or not isinstance(value, dict | list):
        return
    assert read(as_yaml(value)) == as_read(value)


@given(st.one_of(st.binary(max_size=80), st.text(alphabet="ab:-?[]{}!&*#|>'\"%@`,~ \n\t\\0\u0301é\ufeff\u202e", max_size=60).map(str.encode)))
@often
def test_any_bytes_are_a_value_or_refused_with_the_file(data):
    value, problems = None, []
    try:
        value = read(data)
    except ProblemsError as error:
        problems = error.problems
    assert (type(value) in (dict, list, str)) != bool(problems)
    assert all(str(problem).startswith("x.yaml") for problem in problems)


@given(values)
@sometimes
def test_every_line_is_one_of_the_file(value):
    text = as_yaml(value)
    if has_twins(value):
        return
    try:
        lines = read_lines(text.encode(), "x.yaml")
    except ProblemsError:
        return
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())
