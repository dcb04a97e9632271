"""Puppet's report of a run: YAML with Ruby's tags, read as plain data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
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


_MOST = 2**31
"""No report has so many resources, or files so many lines."""

_ROOM = 64 * 1024 * 1024
"""Characters of all events of a report together."""

_EVENT = 300
"""What an event takes besides its texts."""

_LONGEST_VALUE = 10_000
"""Characters of a list or map in an event that are kept."""

_DEEPEST = 100
"""Classes and defines that one resource stands in."""

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

    YAML's anchors let a short text stand for one without end, and nodes are not believed: what is made of
    it here is never longer than ``_ROOM``.

    Args:
        text: what the node kept.
        redacted: takes the secrets out of texts.
    """
    try:
        data = yaml.load(text, _Loader)
        return _report(data, redacted) if isinstance(data, dict) and "metrics" in data else None
    except (yaml.YAMLError, ValueError, RecursionError):
        return None


def _report(data: dict[str, Any], redacted: Callable[[str], str]) -> Report:
    statuses = data.get("resource_statuses")
    found = statuses.values() if isinstance(statuses, dict) else ()
    resources = [each for each in found if isinstance(each, dict)]
    return Report(
        status=_words(data.get("status", "")),
        metrics=_metrics(data, resources),
        events=tuple(_without_secrets(event, redacted) for event in _with_room(resources)),
        configuration_version=_words(data.get("configuration_version", "")),
        transaction_uuid=_words(data.get("transaction_uuid", "")),
    )


def _with_room(resources: list[dict[str, Any]]) -> Iterator[ResourceEvent]:
    room = _ROOM
    for event in (event for resource in resources for event in _events(resource)):
        room -= _EVENT + sum(len(text) for text in msgspec.structs.astuple(event) if isinstance(text, str))
        if room < 0:
            return
        yield event


def _metrics(data: dict[str, Any], resources: list[dict[str, Any]]) -> Metrics:
    counts = dict(_counts(data["metrics"]))
    lists = {id(each.get("events")): each for each in resources}
    simulated = {
        key for key, each in lists.items() if any(event.get("status") == "noop" for event in _listed(each))
    }
    noop = sum(id(each.get("events")) in simulated for each in resources)
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


def _counts(metrics: object) -> Iterator[tuple[str, int]]:
    for part in ("resources", "values"):
        metrics = metrics.get(part) if isinstance(metrics, dict) else None
    for each in metrics if isinstance(metrics, list) else ():
        if isinstance(each, list) and len(each) == 3 and isinstance(each[2], int):
            yield str(each[0]), min(max(each[2], 0), _MOST)


def _listed(resource: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The events of a resource."""
    value = resource.get("events")
    return (each for each in value if isinstance(each, dict)) if isinstance(value, list) else iter(())


def _events(resource: dict[str, Any]) -> Iterator[ResourceEvent]:
    if any(True for _ in _listed(resource)):
        yield from (_event(resource, event) for event in _listed(resource))
        return
    skipped = resource.get("skipped") and resource.get("failed_to_restart") is not True
    if skipped and resource.get("resource_type") != "Schedule":
        yield _event(resource, {"status": "skipped", "message": "skipped"})


def _event(resource: dict[str, Any], event: dict[str, Any]) -> ResourceEvent:
    line = resource.get("line")
    path = resource.get("containment_path")
    return ResourceEvent(
        resource_type=_words(resource.get("resource_type", "")),
        resource_title=_words(resource.get("title", "")),
        property=_text(event.get("property")),
        old_value=_text(event.get("previous_value")),
        new_value=_text(event.get("desired_value")),
        message=_words(event.get("message") or ""),
        status=_words(event.get("status") or ""),
        file=_text(resource.get("file")),
        line=line if isinstance(line, int) and 0 <= line < _MOST else None,
        corrective_change=event.get("corrective_change") is True,
        containment_path=tuple(map(_words, path[:_DEEPEST])) if isinstance(path, list) else (),
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
    return None if value is None else _words(value)


def _words(value: object) -> str:
    """A value as text. Lists and maps share parts by anchors, so a short report can hold endless ones."""
    if not isinstance(value, dict | list):
        return str(value)
    text, whole = _flat(value, _LONGEST_VALUE)
    return text if whole else f"{text} ..."


def _flat(value: object, room: int) -> tuple[str, bool]:
    """A value as Python writes it, and whether it had room."""
    written: list[str] = []
    pending = [value]
    while pending and room > 0:
        each = pending.pop()
        if isinstance(each, dict):
            pairs = islice(each.items(), room)
            parts = [part for key, of in pairs for part in (key, _Mark(": "), of, _Mark(", "))]
            pending += [_Mark("}"), *reversed(parts[:-1]), _Mark("{")]
        elif isinstance(each, list):
            items = [part for item in each[:room] for part in (item, _Mark(", "))]
            pending += [_Mark("]"), *reversed(items[:-1]), _Mark("[")]
        else:
            written.append(each if isinstance(each, _Mark) else repr(each))
            room -= len(written[-1])
    return "".join(written), not pending


class _Mark(str):
    """What stands between values, as it is."""

    __slots__ = ()
