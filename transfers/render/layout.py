"""Lines of a page of text: headings, facts with a label, paragraphs; never wider than asked."""

from __future__ import annotations

from transfers.render.visible import as_line
from transfers.render.width import width_of, wrap

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

Fact: TypeAlias = "tuple[str, str | None]"

_LABEL = 12


class Layout:
    """A page that is being written, line by line."""

    __slots__ = ("lines", "width")

    def __init__(self, width: int) -> None:
        self.lines: list[str] = []
        self.width = max(width, 24)

    def title(self, text: str, below: str = "") -> None:
        """The title of the page and what stands under it."""
        for line in wrap(as_line(text), self.width):
            self.lines.append(line)
        if below:
            self.paragraph(below)
        self.gap()

    def heading(self, text: str) -> None:
        """A heading, underlined, with an empty line before and after."""
        self.gap()
        wrapped = wrap(as_line(text), self.width)
        self.lines += [*wrapped, "-" * max(map(width_of, wrapped)), ""]

    def gap(self) -> None:
        """One empty line, never two."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def paragraph(self, text: str, indent: int = 0) -> None:
        """Text over as many lines as it needs."""
        self.lines += [" " * indent + line for line in wrap(as_line(text), self.width - indent)]

    def facts(self, facts: Iterable[Fact], indent: int = 0) -> None:
        """Labels with their texts beside them; what is empty is left out."""
        for label, text in facts:
            if text:
                room = self.width - indent - _LABEL
                for number, line in enumerate(wrap(as_line(text), room)):
                    self.lines.append(" " * indent + (label if number == 0 else "").ljust(_LABEL) + line)

    def items(self, texts: Iterable[str], indent: int = 0) -> None:
        """A list, one text under the other."""
        for text in texts:
            for number, line in enumerate(wrap(as_line(text), self.width - indent - 2)):
                self.lines.append(" " * indent + ("- " if number == 0 else "  ") + line)

    def text(self) -> str:
        """The page, with a line break at its end."""
        while self.lines and not self.lines[-1]:
            self.lines.pop()
        return "\n".join(self.lines) + "\n"
