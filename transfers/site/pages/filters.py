"""What a form of filters asks for, and the page that says what is wrong with it without losing the form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from transfers.errors import InputError, UsageError
from transfers.site.answering import NotFoundError, Reply, render

if TYPE_CHECKING:
    from transfers.site.answering import Asked

Wanted = dict[str, str]


def read_wanted(asked: Asked, names: Sequence[str]) -> Wanted:
    """What was asked for under each name; empty where nothing was."""
    return {name: asked.word(name).strip()[:200] for name in names}


def listed(value: str) -> list[str]:
    """The one value, or none."""
    return [value] if value else []


def answered(asked: Asked, template: str, wanted: Wanted, read: Callable[[], dict[str, Any]], empty: dict[str, Any]) -> Any:
    """What was read, or a page with the form and a message where the filters cannot be followed.

    Args:
        asked: what is asked of the page.
        template: the template of the page without its ending; also its name in the path.
        wanted: what the form holds.
        read: reads what the page shows.
        empty: what it shows when nothing could be read.
    """
    try:
        return {"wanted": wanted, "trouble": "", **read()}
    except NotFoundError:
        raise
    except (InputError, UsageError) as error:
        trouble = str(error).removeprefix("--")
        shown = {"here": template, "wanted": wanted, "trouble": trouble[:1].upper() + trouble[1:], **empty}
        return Reply(render(asked.site, f"{template}.html", shown), status=400)
