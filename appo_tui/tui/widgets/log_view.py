"""The run log: it takes lines, follows them, and searches them a slice of time at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from time import monotonic

from textual import events
from textual.scrollbar import ScrollTo

from appo_tui.jobs.events import LogChunk
from appo_tui.tui.actions import bindings_of
from appo_tui.tui.filters import compile_pattern
from appo_tui.tui.log.buffer import LogBuffer
from appo_tui.tui.log.search import sieve_for
from appo_tui.tui.log.sieve import Sieve
from appo_tui.tui.soon import call_after
from appo_tui.tui.widgets.log_surface import LogSurface

_CONTEXTS = (0, 2, 5)

_SLICE_SECONDS, _REST_SECONDS = 0.006, 0.002
"""How long a filter or a search works, and how long it leaves to keys before it goes on."""

_TELL_SECONDS = 0.25


class LogView(LogSurface):
    """Lines of all nodes or of one; follows until it is scrolled or paused, and then counts what is new."""

    BINDINGS = bindings_of("log")
    HELP_PLACES = ("log",)

    def __init__(self, buffer: LogBuffer, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(buffer, id=id)
        self._told = ""
        self._told_at = 0.0
        self._counted = buffer.count()
        self._working = False
        self._place = 0
        """The position at the top when the filter was changed."""
        self._place_row: int | None = None
        """Where it has been scrolled to, while the filter has not come so far yet; None afterwards."""

    # What the screen gives.

    def take(self, chunks: Sequence[LogChunk]) -> None:
        """Take lines as they come."""
        if not chunks:
            return
        widest = self.buffer.widest_node
        self.buffer.append(chunks)
        if widest != self.buffer.widest_node:
            self.forget_drawn()
        self._work()

    def text_read(self, sequences: Sequence[int], texts: Mapping[int, bytes]) -> None:
        """Take text that was missed."""
        self._awaiting_text = False
        self.buffer.give(sequences, texts)
        self._work()
        if self._gaps_drawn:
            self._gaps_drawn, self._page = False, None
            self.refresh()

    def clear(self) -> None:
        """Forget all lines."""
        self.buffer.clear()
        self.hunt.begin_again(0)
        self._counted = 0
        self.forget_drawn()
        self._resize()
        self.refresh()

    def show_node(self, node: str | None) -> None:
        """Show one node's lines, or those of all."""
        if node != self.buffer.node:
            self._change_filter(node=node)

    # Searching and limiting.

    @property
    def search_text(self) -> str:
        """The search in force."""
        return self.hunt.pattern.text if self.hunt.pattern else ""

    @property
    def only_text(self) -> str:
        """What lines are limited to."""
        return self.buffer.only.text if self.buffer.only else ""

    def search(self, text: str) -> str:
        """Mark what matches, and go to the first from here."""
        if text != self.search_text:
            pattern, start = compile_pattern(text) if text else None, self._top_position()
            sieve = self.hunt.new_sieve(pattern, start)
            self.hunt.begin(pattern, start, sieve)
            self._have_sifted(sieve)
            self.forget_drawn()
            self.refresh()
            self._work()
        return self.hunt.outcome()

    def on_log_surface_sifted(self, event: LogSurface.Sifted) -> None:
        """Search on with what is known now."""
        event.sieve.take(event.first, event.held)
        if event.sieve in (self.hunt.sieve, self.hunt.error_sieve, self.buffer.sieve):
            self._work()

    def only(self, text: str) -> str:
        """Show only lines that match."""
        if text != self.only_text:
            self._change_filter(only=compile_pattern(text) if text else None)
        return self._outcome()

    def next_match(self, step: int) -> None:
        """Go to the next line that matches, or the one before."""
        self.hunt.ask_match(self._here(), step)
        self._work()

    def copied_text(self) -> str:
        """The line that was clicked, or that was found, or else the lowest that is seen."""
        if not self.buffer.count():
            return ""
        lowest = min(self.buffer.count(), self._top_index() + self._height()) - 1
        found = self.hunt.found if self.chosen is None else self.chosen
        row = self.buffer.row_at(found) if found is not None else self.buffer.row(lowest)
        return row.text if row is not None else ""

    # Actions.

    def action_scroll_lines(self, lines: int) -> None:
        """Scroll; at the end it follows again."""
        self._scroll_by(lines)

    def action_scroll_pages(self, pages: int) -> None:
        """Scroll by pages."""
        self._scroll_by(pages * max(1, self._height() - 1))

    def action_head(self) -> None:
        """To the first line."""
        self._pause()
        self.scroll_to(y=0, animate=False, immediate=True, force=True)

    def action_tail(self) -> None:
        """To the end, and follow."""
        self.chosen = None
        self.following, self.new_lines = True, 0
        self._to_end()
        self.refresh()

    def action_pause(self) -> None:
        """Stop following, or follow again."""
        if self.following:
            self._pause()
        else:
            self.action_tail()

    def action_sideways(self, columns: int) -> None:
        """Scroll sideways; not while lines are wrapped."""
        if not self._wrapped:
            self._left = max(0, self._left + columns)
            self.refresh()

    def action_wrap(self) -> None:
        """Wrap long lines, or cut them."""
        self._wrapped, self._left = not self._wrapped, 0
        self.forget_drawn()
        self._resize()
        if self.following:
            self._to_end()
        self.refresh()

    def action_times(self) -> None:
        """Show times, or hide them."""
        self._times = not self._times
        self.forget_drawn()
        self.refresh()

    def kept(self) -> dict[str, int]:
        """How it is drawn."""
        return {"wrapped": self._wrapped, "times": self._times}

    def keep(self, kept: dict[str, int]) -> None:
        """Draw as before."""
        self._wrapped, self._times = bool(kept.get("wrapped")), bool(kept.get("times"))
        self.forget_drawn()

    def action_failures(self) -> None:
        """Only warnings and errors, or all."""
        self._change_filter(trouble_only=not self.buffer.trouble_only)

    def action_context(self) -> None:
        """More lines of context around each that matches, or none."""
        place = _CONTEXTS.index(self.buffer.context)
        self._change_filter(context=_CONTEXTS[(place + 1) % len(_CONTEXTS)])

    def action_next_error(self, step: int) -> None:
        """Go to the next error, or the one before."""
        before = self.hunt.error_sieve
        self.hunt.ask_error(self._here(), step)
        if self.hunt.error_sieve is not before:
            self._have_sifted(self.hunt.error_sieve)
        self._work()

    # Inside.

    def on_resize(self) -> None:
        """Keep the end in view."""
        self._resize()
        if self.following:
            self._to_end()

    def on_mouse_scroll_up(self, _event: events.MouseScrollUp) -> None:
        """The wheel upwards stops following."""
        self._pause()

    def on_mouse_scroll_down(self, _event: events.MouseScrollDown) -> None:
        """The wheel at the end follows again."""
        self.call_after_refresh(self._follow_at_end)

    def on_scroll_to(self, event: ScrollTo) -> None:
        """The scroll bar is dragged: at the end it follows again."""
        if event.y is not None:
            self.following = event.y >= self._last_top()
            self.new_lines = 0 if self.following else self.new_lines
            self.refresh()

    def on_scroll_up(self) -> None:
        """A click above the scroll bar's handle stops following."""
        self._pause()

    def on_scroll_down(self) -> None:
        """A click below the scroll bar's handle, at the end, follows again."""
        self.call_after_refresh(self._follow_at_end)

    def on_click(self, event: events.Click) -> None:
        """A click chooses a line, to be copied, and holds the log there."""
        place = event.get_content_offset(self)
        index = None if place is None else self.index_on_screen(place.y - 1)
        if index is not None:
            self._pause()
            self.chosen = self.buffer.position(index)
            self.refresh()

    def _have_sifted(self, sieve: Sieve | None) -> None:
        """Have the store look what can be left out."""
        if sieve is not None:
            self.post_message(self.SieveWanted(self, sieve))

    def _follow_at_end(self) -> None:
        if self.scroll_offset.y >= self._last_top():
            self.following, self.new_lines = True, 0
            self.refresh()

    def _work(self) -> None:
        """Filter and search for a slice of time; the rest when keys have been looked at."""
        more = self.hunt.advance(monotonic() + _SLICE_SECONDS)
        self._count()
        place = self.hunt.arrived()
        if place is not None:
            self._go_to(self.buffer.index_at(place))
        if more and not self._working:
            self._working = True
            call_after(_REST_SECONDS, self, self._work_on)
        self.ask_for_text()
        self._tell(self._outcome(), at_once=place is not None or not (more or self._awaiting_text))

    def _tell(self, outcome: str, *, at_once: bool) -> None:
        """Say how the search stands; while it goes on, not more often than one can read."""
        now = monotonic()
        if outcome != self._told and (at_once or now > self._told_at + _TELL_SECONDS):
            self._told, self._told_at = outcome, now
            self.post_message(self.Searched(self, outcome))

    def _work_on(self) -> None:
        self._working = False
        self._work()

    def _outcome(self) -> str:
        """How search and filter stand, in words."""
        if self.hunt.pattern is not None:
            return self.hunt.outcome()
        buffer = self.buffer
        if buffer.only is None:
            return ""
        rest = "" if buffer.looked_at >= buffer.chunk_count else (
            f", searching {buffer.looked_at / buffer.chunk_count:.0%}"
        )
        return f"{buffer.count():,} lines{rest}"

    def _count(self) -> None:
        """Take notice of lines that came to those that are shown."""
        came = self.buffer.count() - self._counted
        if not came:
            return
        self._counted += came
        self._resize()
        if self.following:
            self._to_end()
        else:
            self.new_lines += came
            self._return_to_place()
        self.refresh()

    def _change_filter(self, **changes: object) -> None:
        if self.buffer.count() and self._place_row is None:
            self._place = self._top_position()
        for name, value in changes.items():
            setattr(self.buffer, name, value)
        self.buffer.refilter()
        if self.buffer.looked_at < self.buffer.chunk_count:
            self.buffer.sieve = sieve_for(self.buffer, self.buffer.wanted, 0)
            self._have_sifted(self.buffer.sieve)
        self.hunt.begin_again(self._place)
        self.forget_drawn()
        self._counted, new_lines = 0, self.new_lines
        self._place_row = self.scroll_offset.y
        self._work()
        self.new_lines = new_lines
        self._resize()
        if self.following:
            self._place_row = None
            self._to_end()
        else:
            self._return_to_place()
        self.refresh()

    def _return_to_place(self) -> None:
        """Have at the top what was there before the filter was changed, or what comes after it."""
        if self._place_row is None:
            return
        if self.scroll_offset.y == self._place_row:  # else one has scrolled meanwhile
            row = min(self.buffer.index_at(self._place), self._last_top())
            self.scroll_to(y=row, animate=False, immediate=True, force=True)
            if self.buffer.chunk_start(self.buffer.looked_at) <= self._place:
                self._place_row = self.scroll_offset.y
                return
        self._place_row = None

    def _top_position(self) -> int:
        return self.buffer.position(self._top_index()) if self.buffer.count() else 0

    def _here(self) -> int:
        """Where the next match or error is looked for from."""
        return self._top_position() - 1 if self.hunt.found is None else self.hunt.found

    def _pause(self) -> None:
        self.following = False
        self.refresh()

    def _scroll_by(self, lines: int) -> None:
        top = self.scroll_offset.y + lines
        if lines < 0:
            self._pause()
        self.scroll_to(y=max(0, min(top, self._last_top())), animate=False, immediate=True, force=True)
        if lines > 0 and top >= self._last_top():
            self.following, self.new_lines = True, 0
        self.refresh()

    def _go_to(self, index: int) -> None:
        self._pause()
        top = self.scroll_offset.y
        if not top <= index < top + self._height():
            middle = max(0, min(index - self._height() // 2, self._last_top()))
            self.scroll_to(y=middle, animate=False, immediate=True, force=True)
        self.refresh()
