"""`:name` on psycopg."""

import pytest

from transfers.db import reading
from transfers.db.parameters import as_psycopg


@pytest.mark.parametrize(
    ("sql", "wanted"),
    [
        ("select :a, :b_2", "select %(a)s, %(b_2)s"),
        ("x = ':a' and y = :a", "x = ':a' and y = %(a)s"),
        ("'it''s :a' || :a", "'it''s :a' || %(a)s"),
        ('":a" = :a', '":a" = %(a)s'),
        ("x::date = :d::date", "x::date = %(d)s::date"),
        ("x like '%:a%' and y % 2 = :a", "x like '%%:a%%' and y %% 2 = %(a)s"),
        ("-- of :a\n:a /* :a % */", "-- of :a\n%(a)s /* :a %% */"),
        (r"e'\':a' || :a", r"e'\':a' || %(a)s"),
        ("$q$ ':a $q$ || :a", "$q$ ':a $q$ || %(a)s"),
        ("a[1:2]", "a[1:2]"),
        ("select 1", "select 1"),
    ],
)
def test_only_parameters_are_rewritten_and_every_percent_sign_is_doubled(sql, wanted):
    assert as_psycopg(sql) == wanted


def test_the_same_sql_gives_the_same_on_both_engines(target):
    with reading(target) as connection:
        rows = connection.rows(
            "SELECT ':a', '%' || CAST(:a AS text), 7 % 4, CAST(:n AS bigint) WHERE 'a%b' LIKE 'a%' AND ':%' <> :a",
            {"a": "100%", "n": None, "unused": 1},
        )
    assert rows == [(":a", "%100%", 3, None)]
