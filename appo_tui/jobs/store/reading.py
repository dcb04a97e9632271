"""Jobs and events, read from their rows."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from appo_tui.jobs.events import AnyEvent, LogChunk, LogLine
from appo_tui.jobs.request import JobRequest
from appo_tui.jobs.states import JobState, NodeState
from appo_tui.jobs.store.errors import UnknownJobError
from appo_tui.jobs.store.leases import LEASE_SECONDS, now
from appo_tui.jobs.store.logs import LINES, CountedLines, PackedLines
from appo_tui.jobs.store.summary import JobSummary, StoredJob

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

_EVENT = msgspec.json.Decoder(AnyEvent)
_REQUEST = msgspec.json.Decoder(JobRequest)
LogDetail = Literal["full", "packed", "counted", "none"]
"""Log chunks with their lines, with lines that nobody has decoded yet, with their number only, or not at
all."""


JobOrder = Literal[
    "job", "state", "target", "nodes", "started", "took", "owner", "description", "environment"
]
"""What jobs are sorted by."""


def summaries(
    connection: Connection,
    limit: int | None,
    offset: int,
    text: str,
    states: Sequence[JobState],
    order: JobOrder,
    *,
    descending: bool,
) -> tuple[JobSummary, ...]:
    """Rows of jobs; what is sorted by and not there comes last, among equals the newest first."""
    from sqlalchemy import select

    from appo_tui.jobs.store.schema import jobs, leases

    columns = [column for column in jobs.c if column.name != "request"]
    key = _order_key(order)
    query = (
        select(*columns, leases.c.heartbeat)
        .outerjoin(leases, leases.c.job == jobs.c.id)
        .where(*_conditions(text, states))
        .order_by(key.is_(None), key.desc() if descending else key, jobs.c.id.desc())
        .limit(limit)
        .offset(offset)
    )
    moment = now(connection)
    return tuple(_summary(row, moment) for row in connection.execute(query))


def _order_key(order: JobOrder) -> ColumnElement[Any]:
    from sqlalchemy import func

    from appo_tui.jobs.store.schema import jobs

    keys: dict[JobOrder, ColumnElement[Any]] = {
        "job": jobs.c.id,
        "nodes": jobs.c.node_count,
        "started": func.coalesce(jobs.c.started, jobs.c.created),
        "took": jobs.c.finished - jobs.c.started,
    }
    return keys[order] if order in keys else jobs.c[order]


def count(connection: Connection, text: str, states: Sequence[JobState]) -> int:
    """How many jobs there are."""
    from sqlalchemy import func, select

    from appo_tui.jobs.store.schema import jobs

    query = select(func.count()).select_from(jobs).where(*_conditions(text, states))
    return int(connection.execute(query).scalar_one())


def stored_job(connection: Connection, job: int) -> StoredJob:
    """A job's row and request.

    Raises:
        UnknownJobError: there is none of this number.
    """
    from sqlalchemy import select

    from appo_tui.jobs.store.schema import jobs, leases

    query = (
        select(jobs, leases.c.heartbeat)
        .outerjoin(leases, leases.c.job == jobs.c.id)
        .where(jobs.c.id == job)
    )
    row = connection.execute(query).first()
    if row is None:
        raise UnknownJobError(job)
    return StoredJob(_summary(row, now(connection)), _REQUEST.decode(row.request))


def events(
    connection: Connection, job: int, after: int, log: LogDetail, limit: int | None
) -> tuple[AnyEvent, ...]:
    """Events in order.

    The tables are read one after the other while a runner may write to both: what it commits in between
    is left for the next look, or an event before a chunk that was seen would never be.
    """
    from sqlalchemy import select

    from appo_tui.jobs.store import schema

    table = schema.events
    last = _last_sequence(connection, job)
    query = (
        select(table.c.data)
        .where(table.c.job == job, table.c.sequence > after, table.c.sequence <= last)
        .order_by(table.c.sequence)
        .limit(limit)
    )
    rows = connection.execute(query).scalars().all()
    if not rows and after == 0:
        stored_job(connection, job)
    found: Iterator[AnyEvent] = (_EVENT.decode(data) for data in rows)
    if log != "none":
        chunks = _chunks(connection, job, after, last, log, limit)
        found = heapq.merge(found, chunks, key=lambda event: event.sequence)
    return tuple(found)[:limit]


def _last_sequence(connection: Connection, job: int) -> int:
    """The number of the last event of a job, by one statement; 0 if there is none."""
    from sqlalchemy import func, select

    from appo_tui.jobs.store import schema

    latest = (
        select(func.coalesce(func.max(table.c.sequence), 0)).where(table.c.job == job).scalar_subquery()
        for table in (schema.events, schema.log_chunks)
    )
    return int(max(connection.execute(select(*latest)).one()))


def _chunks(
    connection: Connection, job: int, after: int, last: int, log: LogDetail, limit: int | None
) -> Iterator[AnyEvent]:
    from sqlalchemy import select

    from appo_tui.jobs.store.schema import log_chunks

    table = log_chunks
    columns: list[ColumnElement[Any]] = [each for each in table.c if log != "counted" or each.name != "data"]
    query = (
        select(*columns)
        .where(table.c.job == job, table.c.sequence > after, table.c.sequence <= last)
        .order_by(table.c.sequence)
        .limit(limit)
    )
    for row in connection.execute(query).all():
        lines: tuple[LogLine, ...]
        if log == "full":
            lines = LINES.decode(row.data)
        elif log == "packed":
            lines = PackedLines.of(row.length, row.data)
        else:
            lines = CountedLines(row.length)
        yield LogChunk(
            sequence=row.sequence,
            time=row.time,
            node=row.node,
            attempt=row.attempt,
            first=row.first,
            lines=lines,
            offset=row.offset,
        )


def _conditions(text: str, states: Sequence[JobState]) -> list[ColumnElement[bool]]:
    from sqlalchemy import String, cast, or_

    from appo_tui.jobs.store.schema import jobs

    conditions: list[ColumnElement[bool]] = []
    if states:
        conditions.append(jobs.c.state.in_([state.value for state in states]))
    if text:
        searched = (
            jobs.c.target, jobs.c.environment, jobs.c.owner, jobs.c.host, jobs.c.description, jobs.c.state,
            cast(jobs.c.id, String),
        )  # fmt: skip
        found = [column.icontains(text, autoescape=True) for column in searched]
        for word, flag in (("no-op", jobs.c.noop), ("simulated", jobs.c.simulated)):
            if text.lower() in word:
                found.append(flag.is_(True))
        conditions.append(or_(*found))
    return conditions


def _summary(row: Any, moment: float) -> JobSummary:
    state = JobState(row.state)
    return JobSummary(
        id=row.id,
        state=state,
        environment=row.environment,
        target=row.target,
        owner=row.owner,
        host=row.host,
        description=row.description,
        mode=row.mode,
        noop=row.noop,
        enforce_environment=row.enforce_environment,
        simulated=row.simulated,
        retry_of=row.retry_of,
        node_count=row.node_count,
        node_states={NodeState(name): number for name, number in json.loads(row.node_states).items()},
        created=row.created,
        started=row.started,
        finished=row.finished,
        changed=row.changed,
        runner_alive=not state.ended and (row.heartbeat or 0.0) >= moment - LEASE_SECONDS,
    )
