"""Requests and stores for tests."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

from appo_tui.jobs import JobOptions, JobRequest, JobState, Store, open_store
from appo_tui.jobs.runner.job import carry_out, take
from appo_tui.jobs.transport import Transport
from appo_tui.plan import Target, make_plan
from tests.plan.models import model

CHAIN = (("a/db", "db1", ""), ("a/web", "web1", "a/db"), ("a/lb", "lb1", "a/web"), ("b/one", "other1", ""))


def request(*components: tuple[str, str, str], **options: object) -> JobRequest:
    """A request for a job of all nodes of a model."""
    plan = make_plan(model(*(components or CHAIN)), Target("all"))
    return JobRequest(
        root="/env",
        environment="production",
        plan=plan,
        options=JobOptions(**options),  # type: ignore[arg-type]
        owner="ada",
        host="desk",
    )


def new_store(directory: Path) -> Store:
    """A store of its own."""
    return open_store(f"sqlite:///{directory / 'state' / 'jobs.sqlite'}")


def carried_out(store: Store, job: int, transport: Transport) -> JobState:
    """The state in which a job ends, carried out in this process."""

    async def whole() -> JobState:
        lease, recorder = take(store, job)
        return await carry_out(store, lease, recorder, transport)

    return asyncio.run(whole())


def states(store: Store, job: int) -> Mapping[str, str]:
    """The states of a job's nodes."""
    return {name: str(node.state) for name, node in store.progress(job).nodes.items()}
