"""What claims speak of: transfers and meetings. Thin rows: everything that sources can disagree on is a column of claims."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from transfers.models.columns import (
    ID_MADE,
    STRICT,
    Base,
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


class Transfer(Base):
    """One row is one transfer that claims speak of. The row does not say that it happened; its standing does."""

    __tablename__ = "transfers"
    id: Mapped[str] = key("Made of the key: supplier-recipient-system-kind, then -episode unless it is all.")
    supplier_id: Mapped[str] = refers("actors.id", "Who supplied, or was said to supply.", index=False)
    recipient_id: Mapped[str] = refers("actors.id", "Who received, or was said to receive.", index=False)
    system_id: Mapped[str] = refers("systems.id", "What was transferred, as exactly as the sources name it.", index=False)
    kind: Mapped[str] = required("What kind of transfer.")
    episode: Mapped[str] = required("all, unless the sources themselves tell deals apart.")
    note: Mapped[str | None] = optional("The reviewer's remark on the transfer as such.")
    __table_args__ = (
        *slug(longest=ID_MADE), *slug("episode"), one_of("kind", lists.TRANSFER_KINDS),
        sa.UniqueConstraint("supplier_id", "recipient_id", "system_id", "kind", "episode", name="uq_transfers_key"),
        sa.CheckConstraint("supplier_id <> recipient_id", name="supplier_is_not_recipient"),
        # In the order of lists, so that the first page of a filter is read from the index and nothing is sorted.
        sa.Index("ix_transfers_recipient", "recipient_id", "supplier_id", "system_id", "kind", "episode"),
        sa.Index("ix_transfers_system", "system_id", "supplier_id", "recipient_id", "kind", "episode"),
        STRICT,
    )


class Meeting(Base):
    """One row is one meeting that claims speak of. It has no date: the dates are on the claims."""

    __tablename__ = "meetings"
    id: Mapped[str] = key("Slug of the meeting.")
    kind: Mapped[str] = required("What kind of meeting.")
    title: Mapped[str] = required("What to call it in a list.")
    place_id: Mapped[str | None] = refers_maybe("places.id", "Where it was.")
    note: Mapped[str | None] = optional("The reviewer's remark.")
    article_id: Mapped[str] = refers("articles.id", "The article whose record defines the meeting.")
    __table_args__ = (*slug(), *not_empty("title"), one_of("kind", lists.MEETING_KINDS), STRICT)
