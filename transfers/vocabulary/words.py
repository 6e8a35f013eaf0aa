"""The closed word lists. A word outside its list is refused by the reader of records and by a CHECK of the database.

Each list is a tuple in the order a person would give it; where the order has a meaning, the comment says so. Plain tuples
and not enumerations, because every command that offers a list would pay for building the classes.
"""

from __future__ import annotations

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from typing import Final


Words = tuple[str, ...]

# --- who and what ---------------------------------------------------------------------------------------------------
ACTOR_KINDS: Final[Words] = (
    "state", "former_state", "government", "military", "armed_group", "company", "media", "organisation", "person",
    "unnamed", "group", "unknown",
)
SYSTEM_LEVELS: Final[Words] = ("class", "family", "model", "variant")
SYSTEM_CATEGORIES: Final[Words] = (
    "uav", "missile", "rocket", "air_defence", "aircraft", "armour", "artillery", "small_arms", "ammunition", "naval",
    "sensor", "component", "other",
)
UAV_CLASSES: Final[Words] = (
    "recon", "armed", "dual", "loitering_munition", "one_way_attack", "fpv", "decoy", "target", "cargo", "other",
)
ALIAS_KINDS: Final[Words] = (
    "spelling", "transliteration", "designation", "export_name", "reporting_name", "local_version", "metonym",
)
AFFILIATION_KINDS: Final[Words] = ("post", "member_of", "part_of", "owned_by", "backed_by", "successor_of")
IDENTIFIER_SCHEMES: Final[Words] = ("iso3", "cow", "sipri", "unroca", "wikidata", "geonames", "misp")
PLACE_PRECISIONS: Final[Words] = ("site", "city", "region", "country")

# --- events ---------------------------------------------------------------------------------------------------------
TRANSFER_KINDS: Final[Words] = (
    "supply", "licensed_production", "components", "technology", "training", "loan", "return", "diversion", "capture",
)
MEETING_KINDS: Final[Words] = (
    "visit", "talks", "inspection", "exhibition", "call", "summit", "signing", "press_conference", "other",
)

# --- claims ---------------------------------------------------------------------------------------------------------
STANCES: Final[Words] = ("asserted", "alleged", "denied")
DENIALS: Final[Words] = ("event", "quantity", "date", "end_use")
PHASES: Final[Words] = (
    "requested", "offered", "planned", "notified", "authorised", "ordered", "agreed", "in_production", "in_transit",
    "delivered", "in_use", "intercepted", "suspended", "refused", "cancelled", "ceased", "unclear",
)
# How far a transfer has come, the first the least far. It is not the order of PHASES: an order is not yet an agreement
# of two sides, and an interception ends a transit before a delivery.
PHASES_IN_ORDER: Final[Words] = (
    "requested", "offered", "planned", "notified", "authorised", "agreed", "ordered", "in_production", "in_transit",
    "intercepted", "delivered", "in_use",
)
# These end a transfer that has not set out: they win over everything up to in_production.
PHASES_THAT_END: Final[Words] = ("refused", "cancelled", "suspended", "ceased")
# A number told with one of these phases counts as delivered, with one before them as planned.
PHASES_ON_THE_WAY: Final[Words] = ("in_transit", "intercepted", "delivered", "in_use")
CONDITIONS: Final[Words] = ("new", "second_hand", "modernised")
DEALS: Final[Words] = ("sale", "grant", "credit", "barter", "lease", "other")
CLAIM_ACTOR_ROLES: Final[Words] = (
    "visitor", "host", "attendee", "speaker", "intermediary", "transit", "end_user", "producer", "licensor", "broker",
    "financier", "carrier", "operator",
)
CLAIM_SYSTEM_ROLES: Final[Words] = ("viewed", "discussed", "demonstrated", "included")
RANKS: Final[Words] = ("preferred", "normal", "deprecated")
STANDINGS: Final[Words] = ("reported", "alleged", "contested", "denied_only", "details_disputed", "withdrawn")

# --- statements and evidence ----------------------------------------------------------------------------------------
FORMS: Final[Words] = ("direct", "mixed", "indirect")
BASES: Final[Words] = ("stated", "inferred")
DATE_BASES: Final[Words] = ("stated", "inferred", "external")
LAYERS: Final[Words] = ("text", "raw")
REASONS_NOT_RECORDED: Final[Words] = ("background", "opinion", "other_topic", "repeated", "unclear")

# --- quantities -----------------------------------------------------------------------------------------------------
QUALIFIERS: Final[Words] = ("exact", "about", "at_least", "at_most", "range", "worded", "none")
UNITS: Final[Words] = (
    "item", "set", "battery", "unit", "batch", "shipment", "round", "kilogram", "tonne", "person", "other",
)
SCOPES: Final[Words] = ("total", "event", "order", "per_period", "remaining", "unclear")
PERIODS: Final[Words] = ("day", "month", "year")

# --- articles and reviews -------------------------------------------------------------------------------------------
ARTICLE_FORMATS: Final[Words] = ("html", "text")
ARTICLE_STATUSES: Final[Words] = ("live", "corrected", "retracted", "removed")
ARTICLE_LINKS: Final[Words] = ("corrects", "retracts", "updates", "copies", "translates", "cites")
RELIABILITIES: Final[Words] = ("A", "B", "C", "D", "E", "F")  # Admiralty code: F = cannot be judged
CREDIBILITIES: Final[Words] = ("1", "2", "3", "4", "5", "6")  # Admiralty code: 6 = cannot be judged
DECISIONS: Final[Words] = ("accepted", "changes_needed", "rejected", "withdrawn")
REVIEW_STATUSES: Final[Words] = (*DECISIONS, "self_reviewed", "stale", "unreviewed")
# In the order of search results: names first, then what is said, then whole articles.
SEARCH_KINDS: Final[Words] = ("actor", "system", "meeting", "claim", "statement", "article")

# --- registers ------------------------------------------------------------------------------------------------------
REGISTER_DATASETS: Final[Words] = ("sipri",)
REGISTER_FORMS: Final[Words] = ("trade_register", "deliveries", "deals_and_tivs", "columns_22", "rtf")
REGISTER_FORMS_BY_YEAR: Final[Words] = ("deliveries", "deals_and_tivs")  # a row is one year of a deal; else it is a deal
MATCH_DECISIONS: Final[Words] = ("accepted", "rejected")
REGISTER_MATCHES: Final[Words] = ("accepted", "accepted_figures_changed")
EVENTS_COMPARED: Final[Words] = ("both", "register_only", "claims_only", "denied", "neither", "register_open")
NUMBERS_COMPARED: Final[Words] = (
    "within", "within_open", "above_claims", "below_claims", "claims_open", "register_open", "not_comparable",
)
DATES_COMPARED: Final[Words] = (
    "within", "within_open", "begins_before_claims", "goes_on_after_claims", "wider_than_claims", "before_claims",
    "after_claims", "claims_open", "register_open", "not_comparable",
)
DIFFERENCES: Final[Words] = ("event", "delivered", "ordered", "dates")
ANNOUNCED_SIDES: Final[Words] = ("claims", "register")
ANNOUNCED_COMPARED: Final[Words] = ("as_announced", "fewer", "more", "overlapping", "open")
