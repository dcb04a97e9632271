"""Values that earlier runs computed for a job's nodes, as the store has them."""

from __future__ import annotations

from appo_tui.evaluator.values import Value
from appo_tui.jobs.bundle.delivery import from_store
from appo_tui.jobs.progress import JobProgress
from appo_tui.jobs.store.store import Store
from appo_tui.model.entities import Model

_JOBS = 50
"""How many of the latest jobs are looked into for a node's last delivery."""


def earlier_deliveries(store: Store, progress: JobProgress, model: Model) -> dict[str, dict[str, Value]]:
    """What this job's own finished nodes delivered, and of other nodes the last delivery.

    Only service resources that the job's nodes consume count, and only those with unknown attributes.
    """
    missing = _missing(progress, model)
    found: dict[str, dict[str, Value]] = {}
    if not missing:
        return found
    _take(progress, missing, found)
    for summary in store.jobs(limit=_JOBS):
        if not missing:
            break
        if summary.environment == progress.request.environment:
            _take(store.progress(summary.id), missing, found)
    return found


def _missing(progress: JobProgress, model: Model) -> set[str]:
    """Service resources with unknown attributes whose producer will not run any more in this job."""
    names = set()
    for certname in progress.nodes:
        for reference in model.nodes[certname].components if certname in model.nodes else ():
            for used in (*model.components[reference].consumes, *model.components[reference].requires):
                resource = model.service_resources.get(used)
                if resource is None or not resource.computed:
                    continue
                maker = progress.nodes.get(model.components[resource.producer].node or "")
                if maker is None or maker.state.ended:
                    names.add(used)
    return names


def _take(progress: JobProgress, missing: set[str], found: dict[str, dict[str, Value]]) -> None:
    for node in progress.nodes.values():
        for reference, values in from_store(node.delivered).items():
            if reference in missing:
                found[reference] = values
                missing.discard(reference)
