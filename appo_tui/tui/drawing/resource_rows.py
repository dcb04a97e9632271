"""What runs changed, as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable

from appo_tui.jobs.events import ResourceEvent
from appo_tui.tui.drawing.lines import span
from appo_tui.tui.widgets.table import Row

RESOURCE_COLUMNS = ("node", "resource", "property", "old", "new", "status", "message")


def resource_rows(resources: Iterable[tuple[str, ResourceEvent]]) -> list[Row]:
    """Certnames with their resource events as rows, keyed by their place."""
    rows: list[Row] = []
    for number, (node, event) in enumerate(resources):
        role = {"success": "good", "failure": "bad", "noop": "warning"}.get(event.status, "dim")
        title = f"{event.resource_type}[{event.resource_title}]"
        cells = (
            span(node, "node"), span(title, "type"), span(event.property or ""),
            span(event.old_value or "", "old"),
            span(event.new_value or "", "new"), span(event.status, role), span(event.message, "dim"),
        )  # fmt: skip
        rows.append(Row(number, cells, tuple(text for text, _ in cells)))
    return rows
