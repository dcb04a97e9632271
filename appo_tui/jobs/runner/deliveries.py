"""Values that earlier runs computed for a job's nodes, as the store and the nodes have them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from appo_tui.evaluator.values import Value
from appo_tui.jobs.ages import ago
from appo_tui.jobs.bundle.delivery import from_store, undelivered
from appo_tui.jobs.node import run_name
from appo_tui.jobs.progress import JobProgress
from appo_tui.jobs.store.deliveries import Delivery
from appo_tui.jobs.store.store import Store
from appo_tui.model.entities import Model

if TYPE_CHECKING:
    from appo_tui.jobs.transport.nodes import NodeTransport


def earlier_deliveries(
    store: Store, job: int, progress: JobProgress, model: Model
) -> tuple[Delivery, ...]:
    """What this job's own finished nodes delivered, and of other nodes the last delivery.

    Only service resources that the job's nodes consume count, and only those with unknown attributes.
    """
    running = [name for name, node in progress.nodes.items() if not node.state.ended]
    missing = undelivered(model, running, running)
    if not missing:
        return ()
    return tuple(store.last_deliveries(progress.request.environment, missing, job).values())


def stored_values(deliveries: Iterable[Delivery]) -> dict[str, Mapping[str, Value]]:
    """The values of deliveries by service resource, without their secrets."""
    return {each.reference: from_store({each.reference: each.values})[each.reference] for each in deliveries}


def told_of(deliveries: Iterable[Delivery], job: int) -> tuple[str, ...]:
    """Sentences about values that come from other jobs, with their age."""
    return tuple(
        f"{last_delivery(each)}; {each.node} does not run in this job."
        for each in deliveries
        if each.job != job
    )


def last_delivery(delivery: Delivery) -> str:
    """Whose values a service resource has, and how old they are, as the begin of a sentence."""
    age = ago(time.time() - delivery.time)
    return f"{delivery.reference} has the values that {delivery.node} delivered {age} (job {delivery.job})"


async def fetch_secrets(transport: NodeTransport, deliveries: Iterable[Delivery], model: Model) -> None:
    """Read secrets again from the spools of the runs that computed them: the store has none.

    A node that is not reached, or has forgotten the run, leaves its consumers without: they are errored.
    """
    runs = {
        (each.node, run_name(each.key, each.node, each.attempt))
        for each in deliveries
        if set(model.service_resources[each.reference].computed) - set(each.values)
    }
    await asyncio.gather(*(transport.recall(node, name) for node, name in sorted(runs)))
