"""A database of weapons transfers in which every fact is bound to the words of an article."""

__version__ = "0.1.0"
