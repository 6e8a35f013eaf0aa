"""Who and what: actors, systems, places, topics, and the names and numbers they go by. Decided by people in data/registry/."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from transfers.models.columns import (
    REAL,
    STRICT,
    Base,
    exactly_one,
    is_day,
    is_flag,
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


class Actor(Base):
    """One row is one actor: a state, a force, a company, a person, or an unnamed official of one described class."""

    __tablename__ = "actors"
    id: Mapped[str] = key("Slug of the actor, for example iran.")
    name: Mapped[str] = required("Usual name in English.")
    kind: Mapped[str] = required("What kind of actor it is.")
    country_code: Mapped[str | None] = optional("ISO 3166-1 alpha-2 code of the state it is or belongs to.")
    source: Mapped[str | None] = optional("Where the registry has this from: an address or a citation.")
    note: Mapped[str | None] = optional("Remark of the registry.")
    __table_args__ = (
        *slug(), *not_empty("name"), one_of("kind", lists.ACTOR_KINDS),
        sa.CheckConstraint(
            "length(country_code) = 2 AND trim(country_code, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') = ''", name="country_code_is_iso",
        ),
        STRICT,
    )


class System(Base):
    """One row is one weapons system, or a class or family of systems that stands for the unspecific word."""

    __tablename__ = "systems"
    id: Mapped[str] = key("Slug of the system, for example shahed-136.")
    name: Mapped[str] = required("Usual name.")
    level: Mapped[str] = required("class, family, model or variant.")
    category: Mapped[str] = required("What kind of weapon it is.")
    uav_class: Mapped[str | None] = optional("What kind of unmanned aircraft; NULL = not one, or not said.")
    sipri_category: Mapped[str | None] = optional("Category in the SIPRI arms transfers database.")
    unroca_category: Mapped[str | None] = optional("Category in the UN Register of Conventional Arms, I to VIII.")
    parent_id: Mapped[str | None] = refers_maybe("systems.id", "The family or class it belongs to.")
    designer_id: Mapped[str | None] = refers_maybe("actors.id", "Who designed it.")
    source: Mapped[str | None] = optional("Where the registry has parent and designer from.")
    note: Mapped[str | None] = optional("Remark of the registry.")
    __table_args__ = (
        *slug(), *not_empty("name"), one_of("level", lists.SYSTEM_LEVELS), one_of("category", lists.SYSTEM_CATEGORIES),
        one_of("uav_class", lists.UAV_CLASSES), sa.CheckConstraint("parent_id <> id", name="parent_is_another"), STRICT,
    )


class Place(Base):
    """One row is one place where somebody met or something was shown."""

    __tablename__ = "places"
    id: Mapped[str] = key("Slug of the place.")
    name: Mapped[str] = required("Usual name in English.")
    country_code: Mapped[str | None] = optional("ISO 3166-1 alpha-2 code.")
    precision: Mapped[str] = required("How exact the place is: site, city, region, country.")
    lat: Mapped[float | None] = mapped_column(REAL, comment="Latitude in degrees north (WGS 84).")
    lon: Mapped[float | None] = mapped_column(REAL, comment="Longitude in degrees east (WGS 84).")
    source: Mapped[str | None] = optional("Where the registry has the coordinates from.")
    note: Mapped[str | None] = optional("Remark of the registry.")
    __table_args__ = (
        *slug(), *not_empty("name"), one_of("precision", lists.PLACE_PRECISIONS),
        sa.CheckConstraint(
            "length(country_code) = 2 AND trim(country_code, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') = ''", name="country_code_is_iso",
        ),
        sa.CheckConstraint("lat BETWEEN -90 AND 90", name="lat_in_range"),
        sa.CheckConstraint("lon BETWEEN -180 AND 180", name="lon_in_range"),
        sa.CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="lat_and_lon_together"),
        STRICT,
    )


class Topic(Base):
    """One row is one subject that statements and claims can be filed under."""

    __tablename__ = "topics"
    id: Mapped[str] = key("Slug of the topic.")
    name: Mapped[str] = required("Name of the topic.")
    note: Mapped[str | None] = optional("What belongs under it.")
    __table_args__ = (*slug(), *not_empty("name"), STRICT)


class Alias(Base):
    """One row is one name that one actor or system goes by."""

    __tablename__ = "aliases"
    id: Mapped[str] = key("actor: or system:, the owner's id, a colon and the name.")
    actor_id: Mapped[str | None] = refers_maybe("actors.id", "The actor that goes by the name.")
    system_id: Mapped[str | None] = refers_maybe("systems.id", "The system that goes by the name.")
    name: Mapped[str] = required("The name as it is written.")
    name_norm: Mapped[str] = required("Key to find it by: NFKC, case folded, letters, marks and digits only. Never shown.")
    lang: Mapped[str | None] = optional("Language and script of the name (BCP 47).")
    kind: Mapped[str] = required("What kind of name it is.")
    used_by_id: Mapped[str | None] = refers_maybe("actors.id", "Who uses the name.")
    valid_from: Mapped[str | None] = optional("First day the name was in use (ISO); NULL = not known.")
    valid_to: Mapped[str | None] = optional("Last day the name was in use (ISO); NULL = not known, or still used.")
    in_registry: Mapped[int] = mapped_column(sa.Integer, comment="1 = the registry gives it, 0 = articles alone give it.")
    source: Mapped[str | None] = optional("Where the registry has the name from.")
    __table_args__ = (
        exactly_one(["actor_id", "system_id"], "one_owner"), *not_empty("name", "name_norm"),
        one_of("kind", lists.ALIAS_KINDS), *is_flag("in_registry"), *is_day("valid_from", "valid_to"),
        sa.CheckConstraint("valid_to >= valid_from", name="valid_in_order"),
        sa.CheckConstraint(
            "id = COALESCE('actor:' || actor_id, 'system:' || system_id) || ':' || name", name="id_is_owner_and_name",
        ),
        sa.Index("ix_aliases_name", "name"), sa.Index("ix_aliases_name_norm", "name_norm"), STRICT,
    )


class Identifier(Base):
    """One row is the number or code of one actor, system or place in somebody else's list."""

    __tablename__ = "identifiers"
    scheme: Mapped[str] = key("Whose list it is.")
    value: Mapped[str] = key("The code in that list.")
    actor_id: Mapped[str | None] = refers_maybe("actors.id", "The actor that has the code.")
    system_id: Mapped[str | None] = refers_maybe("systems.id", "The system that has the code.")
    place_id: Mapped[str | None] = refers_maybe("places.id", "The place that has the code.")
    source: Mapped[str] = required("Where the registry has the code from.")
    __table_args__ = (
        exactly_one(["actor_id", "system_id", "place_id"], "one_owner"), *not_empty("value", "source"),
        one_of("scheme", lists.IDENTIFIER_SCHEMES), STRICT,
    )


class Affiliation(Base):
    """One row is one tie between two actors: a post somebody held, or a body that is part of another."""

    __tablename__ = "affiliations"
    id: Mapped[str] = key("Slug of the tie.")
    actor_id: Mapped[str] = refers("actors.id", "The person or body that is tied.")
    kind: Mapped[str] = required("What ties it.")
    target_id: Mapped[str] = refers("actors.id", "What it is tied to.")
    title: Mapped[str | None] = optional("Title of the post.")
    term: Mapped[str | None] = optional("Which term of the post, when there were several.")
    start_earliest: Mapped[str | None] = optional("Earliest day it can have begun (ISO); NULL = open.")
    start_latest: Mapped[str | None] = optional("Latest day it can have begun, by the registry.")
    end_earliest: Mapped[str | None] = optional("Earliest day it can have ended, by the registry.")
    end_latest: Mapped[str | None] = optional("Latest day it can have ended; NULL = open.")
    in_registry: Mapped[int] = mapped_column(sa.Integer, comment="1 = the registry gives it, 0 = articles alone give it.")
    source: Mapped[str | None] = optional("Where the registry has it from.")
    __table_args__ = (
        *slug(), one_of("kind", lists.AFFILIATION_KINDS), *is_flag("in_registry"),
        *is_day("start_earliest", "start_latest", "end_earliest", "end_latest"),
        sa.CheckConstraint("target_id <> actor_id", name="target_is_another"),
        sa.CheckConstraint("kind <> 'post' OR title IS NOT NULL", name="post_needs_title"),
        sa.CheckConstraint("start_latest >= start_earliest", name="start_in_order"),
        sa.CheckConstraint("end_latest >= end_earliest", name="end_in_order"),
        sa.CheckConstraint("end_latest >= start_earliest", name="end_after_start"),
        STRICT,
    )


class FormerId(Base):
    """One row is an id that was merged into another. Records may go on using it, `show` follows it."""

    __tablename__ = "former_ids"
    id: Mapped[str] = key("The id that was given up; it is never used for anything else.")
    actor_id: Mapped[str | None] = refers_maybe("actors.id", "The actor that it now is.")
    system_id: Mapped[str | None] = refers_maybe("systems.id", "The system that it now is.")
    place_id: Mapped[str | None] = refers_maybe("places.id", "The place that it now is.")
    topic_id: Mapped[str | None] = refers_maybe("topics.id", "The topic that it now is.")
    __table_args__ = (
        *slug(), exactly_one(["actor_id", "system_id", "place_id", "topic_id"], "one_owner"), STRICT,
    )
