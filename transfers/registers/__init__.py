"""Files of registers, other people's data sets of transfers -> their rows. No database."""

from transfers.registers.release import Release, read_release
from transfers.registers.row import RegisterRow

__all__ = ["RegisterRow", "Release", "read_release"]
