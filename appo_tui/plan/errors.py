"""Why a plan could not be made."""

from __future__ import annotations


class PlanError(Exception):
    """A plan that can't be made from a model and a target.

    Attributes:
        message: what is wrong, in the orchestrator's words where it had some.
        hint: what to do about it, or an empty string.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message
