"""Runs that are only told of: for tests of what stands above a transport."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from appo_tui.jobs.events import LogLine, Metrics, ResourceEvent
from appo_tui.jobs.transport.protocol import Errored, LogSink, NodeRun, Outcome, Reported, WaitingSink


@dataclass(frozen=True, slots=True)
class FakeRun:
    """What a node's run will be like. ``seconds`` are spread over its lines."""

    seconds: float = 0.0
    lines: Sequence[str] = ("Applied catalog in 0.01 seconds",)
    failed: bool = False
    error: str = ""
    resource_events: tuple[ResourceEvent, ...] = ()


class FakeTransport:
    """Runs as they were scripted.

    ``started`` and ``finished`` tell in which order; ``begun`` is set once there is a first one. Where there
    is a ``gate``, no run tells a line before it is set.
    """

    def __init__(
        self,
        runs: Mapping[str, FakeRun] | None = None,
        default: FakeRun | None = None,
        gate: asyncio.Event | None = None,
    ) -> None:
        self._runs = runs or {}
        self._default = default or FakeRun()
        self._gate = gate
        self._ends: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self.started: list[str] = []
        self.finished: list[str] = []
        self.most_at_once = 0
        self.begun = asyncio.Event()

    async def run(self, run: NodeRun, log: LogSink, waiting: WaitingSink) -> Outcome:  # noqa: ARG002
        """Tell the scripted lines at the scripted pace."""
        script = self._runs.get(run.certname, self._default)
        end = self._ends[run.certname]
        self.started.append(run.certname)
        self.begun.set()
        self.most_at_once = max(self.most_at_once, len(self.started) - len(self.finished))
        try:
            return await self._told(script, run, log, end)
        finally:
            self.finished.append(run.certname)

    async def _told(self, script: FakeRun, run: NodeRun, log: LogSink, end: asyncio.Event) -> Outcome:
        if script.error:
            return Errored(script.error)
        if self._gate is not None:
            await self._gate.wait()
        offset = run.offset
        for text in script.lines[run.lines :]:
            if await _passed(end, script.seconds / len(script.lines)):
                return Errored("ended by a forced stop")
            offset += len(text) + 1
            await log((LogLine(time.time(), "stdout", "notice", "Puppet", text),), offset)
        metrics = Metrics(total=1, failed=int(script.failed), unchanged=int(not script.failed))
        message = "1 resource failed" if script.failed else "no changes"
        return Reported(script.failed, message, metrics, script.resource_events)

    async def end(self, certname: str) -> None:
        """End the node's run before its next line."""
        self._ends[certname].set()

    def command(self, certname: str) -> str:
        """A word for what does not happen."""
        return f"(no command: {certname} is not real)"

    async def close(self) -> None:
        """Nothing is open."""


async def _passed(end: asyncio.Event, seconds: float) -> bool:
    """Whether the end came before the time was over."""
    try:
        await asyncio.wait_for(end.wait(), seconds)
    except TimeoutError:
        return False
    return True
