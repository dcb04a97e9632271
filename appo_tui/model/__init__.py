"""Applications, instances, components and the bindings between them, resolved.

What resolves is imported on first use: plans, jobs and screens know the values only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from appo_tui.late_exports import late_exports
from appo_tui.model.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from appo_tui.model.reading import manifest_cache, read_model, reading_cache
    from appo_tui.model.showing import graph, show_node
    from appo_tui.model.targets import UnknownTargetError, find_target
    from appo_tui.model.unneeded_modules import unneeded_module_notes

__all__ = [
    "Diagnostic", "Severity", "UnknownTargetError", "find_target", "graph", "manifest_cache", "read_model",
    "reading_cache", "show_node", "unneeded_module_notes",
]  # fmt: skip

__getattr__ = late_exports(
    __name__,
    {
        "UnknownTargetError": "targets",
        "find_target": "targets",
        "graph": "showing",
        "manifest_cache": "reading",
        "read_model": "reading",
        "reading_cache": "reading",
        "show_node": "showing",
        "unneeded_module_notes": "unneeded_modules",
    },
)
