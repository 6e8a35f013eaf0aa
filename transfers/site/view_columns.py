"""What the columns of the views hold, for Datasette. A test holds the names to the views as they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from transfers.site.column_meanings import MEANING


class View(NamedTuple):
    """One view: its title, what a row is, the column it is sorted by, its facets, and what each column holds."""

    title: str
    description: str
    sort: str
    facets: tuple[str, ...]
    columns: Mapping[str, str]


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
    return {name: exceptions.get(name) or MEANING[name] for name in names.split()}


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
