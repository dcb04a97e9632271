"""Work that is done a slice of time at a time, so that keys are answered meanwhile. No Textual here."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from time import monotonic

_SLICE_SECONDS = 0.01


class Slices:
    """Pieces of work, one after the other; each is an iterator that comes on whenever it may be left.

    What fits the first slice is done when ``add`` returns. For the rest, ``schedule`` is given what is to
    be called soon.
    """

    def __init__(self, schedule: Callable[[Callable[[], None]], object]) -> None:
        self._schedule = schedule
        self._waiting: deque[tuple[str, Iterator[None]]] = deque()
        self._scheduled = False

    @property
    def busy(self) -> bool:
        """Whether there is something left to do."""
        return bool(self._waiting)

    def add(self, work: Iterator[None], *, kind: str = "") -> None:
        """Do a piece of work after the others; it takes the place of those of its kind, if it has one."""
        if kind:
            self._waiting = deque(each for each in self._waiting if each[0] != kind)
        self._waiting.append((kind, work))
        if not self._scheduled:
            self._go_on()

    def clear(self) -> None:
        """Give up what is left."""
        self._waiting.clear()

    def _go_on(self) -> None:
        self._scheduled = False
        deadline = monotonic() + _SLICE_SECONDS
        while self._waiting:
            piece = self._waiting[0]
            for _ in piece[1]:
                if monotonic() > deadline:
                    self._scheduled = True
                    self._schedule(self._go_on)
                    return
            if self._waiting and self._waiting[0] is piece:
                self._waiting.popleft()
