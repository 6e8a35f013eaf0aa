"""Rows one after the other, on both engines."""

import pytest

from transfers.db import reading, writing
from transfers.errors import InputError


def test_a_stream_gives_the_rows_of_the_answer_and_several_can_be_open(target):
    with writing(target) as connection, connection.transaction():
        connection.insert_many("topics", ["id", "name"], [(f"t-{number:05}", "One") for number in range(4_500)])
    with reading(target) as connection, connection.snapshot():
        sql = "SELECT id FROM topics ORDER BY id"
        one, other = connection.stream(sql), connection.stream("SELECT id FROM topics WHERE id > :id ORDER BY id", {"id": "t-04000"})
        assert next(other) == ("t-04001",)
        assert list(one) == connection.rows(sql)
        assert len(list(other)) == 498


def test_what_is_wrong_with_a_stream_is_an_error_of_ours(target):
    with reading(target) as connection, connection.snapshot(), pytest.raises(InputError, match="does not run"):
        list(connection.stream("SELECT nothing FROM nowhere"))


def test_a_stream_that_is_not_read_to_its_end_does_no_harm(target):
    with reading(target) as connection:
        with connection.snapshot():
            left = connection.stream("SELECT id FROM actors UNION ALL SELECT 'x'")
            assert next(left) == ("x",)
        assert connection.rows("SELECT 1") == [(1,)]
    left.close()
