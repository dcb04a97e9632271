"""The store: jobs, their events, and what is asked of them."""

from __future__ import annotations

import time
import uuid
import weakref
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

import msgspec

from appo_tui.jobs.events import AnyEvent, LogLine
from appo_tui.jobs.progress import JobProgress
from appo_tui.jobs.request import JobRequest
from appo_tui.jobs.states import JobState
from appo_tui.jobs.store import deliveries, logs, reading
from appo_tui.jobs.store.deliveries import Delivery
from appo_tui.jobs.store.errors import StoreError
from appo_tui.jobs.store.folding import folded
from appo_tui.jobs.store.leases import now
from appo_tui.jobs.store.opening import default_url, open_engine
from appo_tui.jobs.store.summary import JobSummary, StoredJob

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

RequestKind = Literal["stop", "force"]
_AT_ONCE = 500
"""Jobs removed in one transaction: databases limit how many values a statement has."""


def open_store(url: str | None = None) -> Store:
    """The store at an SQLAlchemy URL; None: this user's own SQLite file.

    Raises:
        StoreError: it can't be opened.
    """
    chosen = url or default_url()
    return Store(chosen, open_engine(chosen))


class Store:
    """Jobs and their events. Any number of processes may use one at once.

    Every method may raise StoreError; those that take a job's number UnknownJobError too. A store that
    nobody has any more gives its connections back by itself.
    """

    def __init__(self, url: str, engine: Engine) -> None:
        self.url = url
        self.engine = engine
        weakref.finalize(self, engine.dispose)

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    def create(self, request: JobRequest) -> int:
        """A new job, in state new; returns its number."""
        from appo_tui.jobs.store.schema import jobs

        if not request.key:
            request = msgspec.structs.replace(request, key=uuid.uuid4().hex[:20])
        options = request.options
        created = time.time()
        row = {
            "request": msgspec.json.encode(request).decode(),
            "environment": request.environment,
            "target": str(request.plan.target),
            "owner": request.owner,
            "host": request.host,
            "description": options.description,
            "mode": options.mode,
            "noop": options.noop,
            "enforce_environment": options.enforce_environment,
            "simulated": request.simulated,
            "retry_of": request.retry_of,
            "node_count": len(request.plan.nodes),
            "created": created,
            **folded(JobProgress.of(request), created),
        }
        with self.writing() as connection:
            key = connection.execute(jobs.insert().values(row)).inserted_primary_key
        return int(key[0])  # type: ignore[index]

    def jobs(
        self,
        limit: int | None = 50,
        offset: int = 0,
        text: str = "",
        states: Sequence[JobState] = (),
        *,
        order: reading.JobOrder = "job",
        descending: bool = True,
    ) -> tuple[JobSummary, ...]:
        """Jobs, the newest first, or in another order.

        ``text`` is looked for in what they are for, who started them, why, and how they stand.
        """
        with self.reading() as connection:
            return reading.summaries(
                connection, limit, offset, text, states, order, descending=descending
            )

    def count(self, text: str = "", states: Sequence[JobState] = ()) -> int:
        """How many jobs ``jobs`` would give without a limit."""
        with self.reading() as connection:
            return reading.count(connection, text, states)

    def job(self, job: int) -> StoredJob:
        """A job's row and what it was asked to be."""
        with self.reading() as connection:
            return reading.stored_job(connection, job)

    def progress(self, job: int) -> JobProgress:
        """What has become of a job, with all its events but the lines of its logs folded in."""
        with self.reading() as connection:
            stored = reading.stored_job(connection, job)
            events = reading.events(connection, job, 0, "counted", None)
        return JobProgress.of(stored.request).with_events(events)

    def events(
        self,
        job: int,
        after: int = 0,
        logs: bool = True,  # noqa: FBT001, FBT002 - the name reads as a word at every call
        limit: int | None = None,
    ) -> tuple[AnyEvent, ...]:
        """A job's events with a sequence number above ``after``, in order, at most ``limit`` of them.

        Without ``logs`` the log chunks are left out; the numbers then have gaps.
        """
        with self.reading() as connection:
            return reading.events(connection, job, after, "full" if logs else "none", limit)

    def events_with_log(
        self, job: int, after: int, limit: int, log: reading.LogDetail
    ) -> tuple[AnyEvent, ...]:
        """As ``events``, with as much of each log chunk as is wanted."""
        with self.reading() as connection:
            return reading.events(connection, job, after, log, limit)

    def packed_log(self, job: int, sequences: Sequence[int]) -> dict[int, bytes]:
        """The lines of some log chunks by their sequence numbers, as ``logs.LINES`` decodes them."""
        with self.reading() as connection:
            return logs.packed(connection, job, sequences)

    def log_chunks_with(
        self, job: int, needles: Sequence[str], first: int, last: int
    ) -> frozenset[int] | None:
        """The sequence numbers, from ``first`` to ``last``, of log chunks that may hold one of some texts.

        Letters stand for their other case too, and ``_`` for any character; None if that can't be told.
        """
        with self.reading() as connection:
            return logs.sequences_with(connection, job, needles, first, last)

    def log(
        self, job: int, node: str, attempt: int | None = None, first: int = 1, count: int = 1000
    ) -> tuple[LogLine, ...]:
        """Lines of a node's log, from number ``first`` (from 1); of the latest attempt if none is given."""
        with self.reading() as connection:
            return logs.lines(connection, job, node, attempt, first, count)

    def log_attempts(self, job: int, node: str) -> dict[int, int]:
        """How many lines there are in the log of each attempt at a node."""
        with self.reading() as connection:
            return logs.attempts(connection, job, node)

    def ask(self, job: int, kind: RequestKind, by: str) -> bool:
        """Ask a job's runner to stop, or to end what runs too; False if nobody works on the job."""
        from appo_tui.jobs.store.schema import requests

        summary = self.job(job).summary
        if summary.state.ended:
            return False
        with self.writing() as connection:
            connection.execute(requests.insert().values(job=job, kind=kind, by=by, time=time.time()))
        return summary.runner_alive

    def asked(self, job: int) -> tuple[tuple[RequestKind, str], ...]:
        """What was asked of a job, and by whom, in order."""
        from sqlalchemy import select

        from appo_tui.jobs.store.schema import requests

        query = select(requests.c.kind, requests.c.by).where(requests.c.job == job).order_by(requests.c.id)
        with self.reading() as connection:
            return tuple((row.kind, row.by) for row in connection.execute(query))

    def last_deliveries(
        self, environment: str, references: Collection[str], job: int | None = None
    ) -> dict[str, Delivery]:
        """The last delivery of each service resource, by reference; a job's own come before all others."""
        with self.reading() as connection:
            return deliveries.last(connection, environment, references, job)

    def ended(self, days: float) -> tuple[int, ...]:
        """The jobs that ended more than ``days`` ago, the oldest first."""
        from sqlalchemy import select

        from appo_tui.jobs.store.schema import jobs

        states = [state.value for state in JobState if state.ended]
        with self.reading() as connection:
            before = now(connection) - days * 86400
            query = select(jobs.c.id).where(jobs.c.state.in_(states), jobs.c.finished < before)
            return tuple(connection.execute(query.order_by(jobs.c.id)).scalars())

    def forget(self, jobs: Sequence[int]) -> int:
        """Remove jobs and all that is kept of them; returns how many there were."""
        from sqlalchemy import delete

        from appo_tui.jobs.store import schema

        removed = 0
        for first in range(0, len(jobs), _AT_ONCE):
            some = jobs[first : first + _AT_ONCE]
            with self.writing() as connection:
                for table in (
                    schema.events, schema.log_chunks, schema.deliveries, schema.leases, schema.requests,
                    schema.claims,
                ):  # fmt: skip
                    connection.execute(delete(table).where(table.c.job.in_(some)))
                removed += connection.execute(delete(schema.jobs).where(schema.jobs.c.id.in_(some))).rowcount
        return removed

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with; SQLAlchemy's errors come out as StoreError."""
        from sqlalchemy.exc import SQLAlchemyError

        try:
            with self.engine.connect() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StoreError(f"The store can't be read: {_cause(error)}") from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction, committed at the end; SQLAlchemy's errors come out as StoreError."""
        from sqlalchemy.exc import SQLAlchemyError

        try:
            with self.engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StoreError(
                f"The store can't be written: {_cause(error)}",
                "Look whether its disk is full, or another program holds it.",
            ) from error


def _cause(error: Exception) -> object:
    return getattr(error, "orig", None) or error
