"""Puppet values as they are written in manifests, on one line, secrets kept."""

from __future__ import annotations

from appo_tui.evaluator.origins import Origin, OriginKind
from appo_tui.evaluator.values import DEFAULT, Regexp, Sensitive, Unknown, Value
from appo_tui.model.entities import Attribute
from appo_tui.tui.drawing.glyphs import Glyphs
from appo_tui.tui.drawing.lines import Line, span

_LONGEST = 2_000


def attribute_spans(attribute: Attribute) -> Line:
    """An attribute's value, unless it is a secret."""
    if attribute.secret and not isinstance(attribute.value, Unknown):
        return (span("secret, not shown", "unknown"),)
    return value_spans(attribute.value)


def value_spans(value: Value) -> Line:
    """A value as Puppet would write it; what is unknown says why."""
    if isinstance(value, Unknown):
        return (span(f"unknown: {value.reason}", "unknown"),)
    if isinstance(value, Sensitive):
        return (span("secret, not shown", "unknown"),)
    return (span(written(value)[:_LONGEST], _role(value)),)


def written(value: Value) -> str:
    """A value's text in Puppet's own notation."""
    if value is None:
        return "undef"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(written(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{written(key)} => {written(item)}" for key, item in value.items()) + " }"
    if value == DEFAULT:
        return "default"
    if isinstance(value, Regexp):
        return value.literal
    if isinstance(value, Unknown):
        return "(unknown)"
    return str(value)


_ORIGIN_WORDS = {
    OriginKind.GIVEN: "given",
    OriginKind.RESOURCE_DEFAULT: "resource default",
    OriginKind.PARAMETER_DEFAULT: "default",
    OriginKind.CONSUMED: "consumed from",
    OriginKind.HIERA: "hiera",
    OriginKind.MAPPING: "mapping",
    OriginKind.SAME_NAME: "parameter",
    OriginKind.TOP_SCOPE: "top scope",
    OriginKind.FACT: "fact",
}


def origin_line(origin: Origin, glyphs: Glyphs) -> Line:
    """Where a value came from, step by step back to where it is written; an arrow before each step."""
    steps: list[str] = []
    step: Origin | None = origin
    while step is not None:
        steps.append(" ".join(each for each in (_ORIGIN_WORDS[step.kind], step.source) if each))
        step = step.through
    return (span(f" {glyphs.came_from} ".join(steps), "dim"),)


def _role(value: Value) -> str:
    if isinstance(value, str):
        return "string"
    return "number" if isinstance(value, (int, float)) or value is None else ""
