"""Finding a quote: exactly once, or by its occurrence, or a refusal that shows what stands there instead."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vocabulary.properties import often
from transfers.articles.plain_text import as_plain_text
from transfers.articles.read import ArticleText
from transfers.errors import QuoteError
from transfers.evidence.locate import CONTEXT, Passages, locate

TEXT = "Made up: Aland has sent Borduria “hundreds” of Kestrel‑7 drones. Borduria’s navy has sent Aland two of them back, it said, it said."


def passages(text, format_="text"):
    return Passages(ArticleText(as_plain_text(text, format_), text, "", "", "plain-nfc-1"))


def refusal(text, quote, occurrence=None, layer="text"):
    with pytest.raises(QuoteError) as caught:
        locate(passages(text), quote, occurrence, layer)
    return str(caught.value)


def test_a_quote_is_found_with_its_own_characters_and_what_stands_around_it():
    span = locate(passages(TEXT), "sent Borduria \"hundreds\" of Kestrel-7")
    assert span.exact == "sent Borduria “hundreds” of Kestrel‑7"
    assert (span.layer, TEXT[span.start : span.end]) == ("text", span.exact)
    assert (span.prefix, span.suffix) == ("Made up: Aland has ", " drones. Borduria’s navy has sen")
    assert len(span.suffix) == CONTEXT


def test_at_the_ends_of_the_text_there_is_less_around_it():
    assert locate(passages("ab"), "ab")[1:] == ("ab", "", "", 0, 2)
    assert locate(passages("ab cd"), "cd")[1:] == ("cd", "ab ", "", 3, 5)


def test_a_quote_that_occurs_twice_is_refused():
    assert refusal(TEXT, "has sent") == "stands 2 times in the text of the article: “has sent”; quote more words, or say which with occurrence"


def test_an_occurrence_says_which_is_meant():
    text = passages(TEXT)
    first, second = locate(text, "has sent", 1), locate(text, "has sent", 2)
    assert first.start == TEXT.index("has sent") < second.start == TEXT.rindex("has sent")
    assert first.exact == second.exact == "has sent"
    assert locate(text, "Made up", 1) == locate(text, "Made up")


def test_an_occurrence_that_is_too_high_is_refused_with_how_many_there_are():
    assert refusal(TEXT, "has sent", 3) == "stands only 2 times in the text of the article: “has sent”; occurrence 3 is too high"
    assert refusal(TEXT, "Made up", 2) == "stands only once in the text of the article: “Made up”; occurrence 2 is too high"


def test_places_that_overlap_are_counted_each():
    text = passages("it said, it said, it said")
    assert [locate(text, "it said, it said", number).start for number in (1, 2)] == [0, 9]
    assert "stands 2 times" in refusal("it said, it said, it said", "it said, it said")


@pytest.mark.parametrize(("quote", "says"), [
    ("Aland has sent Bordurai", "nearest is “Aland has sent Borduria”: "),
    ("Aland hаs sent Borduria", "nearest is “Aland has sent Borduria”: “a” stands where you have “а”"),
    ("ALAND has sent", "nearest is “Aland has sent”: “land” stands where you have “LAND”"),
    ("Aland … sent Borduria", "nearest is “Aland has sent Borduria”: “has” stands where you have “…”"),
    ("Aland has now sent Borduria", "“ now” does not stand there"),
    ("Aland sent Borduria", "nearest is “Aland has sent Borduria”: “ has” stands where you have nothing"),
    ("nothing like it 123456789", "; no passage is like it"),
    ("", "; it has no characters that count"),
    ("\u00ad \u200b", "; it has no characters that count"),
])
def test_a_quote_that_does_not_stand_there_is_refused_with_the_nearest_passage(quote, says):
    message = refusal(TEXT, quote)
    assert message.startswith("does not stand in the text of the article: “")
    assert says in message


def test_the_nearest_passage_is_shown_in_the_end_of_a_long_article_too():
    text = "Nothing of interest was said here. " * 20_000 + TEXT
    assert "nearest is “Aland has sent Borduria" in refusal(text, "Aland has sent Bordurian")


def test_the_nearest_passage_of_a_script_without_spaces_is_shown_and_not_the_whole_paragraph():
    message = refusal("据报道" * 500 + "伊朗已向俄罗斯交付数百架无人机" + "据报道" * 500, "伊朗已向俄罗斯交付数百架导弹")
    assert "伊朗已向俄罗斯交付数百架无人机"[:10] in message
    assert len(message) < 300


def test_a_long_quote_is_cut_in_the_message_and_a_wrapped_one_is_one_line():
    message = refusal(TEXT, "Aland has sent Borduria\n" * 100)
    assert "\n" not in message
    assert len(message) < 700


@pytest.mark.parametrize(("text", "quote"), [
    ("a" * 400_000, "a" * 300 + "b"), ("ab" * 200_000, "ba" * 150 + "c"), ("x y " * 100_000, "y x " * 70 + "z"), ("据" * 300_000, "据" * 200 + "报"),
    (TEXT * 3_000, TEXT[:200].upper()), ("a b" * 100_000, "c" * 20_000),
])
def test_the_nearest_passage_is_found_quickly_or_not_at_all(text, quote):
    started = time.process_time()
    assert "does not stand in" in refusal(text, quote)
    assert time.process_time() - started < 2


def test_a_single_letter_that_stands_everywhere_is_refused_quickly():
    started = time.process_time()
    assert "stands 10000 times" in refusal("a" * 1_000_000, "a")
    assert time.process_time() - started < 1


# --- the layer of the file ---------------------------------------------------------------------------------------------
RAW = '<p>Made up: <a href="https://gazette.example/2023/09/20/kestrels?a=1&amp;b=2">Aland</a> has sent &ldquo;hundreds&rdquo;.</p>'


def test_what_stands_in_the_file_only_is_found_in_the_layer_of_the_file():
    found = passages(RAW, "html")
    span = locate(found, "2023/09/20/kestrels", layer="raw")
    assert (span.layer, span.exact, RAW[span.start : span.end]) == ("raw", "2023/09/20/kestrels", "2023/09/20/kestrels")
    assert span.prefix == RAW[span.start - CONTEXT : span.start]
    with pytest.raises(QuoteError, match="does not stand in the text of the article"):
        locate(found, "2023/09/20/kestrels")
    with pytest.raises(QuoteError, match="does not stand in the file of the article"):
        locate(found, "Aland has sent", layer="raw")
    with pytest.raises(QuoteError, match="stands 2 times in the file of the article"):
        locate(found, "ldquo" if RAW.count("ldquo") > 1 else "dquo", layer="raw")


def test_the_two_layers_have_their_own_offsets():
    found = passages(RAW, "html")
    assert locate(found, "Aland").start == len("Made up: ")
    assert locate(found, "Aland", layer="raw").start == RAW.index("Aland")


# --- properties --------------------------------------------------------------------------------------------------------
texts = st.text(alphabet=st.sampled_from("ab é“”’-–\u00a0\u00ad\n.中ن"), min_size=1, max_size=60)


@given(texts, st.data())
@often
def test_a_span_is_the_text_between_its_offsets_with_the_right_neighbours(raw, data):
    if not raw.strip(" \n\u00a0"):
        return
    found = passages(raw)
    text = found.article.text
    start = data.draw(st.integers(0, len(text) - 1))
    quote = text[start : data.draw(st.integers(start + 1, len(text)))]
    places = found.text.find_all(quote)
    for number, place in enumerate(places, start=1):
        span = locate(found, quote, number)
        assert (span.start, span.end) == place
        assert span.exact == text[span.start : span.end]
        assert len(span.exact) == span.end - span.start
        assert span.prefix == text[: span.start][-CONTEXT:]
        assert span.suffix == text[span.end :][:CONTEXT]
    if len(places) != 1:
        with pytest.raises(QuoteError):
            locate(found, quote)


@given(texts, st.text(max_size=40))
@often
def test_any_quote_is_found_or_refused(raw, quote):
    if not raw.strip(" \n\u00a0"):
        return
    found = passages(raw)
    try:
        span = locate(found, quote)
    except QuoteError as error:
        message = str(error)
    else:
        message = ""
        assert found.article.text[span.start : span.end] == span.exact
    assert "\n" not in message
