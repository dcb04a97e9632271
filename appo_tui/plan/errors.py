"""Why a plan could not be made."""

from __future__ import annotations

from appo_tui.environment.faults import AppoError


class PlanError(AppoError):
    """A plan that can't be made from a model and a target, in the orchestrator's words where it had some."""
