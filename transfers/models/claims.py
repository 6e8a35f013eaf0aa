"""Why we believe it: statements, claims and the spans of text that back them."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from transfers.models.columns import (
    BIG,
    ID_MADE,
    STRICT,
    Base,
    DateColumns,
    QuantityColumns,
    RankColumns,
    date_checks,
    exactly_one,
    in_article,
    is_day,
    key,
    not_empty,
    one_of,
    optional,
    quantity_checks,
    rank_checks,
    refers,
    refers_maybe,
    required,
    slug,
)
from transfers.vocabulary import words as lists


class Statement(DateColumns, QuantityColumns, RankColumns, Base):
    """One row is one utterance, quoted or told, of one speaker in one article."""

    __tablename__ = "statements"
    id: Mapped[str] = key("The article's id and the coder's number, for example ...-s01.")
    article_id: Mapped[str] = refers("articles.id", "The article it stands in.")
    speaker_id: Mapped[str] = refers("actors.id", "Who said it.")
    speaker_as_described: Mapped[str] = required("How the article names the speaker; words in brackets are the coder's.")
    affiliation_id: Mapped[str | None] = refers_maybe("affiliations.id", "The post the speaker held at that time.")
    form: Mapped[str] = required("direct (quoted), mixed (partly quoted) or indirect (told).")
    quote: Mapped[str | None] = optional("The words of the article, without the outer quotation marks.")
    summary: Mapped[str] = required("What it says, in the coder's words.")
    lang: Mapped[str] = required("Language of the quote (BCP 47).")
    original_lang: Mapped[str | None] = optional("Language it was spoken in, where the article says so.")
    via_id: Mapped[str | None] = refers_maybe("actors.id", "The agency or outlet that the article has it from.")
    meeting_id: Mapped[str | None] = refers_maybe("meetings.id", "The occasion it was said at.")
    audience_text: Mapped[str | None] = optional("To whom it was said, in the words of the article.")
    same_as_id: Mapped[str | None] = refers_maybe("statements.id", "The same utterance, as another article has it.")
    __table_args__ = (
        *slug(longest=ID_MADE), in_article(), sa.UniqueConstraint("id", "article_id"),
        one_of("form", lists.FORMS), *not_empty("speaker_as_described", "summary", "lang", "quote"),
        sa.CheckConstraint("form = 'indirect' OR quote IS NOT NULL", name="quoted_form_needs_quote"),
        sa.CheckConstraint("same_as_id <> id", name="same_as_another"),
        *date_checks(), *quantity_checks(), *rank_checks(), STRICT,
    )


class Claim(DateColumns, QuantityColumns, RankColumns, Base):
    """One row is what one article says of one transfer or one meeting. Conflicting claims stay side by side."""

    __tablename__ = "claims"
    id: Mapped[str] = key("The article's id and the coder's number, for example ...-c01.")
    article_id: Mapped[str] = refers("articles.id", "The article it stands in.")
    transfer_id: Mapped[str | None] = refers_maybe("transfers.id", "The transfer it speaks of.", index=False)
    meeting_id: Mapped[str | None] = refers_maybe("meetings.id", "The meeting it speaks of.")
    stance: Mapped[str] = required("asserted, alleged (the words mark doubt) or denied.")
    denies: Mapped[str | None] = optional("What a denial denies: the event, the quantity, the date, the end use.")
    hedge_text: Mapped[str | None] = optional("The words that mark an allegation, for example reportedly.")
    phase: Mapped[str | None] = optional("How far the transfer had come; NULL for meetings.")
    attributed_to_id: Mapped[str | None] = refers_maybe("actors.id", "Who says so; NULL = the article's own voice.")
    attribution_text: Mapped[str | None] = optional("How the article names who says so.")
    via_id: Mapped[str | None] = refers_maybe("actors.id", "The agency or outlet that the article has it from.")
    statement_id: Mapped[str | None] = mapped_column(sa.Text, comment="The statement of the same article that says so.")
    end_use_text: Mapped[str | None] = optional("What it is for, in the words of the article.")
    condition: Mapped[str | None] = optional("new, second_hand or modernised.")
    deal: Mapped[str | None] = optional("How it is paid for.")
    value_low: Mapped[int | None] = mapped_column(BIG, comment="Smallest value in whole units of the currency.")
    value_high: Mapped[int | None] = mapped_column(BIG, comment="Largest value in whole units of the currency.")
    value_currency: Mapped[str | None] = optional("Currency (ISO 4217).")
    value_text: Mapped[str | None] = optional("The value in the words of the article.")
    summary: Mapped[str] = required("What it says, in the coder's words.")
    credibility: Mapped[str] = required("Credibility of the information, Admiralty code 1 to 6; 6 = cannot be judged.")
    supersedes_id: Mapped[str | None] = refers_maybe("claims.id", "The earlier claim that this one corrects.")
    __table_args__ = (
        *slug(longest=ID_MADE), in_article(), sa.UniqueConstraint("id", "article_id"),
        sa.ForeignKeyConstraint(
            ["statement_id", "article_id"], ["statements.id", "statements.article_id"], ondelete="RESTRICT",
        ),
        sa.Index("ix_claims_statement_id_article_id", "statement_id", "article_id"),
        # Everything that lists ask of a claim before they show it: whether it fits is read from this index alone.
        sa.Index(
            "ix_claims_transfer_id", "transfer_id", "stance", "denies", "phase", "rank", "article_id", "date_edtf",
            "date_earliest", "date_latest", "id",
        ),
        # Few claims have a rare phase or are denied, and all others need not be read then.
        sa.Index("ix_claims_phase", "phase"), sa.Index("ix_claims_stance_denies", "stance", "denies"),
        sa.Index("ix_claims_date_earliest", "date_earliest"),
        exactly_one(["transfer_id", "meeting_id"], "one_event"),
        one_of("stance", lists.STANCES), one_of("denies", lists.DENIALS), one_of("phase", lists.PHASES),
        one_of("condition", lists.CONDITIONS), one_of("deal", lists.DEALS), one_of("credibility", lists.CREDIBILITIES),
        *not_empty("summary", "hedge_text", "attribution_text", "end_use_text", "value_text"),
        sa.CheckConstraint("(phase IS NOT NULL) = (transfer_id IS NOT NULL)", name="phase_exactly_on_transfers"),
        sa.CheckConstraint("quantity_text IS NULL OR transfer_id IS NOT NULL", name="quantity_only_on_transfers"),
        sa.CheckConstraint("(denies IS NOT NULL) = (stance = 'denied')", name="denies_exactly_when_denied"),
        # A stance outside the list passes here, so that its own check names it.
        sa.CheckConstraint(
            "stance = 'denied' OR (stance = 'alleged') = (hedge_text IS NOT NULL)", name="hedge_exactly_when_alleged",
        ),
        sa.CheckConstraint("supersedes_id <> id", name="supersedes_another"),
        sa.CheckConstraint("value_low >= 0", name="value_low_not_negative"),
        sa.CheckConstraint("value_low <= value_high", name="value_in_order"),
        sa.CheckConstraint(
            "value_text IS NOT NULL OR (value_low IS NULL AND value_high IS NULL AND value_currency IS NULL)",
            name="value_needs_words",
        ),
        sa.CheckConstraint(
            "length(value_currency) = 3 AND trim(value_currency, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') = ''",
            name="value_currency_is_iso",
        ),
        sa.CheckConstraint(
            "(value_low IS NULL AND value_high IS NULL) OR value_currency IS NOT NULL", name="value_needs_currency",
        ),
        *date_checks(), *quantity_checks(), *rank_checks(), STRICT,
    )


class Evidence(Base):
    """One row is one span of an article that backs exactly one claim, statement, tie or name, or the article itself."""

    __tablename__ = "evidence"
    id: Mapped[int] = mapped_column(sa.Integer, primary_key=True, comment="Number of the row; means nothing.")
    article_id: Mapped[str] = refers("articles.id", "The article that the span is of.")
    claim_id: Mapped[str | None] = optional("The claim that the span backs.")
    statement_id: Mapped[str | None] = optional("The statement that the span backs.")
    affiliation_id: Mapped[str | None] = refers_maybe("affiliations.id", "The tie that the span backs.")
    alias_id: Mapped[str | None] = refers_maybe("aliases.id", "The name that the span backs.")
    field: Mapped[str] = required("Which field it backs; whole = the row as such.")
    basis: Mapped[str] = required("stated = the words say so, inferred = they do not, see note.")
    layer: Mapped[str] = required("text = offsets in the frozen text, raw = offsets in the file as decoded.")
    exact: Mapped[str] = required("The words of the span.")
    prefix: Mapped[str] = required("Up to 32 characters before it.")
    suffix: Mapped[str] = required("Up to 32 characters after it.")
    start_char: Mapped[int] = mapped_column(BIG, comment="Where it begins: code points, counted from 0.")
    end_char: Mapped[int] = mapped_column(BIG, comment="Where it ends, not included.")
    note: Mapped[str | None] = optional("Why the field follows from the words.")
    __table_args__ = (
        exactly_one(["claim_id", "statement_id", "affiliation_id", "alias_id"], "one_target_at_most", at_most=True),
        sa.ForeignKeyConstraint(["claim_id", "article_id"], ["claims.id", "claims.article_id"], ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["statement_id", "article_id"], ["statements.id", "statements.article_id"], ondelete="RESTRICT",
        ),
        one_of("basis", lists.BASES), one_of("layer", lists.LAYERS), *not_empty("field", "exact"),
        sa.CheckConstraint("length(exact) = end_char - start_char", name="span_fits_quote"),
        sa.CheckConstraint("start_char >= 0", name="start_not_negative"),
        sa.CheckConstraint("length(prefix) <= 32 AND length(suffix) <= 32", name="context_length"),
        sa.CheckConstraint("basis <> 'inferred' OR note IS NOT NULL", name="inferred_needs_note"),
        *(
            sa.Index(
                f"uq_evidence_{target}_span", *columns, "field", "layer", "start_char", "end_char", unique=True,
                sqlite_where=sa.text(where), postgresql_where=sa.text(where),
            )
            for target, columns, where in (
                ("claim", ("claim_id",), "claim_id IS NOT NULL"),
                ("statement", ("statement_id",), "statement_id IS NOT NULL"),
                # Several articles may prove the same tie or name, each with a span of its own text.
                ("affiliation", ("affiliation_id", "article_id"), "affiliation_id IS NOT NULL"),
                ("alias", ("alias_id", "article_id"), "alias_id IS NOT NULL"),
                (
                    "article", ("article_id",),
                    "claim_id IS NULL AND statement_id IS NULL AND affiliation_id IS NULL AND alias_id IS NULL",
                ),
            )
        ),
        STRICT,
    )


class ClaimActor(Base):
    """One row is one actor that takes part in what a claim says, beside supplier and recipient."""

    __tablename__ = "claim_actors"
    claim_id: Mapped[str] = refers("claims.id", "The claim.", primary=True, index=False)
    actor_id: Mapped[str] = refers("actors.id", "The actor.", primary=True)
    role: Mapped[str] = key("What the actor does in it.")
    described_as: Mapped[str | None] = optional("How the article names the actor; words in brackets are the coder's.")
    __table_args__ = (one_of("role", lists.CLAIM_ACTOR_ROLES), STRICT)


class ClaimSystem(Base):
    """One row is one system that a claim mentions, beside the one that is transferred."""

    __tablename__ = "claim_systems"
    claim_id: Mapped[str] = refers("claims.id", "The claim.", primary=True, index=False)
    system_id: Mapped[str] = refers("systems.id", "The system.", primary=True)
    role: Mapped[str] = key("What was done with the system.")
    __table_args__ = (one_of("role", lists.CLAIM_SYSTEM_ROLES), STRICT)


class ClaimTopic(Base):
    """One row files one claim under one topic."""

    __tablename__ = "claim_topics"
    claim_id: Mapped[str] = refers("claims.id", "The claim.", primary=True, index=False)
    topic_id: Mapped[str] = refers("topics.id", "The topic.", primary=True)
    __table_args__ = (STRICT,)


class StatementTopic(Base):
    """One row files one statement under one topic."""

    __tablename__ = "statement_topics"
    statement_id: Mapped[str] = refers("statements.id", "The statement.", primary=True, index=False)
    topic_id: Mapped[str] = refers("topics.id", "The topic.", primary=True)
    __table_args__ = (STRICT,)


class AffiliationDate(Base):
    """One row is one day on which one article proves a tie. The span of all of them stands in `v_roles`."""

    __tablename__ = "affiliation_dates"
    affiliation_id: Mapped[str] = refers("affiliations.id", "The tie.", primary=True, index=False)
    article_id: Mapped[str] = refers("articles.id", "The article that proves it.", primary=True)
    held_earliest: Mapped[str] = required("Earliest of the days it was held on (ISO).")
    held_latest: Mapped[str] = required("Latest of the days it was held on (ISO).")
    __table_args__ = (
        *is_day("held_earliest", "held_latest"),
        sa.CheckConstraint("held_latest >= held_earliest", name="held_in_order"), STRICT,
    )


class SearchRow(Base):
    """One row is one text to search, cut into words; the full-text index stands over it."""

    __tablename__ = "search_rows"
    id: Mapped[int] = mapped_column(
        BIG, primary_key=True, autoincrement=False, comment="Made of kind, owner and field; the order of results.",
    )
    kind: Mapped[str] = required("What the owner is: actor, system, meeting, claim, statement or article.")
    owner_id: Mapped[str] = required("Id of the actor, system, meeting, claim, statement or article.")
    article_id: Mapped[str | None] = refers_maybe("articles.id", "The article that the text is from; NULL = the registry.")
    field: Mapped[str] = required("Which text of the owner it is: name, alias, title, quote, summary, text.")
    words: Mapped[str] = required("The text in words: NFKC, case folded, cut at punctuation and between letters and digits.")
    __table_args__ = (one_of("kind", lists.SEARCH_KINDS), *not_empty("owner_id", "field"), STRICT)
