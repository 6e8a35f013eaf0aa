"""Reading the HTML of pages: what elements there are, and what a browser would run."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Element:
    """One element: its name, its attributes, the text directly in it."""

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.text = ""

    def __repr__(self) -> str:
        return f"<{self.name} {self.attributes}>{self.text[:40]}"


class Markup(HTMLParser):
    """The elements of a page in their order, and whether every one that begins also ends."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.errors: list[str] = []
        self.text = ""
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        self.errors += [f"not closed: {one!r}" for one in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self._open or self._open[-1].name != tag:
            self.errors.append(f"</{tag}> does not close {self._open[-1:]}")
            return
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._open:
            self._open[-1].text += data

    def named(self, name: str) -> list[Element]:
        """All elements of a name."""
        return [one for one in self.elements if one.name == name]

    def ids(self) -> list[str]:
        """All ids."""
        return [one.attributes["id"] for one in self.elements if "id" in one.attributes]
