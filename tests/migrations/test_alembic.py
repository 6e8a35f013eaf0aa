"""`alembic` at the root goes the same way as the program."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command

from tests.migrations.conftest import read_all
from transfers.db import reading, writing
from transfers.models import Base
from transfers.schema.alembic_setup import list_revisions, make_config, migrations_dir
from transfers.schema.check import check_database
from transfers.schema.head import HEAD
from transfers.schema.migrating import inspecting
from transfers.schema.upgrade import downgrade, find_current, upgrade

ROOT = Path(__file__).parents[2]


def alembic(target, *words):
    named = target.url or target.path
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "alembic", *words], cwd=ROOT, env={**os.environ, "TRANSFERS_DB": named},
        capture_output=True, text=True, check=False,
    )


def test_upgrade_head_and_check(new_target):
    ran = alembic(new_target, "upgrade", "head")
    assert ran.returncode == 0, ran.stderr
    assert check_database(new_target) == []
    ran = alembic(new_target, "check")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "No new upgrade operations" in ran.stdout
    if new_target.path:
        assert os.stat(new_target.path).st_mode & 0o777 == 0o640


def test_downgrade_backs_up_too(sqlite_target):
    ran = alembic(sqlite_target, "downgrade", "-1")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert find_current(sqlite_target).revision == "0004"
    assert len(list(Path(sqlite_target.path).parent.glob(f"transfers.db.{HEAD}-*.bak"))) == 1


@pytest.mark.parametrize("words", [("stamp", "0001"), ("upgrade", "head", "--sql")])
def test_what_would_go_round_the_safe_way_is_refused(sqlite_target, words):
    ran = alembic(sqlite_target, *words)
    assert ran.returncode != 0
    assert "is not offered" in ran.stdout + ran.stderr
    assert "Traceback" not in ran.stderr
    assert check_database(sqlite_target) == []


def test_a_foreign_file_is_refused_in_a_line(tmp_path, sqlite_target):
    (tmp_path / "transfers.db").write_text("text " * 500)
    for words in (("upgrade", "head"), ("check",), ("current",)):
        ran = alembic(sqlite_target, *words)
        assert "not a transfers database" in ran.stdout + ran.stderr
        assert "Traceback" not in ran.stderr
    assert (tmp_path / "transfers.db").read_text() == "text " * 500


def test_check_sees_a_column_that_is_not_in_the_models(target):
    with writing(target) as connection:
        connection.run("ALTER TABLE topics ADD COLUMN more text")
    before = read_all(target)
    assert alembic(target, "check").returncode != 0
    assert read_all(target) == before


def test_a_new_revision_gets_the_next_number(sqlite_target, tmp_path):
    folder = tmp_path / "a %20b"
    shutil.copytree(migrations_dir(), folder)
    config = make_config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    with inspecting(sqlite_target) as migration:
        config.attributes["connection"] = migration.connection
        script = command.revision(config, "require a publisher", autogenerate=True)
    text = Path(script.path).read_text()
    assert script.revision == f"{len(list_revisions()) + 1:04d}"
    assert Path(script.path).name == f"{script.revision}_require_a_publisher.py"
    assert text.startswith('"""require a publisher.')
    compile(text, script.path, "exec")


def test_comments_are_written_after_the_last_migration(postgres_target):
    with reading(postgres_target) as connection:
        found = connection.rows(
            "SELECT count(*) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE a.attnum > 0 "
            "AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND col_description(c.oid, a.attnum) IS NOT NULL"
        )
    assert found[0][0] == sum(1 for table in Base.metadata.tables.values() for column in table.columns if column.comment)
    downgrade(postgres_target, "0003", yes=True)
    with writing(postgres_target) as connection:
        connection.run("COMMENT ON COLUMN claims.id IS 'older words'")
    upgrade(postgres_target)
    with reading(postgres_target) as connection:
        (comment,) = connection.rows("SELECT col_description('claims'::regclass, 1)")
    assert comment == (Base.metadata.tables["claims"].c.id.comment,)
