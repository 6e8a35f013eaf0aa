"""A picture for a page: in two widths, of which the style sheet shows the one that fits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_NARROW = 340  # pixels: what a phone has


def in_both_widths(draw: Callable[..., str], *what: Any) -> dict[str, Any]:
    """The picture as ``wide`` and ``narrow``, not to be escaped again: the drawing has escaped all that it holds."""
    from markupsafe import Markup  # here, because rows for pictures are made where the extra `site` is not installed

    return {
        "wide": Markup(draw(*what)),
        "narrow": Markup(draw(*what, _NARROW, "-narrow")),
    }
