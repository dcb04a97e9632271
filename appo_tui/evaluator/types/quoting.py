"""Strings as literals of the Puppet language."""

from __future__ import annotations

import re

_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "$": "\\$", '"': '\\"', "\\": "\\\\"}


def puppet_quoted(text: str) -> str:
    """``text`` in single quotes, or in double quotes where it has control characters.

    As Puppet writes it: a backslash is only doubled at the end, and a quote after one gets no other.
    """
    if any(character < " " for character in text):
        return '"' + "".join(_in_double_quotes(character) for character in text) + '"'
    escaped = re.sub(r"(\\.)|'", lambda match: match[1] or "\\'", text, flags=re.DOTALL)
    return f"'{escaped}\\'" if re.search(r"(?<!\\)(?:\\\\)*\\\Z", text) else f"'{escaped}'"


def _in_double_quotes(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    return f"\\u{{{ord(character):X}}}" if character < " " else character
