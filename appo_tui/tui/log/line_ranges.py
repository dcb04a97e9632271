"""Ascending numbers, kept as ranges: which lines of a log are shown, however many there are."""

from __future__ import annotations

from array import array
from bisect import bisect_right


class LineRanges:
    """Numbers that only ever come in ascending order; each has an index, counted from 0."""

    def __init__(self) -> None:
        self._firsts = array("q")
        self._ends = array("q")
        self._before = array("q")
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __contains__(self, number: int) -> bool:
        place = bisect_right(self._firsts, number) - 1
        return place >= 0 and number < self._ends[place]

    @property
    def end(self) -> int:
        """The number after the last one; 0 if there is none."""
        return self._ends[-1] if self._ends else 0

    def add(self, first: int, end: int) -> None:
        """Add the numbers from ``first`` up to ``end``, without those that are there."""
        first = max(first, self.end)
        if first >= end:
            return
        if self._ends and self._ends[-1] == first:
            self._ends[-1] = end
        else:
            self._firsts.append(first)
            self._ends.append(end)
            self._before.append(self._count)
        self._count += end - first

    def number(self, index: int) -> int:
        """The number of an index.

        Raises:
            IndexError: there is no such index.
        """
        if not 0 <= index < self._count:
            raise IndexError(index)
        place = bisect_right(self._before, index) - 1
        return self._firsts[place] + index - self._before[place]

    def index(self, number: int) -> int:
        """The index of a number or, if it is not there, of the next; the count after the last."""
        place = bisect_right(self._firsts, number) - 1
        if place < 0:
            return 0
        return self._before[place] + min(number, self._ends[place]) - self._firsts[place]
