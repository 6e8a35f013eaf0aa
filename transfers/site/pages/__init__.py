"""The pages of the site: a module for each.

A page ``thing`` at ``/-/transfers/thing`` or ``/-/transfers/thing/<id>`` is

* a line in `PAGES`: its name in the path, the module here, whether an id follows, its label in the menu (or none);
* ``pages/thing.py`` with ``read(connection, asked)``. It reads with `transfers.queries` or with SQL over the views through
  ``connection.rows(sql, params)`` (plain tuples, ``:name`` parameters), and returns a dictionary: ``title`` and all that the
  template shows. For something that is not HTML it returns a `Reply`. It raises `NotFoundError` where there is nothing
  to show; any other `TransfersError` becomes a page with its message;
* ``templates/thing.html``, which extends ``frame.html`` and fills the block ``main``; ``parts.html`` has the macros. Values are
  escaped by Jinja; a picture of `transfers.site.pictures` comes as `markupsafe.Markup` and has escaped what it holds. No inline
  script, no ``style=`` attribute, no ``on...=``: the policy that is sent forbids them. Links are made with ``site.page(...)``,
  ``site.table(...)`` and ``site.static(...)``.

Styles stand in ``static/site.css``, whose first lines say which classes there are. `home` is the example to copy.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Page(NamedTuple):
    """One page: its module and template, whether an id follows its name in the path, its label in the menu."""

    module: str
    takes_id: bool = False
    label: str = ""


PAGES: Final = {
    "": Page("home", label="Home"),
    "search": Page("search"),
    "article": Page("article", takes_id=True),
    "transfer": Page("transfer", takes_id=True),
    "actor": Page("actor", takes_id=True),
    "system": Page("system", takes_id=True),
    "meeting": Page("meeting", takes_id=True),
    "statement": Page("statement", takes_id=True),
    "timeline": Page("timeline", label="Timeline"),
    "network": Page("network", label="Network"),
    "map": Page("map", label="Map"),
    "codebook": Page("codebook", label="Codebook"),
    "downloads": Page("downloads", label="Downloads"),
    "download": Page("download", takes_id=True),
    "feed.atom": Page("feed"),
}
MENU: Final = tuple((name, page.label) for name, page in PAGES.items() if page.label)
