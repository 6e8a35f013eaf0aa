"""The tables as SQLAlchemy classes: what the schema is at head.

The migrations make the tables; these classes say what they must come to, and a test holds the two equal. Each class says
what one row is, each column says what it holds: the codebook is made from both.
"""

from transfers.models.articles import Article, ArticleLink, Load, LoadedFile, Removal, Review
from transfers.models.claims import (
    AffiliationDate,
    Claim,
    ClaimActor,
    ClaimSystem,
    ClaimTopic,
    Evidence,
    SearchRow,
    Statement,
    StatementTopic,
)
from transfers.models.columns import Base
from transfers.models.events import Meeting, Transfer
from transfers.models.registers import Register, RegisterMatch, RegisterRow, RegisterYear
from transfers.models.registry import Actor, Affiliation, Alias, FormerId, Identifier, Place, System, Topic

__all__ = [
    "Actor", "Affiliation", "AffiliationDate", "Alias", "Article", "ArticleLink", "Base", "Claim", "ClaimActor", "ClaimSystem",
    "ClaimTopic", "Evidence", "FormerId", "Identifier", "Load", "LoadedFile", "Meeting", "Place", "Register", "RegisterMatch",
    "RegisterRow", "RegisterYear", "Removal", "Review", "SearchRow", "Statement", "StatementTopic", "System", "Topic", "Transfer",
]
