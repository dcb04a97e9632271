"""The lines of a log's chunk as they are read, and those of them that are looked for. No Textual here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from appo_tui.jobs.events import LogLine
from appo_tui.jobs.store.logs import LINES, CountedLines, PackedLines
from appo_tui.tui.filters import Pattern
from appo_tui.tui.log.needed_texts import Branch

BAD_LEVELS = frozenset({"err", "alert", "emerg", "crit"})
TROUBLE = BAD_LEVELS | {"warning"}

_WORDS = {
    "err": "Error: ",
    "alert": "Error: ",
    "emerg": "Error: ",
    "crit": "Error: ",
    "warning": "Warning: ",
    "notice": "Notice: ",
    "info": "Info: ",
    "debug": "Debug: ",
}

Text = bytes | tuple[LogLine, ...]
"""The lines of a chunk: as the store has them, or as they are."""


class LogRow(msgspec.Struct, frozen=True, gc=False):
    """A line of a node's run. ``number`` counts within node and attempt, from 1."""

    time: float
    node: str
    number: int
    level: str
    text: str


def text_of(lines: tuple[LogLine, ...]) -> Text | None:
    """What a chunk's lines say; None if only their number is known."""
    if isinstance(lines, PackedLines):
        return lines.data
    return None if isinstance(lines, CountedLines) else lines


def rows_of(text: Text, node: str, first: int) -> list[LogRow]:
    """The lines of a chunk as they are read: with Puppet's own word for the level, and the source."""
    return [
        LogRow(each.time, node, number, each.level, _said(each))
        for number, each in enumerate(_lines(text), first)
    ]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines are looked for: those that match, of these levels; None leaves either open."""

    pattern: Pattern | None = None
    levels: frozenset[str] | None = None

    def places(self, text: Text) -> list[int]:
        """The lines of a chunk that are meant, counted from 0."""
        if isinstance(text, bytes) and not self._may_be_in(text):
            return []
        levels, pattern = self.levels, self.pattern
        return [
            place
            for place, each in enumerate(_lines(text))
            if (levels is None or each.level in levels) and (pattern is None or pattern.matches(_said(each)))
        ]

    def needles(self) -> tuple[str, ...]:
        """Texts of which a chunk holds at least one if it holds what is looked for; empty if unknown.

        Whoever looks for them must take any letter for its other case, and ``_`` for any one character.
        """
        needles = self._of_pattern() or self._of_levels()
        if any(len(each) < _SHORTEST_NEEDLE for each in needles):
            needles = self._of_levels()
        # These have relatives beyond ASCII: the Kelvin sign, the long s, the Turkish i.
        return tuple(re.sub("[iksIKS]", "_", needle.decode()) for needle in needles)

    def _of_pattern(self) -> tuple[bytes, ...]:
        pattern = self.pattern
        if pattern is None or pattern.inverse:
            return ()
        return _needles(pattern.needed, ignoring_case=pattern.ignores_case)

    def _of_levels(self) -> tuple[bytes, ...]:
        return tuple(f'"{level}"'.encode() for level in sorted(self.levels or ()))

    def _may_be_in(self, data: bytes) -> bool:
        """Whether it is worth while to decode a chunk: most hold nothing of what is looked for."""
        if self.levels is not None and not any(level in data for level in self._of_levels()):
            return False
        needles = self._of_pattern()
        ignores_case = self.pattern is not None and self.pattern.ignores_case
        # Beyond ASCII, letters have more relatives than their other case.
        if not needles or (ignores_case and not data.isascii()):
            return True
        searched = data.lower() if ignores_case else data
        return any(needle in searched for needle in needles)


_SHORTEST_NEEDLE = 3
"""What is shorter is nearly everywhere: it is not worth while to have the store look for it."""

_PLAIN = re.compile(r"[A-Za-z0-9_.,/\[\]{}()=@*+-]+")
"""What stands in JSON as it is, and never reaches from a line's level or source into its text."""


@lru_cache(maxsize=64)
def _needles(branches: tuple[Branch, ...], *, ignoring_case: bool) -> tuple[bytes, ...]:
    """What a chunk holds at least one of, if a line of it has the texts of a branch; empty if unknown."""
    found: dict[bytes, None] = {}
    for texts in branches:
        pieces = [piece for text in texts for piece in _PLAIN.findall(text)]
        if ignoring_case:
            pieces = [piece.lower() for piece in pieces]
        if not pieces:
            return ()
        words = {level: word.lower() if ignoring_case else word for level, word in _WORDS.items()}
        # Every line has one of Puppet's words for its level: they tell little.
        piece = max(pieces, key=lambda each: (not any(each in word for word in words.values()), len(each)))
        found[piece.encode()] = None
        found |= {f'"{level}"'.encode(): None for level, word in words.items() if piece in word}
    return tuple(found)


def _lines(text: Text) -> tuple[LogLine, ...]:
    return LINES.decode(text) if isinstance(text, bytes) else text


_OWN_CLASS = re.compile(r"^/Stage\[main\]/Main/Appo_tui_components\[[^\]]*\]/")
"""Where a bundle's components are declared: the same before every line, so it is not shown."""

_OWN_CLASS_BEGINS = "/Stage[main]/Main/Appo_tui"


def _said(line: LogLine) -> str:
    word = _WORDS.get(line.level, "")
    source, text = line.source, line.text
    if text.startswith(_OWN_CLASS_BEGINS):
        text = _OWN_CLASS.sub("", text)
    if not source or source in ("Puppet", "appo"):
        return word + text
    if source.startswith(_OWN_CLASS_BEGINS):
        source = _OWN_CLASS.sub("", source)
    return word + text if not source or text.startswith(source) else f"{word}{source}: {text}"
