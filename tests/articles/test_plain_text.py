"""The rule plain-nfc-1: what becomes of each piece of a file, and the way back from the text to the file."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vocabulary.properties import often
from transfers.articles.plain_text import as_plain_text
from transfers.errors import ArticleError

SEED = Path(__file__).parents[2] / "seeds/000_a2ff86aee0479495.txt"


def html(raw):
    return as_plain_text(raw, "html").text


def plain(raw):
    return as_plain_text(raw, "text").text


@pytest.mark.parametrize(("raw", "text"), [
    # entities, once
    ("a &amp; b", "a & b"), ("&lt;b&gt;", "<b>"), ("&amp;lt;", "&lt;"), ("&amp;amp;", "&amp;"), ("a&nbsp;b", "a\u00a0b"), ("caf&eacute;", "café"),
    ("&#233;", "é"), ("&#xe9;", "é"), ("&#XE9;", "é"), ("&#8211;", "–"), ("&ndash;", "–"), ("&#x1F600;", "😀"), ("a&amp b", "a& b"), ("&copy2", "©2"),
    ("AT&T", "AT&T"), ("R&D", "R&D"), ("a & b", "a & b"), ("&unknown;", "&unknown;"), ("&;", "&;"), ("&#;", "&#;"), ("&#x;", "&#x;"), ("&&amp;&", "&&&"),
    ("&AMP;", "&"), ("&NotEqualTilde;", "≂̸"), ("&#0;", "\ufffd"), ("&#xD800;", "\ufffd"), ("&#1114112;", "\ufffd"), ("&#150;", "–"),
    ("&#12345678;", "\ufffd8;"), ("e&#x301;", "é"), ("&#x212A;", "K"), ("&#10;a&#10;b", "a\nb"), ("x&shy;y", "x\u00ady"),
    # tags
    ("a <b>b</b> c", "a b c"), ("<b>a<i>b</b>c</i>", "abc"), ("a<span class='x'>b</span>", "ab"), ("a<b", "a<b"), ("<p", "<p"),
    ('<a href="x>y">b</a>', "b"), ("<a href='x>y' title=\"it's\">b</a>", "b"), ('<a href="a<b">c</a>', "c"), ("<a\nhref=x\n>b</a\n>", "b"),
    ("<img src=x>a", "a"), ("<img src=x />a", "a"), ("</b>a", "a"), ("<B>a</B>", "a"), ("<x-y:z>a</x-y:z>", "a"), ("<svg onload=x>a</svg>", "a"),
    ('a <a href="x> b', 'a <a href="x> b'), ("a <b c", "a <b c"), ("<a<b>c", "<ac"), ("<a href=x<b>c", "<a href=xc"), ("<a b='>c", "<a b='>c"),
    ("1 < 2 > 3", "1 < 2 > 3"), ("a <3 b", "a <3 b"), ("a<>b", "a<>b"), ("a</>b", "a</>b"), ("a </ b", "a </ b"), ("x <- y", "x <- y"), ("<é>a", "<é>a"),
    ("<1>a", "<1>a"), ("a < b> c", "a < b> c"),
    # declarations and comments
    ("<!DOCTYPE html>a", "a"), ("<?xml version='1.0'?>a", "a"), ("a<!-- b -->c", "ac"), ("a<!-- <b> -->c", "ac"), ("a<!--b", "a"), ("a<!---->b", "ab"),
    ("a<!-->b", "ab"), ("a<!--->b", "ab"), ("a<!-- b -- c -->d", "ad"), ("a<!-- b --!>c", "ac"), ("a<!-- <script> -->b", "ab"), ("a<!b>c", "ac"), ("a <! b", "a <! b"),
    ("a<!--[if IE]> x <![endif]-->b", "ab"), ("<![endif]>a", "a"),
    # dropped with what is in them
    ("a<script>b</script>c", "ac"), ("a<SCRIPT type='x'>b<c></Script >d", "ad"), ("a<script>b", "a"), ("a<script src='x>y'>b</script>c", "ac"),
    ("a<style>b{}</style>c", "ac"), ("a<template><p>b</p></template>c", "ac"), ("a<noscript>b</noscript>c", "ac"), ("<title>a</title>b", "b"),
    ("a<script>'</scripts>'</script>b", "ab"), ("a<script>&lt;</script>b", "ab"), ("<scripts>a</scripts>", "a"), ("<titles>a", "a"), ("<ſcript>a", "<ſcript>a"),
    ("a<script/>b</script>c", "ac"), ("a<script\n>b</script\n>c", "ac"),
    # line breaks
    ("a<br>b", "a\nb"), ("a<br/>b", "a\nb"), ("a<BR />b", "a\nb"), ("a<br><br>b", "a\nb"), ("<p>a</p><p>b</p>", "a\nb"), ("<p>a</p>\n<p>b</p>", "a\n\nb"),
    ("a<p>b", "a\nb"), ("a</p>b", "a\nb"), ("<div><p>a</p></div>b", "a\nb"), ("<ul><li>a<li>b</ul>c", "a\nb\nc"), ("<h1>a</h1>b", "a\nb"),
    ("a\n<p>b", "a\nb"), ("a <p>b", "a \nb"), ("a<p>\nb", "a\n\nb"), ("a<b><p>b", "a\nb"), ("<td>a</td><td>b</td>", "a\nb"), ("a<pre>b\n\nc</pre>", "a\nb\n\nc"),
    ("<p></p><p></p>a", "a"), ("<br>a<br>", "a"), ("<pa>a</pa>b", "ab"), ("<aſide>a</aſide>b", "ab"),
    # line ends and white space
    ("a\r\nb", "a\nb"), ("a\rb", "a\nb"), ("a\r\n\r\nb", "a\n\nb"), ("a\n\rb", "a\n\nb"), ("a\r\r\nb", "a\n\nb"), ("  a  b  ", "a  b"), ("\n\ta\t\n", "a"),
    ("\u00a0a\u00a0", "a"), ("\u3000a\u2028", "a"), ("a\u00a0 \u00a0b", "a\u00a0 \u00a0b"), ("<p> a </p>", "a"), ("&nbsp;a&nbsp;", "a"), ("a\tb", "a\tb"),
    # letters
    ("Zoe\u0308", "Zoë"), ("Zo<b>e</b>\u0308", "Zoë"), ("\u1112\u1161\u11ab", "한"), ("\u1112<i>\u1161</i>\u11ab", "한"), ("\uac00\u11a8", "각"),
    ("\u212b", "Å"), ("ﬁ", "ﬁ"), ("①", "①"), ("q\u0307\u0323", "q\u0323\u0307"), ("\u0958", "\u0915\u093c"), ("\u09c7\u09be", "\u09cb"),
    ("پهپاد‌ها", "پهپاد‌ها"), ("👩‍🚀🇮🇷", "👩‍🚀🇮🇷"), ("a\u202eb", "a\u202eb"), ("a\u200bb", "a\u200bb"), ("“a”", "“a”"),
])
def test_a_fragment_becomes_this_text(raw, text):
    assert html(raw) == text


@pytest.mark.parametrize(("raw", "text"), [
    ("a <b>b</b> &amp; c", "a <b>b</b> &amp; c"), ("a\r\nb\rc", "a\nb\nc"), ("  a  \n", "a"), ("Zoe\u0308", "Zoë"), ("<script>a</script>", "<script>a</script>"),
    ("a<!-- b", "a<!-- b"), ("\r\n\r\na", "a"), ("a\n\n\n", "a"),
])
def test_in_a_text_that_is_no_html_nothing_is_a_tag(raw, text):
    assert plain(raw) == text


@pytest.mark.parametrize("raw", ["", " ", "\r\n\t ", "<p></p>", "<br>", "<script>a</script>", "<!-- a -->", "&nbsp;", "<title>a</title>", "&#27;"])
def test_a_file_without_text_is_refused(raw):
    with pytest.raises(ArticleError, match="holds no text"):
        html(raw)


CONTROLS = [*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, *range(0x80, 0xA0)]


@pytest.mark.parametrize("code", CONTROLS, ids=hex)
def test_a_control_character_is_refused_with_its_line(code):
    with pytest.raises(ArticleError, match=rf"holds the control character U\+{code:04X} on line 3 of its text"):
        html(f"<p>a</p><p>b</p><p>c{chr(code)}d</p>")
    with pytest.raises(ArticleError, match="on line 2"):
        plain(f"a\r\nb{chr(code)}")


def test_a_carriage_return_by_entity_is_no_line_end_and_refused():
    with pytest.raises(ArticleError, match=r"U\+000D"):
        html("a&#13;b")


def test_a_control_character_within_what_is_dropped_does_no_harm():
    assert html("a<script>\x00</script><!-- \x1b --><b title='\x07'>b</b>") == "ab"


def test_a_heap_of_marks_on_one_letter_is_refused_with_its_line():
    with pytest.raises(ArticleError, match="holds more than 100 marks on one letter on line 2 of its text"):
        html("<p>a</p><p>b" + "\u0301" * 101)
    with pytest.raises(ArticleError, match="holds more than 100 marks"):
        html("b" + "&#x301;&#x323;" * 60)
    assert html("b" + "\u0323" * 100)[0] == "ḅ"


def test_the_article_of_the_repository_has_the_length_that_was_reviewed():
    raw = SEED.read_bytes().decode()
    text = html(raw)
    assert len(text) == 2_647
    assert text.startswith("The head of the US Air Force’s Middle East headquarters on Wednesday warned of military co-operation between Iran and Russia, which")
    assert text.endswith("We are not going anywhere,” he said.")
    assert "\n" not in text


# --- the way back to the file ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("raw", "word", "back"), [
    ("a <b>bc</b> d", "bc", "bc"), ("a <b>bc</b> d", "a bc d", "a <b>bc</b> d"), ("x &amp; y", "&", "&amp;"), ("x &amp; y", "x & y", "x &amp; y"),
    ("caf&eacute; au", "café", "caf&eacute;"), ("Zoe\u0308!", "ë", "e\u0308"), ("Zo<b>e</b>\u0308!", "ë", "e</b>\u0308"), ("a\r\nb", "\n", "\r\n"),
    ("<p>a</p><p>b</p>", "a\nb", "a</p><p>b"), ("  a b  ", "a b", "a b"), ("&nbsp;a&nbsp;", "a", "a"), ("a<!-- x -->b", "ab", "a<!-- x -->b"),
    ("\r\n\r\n a", "a", "a"), ("x <i>&lt;y&gt;</i>", "<y>", "&lt;y&gt;"),
])
def test_a_span_of_the_text_has_its_place_in_the_file(raw, word, back):
    text = as_plain_text(raw, "html")
    start = text.text.index(word)
    raw_start, raw_end = text.raw_span(start, start + len(word))
    assert raw[raw_start:raw_end] == back


pieces = st.lists(st.one_of(
    st.text(alphabet="abz éñ中ж.,“”–\u0301\u0308\u1112\u1161\u11ab\u00ad\u200d😀", min_size=1, max_size=8),
    st.sampled_from(["<b>", "</b>", "<p>", "</p>", "<br>", "\n", "\r\n", "\r", "&amp;", "&eacute;", "&#x301;", "&nbsp;", "<a href='x>y'>", "<!-- c -->",
                     "<script>s</script>", "<", ">", "&", " ", "\t", "<!", "\"", "'"]),
), max_size=25).map("".join)


@given(pieces, st.sampled_from(["html", "text"]))
@often
def test_the_text_is_in_nfc_trimmed_and_has_no_carriage_return(raw, format_):
    try:
        text = as_plain_text(raw, format_).text
    except ArticleError:
        return
    assert unicodedata.is_normalized("NFC", text)
    assert text
    assert text == text.strip()
    assert "\r" not in text


@given(pieces, st.sampled_from(["html", "text"]), st.data())
@often
def test_every_character_of_the_text_comes_from_its_place_in_the_file(raw, format_, data):
    try:
        text = as_plain_text(raw, format_)
    except ArticleError:
        return
    start = data.draw(st.integers(0, len(text.text) - 1))
    end = data.draw(st.integers(start + 1, len(text.text)))
    raw_start, raw_end = text.raw_span(start, end)
    assert 0 <= raw_start < raw_end <= len(raw)
    piece = raw[raw_start:raw_end]
    if text.text[start:end] == raw[raw_start:raw_end]:
        return
    # Otherwise there is markup in between, a line end, an entity, or a letter that was composed: read again, it gives the same.
    again = as_plain_text(f"|{piece}|", format_).text
    assert unicodedata.normalize("NFC", text.text[start:end]).strip() in again


@given(st.text(alphabet="abc déж中 \n.", min_size=1, max_size=60))
@often
def test_a_text_without_anything_special_is_copied_with_its_offsets(raw):
    if not raw.strip():
        return
    text = as_plain_text(raw, "html")
    assert text.text == raw.strip()
    offset = raw.index(text.text)
    for position in range(len(text.text)):
        assert text.raw_span(position, position + 1) == (offset + position, offset + position + 1)


@given(pieces)
@often
def test_a_text_that_is_read_again_as_text_stays_as_it_is(raw):
    try:
        text = plain(raw)
    except ArticleError:
        return
    assert plain(text) == text


@given(st.text(max_size=80), st.sampled_from(["html", "text"]))
@often
def test_any_file_is_a_text_or_refused(raw, format_):
    try:
        text = as_plain_text(raw, format_).text
    except ArticleError:
        return
    assert unicodedata.is_normalized("NFC", text)
