"""Tie the statement that a claim rests on to the article of the claim.

With a plain foreign key the claim of one article could rest on the statement of another, and its attribution would be read
from an article that nobody quoted for it. SQLite cannot change a constraint: `claims` is made anew, while evidence, roles
and other claims point at it.
"""

import re

from alembic import op

revision = "0003"
down_revision = "0002"

LOSES = ()

PLAIN = "CONSTRAINT fk_claims_statement_id FOREIGN KEY(statement_id) REFERENCES statements (id) ON DELETE RESTRICT"
TIED = (
    "CONSTRAINT fk_claims_statement_id_article_id FOREIGN KEY(statement_id, article_id) "
    "REFERENCES statements (id, article_id) ON DELETE RESTRICT"
)


def upgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        rebuild_claims(PLAIN, TIED)
    else:
        op.execute("ALTER TABLE claims DROP CONSTRAINT fk_claims_statement_id")
        op.execute(f"ALTER TABLE claims ADD {TIED}")
    op.execute("DROP INDEX ix_claims_statement_id")
    op.execute("CREATE INDEX ix_claims_statement_id_article_id ON claims (statement_id, article_id)")


def downgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        rebuild_claims(TIED, PLAIN)
    else:
        op.execute("ALTER TABLE claims DROP CONSTRAINT fk_claims_statement_id_article_id")
        op.execute(f"ALTER TABLE claims ADD {PLAIN}")
    op.execute("DROP INDEX ix_claims_statement_id_article_id")
    op.execute("CREATE INDEX ix_claims_statement_id ON claims (statement_id)")


def rebuild_claims(old: str, new: str) -> None:
    """Make the table anew with one constraint exchanged; all else, indexes and triggers too, as it was written."""
    database = op.get_bind()
    made = database.exec_driver_sql("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = 'claims'").scalar_one()
    others = database.exec_driver_sql(
        "SELECT sql FROM sqlite_schema WHERE tbl_name = 'claims' AND type IN ('index', 'trigger') AND sql IS NOT NULL "
        "ORDER BY rowid"
    ).scalars().all()
    if made.count(old) != 1:
        raise RuntimeError(f"claims was not made as this migration knows it: {old!r} is not in it")
    # Only the name at the beginning: where claims point at claims, the name must be the one the table will have.
    made = re.sub(r'^CREATE TABLE "?claims"?', "CREATE TABLE claims_rebuilt", made.replace(old, new))
    database.exec_driver_sql(made)
    database.exec_driver_sql("INSERT INTO claims_rebuilt SELECT * FROM claims")
    database.exec_driver_sql("DROP TABLE claims")
    database.exec_driver_sql("ALTER TABLE claims_rebuilt RENAME TO claims")
    for other in others:
        database.exec_driver_sql(other)
