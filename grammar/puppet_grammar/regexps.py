"""What Ruby says of a regular expression that it can't read.

Puppet has Ruby make each one while it parses a file. The rules are those of Ruby's engine; manual:
https://docs.ruby-lang.org/en/2.7/Regexp.html
"""

from __future__ import annotations

import re
from typing import Final

_OPTIONS: Final = frozenset("imxadu-")
_REPETITION: Final = re.compile(r"\{(\d*)(?:(,)(\d*))?\}")
_GROUP_NAME: Final = re.compile(r"[^\W\d]\w*")
_PROPERTY: Final = re.compile(r"\{\^?([^}]*)\}")
_LARGEST_REPETITION: Final = 100_000
_POSIX: Final = frozenset(
    (
        "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space",
        "upper", "xdigit", "word",
    )
)  # fmt: skip
_PROPERTIES: Final = _POSIX | frozenset(
    (
        "any", "assigned", "c", "cc", "cf", "cn", "co", "cs", "l", "lc", "ll", "lm", "lo", "lt", "lu", "m",
        "mc", "me", "mn", "n", "nd", "nl", "no", "p", "pc", "pd", "pe", "pf", "pi", "po", "ps", "s", "sc",
        "sk", "sm", "so", "z", "zl", "zp", "zs", "letter", "number", "punctuation", "symbol", "arabic",
        "armenian",
        "bengali", "cyrillic", "devanagari", "georgian", "greek", "han", "hangul", "hebrew", "hiragana",
        "katakana", "latin", "thai", "emoji",
    )
)  # fmt: skip
_UNCLOSED: Final = "end pattern with unmatched parenthesis"
_CHARACTERS: Final = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "a": "\a", "e": "\x1b"}
_UNICODE: Final = r"[0-9a-fA-F]{4}|\{ *[0-9a-fA-F]+(?: +[0-9a-fA-F]+)* *\}"
_SETS: Final = frozenset("dDwWsShHRX")
"""Escapes that stand for several characters, which no range can begin or end with."""


class _FaultError(Exception):
    """What is wrong, in Ruby's words."""


def has_encoding(pattern: str) -> bool:
    """Whether Ruby ties an expression to an encoding, whose texts Puppet writes with all their options."""
    return not pattern.isascii() or re.search(r"(?<!\\)(?:\\\\)*\\(?:[pP]\{|u)", pattern) is not None


def regexp_fault(pattern: str) -> str | None:
    """What Ruby says against a regular expression, without its slashes; None if it takes it."""
    try:
        _Reader(pattern).read()
    except _FaultError as fault:
        return f"{fault}: /{pattern}/"
    return None


class _Reader:
    """Reads one expression, from left to right as Ruby does."""

    def __init__(self, pattern: str) -> None:
        self._text = pattern
        self._at = 0
        self._groups = 0
        self._names: set[str] = set()
        self._references: list[str] = []

    def read(self) -> None:
        """Read all of it.

        Raises:
            _FaultError: it can't be read.
        """
        self._alternatives(depth=0)
        for reference in self._references:
            if reference.isdigit():
                if self._names:
                    raise _FaultError("numbered backref/call is not allowed. (use name)")
                if int(reference) > self._groups:
                    raise _FaultError("invalid backref number/name")
            elif reference not in self._names:
                raise _FaultError(f"undefined name <{reference}> reference")

    def _next(self) -> str:
        character = self._text[self._at : self._at + 1]
        self._at += 1
        return character

    def _alternatives(self, depth: int) -> None:
        """What is within a group, or the whole."""
        repeatable = False
        while self._at < len(self._text):
            character = self._next()
            if character == ")":
                if depth:
                    return
                raise _FaultError("unmatched close parenthesis")
            if character == "|":
                repeatable = False
            elif character in "*+?" or (character == "{" and self._repetition()):
                if not repeatable:
                    raise _FaultError("target of repeat operator is not specified")
            else:
                repeatable = self._atom(character, depth)
        if depth:
            raise _FaultError(_UNCLOSED)

    def _repetition(self) -> bool:
        """Whether ``{`` begins a number of times; else it stands for itself."""
        found = _REPETITION.match(self._text, self._at - 1)
        if found is None or not (found[1] or found[3]):
            return False
        low, high = int(found[1] or 0), int(found[3] or found[1] or 0)
        if max(low, high) > _LARGEST_REPETITION:
            raise _FaultError("too big number for repeat range")
        if found[3] and low > high:
            raise _FaultError("upper is smaller than lower in repeat range")
        self._at = found.end()
        return True

    def _atom(self, character: str, depth: int) -> bool:
        """Read what ``character`` begins; whether it may be repeated."""
        if character == "\\":
            self._escape(in_set=False)
        elif character == "[":
            self._set()
        elif character == "(":
            return self._group(depth)
        return True

    # --- groups -----------------------------------------------------------------------------------

    def _group(self, depth: int) -> bool:
        if not self._text.startswith("?", self._at):
            self._groups += 1
            self._alternatives(depth + 1)
            return True
        self._at += 1
        if self._text.startswith("#", self._at):
            self._skip_to(")")
            return False
        if self._text.startswith(("<=", "<!"), self._at):
            self._look_behind(depth)
        elif self._text[self._at : self._at + 1] in ("<", "'"):
            self._named_group(depth)
        elif self._text[self._at : self._at + 1] in (":", "=", "!", ">", "~"):
            self._at += 1
            self._alternatives(depth + 1)
        elif self._text.startswith("(", self._at):
            self._at += 1
            self._references.append(self._skip_to(")").strip("<>'"))
            self._alternatives(depth + 1)
        else:
            return self._options(depth)
        return True

    def _skip_to(self, end: str) -> str:
        found = self._text.find(end, self._at)
        if found < 0:
            raise _FaultError("end pattern in group")
        skipped = self._text[self._at : found]
        self._at = found + 1
        return skipped

    def _look_behind(self, depth: int) -> None:
        start = self._at + 2
        self._at = start
        self._alternatives(depth + 1)
        if re.search(r"(?<!\\)(?:[*+?]|\{\d*,\d*\})", self._text[start : self._at - 1].replace("(?", "(")):
            raise _FaultError("invalid pattern in look-behind")

    def _named_group(self, depth: int) -> None:
        closing = {"<": ">", "'": "'"}[self._next()]
        if self._at >= len(self._text):
            raise _FaultError(_UNCLOSED)
        end = self._text.find(closing, self._at)
        name = self._text[self._at : end if end >= 0 else len(self._text)]
        if end == self._at:
            raise _FaultError("group name is empty")
        if end < 0 or not _GROUP_NAME.fullmatch(name):
            raise _FaultError(f"invalid group name <{name}>")
        self._names.add(name)
        self._at = end + 1
        self._alternatives(depth + 1)

    def _options(self, depth: int) -> bool:
        while self._at < len(self._text):
            character = self._next()
            if character == ")":
                return False
            if character == ":":
                self._alternatives(depth + 1)
                return True
            if character not in _OPTIONS:
                raise _FaultError("undefined group option")
        raise _FaultError("end pattern in group")

    # --- sets of characters -----------------------------------------------------------------------

    def _set(self) -> None:
        """What is between ``[`` and ``]``."""
        if self._text.startswith("^", self._at):
            self._at += 1
        if self._text.startswith("]", self._at):
            if "]" not in self._text[self._at + 1 :]:
                raise _FaultError("empty char-class")
            self._at += 1
        before: str | None = None
        while self._at < len(self._text):
            if self._text[self._at] == "]":
                self._at += 1
                return
            if self._text.startswith("&&", self._at):
                self._at, before = self._at + 2, None
            elif before is not None and self._is_range():
                self._at += 1
                self._range_end(before)
                before = None
            else:
                before = self._member()
        raise _FaultError("premature end of char-class")

    def _is_range(self) -> bool:
        """Whether ``-`` stands here, with something behind it in this set."""
        return self._text.startswith("-", self._at) and not self._text.startswith("-]", self._at)

    def _range_end(self, low: str) -> None:
        if not low:
            raise _FaultError("unmatched range specifier in char-class")
        high = self._member()
        if not high:
            raise _FaultError("char-class value at end of range")
        if low > high:
            raise _FaultError("empty range in char class")

    def _member(self) -> str:
        """A character of a set; an empty text for what stands for several."""
        character = self._next()
        if character == "\\":
            return self._escape(in_set=True)
        if character != "[":
            return character
        posix = re.compile(r":\^?(\w*):\]").match(self._text, self._at)
        if posix is None:
            self._set()
        elif posix[1] not in _POSIX:
            raise _FaultError("invalid POSIX bracket type")
        else:
            self._at = posix.end()
        return ""

    # --- escapes ----------------------------------------------------------------------------------

    def _escape(self, *, in_set: bool) -> str:
        """Read an escape; the character that it stands for, an empty text if that is none or several."""
        letter = self._next()
        if not letter:
            raise _FaultError("too short escape sequence")
        if letter in _SETS:
            return ""
        if letter in "pP":
            self._property()
            return ""
        if letter == "x":
            return self._number(r"[0-9a-fA-F]{1,2}", "invalid hex escape")
        if letter == "u":
            return self._number(_UNICODE, "invalid Unicode escape")
        if not in_set:
            self._reference(letter)
        return _CHARACTERS.get(letter, letter)

    def _property(self) -> None:
        found = _PROPERTY.match(self._text, self._at)
        if found is None:
            return
        if re.sub(r"[\s_-]", "", found[1]).lower() not in _PROPERTIES:
            raise _FaultError(f"invalid character property name {{{found[1]}}}")
        self._at = found.end()

    def _number(self, form: str, fault: str) -> str:
        found = re.compile(form).match(self._text, self._at)
        if found is None:
            ends = form == _UNICODE and self._at >= len(self._text)
            raise _FaultError("too short escape sequence" if ends else fault)
        self._at = found.end()
        digits = found.group().strip("{} ").split(" ")[-1]
        if int(digits, 16) > 0x10FFFF:
            raise _FaultError("invalid Unicode range")
        return chr(int(digits, 16))

    def _reference(self, letter: str) -> None:
        if letter in "kg" and self._text.startswith(("<", "'"), self._at):
            closing = {"<": ">", "'": "'"}[self._next()]
            self._references.append(re.sub(r"[+-].*", "", self._skip_to(closing)) or "0")
        elif letter in "123456789":
            digits = letter + (re.compile(r"\d*").match(self._text, self._at) or [""])[0]
            if int(digits) <= max(self._groups, 9):
                self._references.append(digits)
                self._at += len(digits) - 1
