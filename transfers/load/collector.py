"""Working without the garbage collector, where nothing becomes garbage that it would have to find."""

from __future__ import annotations

import gc
from contextlib import contextmanager

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def without_collector() -> Iterator[None]:
    """Records are trees and rows are tuples: nothing of them goes in circles, and looking takes a fifth of a large load."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
