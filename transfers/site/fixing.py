"""The views of a copy as tables. A copy does not change, so what the views say can be worked out once and looked up from then on.

Datasette sorts, counts and facets whatever it shows. Over a view of 100,000 claims each of these takes a second and more, over
a table with an index some milliseconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from transfers.schema.views import views
from transfers.site.metadata import tables

if TYPE_CHECKING:
    from transfers.db import Connection

# The column that tells the rows of a view apart; rows of the others have no key of their own.
_KEYS: Final = {
    "v_current_claims": "id", "v_review_status": "article", "v_transfers": "id", "v_transfer_claims": "claim",
    "v_statements": "id", "v_roles": "id",
}
# What pages look rows up by, besides what Datasette sorts and facets by.
_LOOKED_UP: Final = {
    "v_current_claims": ("transfer_id", "meeting_id", "article_id", "statement_id", "said_by_id", "date_earliest"),
    "v_transfers": ("supplier", "recipient", "system", "first_date"),
    "v_transfer_claims": ("transfer", "article", "supplier", "recipient", "system", "date_earliest"),
    "v_statements": ("speaker", "article", "meeting"),
    "v_meetings": ("id", "actor", "place"),
    "v_evidence": ("owner",),
    "v_register_rows": ("supplier", "recipient", "system"),
    "v_transfer_registers": ("transfer", "supplier", "recipient"),
}
_GUARD: Final = """CREATE TRIGGER copy_is_for_reading BEFORE INSERT ON loads BEGIN
  SELECT RAISE(ABORT, 'this database is a copy made to be read: load into the one it was made of'); END"""


def fix_views(copy: Connection) -> None:
    """Put a table in the place of each view, and keep the copy from being loaded into: these tables would not follow."""
    # The later views read the earlier ones: each is fixed before the next is worked out. SQLite would not rename a table while
    # a view misses one, unless it is told not to look.
    copy.run("PRAGMA legacy_alter_table = ON")
    told = tables()
    for name in views("sqlite"):
        columns = ", ".join(f"{column} {kind}" for _, column, kind, *_ in copy.rows(f"PRAGMA table_info({name})"))
        key = f", PRIMARY KEY ({_KEYS[name]})" if name in _KEYS else ""
        copy.run(f"CREATE TABLE fixed_{name} ({columns}{key})")
        copy.run(f"INSERT INTO fixed_{name} SELECT * FROM {name}")
        copy.run(f"DROP VIEW {name}")
        copy.run(f"ALTER TABLE fixed_{name} RENAME TO {name}")
        _add_indexes(copy, name, told.pop(name, {}))
    for name, one in told.items():
        _add_indexes(copy, name, one)
    copy.run(_GUARD)


def _add_indexes(copy: Connection, name: str, told: Mapping[str, Any]) -> None:
    """Indexes for every column that is sorted, faceted or looked up by; what is filtered by a facet comes out sorted."""
    sort = told.get("sort")
    wanted = {*told.get("facets", ()), *_LOOKED_UP.get(name, ())} - {sort}
    for columns in sorted((column, sort) if sort else (column,) for column in wanted):
        copy.run(f"CREATE INDEX ix_fixed_{name}_{columns[0]} ON {name} ({', '.join(columns)})")
    if sort:
        copy.run(f"CREATE INDEX ix_fixed_{name} ON {name} ({sort})")
