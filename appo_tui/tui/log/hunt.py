"""What is looked for in a log, and where one goes when it is found. No Textual here."""

from __future__ import annotations

from appo_tui.tui.filters import Pattern
from appo_tui.tui.log.buffer import LogBuffer
from appo_tui.tui.log.rows import BAD_LEVELS, Wanted
from appo_tui.tui.log.search import LogSearch, sieve_for
from appo_tui.tui.log.sieve import Sieve


class LogHunt:
    """A search that is in force, and the errors. ``found`` is the position that was gone to last."""

    def __init__(self, buffer: LogBuffer) -> None:
        self.found: int | None = None
        self.pattern: Pattern | None = None
        self.sieve: Sieve | None = None
        """What the store is to find out for the search that is in force."""
        self.error_sieve: Sieve | None = None
        """What the store is to find out for the errors."""
        self._buffer = buffer
        self._search: LogSearch | None = None
        self._errors: LogSearch | None = None
        self._asked: tuple[LogSearch, int, int] | None = None
        """What is to be gone to as soon as it is known: of which search, from where, in which direction."""

    def begin(self, pattern: Pattern | None, start: int, sieve: Sieve | None = None) -> None:
        """Search for a pattern from a position on, or for nothing any more.

        A sieve must be given what the store finds out, until it ends.
        """
        self.pattern, self.found, self._asked = pattern, None, None
        self._search = None
        if self.sieve is not None:
            self.sieve.given_up = True
        self.sieve = sieve
        self._buffer.missing.clear()
        if pattern is not None:
            self._search = LogSearch(self._buffer, Wanted(pattern), start, self.sieve)
            self._asked = (self._search, start - 1, 1)

    def begin_again(self, start: int) -> None:
        """Other lines are shown, or none of those that were: what was found counts no more."""
        self.found, self._asked, self._errors, self._search = None, None, None, None
        if self.error_sieve is not None:
            self.error_sieve.given_up = True
            self.error_sieve = None
        if self.pattern is not None:
            self._search = LogSearch(self._buffer, Wanted(self.pattern), start, self.sieve)

    def new_sieve(self, pattern: Pattern | None, start: int) -> Sieve | None:
        """A sieve for a search, if the store can be of use to it."""
        return None if pattern is None else sieve_for(self._buffer, Wanted(pattern), start)

    def ask_match(self, position: int, step: int) -> None:
        """Look for the next match after a position, or the one before, around the end."""
        if self._search is not None:
            self._asked = (self._search, position, step)

    def ask_error(self, position: int, step: int) -> None:
        """Look for the next error after a position, or the one before.

        There may be an ``error_sieve`` then, which must be given what the store finds out too.
        """
        if self._errors is None:
            wanted, start = Wanted(levels=BAD_LEVELS), max(0, position)
            self.error_sieve = sieve_for(self._buffer, wanted, start)
            self._errors = LogSearch(self._buffer, wanted, start, self.error_sieve)
        self._asked = (self._errors, position, step)

    def advance(self, deadline: float) -> bool:
        """Filter and search until a moment of the monotonic clock; tells whether there is more to do now."""
        if self._buffer.advance(deadline):
            return True
        wanted = self._asked[0] if self._asked is not None else None
        more = wanted is not None and wanted.advance(deadline)
        if self._search is not None and self._search is not wanted:
            more = self._search.advance(deadline) or more
        return more

    def arrived(self) -> int | None:
        """The position that was asked for, once, if it is known by now; it is ``found`` then."""
        if self._asked is None:
            return None
        search, position, step = self._asked
        place = search.nearest(position, step)
        if place is not None or search.complete:
            self._asked = None
        if place is None or (search is self._errors and (place - position) * step <= 0):
            return None
        self.found = place
        return place

    def outcome(self) -> str:
        """How the search stands, in words; empty without one."""
        search = self._search
        if search is None:
            return ""
        words = [] if search.complete else [f"searching {search.share:.0%}"]
        if self.found is not None and search.count:
            words.insert(0, f"{search.rank(self.found):,} of {search.count:,}")
        elif search.count or search.complete:
            words.insert(0, f"{search.count:,} lines" if search.count else "no match")
        return ", ".join(words)
