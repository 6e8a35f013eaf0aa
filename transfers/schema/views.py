"""All views, in an order in which they can be made. They are made anew after the last migration.

The text of each is the same for both engines but for the fragments of its module.
"""

from __future__ import annotations

from transfers.schema import claim_views, register_views


def views(engine: str) -> dict[str, str]:
    """The statement that makes each view, by its name.

    Args:
        engine: ``sqlite`` or ``postgresql``.
    """
    made = {}
    for name, text in (claim_views.VIEWS | register_views.VIEWS).items():
        for mark, fragment in (claim_views.FRAGMENTS[engine] | register_views.FRAGMENTS[engine]).items():
            text = text.replace("{" + mark + "}", fragment)
        made[name] = f"CREATE VIEW {name} AS\n{text.strip()}"
    return made
