"""Where the text of a string ends, and what its escapes mean.

A stretch of a string's text reaches to a terminator, which is the closing quote, or a dollar sign that
starts an interpolation, with an even number of backslashes before it. The first character of a stretch
is text even if it could terminate, as long as a terminator follows at once: ``"$$x"`` is a dollar sign
and the variable x. Puppet's lexer has it so, and programs rely on it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNICODE_ESCAPE = re.compile(
    r"((?:[^\\]|^)(?:\\\\)*)\\u(?:([0-9a-fA-F]{4})|\{([0-9a-fA-F]{1,6})\})", re.MULTILINE
)
_ESCAPE = re.compile(r"\\([^\r\n]|\r?\n)")
_SINGLE_QUOTE_ESCAPE = re.compile(r"\\([\\'])")
_MEANING = {"r": "\r", "n": "\n", "t": "\t", "s": " ", "u": "\\u", "\n": "", "\r\n": ""}


class UnicodeEscapeError(ValueError):
    """An escape names no character."""


@dataclass(frozen=True, slots=True)
class StringRules:
    """How one kind of string is read.

    Attributes:
        at_start: Matches a stretch's text and terminator where the stretch starts with a terminator.
        anywhere: Finds the terminator in the rest; its group 1 is the terminator.
        escapes: The characters that have a meaning after a backslash.
        closing: The terminator that ends the string; empty where the text's end does.
    """

    at_start: re.Pattern[str]
    anywhere: re.Pattern[str]
    escapes: frozenset[str]
    closing: str

    def stretch(self, text: str, pos: int) -> tuple[str, str, int] | None:
        """Reads text up to the next terminator.

        Returns:
            The text with its escapes resolved, the terminator, and the offset after it; None if the string
            is not closed.

        Raises:
            UnicodeEscapeError: An escape names no character.
        """
        match = self.at_start.match(text, pos) or self.anywhere.search(text, pos)
        if match is None:
            return None
        return self.unescape(text[pos : match.start(1)]), match[1], match.end()

    def unescape(self, text: str) -> str:
        """Returns the text with its escapes resolved; an escape without meaning stays as it is.

        Raises:
            UnicodeEscapeError: An escape names no character.
        """
        if "\\" not in text or not self.escapes:
            return text
        if "u" in self.escapes:
            replaced = 1
            while replaced:
                text, replaced = _UNICODE_ESCAPE.subn(_character, text)
        return _ESCAPE.sub(self._meaning, text)

    def _meaning(self, match: re.Match[str]) -> str:
        char = match[1]
        if char not in self.escapes:
            return match[0]
        return _MEANING.get(char, char)


def _character(match: re.Match[str]) -> str:
    code = int(match[2] or match[3], 16)
    if code > 0x10FFFF or 0xD800 <= code < 0xE000:
        raise UnicodeEscapeError(match[0])
    return match[1] + chr(code)


def _terminated_by(terminator: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return (
        re.compile(rf"[^\\]?(?:\\\\)*({terminator})", re.DOTALL),
        re.compile(rf"[^\\](?:\\\\)*({terminator})", re.DOTALL),
    )


DOUBLE_QUOTED = StringRules(
    *_terminated_by(r'"|\$\{?'), frozenset({*"\\$'\"rntsu", "\n", "\r\n"}), closing='"'
)
_SINGLE_QUOTED_START, _SINGLE_QUOTED_ANYWHERE = _terminated_by("'")
_DOLLAR_START, _DOLLAR_ANYWHERE = _terminated_by(r"\$\{?|\Z")
_PLAIN_DOLLAR = re.compile(r"(\$\{?|\Z)")
_REST = re.compile(r"(?s:.*)(\Z)")


def single_quoted(text: str, pos: int) -> tuple[str, int] | None:
    """Reads a single-quoted string from after its opening quote.

    Returns:
        Its content and the offset after the closing quote; None if it is not closed.
    """
    match = _SINGLE_QUOTED_START.match(text, pos) or _SINGLE_QUOTED_ANYWHERE.search(text, pos)
    if match is None:
        return None
    content = text[pos : match.start(1)]
    if "\\" in content:
        content = _SINGLE_QUOTE_ESCAPE.sub(r"\1", content)
    return content, match.end()


def heredoc_rules(escapes: frozenset[str], *, interpolated: bool) -> StringRules:
    """Returns how a heredoc's text is read, given the escapes that its tag allows."""
    if not interpolated:
        return StringRules(_REST, _REST, escapes, closing="")
    if "$" in escapes:
        return StringRules(_DOLLAR_START, _DOLLAR_ANYWHERE, escapes, closing="")
    return StringRules(_PLAIN_DOLLAR, _PLAIN_DOLLAR, escapes, closing="")
