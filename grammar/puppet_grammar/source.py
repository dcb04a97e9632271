"""Offsets to lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

_LINE_END = re.compile(r"\n")


class Position(NamedTuple):
    """A place in a text; both numbers count from 1, the column in characters."""

    line: int
    column: int


class Source:
    """A text and the file it came from, which finds lines and columns for offsets.

    Attributes:
        text: The whole text.
        file: The file's path, if there is one.
    """

    def __init__(self, text: str, file: str | None = None) -> None:
        self.text = text
        self.file = file

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset of each line's first character."""
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def position(self, offset: int) -> Position:
        """Returns the line and column of a character."""
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """Returns a line's text without its end; lines count from 1."""
        starts = self.line_starts
        start = starts[number - 1]
        end = starts[number] - 1 if number < len(starts) else len(self.text)
        return self.text[start:end].rstrip("\r")

    def excerpt(self, offset: int, width: int = 100) -> str:
        """Returns the line that holds ``offset`` and below it a caret at the place.

        Tabs are kept in the caret's line, so that it stays under its character; of a line longer than
        ``width`` characters the part around the place is given.
        """
        number, column = self.position(offset)
        line = self.line(number)
        first = max(0, column - 1 - width // 2) if len(line) > width else 0
        part = line[first : first + width]
        indent = "".join("\t" if char == "\t" else " " for char in part[: column - 1 - first])
        return f"{part}\n{indent}^"


def may_hold_plans(file: str) -> bool:
    """Whether ``plan`` is a keyword in a file: Puppet looks for plans in directories of that name only."""
    return "/plans/" in file or file.startswith("plans/")
