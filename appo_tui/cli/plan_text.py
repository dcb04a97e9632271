"""A job plan as the orchestrator printed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appo_tui.cli.output import Output
from appo_tui.cli.table import box

if TYPE_CHECKING:
    from appo_tui.plan.entities import JobPlan, PlannedNode

_RULE = "-" * 71
_PARTIAL = " **WARNING** target does not contain all nodes in this application."


def plan_box(plan: JobPlan, concurrency: int | None, *, simulated: bool, job: int | None = None) -> list[str]:
    """Returns the box above a plan; with a job's id where it is one's.

    The orchestrator named the environment only where there was no job yet; so that no run goes to the
    wrong one, ours is always named.
    """
    rows = [("Job ID", str(job))] if job is not None else []
    rows += [
        ("Environment", plan.environment),
        ("Target", str(plan.target)),
        ("Concurrency Limit", str(concurrency or "None")),
        ("Nodes", str(len(plan.nodes))),
    ]
    if simulated:
        rows.append(("Puppet", "simulated"))
    return box(rows)


def write_plan(plan: JobPlan, output: Output) -> None:
    """Writes the application instances and the run order."""
    output.line(f"Application instances: {len(plan.instances)}")
    for instance in plan.instances:
        warning = "" if instance.complete else output.paint(_PARTIAL, "yellow")
        output.line("  - ", output.text(instance.reference), warning)
    output.line()
    output.line("Node run order (nodes in level 0 run before their dependent nodes in level 1, etc.):")
    nodes = {node.certname: node for node in plan.nodes}
    for level, certnames in enumerate(plan.levels):
        output.line(f"{level} {_RULE}")
        for certname in certnames:
            _write_node(nodes[certname], output)
        output.line()


def _write_node(node: PlannedNode, output: Output) -> None:
    output.line(output.text(node.certname))
    for planned in node.components:
        output.line(f"    {output.text(planned.instance)} - {output.text(planned.component)}")
