"""Open a database: reading, writing, migrating. The only place that knows the drivers and makes engines.

Importing this package loads no driver: every command pays for it, and only some open a database.
"""

from transfers.db.connect import Connection, reading, writing
from transfers.db.faults import RefusedError
from transfers.db.target import Target, read_target

__all__ = ["Connection", "RefusedError", "Target", "read_target", "reading", "writing"]
