"""Every error raised on purpose, under one root.

``str(error)`` is the whole message: what is wrong, where, and what to do. ``exit_code`` is the code the command line ends
with (docs/commands.md lists them).
"""

from __future__ import annotations

# A module that every load or query imports says TYPE_CHECKING = False by itself, which type checkers take for what typing has:
# importing typing for it, and enum by way of re and signal, takes longer than a load with nothing to do runs.


class TransfersError(Exception):
    """Something a user can put right; its text says what, where and how."""

    exit_code = 1


class InputError(TransfersError):
    """Some input is wrong: a record, a file, a name or an id that nobody knows, SQL that does not run."""


class UsageError(TransfersError):
    """The words of the command were wrong: an option, a value outside a list."""

    exit_code = 2


class DatabaseError(TransfersError):
    """The database or the output cannot be used: missing, damaged, foreign, newer than the program, no space."""

    exit_code = 3


class BusyError(TransfersError):
    """Another process holds the database; trying again later is enough."""

    exit_code = 4


class QuoteError(InputError):
    """A quote does not stand in its article exactly once."""


class ArticleError(InputError):
    """The file of an article cannot be read as the text that was reviewed."""


class ProblemsError(InputError):
    """Several things are wrong with the input; each is one line ``file:line: field: sentence``.

    Attributes:
        problems: the lines' sources in the order of files and lines, never empty.
    """

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Problem(tuple[str, int, str, str]):
    """One thing that is wrong in one file: ``(path, line, field, sentence)``; line 0 means the file as a whole."""

    __slots__ = ()

    def __new__(cls, path: str, line: int, field: str, sentence: str) -> Problem:
        """Make a problem of its four parts."""
        return super().__new__(cls, (path, line, field, sentence))

    def __str__(self) -> str:
        path, line, field, sentence = self
        place = f"{path}:{line}: " if line else f"{path}: "
        return place + (f"{field}: " if field else "") + sentence
