"""What each kind of expression means. Importing this package registers all rules."""

from appo_tui.evaluator.rules import access, assignments, calls, flow, literals, operators, resources

__all__ = ["access", "assignments", "calls", "flow", "literals", "operators", "resources"]
