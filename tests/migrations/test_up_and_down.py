"""Every migration, both ways, with rows, on both engines."""

import importlib
import shutil

import pytest

from tests.migrations.conftest import read_all, require_kept
from transfers.db import read_target, reading, writing
from transfers.schema.alembic_setup import list_revisions
from transfers.schema.check import check_database
from transfers.schema.upgrade import downgrade, upgrade

REVISIONS = [revision.revision for revision in list_revisions()]
BEFORE = dict(zip(REVISIONS, ["base", *REVISIONS], strict=False))


def rows_of(revision):
    """The module of a revision under tests/migrations/data/: a migration without rows of its own is not tested."""
    return importlib.import_module(f"tests.migrations.data.rev_{revision}")


def go(target, revision):
    if revision != "base":
        upgrade(target, revision)


def test_there_is_a_module_of_rows_for_every_revision():
    for revision in REVISIONS:
        module = rows_of(revision)
        assert module.__doc__
        for name in ("load_before", "check_after", "load_after", "check_before"):
            assert callable(getattr(module, name))


@pytest.mark.parametrize("revision", REVISIONS)
def test_rows_are_kept_upward_and_downward(new_target, revision):
    rows = rows_of(revision)
    go(new_target, BEFORE[revision])
    if BEFORE[revision] != "base":
        with writing(new_target) as connection, connection.transaction():
            rows.load_before(connection)
        before = read_all(new_target)

    upgrade(new_target, revision)
    up = read_all(new_target)
    with writing(new_target) as connection:
        rows.check_after(connection)
    if BEFORE[revision] != "base":
        assert before.keys() <= up.keys()
        require_kept(before, up)

    with writing(new_target) as connection, connection.transaction():
        rows.load_after(connection)
    more = read_all(new_target)
    downgrade(new_target, BEFORE[revision], yes=True)
    if BEFORE[revision] != "base":
        require_kept(more, read_all(new_target))
    with writing(new_target) as connection:
        rows.check_before(connection)

    upgrade(new_target, revision)
    again = read_all(new_target)
    assert again.keys() == more.keys()
    if BEFORE[revision] != "base":
        # A table that was dropped comes back empty; a column that was dropped comes back filled.
        lost = lost_tables(revision)
        require_kept({table: columns for table, columns in more.items() if table not in lost}, again)
        assert all(not any(again[table].values()) for table in lost)


def lost_tables(revision):
    (loses,) = [step.loses for step in list_revisions() if step.revision == revision]
    return {place for place in (loss.partition(":")[0] for loss in loses) if "." not in place}


@pytest.mark.parametrize("revision", REVISIONS)
def test_the_schema_is_the_same_after_one_step_down_and_up(new_target, fingerprint_of, revision):
    upgrade(new_target, revision)
    there = fingerprint_of(new_target)
    if BEFORE[revision] != "base":
        downgrade(new_target, BEFORE[revision], yes=True)
        upgrade(new_target, revision)
        assert fingerprint_of(new_target) == there
        downgrade(new_target, BEFORE[revision], yes=True)
    else:
        downgrade(new_target, "base", yes=True)
        assert fingerprint_of(new_target) == {}


@pytest.mark.parametrize("revision", REVISIONS[1:])
def test_the_schema_is_the_same_after_one_step_up_and_down(new_target, fingerprint_of, revision):
    go(new_target, BEFORE[revision])
    there = fingerprint_of(new_target)
    upgrade(new_target, revision)
    downgrade(new_target, BEFORE[revision], yes=True)
    assert fingerprint_of(new_target) == there


def test_down_to_base_and_up_again(target):
    downgrade(target, "base", yes=True)
    upgrade(target)
    assert check_database(target) == []


def test_the_text_of_the_tables_is_the_same_however_they_came_to_be(sqlite_target, tmp_path):
    straight = read_all_sql(sqlite_target)
    shutil.copy(sqlite_target.path, tmp_path / "copy.db")
    copy = read_target(str(tmp_path / "copy.db"))
    downgrade(copy, "0002", yes=True)
    upgrade(copy)
    assert read_all_sql(copy) == straight


def read_all_sql(target):
    with reading(target) as connection:
        return sorted(connection.rows("SELECT type, name, sql FROM sqlite_schema WHERE name <> 'sqlite_sequence'"), key=str)
