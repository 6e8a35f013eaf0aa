"""Which database is meant."""

import os
import subprocess
import sys

import pytest

from transfers.db import read_target
from transfers.errors import UsageError


def test_the_option_wins_over_the_environment_and_that_over_the_collection(tmp_path, monkeypatch):
    monkeypatch.setenv("TRANSFERS_DB", str(tmp_path / "named.db"))
    assert read_target(str(tmp_path / "asked.db"), str(tmp_path)).path == str(tmp_path / "asked.db")
    assert read_target(None, str(tmp_path)).path == str(tmp_path / "named.db")
    monkeypatch.setenv("TRANSFERS_DB", "")
    assert read_target(None, str(tmp_path)).path == str(tmp_path / "data" / "transfers.db")


def test_without_any_hint_it_is_the_data_folder_of_the_platform(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    assert read_target().path == str(tmp_path / "transfers" / "transfers.db")


@pytest.mark.parametrize(
    ("named", "path"),
    [
        ("x.db", "x.db"), ("./a b%20.db", "a b%20.db"), ("sqlite:///x.db", "x.db"), ("SQLite:///sub/x.db", "sub/x.db"),
        ("sqlite:////abs/x.db", "/abs/x.db"), ("file:x.db", "file:x.db"), ("ü?#.db", "ü?#.db"),
    ],
)
def test_paths_and_sqlite_urls(named, path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    target = read_target(named)
    assert (target.engine, target.path, target.url) == ("sqlite", os.path.join(tmp_path, path), "")
    assert target.shown == target.path


def test_a_link_is_followed_but_shown_as_it_was_given(tmp_path):
    (tmp_path / "link.db").symlink_to(tmp_path / "real.db")
    target = read_target(str(tmp_path / "link.db"))
    assert target.path == str(tmp_path / "real.db")
    assert target.shown == str(tmp_path / "link.db")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg", "POSTGRES"])
def test_the_kinds_of_postgresql_urls(scheme):
    target = read_target(f"{scheme}://ann:S3cr%40et@db.example:5433/arms?sslmode=require")
    assert target.engine == "postgresql"
    assert target.url == "postgresql://ann:S3cr%40et@db.example:5433/arms?sslmode=require"
    assert target.shown == "postgresql://ann:***@db.example:5433/arms"


def test_a_password_is_in_no_text_of_the_target():
    target = read_target("postgres://ann:S3cr@[::1]/arms")
    assert "S3cr" not in repr(target) + str(target) + f"{target}" + target.shown
    assert target.shown == "postgresql://ann:***@[::1]/arms"


@pytest.mark.parametrize(
    "named",
    [
        "postgresql://ann@db/arms?password=S3cr", "postgresql://db/arms?sslpassword=S3cr", "postgres://ann:S3@cr@db/arms",
        "postgres://ann:S3cr@db:port/arms", "postgres://ann:S3cr@[db/arms", "mysql://ann:S3cr@db/arms", "sqlite://S3cr.db",
        "sqlite:///", "sqlite:///x.db?key=S3cr", ":memory:", "a\0b",
    ],
)
def test_urls_that_are_refused_without_being_repeated(named):
    with pytest.raises(UsageError) as caught:
        read_target(named)
    assert "S3cr" not in str(caught.value)
    assert "S3cr" not in repr(caught.value.__cause__)
    assert "\n" not in str(caught.value)


def test_a_target_does_not_change_and_can_be_a_key():
    target = read_target("x.db")
    with pytest.raises(AttributeError):
        target.path = "y.db"
    assert {target: 1}[read_target("x.db")] == 1
    assert target != read_target("y.db")


def test_importing_the_package_loads_no_driver_and_nothing_slow():
    slow = {
        "sqlite3", "psycopg", "sqlalchemy", "alembic", "dataclasses", "pathlib", "datetime", "json", "urllib.parse",
    }
    code = (
        "import sys; before = set(sys.modules); import transfers.db, transfers.schema.head; "
        "print(*(set(sys.modules) - before))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not slow & set(ran.stdout.split())
