"""What the columns of the views hold, for Datasette. A test holds the names to the views as they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple


class View(NamedTuple):
    """One view: its title, what a row is, the column it is sorted by, its facets, and what each column holds."""

    title: str
    description: str
    sort: str
    facets: tuple[str, ...]
    columns: Mapping[str, str]


# A column has the same meaning wherever its name stands, but for the exceptions in `VIEWS`.
_MEANING: Final[Mapping[str, str]] = {
    "actor": "Id of the participant.",
    "article": "Id of the article.",
    "article_title": "Headline of the article.",
    "articles": "How many articles speak of it.",
    "audience": "To whom it was said, in the words of the article.",
    "basis": "stated or inferred.",
    "category": "What kind of weapon the system is.",
    "claim": "Id of the claim.",
    "claims": "How many current claims there are.",
    "country": "ISO 3166-1 alpha-2 code of the country.",
    "credibility": "Credibility of the information, Admiralty code 1 to 6; 6 = cannot be judged.",
    "date_basis": "Where the date comes from: stated, inferred, external.",
    "date_earliest": "Earliest day the date can mean (ISO); NULL = open.",
    "date_edtf": "The date in EDTF.",
    "date_latest": "Latest day the date can mean (ISO); NULL = open.",
    "date_text": "The date in the words of the article.",
    "denials": "How many current claims deny the event.",
    "denials_elsewhere": "How many current claims deny the other episodes.",
    "denies": "What a denial denies: the event, the quantity, the date, the end use.",
    "described_as": "How the article names the person.",
    "disputes": "How many current claims deny the quantity, the date or the end use.",
    "end_char": "Where the quote ends in the text, in code points; not included.",
    "end_earliest": "Latest day on which it is attested.",
    "end_latest": "Latest day it can have ended; NULL = open.",
    "end_use": "What it is for, in the words of the article.",
    "episode": "all, unless the sources themselves tell deals apart.",
    "episodes": "How many episodes the same transfer has.",
    "field": "Which field the words back; whole = all of it.",
    "first_date": "Smallest earliest day of the claims that do not deny; NULL = open.",
    "form": "direct (quoted), mixed (partly quoted) or indirect (told).",
    "hedge": "The words that mark an allegation, for example reportedly.",
    "id": "Id of the row.",
    "inferred": "The inferred fields and why, as JSON.",
    "kind": "What kind it is.",
    "lang": "Language of the quote (BCP 47).",
    "last_date": "Largest latest day of the claims that do not deny; NULL = open.",
    "layer": "text, or raw (the file).",
    "meeting": "Id of the meeting it was said at.",
    "note": "What the reviewer found.",
    "org": "Id of the body.",
    "org_name": "Where the post is.",
    "original_lang": "Language it was spoken in, where the article says so.",
    "origins": "How many different first sources do not deny.",
    "outlet": "Id of who published it.",
    "owner": "Id of what the words back.",
    "person": "Id of who held the post.",
    "person_name": "Who held the post.",
    "phase": "How far the transfer had come.",
    "place": "Id of the place.",
    "place_name": "Where it was.",
    "planned_high": "Largest number planned or ordered, over all claims that count; NULL = open or not said.",
    "planned_low": "Smallest number planned or ordered, over all claims that count; NULL = open or not said.",
    "prefix": "Up to 32 characters before the quote.",
    "published": "Day of publication in EDTF.",
    "quantity_high": "Largest number it can mean; NULL = open above.",
    "quantity_low": "Smallest number it can mean; NULL = open below.",
    "quantity_per": "The period of a rate: day, month, year.",
    "quantity_qualifier": "How the words bound the number.",
    "quantity_scope": "Of what it is the number.",
    "quantity_text": "The number in the words of the article.",
    "quantity_unit": "What is counted.",
    "quote": "The exact words of the article.",
    "rank": "preferred, normal or deprecated.",
    "recipient": "Id of the recipient.",
    "recipient_name": "Who received, or was said to receive.",
    "reliability": "Reliability of the source, Admiralty code A to F; F = cannot be judged.",
    "review": "How the review of the record stands.",
    "reviewed_on": "Day of the review (ISO).",
    "reviewer": "Who reviewed it.",
    "role": "What part the actor had.",
    "role_title": "Title of the post the speaker held.",
    "said_by": "Id of who says so; NULL = the article's own voice.",
    "said_by_name": "Who says so; NULL = the article's own voice.",
    "same_as": "Id of the same utterance in another article.",
    "speaker": "Id of who said it.",
    "speaker_name": "Who said it.",
    "stance": "asserted, alleged (the words mark doubt) or denied.",
    "standing": "How the sources stand to each other.",
    "start_char": "Where the quote begins in the text, in code points from 0.",
    "start_earliest": "Earliest day it can have begun; NULL = open.",
    "start_latest": "Earliest day on which it is attested.",
    "suffix": "Up to 32 characters after the quote.",
    "summary": "What it says, in the coder's words.",
    "supplier": "Id of the supplier.",
    "supplier_name": "Who supplied, or was said to supply.",
    "system": "Id of the system.",
    "system_name": "What was transferred, as exactly as the sources name it.",
    "term": "Which term of the post, when there were several.",
    "transfer": "Id of the transfer.",
    "url": "Where the article was published.",
    "via": "Id of the agency or outlet that the article has it from.",
    "why": "Why it is inferred.",
}


def _columns(names: str, **exceptions: str) -> dict[str, str]:
    return {name: exceptions.get(name) or _MEANING[name] for name in names.split()}


VIEWS: Final[Mapping[str, View]] = {
    "v_transfers": View(
        "Transfers",
        "Transfers with what their current claims say, one row each. The row does not say that it happened; its "
        "standing does.",
        "supplier_name", ("standing", "phase", "supplier_name", "recipient_name", "category",),
        _columns(
            "id supplier supplier_name recipient recipient_name system system_name category kind episode episodes "
            "standing phase claims origins denials disputes denials_elsewhere quantity_low quantity_high planned_low "
            "planned_high first_date last_date articles",
            quantity_low="Smallest number delivered, over all claims that count; NULL = open or not said.",
            quantity_high="Largest number delivered, over all claims that count; NULL = open or not said.",
            phase="The furthest phase that a claim gives which does not deny.",
        ),
    ),
    "v_transfer_claims": View(
        "Claims on transfers",
        "One row for each current claim on a transfer, with its quote, who says so and where it was read. Never add up "
        "the numbers.",
        "transfer", ("stance", "phase", "outlet", "review", "system_name",),
        _columns(
            "claim transfer supplier supplier_name recipient recipient_name system system_name article outlet "
            "article_title published stance denies hedge phase said_by said_by_name via quantity_text quantity_low "
            "quantity_high quantity_qualifier quantity_unit quantity_scope quantity_per date_text date_edtf "
            "date_earliest date_latest date_basis end_use summary quote start_char end_char inferred rank review "
            "credibility reliability url",
        ),
    ),
    "v_meetings": View(
        "Meetings",
        "Meetings with who took part, one row for each participant and role.",
        "date_earliest", ("kind", "place_name", "role",),
        _columns(
            "id kind title place place_name country date_text date_edtf date_earliest date_latest actor name role "
            "described_as said_by claims denials articles",
            said_by="Id of who says so, when all claims agree.",
            name="Who took part.",
            title="What to call the meeting.",
        ),
    ),
    "v_statements": View(
        "Statements",
        "What people said, quoted or told, with the exact words.",
        "date_earliest", ("form", "speaker_name", "outlet",),
        _columns(
            "id speaker speaker_name described_as role_title form quote summary lang via meeting date_earliest "
            "date_latest article start_char end_char date_text date_edtf date_basis quantity_text quantity_low "
            "quantity_high quantity_qualifier quantity_unit quantity_scope quantity_per original_lang audience same_as "
            "outlet published rank review url",
        ),
    ),
    "v_evidence": View(
        "Evidence",
        "The exact words of articles, with what each passage backs, stated or inferred.",
        "article", ("basis", "kind", "field",),
        _columns(
            "article kind owner field quote basis why layer start_char end_char prefix suffix outlet url",
            kind="What the words back: claim, statement, role, alias, or the article itself.",
        ),
    ),
    "v_roles": View(
        "Roles in time",
        "Posts with the days on which articles attest them.",
        "person_name", ("org_name",),
        _columns(
            "id person person_name org org_name title term start_earliest start_latest end_earliest end_latest "
            "articles",
            title="Title of the post.",
            articles="How many articles attest it.",
        ),
    ),
    "v_review_status": View(
        "Reviews",
        "How the review of each article stands.",
        "article", ("review",),
        _columns(
            "article review reviewer reviewed_on note",
        ),
    ),
}
