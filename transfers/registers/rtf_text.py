"""RTF -> rows of cells: as much of it as a table, or lines with tabs, needs. Everything else in it is passed over."""

from __future__ import annotations

import re

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final

    from transfers.registers.source import Problems

LONGEST_CELL: Final = 20_000  # characters
DEEPEST: Final = 200  # groups in one another
_TOKEN = re.compile(r"\\([A-Za-z]+)(-?[0-9]{1,9})? ?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z])|([{}])|([^\\{}]+)|(.)")
_PASSED_OVER: Final = frozenset({
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "header", "footer", "headerl", "headerr", "footerl", "footerr", "object",
    "listtable", "listoverridetable", "generator", "themedata", "datastore", "fldinst",
})
_CHARACTERS: Final = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ",
    "enspace": " ",
}
_SYMBOLS: Final = {"~": "\u00a0", "_": "-", "-": "", "\\": "\\", "{": "{", "}": "}", "\n": "\n", "\t": "\t"}


class Reader:
    """Takes lines of RTF and gives rows, each with the line on which it ends."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._hidden: list[bool] = []  # of each open group, whether it is passed over
        self._cells: list[str] = []
        self._text: list[str] = []
        self._length = 0
        self._in_table = False
        self._skip = 0  # characters that stand for a \u before them
        self._fallback = 1
        self.is_closed = False  # whether the outermost group has ended

    def rows(self, number: int, line: str) -> Iterator[list[str]]:
        """The rows that end on a line.

        Raises:
            ProblemsError: groups do not fit together, or a cell has no end.
        """
        for found in _TOKEN.finditer(line):
            word, value, code, symbol, brace, text, other = found.groups()
            if brace:
                self._group(number, brace)
            elif symbol == "*" or word in _PASSED_OVER:
                self._hide()
            elif self._hidden and self._hidden[-1]:
                continue
            elif word or other:  # a backslash at the end of a line is a paragraph
                yield from self._word(word or "par", int(value) if value else None)
            elif code:
                self._add(number, bytes([int(code, 16)]).decode("cp1252", "replace"))
            else:
                self._add(number, text or _SYMBOLS.get(symbol, ""))

    def _group(self, number: int, brace: str) -> None:
        if brace == "{":
            if len(self._hidden) >= DEEPEST:
                raise self._problems.stop(number, "", f"has more than {DEEPEST} groups of RTF in one another")
            self._hidden.append(bool(self._hidden) and self._hidden[-1])
        elif not self._hidden:
            raise self._problems.stop(number, "", "ends a group of RTF that did not begin")
        else:
            self._hidden.pop()
            self.is_closed = not self._hidden

    def _hide(self) -> None:
        if self._hidden:
            self._hidden[-1] = True

    def _word(self, word: str, value: int | None) -> Iterator[list[str]]:
        if word == "cell":
            self._end_cell()
        elif word in ("row", "sect", "page") or (word == "par" and not self._in_table):
            if word != "row":
                self._end_cell()
            row, self._cells, self._text, self._length = self._cells, [], [], 0
            self._in_table = False
            yield row
        elif word == "trowd" or word == "intbl":
            self._in_table = True
        elif word == "tab" and not self._in_table:
            self._end_cell()
        elif word in ("par", "line", "tab"):
            self._text.append(" " if word == "tab" else "\n")
        elif word == "uc" and value is not None:
            self._fallback = value
        elif word == "u" and value is not None:
            self._text.append(chr(value % 65_536) if not 0xD800 <= value % 65_536 < 0xE000 else "\ufffd")
            self._skip = self._fallback
        elif word in _CHARACTERS:
            self._text.append(_CHARACTERS[word])

    def _add(self, number: int, text: str) -> None:
        taken = min(self._skip, len(text))
        self._skip -= taken
        self._text.append(text[taken:])
        self._length += len(text)
        if self._length > LONGEST_CELL:
            raise self._problems.stop(number, "", f"goes on with a cell that is longer than {LONGEST_CELL:,} characters")

    def _end_cell(self) -> None:
        self._cells.append("".join(self._text))
        self._text, self._length = [], 0
