"""Which deals of registers may be which transfers, and which rows of two forms are one deal. People decide."""

from transfers.matching.decided import Decision, Held, find_decisions, find_held
from transfers.matching.deciding import append_decisions, make_entries, read_decided
from transfers.matching.forms import Join, Joined, join_forms
from transfers.matching.proposals import Proposal, find_proposals

__all__ = [
    "Decision", "Held", "Join", "Joined", "Proposal", "append_decisions", "find_decisions", "find_held", "find_proposals",
    "join_forms", "make_entries", "read_decided",
]
