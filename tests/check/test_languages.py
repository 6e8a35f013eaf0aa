"""Articles and records in other languages and scripts: what an honest coder would type is found, from file to sentence."""

import hashlib
import unicodedata

import pytest

from tests.records.made_up import as_yaml
from transfers.evidence.coverage import find_coverage
from transfers.load.rows import rows_of_record


def check(made, raw, quote, lang, format_="html", **claim):
    data = raw.encode()
    (made.root / "seeds/aa.txt").write_bytes(data)
    record = {
        "format": "1", "coder": "ab",
        "article": {"id": "aa", "outlet": "the-gazette", "lang": lang, "source": "seeds/aa.txt", "format": format_, "sha256": hashlib.sha256(data).hexdigest()},
        "claims": [{
            "id": "c01", "transfer": {"supplier": "aland", "recipient": "borduria", "system": "kestrel-7", "kind": "supply"}, "stance": "asserted",
            "phase": "delivered", "quote": quote, "summary": "Aland has sent it.", **claim,
        }],
    }
    (made.root / "data/records/2023/aa.yaml").write_text(as_yaml(record), encoding="utf-8")
    return made.check()


HONEST = [
    ("fa", "<p>آلاند «پهپادهای کسترل-۷» را به بردوریا فرستاد. صدها فروند؟ نمی‌دانیم.</p>", 'آلاند "پهپادهای کسترل-۷" را به بردوریا فرستاد', [1, 0, 0]),
    ("fa", "<p>آنها می‌خواهند پهپاد بفرستند.</p>", "آنها میخواهند پهپاد بفرستند", [1]),
    ("ar", "<p>\u200fأرسلت آلاند طائرات مسيّرة إلى بوردوريا.</p>", "أرسلت آلاند طائرات مسيّرة إلى بوردوريا", [1]),
    ("he", "<p>הם שלחו מל״טים לבורדוריה.</p>", "הם שלחו מל״טים", [0.8]),
    ("ru", "<p>«Аланд передал Бордурии сотни дронов „Кестрел-7“». Бордурия молчит.</p>", 'Аланд передал Бордурии сотни дронов "Кестрел-7"', [1, 0]),
    ("uk", "<p>Зв’язок із п'ятьма дронами втрачено. Їх шукають.</p>", "Зв'язок із п’ятьма дронами втрачено", [1, 0]),
    ("zh", "<p>阿兰已向博尔杜里亚交付数百架“红隼—7”无人机。博方否认。</p>", '阿兰已向博尔杜里亚交付数百架"红隼-7"无人机', [1, 0]),
    ("ja", "<p>アランは「ケストレル7」を送った。ボルドゥリアは否定した。</p>", "アランは「ケストレル7」を送った", [1, 0]),
    ("ja", "<p>\u30c8\u3099ローンを送った。</p>", "ドローンを送った", [1]),
    ("ko", unicodedata.normalize("NFD", "<p>알란드가 드론을 보냈다.</p>"), "알란드가 드론을 보냈다", [1]),
    ("vi", unicodedata.normalize("NFD", "<p>Aland đã gửi hàng trăm máy bay.</p>"), "Aland đã gửi hàng trăm máy bay", [1]),
    ("hi", "<p>आलंद ने सैकड़ों ड्रोन भेजे। बोर्डुरिया ने इनकार किया।</p>", "आलंद ने सैकड़ों ड्रोन भेजे", [1, 0]),
    ("th", "<p>อาลันด์ส่งโดรนให้บอร์ดูเรีย</p>", "อาลันด์ส่งโดรนให้บอร์ดูเรีย", [1]),
    ("ka", "<p>ალანდმა გაგზავნა დრონები. ბორდურიამ უარყო.</p>", "ალანდმა გაგზავნა დრონები", [1, 0]),
    ("tr", "<p>ALAND, Borduria’ya İHA gönderdi.</p>", "ALAND, Borduria'ya İHA gönderdi", [1]),
    ("de", "<p>Er sagte: „Wir lieferten ‚viele‘ Drohnen“ – so die Zeitung.</p>", "\"Wir lieferten 'viele' Drohnen\" - so die Zeitung", None),
    ("fr", "<p>«\u202fDes centaines de drones\u202f», a-t-il dit\u00a0; c’est l’Åland\u00a0!</p>", "« Des centaines de drones », a-t-il dit ; c'est l'Åland !", [1]),
    ("en", "<p>🇦🇽➡️🇧🇴 Hundreds of drones 👨‍👩‍👧‍👦🚀 sent ✈️!</p>", "🇦🇽➡️🇧🇴 Hundreds of drones 👨👩👧👦🚀 sent", [1]),
    ("en", "<p>H<sub>2</sub>O, the 5<sup>th</sup>, a Kes<wbr>trel and a Kes&shy;trel</p>", "H2O, the 5th, a Kestrel and a Kestrel", [1]),
    ("en", "<table><tr><td>Aland</td><td>200</td></tr></table>", "Aland 200", [1, 1]),
    ("en", "<p>" + "Made up words without any stop and so on " * 20_000 + "the end of it</p>", "the end of it", None),
]


@pytest.mark.parametrize(("lang", "raw", "quote", "shares"), HONEST, ids=[f"{number}-{entry[0]}" for number, entry in enumerate(HONEST)])
def test_a_quote_is_found_in_any_script(made, lang, raw, quote, shares):
    checked = check(made, raw, quote, lang)
    assert [str(problem) for problem in checked.problems] == []
    (read,) = checked.records
    (backing,) = read.bound.spans["claims", 0]
    text = read.bound.passages.article.text
    assert text[backing.span.start : backing.span.end] == backing.span.exact
    coverage = find_coverage(read.bound)
    if shares is not None:
        assert [sentence.share for sentence in coverage] == shares
    rows = rows_of_record(read.bound, read.file)
    assert rows["evidence"][0]["exact"] == backing.span.exact


@pytest.mark.parametrize(("lang", "raw", "quote", "says"), [
    ("ar", "<p>طائـــرات مسيّرة</p>", "طائرات مسيّرة", "“ـــ” stands where you have nothing"),
    ("fa", "<p>ايران پهپاد فرستاد</p>", "ایران پهپاد فرستاد", "“ي” stands where you have “ی”"),
    ("he", "<p>הם שלחו מל״טים לשם</p>", 'שלחו מל"טים לשם', "“״” stands where you have “\"”"),
    ("zh", "<p>阿兰已交付１３６架无人机</p>", "阿兰已交付136架无人机", "“１３６” stands where you have “136”"),
    ("ja", "<p>ドローンを送った</p>", "ﾄﾞﾛｰﾝを送った", "nearest is “ドローンを送った”"),
    ("en", "<p>The ﬁrst ﬂight of a drone</p>", "The first flight of a drone", "“ﬁ” stands where you have “fi”"),
    ("en", "<p>Aland … sent drones</p>", "Aland ... sent drones", "“…” stands where you have “...”"),
])
def test_where_letters_are_others_the_message_shows_them(made, lang, raw, quote, says):
    (problem,) = check(made, raw, quote, lang).problems
    assert says in problem[3]


def test_a_name_may_be_in_two_scripts_when_the_article_prints_it_so(made):
    alias = {"system": "kestrel-7", "name": "Ке-30MKI", "lang": "ru", "kind": "designation", "quote": "его Ке-30MKI"}
    made.add("one", text="Made up: назвали его Ке-30MKI.", aliases=[alias])
    assert made.problems() == []
    made.add("two", text="Made up: назвали его снова Ке-30MKI.", aliases=[{**alias, "name": "Кe-30MKI", "quote": "снова Ке-30MKI"}])
    assert made.problems() == ["two.yaml: aliases[1].name: “Кe-30MKI” stands in none of the quotes of this entry; quote the words under quotes: {name: ...}"]


def test_a_record_of_odd_keys_and_empty_things_is_refused_in_words(made):
    for text in ("1: a\n2: b\n", "{}\n", "[]\n", "- \n", "'': ''\n", "😀: 😀\n", "article: []\n", "article: {}\nclaims: {}\n", "claims: [[]]\narticle: {1: 2}\n", "پهپاد: x\n"):
        (made.root / "data/records/2023/aa.yaml").write_text(text, encoding="utf-8")
        assert made.problems()
