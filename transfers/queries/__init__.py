"""What the database answers: `find_` functions over the views. SQL is plain text with ``:name`` parameters, for both engines.

The answers of lists are `Rows`, whose columns are the keys of the JSON output; docs/commands.md lists them. A page is found
in two steps: the ids by an index, with the limit, then the rows of these ids. So a list costs as much as it shows, not as
much as the database holds.
"""

from transfers.queries.rows import Rows

__all__ = ["Rows"]
