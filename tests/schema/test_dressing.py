"""Views, search index, and the views of users, over a schema that changes."""

import pytest

from tests.migrations.data import rev_0004
from transfers.db import reading, writing
from transfers.errors import DatabaseError
from transfers.schema import search
from transfers.schema.check import check_database
from transfers.schema.head import HEAD
from transfers.schema.upgrade import downgrade, find_current, upgrade
from transfers.schema.views import views


def run(target, *statements):
    with writing(target) as connection, connection.transaction():
        for statement in statements:
            connection.run(statement)


def test_below_head_there_are_no_views_and_no_index(target):
    downgrade(target, "0003", yes=True)
    with writing(target) as connection:
        assert not search.has_index(connection)
        kind = "sqlite_schema WHERE type = 'view'" if target.engine == "sqlite" else "pg_views WHERE schemaname = 'public'"
        assert connection.rows(f"SELECT count(*) FROM {kind}") == [(0,)]
    upgrade(target)
    with reading(target) as connection:
        for name in views(target.engine):
            connection.rows(f"SELECT * FROM {name}")


def test_the_index_finds_old_and_new_rows_after_a_rebuild(target):
    downgrade(target, "0002", yes=True)
    with writing(target) as connection, connection.transaction():
        rev_0004.load_before(connection)
    upgrade(target)
    with writing(target) as connection, connection.transaction():
        connection.run("INSERT INTO search_rows (id, kind, owner_id, field, words) VALUES (2, 'actor', 'iran', 'name', 'iran')")
        search.index_rows(connection, [2])
        assert search.is_sound(connection)
        if target.engine == "sqlite":
            for word, number in (("shahed", 1), ("iran", 2)):
                sql = "SELECT rowid FROM search_rows_fts WHERE search_rows_fts MATCH :word"
                assert connection.rows(sql, {"word": word}) == [(number,)]


@pytest.fixture
def with_views(target):
    """A database with views of users over tables, over views of ours, and over each other in the wrong order."""
    run(
        target,
        'CREATE VIEW "My chart" AS SELECT id, standing FROM v_transfers',
        "CREATE VIEW a_first AS SELECT count(*) AS n FROM actors",
        'CREATE VIEW over_chart AS SELECT count(*) AS n FROM "My chart"',
        "CREATE VIEW lengths AS SELECT a.id, length(a.text) AS n FROM articles a JOIN claims c ON c.article_id = a.id",
    )
    if target.engine == "postgresql":
        run(
            target, 'CREATE OR REPLACE VIEW a_first AS SELECT n FROM over_chart', "CREATE SCHEMA theirs",
            "CREATE VIEW theirs.elsewhere WITH (security_barrier=true) AS SELECT id FROM v_transfers",
            "CREATE MATERIALIZED VIEW kept AS SELECT id FROM v_meetings", "CREATE INDEX kept_by_id ON kept (id)",
            "GRANT SELECT ON a_first TO PUBLIC", "GRANT SELECT ON v_transfers TO PUBLIC",
            "COMMENT ON VIEW over_chart IS 'mine'",
        )
    else:
        run(
            target, "CREATE TRIGGER into_chart INSTEAD OF INSERT ON \"My chart\" BEGIN SELECT 1; END",
            "DROP VIEW a_first", "CREATE VIEW a_first AS SELECT n FROM over_chart",
        )
    return target


def text_of_views(target):
    with reading(target) as connection:
        if target.engine == "sqlite":
            return sorted(connection.rows("SELECT name, sql FROM sqlite_schema WHERE type IN ('view', 'trigger')"))
        return sorted(connection.rows(
            "SELECT n.nspname || '.' || c.relname, pg_get_viewdef(c.oid), coalesce(c.relacl::text, ''), "
            "coalesce(c.reloptions::text, ''), "
            "coalesce(obj_description(c.oid, 'pg_class'), ''), (SELECT count(*) FROM pg_index WHERE indrelid = c.oid) "
            "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE relkind IN ('v', 'm') "
            "AND n.nspname IN ('public', 'theirs')"
        ))


def test_views_of_users_come_back_as_they_were(with_views):
    before = text_of_views(with_views)
    run(with_views, "UPDATE alembic_version SET version_num = version_num")
    with writing(with_views) as connection:
        connection.run("DROP VIEW v_roles" if with_views.engine == "sqlite" else "COMMENT ON TABLE alembic_version IS 'older'")
    upgrade(with_views)
    assert text_of_views(with_views) == before
    assert check_database(with_views) == []


def test_a_view_that_no_longer_fits_stops_the_change_by_name(with_views):
    before = text_of_views(with_views)
    with pytest.raises(DatabaseError, match=r"your view .*(My chart|over_chart|a_first|elsewhere|kept).* does not fit"):
        downgrade(with_views, "0003", yes=True)
    assert find_current(with_views).revision == HEAD
    assert text_of_views(with_views) == before


def test_views_over_tables_alone_do_not_stop_a_downgrade(target):
    run(target, "CREATE VIEW mine AS SELECT id, length(text) AS n FROM articles")
    if target.engine == "postgresql":
        run(target, "GRANT SELECT ON v_transfers TO PUBLIC")
    else:
        run(target, "CREATE TRIGGER into_ours INSTEAD OF INSERT ON v_transfers BEGIN SELECT 1; END")
    downgrade(target, "0003", yes=True)
    upgrade(target)
    with reading(target) as connection:
        assert connection.rows("SELECT * FROM mine") == []
