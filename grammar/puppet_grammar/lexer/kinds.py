"""The kinds of tokens: one character each.

A punctuation mark of one character is its own kind; longer ones and keywords get characters of their
own, all below U+0100, where Python keeps one string object a character and comparing is cheapest.
"""

from __future__ import annotations

from collections.abc import Mapping

NAME = "n"
WORD = "w"
CLASSREF = "C"
VARIABLE = "v"
STRING = "s"
NUMBER = "0"
BOOLEAN = "b"
REGEX = "r"
DQPRE = "p"
"""The text of an interpolated string up to its first expression."""
DQMID = "m"
DQPOST = "q"
HEREDOC = "h"
LISTSTART = "\xab"
"""A ``[`` after white space: it starts an array, never an access."""
WSLPAREN = "\xac"
"""A ``(`` that is the first on its line: it groups, and never calls."""
SELBRACE = "\xad"
"""The ``{`` of a selector."""
TILDE = "~"
OTHER = "\x01"
"""A character that the language has no use for."""
FAULT = "\x02"
"""Where the lexer could not go on; its error is raised if the parser comes this far."""
END = "\x03"

_PUNCTUATION = [
    "[", "]", "{", "}", "(", ")", "=", "+=", "-=", "==", "!=", "=~", "!~", ">=", ">", "<=", "<", "=>", "+>",
    "<<", "<<|", "<|", ">>", "|>>", "|>", "+", "-", "/", "*", "%", "!", ".", "|", "@", "@@", ":", ",", ";",
    "?", "->", "~>", "<-", "<~",
]  # fmt: skip
_KEYWORDS = [
    "case", "class", "default", "define", "if", "elsif", "else", "inherits", "node", "and", "or", "undef",
    "in", "unless", "function", "type", "attr", "private", "application", "site", "produces", "consumes",
    "plan",
]  # fmt: skip
ORCHESTRATION_KEYWORDS = ("application", "site", "produces", "consumes")


def _assign_characters() -> dict[str, str]:
    free = iter(map(chr, range(0xB0, 0x100)))
    return {spelling: spelling if len(spelling) == 1 else next(free) for spelling in _PUNCTUATION + _KEYWORDS}


KIND: Mapping[str, str] = _assign_characters()
"""From a punctuation mark or keyword, as it is written, to its kind."""

KEYWORDS: Mapping[str, str] = {word: KIND[word] for word in _KEYWORDS if word != "plan"} | {
    "true": BOOLEAN,
    "false": BOOLEAN,
}
"""The reserved words of Puppet 4 to 6, with those of application orchestration."""

DESCRIPTION: Mapping[str, str] = {kind: f"'{spelling}'" for spelling, kind in KIND.items()} | {
    NAME: "a name",
    WORD: "a word",
    CLASSREF: "a type reference",
    VARIABLE: "a variable",
    STRING: "a string",
    NUMBER: "a number",
    BOOLEAN: "'true' or 'false'",
    REGEX: "a regular expression",
    DQPRE: "a string",
    DQMID: "the rest of the string",
    DQPOST: "the rest of the string",
    HEREDOC: "a heredoc",
    LISTSTART: "'['",
    WSLPAREN: "'('",
    SELBRACE: "'{'",
    END: "end of input",
}
"""What to call a kind in a message."""
