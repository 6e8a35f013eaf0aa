"""From the files of a collection to the rows of a database: the only bridge between the two."""

from transfers.load.loading import Options, load_collection
from transfers.load.report import Report

__all__ = ["Options", "Report", "load_collection"]
