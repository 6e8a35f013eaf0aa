"""Looking a SQLite file over for damage before anything is written into it, while its writer is still reading records.

SQLite does not hold Python's lock while it works, so that the check runs beside the rest on a second core.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from transfers.db.connect import reading, require_sound

if TYPE_CHECKING:
    from transfers.db.target import Target


class Soundness:
    """One check of one file, begun when the object is made."""

    def __init__(self, target: Target) -> None:
        """Begin."""
        self._target = target
        self._fault: BaseException | None = None
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def require(self) -> None:
        """Wait for the end of the check.

        Raises:
            DatabaseError: the file is damaged.
        """
        self._thread.join()
        if self._fault is not None:
            raise self._fault

    def _look(self) -> None:
        try:
            with reading(self._target) as connection:
                require_sound(connection)
        except BaseException as fault:  # raised again where it is waited for
            self._fault = fault
