"""The format of the files under data/: one record per article, the registry, the reviews. docs/records.md explains it.

Every key that a record may have stands here, with what it may hold. What a value *means* (does the quote stand in the
article, is the actor known, do the words fit the number) is checked later: `transfers.evidence.bind`.
"""

from __future__ import annotations

from typing import Final

from transfers.records.shapes import Edtf, Either, Field, Listing, Map, Named, Shape, Text, Word
from transfers.vocabulary import words

_SLUG: Final = "[a-z0-9]+(?:-[a-z0-9]+)*"
SLUG: Final = Text("an id: 2 to 60 small letters a-z, digits and single hyphens between them", f"(?=.{{2,60}}$){_SLUG}")
ANY_ID: Final = Text("an id of small letters a-z, digits and single hyphens", f"(?=.{{2,240}}$){_SLUG}", 240)
CLAIM_ID: Final = Text("a claim's id: c01, c02, ...", "c[0-9]{2,4}")
STATEMENT_ID: Final = Text("a statement's id: s01, s02, ...", "s[0-9]{2,4}")
LOCAL_ID: Final = Text("an id of this record: c01 or s01", "[cs][0-9]{2,4}")
NUMBER: Final = Text("a whole number of plain digits, at most 999999999", "0|[1-9][0-9]{0,8}")
MONEY: Final = Text("a whole number of plain digits, at most 15 of them", "0|[1-9][0-9]{0,14}")
COUNT: Final = Text("a whole number from 1 to 9999", "[1-9][0-9]{0,3}")
DEGREES: Final = Text("degrees, for example 35.69", "-?[0-9]{1,3}(?:\\.[0-9]{1,6})?")
LANG: Final = Text("a language (BCP 47), for example en, ru-Latn", "[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?")
DAY: Final = Text("a day, for example 2024-01-31", "[0-9]{4}-[0-9]{2}-[0-9]{2}")
SHA256: Final = Text("a SHA-256 in 64 hexadecimal digits", "[0-9a-f]{64}")
URL: Final = Text("an address that begins with http:// or https://", "https?://[^\\s<>\"]+", 2_000)
COUNTRY: Final = Text("an ISO 3166-1 alpha-2 code", "[A-Z]{2}")
CURRENCY: Final = Text("an ISO 4217 currency", "[A-Z]{3}")
_NAME_OF_FILE: Final = "[A-Za-z0-9_-][A-Za-z0-9._-]*"
FILE: Final = Text(
    "a file below the root of the collection: letters, digits, . _ - and /", f"{_NAME_OF_FILE}(?:/{_NAME_OF_FILE})*", 400
)
TEXT: Final = Text()
LINE: Final = Text("text on one line", "[^\\n\\t]+", 1_000)
QUOTE: Final = Text(longest=20_000)
VERSION: Final = Word(("1",))

# The fields of a claim or statement that a quote or an inference can speak of, beside the roles of its actors and systems.
TRANSFER_FIELDS: Final = ("supplier", "recipient", "system", "kind", "episode")
CLAIM_FIELDS: Final = (
    *TRANSFER_FIELDS, "meeting", "stance", "denies", "hedge", "phase", "said_by", "attribution", "via", "statement", "end_use",
    "condition", "deal", "value", "quantity", "date", "supersedes", "topics",
)
STATEMENT_FIELDS: Final = (
    "speaker", "described", "role", "form", "via", "meeting", "audience", "original_lang", "same_as", "quantity", "date", "topics",
)


def _need(shape: Shape, comment: str = "") -> Field:
    return Field(shape, True, comment)


def _may(shape: Shape, comment: str = "") -> Field:
    return Field(shape, False, comment)


SPAN: Final = Map({
    "text": _may(QUOTE, "words of the plain text"),
    "raw": _may(QUOTE, "characters of the file itself, for example of a link's address"),
    "occurrence": _may(COUNT, "which of several places, counted from 1"),
})
SPANS: Final = Either(QUOTE, SPAN, Listing(Either(QUOTE, SPAN)))


def _quotes(fields: tuple[str, ...]) -> Field:
    return _may(Named(Word(fields), SPANS), "words for single fields, where the quote does not hold them")


def _inferred(fields: tuple[str, ...]) -> Field:
    return _may(Named(Word(fields), TEXT), "why a field follows although the words do not say it")


QUANTITY: Final = Map({
    "text": _need(LINE, "the number as printed"),
    "low": _may(NUMBER, "smallest number it can mean; left out = open below"),
    "high": _may(NUMBER, "largest number it can mean; left out = open above"),
    "qualifier": _need(Word(words.QUALIFIERS), "how the words bound the number"),
    "unit": _need(Word(words.UNITS), "what is counted"),
    "scope": _need(Word(words.SCOPES), "of what it is the number"),
    "per": _may(Word(words.PERIODS), "for scope per_period"),
})
DATE: Final = Map({
    "text": _may(LINE, "the date as printed"),
    "edtf": _may(Edtf(), "the day, month, season, year or interval that is meant"),
    "basis": _may(Word(words.DATE_BASES), "comes with edtf"),
})
VALUE: Final = Map({
    "text": _need(LINE, "the value as printed"),
    "low": _may(MONEY, "smallest value in whole units of the currency"), "high": _may(MONEY, "largest value"),
    "currency": _may(CURRENCY),
})
RANK: Final = {
    "rank": _may(Word(words.RANKS), "normal when left out"),
    "rank_reason": _may(TEXT, "for rank deprecated"),
}
ARTICLE: Final = Map({
    "id": _need(SLUG, "usually outlet, day and subject; also the name of the record's file"),
    "outlet": _need(SLUG, "the actor that published it"),
    "agency": _may(SLUG, "the agency whose report it is"),
    "title": _may(LINE, "the headline, where the file has one"),
    "url": _may(URL, "where it was published"), "archive_url": _may(URL, "where a copy is kept"),
    "lang": _need(LANG), "byline": _may(LINE, "who wrote it, as printed"),
    "source": _need(FILE, "the file, from the root of the collection"),
    "format": _need(Word(words.ARTICLE_FORMATS), "html (a fragment too) or text"),
    "norm": _may(Word(("plain-nfc-1",)), "rule that makes the text; the newest when left out"),
    "sha256": _need(SHA256, "of the file's bytes"),
    "published": _may(Map({
        "edtf": _need(Edtf()), "basis": _need(Word(words.DATE_BASES)), "why": _may(TEXT, "for basis inferred"),
        "quotes": _may(Listing(Either(QUOTE, SPAN)), "what tells the day"),
    }), "when it was published"),
    "retrieved_on": _may(DAY, "when the file was fetched"),
    "copy_of": _may(SLUG, "the article this is a copy of"),
    "status": _may(Word(words.ARTICLE_STATUSES), "live when left out"),
    "status_reason": _may(TEXT, "for any status but live"),
    "reliability": _may(Word(words.RELIABILITIES), "Admiralty code; F when left out"),
    "links": _may(Listing(Map({
        "article": _need(SLUG), "kind": _need(Word(words.ARTICLE_LINKS)), "note": _may(TEXT),
    })), "what it says of earlier articles"),
})
MEETING: Final = Map({
    "id": _need(SLUG, "usually month, place and who"), "kind": _need(Word(words.MEETING_KINDS)),
    "title": _need(LINE, "what to call it in a list"), "place": _may(SLUG, "an entry of places.yaml"), "note": _may(TEXT),
})
ROLE: Final = Map({
    "id": _need(SLUG, "usually person and post"), "person": _need(SLUG), "org": _need(SLUG, "where the post is held"),
    "title": _need(LINE, "the usual title of the post"),
    "kind": _may(Word(words.AFFILIATION_KINDS), "post when left out"), "term": _may(LINE, "which term, when there were several"),
    "held_on": _may(Edtf(), "when the article proves it was held"),
    "quote": _need(QUOTE, "the words that prove it"), "occurrence": _may(COUNT),
    "quotes": _quotes(("person", "org", "title", "held_on", "kind", "term")),
    "inferred": _inferred(("person", "org", "title", "held_on", "kind", "term")),
})
_NAME: Final = {
    "name": _need(LINE, "the name as it is written"), "lang": _may(LANG), "kind": _need(Word(words.ALIAS_KINDS)),
    "used_by": _may(SLUG, "the actor that uses the name"),
}
ALIAS: Final = Map({
    "actor": _may(SLUG, "whose name it is: this"), "system": _may(SLUG, "or this"), **_NAME,
    "quote": _need(QUOTE, "words that hold the name"), "occurrence": _may(COUNT),
    "inferred": _inferred(("name", "lang", "kind", "used_by")),
})
STATEMENT: Final = Map({
    "id": _need(STATEMENT_ID), "speaker": _need(SLUG),
    "described": _need(LINE, "how the article names the speaker; the coder's own words in brackets"),
    "role": _may(SLUG, "the post held at that time: an id under roles or of the registry"),
    "form": _need(Word(words.FORMS), "quoted, partly quoted, told"),
    "quote": _need(QUOTE, "the words, in one piece and without their outer marks"), "occurrence": _may(COUNT),
    "quotes": _quotes(STATEMENT_FIELDS), "summary": _need(TEXT, "what it says, in the coder's words"),
    "lang": _may(LANG, "the article's when left out"),
    "original_lang": _may(LANG, "in which it was spoken, where the article says so"),
    "via": _may(SLUG, "the agency or outlet that the article has it from"), "meeting": _may(SLUG, "the occasion"),
    "audience": _may(LINE, "to whom it was said, in the words of the article"),
    "same_as": _may(ANY_ID, "the same utterance in an earlier article"),
    "date": _may(DATE), "quantity": _may(QUANTITY), "topics": _may(Listing(SLUG)), **RANK, "inferred": _inferred(STATEMENT_FIELDS),
})
CLAIM: Final = Map({
    "id": _need(CLAIM_ID),
    "transfer": _may(Map({
        "supplier": _need(SLUG), "recipient": _need(SLUG), "system": _need(SLUG, "as exactly as the source names it"),
        "kind": _need(Word(words.TRANSFER_KINDS)),
        "episode": _may(SLUG, "all when left out; another where the sources themselves tell deals apart"),
    }), "the transfer it speaks of, or else:"),
    "meeting": _may(SLUG, "the meeting it speaks of"),
    "stance": _need(Word(words.STANCES)), "denies": _may(Word(words.DENIALS), "for stance denied"),
    "hedge": _may(LINE, "for stance alleged: the words that mark the doubt"),
    "phase": _may(Word(words.PHASES), "for a transfer: how far it had come"),
    "quote": _need(QUOTE, "the words that say so"), "occurrence": _may(COUNT),
    "quotes": _quotes((*CLAIM_FIELDS, *words.CLAIM_ACTOR_ROLES, *words.CLAIM_SYSTEM_ROLES)),
    "said_by": _may(SLUG, "who says so; the article itself when left out"),
    "attribution": _may(LINE, "how the article names who says so"),
    "via": _may(SLUG, "the agency or outlet that the article has it from"),
    "statement": _may(STATEMENT_ID, "the statement of this record that says so"),
    "quantity": _may(QUANTITY), "date": _may(DATE), "end_use": _may(LINE, "what it is for, in the words of the article"),
    "condition": _may(Word(words.CONDITIONS)), "deal": _may(Word(words.DEALS), "how it is paid for"), "value": _may(VALUE),
    "actors": _may(Listing(Map({
        "actor": _need(SLUG), "role": _need(Word(words.CLAIM_ACTOR_ROLES)),
        "described": _may(LINE, "how the article names the actor"),
    })), "who else takes part"),
    "systems": _may(Listing(Map({
        "system": _need(SLUG), "role": _need(Word(words.CLAIM_SYSTEM_ROLES)),
    })), "which systems it mentions beside the one transferred"),
    "topics": _may(Listing(SLUG)), "summary": _need(TEXT, "what it says, in the coder's words"),
    "credibility": _may(Word(words.CREDIBILITIES), "Admiralty code; 6 when left out"),
    "supersedes": _may(ANY_ID, "the earlier claim that this one corrects"), **RANK,
    "inferred": _inferred((*CLAIM_FIELDS, *words.CLAIM_ACTOR_ROLES, *words.CLAIM_SYSTEM_ROLES)),
})
RECORD: Final = Map({
    "format": _need(VERSION), "coder": _need(LINE, "who wrote the record"), "article": _need(ARTICLE),
    "meetings": _may(Listing(MEETING)), "roles": _may(Listing(ROLE)), "aliases": _may(Listing(ALIAS)),
    "statements": _may(Listing(STATEMENT)), "claims": _may(Listing(CLAIM)),
    "removed": _may(Listing(Map({
        "id": _need(LOCAL_ID), "why": _need(TEXT), "on": _may(DAY),
    })), "claims and statements that were taken out; their ids are never used again"),
    "not_recorded": _may(Listing(Map({
        "quote": _need(QUOTE), "occurrence": _may(COUNT), "why": _need(Word(words.REASONS_NOT_RECORDED)), "note": _may(TEXT),
    })), "sentences that no row is made of, with the reason"),
})

REGISTRY_ALIASES: Final = Listing(Map({**_NAME, "valid_from": _may(DAY), "valid_to": _may(DAY), "source": _may(LINE)}))
_FORMERLY: Final = _may(Listing(SLUG), "ids that were merged into this one")
IDENTIFIERS: Final = Listing(Map({
    "scheme": _need(Word(words.IDENTIFIER_SCHEMES)), "value": _need(LINE), "source": _need(LINE),
}))
REGISTRY: Final[dict[str, Shape]] = {
    "actors": Named(SLUG, Map({
        "name": _need(LINE), "kind": _need(Word(words.ACTOR_KINDS)), "country": _may(COUNTRY),
        "aliases": _may(REGISTRY_ALIASES), "identifiers": _may(IDENTIFIERS), "formerly": _FORMERLY,
        "ties": _may(Listing(Map({
            "id": _may(SLUG, "made of actor, kind and target when left out"),
            "kind": _need(Word(words.AFFILIATION_KINDS)), "target": _need(SLUG), "title": _may(LINE), "term": _may(LINE),
            "start": _may(Edtf()), "end": _may(Edtf()), "source": _need(LINE),
        })), "what it is part of, belongs to, succeeds"),
        "source": _may(LINE), "note": _may(TEXT),
    })),
    "systems": Named(SLUG, Map({
        "name": _need(LINE), "level": _need(Word(words.SYSTEM_LEVELS)), "category": _need(Word(words.SYSTEM_CATEGORIES)),
        "uav_class": _may(Word(words.UAV_CLASSES)), "sipri_category": _may(LINE), "unroca_category": _may(LINE),
        "parent": _may(SLUG), "designer": _may(SLUG), "aliases": _may(REGISTRY_ALIASES), "identifiers": _may(IDENTIFIERS),
        "formerly": _FORMERLY, "source": _may(LINE), "note": _may(TEXT),
    })),
    "places": Named(SLUG, Map({
        "name": _need(LINE), "country": _may(COUNTRY), "precision": _need(Word(words.PLACE_PRECISIONS)),
        "lat": _may(DEGREES), "lon": _may(DEGREES), "identifiers": _may(IDENTIFIERS),
        "formerly": _FORMERLY, "source": _may(LINE), "note": _may(TEXT),
    })),
    "topics": Named(SLUG, Map({"name": _need(LINE), "formerly": _FORMERLY, "note": _may(TEXT)})),
}
FINGERPRINT: Final = Text("a fingerprint of 16 hexadecimal digits", "[0-9a-f]{16}")
DEAL_YEAR: Final = Text("a year from 1900 to 2100", "19[0-9]{2}|20[0-9]{2}|2100")
MATCHES: Final = Listing(Map({
    "deal": _need(Map({
        "supplier": _need(LINE), "recipient": _need(LINE), "designation": _need(LINE), "order_year": _need(DEAL_YEAR),
    }), "the deal, in the words of the register"),
    "fingerprint": _need(FINGERPRINT, "of what the register said of it when the decision was taken"),
    "transfer": _need(ANY_ID, "the transfer that it is, or is not"),
    "decision": _need(Word(words.MATCH_DECISIONS)), "reviewer": _need(LINE, "who decided"), "reviewed_on": _need(DAY),
    "why": _need(TEXT, "the reason"),
}))
REVIEW: Final = Listing(Map({
    "record_sha256": _need(SHA256), "reviewer": _need(LINE), "reviewed_on": _need(DAY),
    "decision": _need(Word(words.DECISIONS)), "note": _may(TEXT),
}))
