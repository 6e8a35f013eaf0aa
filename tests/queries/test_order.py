"""Text is ordered by code point on both engines: PostgreSQL would use the rules of a language, and only where one is set up."""

from __future__ import annotations

import re
from pathlib import Path

import transfers.queries
from transfers.queries.rows import ordered
from transfers.schema.views import views


def test_every_order_by_names_the_collation() -> None:
    for path in sorted(Path(transfers.queries.__file__).parent.glob("*.py")):
        for after in re.findall(r"ORDER BY (.{0,20})", path.read_text()):
            # Numbers need none; everything else goes through `ordered`.
            assert after.startswith(("{ordered(", "{order}", "r.id LIMIT", "steps LIMIT", "row_count DESC, {ord")), f"{path.name}: ORDER BY {after}"


def test_the_collation_is_code_points() -> None:
    assert ordered("postgresql", "a", "b?") == 'a COLLATE "C", b COLLATE "C" NULLS LAST'
    assert ordered("sqlite", "a", "b?") == "a, b NULLS LAST"


def test_the_views_order_and_compare_by_code_point() -> None:
    for name, text in views("postgresql").items():
        for after in re.findall(r"ORDER BY ([^)]*)", text):
            assert 'COLLATE "C"' in after or after.startswith("coalesce(s.tiv, -1"), name  # a number
        assert "{" not in text.replace("'{'", ""), name
