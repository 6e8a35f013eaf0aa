"""A limit to the marks on one letter, so that no text takes for ever to be normalised."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MOST_MARKS: Final = 100  # Unicode's own format for streams has 30 at most; no script comes near

# What may hold so many marks in a row: letters, digits and ASCII are none. Nearly every text has no such run.
_CROWD: Final = re.compile(rf"[^\w\x00-\x7f]{{{MOST_MARKS + 1},}}")


def find_crowd(text: str) -> int | None:
    """Where in a text more than 100 combining marks begin to stand in a row; None when they do so nowhere.

    Normalisation sorts such marks in a time that grows with the square of their number, and cannot be interrupted: a
    megabyte of them takes half an hour.
    """
    for run in _CROWD.finditer(text):
        marks = 0
        for position in range(*run.span()):
            marks = marks + 1 if unicodedata.combining(text[position]) else 0
            if marks > MOST_MARKS:
                return position - MOST_MARKS
    return None
