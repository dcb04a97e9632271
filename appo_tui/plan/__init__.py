"""Plans: the order in which a target's nodes run, and why.

What makes, draws and exports them is imported on first use: jobs know the values only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from appo_tui.late_exports import late_exports

if TYPE_CHECKING:
    from appo_tui.plan.commands import equivalent_command
    from appo_tui.plan.drawing import to_svg
    from appo_tui.plan.entities import Edge, JobPlan, PlannedComponent, PlannedInstance, PlannedNode, Target
    from appo_tui.plan.errors import PlanError
    from appo_tui.plan.exports import to_dict, to_dot, to_mermaid
    from appo_tui.plan.making import make_plan

__all__ = [
    "Edge",
    "JobPlan",
    "PlanError",
    "PlannedComponent",
    "PlannedInstance",
    "PlannedNode",
    "Target",
    "equivalent_command",
    "make_plan",
    "to_dict",
    "to_dot",
    "to_mermaid",
    "to_svg",
]

__getattr__ = late_exports(
    __name__,
    {
        "Edge": "entities",
        "JobPlan": "entities",
        "PlanError": "errors",
        "PlannedComponent": "entities",
        "PlannedInstance": "entities",
        "PlannedNode": "entities",
        "Target": "entities",
        "equivalent_command": "commands",
        "make_plan": "making",
        "to_dict": "exports",
        "to_dot": "exports",
        "to_mermaid": "exports",
        "to_svg": "drawing",
    },
)
