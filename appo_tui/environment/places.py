"""Where something stands in the user's files."""

from __future__ import annotations

import msgspec


class Place(msgspec.Struct, frozen=True, order=True, gc=False):
    """A line, and where it is known a column, of a file; both count from 1.

    ``file`` is the path as it was opened; an empty string stands for text that has no file.
    """

    file: str
    line: int
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
