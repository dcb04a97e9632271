"""`appo job list` and `appo job show`: what ran, and how it went."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from appo_tui.cli.arguments import Commands, Parser
from appo_tui.cli.call import Call
from appo_tui.cli.durations import duration
from appo_tui.cli.job.options import job_number, positive
from appo_tui.cli.job.pointers import log_command
from appo_tui.cli.output import Colour, Output
from appo_tui.cli.table import write_table

if TYPE_CHECKING:
    from appo_tui.jobs import JobProgress, JobSummary, NodeProgress

_DEFAULT_LIMIT = 50
_COLUMNS = ("ID", "STATUS", "TIMESTAMP", "USER", "ENVIRONMENT", "NODES", "TARGET")
_NOT_ENFORCED = "*environment not enforced on a per node basis"
_COLOURS: dict[str, Colour] = {"finished": "green", "failed": "red", "errored": "red", "skipped": "yellow"}
_IN_PROGRESS = ("new", "ready", "running")


def declare(commands: Commands, parents: Parser) -> None:
    """Declares the commands."""
    listed = commands.add_parser("list", parents=[parents], help="jobs, the newest first")
    listed.add_argument(
        "--limit", metavar="N", type=positive, default=_DEFAULT_LIMIT, help="most jobs listed (50)"
    )
    listed.set_defaults(run=_list)
    show = commands.add_parser("show", parents=[parents], help="a job and its nodes; without an ID as list")
    show.add_argument("ID", nargs="?", type=job_number)
    show.add_argument(
        "--limit", metavar="N", type=positive, default=_DEFAULT_LIMIT, help="most jobs listed (50)"
    )
    show.set_defaults(run=_show)


def _list(call: Call) -> int:
    with call.store() as store:
        jobs = store.jobs(call.options.limit)
        if call.output.as_json:
            from appo_tui.cli.job.json_forms import summary_json

            pagination = {"limit": call.options.limit, "offset": 0, "total": store.count()}
            call.output.json({"items": [summary_json(job) for job in jobs], "pagination": pagination})
            return 0
    rows = [_row(job) for job in jobs]
    write_table(_COLUMNS, rows, call.output, rule=True)
    if any(not job.enforce_environment for job in jobs):
        call.output.line(_NOT_ENFORCED)
    return 0


def _row(job: JobSummary) -> tuple[str, ...]:
    return (
        str(job.id),
        status(job),
        moment(job.changed),
        job.owner,
        job.environment + ("" if job.enforce_environment else "*"),
        str(job.node_count),
        job.target + (" (simulated)" if job.simulated else ""),
    )


def status(job: JobSummary) -> str:
    """Returns a job's state as the orchestrator's lists had it; ``Lost`` where nobody works on it."""
    if job.lost:
        return "Lost"
    return "Complete" if job.state == "finished" else str(job.state).capitalize()


def moment(seconds: float) -> str:
    """Returns seconds since the epoch in local time, as the orchestrator's lists had it."""
    return time.strftime("%b-%d %H:%M:%S", time.localtime(seconds))


def _show(call: Call) -> int:
    if call.options.ID is None:
        return _list(call)
    with call.store() as store:
        progress = store.progress(call.options.ID)
        summary = store.job(call.options.ID).summary
    if call.output.as_json:
        from appo_tui.cli.job.json_forms import job_json

        call.output.json(job_json(call.options.ID, progress))
        return 0
    _write_fields(summary, progress, call.output)
    _write_nodes(call.options.ID, progress, call.output)
    _write_affected(progress, call.output)
    return 0


def _write_fields(job: JobSummary, progress: JobProgress, output: Output) -> None:
    options = progress.request.options
    took = None if progress.started is None else (progress.finished or time.time()) - progress.started
    enforced = "" if options.enforce_environment else " (not enforced on the nodes)"
    fields = {
        "Job ID": str(job.id),
        "Status": status(job),
        "Job type": "puppet run" + (" (simulated)" if job.simulated else ""),
        "Description": job.description,
        "Start": moment(progress.started) if progress.started else "not yet",
        "Finish": moment(progress.finished) if progress.finished else "",
        "Duration" if progress.finished else "Elapsed": duration(took) if took is not None else "",
        "User": f"{job.owner} on {job.host}",
        "Environment": job.environment + enforced,
        "Mode": job.mode,
        "No-op": "yes" if job.noop else "no",
        "Nodes": str(job.node_count),
        "Target": job.target,
        "Retry of": str(job.retry_of) if job.retry_of is not None else "",
        "Stopped by": progress.stopped_by if progress.stopping else "",
        "Run again with": progress.request.command,
    }
    width = max(len(name) for name in fields)
    for name, value in fields.items():
        if value:
            output.line(f"{name:<{width}}  {output.text(value)}")
    for warning in progress.warnings:
        output.line(f"{'Warning':<{width}}  {output.text(warning)}")
    if job.lost:
        output.line(f"Nobody works on this job any more: `appo job resume {job.id}` goes on with it.")


def _write_nodes(job: int, progress: JobProgress, output: Output) -> None:
    nodes = list(progress.nodes.values())
    simulated = progress.request.simulated
    groups = {
        "COMPLETED RUNS": [each for each in nodes if each.state == "finished"],
        "RUNS IN PROGRESS": [each for each in nodes if each.state in _IN_PROGRESS],
        "FAILED RUNS": [each for each in nodes if each.state in ("failed", "errored")],
        "SKIPPED RUNS": [each for each in nodes if each.state == "skipped"],
    }
    for heading, members in groups.items():
        if members:
            output.line()
            output.line(f"{heading} ({len(members)})")
        for node in members:
            _write_node(node, log_command(job, node.certname, simulated=simulated), output)


def _write_node(node: NodeProgress, report: str, output: Output) -> None:
    state = output.paint(str(node.state), _COLOURS.get(str(node.state), "cyan"))
    attempt = f", attempt {node.attempt}" if node.attempt > 1 else ""
    output.line(f"  {output.text(node.certname)} - {state}{attempt}")
    if node.state == "running" and node.started is not None:
        output.line(f"      Started {round(time.time() - node.started)} seconds ago")
    if node.message and node.state != "finished":
        output.line(f"      {output.text(node.message)}")
    if node.metrics is None:
        return
    counts = node.metrics
    output.line(f"      Configuration version: {output.text(node.configuration_version)}")
    output.line(f"      Transaction ID: {output.text(node.transaction_uuid)}")
    output.line(
        f"      Resource events: {counts.failed} failed {counts.changed} changed "
        f"{counts.unchanged} unchanged {counts.skipped} skipped {counts.noop} noop"
    )
    output.line(f"      Report: {output.text(report)}")


def _write_affected(progress: JobProgress, output: Output) -> None:
    """Writes which application instances failed and skipped runs belong to."""
    for heading, states in (
        ("Applications affected by failed runs", ("failed", "errored")),
        ("Applications affected by skipped runs", ("skipped",)),
    ):
        nodes = {name for name, node in progress.nodes.items() if node.state in states}
        instances = {
            planned.instance
            for node in progress.request.plan.nodes
            if node.certname in nodes
            for planned in node.components
        }
        if instances:
            output.line()
            output.line(f"{heading}:")
        for instance in sorted(instances):
            output.line("  - ", output.text(instance))
