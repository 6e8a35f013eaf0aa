"""The pieces that pictures are put together from: elements, texts that fit, bars with closed and open ends."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable
from html import escape
from typing import Final

from transfers.render.visible import as_line

NARROW: Final = 500  # pixels: a picture that is less wide puts labels over bars and not beside them
_EDGE: Final = 16  # pixels around a picture in a file
_TITLE: Final = 30  # over it
_POINT: Final = 7  # pixels by which the end of an open bar is drawn out


def as_safe(text: object) -> str:
    """A text for an element or an attribute: escaped, on one line, without what XML forbids."""
    return escape(as_line(str(text)))


def as_length(value: float) -> str:
    """A length in pixels, to a tenth."""
    return f"{value:.1f}".removesuffix(".0")


def element(name: str, content: str = "", /, **attributes: object) -> str:
    """An element around what is SVG already. ``class_`` is ``class``, ``text_anchor`` is ``text-anchor``; None leaves out."""
    written = "".join(
        f' {key.strip("_").replace("_", "-")}="{as_length(value) if isinstance(value, float | int) else as_safe(value)}"'
        for key, value in attributes.items() if value is not None
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def text(x: float, y: float, words: object, kind: str = "", anchor: str | None = None) -> str:
    """Words at a place; the place is the left end of their base line unless the anchor says ``middle`` or ``end``."""
    return element("text", as_safe(words), x=x, y=y, class_=kind or None, text_anchor=anchor)


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    """A straight line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=kind)


def group(kind: str, parts: Iterable[str], told: str = "") -> str:
    """Parts that belong together, with what is shown of them when somebody points at them."""
    return element("g", (element("title", as_safe(told)) if told else "") + "".join(parts), class_=kind)


def link(url: str, content: str) -> str:
    """What leads somewhere; without an address it is only itself."""
    return element("a", content, href=url) if url else content


def width_of(words: str, size: float) -> float:
    """About how wide a text is; the letters are those of whoever looks, so nobody knows it."""
    wide = sum(1.0 if unicodedata.east_asian_width(letter) in "WF" else 0.56 for letter in words)
    return wide * size


def cut(words: str, width: float, size: float) -> str:
    """As much of a text as there is room for, with an ellipsis where it was cut."""
    words = as_line(words)
    if width_of(words, size) <= width:
        return words
    kept = ""
    for letter in words:
        if width_of(kept + letter + "…", size) > width:
            break
        kept += letter
    return kept.rstrip() + "…"


def bar(x1: float, x2: float, y: float, height: float, *, open_left: bool, open_right: bool, kind: str = "") -> str:
    """A bar; an open end is drawn out to a point. A single value is a lozenge."""
    middle, low = y + height / 2, y + height
    if x2 - x1 < 5 and not open_left and not open_right:
        centre, half = (x1 + x2) / 2, height / 2
        path = f"M{_xy(centre - half, middle)} L{_xy(centre, y)} L{_xy(centre + half, middle)} L{_xy(centre, low)} Z"
        return element("path", d=path, class_=f"bar one {kind}".rstrip())
    left = f"M{_xy(x1 + _POINT, low)} L{_xy(x1, middle)} L{_xy(x1 + _POINT, y)}" if open_left else f"M{_xy(x1, low)} L{_xy(x1, y)}"
    right = (
        f"L{_xy(x2 - _POINT, y)} L{_xy(x2, middle)} L{_xy(x2 - _POINT, low)}" if open_right else f"L{_xy(x2, y)} L{_xy(x2, low)}"
    )
    ends = (" open-left" if open_left else "") + (" open-right" if open_right else "")
    return element("path", d=f"{left} {right} Z", class_=f"bar{ends} {kind}".rstrip())


def _xy(x: float, y: float) -> str:
    return f"{as_length(x)} {as_length(y)}"


def frame(name: str, width: float, height: float, title: str, told: str, parts: Iterable[str], mark: str = "") -> str:
    """A whole picture.

    Args:
        name: what kind of picture it is; its class.
        width: in pixels.
        height: in pixels.
        title: its title, for screen readers.
        told: what is to be seen in it, in a sentence or two.
        parts: what is in it.
        mark: tells apart pictures of one kind on one page.
    """
    body = "".join(parts)
    key = f"{name}-picture{mark}"
    # A picture with links is no image to a screen reader: what is in an image cannot be reached.
    role = "group" if "<a " in body else "img"
    told_parts = element("title", as_safe(title), id=f"{key}-title") + element("desc", as_safe(told), id=f"{key}-told")
    return element(
        "svg", told_parts + body, xmlns="http://www.w3.org/2000/svg", class_=f"picture {name}", role=role,
        viewBox=f"0 0 {as_length(width)} {as_length(height)}", width=width, height=height,
        aria_labelledby=f"{key}-title", aria_describedby=f"{key}-told",
    )


def as_file(picture: str, title: str) -> str:
    """A picture as a file of its own: with its styles, a ground to stand on, a margin, and its title over it."""
    with open(os.path.join(os.path.dirname(os.path.dirname(__file__)), "static", "pictures.css"), encoding="utf-8") as file:
        styles = file.read()
    width, height = (float(found) for found in re.findall(r' (?:width|height)="([0-9.]+)"', picture.partition(">")[0]))
    whole = width + 2 * _EDGE, height + 2 * _EDGE + _TITLE
    parts = [
        f"<style>{escape(styles, quote=False)}</style>", element("rect", class_="ground", width="100%", height="100%"),
        text(_EDGE, _EDGE + 14, cut(title, width, 17), "heading"),
        picture.replace("<svg ", f'<svg x="{_EDGE}" y="{_EDGE + _TITLE}" ', 1),
    ]
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + element(
        "svg", "".join(parts), xmlns="http://www.w3.org/2000/svg", class_="picture", width=whole[0], height=whole[1],
        viewBox=f"0 0 {as_length(whole[0])} {as_length(whole[1])}",
    ) + "\n"
