"""Add registers: other people's data sets beside the claims.

A register gives one settled figure where sources differ. Its rows stand in tables of their own, as printed, and are joined to
a transfer by the decision of a person only.
"""

import re

from alembic import op

revision = "0005"
down_revision = "0004"

LOSES = (
    "registers: which releases of registers were imported",
    "register_rows: all rows of registers",
    "register_years: the years of their deliveries",
    "register_matches: which deals of registers are which transfers; the files under data/matches/ still say so",
)

TABLES = (
    """
    CREATE TABLE registers (
        id TEXT NOT NULL,
        dataset TEXT NOT NULL,
        form TEXT NOT NULL,
        release TEXT NOT NULL,
        generated_on TEXT,
        selection TEXT,
        sha256 TEXT NOT NULL,
        row_count BIGINT NOT NULL,
        licence TEXT NOT NULL,
        CONSTRAINT pk_registers PRIMARY KEY (id),
        CONSTRAINT ck_registers_id_length CHECK (length(id) BETWEEN 2 AND 240),
        CONSTRAINT ck_registers_id_is_slug CHECK (IS_SLUG(id)),
        CONSTRAINT ck_registers_dataset_in_list CHECK (dataset = 'sipri'),
        CONSTRAINT ck_registers_form_in_list CHECK (ONE_OF(form, 'trade_register', 'deliveries', 'deals_and_tivs',
            'columns_22', 'rtf')),
        CONSTRAINT ck_registers_release_not_empty CHECK (length(release) > 0),
        CONSTRAINT ck_registers_licence_not_empty CHECK (length(licence) > 0),
        CONSTRAINT ck_registers_generated_on_is_day CHECK (IS_DAY(generated_on)),
        CONSTRAINT ck_registers_sha256_length CHECK (length(sha256) = 64),
        CONSTRAINT ck_registers_row_count_not_negative CHECK (row_count >= 0),
        CONSTRAINT uq_registers_sha256 UNIQUE (sha256)
    )
    """,
    """
    CREATE TABLE register_rows (
        register_id TEXT NOT NULL,
        row_number BIGINT NOT NULL,
        line BIGINT NOT NULL,
        external_id TEXT,
        fingerprint TEXT NOT NULL,
        cells TEXT NOT NULL,
        supplier TEXT NOT NULL,
        recipient TEXT NOT NULL,
        designation TEXT NOT NULL,
        description TEXT,
        category TEXT,
        order_year INTEGER,
        order_year_uncertain INTEGER NOT NULL,
        ordered BIGINT,
        ordered_uncertain INTEGER NOT NULL,
        delivered BIGINT,
        delivered_uncertain INTEGER NOT NULL,
        delivery_years TEXT,
        delivery_first INTEGER,
        delivery_last INTEGER,
        delivery_years_uncertain INTEGER NOT NULL,
        condition TEXT,
        comment TEXT,
        is_cancelled INTEGER NOT NULL,
        is_licensed INTEGER NOT NULL,
        is_second_hand INTEGER NOT NULL,
        is_aid INTEGER NOT NULL,
        via TEXT,
        platform TEXT,
        local_names TEXT,
        tiv_unit DOUBLE PRECISION,
        tiv_ordered DOUBLE PRECISION,
        tiv_delivered DOUBLE PRECISION,
        CONSTRAINT pk_register_rows PRIMARY KEY (register_id, row_number),
        CONSTRAINT ck_register_rows_fingerprint_not_empty CHECK (length(fingerprint) > 0),
        CONSTRAINT ck_register_rows_supplier_not_empty CHECK (length(supplier) > 0),
        CONSTRAINT ck_register_rows_recipient_not_empty CHECK (length(recipient) > 0),
        CONSTRAINT ck_register_rows_designation_not_empty CHECK (length(designation) > 0),
        CONSTRAINT ck_register_rows_condition_in_list CHECK (ONE_OF(condition, 'new', 'second_hand', 'modernised')),
        CONSTRAINT ck_register_rows_order_year_uncertain_is_flag CHECK (order_year_uncertain IN (0, 1)),
        CONSTRAINT ck_register_rows_ordered_uncertain_is_flag CHECK (ordered_uncertain IN (0, 1)),
        CONSTRAINT ck_register_rows_delivered_uncertain_is_flag CHECK (delivered_uncertain IN (0, 1)),
        CONSTRAINT ck_register_rows_delivery_years_uncertain_is_flag CHECK (delivery_years_uncertain IN (0, 1)),
        CONSTRAINT ck_register_rows_is_cancelled_is_flag CHECK (is_cancelled IN (0, 1)),
        CONSTRAINT ck_register_rows_is_licensed_is_flag CHECK (is_licensed IN (0, 1)),
        CONSTRAINT ck_register_rows_is_second_hand_is_flag CHECK (is_second_hand IN (0, 1)),
        CONSTRAINT ck_register_rows_is_aid_is_flag CHECK (is_aid IN (0, 1)),
        CONSTRAINT ck_register_rows_row_number_from_one CHECK (row_number > 0),
        CONSTRAINT ck_register_rows_line_from_one CHECK (line > 0),
        CONSTRAINT ck_register_rows_ordered_not_negative CHECK (ordered >= 0),
        CONSTRAINT ck_register_rows_delivered_not_negative CHECK (delivered >= 0),
        CONSTRAINT ck_register_rows_order_year_in_range CHECK (order_year BETWEEN 1900 AND 2100),
        CONSTRAINT ck_register_rows_delivery_first_in_range CHECK (delivery_first BETWEEN 1900 AND 2100),
        CONSTRAINT ck_register_rows_delivery_last_in_order CHECK (delivery_last BETWEEN delivery_first AND 2100),
        CONSTRAINT ck_register_rows_delivery_years_together CHECK ((delivery_years IS NULL) = (delivery_first IS NULL) AND
            (delivery_first IS NULL) = (delivery_last IS NULL)),
        CONSTRAINT fk_register_rows_register_id FOREIGN KEY(register_id) REFERENCES registers (id) ON DELETE RESTRICT
    );
    CREATE INDEX ix_register_rows_deal ON register_rows (supplier, recipient, designation, order_year);
    CREATE INDEX ix_register_rows_designation ON register_rows (designation);
    CREATE INDEX ix_register_rows_external_id ON register_rows (external_id);
    CREATE INDEX ix_register_rows_recipient ON register_rows (recipient)
    """,
    """
    CREATE TABLE register_years (
        register_id TEXT NOT NULL,
        row_number BIGINT NOT NULL,
        year INTEGER NOT NULL,
        CONSTRAINT pk_register_years PRIMARY KEY (register_id, row_number, year),
        CONSTRAINT fk_register_years_register_id FOREIGN KEY(register_id, row_number) REFERENCES register_rows
            (register_id, row_number) ON DELETE RESTRICT,
        CONSTRAINT ck_register_years_year_in_range CHECK (year BETWEEN 1900 AND 2100)
    );
    CREATE INDEX ix_register_years_year ON register_years (year)
    """,
    """
    CREATE TABLE register_matches (
        dataset TEXT NOT NULL,
        supplier TEXT NOT NULL,
        recipient TEXT NOT NULL,
        designation TEXT NOT NULL,
        order_year INTEGER NOT NULL,
        fingerprint TEXT NOT NULL,
        transfer_id TEXT NOT NULL,
        decision TEXT NOT NULL,
        reviewer TEXT NOT NULL,
        reviewed_on TEXT NOT NULL,
        why TEXT NOT NULL,
        CONSTRAINT pk_register_matches PRIMARY KEY (dataset, supplier, recipient, designation, order_year, fingerprint,
            transfer_id),
        CONSTRAINT ck_register_matches_dataset_in_list CHECK (dataset = 'sipri'),
        CONSTRAINT ck_register_matches_decision_in_list CHECK (ONE_OF(decision, 'accepted', 'rejected')),
        CONSTRAINT ck_register_matches_reviewed_on_is_day CHECK (IS_DAY(reviewed_on)),
        CONSTRAINT ck_register_matches_supplier_not_empty CHECK (length(supplier) > 0),
        CONSTRAINT ck_register_matches_recipient_not_empty CHECK (length(recipient) > 0),
        CONSTRAINT ck_register_matches_designation_not_empty CHECK (length(designation) > 0),
        CONSTRAINT ck_register_matches_fingerprint_not_empty CHECK (length(fingerprint) > 0),
        CONSTRAINT ck_register_matches_reviewer_not_empty CHECK (length(reviewer) > 0),
        CONSTRAINT ck_register_matches_why_not_empty CHECK (length(why) > 0),
        CONSTRAINT ck_register_matches_order_year_in_range CHECK (order_year BETWEEN 1900 AND 2100),
        CONSTRAINT fk_register_matches_transfer_id FOREIGN KEY(transfer_id) REFERENCES transfers (id) ON DELETE RESTRICT
    );
    CREATE INDEX ix_register_matches_transfer_id ON register_matches (transfer_id)
    """,
)

SLUG = (
    r"trim(\1, 'abcdefghijklmnopqrstuvwxyz0123456789-') = '' AND \1 NOT LIKE '-%' AND \1 NOT LIKE '%-' AND \1 NOT LIKE '%--%'"
)
# One full ISO day. Plain date(x) = x would let 2023-02-30 pass on SQLite 3.40; on PostgreSQL 'infinity' is a date as well.
DAY = {
    "sqlite": r"date(\1, '+0 days') IS \1",
    "postgresql": r"length(\1) = 10 AND to_char(\1::date, 'YYYY-MM-DD') = \1",
}


def as_alternatives(found: re.Match[str]) -> str:
    """A closed list as alternatives: SQLite makes a table of an IN list anew for every row that it checks."""
    column, *words = re.split(r",\s*", found[1])
    return " OR ".join(f"{column} = {word}" for word in words)


def as_engine_has_it(table: str, engine: str) -> list[str]:
    """The statements of one table with the types and checks of one engine."""
    sql = re.sub(r"IS_SLUG\((\w+)\)", SLUG, table)
    sql = re.sub(r"ONE_OF\(([^)]*)\)", as_alternatives, sql)
    sql = re.sub(r"IS_DAY\((\w+)\)", DAY[engine], sql)
    if engine == "sqlite":
        sql = re.sub(r"\b(BIGINT|SERIAL)\b", "INTEGER", sql).replace("DOUBLE PRECISION", "REAL")
        sql = re.sub(r"\n    \)(;|\s*$)", r"\n    ) STRICT\1", sql)
    return [statement.strip() for statement in sql.split(";")]


def upgrade() -> None:
    for table in TABLES:
        for statement in as_engine_has_it(table, op.get_context().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.execute("DROP TABLE " + table.split()[2])
