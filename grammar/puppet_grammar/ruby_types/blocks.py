"""Which bracket or keyword of Ruby is closed by which."""

from __future__ import annotations

from puppet_grammar.ruby_types.lexing import Kind, Token
from puppet_grammar.ruby_types.model import RubyTypeError
from puppet_grammar.source import Source

_CLOSERS = {"(": ")", "[": "]", "{": "}"}
_ALWAYS_OPEN = frozenset({"begin", "case", "class", "module", "def", "for"})
_OPEN_AT_START = frozenset({"if", "unless", "while", "until"})
_LOOPS = frozenset({"while", "until", "for"})
_BEFORE_START = frozenset([
    "then", "else", "elsif", "do", "begin", "and", "or", "not", "in", "when", "ensure",
])  # fmt: skip


def matching_ends(tokens: list[Token], source: Source) -> dict[int, int]:
    """Returns, for each token that opens something, the number of the token that closes it.

    Raises:
        RubyTypeError: Something is not closed, or closed that was not opened.
    """
    ends: dict[int, int] = {}
    opened: list[tuple[int, str]] = []
    loop_waits_for_do = False
    for index, token in enumerate(tokens):
        opener = _opens(tokens, index)
        if token.kind is Kind.NEWLINE:
            loop_waits_for_do = False
        if opener == "do" and loop_waits_for_do:
            loop_waits_for_do = False
        elif opener:
            opened.append((index, _CLOSERS.get(opener, "end")))
            loop_waits_for_do = loop_waits_for_do or opener in _LOOPS
        elif _closes(tokens, index):
            if not opened or opened[-1][1] != token.value:
                raise RubyTypeError(f"'{token.value}' closes nothing", source, token.start)
            ends[opened.pop()[0]] = index
    if opened:
        token = tokens[opened[-1][0]]
        raise RubyTypeError(f"'{token.value}' is never closed", source, token.start)
    return ends


def _opens(tokens: list[Token], index: int) -> str:
    """Returns what a token opens something with, or nothing."""
    token = tokens[index]
    if token.kind is Kind.OPERATOR:
        return token.value if token.value in _CLOSERS else ""
    if token.kind is not Kind.NAME or _is_method_name(tokens, index):
        return ""
    if token.value == "do" or (token.value in _ALWAYS_OPEN and not _is_endless(tokens, index)):
        return token.value
    return token.value if token.value in _OPEN_AT_START and _starts_expression(tokens, index) else ""


def _closes(tokens: list[Token], index: int) -> bool:
    token = tokens[index]
    if token.kind is Kind.OPERATOR:
        return token.value in (")", "]", "}")
    return token.kind is Kind.NAME and token.value == "end" and not _is_method_name(tokens, index)


def _is_method_name(tokens: list[Token], index: int) -> bool:
    before = tokens[index - 1] if index else None
    if before is None:
        return False
    if before.kind is Kind.NAME:
        return before.value == "def"
    return before.kind is Kind.OPERATOR and before.value in (".", "&.", "::")


def _is_endless(tokens: list[Token], index: int) -> bool:
    """Whether a method is defined by an expression: ``def name = value``."""
    following = tokens[index + 2]
    return tokens[index].value == "def" and following.value == "=" and following.start > tokens[index + 1].end


def _starts_expression(tokens: list[Token], index: int) -> bool:
    """Whether an ``if`` begins something, and does not modify what stands before it."""
    before = tokens[index - 1] if index else None
    if before is None or before.kind in (Kind.NEWLINE, Kind.LABEL):
        return True
    if before.kind is Kind.OPERATOR:
        return before.value not in (")", "]", "}")
    return before.kind is Kind.NAME and before.value in _BEFORE_START
