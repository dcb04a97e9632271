"""What must stand in a line that a regular expression matches: read off the expression, without running it.

No Textual here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

Branch = tuple[str, ...]
"""Texts all of which are in whatever one branch of an expression matches."""

_NO_CHARACTER = frozenset("dDwWsSbBAZ")
"""What after a backslash stands for one of several characters, or for none."""

_COUNTED = re.compile(r"\{\d*,?\d*\}")

_Kind = Literal["text", "quantifier", "or", "other", "unknown"]


def needed_texts(expression: str) -> tuple[Branch, ...]:
    """The texts that a match has, for each branch of the expression; empty if one of them needs none.

    Only what stands outside of groups and classes is looked at. The expression must be one that compiles,
    and not be verbose.
    """
    branches: list[Branch] = []
    runs: list[str] = []
    run = ""
    for kind, text in _pieces(expression):
        if kind == "text":
            run += text
            continue
        if kind == "unknown":
            return ()
        if kind == "quantifier":
            run = run[:-1]  # the last character need not be there
        runs.append(run)
        run = ""
        if kind == "or":
            branches.append(tuple(filter(None, runs)))
            runs = []
    branches.append(tuple(filter(None, (*runs, run))))
    return tuple(branches) if all(branches) else ()


def _pieces(expression: str) -> Iterator[tuple[_Kind, str]]:
    """The characters of an expression that stand for themselves, and what stands between them."""
    place = 0
    while place < len(expression):
        sign = expression[place]
        end = place + 1
        kind: _Kind = "text"
        if sign == "\\":
            sign, end = expression[end], end + 1
            if sign.isalnum():
                # Numbers, names and other characters are rare, and not worth the telling.
                kind = "other" if sign in _NO_CHARACTER else "unknown"
        elif sign == "[":
            kind, end = "other", _class_end(expression, place)
        elif sign == "(":
            kind, end = "other", _group_end(expression, place)
        elif sign in "*?{":
            counted = _COUNTED.match(expression, place)
            kind, end = "quantifier", counted.end() if counted else end
        elif sign in ".^$+|":
            kind = "or" if sign == "|" else "other"
        yield kind, sign
        place = end


def _class_end(expression: str, place: int) -> int:
    """Where a class that begins at a place ends."""
    place += 2 if expression[place + 1 : place + 2] == "^" else 1
    place += expression[place : place + 1] == "]"
    while place < len(expression) and expression[place] != "]":
        place += 2 if expression[place] == "\\" else 1
    return place + 1


def _group_end(expression: str, place: int) -> int:
    """Where a group that begins at a place ends, with the groups in it."""
    depth = 0
    while place < len(expression):
        sign = expression[place]
        if sign == "[":
            place = _class_end(expression, place)
            continue
        depth += (sign == "(") - (sign == ")")
        place += 2 if sign == "\\" else 1
        if not depth:
            break
    return place
