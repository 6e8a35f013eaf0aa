"""Nothing that is printed may steer a terminal, hide characters or forge a line."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfers.render.formats import Format, as_text
from transfers.render.json_text import as_json, as_page
from transfers.render.layout import Layout
from transfers.render.visible import as_json_escapes, as_line, as_visible

PAYLOADS = [
    "\x1b[31mred", "\x1b]0;title\x07", "\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "\x1b]52;c;aGk=\x07", "\x9b31m", "bell\x07", "back\x08\x08\x08",
    "100 tanks\r999", "tab\tvt\x0bff\x0c", "\u202eright to left\u202c", "zero\u200bwidth", "a\ufeffb", "tag\U000e0041", "line\u2028sep\u2029",
    "soft\u00adhyphen", "\ue000private", "\ud800half", "\U000fffffunassigned", "\x7f\x85", "a\nFAKE: all good.yaml",
]
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def is_harmless(text: str) -> bool:
    return all(character == "\n" or character in "\u200c\u200d" or unicodedata.category(character) not in HIDDEN for character in text)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_reaches_a_terminal_raw(payload: str) -> None:
    assert is_harmless(as_visible(payload))
    assert "\n" not in as_line(payload)
    layout = Layout(120)
    layout.facts([("Quote", payload)])
    assert layout.text().count("\n") == 1
    for kind in ("table", "json", "nl", "csv", "tsv"):
        text = as_text([payload], [[payload]], Format(kind))
        assert is_harmless(text), kind
        text.encode("utf-8")
    for style in ("github", "grid", "latex"):
        assert is_harmless(as_text([payload], [[payload]], Format("fmt", name=style)))


def test_what_is_hidden_is_written_out() -> None:
    assert as_visible("a\x1b[31mb\u202e") == "a\\x1b[31mb\\x202e"
    assert as_line("a\nb\r\nc\td") == "a b c d"
    assert as_json_escapes("\x1b\u202e\U000e0041") == "\\u001b\\u202e\\udb40\\udc41"


def test_joiners_pass_between_letters_only() -> None:
    assert as_visible("می‌خواهد") == "می‌خواهد"
    assert as_visible("क्‍ष") == "क्‍ष"
    assert as_visible("a \u200cb \u200d") == "a \\x200cb \\x200d"


def test_harmless_text_stays_as_it_is() -> None:
    for text in ("“Moscow” – Герань-2 شاهد ۱۳۶ 无人机", "a\u00a0b", "e\u0301", "[bold]not markup[/nope]"):
        assert as_visible(text) == text


@given(st.text())
def test_json_gives_every_text_back(text: str) -> None:
    written = as_json(["a", text], [[text, 1]])
    assert json.loads(written) == [{"a": text, text: 1}]
    assert is_harmless(written)
    assert json.loads(as_page({"x": [text, {"y": text}]})) == {"x": [text, {"y": text}]}


def test_json_is_valid_whatever_the_numbers() -> None:
    row = [2**53, 2**53 + 1, -(2**60), 1.5, float("inf"), float("nan"), True, None, b"\x00\xff", [1, "a"], {"b": None}, {}]
    assert json.loads(as_json([str(i) for i in range(len(row))], [row]))[0] == dict(enumerate_text([
        2**53, str(2**53 + 1), str(-(2**60)), 1.5, "inf", "nan", True, None, "00ff", [1, "a"], {"b": None}, {},
    ]))


def enumerate_text(values: list[object]) -> list[tuple[str, object]]:
    return [(str(index), value) for index, value in enumerate(values)]


def test_json_of_no_rows_is_an_empty_array() -> None:
    assert as_text(["a"], [], Format("json")) == "[]\n"
    assert as_text(["a"], [], Format("nl")) == ""
