"""${message}.

Why it is needed, in a sentence or two: what could not be said, or what went wrong, before.
"""

# Rules of a migration
#
# 1. It stands alone: raw SQL or a local sa.Table, never an import of the package. The package moves on, history does not.
# 2. The models say the same afterwards (tests compare the DDL of both engines), and HEAD in transfers/schema/head.py names
#    this revision. A view that changes needs a revision too, even an empty one: it is how an older database learns of it.
# 3. Every constraint has a name of at most 63 bytes and stands in the table, not in a column. Every table is STRICT on SQLite.
# 4. Prefer ALTER TABLE ADD, RENAME, DROP COLUMN. Where SQLite cannot, make the table anew from the words it was made with, as
#    0003 and 0004 do: alembic's batch mode forgets triggers, collations, expression indexes and unnamed checks.
# 5. Views, the search index and column comments are not its business: they are taken down before and put up afterwards. It
#    begins and ends no transaction and touches no pragma.
# 6. A number of rows that changes on purpose is declared: CHANGES_ROWS = ("table",).
# 7. It has a working downgrade, and LOSES says what that loses, as "table: what" or "table.column: what".
# 8. It has a module of rows under tests/migrations/data/, or the tests fail.

from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}

LOSES = ()


def upgrade() -> None:
    ${upgrades if upgrades else "op.execute(...)"}


def downgrade() -> None:
    ${downgrades if downgrades else "op.execute(...)"}
