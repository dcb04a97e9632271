"""A line of a job's log as spans."""

from __future__ import annotations

from datetime import datetime

from rich.cells import set_cell_size

from appo_tui.tui.drawing.lines import Line, Span, span
from appo_tui.tui.filters import Pattern
from appo_tui.tui.log.rows import BAD_LEVELS, LogRow

_LONGEST = 10_000
"""Characters of one line that are drawn."""

_ROLES = {**dict.fromkeys(BAD_LEVELS, "bad"), "warning": "warning", "info": "dim", "debug": "dim"}


def log_line(row: LogRow, *, times: bool, node_width: int, pattern: Pattern | None, here: bool) -> Line:
    """A line: with its time, with its node where ``node_width`` is not 0, with what matches marked.

    ``here`` if it is the match that one has gone to.
    """
    spans: list[Span] = []
    if times:
        spans.append((f"{datetime.fromtimestamp(row.time):%H:%M:%S} ", "dim"))  # noqa: DTZ006 (the user's own time)
    if node_width:
        spans.append((set_cell_size(span(row.node)[0], node_width) + " ", "node"))
    text = span(row.text[:_LONGEST])[0]
    role = _ROLES.get(row.level, "")
    if pattern is None or pattern.inverse:
        return (*spans, (text, role))
    end = 0
    for match in pattern.expression.finditer(text):
        if match.end() > match.start():
            spans += [(text[end : match.start()], role), (match[0], "here" if here else "match")]
            end = match.end()
    return (*spans, (text[end:], role))
