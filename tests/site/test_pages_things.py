"""The pages of transfers, actors, systems, meetings and statements."""

from __future__ import annotations

import pytest

from tests.site.conftest import ARTICLE, Site, rows
from tests.site.markup import Markup

HOME = "/-/transfers"
RIFLES = f"{HOME}/transfer/norland-sudmark-rifle-supply"


def links(text: str) -> set[str]:
    """What the links of a page lead to."""
    return {one.attributes["href"] for one in Markup(text).named("a")}


def part(text: str, begin: str, end: str) -> str:
    """What stands between two texts of a page."""
    start = text.index(begin)
    return text[start:text.index(end, start)]


def test_the_page_of_a_transfer_says_how_its_sources_stand_and_what_that_means(hard_site: Site) -> None:
    text = hard_site.get(f"{HOME}/transfer/iran-russia-heron-3-supply").text
    assert '<span class="badge standing contested">contested</span> Some sources say that it took place, others deny it' in text
    assert "2 in 2 articles, from 1 origin; 1 denies it" in text


def test_every_claim_on_a_transfer_is_in_the_picture_and_leads_to_its_words(site: Site, real_copy: str, hard_site: Site,
                                                                          hard_copy: str) -> None:
    for where, path in ((site, real_copy), (hard_site, hard_copy)):
        for transfer, in rows(path, "SELECT id FROM transfers"):
            text = where.get(f"{HOME}/transfer/{transfer}").text
            picture = part(text, 'class="for-wide"', 'class="for-narrow"')
            for claim, article in rows(path, "SELECT id, article_id FROM claims WHERE transfer_id = ?", transfer):
                place = f"{HOME}/article/{article}#{claim.removeprefix(article + '-')}"
                assert f'<a href="{place}"><g class="claim ' in picture
                assert f'href="{place}">In the text of the article</a>' in text
                assert f'id="{claim}"' in text


def test_an_inference_stands_once_whatever_number_of_passages_backs_it(site: Site) -> None:
    text = site.get(f"{HOME}/transfer/iran-russia-shahed-136-supply").text
    assert text.count("That Iran sent them follows from") == 1


def test_denials_stand_beside_assertions_and_what_no_longer_counts_below_both(hard_site: Site) -> None:
    text = hard_site.get(RIFLES).text
    said, denied = text.index("<h3>Said (1)</h3>"), text.index("<h3>Denied or disputed (1)</h3>")
    gone = text.index("<h3>No longer current (1)</h3>")
    assert '<div class="two">' in text
    assert said < text.index("Norland has delivered 200 rifles to Sudmark.</bdi></h4>") < denied
    assert denied < text.index("It was not 2,000 rifles.</bdi></h4>") < gone
    assert "No longer current: <bdi>superseded by harbour-gazette-2022-04-02-rifles-corrected-c01" in text[gone:]
    assert 'class="claim asserted gone"' in text
    assert "denied (quantity), delivered" in text


def test_a_deprecated_claim_is_marked_with_its_reason(hard_site: Site) -> None:
    text = hard_site.get(f"{HOME}/transfer/norland-estmark-osprey-7-supply").text
    assert "asserted, delivered, deprecated" in text
    assert "No longer current: <bdi>deprecated: " in text


@pytest.mark.parametrize(("transfer", "classes"), [
    ("norland-estmark-osprey-7-supply", "bar open-left"),  # up to 400
    ("norland-estmark-missile-supply", "bar open-right"),  # at least two batches
    ("iran-russia-drone-supply-before-2022-02-24", "bar open-left"),
    ("iran-russia-drone-supply-from-2022-02-24", "bar open-right"),
])
def test_an_open_end_is_drawn_open(hard_site: Site, transfer: str, classes: str) -> None:
    assert f'class="{classes}"' in hard_site.get(f"{HOME}/transfer/{transfer}").text


def test_units_are_never_on_one_axis(hard_site: Site) -> None:
    assert "Number: batch" in hard_site.get(f"{HOME}/transfer/norland-estmark-missile-supply").text
    assert "20 per period month" in hard_site.get(f"{HOME}/transfer/norland-westria-falcon-136-components").text


def test_who_says_so_stands_with_through_whom(hard_site: Site) -> None:
    text = hard_site.get(f"{HOME}/transfer/norland-sudmark-patrol-boat-supply").text
    assert "via Meridian Wire, asserted, ordered" in text
    assert "<title>Official of Norland (unnamed) via Meridian Wire: " in text
    assert f"{HOME}/actor/meridian-wire" in links(text)


def test_quotes_stand_in_their_context_and_in_their_language(hard_site: Site) -> None:
    text = hard_site.get(f"{HOME}/transfer/norland-sudmark-patrol-boat-supply").text
    assert '<blockquote lang="de" dir="auto">' in text
    assert "<b>" in text
    rifles = hard_site.get(RIFLES).text
    assert ('<span class="around">…up for tests.\n\nCorrection: </span><b>Norland has delivered 200, not 2,000, rifles to Sudmark</b>'
            '<span class="around">. We regret the error.</span>') in rifles


def test_other_episodes_are_one_click_away(hard_site: Site) -> None:
    found = links(hard_site.get(f"{HOME}/transfer/iran-russia-drone-supply").text)
    assert f"{HOME}/transfer/iran-russia-drone-supply-before-2022-02-24" in found


@pytest.mark.parametrize("kind", ["transfer", "actor", "system", "meeting", "statement"])
@pytest.mark.parametrize("id_", ["nobody", "%3Cscript%3E", "' OR 1=1 --", "a%00b", "..%2F..%2Fetc"])
def test_what_is_not_there_is_a_page_that_says_so(site: Site, kind: str, id_: str) -> None:
    reply = site.get(f"{HOME}/{kind}/{id_}")
    assert reply.status_code == 404
    assert "<script>" not in reply.text.replace("<script src", "")


@pytest.mark.parametrize("word", ["0", "-1", "x", "999999999999999999999", "٣", "1.5", ""])
def test_a_part_that_is_no_number_is_the_first(site: Site, word: str) -> None:
    path = f"{HOME}/transfer/iran-russia-shahed-136-supply"
    assert site.get(path, params={"part": word}).text == site.get(path).text


def test_the_page_of_an_actor_has_its_names_in_all_scripts(site: Site, real_copy: str) -> None:
    text = site.get(f"{HOME}/actor/iran").text
    for name, lang in rows(real_copy, "SELECT name, lang FROM aliases WHERE actor_id = 'iran' AND lang IS NOT NULL"):
        assert f'<bdi lang="{lang}" dir="auto">{name}</bdi>' in text
    assert '<bdi lang="fa" dir="auto">ایران</bdi>' in text


def test_the_tree_of_an_actor_goes_up_to_its_root_and_down_to_its_parts(site: Site) -> None:
    force = part(site.get(f"{HOME}/actor/irgc-aerospace-force").text, 'id="tree-title"', "</section>")
    places = [force.index(f"/actor/{one}\"") for one in ("iran", "iran-armed-forces", "irgc")]
    assert places == sorted(places)
    assert max(places) < force.index('aria-current="true"')
    iran = part(site.get(f"{HOME}/actor/iran").text, 'id="tree-title"', "</section>")
    assert iran.index('aria-current="true"') < iran.index("/actor/iran-armed-forces\"")


def test_a_post_says_on_which_days_which_article_attests_it(site: Site) -> None:
    text = site.get(f"{HOME}/actor/sergei-shoigu").text
    assert "<strong><bdi>Minister of Defence</bdi></strong>" in text
    assert "attested 2023-09-20" in text
    assert f'read in <a href="{HOME}/article/{ARTICLE}">' in text


def test_an_actor_has_its_transfers_meetings_and_statements(site: Site, real_copy: str) -> None:
    assert f"{HOME}/transfer/iran-russia-shahed-136-supply" in links(site.get(f"{HOME}/actor/iran").text)
    assert f"{HOME}/transfer/iran-russia-shahed-136-supply" in links(site.get(f"{HOME}/actor/russia").text)
    assert f"{HOME}/meeting/2023-09-tehran-shoigu-visit" in links(site.get(f"{HOME}/actor/sergei-shoigu").text)
    speaker, = rows(real_copy, "SELECT speaker_id, id FROM statements ORDER BY id LIMIT 1")
    assert f"{HOME}/statement/{speaker[1]}" in links(site.get(f"{HOME}/actor/{speaker[0]}").text)


def test_the_tree_of_a_system_stands_in_steps(site: Site) -> None:
    text = part(site.get(f"{HOME}/system/shahed").text, 'id="tree-title"', "</section>")
    assert [text.index(f"/system/{one}\"") for one in ("uav", "attack-uav", "one-way-attack-uav")] == sorted(
        text.index(f"/system/{one}\"") for one in ("uav", "attack-uav", "one-way-attack-uav"))
    assert '<li class="here step-3" aria-current="true">' in text
    assert '<li class="step-4"><a href="/-/transfers/system/shahed-136">' in text


def test_the_page_of_a_meeting_has_participants_systems_and_days(site: Site) -> None:
    text = site.get(f"{HOME}/meeting/2023-09-irgc-aerospace-force-shoigu-visit").text
    for found in ("/actor/sergei-shoigu", "/actor/amirali-hajizadeh", "/system/missile", "Who is said to have taken part"):
        assert found in text
    assert "No number given" not in text  # claims on meetings never have one


def test_the_page_of_a_statement_has_the_words_and_what_rests_on_them(hard_site: Site, hard_copy: str) -> None:
    for statement, claim in rows(hard_copy, "SELECT statement_id, id FROM claims WHERE statement_id IS NOT NULL"):
        text = hard_site.get(f"{HOME}/statement/{statement}").text
        assert f'id="{claim}"' in text
        assert f'id="{statement}"' in text


def test_the_same_utterance_in_other_articles_is_linked_both_ways(hard_site: Site, hard_copy: str) -> None:
    pairs = rows(hard_copy, "SELECT id, same_as_id FROM statements WHERE same_as_id IS NOT NULL")
    assert pairs
    for one, other in pairs:
        assert f"{HOME}/statement/{other}" in links(hard_site.get(f"{HOME}/statement/{one}").text)
        assert f"{HOME}/statement/{one}" in links(hard_site.get(f"{HOME}/statement/{other}").text)
