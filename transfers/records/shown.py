"""Values of files in messages: whole when they are short, cut when somebody wrote a page where a word belongs."""

from __future__ import annotations


def as_shown(value: str, longest: int = 80) -> str:
    """A value in quotation marks, cut when it is longer than a message can bear."""
    return repr(value if len(value) <= longest else f"{value[:longest]}…")
