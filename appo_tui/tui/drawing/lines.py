"""Lines as the widgets draw them: spans of printable text, each with the role that it plays.

Roles are names, not colours: the widget that draws gives them its theme's style. What makes lines is
therefore pure, and tested without a screen.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TypeAlias

from appo_tui.environment.printable import printable

Span: TypeAlias = tuple[str, str]
"""Text without control characters, and its role."""

Line: TypeAlias = tuple[Span, ...]
"""One line of the screen, of any width."""

ROLES = (
    "dim",
    "heading",
    "type",
    "title",
    "node",
    "name",
    "string",
    "number",
    "keyword",
    "comment",
    "link",
    "unknown",
    "good",
    "busy",
    "waiting",
    "bad",
    "warning",
    "note",
    "match",
    "here",
    "mark",
    "old",
    "new",
)
"""Every role but the plain one, which is an empty string."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line to read.

    Attributes:
        line: its spans.
        leads_to: what choosing it jumps to, or None.
        aside: what stands behind the line if there is room, else below it.
        hanging: columns by which the rows below the first are set in where one is not enough.
    """

    line: Line
    leads_to: Hashable = None
    aside: Line = ()
    hanging: int = 6


EMPTY = Entry((("", ""),))


def span(text: str, role: str = "") -> Span:
    """``text`` from anywhere as a span: control characters become visible."""
    return (printable(text), role)


def line(*parts: str | Span) -> Line:
    """A line of spans; a plain string plays no role."""
    return tuple(span(part) if isinstance(part, str) else part for part in parts)


def counted(count: int, word: str) -> str:
    """How many there are of something, such as ``1 node`` or ``2 nodes``."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def plain(parts: Line) -> str:
    """The text of a line, as it would be copied."""
    return "".join(text for text, _ in parts)


def reference(text: str) -> Line:
    """A reference such as ``Lamp::Db[app1]``, its type and its title told apart."""
    kind, bracket, title = text.partition("[")
    if not bracket or not title.endswith("]"):
        return (span(text, "type"),)
    return (span(kind, "type"), span("[", "dim"), span(title[:-1], "title"), span("]", "dim"))
