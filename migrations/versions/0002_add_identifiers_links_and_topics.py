"""Add identifiers, links between articles, and topics.

Actors and systems stand in other people's lists too, a later article may correct or retract an earlier one, and statements
and claims are filed by subject. An id that was merged into another is kept, so that records may go on using it.
"""

import re

from alembic import op

revision = "0002"
down_revision = "0001"

LOSES = (
    "identifiers: the codes of actors, systems and places in other lists",
    "article_links: which article corrects, retracts or copies which",
    "former_ids: the ids that were merged into others",
    "topics: all topics",
    "statement_topics: which statements are filed under them",
    "claim_topics: which claims are filed under them",
)

TABLES = (
    """
    CREATE TABLE topics (
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        note TEXT,
        CONSTRAINT pk_topics PRIMARY KEY (id),
        CONSTRAINT ck_topics_id_length CHECK (length(id) BETWEEN 2 AND 60),
        CONSTRAINT ck_topics_id_is_slug CHECK (IS_SLUG(id)),
        CONSTRAINT ck_topics_name_not_empty CHECK (length(name) > 0)
    )
    """,
    """
    CREATE TABLE article_links (
        article_id TEXT NOT NULL,
        target_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        note TEXT,
        CONSTRAINT pk_article_links PRIMARY KEY (article_id, target_id, kind),
        CONSTRAINT ck_article_links_kind_in_list CHECK (ONE_OF(kind, 'corrects', 'retracts', 'updates', 'copies', 'translates',
            'cites')),
        CONSTRAINT ck_article_links_target_is_another CHECK (target_id <> article_id),
        CONSTRAINT fk_article_links_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE RESTRICT,
        CONSTRAINT fk_article_links_target_id FOREIGN KEY(target_id) REFERENCES articles (id) ON DELETE RESTRICT
    );
    CREATE INDEX ix_article_links_target_id ON article_links (target_id)
    """,
    """
    CREATE TABLE former_ids (
        id TEXT NOT NULL,
        actor_id TEXT,
        system_id TEXT,
        place_id TEXT,
        topic_id TEXT,
        CONSTRAINT pk_former_ids PRIMARY KEY (id),
        CONSTRAINT ck_former_ids_id_length CHECK (length(id) BETWEEN 2 AND 60),
        CONSTRAINT ck_former_ids_id_is_slug CHECK (IS_SLUG(id)),
        CONSTRAINT ck_former_ids_one_owner CHECK ((CASE WHEN actor_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN
            system_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN place_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN
            topic_id IS NULL THEN 0 ELSE 1 END) = 1),
        CONSTRAINT fk_former_ids_actor_id FOREIGN KEY(actor_id) REFERENCES actors (id) ON DELETE RESTRICT,
        CONSTRAINT fk_former_ids_system_id FOREIGN KEY(system_id) REFERENCES systems (id) ON DELETE RESTRICT,
        CONSTRAINT fk_former_ids_place_id FOREIGN KEY(place_id) REFERENCES places (id) ON DELETE RESTRICT,
        CONSTRAINT fk_former_ids_topic_id FOREIGN KEY(topic_id) REFERENCES topics (id) ON DELETE RESTRICT
    );
    CREATE INDEX ix_former_ids_actor_id ON former_ids (actor_id);
    CREATE INDEX ix_former_ids_place_id ON former_ids (place_id);
    CREATE INDEX ix_former_ids_system_id ON former_ids (system_id);
    CREATE INDEX ix_former_ids_topic_id ON former_ids (topic_id)
    """,
    """
    CREATE TABLE identifiers (
        scheme TEXT NOT NULL,
        value TEXT NOT NULL,
        actor_id TEXT,
        system_id TEXT,
        place_id TEXT,
        source TEXT NOT NULL,
        CONSTRAINT pk_identifiers PRIMARY KEY (scheme, value),
        CONSTRAINT ck_identifiers_one_owner CHECK ((CASE WHEN actor_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN
            system_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN place_id IS NULL THEN 0 ELSE 1 END) = 1),
        CONSTRAINT ck_identifiers_value_not_empty CHECK (length(value) > 0),
        CONSTRAINT ck_identifiers_source_not_empty CHECK (length(source) > 0),
        CONSTRAINT ck_identifiers_scheme_in_list CHECK (ONE_OF(scheme, 'iso3', 'cow', 'sipri', 'unroca', 'wikidata',
            'geonames', 'misp')),
        CONSTRAINT fk_identifiers_actor_id FOREIGN KEY(actor_id) REFERENCES actors (id) ON DELETE RESTRICT,
        CONSTRAINT fk_identifiers_system_id FOREIGN KEY(system_id) REFERENCES systems (id) ON DELETE RESTRICT,
        CONSTRAINT fk_identifiers_place_id FOREIGN KEY(place_id) REFERENCES places (id) ON DELETE RESTRICT
    );
    CREATE INDEX ix_identifiers_actor_id ON identifiers (actor_id);
    CREATE INDEX ix_identifiers_place_id ON identifiers (place_id);
    CREATE INDEX ix_identifiers_system_id ON identifiers (system_id)
    """,
    """
    CREATE TABLE statement_topics (
        statement_id TEXT NOT NULL,
        topic_id TEXT NOT NULL,
        CONSTRAINT pk_statement_topics PRIMARY KEY (statement_id, topic_id),
        CONSTRAINT fk_statement_topics_statement_id FOREIGN KEY(statement_id) REFERENCES statements (id) ON DELETE RESTRICT,
        CONSTRAINT fk_statement_topics_topic_id FOREIGN KEY(topic_id) REFERENCES topics (id) ON DELETE RESTRICT
    );
    CREATE INDEX ix_statement_topics_topic_id ON statement_topics (topic_id)
    """,
    """
    CREATE TABLE claim_topics (
        claim_id TEXT NOT NULL,
        topic_id TEXT NOT NULL,
        CONSTRAINT pk_claim_topics PRIMARY KEY (claim_id, topic_id),
        CONSTRAINT fk_claim_topics_claim_id FOREIGN KEY(claim_id) REFERENCES claims (id) ON DELETE RESTRICT,
        CONSTRAINT fk_claim_topics_topic_id FOREIGN KEY(topic_id) REFERENCES topics (id) ON DELETE RESTRICT
    );
    CREATE INDEX ix_claim_topics_topic_id ON claim_topics (topic_id)
    """,
)

SLUG = (
    r"trim(\1, 'abcdefghijklmnopqrstuvwxyz0123456789-') = '' AND \1 NOT LIKE '-%' AND \1 NOT LIKE '%-' AND \1 NOT LIKE '%--%'"
)


def as_alternatives(found: re.Match[str]) -> str:
    """A closed list as alternatives: SQLite makes a table of an IN list anew for every row that it checks."""
    column, *words = re.split(r",\s*", found[1])
    return " OR ".join(f"{column} = {word}" for word in words)


def as_engine_has_it(table: str, engine: str) -> list[str]:
    """The statements of one table for one engine."""
    sql = re.sub(r"IS_SLUG\((\w+)\)", SLUG, table)
    sql = re.sub(r"ONE_OF\(([^)]*)\)", as_alternatives, sql)
    if engine == "sqlite":
        sql = re.sub(r"\n    \)(;|\s*$)", r"\n    ) STRICT\1", sql)
    return [statement.strip() for statement in sql.split(";")]


def upgrade() -> None:
    for table in TABLES:
        for statement in as_engine_has_it(table, op.get_context().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.execute("DROP TABLE " + table.split()[2])
