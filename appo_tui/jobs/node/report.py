"""Puppet's report of a run: YAML with Ruby's tags, read as plain data."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec
import yaml

from appo_tui.jobs.events import Metrics, ResourceEvent


@dataclass(frozen=True, slots=True)
class Report:
    """What is used of a report; ``status`` is failed, changed or unchanged."""

    status: str
    metrics: Metrics
    events: tuple[ResourceEvent, ...]
    configuration_version: str
    transaction_uuid: str


_SYMBOL = "ruby/sym"
"""Ruby's symbols have this tag, or a colon and no quotes; Puppet 4 writes many values so."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Builds maps, lists and scalars from tagged nodes too, and no object ever."""


def _untagged(loader: Any, suffix: str, node: yaml.Node) -> object:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    text = loader.construct_scalar(node)
    return text.removeprefix(":").strip("\"'") if suffix == _SYMBOL else text


_Loader.add_multi_constructor("!", _untagged)
_Loader.add_implicit_resolver(f"!{_SYMBOL}", re.compile(":."), [":"])


def parse_report(text: bytes, redacted: Callable[[str], str] = str) -> Report | None:
    """A report, or None if the text is none (as after a run that was cut off).

    ``redacted`` takes the secrets out of texts.
    """
    try:
        data = yaml.load(text, _Loader)
    except (yaml.YAMLError, ValueError):
        return None
    if not isinstance(data, dict) or "metrics" not in data:
        return None
    statuses = data.get("resource_statuses")
    resources = list(statuses.values()) if isinstance(statuses, dict) else []
    events = tuple(event for resource in resources for event in _events(resource))
    return Report(
        status=str(data.get("status", "")),
        metrics=_metrics(data, resources),
        events=tuple(_without_secrets(event, redacted) for event in events),
        configuration_version=str(data.get("configuration_version", "")),
        transaction_uuid=str(data.get("transaction_uuid", "")),
    )


def _metrics(data: dict[str, Any], resources: list[Any]) -> Metrics:
    metrics = data.get("metrics") or {}
    values = (metrics.get("resources") or {}).get("values") or []
    counts = {str(each[0]): int(each[2]) for each in values if len(each) == 3}
    noop = sum(
        any(event.get("status") == "noop" for event in each.get("events") or ())
        for each in resources
        if isinstance(each, dict)
    )
    total, changed = counts.get("total", len(resources)), counts.get("changed", 0)
    failed = counts.get("failed", 0) + counts.get("failed_to_restart", 0)
    skipped = counts.get("skipped", 0)
    return Metrics(
        failed=failed,
        changed=changed,
        unchanged=max(total - changed - failed - skipped - noop, 0),
        skipped=skipped,
        noop=noop,
        corrective_change=counts.get("corrective_change", 0),
        total=total,
    )


def _events(resource: Any) -> list[ResourceEvent]:
    if not isinstance(resource, dict):
        return []
    found = [_event(resource, event) for event in resource.get("events") or () if isinstance(event, dict)]
    if not found and resource.get("skipped") and resource.get("failed_to_restart") is not True:
        if resource.get("resource_type") == "Schedule":
            return []
        found = [_event(resource, {"status": "skipped", "message": "skipped"})]
    return found


def _event(resource: dict[str, Any], event: dict[str, Any]) -> ResourceEvent:
    line = resource.get("line")
    return ResourceEvent(
        resource_type=str(resource.get("resource_type", "")),
        resource_title=str(resource.get("title", "")),
        property=_text(event.get("property")),
        old_value=_text(event.get("previous_value")),
        new_value=_text(event.get("desired_value")),
        message=str(event.get("message") or ""),
        status=str(event.get("status") or ""),
        file=_text(resource.get("file")),
        line=line if isinstance(line, int) else None,
        corrective_change=event.get("corrective_change") is True,
        containment_path=tuple(str(each) for each in resource.get("containment_path") or ()),
    )


def _without_secrets(event: ResourceEvent, redacted: Callable[[str], str]) -> ResourceEvent:
    return msgspec.structs.replace(
        event,
        resource_title=redacted(event.resource_title),
        old_value=None if event.old_value is None else redacted(event.old_value),
        new_value=None if event.new_value is None else redacted(event.new_value),
        message=redacted(event.message),
        containment_path=tuple(redacted(each) for each in event.containment_path),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)
