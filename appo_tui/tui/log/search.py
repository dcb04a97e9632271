"""A search through a whole log, a slice of time at a time. No Textual here."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from time import monotonic

from appo_tui.tui.log.buffer import LogBuffer
from appo_tui.tui.log.rows import Text, Wanted
from appo_tui.tui.log.sieve import Sieve


def sieve_for(buffer: LogBuffer, wanted: Wanted, start: int) -> Sieve | None:
    """A sieve for a search from a position on, if the store can be of use to it."""
    needles = wanted.needles()
    if not needles or buffer.holds_all_text:
        return None
    last = buffer.sequence(buffer.chunk_count - 1)
    return Sieve(needles, buffer.sequence(buffer.chunk_at(start)), last)


class LogSearch:
    """The shown lines that are wanted: first those from a position on, then those before, then what comes.

    With a sieve, the text of chunks that it holds back is never looked at.
    """

    def __init__(self, buffer: LogBuffer, wanted: Wanted, start: int, sieve: Sieve | None = None) -> None:
        self._buffer = buffer
        self._wanted = wanted
        self._sieve = sieve
        self._first = buffer.chunk_at(start)
        self._next = self._first
        self._next_before = 0
        self._found = array("q")
        self._found_before = array("q")

    @property
    def complete(self) -> bool:
        """Whether all lines that there are were looked at."""
        return self._ahead_done and self._next_before >= self._first

    @property
    def count(self) -> int:
        """Lines that were found so far."""
        return len(self._found) + len(self._found_before)

    @property
    def share(self) -> float:
        """How much of the log was looked at, from 0 to 1."""
        return (self._next - self._first + self._next_before) / max(1, self._buffer.chunk_count)

    def advance(self, deadline: float) -> bool:
        """Look at more lines until a moment of the monotonic clock; tells whether there is more to do now.

        If not, all were looked at, or the text of the next is missed, or nobody knows yet whether it is
        worth while to read it.
        """
        while not self.complete:
            ahead = not self._ahead_done
            chunk = self._next if ahead else self._next_before
            if chunk >= self._buffer.looked_at:
                return False
            if self._buffer.may_show(chunk) and self._passes(self._buffer.sequence(chunk)) is not False:
                text = self._text(chunk)
                if text is None:
                    return False
                self._take(chunk, self._wanted.places(text), self._found if ahead else self._found_before)
            if ahead:
                self._next += 1
            else:
                self._next_before += 1
            if monotonic() > deadline:
                return not self.complete
        return False

    def rank(self, position: int) -> int:
        """Which of the found lines one is, counted from 1; only where ``complete`` is it the last word."""
        return bisect_left(self._found_before, position) + bisect_left(self._found, position) + 1

    def nearest(self, position: int, step: int) -> int | None:
        """The next found line after a position (1) or before it (-1), around the end.

        Returns:
            Its position; None if there is none, or if it is not known yet, as long as not ``complete``.
        """
        return self._after(position) if step > 0 else self._before(position)

    def _passes(self, sequence: int) -> bool | None:
        return True if self._sieve is None else self._sieve.passes(sequence)

    def _text(self, chunk: int) -> Text | None:
        if self._sieve is None:
            return self._buffer.text(chunk)
        if self._passes(self._buffer.sequence(chunk)):
            return self._buffer.text(chunk, lambda sequence: bool(self._passes(sequence)))
        return self._buffer.text_at_hand(chunk)

    @property
    def _ahead_done(self) -> bool:
        return self._next >= self._buffer.chunk_count

    def _after(self, position: int) -> int | None:
        if position >= self._buffer.chunk_start(self._first):
            place = bisect_right(self._found, position)
            if place < len(self._found):
                return self._found[place]
            position = -1
            if not self._ahead_done:
                return None
        place = bisect_right(self._found_before, position)
        if place < len(self._found_before):
            return self._found_before[place]
        if self._next_before < self._first:
            return None
        return next(iter(self._found or self._found_before), None)

    def _before(self, position: int) -> int | None:
        place = bisect_left(self._found, position)
        if place:
            return self._found[place - 1]
        boundary = min(position, self._buffer.chunk_start(self._first))
        if self._buffer.chunk_start(min(self._next_before, self._first)) < boundary:
            return None
        place = bisect_left(self._found_before, position)
        if place:
            return self._found_before[place - 1]
        if not self.complete or not self.count:
            return None
        return (self._found or self._found_before)[-1]

    def _take(self, chunk: int, places: Sequence[int], found: array[int]) -> None:
        start = self._buffer.chunk_start(chunk)
        found.extend(start + place for place in places if self._buffer.shows(start + place))
