r"""Regular expressions in Ruby's syntax, as Python's.

Most are matched by Python's own ``re``. What that has not - properties, sets within sets, calls of groups -
is left to the package ``regex``, which is loaded with the first expression that needs it.

The two differ from Ruby in what ``^``, ``$``, ``\z``, ``\Z`` and ``\h`` mean, in that ``\w``, ``\d`` and
``\s`` are of ASCII in Ruby, and in how groups are named. Manual: https://docs.ruby-lang.org/en/2.7/Regexp.html
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from puppet_grammar.regexps import regexp_fault

_OUTSIDE: Final = {
    "z": r"\Z", "Z": r"(?=\n?\Z)", "R": r"(?:\r\n|[\n\v\f\r])", "e": r"\x1b",
    "w": "[0-9A-Za-z_]", "W": "[^0-9A-Za-z_]", "d": "[0-9]", "D": "[^0-9]",
    "s": r"[ \t\r\n\f\v]", "S": r"[^ \t\r\n\f\v]", "h": "[0-9a-fA-F]", "H": "[^0-9a-fA-F]",
}  # fmt: skip
"""Escapes that mean something else to Python, outside of sets."""
_INSIDE: Final = {"w": "0-9A-Za-z_", "d": "0-9", "s": r" \t\r\n\f\v", "h": "0-9a-fA-F", "e": r"\x1b"}
_OTHERS_INSIDE: Final = frozenset("WDSH")
_KEPT: Final = frozenset("AbBnrtfvax")
"""Escapes that mean the same."""
_ONLY_REGEX: Final = frozenset("XKG")
_POSIX: Final = {
    "digit": r"\d", "space": r"\s", "word": r"\w", "xdigit": "0-9A-Fa-f", "ascii": r"\x00-\x7f",
    "cntrl": r"\x00-\x1f\x7f-\x9f",
}  # fmt: skip
"""POSIX's sets that Python has, too."""
_CHARACTERS: Final = re.compile(r"\\u(?:([0-9a-fA-F]{4})|\{ *([0-9a-fA-F]+(?: +[0-9a-fA-F]+)*) *\})")
_REFERENCE: Final = re.compile(r"\\([kg])(?:<([^>]*)>|'([^']*)')")
_NAMED: Final = re.compile(r"\(\?(?:<([^\W\d]\w*)>|'([^\W\d]\w*)')")
_SWITCHES: Final = re.compile(r"\(\?([mix]*)(?:-([mix]*))?([:)])")
_POSIX_SET: Final = re.compile(r"\[:(\^?)(\w+):\]")
_PROPERTY: Final = re.compile(r"\\([pP])\{(\^?)([^}]*)\}")


_TIMES: Final = re.compile(r"\{(?:\d+(?:,\d*)?|,\d+)\}")


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
    translation = _Translation(pattern)
    text = translation.text()
    try:
        return _compiled_by_regex(text) if translation.needs_regex else re.compile(text, re.MULTILINE)
    except re.error as error:
        raise InvalidPatternError(f"{error}: /{pattern}/") from error


def _compiled_by_regex(text: str) -> re.Pattern[str]:
    import regex  # takes a while, and few expressions need it

    try:
        # its patterns have the methods of those of ``re``
        return regex.compile(text, regex.VERSION1 | regex.MULTILINE)  # type: ignore[return-value]
    except regex.error as error:
        raise re.error(str(error)) from error


def translated(pattern: str) -> str:
    """``pattern`` in Python's syntax, for ``MULTILINE``."""
    return _Translation(pattern).text()


class _Translation:
    """Goes through an expression that Ruby can read, from left to right.

    Attributes:
        needs_regex: whether there was something in it that ``re`` has not.
    """

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._groups = 0
        self._has_names = _NAMED.search(pattern) is not None
        self.needs_regex = False

    def text(self) -> str:
        """All of it."""
        return self._alternatives()

    def _taken(self, form: re.Pattern[str]) -> re.Match[str] | None:
        found = form.match(self._pattern, self._at)
        if found is not None:
            self._at = found.end()
        return found

    def _next(self) -> str:
        self._at += 1
        return self._pattern[self._at - 1]

    def _alternatives(self) -> str:
        """What is up to the end of the group, or of the whole; a closing ``)`` is left."""
        written: list[str] = []
        while self._at < len(self._pattern) and self._pattern[self._at] != ")":
            text = self._part()
            if text == "*" and written and written[-1] in ("*", "+", "?"):
                written.pop()  # `a+*` is `a*`; Python takes no second repetition
            elif written and _repeats_again(written[-1], text):
                repetition, atom = written.pop(), written.pop()
                written.append(f"(?:{atom}{repetition})")
            written.append(text)
        return "".join(written)

    def _part(self) -> str:
        character = self._next()
        if character == "\\":
            return self._escape()
        if character == "[":
            return self._set()
        if character == "$":
            return "(?=\\n|\\Z)"
        if character == "{":
            self._at -= 1
            found = self._taken(_TIMES)
            return found[0] if found else self._next()
        return self._group() if character == "(" else character

    # --- groups -----------------------------------------------------------------------------------

    def _group(self) -> str:
        start, self._at = self._at, self._at - 1
        named = self._taken(_NAMED)
        if named is not None:
            self._groups += 1
            return f"(?P<{named[1] or named[2]}>{self._closed()}"
        switches = self._taken(_SWITCHES)
        if switches is not None:
            return self._switched(switches)
        self._at = start
        if not self._pattern.startswith("?", start):
            self._groups += not self._has_names
            return ("(?:" if self._has_names else "(") + self._closed()
        if self._pattern.startswith("?~", start):
            self._at = start + 2
            return f"(?s:(?:(?!{self._alternatives()}).)*{self._closing()}"
        if self._pattern.startswith("?#", start):
            self._at = self._pattern.index(")", start) + 1
            return ""
        opening = re.compile(r"\?(?:<[=!]|[=!>]|\([^)]*\))").match(self._pattern, start)
        self._at = opening.end() if opening else start
        return f"({opening[0] if opening else ''}{self._closed()}"

    def _closed(self) -> str:
        return self._alternatives() + self._closing()

    def _closing(self) -> str:
        self._at += 1
        return ")"

    def _switched(self, found: re.Match[str]) -> str:
        on, off = found[1].replace("m", "s"), (found[2] or "").replace("m", "s")
        switch = on + (f"-{off}" if off else "")
        rest = self._alternatives()
        if "x" in on:
            rest += "\n"  # a comment must not hide what closes the group
        if found[3] == ":":
            return f"(?{switch}:{rest}{self._closing()}"
        return f"(?{switch}:{rest})" if switch else rest  # it counts up to the end of the group around it

    # --- escapes ----------------------------------------------------------------------------------

    def _escape(self) -> str:
        self._at -= 1
        characters = self._taken(_CHARACTERS)
        if characters is not None:
            return _written(characters)
        reference = self._taken(_REFERENCE)
        if reference is not None:
            return self._referred(reference[1], reference[2] or reference[3])
        found = self._taken(_PROPERTY)
        if found is not None:
            return self._property(found)
        self._at += 1
        letter = self._next()
        if letter in _ONLY_REGEX:
            self.needs_regex = True
            return "\\" + letter
        if letter.isalpha() and letter not in _KEPT and letter not in _OUTSIDE:
            return letter
        return _OUTSIDE.get(letter, "\\" + letter)

    def _property(self, found: re.Match[str]) -> str:
        self.needs_regex = True
        negated = (found[1] == "P") != bool(found[2])
        return f"\\{'P' if negated else 'p'}{{{found[3]}}}"

    def _referred(self, kind: str, name: str) -> str:
        r"""``\k<name>``, what a group matched, or ``\g<name>``, the group's expression once more."""
        if re.fullmatch(r"[-+]\d+", name):
            count = int(name)
            name = str(self._groups + (count + 1 if count < 0 else count))
        if kind == "k":
            return f"(?:\\{name})" if name.isdigit() else f"(?P={name})"
        self.needs_regex = True
        return f"(?{name})" if name.isdigit() else f"(?&{name})"

    # --- sets of characters -----------------------------------------------------------------------

    def _set(self) -> str:
        """What ``[`` begins, the bracket at its end included."""
        written = ["["]
        if self._pattern.startswith("^", self._at):
            written.append(self._next())
        if self._pattern.startswith("]", self._at):
            written.append("\\" + self._next())
        while self._at < len(self._pattern) and self._pattern[self._at] != "]":
            written.append(self._member())
        self._at += 1
        return "".join(written) + "]"

    def _member(self) -> str:
        posix = self._taken(_POSIX_SET)
        if posix is not None:
            return self._posix(posix)
        if self._pattern.startswith("&&", self._at):
            self._at += 2
            self.needs_regex = True
            return "&&"
        characters = self._taken(_CHARACTERS)
        if characters is not None:
            return _written(characters)
        found = self._taken(_PROPERTY)
        if found is not None:
            return self._property(found)
        character = self._next()
        if character == "[":
            self.needs_regex = True
            return self._set()
        if character == "\\":
            return self._escape_in_set()
        return f"\\{character}" if character in "|~&" else character

    def _escape_in_set(self) -> str:
        letter = self._next()
        if letter in _OTHERS_INSIDE:
            self.needs_regex = True
            return _OUTSIDE[letter]
        if letter.isalpha() and letter not in _KEPT and letter not in _INSIDE:
            return letter
        return _INSIDE.get(letter, "\\" + letter)

    def _posix(self, found: re.Match[str]) -> str:
        own = _POSIX.get(found[2])
        if own is not None and not found[1]:
            return own
        self.needs_regex = True
        return f"[:{found[1]}{found[2]}:]"


def _repeats_again(before: str, now: str) -> bool:
    """Whether what is repeated already is to be repeated as a whole, where Python reads something else."""
    if not _TIMES.fullmatch(before):
        return False
    return now in ("*", "+") or (now == "?" and "," not in before) or _TIMES.fullmatch(now) is not None


def _written(characters: re.Match[str]) -> str:
    """Characters that are given by their numbers."""
    numbers = (characters[1] or characters[2]).split()
    return "".join(re.escape(chr(int(number, 16))) for number in numbers)
