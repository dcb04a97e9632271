"""What the store finds out about a log's chunks before they are read: most hold nothing that is searched.

No Textual here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

AT_ONCE = 1_000
"""Chunks that the store looks at in one go: about 20 ms of its time."""

Look = Callable[[Sequence[str], int, int], frozenset[int] | None]
"""Asks which chunks of a range of sequence numbers, both ends included, may hold one of some texts."""


class Sieve:
    """Which chunks may hold one of some texts, as far as that is known.

    Chunks are known by their sequence numbers; those after ``last`` came too late to be looked at.
    """

    def __init__(self, needles: Sequence[str], start: int, last: int) -> None:
        self.needles = tuple(needles)
        self.last = last
        self.given_up = False
        """Whether nobody waits for it any more."""
        self._start = start
        self._blocks: dict[int, frozenset[int]] = {}
        self._finished = False

    def ranges(self) -> Iterator[tuple[int, int]]:
        """What is to be looked at, first and last numbers: from the start on, then what is before it."""
        first, last = self._start // AT_ONCE, self.last // AT_ONCE
        for block in (*range(first, last + 1), *range(first)):
            yield block * AT_ONCE, min(block * AT_ONCE + AT_ONCE - 1, self.last)

    def take(self, first: int, held: frozenset[int] | None) -> None:
        """Take what is known of the range that begins with ``first``; None ends it: others may hold it."""
        if held is None:
            self._finished = True
        else:
            self._blocks[first // AT_ONCE] = held

    def passes(self, sequence: int) -> bool | None:
        """Whether a chunk may hold what is looked for; None if that is not known yet."""
        if sequence > self.last:
            return True
        held = self._blocks.get(sequence // AT_ONCE)
        if held is None:
            return True if self._finished else None
        return sequence in held


def sifted(sieve: Sieve, look: Look) -> Iterator[tuple[int, frozenset[int]]]:
    """What ``Sieve.take`` is to be given, as it is found out; it is to be ended then."""
    for first, last in sieve.ranges():
        held = None if sieve.given_up else look(sieve.needles, first, last)
        if held is None:
            break
        yield first, held
