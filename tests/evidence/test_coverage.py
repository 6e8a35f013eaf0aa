"""How much of an article a record speaks of: its sentences, and the share of each that a span covers."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.records.made_up import ARTICLE, KNOWN, a_record
from tests.vocabulary.properties import often
from transfers.articles.plain_text import as_plain_text
from transfers.articles.read import ArticleText
from transfers.evidence.bind import Backing, Bound, bind
from transfers.evidence.coverage import ENOUGH, find_coverage
from transfers.evidence.locate import Passages, as_span


def bound_of(text, spans=(), passed_over=()):
    article = ArticleText(as_plain_text(text, "text"), text, "", "", "plain-nfc-1")
    found = Bound({}, Passages(article))
    found.spans["claims", 0] = [Backing("whole", "stated", as_span(article.text, start, end), None) for start, end in spans]
    found.not_recorded = [as_span(article.text, start, end) for start, end in passed_over]
    return found


def sentences(text):
    return [sentence.text for sentence in find_coverage(bound_of(text))]


@pytest.mark.parametrize(("text", "cut"), [
    ("One came. Two went.", ["One came.", "Two went."]),
    ("One came! Did two go? Three… Four.", ["One came!", "Did two go?", "Three…", "Four."]),
    ("One.\nTwo", ["One.", "Two"]),
    ("Heading\nA sentence", ["Heading", "A sentence"]),
    ("A line that was\nwrapped and goes\n“on”. Another.", ["A line that was\nwrapped and goes\n“on”.", "Another."]),
    ("第一\n第二", ["第一", "第二"]),
    ("“One came.” He left.", ["“One came.”", "He left."]),
    ("He said: “One came.” “Two went.”", ["He said: “One came.”", "“Two went.”"]),
    ("(One came.) Two went.", ["(One came.)", "Two went."]),
    ("«Один пришёл.» Два ушли. Дрон ёмкий.", ["«Один пришёл.»", "Два ушли.", "Дрон ёмкий."]),
    ("Перший прийшов. Їх двоє. Є дрони.", ["Перший прийшов.", "Їх двоє.", "Є дрони."]),
    ("Lt Gen. Alder and Mr. Birch met Dr. Cedar. They left.", ["Lt Gen. Alder and Mr. Birch met Dr. Cedar.", "They left."]),
    ("The U.S. Navy and J. Smith met. They left.", ["The U.S. Navy and J. Smith met.", "They left."]),
    ("It cost 1.5 million. Not 2. It was 5.", ["It cost 1.5 million.", "Not 2.", "It was 5."]),
    ("They came ... and went. Then left.", ["They came ... and went.", "Then left."]),
    ("They came. and went. Étienne left.", ["They came. and went.", "Étienne left."]),
    ("They came. école. é", ["They came. école. é"]),
    ("Was it here?! Yes.", ["Was it here?!", "Yes."]),
    ("伊朗交付了无人机。俄罗斯否认！为什么？没有。", ["伊朗交付了无人机。", "俄罗斯否认！", "为什么？", "没有。"]),
    ("他说：“已交付。”然后离开。", ["他说：“已交付。”", "然后离开。"]),
    ("ドローンを送った。「嘘だ。」と言った。", ["ドローンを送った。", "「嘘だ。」", "と言った。"]),
    ("ایران پهپاد فرستاد. روسیه انکار کرد. چرا؟ نمی‌دانیم.", ["ایران پهپاد فرستاد.", "روسیه انکار کرد.", "چرا؟", "نمی‌دانیم."]),
    ("ईरान ने ड्रोन भेजे। रूस ने इनकार किया।", ["ईरान ने ड्रोन भेजे।", "रूस ने इनकार किया।"]),
    ("ირანმა გაგზავნა. რუსეთმა უარყო.", ["ირანმა გაგზავნა.", "რუსეთმა უარყო."]),
    ("Без точки", ["Без точки"]),
    ("... !!!\n—", []),
    ("One.  \n\n  Two. ", ["One.", "Two."]),
])
def test_a_text_is_cut_into_these_sentences(text, cut):
    assert sentences(text) == cut


def test_the_share_is_that_of_the_words_that_are_covered_whole():
    text = "Aland sent five drones. Nobody knows why."
    assert [sentence.share for sentence in find_coverage(bound_of(text))] == [0, 0]
    assert [sentence.share for sentence in find_coverage(bound_of(text, [(0, 15)]))] == [0.75, 0]
    assert [sentence.share for sentence in find_coverage(bound_of(text, [(0, 14)]))] == [0.5, 0]
    assert [sentence.share for sentence in find_coverage(bound_of(text, [(0, 23)]))] == [1, 0]
    assert [sentence.share for sentence in find_coverage(bound_of(text, [(0, 5), (0, 10)], [(24, 40)]))] == [0.5, 1]
    assert [sentence.share for sentence in find_coverage(bound_of(text, [(16, 30)]))] == [0.25, 1 / 3]


def test_a_span_of_the_file_covers_no_words():
    found = bound_of("Aland sent five drones.")
    found.spans["claims", 0] = [Backing("whole", "stated", as_span("Aland sent five drones.", 0, 23, layer="raw"), None)]
    assert [sentence.share for sentence in find_coverage(found)] == [0]


def test_the_sentences_of_a_record_are_covered_or_below_half():
    article = ArticleText(as_plain_text(ARTICLE, "html"), ARTICLE, "", "", "plain-nfc-1")
    found = {sentence.text.split("\n")[0]: sentence.share for sentence in find_coverage(bind(a_record(), Passages(article), KNOWN))}
    assert [start for start, share in found.items() if share < ENOUGH] == ["Press Agency reported."]
    assert found["Aland denies that 30 were sent."] == 1
    record = a_record()
    del record["claims"][2]
    again = {sentence.text: sentence.share for sentence in find_coverage(bind(record, Passages(article), KNOWN))}
    assert again["Aland denies that 30 were sent."] == 0


@pytest.mark.parametrize("part", [".", "!?", ". ", ".”", ".)", ".\n", "\n", " ", "。", "a. ", "A. ", "Mr. ", ". (", ".\u00a0", '."', "x.)))) "])
def test_a_long_text_of_one_thing_is_cut_quickly(part):
    started = time.process_time()
    find_coverage(bound_of("x" + part * (150_000 // len(part)) + "x"))
    assert time.process_time() - started < 2


@given(st.text(alphabet="ab A.!?…。\n “”)(é中ن1", min_size=1, max_size=80))
@often
def test_sentences_stand_in_order_and_leave_out_no_word(raw):
    if not raw.strip():
        return
    found = bound_of(raw)
    text = found.passages.article.text
    cut = find_coverage(found)
    position = 0
    for sentence in cut:
        assert sentence.start >= position
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip()
        assert not any(character.isalnum() for character in text[position : sentence.start])
        position = sentence.end
    assert not any(character.isalnum() for character in text[position:])
