"""What runs computed for other nodes: the last delivery of each service resource, found at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from appo_tui.jobs.events import ValuesDelivered

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

_VALUES = msgspec.json.Decoder(dict[str, Any])


@dataclass(frozen=True, slots=True)
class Delivery:
    """A service resource's values as a run computed them.

    Attributes:
        reference: the service resource, ``Sql[app1]``.
        values: attribute -> value as its event has it; secrets are left out.
        node, attempt: which run.
        job, key: of which job, and what that is called on its nodes.
        time: when, in seconds since the epoch.
    """

    reference: str
    values: Mapping[str, Any]
    node: str
    attempt: int
    job: int
    key: str
    time: float


def keep(connection: Connection, job: int, environment: str, event: ValuesDelivered) -> None:
    """Keep what a run delivered; a later attempt's values replace those of an earlier one."""
    from sqlalchemy import delete

    from appo_tui.jobs.store.schema import deliveries

    table = deliveries.c
    for reference, values in event.values.items():
        connection.execute(delete(deliveries).where(table.job == job, table.reference == reference))
        row = {
            "job": job, "reference": reference, "environment": environment, "node": event.node,
            "attempt": event.attempt, "time": event.time, "data": msgspec.json.encode(values),
        }  # fmt: skip
        connection.execute(deliveries.insert().values(row))


def last(
    connection: Connection, environment: str, references: Collection[str], job: int | None
) -> dict[str, Delivery]:
    """The last delivery of each of these in an environment; a job's own come before all others."""
    from appo_tui.jobs.store.schema import deliveries

    table = deliveries.c
    wanted = (table.environment == environment, table.reference.in_(references))
    found = _newest(connection, *wanted)
    if job is not None:
        found |= _newest(connection, *wanted, table.job == job)
    return found


def _newest(connection: Connection, *conditions: ColumnElement[bool]) -> dict[str, Delivery]:
    from sqlalchemy import func, select

    from appo_tui.jobs.store.schema import deliveries, jobs

    table = deliveries.c
    newest = (
        select(table.reference, func.max(table.job).label("job"))
        .where(*conditions)
        .group_by(table.reference)
        .subquery()
    )
    query = (
        select(deliveries, jobs.c.request)
        .join(newest, (newest.c.reference == table.reference) & (newest.c.job == table.job))
        .join(jobs, jobs.c.id == table.job)
    )
    return {
        row.reference: Delivery(
            reference=row.reference,
            values=_VALUES.decode(row.data),
            node=row.node,
            attempt=row.attempt,
            job=row.job,
            key=_key(row.request),
            time=row.time,
        )
        for row in connection.execute(query)
    }


class _Named(msgspec.Struct):
    """A request, as far as it is used here."""

    key: str = ""


def _key(request: str) -> str:
    return msgspec.json.decode(request, type=_Named).key
