"""The whole language: importing this registers the rule of every kind of expression."""

from appo_tui.evaluator.rules import (
    access,
    assignments,
    calls,
    flow,
    heredocs,
    literals,
    operators,
    relationships,
    resources,
)

RULE_MODULES = (access, assignments, calls, flow, heredocs, literals, operators, relationships, resources)
