"""Text from manifests, files and nodes, made safe to show: it is data, and moves no cursor.

Both front ends pass every such text through here before it reaches a terminal.
"""

from __future__ import annotations

import re

_TAB_WIDTH = 8

_UNSAFE = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # control characters
    "\xad\u061c\u180e\u200b\u200e\u200f\u2060-\u206f\ufeff\ufff9-\ufffb"  # invisible, or turning text around
    "\u2028-\u202e"  # line and paragraph separators, bidirectional embeddings
    "\ud800-\udfff"  # bytes that were no UTF-8
    "\U000e0000-\U000e007f"  # tags: invisible letters
    "]"
)


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    return _escape(match)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xDC80 <= code <= 0xDCFF:  # Python's stand-in for a byte that it could not decode
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def printable(text: str, *, ascii_only: bool = False) -> str:
    r"""Returns the text as one line in which every character shows and none acts.

    A control character becomes its picture (``␛``), or with ``ascii_only`` its escape (``\x1b``), as do
    characters that would be invisible or turn the direction of what follows. A tab becomes the spaces
    that it stands for at the start of a line. Letters of any script stay.
    """
    if "\t" in text:
        text = text.expandtabs(_TAB_WIDTH)
    if text.isprintable():
        return text
    return _UNSAFE.sub(_escape if ascii_only else _picture, text)
