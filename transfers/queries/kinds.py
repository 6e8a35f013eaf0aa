"""What a column of a table or view holds, by its name: an answer without rows, or of one engine alone, says nothing of it."""

from __future__ import annotations

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from typing import Final

DAY, INTEGER, NUMBER, TEXT = "day", "integer", "number", "text"

# All others are text. A name means the same wherever it stands; tests hold it to the types of the models and to what views give.
_NAMED: Final = dict.fromkeys("""
date_earliest date_latest end_earliest end_latest first_date generated_on held_earliest held_latest last_date published_earliest
published_latest removed_on retrieved_on reviewed_on start_earliest start_latest valid_from valid_to
""".split(), DAY) | dict.fromkeys("""
alleged announced_high announced_low articles claims contested deals delivered delivered_high delivered_low delivery_first
delivery_last denials denials_elsewhere denied_date denied_end_use denied_event denied_only denied_quantity details_disputed
disputes end_char episodes first_delivery in_registry in_this_year lag_years line loader_version open_ended order_year ordered
origins planned_high planned_low position quantity_high quantity_low reported row_count row_number start_char supplier_rank
text_length transfers uncertain value_high value_low withdrawn year
""".split(), INTEGER) | dict.fromkeys("hhi lat lon share tiv tiv_delivered tiv_ordered tiv_unit".split(), NUMBER)


def kind_of(column: str) -> str:
    """``day`` (an ISO day), ``integer``, ``number`` or ``text``."""
    if column.startswith("is_") or column.endswith("_uncertain"):
        return INTEGER  # a flag: 0 or 1
    return _NAMED.get(column, TEXT)
