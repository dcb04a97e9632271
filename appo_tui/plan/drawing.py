"""A plan as a picture: a small layered SVG, a column for each level."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from appo_tui.plan.entities import JobPlan

_CHARACTER, _LINE, _PADDING, _COLUMN_GAP, _ROW_GAP = 7.3, 18, 10, 130, 24
_STYLE = (
    "text{font:12px monospace;fill:#222}.name{font-weight:bold}.edge{fill:none;stroke:#888}"
    ".label{font-size:10px;fill:#666}rect{fill:#f6f6f0;stroke:#666}"
)

_ARROW_HEAD = (
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" '
    'orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="#888"/></marker></defs>'
)


@dataclass(frozen=True, slots=True)
class _Box:
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]


def to_svg(plan: JobPlan) -> str:
    """The plan as an SVG document: a box a node, an arrow a service resource."""
    boxes = _boxes(plan)
    width = max((box.x + box.width for box in boxes.values()), default=0) + _PADDING
    height = max((box.y + box.height for box in boxes.values()), default=0) + _PADDING
    size = f'width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}"'
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" {size}>', f"<style>{_STYLE}</style>", _ARROW_HEAD]
    shares: dict[tuple[str, str], list[str]] = {}
    for edge in plan.edges:
        shares.setdefault((edge.producer, edge.consumer), []).append(edge.service_resource)
    for (producer, consumer), resources in shares.items():
        parts.append(_arrow(boxes[producer], boxes[consumer], ", ".join(resources)))
    parts += [_drawn(box) for box in boxes.values()]
    return "\n".join((*parts, "</svg>")) + "\n"


def _boxes(plan: JobPlan) -> dict[str, _Box]:
    by_name = {node.certname: node for node in plan.nodes}
    boxes: dict[str, _Box] = {}
    x = float(_PADDING)
    for level in plan.levels:
        texts = {name: (name, *(each.component for each in by_name[name].components)) for name in level}
        width = max(len(line) for lines in texts.values() for line in lines) * _CHARACTER + 2 * _PADDING
        y = float(_PADDING)
        for name, lines in texts.items():
            boxes[name] = _Box(x, y, width, len(lines) * _LINE + _PADDING, lines)
            y += boxes[name].height + _ROW_GAP
        x += width + _COLUMN_GAP
    return boxes


def _arrow(producer: _Box, consumer: _Box, label: str) -> str:
    left, right = producer.x + producer.width, consumer.x
    start, end = producer.y + producer.height / 2, consumer.y + consumer.height / 2
    bend = (left + right) / 2
    path = f"M{left:.1f},{start:.1f} C{bend:.1f},{start:.1f} {bend:.1f},{end:.1f} {right:.1f},{end:.1f}"
    return (
        f'<path class="edge" marker-end="url(#arrow)" d="{path}"><title>{escape(label)}</title></path>'
        f'<text class="label" text-anchor="middle" x="{right - _COLUMN_GAP / 2:.1f}" y="{end - 4:.1f}">'
        f"{escape(label)}</text>"
    )


def _drawn(box: _Box) -> str:
    size = f'width="{box.width:.1f}" height="{box.height:.1f}"'
    lines = [f'<rect x="{box.x:.1f}" y="{box.y:.1f}" {size} rx="4"/>']
    for number, line in enumerate(box.lines):
        kind = ' class="name"' if number == 0 else ""
        y = box.y + (number + 1) * _LINE - 2
        lines.append(f'<text{kind} x="{box.x + _PADDING:.1f}" y="{y:.1f}">{escape(line)}</text>')
    return "\n".join(lines)
