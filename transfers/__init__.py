"""A database of weapons transfers in which every fact is bound to the words of an article."""

from __future__ import annotations

__version__ = "0.1.0"

TYPE_CHECKING = False  # typing's own would be the most expensive import of many a command
if TYPE_CHECKING:
    from transfers.library import Claim, Database, Transfer, open  # noqa: A004 - as transfers.open

__all__ = ["Claim", "Database", "Transfer", "open"]


def __getattr__(name: str) -> object:
    """Import the library when it is first used."""
    if name in __all__:
        from transfers import library

        return getattr(library, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
