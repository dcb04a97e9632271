"""Plans: the order in which a target's nodes run, and why."""

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
