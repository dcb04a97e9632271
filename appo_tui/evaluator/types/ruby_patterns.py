r"""Regular expressions in Ruby's syntax, as Python's.

The two differ in what ``^``, ``$``, ``\A``, ``\z``, ``\Z`` and ``\h`` mean, in POSIX classes, and in how
groups are named. Manual: https://docs.ruby-lang.org/en/2.7/Regexp.html
"""

from __future__ import annotations

import re
from functools import lru_cache

from puppet_grammar.regexps import regexp_fault

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
_PROPERTIES = {
    **{name: name for name in _POSIX},
    "l": "alpha", "letter": "alpha", "n": "digit", "nd": "digit", "lu": "upper", "ll": "lower", "p": "punct",
}  # fmt: skip
_FLAGS = {"i": re.IGNORECASE, "m": re.DOTALL, "x": re.VERBOSE}


class InvalidPatternError(ValueError):
    """A regular expression that cannot be used."""


def refuse_malformed(pattern: str) -> None:
    """Have no regular expression that Ruby can't read.

    Raises:
        InvalidPatternError: in Ruby's words.
    """
    fault = regexp_fault(pattern)
    if fault is not None:
        raise InvalidPatternError(fault)


@lru_cache(maxsize=2048)
def compiled(pattern: str) -> re.Pattern[str]:
    """The Python expression that matches what ``pattern`` matches in Ruby.

    Raises:
        InvalidPatternError: the expression is malformed, or uses what Python has not.
    """
    refuse_malformed(pattern)
    try:
        return re.compile(translated(pattern), re.MULTILINE)
    except re.error as error:
        raise InvalidPatternError(f"{error}: /{pattern}/") from error


def translated(pattern: str) -> str:
    """``pattern`` in Python's syntax, for ``re.MULTILINE``."""
    written: list[str] = []
    position = 0
    while position < len(pattern):
        text, position = _next_part(pattern, position)
        if text == "*" and written and written[-1] in ("*", "+", "?"):
            written.pop()  # `a+*` is `a*`; Python takes no second repetition
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
    if letter in "pP" and pattern.startswith("{", position + 2):
        return _property(pattern, position)
    if letter == "k" and pattern.startswith("<", position + 2):
        end = pattern.index(">", position)
        return f"(?P={pattern[position + 3 : end]})", end + 1
    if letter.isalpha() and letter not in "AbBdDsSwWnrtfvaxu":
        return letter, position + 2
    return pattern[position : position + 2], position + 2


def _property(pattern: str, position: int, *, in_class: bool = False) -> tuple[str, int]:
    r"""``\p{Alpha}``, as far as Python has it."""
    end = pattern.index("}", position)
    name = pattern[position + 3 : end]
    negated = (pattern[position + 1] == "P") != name.startswith("^")
    members = _PROPERTIES.get(name.removeprefix("^").lower())
    if members is None or (in_class and negated):
        raise InvalidPatternError(f"the property {name} is not known here: /{pattern}/")
    if in_class:
        return _POSIX_POSITIVE.get(members, _POSIX[members]), end + 1
    if _POSIX[members].startswith("^"):
        return f"[{'' if negated else '^'}{_POSIX[members].removeprefix('^')}]", end + 1
    return f"[{'^' if negated else ''}{_POSIX[members]}]", end + 1


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
        elif pattern.startswith("\\p{", position):
            text, position = _property(pattern, position, in_class=True)
            written.append(text)
        elif pattern[position] == "\\" and position + 1 < len(pattern):
            written.append(_IN_CLASS.get(pattern[position + 1], pattern[position : position + 2]))
            position += 2
        else:
            written.append("\\[" if pattern[position] == "[" else pattern[position])
            position += 1
    return "".join(written) + "]", position + 1
