"""The sign that a runner is alive."""

from __future__ import annotations

import asyncio

from appo_tui.jobs.store import leases
from appo_tui.jobs.store.errors import LeaseLostError, StoreError
from appo_tui.jobs.store.leases import Lease
from appo_tui.jobs.store.store import Store

_BEAT_SECONDS = 3.0


async def keep_beating(store: Store, lease: Lease) -> None:
    """Renew a lease until cancelled; a store that can't be written is tried again.

    Raises:
        LeaseLostError: another runner has taken over.
    """
    while True:
        await asyncio.sleep(_BEAT_SECONDS)
        try:
            await asyncio.to_thread(leases.beat, store, lease)
        except LeaseLostError:
            raise
        except StoreError:
            continue
