r"""Regular expressions in Ruby's syntax, as Python's.

The two differ in what ``^``, ``$``, ``\A``, ``\z``, ``\Z`` and ``\h`` mean, in POSIX classes, and in how
groups are named. Manual: https://docs.ruby-lang.org/en/2.7/Regexp.html
"""

from __future__ import annotations

import re
from functools import lru_cache

_ESCAPES = {
    "z": r"\Z", "Z": r"(?=\n?\Z)", "h": "[0-9a-fA-F]", "H": "[^0-9a-fA-F]", "R": r"(?:\r\n|[\n\v\f\r])",
}  # fmt: skip
_IN_CLASS = {"h": "0-9a-fA-F"}
_POSIX = {
    "alnum": r"^\W_", "alpha": r"^\W\d_", "digit": r"\d", "space": r"\s", "word": r"\w", "upper": "A-Z",
    "lower": "a-z", "xdigit": "0-9A-Fa-f", "blank": r" \t", "cntrl": r"\x00-\x1f\x7f", "graph": "!-~",
    "print": " -~", "punct": r"!-/:-@\[-`{-~",
}  # fmt: skip
_POSIX_POSITIVE = {"alnum": "0-9A-Za-z", "alpha": "A-Za-z"}
_FLAGS = {"i": re.IGNORECASE, "m": re.DOTALL, "x": re.VERBOSE}


_RUBY_WORDS = {
    "unterminated subpattern": "end pattern with unmatched parenthesis",
    "unbalanced parenthesis": "unmatched close parenthesis",
    "unterminated character set": "premature end of char-class",
    "nothing to repeat": "target of repeat operator is not specified",
    "bad escape (end of pattern)": "too short escape sequence",
    "bad character range": "empty range in char class",
}
"""What Ruby says where Python says something else."""


class InvalidPatternError(ValueError):
    """A regular expression that cannot be used."""


@lru_cache(maxsize=2048)
def compiled(pattern: str) -> re.Pattern[str]:
    """The Python expression that matches what ``pattern`` matches in Ruby.

    Raises:
        InvalidPatternError: the expression is malformed, or uses what Python has not.
    """
    try:
        return re.compile(translated(pattern), re.MULTILINE)
    except re.error as error:
        words = next((ours for theirs, ours in _RUBY_WORDS.items() if theirs in str(error)), str(error))
        raise InvalidPatternError(f"{words}: /{pattern}/") from error


def translated(pattern: str) -> str:
    """``pattern`` in Python's syntax, for ``re.MULTILINE``."""
    written: list[str] = []
    position = 0
    while position < len(pattern):
        text, position = _next_part(pattern, position)
        written.append(text)
    return "".join(written)


def _next_part(pattern: str, position: int) -> tuple[str, int]:
    """One element of ``pattern`` in Python's syntax, and where the next one starts."""
    character = pattern[position]
    if character == "\\" and position + 1 < len(pattern):
        return _escape(pattern, position)
    if character == "[":
        return _character_class(pattern, position)
    if character == "$":
        return "(?=\\n|\\Z)", position + 1
    if pattern.startswith("(?", position):
        return _group(pattern, position)
    return character, position + 1


def _escape(pattern: str, position: int) -> tuple[str, int]:
    letter = pattern[position + 1]
    if letter in _ESCAPES:
        return _ESCAPES[letter], position + 2
    if letter == "k" and pattern.startswith("<", position + 2):
        end = pattern.index(">", position)
        return f"(?P={pattern[position + 3 : end]})", end + 1
    if letter.isalpha() and letter not in "AbBdDsSwWnrtfvaxu":
        return letter, position + 2
    return pattern[position : position + 2], position + 2


def _group(pattern: str, position: int) -> tuple[str, int]:
    named = re.compile(r"\(\?<([A-Za-z_]\w*)>").match(pattern, position)
    if named:
        return f"(?P<{named[1]}>", named.end()
    flags = re.compile(r"\(\?([mix]*)(?:-([mix]*))?([:)])").match(pattern, position)
    if flags is None or flags.group() == "(?:":
        return "(?", position + 2
    turned_on = flags[1].replace("m", "s")
    turned_off = (flags[2] or "").replace("m", "s")
    switch = turned_on + (f"-{turned_off}" if turned_off else "")
    if flags[3] == ":":
        return (f"(?{switch}:" if switch else "(?:"), flags.end()
    rest_end = _closing(pattern, flags.end())
    rest = translated(pattern[flags.end() : rest_end])
    return (f"(?{switch}:{rest})" if switch else rest), rest_end


def _closing(pattern: str, position: int) -> int:
    """Where the group that ``position`` is in ends."""
    depth = 0
    while position < len(pattern):
        character = pattern[position]
        if character == "\\":
            position += 1
        elif character == "(":
            depth += 1
        elif character == ")":
            if depth == 0:
                return position
            depth -= 1
        position += 1
    return position


def _character_class(pattern: str, position: int) -> tuple[str, int]:
    """A bracketed set of characters: POSIX names are spelled out, a nested ``[`` is taken literally."""
    written = ["["]
    position += 1
    if pattern.startswith("^", position):
        written.append("^")
        position += 1
    if pattern.startswith("]", position):
        written.append("\\]")
        position += 1
    while position < len(pattern) and pattern[position] != "]":
        posix = re.compile(r"\[:(\w+):\]").match(pattern, position)
        if posix and posix[1] in _POSIX:
            written.append(_POSIX_POSITIVE.get(posix[1], _POSIX[posix[1]]))
            position = posix.end()
        elif pattern[position] == "\\" and position + 1 < len(pattern):
            written.append(_IN_CLASS.get(pattern[position + 1], pattern[position : position + 2]))
            position += 2
        else:
            written.append("\\[" if pattern[position] == "[" else pattern[position])
            position += 1
    return "".join(written) + "]", position + 1
