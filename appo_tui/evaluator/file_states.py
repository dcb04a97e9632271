"""Telling unchanged files without reading them again."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Generic, TypeVar

_COARSEST: Final = 2_000_000_000
"""Nanoseconds: some file systems note the time of a change no finer than that."""
Content = TypeVar("Content")


@dataclass(frozen=True, slots=True)
class _State:
    changed: int
    size: int
    inode: int


class UnchangedFiles(Generic[Content]):
    """What files held, for as long as they stay as they are.

    A file that was changed just before it was read is not trusted: it may change again without a trace.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[_State, Content]] = {}

    def find(self, file: Path) -> Content | None:
        """What an unchanged file held; None if it has to be read."""
        known = self._known.get(str(file))
        return known[1] if known is not None and known[0] == _state_of(file) else None

    def state_of(self, file: Path) -> _State | None:
        """A file's state before it is read, to be given to ``keep``."""
        state = _state_of(file)
        return state if state is not None and time.time_ns() - state.changed > _COARSEST else None

    def keep(self, file: Path, state: _State | None, content: Content) -> None:
        """Keep what a file held when it was in this state."""
        if state is not None:
            self._known[str(file)] = state, content


def _state_of(file: Path) -> _State | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return _State(found.st_mtime_ns, found.st_size, found.st_ino)
