"""Require the length of an article's text.

Offsets are code points of that text: a text that lost its end, or was stored in another encoding, shows at once. The length
is worked out from the texts that are there. SQLite cannot add a column that must not be NULL without a default, and a
default would be wrong for every row: `articles` is made anew.
"""

import re

from alembic import op

revision = "0004"
down_revision = "0003"

LOSES = ("articles.text_length: worked out again from the text by the next upgrade",)

CHECK = "CONSTRAINT ck_articles_text_length_is_length CHECK (text_length = length(text))"
KEY = "CONSTRAINT pk_articles PRIMARY KEY (id),"
TEXT = "text TEXT NOT NULL,"
LENGTH = f"{TEXT} text_length INTEGER NOT NULL,"


def upgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        rebuild_articles({f" {TEXT}": f" {LENGTH}", KEY: f"{KEY} {CHECK},"}, "*, length(text)")
        return
    op.execute("ALTER TABLE articles ADD COLUMN text_length BIGINT")
    op.execute("UPDATE articles SET text_length = length(text)")
    op.execute("ALTER TABLE articles ALTER COLUMN text_length SET NOT NULL")
    op.execute(f"ALTER TABLE articles ADD {CHECK}")


def downgrade() -> None:
    if op.get_context().dialect.name != "sqlite":
        op.execute("ALTER TABLE articles DROP COLUMN text_length")
        return
    columns = op.get_bind().exec_driver_sql("SELECT name FROM pragma_table_info('articles')").scalars()
    kept = ", ".join(column for column in columns if column != "text_length")
    rebuild_articles({f" {LENGTH}": f" {TEXT}", f"{KEY} {CHECK},": KEY}, kept)


def rebuild_articles(changes: dict[str, str], values: str) -> None:
    """Make the table anew with some of its words exchanged; all else, indexes and triggers too, as it was written."""
    database = op.get_bind()
    made = database.exec_driver_sql("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = 'articles'").scalar_one()
    others = database.exec_driver_sql(
        "SELECT sql FROM sqlite_schema WHERE tbl_name = 'articles' AND type IN ('index', 'trigger') AND sql IS NOT NULL "
        "ORDER BY rowid"
    ).scalars().all()
    for old, new in changes.items():
        if made.count(old) != 1:
            raise RuntimeError(f"articles was not made as this migration knows it: {old!r} is not in it")
        made = made.replace(old, new)
    # Only the name at the beginning: where articles point at articles, the name must be the one the table will have.
    made = re.sub(r'^CREATE TABLE "?articles"?', "CREATE TABLE articles_rebuilt", made)
    database.exec_driver_sql(made)
    database.exec_driver_sql(f"INSERT INTO articles_rebuilt SELECT {values} FROM articles")
    database.exec_driver_sql("DROP TABLE articles")
    database.exec_driver_sql("ALTER TABLE articles_rebuilt RENAME TO articles")
    for other in others:
        database.exec_driver_sql(other)
