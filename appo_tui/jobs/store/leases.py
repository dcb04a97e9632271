"""Who may write a job's events: one runner at a time, by a lease with a fencing token.

A lease is alive while its heartbeat is younger than ``LEASE_SECONDS`` by the database's clock. Taking a
dead one over raises its token; every write names the token, so a runner that was only asleep writes
nothing more.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec

from appo_tui.jobs.events import AnyEvent, LogChunk, ValuesDelivered
from appo_tui.jobs.progress import JobProgress
from appo_tui.jobs.states import JobState
from appo_tui.jobs.store import deliveries
from appo_tui.jobs.store.errors import LeaseLostError
from appo_tui.jobs.store.folding import folded

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from appo_tui.jobs.store.store import Store

LEASE_SECONDS: Final = 15.0


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to write a job's events."""

    job: int
    token: int
    runner: str


def now(connection: Connection) -> float:
    """Seconds since the epoch by the clock that all users of the store share."""
    from sqlalchemy import text

    if connection.dialect.name == "sqlite":
        return time.time()
    return float(connection.execute(text("SELECT extract(epoch FROM clock_timestamp())")).scalar_one())


def acquire(store: Store, job: int, runner: str) -> Lease | None:
    """The lease of a job, taken if nobody holds it; None if somebody does."""
    from sqlalchemy import select, update
    from sqlalchemy.exc import IntegrityError

    from appo_tui.jobs.store.errors import StoreError
    from appo_tui.jobs.store.schema import leases

    try:
        with store.writing() as connection:
            moment = now(connection)
            held = connection.execute(select(leases.c.token).where(leases.c.job == job)).scalar()
            if held is None:
                connection.execute(
                    leases.insert().values(job=job, token=1, runner=runner, heartbeat=moment)
                )
                return Lease(job, 1, runner)
            taken = connection.execute(
                update(leases)
                .where(
                    leases.c.job == job, leases.c.token == held, leases.c.heartbeat < moment - LEASE_SECONDS
                )
                .values(token=held + 1, runner=runner, heartbeat=moment)
            )
            return Lease(job, held + 1, runner) if taken.rowcount == 1 else None
    except StoreError as error:
        if isinstance(error.__cause__, IntegrityError):
            return None
        raise


def beat(store: Store, lease: Lease) -> None:
    """Say that the runner is alive.

    Raises:
        LeaseLostError: another runner has taken over.
    """
    with store.writing() as connection:
        _touch(connection, lease)


def release(store: Store, lease: Lease) -> None:
    """Give the lease and the claims on nodes back, unless they are another runner's by now."""
    from sqlalchemy import delete, update

    from appo_tui.jobs.store.schema import claims, leases

    with store.writing() as connection:
        given = connection.execute(
            update(leases)
            .where(leases.c.job == lease.job, leases.c.token == lease.token)
            .values(heartbeat=0.0)
        )
        if given.rowcount == 1:
            connection.execute(delete(claims).where(claims.c.job == lease.job))


def append(store: Store, lease: Lease, events: Sequence[AnyEvent], progress: JobProgress) -> None:
    """Write events, and the job's row as ``progress``, which they are folded into, has it.

    Raises:
        LeaseLostError: another runner has taken over; nothing was written.
    """
    from sqlalchemy import update

    from appo_tui.jobs.store import schema

    rows, chunks = [], []
    for event in events:
        if isinstance(event, LogChunk):
            chunks.append(_chunk_row(lease.job, event))
        else:
            data = msgspec.json.encode(event)
            rows.append({"job": lease.job, "sequence": event.sequence, "data": data})
    with store.writing() as connection:
        _touch(connection, lease)
        if rows:
            connection.execute(schema.events.insert(), rows)
            values = folded(progress, events[0].time)
            connection.execute(update(schema.jobs).where(schema.jobs.c.id == lease.job).values(**values))
        if chunks:
            connection.execute(schema.log_chunks.insert(), chunks)
        for event in events:
            if isinstance(event, ValuesDelivered) and not progress.request.imported:
                deliveries.keep(connection, lease.job, progress.request.environment, event)


def claim(store: Store, lease: Lease, node: str) -> int | None:
    """Claim a node for this job; the number of the job that holds it, or None if it is ours now."""
    from sqlalchemy import delete, select
    from sqlalchemy.exc import IntegrityError

    from appo_tui.jobs.store.errors import StoreError
    from appo_tui.jobs.store.schema import claims, jobs, leases

    ended = [state.value for state in JobState if state.ended]
    try:
        with store.writing() as connection:
            _touch(connection, lease)
            holder = connection.execute(
                select(claims.c.job, jobs.c.state, leases.c.heartbeat)
                .join(jobs, jobs.c.id == claims.c.job)
                .outerjoin(leases, leases.c.job == claims.c.job)
                .where(claims.c.node == node)
            ).first()
            if holder is not None:
                if holder.job == lease.job:
                    return None
                alive = (holder.heartbeat or 0.0) >= now(connection) - LEASE_SECONDS
                if alive and holder.state not in ended:
                    return int(holder.job)
                connection.execute(delete(claims).where(claims.c.node == node, claims.c.job == holder.job))
            connection.execute(claims.insert().values(node=node, job=lease.job))
    except StoreError as error:
        if isinstance(error.__cause__, IntegrityError):
            return claim(store, lease, node)
        raise
    return None


def unclaim(store: Store, lease: Lease, node: str) -> None:
    """Give a node free for other jobs.

    Raises:
        LeaseLostError: another runner has taken over, and with the job its claims.
    """
    from sqlalchemy import delete

    from appo_tui.jobs.store.schema import claims

    with store.writing() as connection:
        _touch(connection, lease)
        connection.execute(delete(claims).where(claims.c.node == node, claims.c.job == lease.job))


def _touch(connection: Connection, lease: Lease) -> None:
    from sqlalchemy import update

    from appo_tui.jobs.store.schema import leases

    touched = connection.execute(
        update(leases)
        .where(leases.c.job == lease.job, leases.c.token == lease.token)
        .values(heartbeat=now(connection))
    )
    if touched.rowcount != 1:
        raise LeaseLostError(lease.job)


def _chunk_row(job: int, event: LogChunk) -> dict[str, object]:
    return {
        "job": job,
        "sequence": event.sequence,
        "time": event.time,
        "node": event.node,
        "attempt": event.attempt,
        "first": event.first,
        "length": len(event.lines),
        "offset": event.offset,
        "data": msgspec.json.encode(event.lines),
    }
