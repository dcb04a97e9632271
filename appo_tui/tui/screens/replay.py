"""A past job, played again from its events at any speed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from time import monotonic
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.message import Message

from appo_tui.jobs.events import AnyEvent
from appo_tui.jobs.progress import JobProgress
from appo_tui.jobs.request import JobRequest
from appo_tui.tui.actions import Where, bindings_of
from appo_tui.tui.job_feed import JobNews, news
from appo_tui.tui.screens.job import JobScreen
from appo_tui.tui.widgets.pane_strip import PaneStrip
from appo_tui.tui.widgets.scrubber import Scrubber

_FRAME_SECONDS = 0.1
_EVENTS_AT_ONCE = 5_000
_SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 1024.0)
_NEVER = frozenset({"stop", "retry", "resume", "replay"})


class ReplayScreen(JobScreen):
    """A job's screen whose clock is a scrubber."""

    CSS_PATH = "job.tcss"
    BINDINGS = bindings_of("replay")
    PLACES: ClassVar[tuple[Where, ...]] = ("everywhere", "panes", "replay", "job")

    class Loaded(Message):
        """A worker has read all events of the job."""

        def __init__(self, request: JobRequest, events: Sequence[AnyEvent]) -> None:
            super().__init__()
            self.request = request
            self.events = events

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self._events: Sequence[AnyEvent] = ()
        self._times: list[float] = []
        self._request: JobRequest | None = None
        self._moment = 0.0
        self._taken = 0
        self._speed = _SPEEDS.index(8.0)
        self.playing = True
        self._clock = 0.0

    def compose(self) -> ComposeResult:
        """As a job, with a scrubber below the names of the panes."""
        for widget in super().compose():
            yield widget
            if isinstance(widget, PaneStrip):
                yield Scrubber(self.appo.glyphs)

    def start_feed(self) -> None:
        """Read the whole job, then play it."""
        self._load()
        self.set_interval(_FRAME_SECONDS, self._frame)

    def now(self) -> float:
        """The moment of the replay."""
        return self._moment

    def command(self) -> str:
        """The history: nothing leads into the middle of a replay."""
        return "history"

    def crumbs(self) -> Sequence[str]:
        """As a job, and that it is a replay."""
        return (*super().crumbs(), "replay")

    def show_states(self) -> None:
        """A replay is not the present: the tree of applications does not show it."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is started or stopped in a replay."""
        return action not in _NEVER and super().check_action(action, parameters)

    def on_replay_screen_loaded(self, event: Loaded) -> None:
        """Begin to play."""
        self._request, self._events = event.request, event.events
        # Clocks may go back; a replay does not.
        latest = 0.0
        for each in event.events:
            latest = max(latest, each.time)
            self._times.append(latest)
        self._clock = monotonic()
        self._go_to(self._times[0] if self._times else 0.0)

    @on(Scrubber.Sought)
    def _sought(self, event: Scrubber.Sought) -> None:
        if self._times:
            self._go_to(self._times[0] + event.share * self._length)

    def action_play(self) -> None:
        """Play, or stop; at the end, from the beginning."""
        if not self.playing and self._times and self._moment >= self._times[-1]:
            self._go_to(self._times[0])
        self.playing = not self.playing
        self._clock = monotonic()
        self._show_place()

    def action_faster(self) -> None:
        """The next speed."""
        self._speed = min(self._speed + 1, len(_SPEEDS) - 1)
        self._show_place()

    def action_slower(self) -> None:
        """The speed before."""
        self._speed = max(self._speed - 1, 0)
        self._show_place()

    def action_seek(self, percent: int) -> None:
        """Ahead or back by a part of the whole."""
        if self._times:
            self._go_to(self._moment + self._length * percent / 100)

    @property
    def _length(self) -> float:
        return self._times[-1] - self._times[0] if self._times else 0.0

    def _frame(self) -> None:
        passed, self._clock = monotonic() - self._clock, monotonic()
        if not self.playing or not self._times or not self.is_current:
            return
        self._go_to(self._moment + passed * _SPEEDS[self._speed])
        if self._moment >= self._times[-1]:
            self.playing = False
            self._show_place()

    def _go_to(self, moment: float) -> None:
        if self._request is None or not self._times:
            return
        self._moment = min(max(moment, self._times[0]), self._times[-1])
        wanted = bisect_right(self._times, self._moment)
        if wanted < self._taken or self.progress is None:
            self._rewind()
        if self.progress is not None and wanted >= self._taken:
            self.take(news(self.progress, self._events[self._taken : wanted]))
            self._taken = wanted
        self._show_place()

    def _rewind(self) -> None:
        assert self._request is not None
        self.forget_lines()
        self._taken = 0
        self.take(JobNews(JobProgress.of(self._request)))

    def _show_place(self) -> None:
        speed = _SPEEDS[self._speed]
        words = f"{'playing' if self.playing else 'stopped'} x{speed:g}"
        begun = self._times[0] if self._times else 0.0
        self.query_one(Scrubber).show(self._moment - begun, self._length, words)

    @work(thread=True, exclusive=True, group="feed", exit_on_error=False)
    def _load(self) -> None:
        workspace = self.appo.workspace
        with self.appo.telling(f"Job {self.number} can't be read"):
            request = workspace.job(self.number).request
            events: list[AnyEvent] = []
            while batch := workspace.events(
                self.number, after=events[-1].sequence if events else 0, limit=_EVENTS_AT_ONCE, log="counted"
            ):
                events += batch
            self.post_message(self.Loaded(request, events))
