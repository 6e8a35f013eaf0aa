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
    "alleged": "How many of them are alleged.",
    "announced_high": "Largest number announced; NULL = open or not said.",
    "announced_low": "Smallest number announced; NULL = open or not said.",
    "article": "Id of the article.",
    "article_title": "Headline of the article.",
    "articles": "How many articles speak of it.",
    "audience": "To whom it was said, in the words of the article.",
    "basis": "stated or inferred.",
    "category": "What kind of weapon the system is.",
    "claim": "Id of the claim.",
    "claims": "How many current claims there are.",
    "comment": "The comment of the register, as printed.",
    "compared": "How the number delivered stands to the number announced.",
    "condition": "The status of the register: new, second_hand, modernised.",
    "contested": "How many of them are contested.",
    "country": "ISO 3166-1 alpha-2 code of the country.",
    "credibility": "Credibility of the information, Admiralty code 1 to 6; 6 = cannot be judged.",
    "dataset": "Whose register it is.",
    "date_basis": "Where the date comes from: stated, inferred, external.",
    "date_earliest": "Earliest day the date can mean (ISO); NULL = open.",
    "date_edtf": "The date in EDTF.",
    "date_latest": "Latest day the date can mean (ISO); NULL = open.",
    "date_text": "The date in the words of the article.",
    "dates_compared": "How the register's years of delivery stand to the days of the claims.",
    "deals": "How many deals of the register.",
    "delivered": "Number delivered, as the register has it; NULL = it does not say.",
    "delivered_compared": "How the register's number delivered stands to the range of the claims.",
    "delivered_high": "Largest number delivered; NULL = open or not said.",
    "delivered_low": "Smallest number delivered; NULL = open or not said.",
    "delivered_uncertain": "1 = the register marks the number delivered as uncertain.",
    "delivery_first": "First year of delivery.",
    "delivery_last": "Last year of delivery.",
    "delivery_years": "Years of delivery, as the register has them.",
    "delivery_years_uncertain": "1 = the register marks the years of delivery as uncertain.",
    "denials": "How many current claims deny the event.",
    "denials_elsewhere": "How many current claims deny the other episodes.",
    "denied_by_names": "Names of those who deny it or a detail of it.",
    "denied_date": "How many current claims deny the date.",
    "denied_end_use": "How many current claims deny the end use.",
    "denied_event": "How many current claims deny the event.",
    "denied_only": "How many of them are only denied.",
    "denied_quantity": "How many current claims deny the quantity.",
    "denies": "What a denial denies: the event, the quantity, the date, the end use.",
    "described_as": "How the article names the person.",
    "description": "The weapon description of the register, as printed.",
    "designation": "The weapon designation of the register, as printed.",
    "details_disputed": "How many of them have only details disputed.",
    "differs_on": "What differs between register and claims: event, delivered, ordered, dates; NULL = nothing comparable.",
    "disputes": "How many current claims deny the quantity, the date or the end use.",
    "end_char": "Where the quote ends in the text, in code points; not included.",
    "end_earliest": "Latest day on which it is attested.",
    "end_latest": "Latest day it can have ended; NULL = open.",
    "end_use": "What it is for, in the words of the article.",
    "episode": "all, unless the sources themselves tell deals apart.",
    "episodes": "How many episodes the same transfer has.",
    "event_compared": "Whether register and claims both have deliveries.",
    "external_id": "The register's own number of the deal, where the form has one.",
    "field": "Which field the words back; whole = all of it.",
    "fingerprint": "Hash of what the row says of the deal; a decision about it names this.",
    "first_date": "Smallest earliest day of the claims that do not deny; NULL = open.",
    "first_delivery": "First year of delivery.",
    "form": "direct (quoted), mixed (partly quoted) or indirect (told).",
    "hedge": "The words that mark an allegation, for example reportedly.",
    "hhi": "Concentration of the recipient's suppliers: the sum of the squares of their shares, from 0 to 1.",
    "id": "Id of the row.",
    "in_this_year": "How many of them can lie in this year only.",
    "inferred": "The inferred fields and why, as JSON.",
    "is_aid": "1 = the comment says, or takes for possible, that it was aid.",
    "is_cancelled": "1 = the comment says that the order, or a part of it, was cancelled.",
    "is_licensed": "1 = the register speaks of production or assembly in the recipient's country.",
    "is_second_hand": "1 = status or comment says, or takes for possible, that they were second-hand.",
    "kind": "What kind it is.",
    "lag_years": "Years from the order to the first delivery.",
    "lang": "Language of the quote (BCP 47).",
    "last_date": "Largest latest day of the claims that do not deny; NULL = open.",
    "layer": "text, or raw (the file).",
    "local_names": "National designations that the comment gives, as JSON.",
    "match": "accepted, or accepted_figures_changed: the register has other figures than when the decision was taken.",
    "meeting": "Id of the meeting it was said at.",
    "meeting_title": "What to call the meeting it was said at.",
    "note": "What the reviewer found.",
    "open_ended": "How many of them are open at one end or both.",
    "order_year": "Year of the order, as the register has it.",
    "order_year_uncertain": "1 = the register marks the year of the order as uncertain.",
    "ordered": "Number ordered, as the register has it; NULL = it does not say.",
    "ordered_compared": "How the register's number ordered stands to the planned range of the claims.",
    "ordered_uncertain": "1 = the register marks the number ordered as uncertain.",
    "org": "Id of the body.",
    "org_name": "Where the post is.",
    "origin_name": "Name of the one first source.",
    "original_lang": "Language it was spoken in, where the article says so.",
    "origins": "How many different first sources do not deny.",
    "outlet": "Id of who published it.",
    "outlet_name": "Who published it.",
    "owner": "Id of what the words back.",
    "person": "Id of who held the post.",
    "person_name": "Who held the post.",
    "phase": "How far the transfer had come.",
    "place": "Id of the place.",
    "place_name": "Where it was.",
    "planned_high": "Largest number planned or ordered, over all claims that count; NULL = open or not said.",
    "planned_low": "Smallest number planned or ordered, over all claims that count; NULL = open or not said.",
    "platform": "For which platform it is, in the words of the comment.",
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
    "register": "Id of the register: one file of one release.",
    "register_recipient": "The recipient as the register prints it.",
    "register_supplier": "The supplier as the register prints it.",
    "release": "Which release of the register it is.",
    "reliability": "Reliability of the source, Admiralty code A to F; F = cannot be judged.",
    "reported": "How many of them are reported.",
    "review": "How the review of the record stands.",
    "reviewed_on": "Day of the review (ISO).",
    "reviewer": "Who reviewed it.",
    "role": "What part the actor had.",
    "role_title": "Title of the post the speaker held.",
    "row_number": "Number of the row in the file.",
    "said_by": "Id of who says so; NULL = the article's own voice.",
    "said_by_name": "Who says so; NULL = the article's own voice.",
    "said_by_names": "Names of those who say so.",
    "same_as": "Id of the same utterance in another article.",
    "share": "Share of the supplier in what the recipient was delivered, by TIV, from 0 to 1.",
    "side": "claims or register.",
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
    "supplier_rank": "Place among the suppliers of the recipient, by TIV; equal values share a place.",
    "system": "Id of the system.",
    "system_name": "What was transferred, as exactly as the sources name it.",
    "term": "Which term of the post, when there were several.",
    "tiv": "Value delivered in millions of SIPRI trend-indicator values, which are not money.",
    "tiv_delivered": "Value delivered in millions of SIPRI trend-indicator values, which are not money.",
    "tiv_ordered": "Value of the order in millions of SIPRI trend-indicator values, which are not money.",
    "tiv_unit": "Value of one in millions of SIPRI trend-indicator values, which are not money.",
    "transfer": "Id of the transfer.",
    "transfers": "How many transfers can lie in the year.",
    "uncertain": "1 = the register marks one of the numbers as uncertain.",
    "url": "Where the article was published.",
    "via": "Id of the agency or outlet that the article has it from.",
    "via_name": "The agency or outlet that the article has it from.",
    "why": "Why it is inferred.",
    "withdrawn": "How many of them no current claim speaks of.",
    "year": "The year; NULL = no day is said.",
}


# What a register prints is a name before it is anybody: the id stands beside it once somebody has decided.
_PRINTED: Final[Mapping[str, str]] = {
    "supplier": "Id of the supplier; NULL = nobody has decided whose name it is.",
    "supplier_name": "The supplier as printed.",
    "recipient": "Id of the recipient; NULL = nobody has decided whose name it is.",
    "recipient_name": "The recipient as printed.",
    "form": "In which of its forms the register was published.",
    "system": "Id of the system; NULL = nobody has decided what it is.",
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
            "described_as said_by claims denials articles said_by_name",
            said_by="Id of who says so, when all claims agree.",
            said_by_name="Who says so, when all claims agree.",
            name="Who took part.",
            title="What to call the meeting.",
        ),
    ),
    "v_statements": View(
        "Statements",
        "What people said, quoted or told, with the exact words.",
        "date_earliest", ("form", "speaker_name", "outlet_name",),
        _columns(
            "id speaker speaker_name described_as role_title form quote summary lang via meeting date_earliest "
            "date_latest article start_char end_char date_text date_edtf date_basis quantity_text quantity_low "
            "quantity_high quantity_qualifier quantity_unit quantity_scope quantity_per original_lang audience same_as "
            "outlet published rank review url outlet_name via_name meeting_title",
        ),
    ),
    "v_evidence": View(
        "Evidence",
        "The exact words of articles, with what each passage backs, stated or inferred.",
        "article", ("basis", "kind", "field",),
        _columns(
            "article kind owner field quote basis why layer start_char end_char prefix suffix outlet url outlet_name",
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
    "v_register_rows": View(
        "Rows of registers",
        "Other people's data beside ours, one row for each row of a register, as it was printed. Ids stand where "
        "somebody has decided whose name it is.",
        "designation", ("register", "condition",),
        _columns(
            "register dataset form release row_number external_id supplier supplier_name recipient recipient_name system "
            "designation description category order_year order_year_uncertain ordered ordered_uncertain delivered "
            "delivered_uncertain delivery_years delivery_first delivery_last delivery_years_uncertain condition comment "
            "is_cancelled is_licensed is_second_hand is_aid via platform local_names tiv_unit tiv_ordered tiv_delivered "
            "fingerprint",
            **_PRINTED,
            category="The armament category as printed.",
            via="Through whom it went, in the words of the comment.",
        ),
    ),
    "v_transfer_registers": View(
        "Transfers beside registers",
        "One row for each row of a register that a person has accepted for a transfer: the figures of the register "
        "beside the range of the claims, and where they differ. It does not say who is right.",
        "supplier_name", ("standing", "register", "match", "differs_on",),
        _columns(
            "transfer supplier supplier_name recipient recipient_name system system_name category kind episode standing "
            "phase claims origins denials disputes quantity_low quantity_high planned_low planned_high first_date last_date "
            "articles register dataset form release row_number match register_supplier register_recipient designation "
            "description ordered ordered_uncertain delivered delivered_uncertain order_year order_year_uncertain "
            "delivery_years delivery_years_uncertain condition is_cancelled comment event_compared delivered_compared "
            "ordered_compared dates_compared differs_on",
            form="In which of its forms the register was published.",
            quantity_low="Smallest number delivered, over all claims that count; NULL = open or not said.",
            quantity_high="Largest number delivered, over all claims that count; NULL = open or not said.",
            phase="The furthest phase that a claim gives which does not deny.",
        ),
    ),
    "v_supplies_by_year": View(
        "Supplies by year, as claimed",
        "How many transfers of each standing can lie in a year, for each supplier and recipient. Transfers are counted; "
        "numbers of claims are never added up.",
        "year", ("supplier_name", "recipient_name",),
        _columns(
            "supplier supplier_name recipient recipient_name year transfers in_this_year open_ended reported alleged "
            "contested denied_only details_disputed withdrawn",
        ),
    ),
    "v_register_by_year": View(
        "Registers by year",
        "Deals of a register with deliveries in a year, for each supplier and recipient. Numbers stand where the form "
        "gives them for each year, and count weapons of all kinds together.",
        "year", ("register",),
        _columns(
            "register dataset form release supplier supplier_name recipient recipient_name year deals uncertain delivered "
            "tiv_delivered",
            **_PRINTED,
            uncertain="How many of the rows are marked as uncertain in number or year.",
            delivered="Number delivered in the year, all weapons together; NULL = the form does not say.",
            year="The year of delivery.",
        ),
    ),
    "v_register_suppliers": View(
        "Suppliers of each recipient, in a register",
        "Share and rank of each supplier in what a register says was delivered to a recipient, over all years of the "
        "file, by trend-indicator value.",
        "recipient_name", ("register",),
        _columns(
            "register dataset form release recipient recipient_name supplier supplier_name deals tiv share supplier_rank hhi",
            **_PRINTED,
        ),
    ),
    "v_order_to_delivery": View(
        "From order to delivery, in a register",
        "One row for each deal of a register with a year of order and a year of delivery.",
        "order_year", ("register", "lag_years",),
        _columns(
            "register dataset form release row_number external_id supplier supplier_name recipient recipient_name system "
            "designation order_year order_year_uncertain first_delivery delivery_years_uncertain lag_years",
            **_PRINTED,
        ),
    ),
    "v_announced_delivered": View(
        "Announced and delivered",
        "What was ordered or planned beside what was delivered: of each transfer as its claims have it, and of each "
        "deal as a register has it.",
        "side", ("compared", "register",),
        _columns(
            "side transfer register row_number supplier supplier_name recipient recipient_name system system_name "
            "announced_low announced_high delivered_low delivered_high uncertain is_cancelled compared",
            transfer="Id of the transfer; NULL on the side of registers.",
            register="Id of the register; NULL on the side of claims.",
            supplier="Id of the supplier; NULL = nobody has decided whose name it is.",
            recipient="Id of the recipient; NULL = nobody has decided whose name it is.",
            system="Id of the system; NULL = nobody has decided what it is.",
            system_name="What was transferred; of a register, the designation as printed.",
        ),
    ),
    "v_disputed": View(
        "Disputed",
        "Transfers of which a current claim denies the event or a detail, or which is denied in another episode, with "
        "the names of both sides.",
        "supplier_name", ("standing", "phase",),
        _columns(
            "transfer supplier supplier_name recipient recipient_name system system_name category kind episode standing "
            "phase claims origins denials disputes denials_elsewhere denied_event denied_quantity denied_date "
            "denied_end_use said_by_names denied_by_names",
            phase="The furthest phase that a claim gives which does not deny.",
        ),
    ),
    "v_single_source": View(
        "Single source",
        "Transfers that only one first source asserts or alleges.",
        "supplier_name", ("standing", "origin_name",),
        _columns(
            "transfer supplier supplier_name recipient recipient_name system system_name category kind episode standing "
            "phase claims denials articles origin_name quantity_low quantity_high planned_low planned_high first_date "
            "last_date",
            quantity_low="Smallest number delivered, over all claims that count; NULL = open or not said.",
            quantity_high="Largest number delivered, over all claims that count; NULL = open or not said.",
            phase="The furthest phase that a claim gives which does not deny.",
        ),
    ),
}
