"""A job as it comes from the store: batches of events, folded, for whoever watches it. No Textual here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from threading import Event

from appo_tui.jobs.events import AnyEvent, LogChunk, ResourceEvent, ResourceEvents
from appo_tui.jobs.progress import JobProgress
from appo_tui.tui.workspaces.workspace import Workspace

_EVENTS_AT_ONCE = 500
_SECONDS_BETWEEN = 0.1
_MANY_EVENTS, _SECONDS_BETWEEN_MANY = 50, 0.2
"""Where so much comes that nobody can read it as it does, the screen is better at hand for keys."""

_SECONDS_BETWEEN_LOST = 2.0


@dataclass(frozen=True, slots=True)
class JobNews:
    """What came since the last: the job after it, chunks of log, and resource events as (certname, event).

    ``lost`` if nobody works on the job any more though it has not ended. ``only_lines`` if nothing but
    lines of the log came.
    """

    progress: JobProgress
    chunks: Sequence[LogChunk] = ()
    resources: Sequence[tuple[str, ResourceEvent]] = ()
    lost: bool = False
    only_lines: bool = False


def news(progress: JobProgress, events: Sequence[AnyEvent]) -> JobNews:
    """Some events folded into a job, with what a viewer wants of them."""
    chunks = [event for event in events if isinstance(event, LogChunk)]
    resources = [
        (event.node, each) for event in events if isinstance(event, ResourceEvents) for each in event.events
    ]
    only_lines = len(chunks) == len(events)
    return JobNews(progress.with_events(events), chunks, resources, only_lines=only_lines)


def follow_job(
    workspace: Workspace, number: int, stop: Event, wait: Callable[[float], object]
) -> Iterator[JobNews]:
    """News of a job until it has ended or ``stop`` is set; ``wait`` passes the time between looks.

    Raises:
        WorkspaceError: there is no such job, or the store can't be read.
    """
    stored = workspace.job(number)
    progress = JobProgress.of(stored.request)
    yield JobNews(progress)
    waited = 0.0
    while not stop.is_set():
        events = workspace.events(number, after=progress.last_sequence, limit=_EVENTS_AT_ONCE, log="packed")
        if events:
            latest = news(progress, events)
            progress = latest.progress
            waited = 0.0
            yield latest
        elif progress.state.ended:
            return
        if len(events) < _EVENTS_AT_ONCE:
            wait(_SECONDS_BETWEEN if len(events) < _MANY_EVENTS else _SECONDS_BETWEEN_MANY)
            waited += _SECONDS_BETWEEN
        if waited >= _SECONDS_BETWEEN_LOST:
            waited = 0.0
            if workspace.job(number).summary.lost:
                yield JobNews(progress, lost=True)
