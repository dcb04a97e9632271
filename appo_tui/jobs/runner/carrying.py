"""A job carried out: decisions of the scheduler become runs, what happens becomes events."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path

from appo_tui.jobs import events as ev
from appo_tui.jobs.runner.heartbeat import keep_beating
from appo_tui.jobs.runner.recorder import Recorder
from appo_tui.jobs.scheduler import Decision, Ready, Scheduler, Skip, Start
from appo_tui.jobs.states import JobState, NodeState
from appo_tui.jobs.store import leases
from appo_tui.jobs.store.errors import LeaseLostError, StoreError
from appo_tui.jobs.store.leases import Lease
from appo_tui.jobs.store.store import Store
from appo_tui.jobs.transport.protocol import Interrupted, NodeRun, Outcome, Reported, Transport

_ATTEMPTS = 3
"""Attempts at a node whose runs end without a result."""

_ASK_SECONDS = 0.25
_CLAIM_SECONDS = 1.0


class Carrier:
    """Carries a job out, from where its events say it is, to its end."""

    def __init__(
        self,
        store: Store,
        lease: Lease,
        recorder: Recorder,
        transport: Transport,
        dependencies: Mapping[str, Sequence[str]],
        at_once: int | None = None,
    ) -> None:
        self._store = store
        self._lease = lease
        self._recorder = recorder
        self._transport = transport
        request = recorder.progress.request
        self._noop = request.options.noop
        self._key = request.key
        nodes = recorder.progress.nodes.items()
        ended = {name: node.state for name, node in nodes if node.state.ended}
        running = [name for name, node in nodes if node.state is NodeState.RUNNING]
        self._scheduler = Scheduler(dependencies, at_once or request.options.concurrency, ended, running)
        self._tasks: dict[asyncio.Task[NodeState], str] = {}
        self._heard = 1 if recorder.progress.stopping else 0

    async def carry(self) -> JobState:
        """Run what is to run; returns the state that the job ended in, which is recorded.

        Raises:
            LeaseLostError: another runner has taken over; runs on nodes go on, it follows them.
        """
        keeper = asyncio.create_task(keep_beating(self._store, self._lease))
        try:
            stopped = self._recorder.progress.stopping != ""
            await self._obey(self._scheduler.begin(stopped=stopped))
            if self._recorder.progress.stopping == "force":
                await self._end_all()
            while not self._scheduler.done:
                await self._step(keeper)
            state = self._final_state()
            await self._recorder.record(ev.JobFinished(state=state))
            return state
        finally:
            keeper.cancel()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(keeper, *self._tasks, return_exceptions=True)

    async def _step(self, keeper: asyncio.Task[None]) -> None:
        await self._listen()
        if self._scheduler.done:
            return
        finished, _ = await asyncio.wait(
            (*self._tasks, keeper), timeout=_ASK_SECONDS, return_when=asyncio.FIRST_COMPLETED
        )
        if keeper in finished:
            keeper.result()
        for task in finished & self._tasks.keys():
            node = self._tasks.pop(task)  # type: ignore[arg-type]
            state = await self._state_after(node, task)  # type: ignore[arg-type]
            await self._obey(self._scheduler.ended(node, state))

    async def _state_after(self, node: str, task: asyncio.Task[NodeState]) -> NodeState:
        """The state that a node's task came to; a fault of ours errors its node, not the whole job."""
        error = task.exception()
        if error is None:
            return task.result()
        if isinstance(error, LeaseLostError):
            raise error
        traceback.print_exception(error)
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name} line {place.lineno}"  # its own words may hold a value
        message = f"appo-tui failed at this node ({type(error).__name__} in {where}): please report it."
        attempt = self._recorder.progress.nodes[node].attempt
        await self._recorder.record(ev.NodeErrored(node=node, attempt=attempt, message=message))
        return NodeState.ERRORED

    async def _listen(self) -> None:
        """Do what was asked of the job since the last time."""
        try:
            asked = await asyncio.to_thread(self._store.asked, self._lease.job)
        except StoreError:
            return
        for kind, by in asked[self._heard :]:
            await self._stop(force=kind == "force" or self._recorder.progress.stopping != "", by=by)
        self._heard = len(asked)

    async def _stop(self, *, force: bool, by: str) -> None:
        if self._recorder.progress.stopping == ("force" if force else "stop"):
            return
        await self._recorder.record(ev.JobStopping(force=force, by=by))
        await self._obey(self._scheduler.stop())
        if force:
            await self._end_all()

    async def _end_all(self) -> None:
        await asyncio.gather(*(self._transport.end(node) for node in self._tasks.values()))

    async def _obey(self, decisions: Sequence[Decision]) -> None:
        drafts: list[ev.AnyEvent] = []
        for decision in decisions:
            if isinstance(decision, Ready):
                drafts.append(ev.NodeReady(node=decision.node))
            elif isinstance(decision, Skip):
                drafts.append(
                    ev.NodeSkipped(node=decision.node, message=decision.message, cause=decision.cause)
                )
        if drafts:
            await self._recorder.record(*drafts)
        for decision in decisions:
            if isinstance(decision, Start):
                self._tasks[asyncio.create_task(self._run(decision.node))] = decision.node

    async def _run(self, node: str) -> NodeState:
        """A node's attempts, until one has a result."""
        if not await self._claim(node):
            return await self._skip(node)
        try:
            if self._comes_too_late(node):
                return await self._skip(node)
            before = self._recorder.progress.nodes[node]
            resumed = before.state is NodeState.RUNNING
            attempt = before.attempt if resumed else before.attempt + 1
            while True:
                outcome = await self._attempt(node, attempt, resumed=resumed)
                if not isinstance(outcome, Interrupted) or attempt >= before.attempt + _ATTEMPTS:
                    break
                if self._recorder.progress.stopping:
                    break
                attempt, resumed = attempt + 1, False
            return await self._conclude(node, attempt, outcome)
        finally:
            await asyncio.shield(self._unclaim(node))

    async def _skip(self, node: str) -> NodeState:
        await self._recorder.record(ev.NodeSkipped(node=node, message="job stopped"))
        return NodeState.SKIPPED

    def _comes_too_late(self, node: str) -> bool:
        """Whether the job was stopped before the node's run began."""
        progress = self._recorder.progress
        return progress.stopping != "" and progress.nodes[node].state is not NodeState.RUNNING

    async def _attempt(self, node: str, attempt: int, *, resumed: bool) -> Outcome:
        if not resumed:
            command = self._transport.command(node)
            await self._recorder.record(
                ev.NodeRunning(node=node, attempt=attempt, command=command, noop=self._noop)
            )
        known = next(each for each in self._recorder.progress.nodes[node].attempts if each.number == attempt)
        run = NodeRun(self._key, node, attempt, known.log_offset, known.log_lines, resumed)
        lines = known.log_lines

        async def log(new: tuple[ev.LogLine, ...], offset: int) -> None:
            nonlocal lines
            await self._recorder.record(
                ev.LogChunk(node=node, attempt=attempt, first=lines + 1, lines=new, offset=offset)
            )
            lines += len(new)

        async def waiting(message: str) -> None:
            await self._recorder.record(ev.NodeWaiting(node=node, message=message))

        return await self._transport.run(run, log, waiting)

    async def _conclude(self, node: str, attempt: int, outcome: Outcome) -> NodeState:
        if isinstance(outcome, Reported):
            events = ev.ResourceEvents(node=node, attempt=attempt, events=outcome.resource_events)
            kind = ev.NodeFailed if outcome.failed else ev.NodeFinished
            ended = kind(
                node=node,
                attempt=attempt,
                message=outcome.message,
                metrics=outcome.metrics,
                configuration_version=outcome.configuration_version,
                transaction_uuid=outcome.transaction_uuid,
            )
            delivered = ev.ValuesDelivered(node=node, attempt=attempt, values=outcome.delivered)
            await self._recorder.record(
                *((events,) if outcome.resource_events else ()),
                *((delivered,) if outcome.delivered else ()),
                ended,
            )
            return NodeState.FAILED if outcome.failed else NodeState.FINISHED
        await self._recorder.record(ev.NodeErrored(node=node, attempt=attempt, message=outcome.message))
        return NodeState.ERRORED

    async def _claim(self, node: str) -> bool:
        """Wait until no other job of this store works on the node; False if the job is stopped first.

        A run that was begun is waited for whatever happens: how it ended is still to be found out.
        """
        said = None
        while said is None or not self._comes_too_late(node):
            try:
                holder = await asyncio.to_thread(leases.claim, self._store, self._lease, node)
            except LeaseLostError:
                raise
            except StoreError:
                await asyncio.sleep(_CLAIM_SECONDS)
                continue
            if holder is None:
                return True
            if holder != said:
                message = f"waits for job {holder}, which is running on {node}"
                await self._recorder.record(ev.NodeWaiting(node=node, message=message))
                said = holder
            await asyncio.sleep(_CLAIM_SECONDS)
        return False

    async def _unclaim(self, node: str) -> None:
        try:
            await asyncio.to_thread(leases.unclaim, self._store, self._lease, node)
        except StoreError:
            return

    def _final_state(self) -> JobState:
        progress = self._recorder.progress
        if progress.stopping:
            return JobState.STOPPED
        return JobState.FINISHED if set(progress.counts) <= {NodeState.FINISHED} else JobState.FAILED
