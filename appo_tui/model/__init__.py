"""Applications, instances, components and the bindings between them, resolved."""

from appo_tui.model.diagnostics import Diagnostic, Severity
from appo_tui.model.reading import read_model
from appo_tui.model.showing import graph, show_node
from appo_tui.model.targets import UnknownTargetError, find_target

__all__ = [
    "Diagnostic", "Severity", "UnknownTargetError", "find_target", "graph", "read_model", "show_node",
]  # fmt: skip
