"""Registers stand in tables of their own, beside the transfers they are matched with."""

import pytest

from tests.migrations.data import core_rows, rev_0002
from transfers.db import RefusedError

REGISTER = {
    "id": "sipri-trade-register-2024-01-31", "dataset": "sipri", "form": "trade_register", "release": "2024-01-31",
    "generated_on": "2024-01-31", "sha256": "f" * 64, "row_count": 1, "licence": "made up",
}
FLAGS = dict.fromkeys((
    "order_year_uncertain", "ordered_uncertain", "delivered_uncertain", "delivery_years_uncertain", "is_cancelled",
    "is_licensed", "is_second_hand", "is_aid",
), 0)
ROW = FLAGS | {
    "register_id": REGISTER["id"], "row_number": 1, "line": 13, "fingerprint": "0123456789abcdef",
    "cells": '["Russia","Iran"]', "supplier": "Iran", "recipient": "Russia", "designation": "Shahed-136", "order_year": 2022,
    "ordered": 600, "ordered_uncertain": 1, "delivery_years": "2022; 2023", "delivery_first": 2022, "delivery_last": 2023,
    "condition": "new", "tiv_unit": 0.1,
}
YEAR = {"register_id": REGISTER["id"], "row_number": 1, "year": 2022}
MATCH = {
    "dataset": "sipri", "supplier": "Iran", "recipient": "Russia", "designation": "Shahed-136", "order_year": 2022,
    "fingerprint": "0123456789abcdef", "decision": "accepted", "reviewer": "cd", "reviewed_on": "2024-02-01", "why": "same deal",
}


def load_before(connection):
    """Rows in all tables that are there."""
    core_rows.add(connection, [
        (table, row | {"text_length": len(row["text"])} if table == "articles" else row) for table, row in core_rows.ROWS
    ])
    core_rows.add(connection, rev_0002.ROWS)


def check_after(connection):
    """A register with one row, its year and its match is taken; what contradicts itself is not."""
    ((transfer,),) = connection.rows("SELECT min(id) FROM transfers")
    core_rows.add(connection, [
        ("registers", REGISTER), ("register_rows", ROW), ("register_years", YEAR),
        ("register_matches", MATCH | {"transfer_id": transfer}),
    ])
    for table, row in [
        ("registers", REGISTER | {"id": "sipri-other"}), ("register_rows", ROW | {"row_number": 0}),
        ("register_rows", ROW | {"row_number": 2, "delivery_last": 2021}),
        ("register_rows", ROW | {"row_number": 2, "delivery_years": None}),
        ("register_rows", ROW | {"row_number": 2, "register_id": "sipri-none"}),
        ("register_years", YEAR | {"row_number": 2}), ("register_matches", MATCH | {"transfer_id": "nothing"}),
        ("register_matches", MATCH | {"transfer_id": transfer, "decision": "proposed", "order_year": 2021}),
    ]:
        with pytest.raises(RefusedError):
            core_rows.add(connection, [(table, row)])


def load_after(connection):
    """A register."""
    core_rows.add(connection, [("registers", REGISTER | {"id": "sipri-second", "sha256": "e" * 64})])


def check_before(connection):
    """The tables are gone; the transfers are not."""
    with pytest.raises(Exception, match="registers"):
        connection.rows("SELECT * FROM registers")
    assert connection.rows("SELECT count(*) FROM transfers") != [(0,)]
