"""Closed word lists, names and their keys, partial dates, quantities: the conventions, usable with strings alone."""
