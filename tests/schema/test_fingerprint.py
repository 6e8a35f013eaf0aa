"""The fingerprint sees what matters, and nothing else."""

import re
import sqlite3

import pytest

from transfers.db import reading, writing
from transfers.db.files import open_in_memory
from transfers.schema.fingerprint import expect_fingerprint, list_differences, read_fingerprint

# What a schema can differ in: the name of the drift, words of the schema, and the words that stand there instead.
DRIFTS = [
    ("a check says something else", "length(exact) = end_char - start_char", "length(exact) <= end_char - start_char"),
    ("a check is missing", "CONSTRAINT ck_evidence_start_not_negative CHECK (start_char >= 0),", ""),
    ("a word of a list is missing", "rank = 'preferred' OR rank = 'normal'", "rank = 'preferred'"),
    ("a text in a check has another case", "<> 'deprecated'", "<> 'Deprecated'"),
    ("a collation", "name_norm TEXT NOT NULL", "name_norm TEXT COLLATE NOCASE NOT NULL"),
    ("the name of a foreign key", "fk_claims_via_id", "fk_claims_via"),
    ("the primary key is missing", "CONSTRAINT pk_topics PRIMARY KEY (id),", ""),
    ("the primary key has one column less", "PRIMARY KEY (claim_id, actor_id, role)", "PRIMARY KEY (claim_id, actor_id)"),
    ("no row ids", "CREATE TABLE claim_topics (", "CREATE TABLE claim_topics (", ") STRICT", ") STRICT, WITHOUT ROWID"),
    ("not strict", "CREATE TABLE removals (", "CREATE TABLE removals (", ") STRICT", ")"),
    ("the order of columns",
     "name TEXT NOT NULL,\n        kind TEXT NOT NULL,", "kind TEXT NOT NULL,\n        name TEXT NOT NULL,"),
    ("the condition of a partial index", " claim_id IS NOT NULL", " claim_id IS NOT NULL AND field <> 'whole'"),
    ("a partial index is whole", " WHERE status = 'retracted'", ""),
    ("an index is descending", "ON aliases (name_norm)", "ON aliases (name_norm DESC)"),
    ("an index is over an expression", "ON aliases (name_norm)", "ON aliases (lower(name_norm))"),
    ("an index is missing", "CREATE INDEX ix_aliases_name_norm ON aliases (name_norm)", "SELECT 1"),
    ("an index is unique", "CREATE INDEX ix_aliases_name_norm", "CREATE UNIQUE INDEX ix_aliases_name_norm"),
    ("an index has a column less", "recipient_id, kind, episode)", "recipient_id, kind)"),
    ("a unique constraint is missing", "CONSTRAINT uq_articles_record_path UNIQUE (record_path)", "CONSTRAINT x CHECK (1)"),
    ("a table is missing", "CREATE TABLE loads (", "CREATE TABLE loans ("),
    ("a column is missing", "        byline TEXT,\n", ""),
    ("a column has another name", "audience_text TEXT,", "audience TEXT,"),
    ("a column has another type", "loader_version INTEGER NOT NULL", "loader_version TEXT NOT NULL"),
    ("a column may be empty", "coder TEXT NOT NULL", "coder TEXT"),
    ("a column has a default", "field TEXT NOT NULL", "field TEXT NOT NULL DEFAULT 'whole'"),
    ("a column is worked out", "        byline TEXT,\n", "        byline TEXT GENERATED ALWAYS AS (id),\n"),
    ("a foreign key is missing",
     "CONSTRAINT fk_claims_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE RESTRICT,", ""),
    ("what is deleted along a foreign key",
     "REFERENCES claims (id) ON DELETE RESTRICT", "REFERENCES claims (id) ON DELETE CASCADE"),
    ("where a foreign key points", "FOREIGN KEY(via_id) REFERENCES actors (id)", "FOREIGN KEY(via_id) REFERENCES places (id)"),
    ("a composite foreign key is plain", "FOREIGN KEY(statement_id, article_id) REFERENCES statements (id, article_id)",
     "FOREIGN KEY(statement_id) REFERENCES statements (id)"),
    ("the tokenizer", "categories ''L* N* Co M*''", "categories ''L* N* Co''"),
    ("where the search index reads", 'content="search_rows"', 'content=""'),
]
ADDITIONS = [
    "CREATE TRIGGER sly AFTER INSERT ON claims BEGIN DELETE FROM topics; END", "CREATE VIEW v_more AS SELECT 1 AS one",
    "CREATE INDEX more ON claims (summary)", "CREATE TABLE more (a TEXT) STRICT", "DROP VIEW v_roles",
]


@pytest.fixture(scope="module")
def schema(sqlite_template):
    """The statements of a migrated file."""
    plain = sqlite3.connect(f"file:{sqlite_template}?mode=ro", uri=True)
    found = plain.execute(
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'search\\_rows\\_fts\\_%' ESCAPE '\\' "
        "AND name NOT LIKE 'sqlite%' AND name <> 'alembic_version' ORDER BY rowid"
    ).fetchall()
    plain.close()
    return [sql for (sql,) in found]


def fingerprint(statements):
    with open_in_memory() as scratch:
        for statement in statements:
            scratch.run(statement)
        return read_fingerprint(scratch)


def test_models_and_migrations_come_to_the_same(target):
    with writing(target) as connection:
        assert list_differences(expect_fingerprint(connection), read_fingerprint(connection)) == []


def test_looking_leaves_nothing_behind(postgres_target):
    with writing(postgres_target) as connection:
        expect_fingerprint(connection)
        assert connection.rows("SELECT 1 FROM pg_namespace WHERE nspname LIKE '%scratch%'") == []
        assert connection.rows("SELECT current_schema()") == [("public",)]


@pytest.mark.parametrize("drift", DRIFTS, ids=lambda drift: drift[0])
def test_every_drift_is_seen(schema, drift):
    _, old, new, *more = drift
    changed, done = [], False
    for statement in schema:
        if not done and old in statement:
            statement = statement.replace(old, new, 1)
            if more:
                assert statement.endswith(more[0])
                statement = statement.removesuffix(more[0]) + more[1]
            done = True
        changed.append(statement)
    assert done, "the schema no longer has these words"
    try:
        found = fingerprint(changed)
    except Exception as error:
        pytest.fail(f"the drift cannot be made: {error}")
    assert list_differences(fingerprint(schema), found) != []


@pytest.mark.parametrize("statement", ADDITIONS)
def test_what_is_added_or_dropped_is_seen(schema, statement):
    lines = list_differences(fingerprint(schema), fingerprint([*schema, statement]))
    assert len(lines) == 1
    assert lines[0].endswith((" is missing", " is not of this schema"))


def test_how_it_is_written_does_not_count(schema):
    def rewrite(sql):
        sql = re.sub(r"^CREATE TABLE (\w+)", r'create table "\1"', sql)
        sql = sql.replace("  ", " ").replace("(id)", "( [id] ) -- the key\n").replace(" NOT NULL", " /* always */ not null")
        # Turn the order of all constraints but the last, which has the end of the table behind it.
        columns, *constraints, last = re.split(r",\n(?=\s+CONSTRAINT)", sql)
        return ",\n".join([columns, *constraints[::-1], last])

    rewritten = [rewrite(sql) if sql.startswith("CREATE TABLE") else sql for sql in schema]
    assert all(new != old for new, old in zip(rewritten, schema, strict=True) if old.startswith("CREATE TABLE"))
    assert list_differences(fingerprint(schema), fingerprint(rewritten)) == []


DRIFTS_ON_A_SERVER = [
    "ALTER TABLE evidence DROP CONSTRAINT ck_evidence_span_fits_quote",
    ("ALTER TABLE evidence DROP CONSTRAINT ck_evidence_start_not_negative; "
     "ALTER TABLE evidence ADD CONSTRAINT ck_evidence_start_not_negative CHECK (start_char > 0)"),
    "ALTER TABLE claims RENAME CONSTRAINT fk_claims_via_id TO fk_claims_via",
    "ALTER TABLE topics ALTER COLUMN name DROP NOT NULL", "ALTER TABLE topics ALTER COLUMN name SET DEFAULT 'x'",
    "ALTER TABLE topics ADD COLUMN more text", 'ALTER TABLE topics ALTER COLUMN name TYPE text COLLATE "C"',
    "ALTER TABLE articles ALTER COLUMN text_length TYPE integer", "DROP INDEX ix_articles_retracted",
    "DROP INDEX ix_aliases_name_norm; CREATE INDEX ix_aliases_name_norm ON aliases (name_norm DESC)",
    "DROP INDEX ix_articles_retracted; CREATE INDEX ix_articles_retracted ON articles (id) WHERE status <> 'live'",
    "CREATE VIEW v_more AS SELECT 1 AS one", "DROP VIEW v_roles", "DROP INDEX ix_search_rows_search",
    ("CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end'; "
     "CREATE TRIGGER sly BEFORE INSERT ON claims FOR EACH ROW EXECUTE FUNCTION f()"),
]


def test_drifts_on_a_server_are_seen(postgres_target):
    with writing(postgres_target) as connection:
        before = read_fingerprint(connection)
        for drift in DRIFTS_ON_A_SERVER:
            with connection.undone():
                connection.run(drift)
                assert len(list_differences(before, read_fingerprint(connection))) == 1, drift
        assert read_fingerprint(connection) == before


def test_a_fingerprint_is_taken_by_reading(target):
    with reading(target) as connection:
        found = read_fingerprint(connection)
    assert "table claims" in found
