"""The runner's pen: it numbers events, folds them and writes them, and nothing goes on until it has."""

from __future__ import annotations

import asyncio
import time

import msgspec

from appo_tui.jobs.events import AnyEvent
from appo_tui.jobs.progress import JobProgress
from appo_tui.jobs.store import leases
from appo_tui.jobs.store.errors import LeaseLostError, StoreError
from appo_tui.jobs.store.leases import Lease
from appo_tui.jobs.store.store import Store

_RETRY_SECONDS = (0.1, 0.3, 1.0, 2.0, 5.0)


class Recorder:
    """Writes a job's events in order; those that come while it writes go together into the next write.

    A store that can't be written is tried again for as long as it takes: whoever records before acting
    does not act meanwhile. Only a lost lease ends it; what can't be written at all is its sender's fault.
    """

    def __init__(self, store: Store, lease: Lease, progress: JobProgress) -> None:
        self.progress = progress
        self._store = store
        self._lease = lease
        self._pending: list[tuple[tuple[AnyEvent, ...], asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def record(self, *drafts: AnyEvent) -> None:
        """Number, date and write events; returns when they are stored.

        Raises:
            LeaseLostError: another runner has taken over.
        """
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._pending.append((drafts, stored))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write_pending())
        await asyncio.shield(stored)

    async def _write_pending(self) -> None:
        while self._pending:
            taken, self._pending = self._pending, []
            try:
                events = self._numbered([draft for drafts, _ in taken for draft in drafts])
                progress = self.progress.with_events(events)
                await self._write(events, progress)
            except Exception as error:  # noqa: BLE001 - it is passed on to whoever waits, or they would for ever
                for _, stored in taken:
                    stored.set_exception(error)
                    stored.exception()  # whoever waits still gets it; nobody need
                continue
            self.progress = progress
            for _, stored in taken:
                stored.set_result(None)

    def _numbered(self, drafts: list[AnyEvent]) -> list[AnyEvent]:
        moment = time.time()
        first = self.progress.last_sequence + 1
        return [
            msgspec.structs.replace(draft, sequence=first + number, time=moment)
            for number, draft in enumerate(drafts)
        ]

    async def _write(self, events: list[AnyEvent], progress: JobProgress) -> None:
        failures = 0
        while True:
            try:
                await asyncio.to_thread(leases.append, self._store, self._lease, events, progress)
            except LeaseLostError:
                raise
            except StoreError:
                if failures and await self._written(events):
                    return
                await asyncio.sleep(_RETRY_SECONDS[min(failures, len(_RETRY_SECONDS) - 1)])
                failures += 1
            else:
                return

    async def _written(self, events: list[AnyEvent]) -> bool:
        """Whether a write that was reported as failed had come through."""
        try:
            found = await asyncio.to_thread(
                self._store.events, self._lease.job, after=events[-1].sequence - 1, limit=1
            )
        except StoreError:
            return False
        return bool(found)
