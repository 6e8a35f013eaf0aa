"""What the words of a comment say, and what they only seem to say."""

import json

import pytest

from transfers.registers.comments import NOTHING, read_said


@pytest.mark.parametrize("comment", [
    "", "Mk-3 version", "$12 m deal; delivery planned 2026-2028", "For training", "For police", "Designation uncertain",
    "For use against rebels", "Forward-looking", "Viable design", "For use by peacekeeping forces in Genovia", "Maid of all work",
])
def test_most_comments_say_nothing_of_the_kind(comment):
    assert read_said(comment) == NOTHING


@pytest.mark.parametrize(("comment", "names"), [
    ("Atlantean designation Blix-1", [("Atlantean", "Blix-1")]),
    ("Second-hand; South Atlantean designation Kum San; for training", [("South Atlantean", "Kum San")]),
    ("Rebel designation Kochka (Nomad)", [("Rebel", "Kochka (Nomad)")]),
    ("Atlantean designation B-1D or B-13", [("Atlantean", "B-1D"), ("Atlantean", "B-13")]),
    ("Atlantean designations Bur-1; Bur-2H; Bur-3 and Zul; probably aid", [
        ("Atlantean", "Bur-1"), ("Atlantean", "Bur-2H"), ("Atlantean", "Bur-3"), ("Atlantean", "Zul"),
    ]),
    ("Atlantean designation Type-59 (more produced after 1960 break)", [("Atlantean", "Type-59")]),
    ("Atlantean designation Tp-2B or as S-2B Korp after modification to trainer", [("Atlantean", "Tp-2B"), ("Atlantean", "S-2B Korp")]),
    ("GDX designation SP-152", [("GDX", "SP-152")]),
    ("Local production; local designation Lulin", [("local", "Lulin")]),
    ("Bordurian designation probably Sant Arp", [("Bordurian", "Sant Arp")]),
    ("Designation uncertain (reported as '120mm mortar')", []),
])
def test_national_designations(comment, names):
    found = read_said(comment).local_names
    assert [(name["whose"], name["name"]) for name in json.loads(found or "[]")] == names


@pytest.mark.parametrize(("comment", "via"), [
    ("Second-hand; delivered via Genovia", "Genovia"),
    ("Ordered via Genovian company; for training", "Genovian company"),
    ("Ordered via and assembled in Genovia", "Genovia"),
    ("Possibly delivered via other state", "other state"),
    ("Sold via Genovia and Borduria companies (for scrap)", "Genovia and Borduria companies"),
    ("Ordered via Genovia; delivered via Borduria", "Genovia; Borduria"),
    ("Supplier uncertain (and delivered via Genovia)", "Genovia"),
    ("Genovian design", None),
])
def test_through_whom_it_went(comment, via):
    assert read_said(comment).via == via


@pytest.mark.parametrize(("comment", "platform"), [
    ("For 12 K-9 frigates", "12 K-9 frigates"),
    ("For T-2 combat aircraft; Mk-3 version", "T-2 combat aircraft"),
    ("Incl for T-2 helicopters and K-1 IFV", "T-2 helicopters and K-1 IFV"),
    ("Motor-7 (250hp) diesel engine for 12 Puma APC from Genovia", "12 Puma APC from Genovia"),
    ("For modernization of 16 Scorpio tanks", "modernization of 16 Scorpio tanks"),
    ("For 2 Type-9 (Luda) destroyers produced in Genovia", "2 Type-9 (Luda) destroyers produced in Genovia"),
    ("For Buk SAM systems", "Buk SAM systems"),
    ("For training", None), ("For use as training ship", None), ("For use against tanks", None), ("For border police", None),
])
def test_for_which_platform_it_is(comment, platform):
    assert read_said(comment).platform == platform


@pytest.mark.parametrize(("comment", "flag"), [
    ("3 more cancelled", 1), ("Originally 12 ordered but last 4 cancelled", 1), ("$3 m deal; rest cancelled after embargo", 1),
    ("Cancelled 1991", 1),
    ("Plan for 9 more cancelled", 0), ("Planned production in Genovia cancelled", 0), ("Modernization of 9 more T-2 cancelled", 0),
    ("Originally produced for Genovia but cancelled and sold to Borduria", 0), ("Based on cancelled design", 0), ("Delivered", 0),
])
def test_what_was_cancelled(comment, flag):
    assert read_said(comment).is_cancelled == flag


@pytest.mark.parametrize(("comment", "flag"), [
    ("Second-hand", 1), ("Possibly second-hand", 1), ("Probably second hand", 1), ("Aid; second-hand but modernized", 1),
    ("Incl 4 second-hand", 1), ("Partly exchanged for 3 second-hand T-2", 0), ("New", 0),
])
def test_what_was_second_hand_or_may_have_been(comment, flag):
    assert read_said(comment).is_second_hand == flag


@pytest.mark.parametrize(("comment", "flag"), [
    ("Aid", 1), ("Probably aid", 1), ("'MAP' aid", 1), ("Part of $5 m aid", 1), ("Gift", 1), ("For navaid calibration", 0), ("Raid", 0),
])
def test_what_was_aid(comment, flag):
    assert read_said(comment).is_aid == flag


@pytest.mark.parametrize(("comment", "licensed", "made_in"), [
    ("Produced under licence in Atlantis", 1, "atlantis"),
    ("Incl 4 assembled in Atlantis", 1, ""),
    ("Incl assembly or production under licence in Atlantis", 1, "atlantis"),
    ("Assembled from kits", 1, ""),
    ("Incl 7 produced in Atlantis", 0, "atlantis"),
    ("For 12 K-9 frigates produced in Atlantis", 0, ""),
    ("Motor-7 diesel engine for Kir APC produced in Atlantis", 0, ""),
    ("Planned production in Atlantis cancelled", 0, ""),
    ("From Genovian production line", 0, ""),
])
def test_what_was_made_under_licence_and_where(comment, licensed, made_in):
    said = read_said(comment)
    assert (said.is_licensed, said.made_in) == (licensed, made_in)
