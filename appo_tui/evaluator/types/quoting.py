"""Strings as literals of the Puppet language."""

from __future__ import annotations

_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "$": "\\$", '"': '\\"', "\\": "\\\\"}


def puppet_quoted(text: str) -> str:
    """``text`` in single quotes, or in double quotes where it needs escapes that only those have."""
    if not any(character < " " or character == "\x7f" for character in text):
        return "'" + _escaped_for_single_quotes(text) + "'"
    return '"' + "".join(_in_double_quotes(character) for character in text) + '"'


def _escaped_for_single_quotes(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")


def _in_double_quotes(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character < " " or character == "\x7f":
        return f"\\u{{{ord(character):X}}}"
    return character
