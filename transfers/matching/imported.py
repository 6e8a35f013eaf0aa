"""Rows of registers for joining: of a file, or of the database."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from transfers.errors import InputError
from transfers.matching.proposals import require_known
from transfers.registers import read_release
from transfers.registers.row import COLUMNS, RegisterRow
from transfers.vocabulary.words import REGISTER_FORMS_BY_YEAR

if TYPE_CHECKING:
    from transfers.db import Connection


def read_deals(connection: Connection | None, given: str) -> Iterable[RegisterRow]:
    """The rows of a form with one deal each: of the file of that name, else of the register of that id.

    Raises:
        InputError: there is neither, or it is of another form.
    """
    form, rows = _find(connection, given)
    if form in REGISTER_FORMS_BY_YEAR:
        raise InputError(f"{given} is of the form {form}, with a row for each year; the deals come first, then the deliveries")
    return rows


def read_deliveries(connection: Connection | None, given: str) -> Iterable[RegisterRow]:
    """The rows of a form with ids and one year each: of the file of that name, else of the register of that id.

    Raises:
        InputError: there is neither, or it is of another form.
    """
    form, rows = _find(connection, given)
    if form not in REGISTER_FORMS_BY_YEAR:
        raise InputError(f"{given} is of the form {form}, whose rows are no years; the deals come first, then the deliveries")
    return rows


def find_owners(connection: Connection | None) -> dict[str, str]:
    """The actors of the registry by the names that the register prints."""
    if connection is None:
        return {}
    return dict(connection.rows("SELECT value, actor_id FROM identifiers WHERE scheme = 'sipri' AND actor_id IS NOT NULL"))


def _find(connection: Connection | None, given: str) -> tuple[str, Iterable[RegisterRow]]:
    if os.path.lexists(given) or connection is None:
        release = read_release(given, name="joined")  # the name is of no interest here
        return release.form, release
    require_known(connection, "registers", given)
    ((form,),) = connection.rows("SELECT form FROM registers WHERE id = :id", {"id": given})
    return form, _rows(connection, given)


def _rows(connection: Connection, register: str) -> Iterator[RegisterRow]:
    sql = f"SELECT {', '.join(COLUMNS)} FROM register_rows WHERE register_id = :id ORDER BY row_number"
    for cells in connection.rows(sql, {"id": register}):
        yield RegisterRow(*cells)
