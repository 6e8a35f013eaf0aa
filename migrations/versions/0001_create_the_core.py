"""Create the core: who and what, the events, and why we believe them.

The first schema. Everything that sources can disagree on is a column of `claims`; a quote is bound to the words of its
article by `evidence`. Every constraint is named and stands in the table, never in a column: SQLite keeps nothing else
when a table is rebuilt.
"""

import re

from alembic import op

revision = "0001"
down_revision = None

LOSES = ("*: every row; the files of the collection bring them back (transfers load)",)

TABLES = (
    """
    CREATE TABLE actors (
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        country_code TEXT,
        source TEXT,
        note TEXT,
        CONSTRAINT pk_actors PRIMARY KEY (id),
        CONSTRAINT ck_actors_id_length CHECK (length(id) BETWEEN 2 AND 60),
        CONSTRAINT ck_actors_id_is_slug CHECK (IS_SLUG(id)),
        CONSTRAINT ck_actors_name_not_empty CHECK (length(name) > 0),
        CONSTRAINT ck_actors_kind_in_list CHECK (ONE_OF(kind, 'state', 'former_state', 'government', 'military', 'armed_group',
            'company', 'media', 'organisation', 'person', 'unnamed', 'group', 'unknown')),
        CONSTRAINT ck_actors_country_code_is_iso CHECK (length(country_code) = 2 AND trim(country_code,
            'ABCDEFGHIJKLMNOPQRSTUVWXYZ') = '')
    )
    """,
    """
    CREATE TABLE loaded_files (
        path TEXT NOT NULL,
        kind TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        loader_version INTEGER NOT NULL,
        CONSTRAINT pk_loaded_files PRIMARY KEY (path),
        CONSTRAINT ck_loaded_files_kind_in_list CHECK (ONE_OF(kind, 'record', 'article', 'registry', 'review')),
        CONSTRAINT ck_loaded_files_sha256_length CHECK (length(sha256) = 64)
    )
    """,
    """
    CREATE TABLE loads (
        id SERIAL NOT NULL,
        loaded_at TEXT NOT NULL,
        record_path TEXT NOT NULL,
        record_sha256 TEXT NOT NULL,
        schema_revision TEXT NOT NULL,
        tool_version TEXT NOT NULL,
        outcome TEXT NOT NULL,
        message TEXT,
        CONSTRAINT pk_loads PRIMARY KEY (id),
        CONSTRAINT ck_loads_outcome_in_list CHECK (ONE_OF(outcome, 'new', 'changed', 'removed'))
    )
    """,
    """
    CREATE TABLE places (
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        country_code TEXT,
        precision TEXT NOT NULL,
        lat DOUBLE PRECISION,
        lon DOUBLE PRECISION,
        source TEXT,
        note TEXT,
        CONSTRAINT pk_places PRIMARY KEY (id),
        CONSTRAINT ck_places_id_length CHECK (length(id) BETWEEN 2 AND 60),
        CONSTRAINT ck_places_id_is_slug CHECK (IS_SLUG(id)),
        CONSTRAINT ck_places_name_not_empty CHECK (length(name) > 0),
        CONSTRAINT ck_places_precision_in_list CHECK (ONE_OF(precision, 'site', 'city', 'region', 'country')),
        CONSTRAINT ck_places_country_code_is_iso CHECK (length(country_code) = 2 AND trim(country_code,
            'ABCDEFGHIJKLMNOPQRSTUVWXYZ') = ''),
        CONSTRAINT ck_places_lat_in_range CHECK (lat BETWEEN -90 AND 90),
        CONSTRAINT ck_places_lon_in_range CHECK (lon BETWEEN -180 AND 180),
        CONSTRAINT ck_places_lat_and_lon_together CHECK ((lat IS NULL) = (lon IS NULL))
    )
    """,
    """
    CREATE TABLE affiliations (
        id TEXT NOT NULL,
        actor_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        target_id TEXT NOT NULL,
        title TEXT,
        term TEXT,
        start_earliest TEXT,
        start_latest TEXT,
        end_earliest TEXT,
        end_latest TEXT,
        in_registry INTEGER NOT NULL,
        source TEXT,
        CONSTRAINT pk_affiliations PRIMARY KEY (id),
        CONSTRAINT ck_affiliations_id_length CHECK (length(id) BETWEEN 2 AND 60),
        CONSTRAINT ck_affiliations_id_is_slug CHECK (IS_SLUG(id)),
        CONSTRAINT ck_affiliations_kind_in_list CHECK (ONE_OF(kind, 'post', 'member_of', 'part_of', 'owned_by', 'backed_by',
            'successor_of')),
        CONSTRAINT ck_affiliations_in_registry_is_flag CHECK (in_registry IN (0, 1)),
        CONSTRAINT ck_affiliations_start_earliest_is_day CHECK (IS_DAY(start_earliest)),
        CONSTRAINT ck_affiliations_start_latest_is_day CHECK (IS_DAY(start_latest)),
        CONSTRAINT ck_affiliations_end_earliest_is_day CHECK (IS_DAY(end_earliest)),
        CONSTRAINT ck_affiliations_end_latest_is_day CHECK (IS_DAY(end_latest)),
        CONSTRAINT ck_affiliations_target_is_another CHECK (target_id <> actor_id),
        CONSTRAINT ck_affiliations_post_needs_title CHECK (kind <> 'post' OR title IS NOT NULL),
        CONSTRAINT ck_affiliations_start_in_order CHECK (start_latest >= start_earliest),
        CONSTRAINT ck_affiliations_end_in_order CHECK (end_latest >= end_earliest),
        CONSTRAINT ck_affiliations_end_after_start CHECK (end_latest >= start_earliest),
        CONSTRAINT fk_affiliations_actor_id FOREIGN KEY(actor_id) REFERENCES actors (id) ON DELETE RESTRICT,
        CONSTRAINT fk_affiliations_target_id FOREIGN KEY(target_id) REFERENCES actors (id) ON DELETE RESTRICT
    );
    CREATE INDEX ix_affiliations_actor_id ON affiliations (actor_id);
    CREATE INDEX ix_affiliations_target_id ON affiliations (target_id)
    """,
    """
    CREATE TABLE articles (
        id TEXT NOT NULL,
        outlet_id TEXT NOT NULL,
        agency_id TEXT,
        title TEXT,
        url TEXT,
        archive_url TEXT,
        lang TEXT NOT NULL,
        byline TEXT,
        published_edtf TEXT,
        published_earliest TEXT,
        published_latest TEXT,
        published_basis TEXT,
        retrieved_on TEXT,
        text_sha256 TEXT NOT NULL,
        text_norm TEXT NOT NULL,
        raw_sha256 TEXT NOT NULL,
        source_path TEXT NOT NULL,
        copy_of_id TEXT,
        status TEXT NOT NULL,
        status_note TEXT,
        reliability TEXT NOT NULL,
        coder TEXT NOT NULL,
        record_path TEXT NOT NULL,
        record_sha256 TEXT NOT NULL,
        text TEXT NOT NULL,
        CONSTRAINT pk_articles PRIMARY KEY (id),
        CONSTRAINT ck_articles_id_length CHECK (length(id) BETWEEN 2 AND 60),
        CONSTRAINT ck_articles_id_is_slug CHECK (IS_SLUG(id)),
        CONSTRAINT ck_articles_text_not_empty CHECK (length(text) > 0),
        CONSTRAINT ck_articles_coder_not_empty CHECK (length(coder) > 0),
        CONSTRAINT ck_articles_lang_not_empty CHECK (length(lang) > 0),
        CONSTRAINT ck_articles_published_earliest_is_day CHECK (IS_DAY(published_earliest)),
        CONSTRAINT ck_articles_published_latest_is_day CHECK (IS_DAY(published_latest)),
        CONSTRAINT ck_articles_published_basis_in_list CHECK (ONE_OF(published_basis, 'stated', 'inferred', 'external')),
        CONSTRAINT ck_articles_published_in_order CHECK (published_latest >= published_earliest),
        CONSTRAINT ck_articles_published_bounds_need_edtf CHECK (published_edtf IS NOT NULL OR (published_earliest IS NULL
            AND published_latest IS NULL)),
        CONSTRAINT ck_articles_published_edtf_and_basis_together CHECK ((published_edtf IS NULL) =
            (published_basis IS NULL)),
        CONSTRAINT ck_articles_retrieved_on_is_day CHECK (IS_DAY(retrieved_on)),
        CONSTRAINT ck_articles_status_in_list CHECK (ONE_OF(status, 'live', 'corrected', 'retracted', 'removed')),
        CONSTRAINT ck_articles_reliability_in_list CHECK (ONE_OF(reliability, 'A', 'B', 'C', 'D', 'E', 'F')),
        CONSTRAINT uq_articles_outlet_id_text_sha256 UNIQUE (outlet_id, text_sha256),
        CONSTRAINT uq_articles_record_path UNIQUE (record_path),
        CONSTRAINT ck_articles_text_sha256_length CHECK (length(text_sha256) = 64),
        CONSTRAINT ck_articles_raw_sha256_length CHECK (length(raw_sha256) = 64),
        CONSTRAINT ck_articles_record_sha256_length CHECK (length(record_sha256) = 64),
        CONSTRAINT ck_articles_copy_of_another CHECK (copy_of_id <> id),
        CONSTRAINT ck_articles_retracted_needs_reason CHECK (status <> 'retracted' OR status_note IS NOT NULL),
        CONSTRAINT ck_articles_url_is_http CHECK (url LIKE 'http://%' OR url LIKE 'https://%'),
        CONSTRAINT ck_articles_archive_url_is_http CHECK (archive_url LIKE 'http://%' OR archive_url LIKE 'https://%'),
        CONSTRAINT fk_articles_outlet_id FOREIGN KEY(outlet_id) REFERENCES actors (id) ON DELETE RESTRICT,
        CONSTRAINT fk_articles_agency_id FOREIGN KEY(agency_id) REFERENCES actors (id) ON DELETE RESTRICT,
        CONSTRAINT fk_articles_copy_of_id FOREIGN KEY(copy_of_id) REFERENCES articles (id) ON DELETE RESTRICT
    );
    CREATE INDEX ix_articles_agency_id ON articles (agency_id);
    CREATE INDEX ix_articles_copy_of_id ON articles (copy_of_id);
    CREATE INDEX ix_articles_facts ON articles (id, outlet_id, agency_id, published_earliest, published_latest, status, coder,
        record_sha256);
    CREATE INDEX ix_articles_published ON articles (published_earliest, published_latest, id);
    CREATE INDEX ix_articles_retracted ON articles (id) WHERE status = 'retracted'
    """,
    """
    CREATE TABLE systems (
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        level TEXT NOT NULL,
        category TEXT NOT NULL,
        uav_class TEXT,
        sipri_category TEXT,
        unroca_category TEXT,
        parent_id TEXT,
        designer_id TEXT,
        source TEXT,
        note TEXT,
        CONSTRAINT pk_systems PRIMARY KEY (id),
        CONSTRAINT ck_systems_id_length CHECK (length(id) BETWEEN 2 AND 60),
        CONSTRAINT ck_systems_id_is_slug CHECK (IS_SLUG(id)),
        CONSTRAINT ck_systems_name_not_empty CHECK (length(name) > 0),
        CONSTRAINT ck_systems_level_in_list CHECK (ONE_OF(level, 'class', 'family', 'model', 'variant')),
        CONSTRAINT ck_systems_category_in_list CHECK (ONE_OF(category, 'uav', 'missile', 'rocket', 'air_defence', 'aircraft',
            'armour', 'artillery', 'small_arms', 'ammunition', 'naval', 'sensor', 'component', 'other')),
        CONSTRAINT ck_systems_uav_class_in_list CHECK (ONE_OF(uav_class, 'recon', 'armed', 'dual', 'loitering_munition',
            'one_way_attack', 'fpv', 'decoy', 'target', 'cargo', 'other')),
        CONSTRAINT ck_systems_parent_is_another CHECK (parent_id <> id),
        CONSTRAINT fk_systems_parent_id FOREIGN KEY(parent_id) REFERENCES systems (id) ON DELETE RESTRICT,
        CONSTRAINT fk_systems_designer_id FOREIGN KEY(designer_id) REFERENCES actors (id) ON DELETE RESTRICT
    );
    CREATE INDEX ix_systems_designer_id ON systems (designer_id);
    CREATE INDEX ix_systems_parent_id ON systems (parent_id)
    """,
    """
    CREATE TABLE affiliation_dates (
        affiliation_id TEXT NOT NULL,
        article_id TEXT NOT NULL,
        held_earliest TEXT NOT NULL,
        held_latest TEXT NOT NULL,
        CONSTRAINT pk_affiliation_dates PRIMARY KEY (affiliation_id, article_id),
        CONSTRAINT ck_affiliation_dates_held_earliest_is_day CHECK (IS_DAY(held_earliest)),
        CONSTRAINT ck_affiliation_dates_held_latest_is_day CHECK (IS_DAY(held_latest)),
        CONSTRAINT ck_affiliation_dates_held_in_order CHECK (held_latest >= held_earliest),
        CONSTRAINT fk_affiliation_dates_affiliation_id FOREIGN KEY(affiliation_id) REFERENCES affiliations
            (id) ON DELETE RESTRICT,
        CONSTRAINT fk_affiliation_dates_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE RESTRICT
    );
    CREATE INDEX ix_affiliation_dates_article_id ON affiliation_dates (article_id)
    """,
    """
    CREATE TABLE aliases (
        id TEXT NOT NULL,
        actor_id TEXT,
        system_id TEXT,
        name TEXT NOT NULL,
        name_norm TEXT NOT NULL,
        lang TEXT,
        kind TEXT NOT NULL,
        used_by_id TEXT,
        valid_from TEXT,
        valid_to TEXT,
        in_registry INTEGER NOT NULL,
        source TEXT,
        CONSTRAINT pk_aliases PRIMARY KEY (id),
        CONSTRAINT ck_aliases_one_owner CHECK ((CASE WHEN actor_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN
            system_id IS NULL THEN 0 ELSE 1 END) = 1),
        CONSTRAINT ck_aliases_name_not_empty CHECK (length(name) > 0),
        CONSTRAINT ck_aliases_name_norm_not_empty CHECK (length(name_norm) > 0),
        CONSTRAINT ck_aliases_kind_in_list CHECK (ONE_OF(kind, 'spelling', 'transliteration', 'designation', 'export_name',
            'reporting_name', 'local_version', 'metonym')),
        CONSTRAINT ck_aliases_in_registry_is_flag CHECK (in_registry IN (0, 1)),
        CONSTRAINT ck_aliases_valid_from_is_day CHECK (IS_DAY(valid_from)),
        CONSTRAINT ck_aliases_valid_to_is_day CHECK (IS_DAY(valid_to)),
        CONSTRAINT ck_aliases_valid_in_order CHECK (valid_to >= valid_from),
        CONSTRAINT ck_aliases_id_is_owner_and_name CHECK (id = COALESCE('actor:' || actor_id, 'system:' || system_id) ||
            ':' || name),
        CONSTRAINT fk_aliases_actor_id FOREIGN KEY(actor_id) REFERENCES actors (id) ON DELETE RESTRICT,
        CONSTRAINT fk_aliases_system_id FOREIGN KEY(system_id) REFERENCES systems (id) ON DELETE RESTRICT,
        CONSTRAINT fk_aliases_used_by_id FOREIGN KEY(used_by_id) REFERENCES actors (id) ON DELETE RESTRICT
    );
    CREATE INDEX ix_aliases_actor_id ON aliases (actor_id);
    CREATE INDEX ix_aliases_name ON aliases (name);
    CREATE INDEX ix_aliases_name_norm ON aliases (name_norm);
    CREATE INDEX ix_aliases_system_id ON aliases (system_id);
    CREATE INDEX ix_aliases_used_by_id ON aliases (used_by_id)
    """,
    """
    CREATE TABLE meetings (
        id TEXT NOT NULL,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        place_id TEXT,
        note TEXT,
        article_id TEXT NOT NULL,
        CONSTRAINT pk_meetings PRIMARY KEY (id),
        CONSTRAINT ck_meetings_id_length CHECK (length(id) BETWEEN 2 AND 60),
        CONSTRAINT ck_meetings_id_is_slug CHECK (IS_SLUG(id)),
        CONSTRAINT ck_meetings_title_not_empty CHECK (length(title) > 0),
        CONSTRAINT ck_meetings_kind_in_list CHECK (ONE_OF(kind, 'visit', 'talks', 'inspection', 'exhibition', 'call', 'summit',
            'signing', 'press_conference', 'other')),
        CONSTRAINT fk_meetings_place_id FOREIGN KEY(place_id) REFERENCES places (id) ON DELETE RESTRICT,
        CONSTRAINT fk_meetings_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE RESTRICT
    );
    CREATE INDEX ix_meetings_article_id ON meetings (article_id);
    CREATE INDEX ix_meetings_place_id ON meetings (place_id)
    """,
    """
    CREATE TABLE removals (
        id TEXT NOT NULL,
        article_id TEXT NOT NULL,
        removed_on TEXT,
        why TEXT NOT NULL,
        CONSTRAINT pk_removals PRIMARY KEY (id),
        CONSTRAINT ck_removals_id_length CHECK (length(id) BETWEEN 2 AND 240),
        CONSTRAINT ck_removals_id_is_slug CHECK (IS_SLUG(id)),
        CONSTRAINT ck_removals_id_starts_with_article CHECK (substr(id, 1, length(article_id) + 1) = article_id || '-'),
        CONSTRAINT ck_removals_why_not_empty CHECK (length(why) > 0),
        CONSTRAINT ck_removals_removed_on_is_day CHECK (IS_DAY(removed_on)),
        CONSTRAINT fk_removals_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE RESTRICT
    );
    CREATE INDEX ix_removals_article_id ON removals (article_id)
    """,
    """
    CREATE TABLE reviews (
        article_id TEXT NOT NULL,
        position INTEGER NOT NULL,
        record_sha256 TEXT NOT NULL,
        reviewer TEXT NOT NULL,
        reviewed_on TEXT NOT NULL,
        decision TEXT NOT NULL,
        note TEXT,
        CONSTRAINT pk_reviews PRIMARY KEY (article_id, position),
        CONSTRAINT ck_reviews_position_from_one CHECK (position > 0),
        CONSTRAINT ck_reviews_reviewer_not_empty CHECK (length(reviewer) > 0),
        CONSTRAINT ck_reviews_record_sha256_length CHECK (length(record_sha256) = 64),
        CONSTRAINT ck_reviews_reviewed_on_is_day CHECK (IS_DAY(reviewed_on)),
        CONSTRAINT ck_reviews_decision_in_list CHECK (ONE_OF(decision, 'accepted', 'changes_needed', 'rejected', 'withdrawn')),
        CONSTRAINT fk_reviews_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE RESTRICT
    )
    """,
    """
    CREATE TABLE search_rows (
        id BIGINT NOT NULL,
        kind TEXT NOT NULL,
        owner_id TEXT NOT NULL,
        article_id TEXT,
        field TEXT NOT NULL,
        words TEXT NOT NULL,
        CONSTRAINT pk_search_rows PRIMARY KEY (id),
        CONSTRAINT ck_search_rows_kind_in_list CHECK (ONE_OF(kind, 'actor', 'system', 'meeting', 'claim', 'statement',
            'article')),
        CONSTRAINT ck_search_rows_owner_id_not_empty CHECK (length(owner_id) > 0),
        CONSTRAINT ck_search_rows_field_not_empty CHECK (length(field) > 0),
        CONSTRAINT fk_search_rows_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE RESTRICT
    );
    CREATE INDEX ix_search_rows_article_id ON search_rows (article_id)
    """,
    """
    CREATE TABLE transfers (
        id TEXT NOT NULL,
        supplier_id TEXT NOT NULL,
        recipient_id TEXT NOT NULL,
        system_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        episode TEXT NOT NULL,
        note TEXT,
        CONSTRAINT pk_transfers PRIMARY KEY (id),
        CONSTRAINT ck_transfers_id_length CHECK (length(id) BETWEEN 2 AND 240),
        CONSTRAINT ck_transfers_id_is_slug CHECK (IS_SLUG(id)),
        CONSTRAINT ck_transfers_episode_length CHECK (length(episode) BETWEEN 2 AND 60),
        CONSTRAINT ck_transfers_episode_is_slug CHECK (IS_SLUG(episode)),
        CONSTRAINT ck_transfers_kind_in_list CHECK (ONE_OF(kind, 'supply', 'licensed_production', 'components', 'technology',
            'training', 'loan', 'return', 'diversion', 'capture')),
        CONSTRAINT uq_transfers_key UNIQUE (supplier_id, recipient_id, system_id, kind, episode),
        CONSTRAINT ck_transfers_supplier_is_not_recipient CHECK (supplier_id <> recipient_id),
        CONSTRAINT fk_transfers_supplier_id FOREIGN KEY(supplier_id) REFERENCES actors (id) ON DELETE RESTRICT,
        CONSTRAINT fk_transfers_recipient_id FOREIGN KEY(recipient_id) REFERENCES actors (id) ON DELETE RESTRICT,
        CONSTRAINT fk_transfers_system_id FOREIGN KEY(system_id) REFERENCES systems (id) ON DELETE RESTRICT
    );
    CREATE INDEX ix_transfers_recipient ON transfers (recipient_id, supplier_id, system_id, kind, episode);
    CREATE INDEX ix_transfers_system ON transfers (system_id, supplier_id, recipient_id, kind, episode)
    """,
    """
    CREATE TABLE statements (
        id TEXT NOT NULL,
        article_id TEXT NOT NULL,
        speaker_id TEXT NOT NULL,
        speaker_as_described TEXT NOT NULL,
        affiliation_id TEXT,
        form TEXT NOT NULL,
        quote TEXT,
        summary TEXT NOT NULL,
        lang TEXT NOT NULL,
        original_lang TEXT,
        via_id TEXT,
        meeting_id TEXT,
        audience_text TEXT,
        same_as_id TEXT,
        date_text TEXT,
        date_edtf TEXT,
        date_earliest TEXT,
        date_latest TEXT,
        date_basis TEXT,
        quantity_text TEXT,
        quantity_low BIGINT,
        quantity_high BIGINT,
        quantity_qualifier TEXT,
        quantity_unit TEXT,
        quantity_scope TEXT,
        quantity_per TEXT,
        rank TEXT NOT NULL,
        rank_reason TEXT,
        CONSTRAINT pk_statements PRIMARY KEY (id),
        CONSTRAINT ck_statements_id_length CHECK (length(id) BETWEEN 2 AND 240),
        CONSTRAINT ck_statements_id_is_slug CHECK (IS_SLUG(id)),
        CONSTRAINT ck_statements_id_starts_with_article CHECK (substr(id, 1, length(article_id) + 1) = article_id || '-'),
        CONSTRAINT uq_statements_id_article_id UNIQUE (id, article_id),
        CONSTRAINT ck_statements_form_in_list CHECK (ONE_OF(form, 'direct', 'mixed', 'indirect')),
        CONSTRAINT ck_statements_speaker_as_described_not_empty CHECK (length(speaker_as_described) > 0),
        CONSTRAINT ck_statements_summary_not_empty CHECK (length(summary) > 0),
        CONSTRAINT ck_statements_lang_not_empty CHECK (length(lang) > 0),
        CONSTRAINT ck_statements_quote_not_empty CHECK (length(quote) > 0),
        CONSTRAINT ck_statements_quoted_form_needs_quote CHECK (form = 'indirect' OR quote IS NOT NULL),
        CONSTRAINT ck_statements_same_as_another CHECK (same_as_id <> id),
        CONSTRAINT ck_statements_date_earliest_is_day CHECK (IS_DAY(date_earliest)),
        CONSTRAINT ck_statements_date_latest_is_day CHECK (IS_DAY(date_latest)),
        CONSTRAINT ck_statements_date_basis_in_list CHECK (ONE_OF(date_basis, 'stated', 'inferred', 'external')),
        CONSTRAINT ck_statements_date_in_order CHECK (date_latest >= date_earliest),
        CONSTRAINT ck_statements_date_bounds_need_edtf CHECK (date_edtf IS NOT NULL OR (date_earliest IS NULL AND
            date_latest IS NULL)),
        CONSTRAINT ck_statements_date_edtf_and_basis_together CHECK ((date_edtf IS NULL) = (date_basis IS NULL)),
        CONSTRAINT ck_statements_quantity_qualifier_in_list CHECK (ONE_OF(quantity_qualifier, 'exact', 'about', 'at_least',
            'at_most', 'range', 'worded', 'none')),
        CONSTRAINT ck_statements_quantity_unit_in_list CHECK (ONE_OF(quantity_unit, 'item', 'set', 'battery', 'unit', 'batch',
            'shipment', 'round', 'kilogram', 'tonne', 'person', 'other')),
        CONSTRAINT ck_statements_quantity_scope_in_list CHECK (ONE_OF(quantity_scope, 'total', 'event', 'order', 'per_period',
            'remaining', 'unclear')),
        CONSTRAINT ck_statements_quantity_per_in_list CHECK (ONE_OF(quantity_per, 'day', 'month', 'year')),
        CONSTRAINT ck_statements_quantity_low_not_negative CHECK (quantity_low >= 0),
        CONSTRAINT ck_statements_quantity_high_not_negative CHECK (quantity_high >= 0),
        CONSTRAINT ck_statements_quantity_in_order CHECK (quantity_low <= quantity_high),
        CONSTRAINT ck_statements_quantity_needs_words CHECK (quantity_text IS NOT NULL OR (quantity_low IS NULL AND
            quantity_high IS NULL AND quantity_qualifier IS NULL AND quantity_unit IS NULL AND quantity_scope IS NULL)),
        CONSTRAINT ck_statements_quantity_words_need_unit_scope_qualifier CHECK (quantity_text IS NULL OR
            (quantity_unit IS NOT NULL AND quantity_scope IS NOT NULL AND quantity_qualifier IS NOT NULL)),
        CONSTRAINT ck_statements_quantity_per_exactly_for_rates CHECK ((quantity_per IS NOT NULL) =
            (quantity_scope IS NOT NULL AND quantity_scope = 'per_period')),
        CONSTRAINT ck_statements_rank_in_list CHECK (ONE_OF(rank, 'preferred', 'normal', 'deprecated')),
        CONSTRAINT ck_statements_deprecated_needs_reason CHECK (rank <> 'deprecated' OR rank_reason IS NOT NULL),
        CONSTRAINT fk_statements_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE RESTRICT,
        CONSTRAINT fk_statements_speaker_id FOREIGN KEY(speaker_id) REFERENCES actors (id) ON DELETE RESTRICT,
        CONSTRAINT fk_statements_affiliation_id FOREIGN KEY(affiliation_id) REFERENCES affiliations (id) ON DELETE RESTRICT,
        CONSTRAINT fk_statements_via_id FOREIGN KEY(via_id) REFERENCES actors (id) ON DELETE RESTRICT,
        CONSTRAINT fk_statements_meeting_id FOREIGN KEY(meeting_id) REFERENCES meetings (id) ON DELETE RESTRICT,
        CONSTRAINT fk_statements_same_as_id FOREIGN KEY(same_as_id) REFERENCES statements (id) ON DELETE RESTRICT
    );
    CREATE INDEX ix_statements_affiliation_id ON statements (affiliation_id);
    CREATE INDEX ix_statements_article_id ON statements (article_id);
    CREATE INDEX ix_statements_meeting_id ON statements (meeting_id);
    CREATE INDEX ix_statements_same_as_id ON statements (same_as_id);
    CREATE INDEX ix_statements_speaker_id ON statements (speaker_id);
    CREATE INDEX ix_statements_via_id ON statements (via_id)
    """,
    """
    CREATE TABLE claims (
        id TEXT NOT NULL,
        article_id TEXT NOT NULL,
        transfer_id TEXT,
        meeting_id TEXT,
        stance TEXT NOT NULL,
        denies TEXT,
        hedge_text TEXT,
        phase TEXT,
        attributed_to_id TEXT,
        attribution_text TEXT,
        via_id TEXT,
        statement_id TEXT,
        end_use_text TEXT,
        condition TEXT,
        deal TEXT,
        value_low BIGINT,
        value_high BIGINT,
        value_currency TEXT,
        value_text TEXT,
        summary TEXT NOT NULL,
        credibility TEXT NOT NULL,
        supersedes_id TEXT,
        date_text TEXT,
        date_edtf TEXT,
        date_earliest TEXT,
        date_latest TEXT,
        date_basis TEXT,
        quantity_text TEXT,
        quantity_low BIGINT,
        quantity_high BIGINT,
        quantity_qualifier TEXT,
        quantity_unit TEXT,
        quantity_scope TEXT,
        quantity_per TEXT,
        rank TEXT NOT NULL,
        rank_reason TEXT,
        CONSTRAINT pk_claims PRIMARY KEY (id),
        CONSTRAINT ck_claims_id_length CHECK (length(id) BETWEEN 2 AND 240),
        CONSTRAINT ck_claims_id_is_slug CHECK (IS_SLUG(id)),
        CONSTRAINT ck_claims_id_starts_with_article CHECK (substr(id, 1, length(article_id) + 1) = article_id || '-'),
        CONSTRAINT uq_claims_id_article_id UNIQUE (id, article_id),
        CONSTRAINT fk_claims_statement_id FOREIGN KEY(statement_id) REFERENCES statements (id) ON DELETE RESTRICT,
        CONSTRAINT ck_claims_one_event CHECK ((CASE WHEN transfer_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN
            meeting_id IS NULL THEN 0 ELSE 1 END) = 1),
        CONSTRAINT ck_claims_stance_in_list CHECK (ONE_OF(stance, 'asserted', 'alleged', 'denied')),
        CONSTRAINT ck_claims_denies_in_list CHECK (ONE_OF(denies, 'event', 'quantity', 'date', 'end_use')),
        CONSTRAINT ck_claims_phase_in_list CHECK (ONE_OF(phase, 'requested', 'offered', 'planned', 'notified', 'authorised',
            'ordered', 'agreed', 'in_production', 'in_transit', 'delivered', 'in_use', 'intercepted', 'suspended',
            'refused', 'cancelled', 'ceased', 'unclear')),
        CONSTRAINT ck_claims_condition_in_list CHECK (ONE_OF(condition, 'new', 'second_hand', 'modernised')),
        CONSTRAINT ck_claims_deal_in_list CHECK (ONE_OF(deal, 'sale', 'grant', 'credit', 'barter', 'lease', 'other')),
        CONSTRAINT ck_claims_credibility_in_list CHECK (ONE_OF(credibility, '1', '2', '3', '4', '5', '6')),
        CONSTRAINT ck_claims_summary_not_empty CHECK (length(summary) > 0),
        CONSTRAINT ck_claims_hedge_text_not_empty CHECK (length(hedge_text) > 0),
        CONSTRAINT ck_claims_attribution_text_not_empty CHECK (length(attribution_text) > 0),
        CONSTRAINT ck_claims_end_use_text_not_empty CHECK (length(end_use_text) > 0),
        CONSTRAINT ck_claims_value_text_not_empty CHECK (length(value_text) > 0),
        CONSTRAINT ck_claims_phase_exactly_on_transfers CHECK ((phase IS NOT NULL) = (transfer_id IS NOT NULL)),
        CONSTRAINT ck_claims_quantity_only_on_transfers CHECK (quantity_text IS NULL OR transfer_id IS NOT NULL),
        CONSTRAINT ck_claims_denies_exactly_when_denied CHECK ((denies IS NOT NULL) = (stance = 'denied')),
        CONSTRAINT ck_claims_hedge_exactly_when_alleged CHECK (stance = 'denied' OR (stance = 'alleged') =
            (hedge_text IS NOT NULL)),
        CONSTRAINT ck_claims_supersedes_another CHECK (supersedes_id <> id),
        CONSTRAINT ck_claims_value_low_not_negative CHECK (value_low >= 0),
        CONSTRAINT ck_claims_value_in_order CHECK (value_low <= value_high),
        CONSTRAINT ck_claims_value_needs_words CHECK (value_text IS NOT NULL OR (value_low IS NULL AND value_high IS NULL
            AND value_currency IS NULL)),
        CONSTRAINT ck_claims_value_currency_is_iso CHECK (length(value_currency) = 3 AND trim(value_currency,
            'ABCDEFGHIJKLMNOPQRSTUVWXYZ') = ''),
        CONSTRAINT ck_claims_value_needs_currency CHECK ((value_low IS NULL AND value_high IS NULL) OR
            value_currency IS NOT NULL),
        CONSTRAINT ck_claims_date_earliest_is_day CHECK (IS_DAY(date_earliest)),
        CONSTRAINT ck_claims_date_latest_is_day CHECK (IS_DAY(date_latest)),
        CONSTRAINT ck_claims_date_basis_in_list CHECK (ONE_OF(date_basis, 'stated', 'inferred', 'external')),
        CONSTRAINT ck_claims_date_in_order CHECK (date_latest >= date_earliest),
        CONSTRAINT ck_claims_date_bounds_need_edtf CHECK (date_edtf IS NOT NULL OR (date_earliest IS NULL AND
            date_latest IS NULL)),
        CONSTRAINT ck_claims_date_edtf_and_basis_together CHECK ((date_edtf IS NULL) = (date_basis IS NULL)),
        CONSTRAINT ck_claims_quantity_qualifier_in_list CHECK (ONE_OF(quantity_qualifier, 'exact', 'about', 'at_least',
            'at_most', 'range', 'worded', 'none')),
        CONSTRAINT ck_claims_quantity_unit_in_list CHECK (ONE_OF(quantity_unit, 'item', 'set', 'battery', 'unit', 'batch',
            'shipment', 'round', 'kilogram', 'tonne', 'person', 'other')),
        CONSTRAINT ck_claims_quantity_scope_in_list CHECK (ONE_OF(quantity_scope, 'total', 'event', 'order', 'per_period',
            'remaining', 'unclear')),
        CONSTRAINT ck_claims_quantity_per_in_list CHECK (ONE_OF(quantity_per, 'day', 'month', 'year')),
        CONSTRAINT ck_claims_quantity_low_not_negative CHECK (quantity_low >= 0),
        CONSTRAINT ck_claims_quantity_high_not_negative CHECK (quantity_high >= 0),
        CONSTRAINT ck_claims_quantity_in_order CHECK (quantity_low <= quantity_high),
        CONSTRAINT ck_claims_quantity_needs_words CHECK (quantity_text IS NOT NULL OR (quantity_low IS NULL AND
            quantity_high IS NULL AND quantity_qualifier IS NULL AND quantity_unit IS NULL AND quantity_scope IS NULL)),
        CONSTRAINT ck_claims_quantity_words_need_unit_scope_qualifier CHECK (quantity_text IS NULL OR
            (quantity_unit IS NOT NULL AND quantity_scope IS NOT NULL AND quantity_qualifier IS NOT NULL)),
        CONSTRAINT ck_claims_quantity_per_exactly_for_rates CHECK ((quantity_per IS NOT NULL) = (quantity_scope IS NOT NULL
            AND quantity_scope = 'per_period')),
        CONSTRAINT ck_claims_rank_in_list CHECK (ONE_OF(rank, 'preferred', 'normal', 'deprecated')),
        CONSTRAINT ck_claims_deprecated_needs_reason CHECK (rank <> 'deprecated' OR rank_reason IS NOT NULL),
        CONSTRAINT fk_claims_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE RESTRICT,
        CONSTRAINT fk_claims_transfer_id FOREIGN KEY(transfer_id) REFERENCES transfers (id) ON DELETE RESTRICT,
        CONSTRAINT fk_claims_meeting_id FOREIGN KEY(meeting_id) REFERENCES meetings (id) ON DELETE RESTRICT,
        CONSTRAINT fk_claims_attributed_to_id FOREIGN KEY(attributed_to_id) REFERENCES actors (id) ON DELETE RESTRICT,
        CONSTRAINT fk_claims_via_id FOREIGN KEY(via_id) REFERENCES actors (id) ON DELETE RESTRICT,
        CONSTRAINT fk_claims_supersedes_id FOREIGN KEY(supersedes_id) REFERENCES claims (id) ON DELETE RESTRICT
    );
    CREATE INDEX ix_claims_article_id ON claims (article_id);
    CREATE INDEX ix_claims_attributed_to_id ON claims (attributed_to_id);
    CREATE INDEX ix_claims_date_earliest ON claims (date_earliest);
    CREATE INDEX ix_claims_meeting_id ON claims (meeting_id);
    CREATE INDEX ix_claims_phase ON claims (phase);
    CREATE INDEX ix_claims_stance_denies ON claims (stance, denies);
    CREATE INDEX ix_claims_statement_id ON claims (statement_id);
    CREATE INDEX ix_claims_supersedes_id ON claims (supersedes_id);
    CREATE INDEX ix_claims_transfer_id ON claims (transfer_id, stance, denies, phase, rank, article_id, date_edtf, date_earliest,
        date_latest, id);
    CREATE INDEX ix_claims_via_id ON claims (via_id)
    """,
    """
    CREATE TABLE claim_actors (
        claim_id TEXT NOT NULL,
        actor_id TEXT NOT NULL,
        role TEXT NOT NULL,
        described_as TEXT,
        CONSTRAINT pk_claim_actors PRIMARY KEY (claim_id, actor_id, role),
        CONSTRAINT ck_claim_actors_role_in_list CHECK (ONE_OF(role, 'visitor', 'host', 'attendee', 'speaker', 'intermediary',
            'transit', 'end_user', 'producer', 'licensor', 'broker', 'financier', 'carrier', 'operator')),
        CONSTRAINT fk_claim_actors_claim_id FOREIGN KEY(claim_id) REFERENCES claims (id) ON DELETE RESTRICT,
        CONSTRAINT fk_claim_actors_actor_id FOREIGN KEY(actor_id) REFERENCES actors (id) ON DELETE RESTRICT
    );
    CREATE INDEX ix_claim_actors_actor_id ON claim_actors (actor_id)
    """,
    """
    CREATE TABLE claim_systems (
        claim_id TEXT NOT NULL,
        system_id TEXT NOT NULL,
        role TEXT NOT NULL,
        CONSTRAINT pk_claim_systems PRIMARY KEY (claim_id, system_id, role),
        CONSTRAINT ck_claim_systems_role_in_list CHECK (ONE_OF(role, 'viewed', 'discussed', 'demonstrated', 'included')),
        CONSTRAINT fk_claim_systems_claim_id FOREIGN KEY(claim_id) REFERENCES claims (id) ON DELETE RESTRICT,
        CONSTRAINT fk_claim_systems_system_id FOREIGN KEY(system_id) REFERENCES systems (id) ON DELETE RESTRICT
    );
    CREATE INDEX ix_claim_systems_system_id ON claim_systems (system_id)
    """,
    """
    CREATE TABLE evidence (
        id SERIAL NOT NULL,
        article_id TEXT NOT NULL,
        claim_id TEXT,
        statement_id TEXT,
        affiliation_id TEXT,
        alias_id TEXT,
        field TEXT NOT NULL,
        basis TEXT NOT NULL,
        layer TEXT NOT NULL,
        exact TEXT NOT NULL,
        prefix TEXT NOT NULL,
        suffix TEXT NOT NULL,
        start_char BIGINT NOT NULL,
        end_char BIGINT NOT NULL,
        note TEXT,
        CONSTRAINT pk_evidence PRIMARY KEY (id),
        CONSTRAINT ck_evidence_one_target_at_most CHECK ((CASE WHEN claim_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN
            statement_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN affiliation_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN
            alias_id IS NULL THEN 0 ELSE 1 END) <= 1),
        CONSTRAINT fk_evidence_claim_id_article_id FOREIGN KEY(claim_id, article_id) REFERENCES claims (id,
            article_id) ON DELETE RESTRICT,
        CONSTRAINT fk_evidence_statement_id_article_id FOREIGN KEY(statement_id, article_id) REFERENCES statements (id,
            article_id) ON DELETE RESTRICT,
        CONSTRAINT ck_evidence_basis_in_list CHECK (ONE_OF(basis, 'stated', 'inferred')),
        CONSTRAINT ck_evidence_layer_in_list CHECK (ONE_OF(layer, 'text', 'raw')),
        CONSTRAINT ck_evidence_field_not_empty CHECK (length(field) > 0),
        CONSTRAINT ck_evidence_exact_not_empty CHECK (length(exact) > 0),
        CONSTRAINT ck_evidence_span_fits_quote CHECK (length(exact) = end_char - start_char),
        CONSTRAINT ck_evidence_start_not_negative CHECK (start_char >= 0),
        CONSTRAINT ck_evidence_context_length CHECK (length(prefix) <= 32 AND length(suffix) <= 32),
        CONSTRAINT ck_evidence_inferred_needs_note CHECK (basis <> 'inferred' OR note IS NOT NULL),
        CONSTRAINT fk_evidence_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE RESTRICT,
        CONSTRAINT fk_evidence_affiliation_id FOREIGN KEY(affiliation_id) REFERENCES affiliations (id) ON DELETE RESTRICT,
        CONSTRAINT fk_evidence_alias_id FOREIGN KEY(alias_id) REFERENCES aliases (id) ON DELETE RESTRICT
    );
    CREATE INDEX ix_evidence_affiliation_id ON evidence (affiliation_id);
    CREATE INDEX ix_evidence_alias_id ON evidence (alias_id);
    CREATE INDEX ix_evidence_article_id ON evidence (article_id);
    CREATE UNIQUE INDEX uq_evidence_affiliation_span ON evidence (affiliation_id, article_id, field, layer, start_char,
        end_char) WHERE affiliation_id IS NOT NULL;
    CREATE UNIQUE INDEX uq_evidence_alias_span ON evidence (alias_id, article_id, field, layer, start_char, end_char) WHERE
        alias_id IS NOT NULL;
    CREATE UNIQUE INDEX uq_evidence_article_span ON evidence (article_id, field, layer, start_char, end_char) WHERE
        claim_id IS NULL AND statement_id IS NULL AND affiliation_id IS NULL AND alias_id IS NULL;
    CREATE UNIQUE INDEX uq_evidence_claim_span ON evidence (claim_id, field, layer, start_char, end_char) WHERE
        claim_id IS NOT NULL;
    CREATE UNIQUE INDEX uq_evidence_statement_span ON evidence (statement_id, field, layer, start_char, end_char) WHERE
        statement_id IS NOT NULL
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
