"""Heredocs: the tag ``@("END":json/tn$L)``, and the lines up to the one with its end."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_TAG = re.compile(
    r"@\(([^:/\r\n)]+)(?::[ \t]*([a-z][a-zA-Z0-9_+]+)[ \t]*)?(?:/((?:\w|[$])*)[ \t]*)?\)", re.ASCII
)
_QUOTED = re.compile(r'"(.*)"')
_ALL_ESCAPES = "trnsuL$"


class HeredocError(ValueError):
    """A heredoc cannot be read; the place is where it starts or where its tag ends."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


@dataclass(frozen=True, slots=True)
class HeredocTag:
    """What stands between ``@(`` and ``)``.

    Attributes:
        end_tag: The text that ends the heredoc.
        syntax: The declared format of the text, or nothing.
        escapes: The characters that have a meaning after a backslash.
        interpolated: Whether ``$x`` and ``${x}`` are replaced.
        end: Offset after the closing parenthesis.
    """

    end_tag: str
    syntax: str
    escapes: frozenset[str]
    interpolated: bool
    end: int


@dataclass(frozen=True, slots=True)
class HeredocText:
    """The lines of a heredoc, without margin.

    Attributes:
        text: The content before its escapes are resolved.
        end: Offset after the line with the end tag, where the next heredoc of the line starts.
        line_starts: Offset in ``text`` of each line.
        places: Offset of the same character in the whole text.
    """

    text: str
    end: int
    line_starts: tuple[int, ...]
    places: tuple[int, ...]

    def place(self, offset: int) -> int:
        """Returns the offset in the whole text of a character of ``text``."""
        line = bisect_right(self.line_starts, offset) - 1
        return self.places[line] + offset - self.line_starts[line] if line >= 0 else self.end


def read_tag(text: str, start: int) -> HeredocTag:
    """Reads a heredoc's tag, which starts at ``start``.

    Raises:
        HeredocError: It is not closed, or not well formed.
    """
    close = text.find(")", start)
    if close < 0:
        following = followed_by(text, start)
        raise HeredocError(f"Unclosed parenthesis after '@(' followed by '{following}'", start)
    end = close + 1
    match = _TAG.match(text[start:end])
    if match is None:
        raise HeredocError("Invalid syntax in heredoc expected @(endtag[:syntax][/escapes])", end)
    end_tag = match[1].strip()
    quoted = _QUOTED.fullmatch(end_tag)
    if quoted:
        end_tag = quoted[1].strip()
    if not end_tag:
        raise HeredocError("Heredoc with an empty endtag", end)
    return HeredocTag(end_tag, match[2] or "", _escapes(match[3], end), quoted is not None, end)


def _escapes(flags: str | None, offset: int) -> frozenset[str]:
    if flags is None:
        return frozenset()
    flags = flags or _ALL_ESCAPES
    if len(set(flags)) < len(flags):
        shown = ", ".join(flags)
        raise HeredocError(f"An escape char for @() may only appear once. Got '{shown}'", offset)
    for flag in flags:
        if flag not in _ALL_ESCAPES:
            message = f"Invalid heredoc escape char. Only t, r, n, s,  u, L, $ allowed. Got '{flag}'"
            raise HeredocError(message, offset)
    line_ends = {"\n", "\r\n"} if "L" in flags else set()
    return frozenset({"\\", *flags.replace("L", "")} | line_ends)


def next_line(text: str, pos: int) -> int:
    """Returns the offset of the line after the one that ``pos`` is in.

    Raises:
        HeredocError: It is the last.
    """
    newline = text.find("\n", pos)
    if newline < 0:
        raise HeredocError("Heredoc without any following lines of text", pos)
    return newline + 1


def read_text(text: str, start: int, tag: HeredocTag) -> HeredocText:
    """Reads the lines from ``start`` to the one that holds the end tag.

    The end tag may follow other text in its line, and a line with text in the margin keeps it: Puppet
    reads them so.

    Raises:
        HeredocError: There is no end tag.
    """
    end_line = re.compile(
        rf"([ \t]*)(?:([|])[ \t]*)?(?:(-)[ \t]*)?{re.escape(tag.end_tag)}[ \t]*\r?(?:\n|\Z)"
    )
    lines: list[tuple[int, str]] = []
    pos = start
    while pos < len(text):
        newline = text.find("\n", pos)
        next_line = len(text) if newline < 0 else newline + 1
        line = text[pos:next_line]
        match = end_line.search(line) if tag.end_tag in line else None
        if match:
            margin = match[1] if match[2] else ""
            return _without_margin(lines, margin, next_line, strip_last_newline=match[3] is not None)
        lines.append((pos, line))
        pos = next_line
    raise HeredocError("Heredoc without end-tagged line", start)


def _without_margin(
    lines: list[tuple[int, str]], margin: str, end: int, *, strip_last_newline: bool
) -> HeredocText:
    parts: list[str] = []
    line_starts: list[int] = []
    places: list[int] = []
    length = 0
    for place, line in lines:
        removed = len(margin) if margin and line.startswith(margin) else 0
        parts.append(line[removed:])
        line_starts.append(length)
        places.append(place + removed)
        length += len(line) - removed
    content = "".join(parts)
    if strip_last_newline:
        content = re.sub(r"\r?\n\Z", "", content)
    return HeredocText(content, end, tuple(line_starts), tuple(places))


def followed_by(text: str, pos: int) -> str:
    """Returns the next five characters as Puppet shows them in a message, or ``<eof>``."""
    if pos >= len(text):
        return "<eof>"
    shown = text[pos : pos + 5] + "..."
    return shown.replace("\t", r"\t").replace("\n", r"\n").replace("\r", r"\r")
