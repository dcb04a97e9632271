"""Whether what two readings have declared is the same to all code that comes to it later.

Code that was edited declares new resources; where nothing about one of them differs, what was made of its
predecessor still holds.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from appo_tui.evaluator.asking import PLAIN_TYPES, canonical
from appo_tui.evaluator.definitions import Definition
from appo_tui.evaluator.resource import Parameter, Resource
from appo_tui.evaluator.scope import Frame
from appo_tui.evaluator.values import Value

_DECLARING = frozenset(("application", "site", "main"))
"""The kinds of code that instances and components are declared in."""


def are_alike(one: Resource, other: Resource) -> bool:
    """Whether no other code can tell two declarations apart; no where that is hard to say."""
    return (
        one.key == other.key
        and (one.kind, one.place, one.virtual, one.exported)
        == (other.kind, other.place, other.virtual, other.exported)
        and list(one.declared) == list(other.declared)
        and all(map(_are_alike_parameters, one.declared.values(), other.declared.values()))
        and _is_plain(one, one.declared)
        and _is_plain(other, other.declared)
        and _surroundings(one) == _surroundings(other)
    )


def content(instance: Resource, parameters: Mapping[str, Parameter]) -> Hashable:
    """All of an instance that its body can see; None where that is hard to tell."""
    if "alias" in parameters or not _is_plain(instance, parameters):
        return None
    seen = tuple(map(_seen, parameters.values()))
    return instance.key, instance.place, instance.virtual, instance.exported, seen, _surroundings(instance)


def is_same_value(one: Value, other: Value) -> bool:
    """Whether no code can tell between two values of one node."""
    kind = type(one)
    if kind in PLAIN_TYPES:
        return type(other) is kind and one == other
    return canonical(one, "") == canonical(other, "")


def _are_alike_parameters(one: Parameter, other: Parameter) -> bool:
    return one is other or (
        is_same_value(one.value, other.value)
        and one.origin == other.origin
        and one.place == other.place
        and one.appends == other.appends
    )


def _is_plain(resource: Resource, parameters: Mapping[str, Parameter]) -> bool:
    """Whether no other code than that around a declaration had a hand in it."""
    frames = _frames(resource)
    for frame in frames:
        source = frame.source
        if not isinstance(source, Definition) or source.kind not in _DECLARING:
            return False
        for defaults in frame.defaults.values():
            if any(item.source is not source for item in defaults.values()):
                return False
    return all(item.source is frames[0].source for item in parameters.values())


def _surroundings(resource: Resource) -> Hashable:
    """What of the code around a declaration is seen by code that is reached through it."""
    return tuple(
        (
            getattr(frame.source, "need", None),
            frame.module,
            tuple((name, _seen(item)) for name, items in frame.defaults.items() for item in items.values()),
        )
        for frame in _frames(resource)
    )


def _frames(resource: Resource) -> list[Frame]:
    """The frames around a declaration, the innermost first."""
    frames = [resource.scope.frame]
    while frames[-1].caller is not None:
        frames.append(frames[-1].caller.frame)
    return frames


def _seen(item: Parameter) -> Hashable:
    return item.name, canonical(item.value, ""), item.origin, item.place, item.appends
