"""The chain of revisions, and the rules each of them keeps."""

import ast
import re
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from transfers.db import reading
from transfers.schema.alembic_setup import list_revisions, make_config, migrations_dir
from transfers.schema.head import HEAD
from transfers.schema.upgrade import upgrade

FILES = sorted(Path(migrations_dir(), "versions").glob("*.py"))


def test_there_is_one_head_and_the_program_knows_it():
    assert ScriptDirectory.from_config(make_config()).get_heads() == [HEAD]
    assert list_revisions()[-1].revision == HEAD


def test_revisions_are_numbered_without_a_gap_and_named_by_what_they_do():
    assert [revision.revision for revision in list_revisions()] == [f"{number:04d}" for number in range(1, len(FILES) + 1)]
    for path, revision in zip(FILES, list_revisions(), strict=True):
        assert re.fullmatch(revision.revision + r"_[a-z0-9]+(_[a-z0-9]+)+\.py", path.name)
        assert revision.sentence[0].isupper()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_revision_stands_alone_and_says_what_it_loses(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported <= {"alembic", "sqlalchemy", "re", "json"}
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    for name in ("upgrade", "downgrade"):
        assert not all(isinstance(statement, ast.Pass) for statement in functions[name].body)
    assigned = {target.id for node in tree.body if isinstance(node, ast.Assign) for target in node.targets}
    assert {"revision", "down_revision", "LOSES"} <= assigned
    words = path.read_text(encoding="utf-8")
    for forbidden in ("PRAGMA", "COMMIT", "BEGIN", "batch_alter_table", "v_"):
        assert not re.search(rf"\b{forbidden}", words), forbidden


def test_what_a_downgrade_loses_is_named_by_table_and_column(target):
    with reading(target) as connection:
        for revision in list_revisions():
            for loss in revision.loses:
                place, _, what = loss.partition(": ")
                assert what
                table, _, column = place.partition(".")
                if table != "*":
                    columns, _ = connection.table(f"SELECT * FROM {table} LIMIT 0")
                    assert column == "" or column in columns


@pytest.mark.parametrize("revision", [revision.revision for revision in list_revisions()])
def test_everything_has_a_name_of_at_most_63_bytes_and_stands_in_the_table(tmp_path, revision):
    from transfers.db import read_target

    target = read_target(str(tmp_path / "x.db"))
    upgrade(target, revision)
    with reading(target) as connection:
        found = connection.rows(
            "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%' "
            "AND name NOT LIKE 'search\\_rows\\_fts%' ESCAPE '\\' AND name <> 'alembic_version'"
        )
    for kind, name, sql in found:
        assert len(name.encode()) <= 63
        if kind != "table":
            continue
        assert sql.rstrip().endswith("STRICT"), name
        for word in re.findall(r"CONSTRAINT (\w+)", sql):
            assert len(word.encode()) <= 63
            assert word.startswith(("pk_", "fk_", "uq_", "ck_")), word
            assert word[3:].startswith(name), word
        bare = re.sub(r"CONSTRAINT \w+ (PRIMARY KEY|FOREIGN KEY|UNIQUE|CHECK)", "", sql)
        assert not re.search(r"PRIMARY|\bUNIQUE\b|\bCHECK\b|FOREIGN|COLLATE|DEFAULT", bare), name


def test_alembic_compares_names_no_longer_than_postgresql_keeps(postgres_target):
    with reading(postgres_target) as connection:
        names = connection.rows("SELECT conname::text FROM pg_constraint UNION SELECT relname::text FROM pg_class")
    # A name that was cut is as long as a name can be.
    assert max(len(name.encode()) for (name,) in names if name.startswith(("pk_", "fk_", "uq_", "ck_", "ix_"))) < 63
