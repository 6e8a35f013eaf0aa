"""What changed between two databases, two canonical exports, or two releases of a register.

`open_side` makes a `Side` of what a user named, `find_differences` compares two of them and knows neither files nor databases.
"""

from transfers.differences.changelog import as_changelog
from transfers.differences.comparing import find_differences
from transfers.differences.databases import database_side
from transfers.differences.opening import open_side
from transfers.differences.renames import Renames, read_renames
from transfers.differences.result import Differences
from transfers.differences.sides import Side

__all__ = ["Differences", "Renames", "Side", "as_changelog", "database_side", "find_differences", "open_side", "read_renames"]
