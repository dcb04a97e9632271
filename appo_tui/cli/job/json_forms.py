"""Jobs, nodes and events as JSON, under the names that the orchestrator's API gave their fields."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from appo_tui.jobs import JobProgress, JobSummary, NodeProgress
    from appo_tui.jobs.events import AnyEvent
    from appo_tui.jobs.request import JobRequest
    from appo_tui.plan.entities import Target


def timestamp(moment: float | None) -> str | None:
    """Returns seconds since the epoch in ISO 8601, UTC, as the API did; None stays."""
    if moment is None:
        return None
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def summary_json(job: JobSummary) -> dict[str, object]:
    """Returns a job of a list (the API's ``GET /jobs``)."""
    return {
        "id": str(job.id),
        "name": str(job.id),
        "state": str(job.state),
        "command": "deploy",
        "environment": {"name": job.environment},
        "options": {
            "environment": job.environment,
            "target": job.target,
            "description": job.description,
            "noop": job.noop,
            "enforce_environment": job.enforce_environment,
            "mode": job.mode,
        },
        "owner": job.owner,
        "host": job.host,
        "description": job.description,
        "timestamp": timestamp(job.changed),
        "start_timestamp": timestamp(job.started),
        "finish_timestamp": timestamp(job.finished),
        "duration": job.duration,
        "node_count": job.node_count,
        "node_states": {str(state): number for state, number in job.node_states.items()},
        "retry_of": str(job.retry_of) if job.retry_of is not None else None,
        "simulated": job.simulated,
    }


def job_json(job: int, progress: JobProgress) -> dict[str, object]:
    """Returns a job with its nodes (``GET /jobs/ID`` and ``GET /jobs/ID/nodes`` in one)."""
    request = progress.request
    return {
        "id": str(job),
        "name": str(job),
        "state": str(progress.state),
        "command": "deploy",
        "environment": {"name": request.environment},
        "options": _options(request),
        "owner": request.owner,
        "host": request.host,
        "description": request.options.description,
        "timestamp": timestamp(progress.history[-1][1]) if progress.history else None,
        "start_timestamp": timestamp(progress.started),
        "finish_timestamp": timestamp(progress.finished),
        "duration": _between(progress.started, progress.finished),
        "status": _status(progress),
        "node_count": len(progress.nodes),
        "node_states": {str(state): number for state, number in progress.counts.items()},
        "retry_of": str(request.retry_of) if request.retry_of is not None else None,
        "simulated": request.simulated,
        "nodes": {"items": [node_json(node) for node in progress.nodes.values()]},
    }


def _status(progress: JobProgress) -> list[dict[str, object]]:
    """The states that a job entered, and when; it is still in the last."""
    entered = progress.history
    left = [moment for _, moment in entered[1:]]
    return [
        {"state": str(state), "enter_time": timestamp(moment), "exit_time": timestamp(until)}
        for (state, moment), until in zip_longest(entered, left)
    ]


def _scope(target: Target) -> dict[str, object]:
    """What a job is for, as the API's command ``deploy`` takes it."""
    if target.kind == "all":
        return {"whole_environment": True}
    return {"nodes": list(target.names)} if target.kind == "nodes" else {"application": target.names[0]}


def _options(request: JobRequest) -> dict[str, object]:
    options = request.options
    return {
        "environment": request.environment,
        "scope": _scope(request.plan.target),
        "target": str(request.plan.target),
        "description": options.description,
        "noop": options.noop,
        "no_noop": options.no_noop,
        "concurrency": options.concurrency,
        "enforce_environment": options.enforce_environment,
        "debug": options.debug,
        "trace": options.trace,
        "evaltrace": options.evaltrace,
        "mode": options.mode,
        "run_as": options.run_as,
    }


def node_json(node: NodeProgress) -> dict[str, object]:
    """Returns a node of a job (``GET /jobs/ID/nodes``)."""
    import msgspec

    result: dict[str, object] = {
        "configuration_version": node.configuration_version,
        "transaction_uuid": node.transaction_uuid,
    }
    if node.metrics is not None:
        result["metrics"] = msgspec.to_builtins(node.metrics)
    return {
        "name": node.certname,
        "state": str(node.state),
        "transaction_uuid": node.transaction_uuid or None,
        "timestamp": timestamp(node.history[-1][1]) if node.history else None,
        "start_timestamp": timestamp(node.started),
        "finish_timestamp": timestamp(node.finished),
        "duration": _between(node.started, node.finished),
        "attempts": node.attempt,
        "result": result if node.metrics is not None else None,
        "details": {"message": node.message, "cause": node.cause} if node.message else {},
    }


def _between(start: float | None, end: float | None) -> float | None:
    return None if start is None or end is None else round(end - start, 3)


def event_json(event: AnyEvent) -> dict[str, object]:
    """Returns an event (``GET /jobs/ID/events``): id, type, timestamp, details, message."""
    import msgspec

    fields = msgspec.to_builtins(event)
    sequence, kind, moment = fields.pop("sequence"), fields.pop("type"), fields.pop("time")
    message = fields.pop("message", "")
    if kind == "node_running":
        message = f"Started puppet run on {fields['node']} ..."
    return {
        "id": str(sequence),
        "type": kind,
        "timestamp": timestamp(moment),
        "details": fields,
        "message": message,
    }
