"""A picture as PNG, drawn by resvg: offline, the same on every machine, and with letters of most scripts.

The letters are those of DejaVu Sans, which matplotlib brings along, so that a machine without fonts draws them too; what it lacks
(Chinese, for one) comes from the fonts of the machine. Arabic is joined and set from right to left.
"""

from __future__ import annotations

import os
import re
from importlib.util import find_spec
from typing import Final

from transfers.errors import InputError

_ZOOM: Final = 2.0  # pixels of the file for one of the picture: sharp in print and on fine screens
_FONT: Final = "DejaVu Sans"
_MISSING: Final = 'a picture as PNG needs resvg-py and matplotlib; run: pip install "transfers[notebook]" (SVG needs neither)'


def require_renderer() -> None:
    """What draws PNG is installed.

    Raises:
        InputError: it is not.
    """
    if not find_spec("resvg_py") or not _find_fonts():
        raise InputError(_MISSING)


def as_png(file: str) -> bytes:
    """A picture that `drawing.as_file` made, as PNG on a light ground.

    Raises:
        InputError: what draws it is not installed.
    """
    require_renderer()
    from resvg_py import svg_to_bytes

    styled = re.sub(r"(?<=<style>).*?(?=</style>)", lambda found: as_plain_styles(found[0]), file, count=1, flags=re.DOTALL)
    return bytes(svg_to_bytes(
        svg_string=styled.partition("?>")[2], zoom=_ZOOM, background="#fff", font_dirs=[_find_fonts()], font_family=_FONT,
        sans_serif_family=_FONT,
    ))


def as_plain_styles(styles: str) -> str:
    """A style sheet for resvg: light colours in the place of their names, and nothing that depends on who looks."""
    light = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", styles)
    colours = dict(re.findall(r"(--[\w-]+):\s*([^;}]+)", light))
    named = re.sub(r"--[\w-]+:[^;}]+;?", "", light)
    sized = re.sub(r"font: (\d+px)[^;]*;", rf"font-size: \1; font-family: '{_FONT}';", named)
    return re.sub(r"var\((--[\w-]+)\)", lambda found: colours[found[1]].strip(), sized)


def _find_fonts() -> str:
    """The folder of the fonts that matplotlib brings along; empty when it is not installed."""
    found = find_spec("matplotlib")
    folder = os.path.join(os.path.dirname(found.origin or ""), "mpl-data", "fonts", "ttf") if found else ""
    return folder if os.path.isdir(folder) else ""
