"""Files made to keep a reader busy take no more time than honest ones of their size."""

import contextlib
import time

import pytest

from transfers.articles.plain_text import as_plain_text
from transfers.errors import ArticleError

SIZE = 200_000  # what grows with the square of this takes minutes
PARTS = [
    "<a ", "<a", "<", "</", "<!", "<?", "<!--", "<!-- -", "&", "&#", "&a", "&lt", "&lt;", '<a "', "<a '", "<a '\"", '<a b="', "<script", "<script>", "<script ",
    "</script ", "<title>", "\r", "\r\n", "<br>", "<p>", " ", "\u00a0", "-", "--", "-->", '"', "'", "<a\"b", "a<b>", "é", "e\u0301", "\u1112\u1161\u11ab", "\u1161",
    "\u0301", "\u0301\u0323", "\u0345\u0301\u0323", "\u20dd", "\u200d", "\u0f71\u0f72\u0f74", "😀",
]
MADE = {part: part * (SIZE // len(part)) for part in PARTS} | {
    "one long name": "<" + "a" * SIZE, "one long tag": "<a " + "b " * (SIZE // 2), "quotes in one tag": "<a " + '"' * SIZE, "one open quote": '<a "' + "<b " * (SIZE // 3),
    "script without end": "<script>" + "</script " * (SIZE // 9), "script in script": "<script>" + "<script>" * (SIZE // 8), "comment": "<!--" + "-- " * (SIZE // 3),
    "letter and marks": "a" + "\u0301\u0323" * (SIZE // 2), "marks by entity": "a" + "&#x301;&#x323;" * (SIZE // 14), "one declaration": "<!" + "a" * SIZE,
    "quotes of two kinds": "<a '\"" * (SIZE // 10) + "\"'>" * (SIZE // 10), "end of the file": "a" + "\r\n" * (SIZE // 2), "one entity": "&" + "a" * SIZE,
    "open brackets of names": "<aaaa" * (SIZE // 5), "tag in quote": "<b \"<b \" " * (SIZE // 9),
}


@pytest.mark.parametrize("name", MADE, ids=[ascii(name) for name in MADE])
def test_a_long_file_of_one_thing_is_read_or_refused_within_two_seconds(name):
    started = time.process_time()
    with contextlib.suppress(ArticleError):
        as_plain_text(MADE[name], "html")
    assert time.process_time() - started < 2


@pytest.mark.parametrize("part", ["\r", "\r\n", " ", "\u1112\u1161\u11ab", "\u0301", "e\u0301", "a\u0323\u0301", "<a"], ids=ascii)
def test_so_is_a_text_that_is_no_html(part):
    started = time.process_time()
    with contextlib.suppress(ArticleError):
        as_plain_text(part * (SIZE // len(part)), "text")
    assert time.process_time() - started < 2
