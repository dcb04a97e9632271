"""A job's log: where all its lines are, the text of some of them, and which are shown. No Textual here."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from time import monotonic

from appo_tui.jobs.events import LogChunk
from appo_tui.tui.filters import Pattern
from appo_tui.tui.log.line_ranges import LineRanges
from appo_tui.tui.log.rows import TROUBLE, LogRow, Text, Wanted, rows_of, text_of
from appo_tui.tui.log.sieve import Sieve

MOST_BYTES = 48_000_000
"""Text that is kept; the store has all of it, and gives it again."""

_DECODED_CHUNKS = 128
_LOOK_AHEAD = 512
"""Chunks whose text is read before they are come to."""

_BYTES_OF_A_LINE = 200


class LogBuffer:
    """Lines in the order in which they came, by position, counted from 0.

    A chunk is known by where its lines are; its text may have been let go, or never have come. What is
    then missed is ``missing``, to be read from the store and brought to ``give``.

    Lines that are shown have an index, counted from 0. After a change of ``node``, ``trouble_only``,
    ``only`` or ``context``, call ``refilter``, then ``advance`` until it says that all lines were looked at.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.node: str | None = None
        self.trouble_only = False
        self.only: Pattern | None = None
        self.context = 0
        self.sieve: Sieve | None = None
        """What the store finds out for the filter: ``wanted`` says what it looks for."""
        self.missing: dict[int, None] = {}
        """Numbers of chunks whose text is wanted."""
        self._most_bytes = most_bytes
        self.clear()

    def clear(self) -> None:
        """Forget all lines; the filter stays."""
        self.total = 0
        self.widest_node = 0
        """Letters of the longest certname."""
        self._starts = array("q")
        self._firsts = array("q")
        self._sequences = array("q")
        self._nodes: list[str] = []
        self._texts: OrderedDict[int, Text] = OrderedDict()
        self._bytes = 0
        self._decoded: OrderedDict[int, list[LogRow]] = OrderedDict()
        self.missing.clear()
        self.refilter()

    # Lines come.

    def append(self, chunks: Sequence[LogChunk]) -> None:
        """Take chunks, in the order of the job's events."""
        for chunk in chunks:
            number = len(self._starts)
            self._starts.append(self.total)
            self._firsts.append(chunk.first)
            self._sequences.append(chunk.sequence)
            self._nodes.append(chunk.node)
            self.widest_node = max(self.widest_node, len(chunk.node))
            text = text_of(chunk.lines)
            if text is not None:
                self._keep(number, text)
            if chunk.node == self.node:
                self._of_node.add(self.total, self.total + len(chunk.lines))
            self.total += len(chunk.lines)

    def sequences(self) -> list[int]:
        """The events whose text is missed, in the order in which it is wanted."""
        return [self._sequences[number] for number in self.missing]

    def give(self, asked: Sequence[int], texts: Mapping[int, bytes]) -> None:
        """Take text that was asked for, by the events' numbers; what nobody has any more counts as empty."""
        for sequence in asked:
            number = bisect_left(self._sequences, sequence)
            if number < len(self._sequences) and self._sequences[number] == sequence:
                self._keep(number, texts.get(sequence, b"[]"))

    # Chunks.

    @property
    def chunk_count(self) -> int:
        """How many chunks have come."""
        return len(self._starts)

    @property
    def holds_all_text(self) -> bool:
        """Whether the text of all chunks is at hand."""
        return len(self._texts) == len(self._starts)

    def chunk_at(self, position: int) -> int:
        """The chunk that has a position."""
        return max(0, bisect_right(self._starts, position) - 1)

    def chunk_start(self, chunk: int) -> int:
        """The position of a chunk's first line; after the last chunk, that of the next line to come."""
        return self._starts[chunk] if chunk < len(self._starts) else self.total

    def may_show(self, chunk: int) -> bool:
        """Whether a chunk is of the node that is shown."""
        return self.node is None or self._nodes[chunk] == self.node

    def sequence(self, chunk: int) -> int:
        """The number of a chunk's event."""
        return self._sequences[chunk]

    def text_at_hand(self, chunk: int) -> Text | None:
        """A chunk's text; None if it is not at hand."""
        return self._texts.get(chunk)

    def text(self, chunk: int, wanted: Callable[[int], bool] | None = None) -> Text | None:
        """A chunk's text; None if it is not at hand: then it is missed, with some that comes after it.

        Args:
            chunk: its number.
            wanted: of what comes after it, only the events whose numbers this is true for are missed.
        """
        text = self._texts.get(chunk)
        if text is None:
            self._miss(chunk, chunk + 2 * _LOOK_AHEAD, wanted)
        elif chunk % _LOOK_AHEAD == 0:
            self._miss(chunk + _LOOK_AHEAD, chunk + 2 * _LOOK_AHEAD, wanted)
        return text

    # Lines that are shown.

    def count(self) -> int:
        """Lines that are shown."""
        return self._base_count() if self._shown is None else len(self._shown)

    def position(self, index: int) -> int:
        """The position of a shown line."""
        if self._shown is not None:
            index = self._shown.number(index)
        return index if self.node is None else self._of_node.number(index)

    def index_at(self, position: int) -> int:
        """The first shown line at a position or after it."""
        index = self._base_index(position)
        return index if self._shown is None else self._shown.index(index)

    def shows(self, position: int) -> bool:
        """Whether the line at a position is shown."""
        if self.node is not None and position not in self._of_node:
            return False
        return self._shown is None or self._base_index(position) in self._shown

    def row(self, index: int) -> LogRow | None:
        """A shown line; None if its text is not at hand: then it is missed."""
        return self.row_at(self.position(index))

    def row_at(self, position: int) -> LogRow | None:
        """The line at a position; None if its text is not at hand: then it is missed."""
        chunk = self.chunk_at(position)
        rows = self._decoded.get(chunk)
        if rows is None:
            text = self._texts.get(chunk)
            if text is None:
                self.missing[chunk] = None
                return None
            rows = self._decoded[chunk] = rows_of(text, self._nodes[chunk], self._firsts[chunk])
            if len(self._decoded) > _DECODED_CHUNKS:
                self._decoded.popitem(last=False)
        place = position - self._starts[chunk]
        if place < len(rows):
            return rows[place]
        return LogRow(0.0, self._nodes[chunk], self._firsts[chunk] + place, "", "")

    # The filter.

    @property
    def looked_at(self) -> int:
        """Chunks that the filter has looked at; all of them where nothing is filtered."""
        return len(self._starts) if self._shown is None else self._next

    def refilter(self) -> None:
        """Begin to look at all lines again, after a change of what is to be shown; without a sieve."""
        self._of_node = LineRanges()
        if self.node is not None:
            for number, node in enumerate(self._nodes):
                if node == self.node:
                    self._of_node.add(self._starts[number], self.chunk_start(number + 1))
        if self.sieve is not None:
            self.sieve.given_up = True
            self.sieve = None
        filtered = self.trouble_only or self.only is not None
        self._shown: LineRanges | None = LineRanges() if filtered else None
        self.wanted = Wanted(self.only, TROUBLE if self.trouble_only else None)
        self._next = 0
        self._context_until = 0

    def advance(self, deadline: float) -> bool:
        """Look at more lines until a moment of the monotonic clock; tells whether there is more to do now.

        If not, all were looked at, or the text of the next is missed.
        """
        if self._shown is None:
            return False
        while self._next < len(self._starts):
            if self.may_show(self._next):
                places = self._places(self._next)
                if places is None:
                    return False
                self._show(self._next, places)
            self._next += 1
            if monotonic() > deadline:
                return self._next < len(self._starts)
        return False

    def _places(self, chunk: int) -> Sequence[int] | None:
        """The lines of a chunk that the filter wants; None if that is not known yet."""
        sieve = self.sieve
        passes = True if sieve is None else sieve.passes(self._sequences[chunk])
        if passes is False:
            return ()
        text = self.text(chunk, self._worth_reading) if passes else self._texts.get(chunk)
        return None if text is None else self.wanted.places(text)

    def _worth_reading(self, sequence: int) -> bool:
        return self.sieve is None or bool(self.sieve.passes(sequence))

    def _show(self, chunk: int, places: Sequence[int]) -> None:
        assert self._shown is not None
        first = self._base_index(self._starts[chunk])
        end = first + self.chunk_start(chunk + 1) - self._starts[chunk]
        self._shown.add(first, min(self._context_until, end))
        for place in places:
            index = first + place
            self._context_until = index + 1 + self.context
            self._shown.add(max(0, index - self.context), min(self._context_until, end))

    def _miss(self, chunk: int, end: int, wanted: Callable[[int], bool] | None = None) -> None:
        for number in range(chunk, min(end, len(self._starts))):
            if number in self._texts or not self.may_show(number):
                continue
            if wanted is None or wanted(self._sequences[number]):
                self.missing[number] = None

    def _base_count(self) -> int:
        return self.total if self.node is None else len(self._of_node)

    def _base_index(self, position: int) -> int:
        return max(0, min(position, self.total)) if self.node is None else self._of_node.index(position)

    def _keep(self, chunk: int, text: Text) -> None:
        self.missing.pop(chunk, None)
        before = self._texts.pop(chunk, None)
        self._bytes += _size(text) - (_size(before) if before is not None else 0)
        self._texts[chunk] = text
        while self._bytes > self._most_bytes and len(self._texts) > 1:
            _, gone = self._texts.popitem(last=False)
            self._bytes -= _size(gone)


def _size(text: Text) -> int:
    return len(text) if isinstance(text, bytes) else len(text) * _BYTES_OF_A_LINE
