"""The tables of the codebook, made of the docstrings and comments of `transfers.models` and of the views as they are."""

from __future__ import annotations

import re
import tempfile
import textwrap
from functools import cache

import cog
import sqlalchemy as sa

from transfers.db import read_target, reading
from transfers.models import Base
from transfers.schema.upgrade import upgrade
from transfers.vocabulary import words

# In the order of the model: what claims speak of, why we believe it, what was read, who and what, the rest.
ORDER = (
    "transfers", "meetings", "claims", "claim_actors", "claim_systems", "statements", "evidence",
    "articles", "article_links", "reviews", "removals",
    "actors", "systems", "places", "topics", "aliases", "identifiers", "affiliations", "affiliation_dates", "former_ids",
    "claim_topics", "statement_topics", "registers", "register_rows", "register_years", "register_matches", "search_rows",
    "loads", "loaded_files",
)


def write_tables() -> None:
    """Print each table: what one row is, and what each column holds."""
    classes = {mapper.local_table.name: mapper.class_ for mapper in Base.registry.mappers}  # type: ignore[attr-defined]
    if set(ORDER) != set(classes):
        raise RuntimeError(f"ORDER and the models differ in {set(ORDER) ^ set(classes)}")
    for name in ORDER:
        table = Base.metadata.tables[name]
        cog.outl(f"### `{name}`\n\n{' '.join((classes[name].__doc__ or '').split())}\n")
        cog.outl("| column | holds | |\n|---|---|---|")
        for column in table.columns:
            star = "" if column.nullable else " \\*"
            cog.outl(f"| `{column.name}`{star} | {_kind(column)} | {(column.comment or '').replace('|', ' or ')} |")
        cog.outl("")


def write_columns(view: str) -> None:
    """Print the columns of a view in their order."""
    cog.outl(textwrap.fill(", ".join(f"`{column}`" for column in view_columns()[view]) + ".", 128, break_on_hyphens=False))


@cache
def view_columns() -> dict[str, list[str]]:
    """The columns of each view of a database at head."""
    with tempfile.TemporaryDirectory() as folder:
        target = read_target(f"{folder}/transfers.db")
        upgrade(target)
        with reading(target) as connection:
            views = [row[0] for row in connection.rows("SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name")]
            return {view: connection.table(f"SELECT * FROM {view} LIMIT 0")[0] for view in views}


@cache
def word_lists() -> dict[tuple[str, ...], str]:
    """The closed lists of `transfers.vocabulary.words`, each with its anchor in the codebook."""
    lists = {name: value for name, value in vars(words).items() if name.isupper() and isinstance(value, tuple)}
    return {value: name.lower().replace("_", "-") for name, value in lists.items()}


def _kind(column: sa.Column[object]) -> str:
    """What a column holds, by its type, its foreign key and its checks."""
    assert isinstance(column.table, sa.Table)
    checks = {str(check.name): str(check.sqltext) for check in column.table.constraints if isinstance(check, sa.CheckConstraint)}
    for key in sorted(column.foreign_keys, key=lambda key: len(key.constraint.columns) if key.constraint else 0):
        name = key.column.table.name  # a key of two columns only holds what the other one says already
        return f"id of [{name}](#{name})"
    for check, sql in checks.items():
        if check.endswith(f"{column.name}_in_list"):
            allowed = tuple(re.findall(r"'([^']*)'", sql))
            anchor = word_lists().get(allowed)
            return f"[word](#{anchor})" if anchor else "word: " + ", ".join(allowed)
        if check.endswith(f"_{column.name}_is_day"):
            return "day"
        if check.endswith(f"_{column.name}_is_flag"):
            return "0 or 1"
    if isinstance(column.type, sa.Integer):
        return "whole number"
    return "number" if isinstance(column.type, sa.Double) else "text"
