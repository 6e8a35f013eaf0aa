"""What Datasette is told of the tables and views: titles, what columns hold, facets, orders, questions. No data of records.

Datasette shows some of this as HTML and makes links of it, so nothing in here may come from what somebody wrote into a record.
"""

from __future__ import annotations

from typing import Any, Final

from transfers.site.answering import HOME
from transfers.site.questions import QUESTIONS, as_queries
from transfers.site.view_columns import VIEWS

DATABASE: Final = "transfers"
TITLE: Final = "Transfers of weapons, and who says so"
DESCRIPTION: Final = (
    "Each figure, date and name stands on the exact words of an article. A row in transfers does not say that it happened: its "
    "standing says how the sources stand to each other. Never add up the numbers of claims: four claims of one delivery are four "
    "rows with the same number."
)
# Nobody's data but quotes of articles: what may be done with them is for the law of the reader, and the program has its own.
LICENSE: Final = "Quotes belong to the publishers of the articles"

# Views first, as Datasette lists them with the tables of the core; all other tables are support.
_CORE: Final = {
    "transfers": ("Transfers (keys only)", "supplier_id", ("kind", "supplier_id", "recipient_id", "system_id")),
    "claims": ("Claims", "article_id", ("stance", "phase", "denies", "rank")),
    "meetings": ("Meetings (keys only)", "title", ("kind", "place_id")),
    "statements": ("Statements", "article_id", ("form", "speaker_id", "lang")),
    "articles": ("Articles", "published_earliest", ("outlet_id", "lang", "status")),
    "actors": ("Actors", "name", ("kind", "country_code")),
    "systems": ("Systems", "name", ("level", "category", "uav_class")),
    "places": ("Places", "name", ("precision", "country_code")),
    "evidence": ("Evidence", "article_id", ("basis", "field")),
}
# What Datasette shows in place of an id that points here; the tables whose ids say more than any other column keep the id.
_LABELS: Final = {
    "actors": "name", "systems": "name", "places": "name", "topics": "name", "articles": "title", "meetings": "title",
    "claims": "summary", "statements": "summary", "transfers": "id", "affiliations": "title", "aliases": "name",
    "registers": "id", "register_rows": "designation",
}


def tables() -> dict[str, dict[str, Any]]:
    """Each table and view with all that Datasette is told of it."""
    from transfers.models import Base

    found: dict[str, dict[str, Any]] = {}
    classes = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
    for table in Base.metadata.sorted_tables:
        title, sort, facets = _CORE.get(table.name, ("", "", ()))
        found[table.name] = _without_empty({
            "title": title,
            "description": " ".join((classes[table].__doc__ or "").split()),
            "columns": {column.name: column.comment for column in table.columns},
            "label_column": _LABELS.get(table.name),
            "sort": sort, "facets": list(facets), "hidden": table.name not in _CORE,
        })
    for name, view in VIEWS.items():
        found[name] = _without_empty({
            "title": view.title, "description": view.description, "columns": dict(view.columns), "sort": view.sort,
            "facets": list(view.facets),
        })
    for support in ("search_rows_fts", "alembic_version", "sqlite_stat1", "sqlite_stat4"):
        found[support] = {"hidden": True}
    return found


def _without_empty(told: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in told.items() if value}


_CONFIGURATION: Final = ("label_column", "sort", "facets", "hidden")


def as_metadata() -> dict[str, Any]:
    """What is said of the data, for ``metadata.json``; both lines of Datasette read it."""
    told = {
        name: {key: value for key, value in one.items() if key not in _CONFIGURATION} for name, one in tables().items()
    }
    return {
        "title": TITLE,
        "description": DESCRIPTION,
        "license": LICENSE,
        "about": "How to cite, and what to take away",
        "about_url": f"{HOME}/downloads",
        "source": "Where to begin: the reading room",
        "source_url": HOME,
        "databases": {DATABASE: {
            "title": TITLE, "description": DESCRIPTION, "tables": {name: one for name, one in told.items() if one},
        }},
    }


def as_configuration(plugins: dict[str, Any]) -> dict[str, Any]:
    """How the data is shown: Datasette 1 reads it from ``datasette.json``, Datasette 0 as part of its metadata."""
    configured = {
        name: {key: one[key] for key in _CONFIGURATION if key in one} for name, one in tables().items()
    }
    return {
        "plugins": plugins,
        "databases": {DATABASE: {
            "tables": {name: one for name, one in configured.items() if one}, "queries": as_queries(QUESTIONS),
        }},
    }


def merged(metadata: dict[str, Any], configuration: dict[str, Any]) -> dict[str, Any]:
    """Both in one, as Datasette 0 wants it."""
    both = dict(metadata)
    for key, value in configuration.items():
        known = both.get(key)
        both[key] = merged(known, value) if isinstance(known, dict) and isinstance(value, dict) else value
    return both
