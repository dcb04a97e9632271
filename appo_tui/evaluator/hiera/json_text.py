"""JSON as Ruby's library reads it: with comments, and with its own complaints.

An object that is malformed is refused where the array around it has it, or at the text's start; an array is
refused where it is malformed.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import Final, NoReturn

_SPACE: Final = re.compile(r"(?:[ \t\r\n]|/\*.*?\*/|//[^\n]*\n)*", re.DOTALL)
_STRING: Final = re.compile(r'"((?:[^"\\\x00-\x1f]|\\u[0-9a-fA-F]{4}|\\[^u\x00-\x1f])*)"')
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?![0-9])(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_NO_NUMBER: Final = re.compile(r"NaN|-?Infinity")
_ESCAPE: Final = re.compile(r"((?:\\u[0-9a-fA-F]{4})+)|\\(.)", re.DOTALL)
_ESCAPES: Final = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")
_WORDS: Final = {"true": True, "false": False, "null": None}
# where in the library's source it complains; its messages have the numbers
_AT_TOP, _IN_ARRAY, _AT_NO_NUMBER = 783, 434, 225


class JsonError(ValueError):
    """A text that is no JSON.

    Attributes:
        rest: the text from where it is refused.
    """

    def __init__(self, number: int, rest: str) -> None:
        super().__init__(f"{number}: unexpected token at '{rest}'")
        self.rest = rest


class _Malformed(Exception):  # noqa: N818 - no error yet: what is around tells where
    """What stands here is malformed."""


def read_json_text(text: str) -> object:
    """What the text says, in Python's lists and dictionaries.

    Raises:
        JsonError: it is no JSON.
    """
    if _SURROGATE.search(text) is None:
        with suppress(ValueError):
            return json.loads(text, parse_constant=_no_constant)  # as nearly all can be read
    return _as_ruby_reads(text)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _as_ruby_reads(text: str) -> object:
    start = _after_space(text, 0)
    try:
        value, end = _value(text, start)
    except _Malformed:
        raise JsonError(_AT_TOP, text[start:]) from None
    end = _after_space(text, end)
    if end < len(text):
        raise JsonError(_AT_TOP, text[end:])
    return value


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _value(text: str, at: int) -> tuple[object, int]:
    if text[at : at + 1] == "{":
        return _object(text, at)
    if text[at : at + 1] == "[":
        return _array(text, at)
    if _NO_NUMBER.match(text, at):
        raise JsonError(_AT_NO_NUMBER, text[at:])
    if found := _STRING.match(text, at):
        return _ESCAPE.sub(_unescaped, found[1]), found.end()
    if found := _NUMBER.match(text, at):
        return (float(found[0]) if found[1] or found[2] else int(found[0])), found.end()
    for word, value in _WORDS.items():
        if text.startswith(word, at):
            return value, at + len(word)
    raise _Malformed


def _unescaped(found: re.Match[str]) -> str:
    if found[1]:
        units = bytes.fromhex(found[1].replace("\\u", ""))
        return units.decode("utf-16-be", "replace")
    return _ESCAPES.get(found[2], found[2])


def _array(text: str, at: int) -> tuple[object, int]:
    items: list[object] = []
    at = _after_space(text, at + 1)
    if text[at : at + 1] == "]":
        return items, at + 1
    while True:
        try:
            item, at = _value(text, at)
        except _Malformed:
            raise JsonError(_IN_ARRAY, text[at:]) from None
        items.append(item)
        at = _after_space(text, at)
        if text[at : at + 1] == "]":
            return items, at + 1
        if text[at : at + 1] != ",":
            raise JsonError(_IN_ARRAY, text[at:])
        at = _after_space(text, at + 1)


def _object(text: str, at: int) -> tuple[object, int]:
    entries: dict[str, object] = {}
    at = _after_space(text, at + 1)
    if text[at : at + 1] == "}":
        return entries, at + 1
    while True:
        key = _STRING.match(text, at)
        if key is None:
            raise _Malformed
        at = _after_space(text, key.end())
        if text[at : at + 1] != ":":
            raise _Malformed
        name = _ESCAPE.sub(_unescaped, key[1])
        entries[name], at = _value(text, _after_space(text, at + 1))
        at = _after_space(text, at)
        if text[at : at + 1] == "}":
            return entries, at + 1
        if text[at : at + 1] != ",":
            raise _Malformed
        at = _after_space(text, at + 1)
