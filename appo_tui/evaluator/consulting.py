"""What a reading has looked at: what its result hangs on, and whether that is still so the next time.

Definitions and files that code asks for by name are noted for each piece of code, an instance's body or a
node's catalog, every time that it asks. What is looked up once for all is noted as a first, for the piece of
code that came to it before others.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

Need = tuple[str, Hashable]
"""A kind and a name, such as (``define``, ``lamp::web``) or (``data``, path)."""

OF_FILES = frozenset(("data", "file", "listing"))
"""The kinds of needs that are files, or which files there are."""


class Consulted(msgspec.Struct, frozen=True):
    """What one piece of code has looked at.

    Attributes:
        needs: all that it asked for by name.
        files: the files among that.
        firsts: what nothing before it had asked for, in order.
    """

    needs: frozenset[Need]
    files: tuple[Need, ...]
    firsts: tuple[Need, ...]


@dataclass(slots=True)
class Noted:
    """What a piece of code looks at, complete when it has run."""

    needs: dict[Need, None] = field(default_factory=dict)
    firsts: tuple[Need, ...] = ()

    @property
    def consulted(self) -> Consulted:
        """All of it, as a value."""
        files = tuple(need for need in self.needs if need[0] in OF_FILES)
        return Consulted(frozenset(self.needs), files, self.firsts)


@dataclass(slots=True)
class Ledger:
    """What a whole reading has looked at so far.

    Attributes:
        needs: those of the piece of code that runs; outside of any, what everything hangs on.
        files: the files that anything has looked at, data and what functions read, and what they were then.
        firsts: what was looked up once for all, in order: (``load``, file), (``native``, resource type) and
            (``ruby``, function).
        searched: what was looked for on disk under a name, and what was found.
        state_of: tells a file's content from others; None where there is none.
    """

    state_of: Callable[[Path], str | None] = lambda _path: None
    needs: dict[Need, None] = field(default_factory=dict)
    files: dict[Need, Hashable] = field(default_factory=dict)
    firsts: list[Need] = field(default_factory=list)
    searched: dict[Need, Hashable] = field(default_factory=dict)

    def note_file(self, path: Path) -> None:
        """Note a file that a function is about to read, or looks for."""
        self._note(("file", path), path)

    def note_data(self, path: Path) -> None:
        """Note a file of data that a lookup is about to read, or looks for."""
        self._note(("data", path), path)

    def note_listing(self, root: Path, pattern: str, found: tuple[Path, ...]) -> None:
        """Note which files a lookup was told there are."""
        need: Need = ("listing", (root, pattern))
        self.needs[need] = None
        self.files.setdefault(need, found)

    def _note(self, need: Need, path: Path) -> None:
        self.needs[need] = None
        if need not in self.files:
            self.files[need] = self.state_of(path)

    @contextmanager
    def apart(self) -> Iterator[Noted]:
        """Note by itself what a piece of code asks for; the code around it has not asked for it then."""
        around, before = self.needs, len(self.firsts)
        noted = Noted()
        self.needs = noted.needs
        try:
            yield noted
        finally:
            self.needs = around
            noted.firsts = tuple(self.firsts[before:])
