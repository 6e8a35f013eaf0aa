"""What was read: articles, the links between them, their reviews, and what was loaded when."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from transfers.models.columns import (
    BIG,
    ID_MADE,
    STRICT,
    Base,
    date_checks,
    in_article,
    is_day,
    key,
    not_empty,
    one_of,
    optional,
    refers,
    refers_maybe,
    required,
    slug,
)
from transfers.vocabulary import words as lists


class Article(Base):
    """One row is one article as it was read: its text is frozen, and every quote is a span of it."""

    __tablename__ = "articles"
    id: Mapped[str] = key("Slug of the article, usually outlet, day and subject.")
    outlet_id: Mapped[str] = refers("actors.id", "Who published it.", index=False)
    agency_id: Mapped[str | None] = refers_maybe("actors.id", "The agency whose report it is, if any.")
    title: Mapped[str | None] = optional("Headline, where the file has one.")
    url: Mapped[str | None] = optional("Where it was published.")
    archive_url: Mapped[str | None] = optional("Where a copy is kept.")
    lang: Mapped[str] = required("Language (BCP 47).")
    byline: Mapped[str | None] = optional("Who wrote it, as printed.")
    published_edtf: Mapped[str | None] = optional("Day of publication in EDTF.")
    published_earliest: Mapped[str | None] = optional("Earliest day of publication (ISO).")
    published_latest: Mapped[str | None] = optional("Latest day of publication (ISO).")
    published_basis: Mapped[str | None] = optional("Where the day comes from: stated, inferred, external.")
    retrieved_on: Mapped[str | None] = optional("Day on which the file was fetched (ISO).")
    text_sha256: Mapped[str] = required("SHA-256 of the text in UTF-8.")
    text_norm: Mapped[str] = required("Name of the rule that made the text from the file.")
    raw_sha256: Mapped[str] = required("SHA-256 of the bytes of the file.")
    source_path: Mapped[str] = required("The file, from the root of the collection.")
    copy_of_id: Mapped[str | None] = refers_maybe("articles.id", "The article this is a copy of; a copy has no claims.")
    status: Mapped[str] = required("live, corrected, retracted or removed.")
    status_note: Mapped[str | None] = optional("Why it is no longer live.")
    reliability: Mapped[str] = required("Reliability of the source, Admiralty code A to F; F = cannot be judged.")
    coder: Mapped[str] = required("Who wrote the record.")
    record_path: Mapped[str] = required("The record, from the root of the collection.")
    record_sha256: Mapped[str] = required("SHA-256 of the bytes of the record.")
    # SQLite reads through all that stands before a column: the long text comes after everything that lists ask for.
    text: Mapped[str] = required("The frozen text that quotes are spans of.")
    text_length: Mapped[int] = mapped_column(BIG, comment="Length of the text in code points.")
    __table_args__ = (
        *slug(), *not_empty("text", "coder", "lang"), *date_checks("published"), *is_day("retrieved_on"),
        one_of("status", lists.ARTICLE_STATUSES), one_of("reliability", lists.RELIABILITIES),
        sa.UniqueConstraint("outlet_id", "text_sha256"), sa.UniqueConstraint("record_path"),
        sa.CheckConstraint("text_length = length(text)", name="text_length_is_length"),
        sa.CheckConstraint("length(text_sha256) = 64", name="text_sha256_length"),
        sa.CheckConstraint("length(raw_sha256) = 64", name="raw_sha256_length"),
        sa.CheckConstraint("length(record_sha256) = 64", name="record_sha256_length"),
        sa.CheckConstraint("copy_of_id <> id", name="copy_of_another"),
        sa.CheckConstraint("status <> 'retracted' OR status_note IS NOT NULL", name="retracted_needs_reason"),
        sa.CheckConstraint("url LIKE 'http://%' OR url LIKE 'https://%'", name="url_is_http"),
        sa.CheckConstraint("archive_url LIKE 'http://%' OR archive_url LIKE 'https://%'", name="archive_url_is_http"),
        # Everything that lists ask of an article: most of a row is its text, and they must not read through that.
        sa.Index(
            "ix_articles_facts", "id", "outlet_id", "agency_id", "published_earliest", "published_latest", "status", "coder",
            "record_sha256",
        ),
        sa.Index("ix_articles_published", "published_earliest", "published_latest", "id"),
        # Whether an article is retracted is asked of every claim: few are, and the answer must not read their texts.
        sa.Index(
            "ix_articles_retracted", "id", sqlite_where=sa.text("status = 'retracted'"),
            postgresql_where=sa.text("status = 'retracted'"),
        ),
        STRICT,
    )


class ArticleLink(Base):
    """One row is what a later article says of an earlier one. It stands in the later record and points back."""

    __tablename__ = "article_links"
    article_id: Mapped[str] = refers("articles.id", "The later article.", primary=True, index=False)
    target_id: Mapped[str] = refers("articles.id", "The earlier article.", primary=True)
    kind: Mapped[str] = key("What the later does to the earlier.")
    note: Mapped[str | None] = optional("The reviewer's remark.")
    __table_args__ = (
        one_of("kind", lists.ARTICLE_LINKS), sa.CheckConstraint("target_id <> article_id", name="target_is_another"), STRICT,
    )


class Review(Base):
    """One row is one decision on one version of one record; the one with the highest position counts."""

    __tablename__ = "reviews"
    article_id: Mapped[str] = refers("articles.id", "The article whose record was reviewed.", primary=True, index=False)
    position: Mapped[int] = mapped_column(sa.Integer, primary_key=True, autoincrement=False, comment="1, 2, ... as in the file.")
    record_sha256: Mapped[str] = required("SHA-256 of the record that was reviewed; another one makes the review stale.")
    reviewer: Mapped[str] = required("Who reviewed it; not its coder.")
    reviewed_on: Mapped[str] = required("Day of the review (ISO).")
    decision: Mapped[str] = required("accepted, changes_needed, rejected, withdrawn.")
    note: Mapped[str | None] = optional("What the reviewer found.")
    __table_args__ = (
        sa.CheckConstraint("position > 0", name="position_from_one"), *not_empty("reviewer"),
        sa.CheckConstraint("length(record_sha256) = 64", name="record_sha256_length"),
        *is_day("reviewed_on"), one_of("decision", lists.DECISIONS), STRICT,
    )


class Removal(Base):
    """One row is the tombstone of a claim or statement that was taken out of its record; its id is never used again."""

    __tablename__ = "removals"
    id: Mapped[str] = key("The id that the claim or statement had.")
    article_id: Mapped[str] = refers("articles.id", "The article whose record it stood in.")
    removed_on: Mapped[str | None] = optional("Day on which it was taken out (ISO).")
    why: Mapped[str] = required("Why it was taken out.")
    __table_args__ = (*slug(longest=ID_MADE), in_article(), *not_empty("why"), *is_day("removed_on"), STRICT)


class Load(Base):
    """One row is one file that one run of `load` brought in. The only clock of the database."""

    __tablename__ = "loads"
    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True, comment="Number of the row; means nothing.")
    loaded_at: Mapped[str] = required("When, in UTC (ISO 8601).")
    record_path: Mapped[str] = required("The file, from the root of the collection.")
    record_sha256: Mapped[str] = required("SHA-256 of its bytes.")
    schema_revision: Mapped[str] = required("Schema of the database at that time.")
    tool_version: Mapped[str] = required("Version of the program.")
    outcome: Mapped[str] = required("new, changed, or removed.")
    message: Mapped[str | None] = optional("What the run said of the file.")
    __table_args__ = (one_of("outcome", ("new", "changed", "removed")), STRICT)


class LoadedFile(Base):
    """One row is one file that the rows of the database come from, as it was when they were written."""

    __tablename__ = "loaded_files"
    path: Mapped[str] = key("The file, from the root of the collection.")
    kind: Mapped[str] = required("record, article, registry or review.")
    sha256: Mapped[str] = required("SHA-256 of its bytes.")
    loader_version: Mapped[int] = mapped_column(sa.Integer, comment="Version of the rules that made rows of it.")
    __table_args__ = (
        one_of("kind", ("record", "article", "registry", "review")),
        sa.CheckConstraint("length(sha256) = 64", name="sha256_length"), STRICT,
    )
