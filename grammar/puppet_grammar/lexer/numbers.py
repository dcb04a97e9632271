"""Numbers: which are well formed, and what is wrong with the others."""

from __future__ import annotations

import math
import re
from typing import Final

TOO_LARGE: Final = "Internal Error, NUMBER token does not contain a valid number"
"""What Puppet says of a Float that is too large for one."""
_NUMBER = re.compile(r"0[xX][0-9A-Fa-f]+\b|0?\d+(?:\.\d+)?(?:[eE]-?\d+)?\b", re.ASCII)
_WORD = re.compile(r"\w+", re.ASCII)
_HEX = re.compile(r"0[xX][0-9A-Fa-f]+")
_OCTAL = re.compile(r"0[0-7]+")
_DECIMAL = re.compile(r"\d+(?:\.\d+)?(?:[eE]-?\d+)?", re.ASCII)


class NumberError(ValueError):
    """A word that starts with a digit and is no number."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


def read_number(text: str, start: int) -> str:
    """Returns the number that starts at ``start``, as it is written.

    Raises:
        NumberError: It is no number.
    """
    match = _NUMBER.match(text, start)
    if match:
        _check(match[0], start)
        return match[0]
    word = _WORD.match(text, start)
    end = word.end() if word else start + 1
    first = start
    if start > 1 and text[start - 1] == ".":
        before = start - 2
        while before >= 0 and text[before].isdigit():
            first = before
            before -= 1
    invalid = text[first:end]
    _check(invalid, first)
    raise NumberError(f"Illegal number '{invalid}'", first + 1)


def _check(number: str, offset: int) -> None:
    if number[:2] in ("0x", "0X"):
        if not _HEX.fullmatch(number):
            raise NumberError(f"Not a valid hex number {number}", offset)
    elif len(number) > 1 and number[0] == "0" and number[1] != ".":
        if not _OCTAL.fullmatch(number):
            raise NumberError(f"Not a valid octal number {number}", offset)
    elif re.match(r"\d+[eE.]", number):
        if not _DECIMAL.fullmatch(number):
            raise NumberError(f"Not a valid decimal number {number}", offset)
        if math.isinf(float(number)):
            raise NumberError(f"{TOO_LARGE}, {number}", offset)
    elif not number.isdigit():
        raise NumberError(f"Illegal number '{number}'", offset)
