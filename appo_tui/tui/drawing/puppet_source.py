"""A manifest's lines with their words told apart, well enough to read by; it never fails."""

from __future__ import annotations

import re

from appo_tui.tui.drawing.lines import Line, Span, span

_KEYWORDS = frozenset(
    [
        "and",
        "application",
        "attr",
        "case",
        "class",
        "consumes",
        "default",
        "define",
        "else",
        "elsif",
        "environment",
        "export",
        "consume",
        "false",
        "function",
        "if",
        "import",
        "in",
        "inherits",
        "node",
        "or",
        "private",
        "produces",
        "site",
        "type",
        "undef",
        "unless",
        "true",
        "require",
        "subscribe",
    ]
)

_TOKEN = re.compile(
    r"""
    (?P<comment>\#.*)
  | (?P<string>'(?:\\.|[^'\\])*'?|"(?:\\.|[^"\\])*"?)
  | (?P<name>\$(?:::)?\w+(?:::\w+)*|@?\w+(?=\s*=>))
  | (?P<type>(?:::)?[A-Z]\w*(?:::[A-Z]\w*)*)
  | (?P<number>\b\d[\w.]*)
  | (?P<word>[a-z_]\w*(?:::\w+)*)
    """,
    re.VERBOSE,
)


def puppet_line(text: str) -> Line:
    """One line of Puppet or of any language like it."""
    spans: list[Span] = []
    end = 0
    for match in _TOKEN.finditer(text):
        if match.start() > end:
            spans.append(span(text[end : match.start()]))
        role = match.lastgroup or ""
        if role == "word":
            role = "keyword" if match[0] in _KEYWORDS else ""
        spans.append(span(match[0], role))
        end = match.end()
    spans.append(span(text[end:]))
    return tuple(spans)
