"""A migration that fails leaves everything as it was, on both engines; and can fail again in the same way."""

import hashlib
import shutil
from pathlib import Path

import pytest
from alembic import command

from tests.migrations.conftest import read_all
from tests.migrations.data import core_rows, rev_0004
from transfers.db import reading, writing
from transfers.db.engines import as_plain, make_engine
from transfers.errors import DatabaseError
from transfers.schema.alembic_setup import make_config, migrations_dir
from transfers.schema.check import check_database
from transfers.schema.head import HEAD
from transfers.schema.migrating import migrating, require_keys_off, require_nothing_lost
from transfers.schema.upgrade import downgrade, upgrade

SHAPES = {
    "ddl-ddl": ["CREATE TABLE one (a integer)", "CREATE TABLE two (a integer)"],
    "dml-ddl": ["UPDATE actors SET note = 'touched'", "CREATE TABLE one (a integer)"],
    "ddl-dml-ddl": ["CREATE TABLE one (a integer)", "INSERT INTO one VALUES (1)", "ALTER TABLE actors ADD COLUMN more text"],
    "rebuild": [
        "CREATE TABLE topics_rebuilt (id text, name text, note text)", "INSERT INTO topics_rebuilt SELECT * FROM topics",
        "DROP TABLE statement_topics", "DROP TABLE claim_topics", "DROP TABLE former_ids", "DROP TABLE topics",
        "ALTER TABLE topics_rebuilt RENAME TO topics",
    ],
}
STEP = '''"""A step made for a test."""

from alembic import op

revision = {revision!r}
down_revision = {before!r}
LOSES = ()
CHANGES_ROWS = {changes!r}


def upgrade():
    for statement in {statements!r}:
        op.execute(statement)
    {end}


def downgrade():
    op.execute("SELECT 1")
'''


class BrokenError(Exception):
    """What the failing step raises."""


@pytest.fixture
def filled(target):
    """A database at head with the hand-written rows."""
    downgrade(target, "0003", yes=True)
    with writing(target) as connection, connection.transaction():
        rev_0004.load_before(connection)
    upgrade(target)
    return target


@pytest.fixture
def run_with(tmp_path):
    """Run the migrations of the program and more after them, each a list of statements."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrations_dir(), folder, ignore=shutil.ignore_patterns("__pycache__"))

    def run(target, *steps, last="pass"):
        for number, statements in enumerate(steps, int(HEAD) + 1):
            end = last if number == len(steps) + int(HEAD) else "pass"
            text = STEP.format(revision=f"{number:04d}", before=f"{number - 1:04d}", statements=statements, changes=(), end=end)
            (folder / "versions" / f"{number:04d}_a_step.py").write_text(text)
        with migrating(target, down=True) as migration:
            config = make_config(migration.connection)
            config.set_main_option("script_location", str(folder))
            command.upgrade(config, "head")

    return run


def look(target):
    """Everything a failed migration must leave alone."""
    found = hashlib.sha256(Path(target.path).read_bytes()).hexdigest() if target.engine == "sqlite" else ""
    return found, read_all(target), check_database(target)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_step_that_fails_half_way_leaves_nothing_behind(filled, run_with, shape):
    before = look(filled)
    assert before[2] == []
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            run_with(filled, SHAPES[shape], last="1 / 0")
        assert look(filled) == before


def test_when_the_third_of_three_fails_none_is_applied(filled, run_with):
    before = look(filled)
    with pytest.raises(DatabaseError, match="failed and was undone"):
        run_with(filled, SHAPES["ddl-ddl"], ["CREATE TABLE three (a integer)"], ["INSERT INTO nowhere VALUES (1)"])
    assert look(filled) == before


def test_a_new_database_is_not_made_by_a_failure(tmp_path, run_with):
    from transfers.db import read_target

    target = read_target(str(tmp_path / "sub" / "new.db"))
    with pytest.raises(ZeroDivisionError):
        run_with(target, [], last="1 / 0")
    assert list((tmp_path / "sub").iterdir()) == []


def test_rows_that_would_be_lost_stop_the_migration(filled, run_with):
    before = look(filled)
    with pytest.raises(DatabaseError, match="would leave 0 of 2 rows in claim_actors"):
        run_with(filled, ["DELETE FROM claim_actors"])
    assert look(filled) == before


def test_references_that_would_break_stop_the_migration(sqlite_target, run_with):
    downgrade(sqlite_target, "0003", yes=True)
    with writing(sqlite_target) as connection, connection.transaction():
        rev_0004.load_before(connection)
    upgrade(sqlite_target)
    before = look(sqlite_target)
    with pytest.raises(DatabaseError, match="would leave 2 broken references"):
        run_with(sqlite_target, ["UPDATE claims SET meeting_id = 'nowhere' WHERE meeting_id IS NOT NULL",
                                 "UPDATE claim_systems SET system_id = 'nothing'"])
    assert look(sqlite_target) == before


def test_a_migration_with_foreign_keys_on_is_refused(sqlite_target):
    with make_engine(sqlite_target, foreign_keys=True).connect() as connection:
        with pytest.raises(DatabaseError, match="foreign keys on"):
            require_keys_off(as_plain(connection, sqlite_target))
        assert not connection.in_transaction()


def test_rows_that_point_at_a_rebuilt_table_stay_whatever_their_key_says(sqlite_target):
    downgrade(sqlite_target, "0002", yes=True)
    with writing(sqlite_target) as connection, connection.transaction():
        core_rows.add(connection)
        for name, deed in (("gone", "CASCADE"), ("blank", "SET NULL")):
            connection.run(f"CREATE TABLE {name} (claim_id TEXT REFERENCES claims (id) ON DELETE {deed})")
            connection.run(f"INSERT INTO {name} SELECT id FROM claims")
        connection.run("CREATE TRIGGER mine AFTER DELETE ON claims BEGIN SELECT 1; END")
        connection.run("CREATE INDEX my_index ON claims (lower(summary))")
    before = read_all(sqlite_target)
    upgrade(sqlite_target)
    after = read_all(sqlite_target)
    assert after["gone"] == before["gone"]
    assert after["blank"] == before["blank"]
    with reading(sqlite_target) as connection:
        assert connection.rows("SELECT name FROM sqlite_schema WHERE name IN ('mine', 'my_index') ORDER BY name") == [
            ("mine",), ("my_index",),
        ]


def test_nothing_lost_is_asked_of_the_rows_that_are_there(filled):
    with writing(filled) as connection:
        require_nothing_lost(connection, {"claims": 4, "not_there": 9}, set())
        require_nothing_lost(connection, {"claims": 9}, {"claims"})
        with pytest.raises(DatabaseError, match="would leave 4 of 9"):
            require_nothing_lost(connection, {"claims": 9}, set())
