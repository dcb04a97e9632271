"""The functions of the module tse-to_resource, which sites read instances from data with."""

from __future__ import annotations

import re

from appo_tui.evaluator import types
from appo_tui.evaluator.functions.call import FunctionCall
from appo_tui.evaluator.functions.registry import to_resource
from appo_tui.evaluator.hash_keys import key_of
from appo_tui.evaluator.values import Value

_REFERENCE = re.compile(r"([\w:]+)\[(.+)\]", re.DOTALL)


@to_resource("resolve_resources", "Variant[Hash, Array, String] input")
def resolve_resources(_call: FunctionCall, value: Value) -> Value:
    """The value with every string in it that looks like a reference made one, as ``Node[web1]``."""
    return _resolved(value)


@to_resource("to_resource", "String input")
def reference_of(_call: FunctionCall, text: str) -> Value:
    """The reference that a string looks like, else the string."""
    return _resolved(text)


def _resolved(value: Value) -> Value:
    from appo_tui.evaluator.resource import capitalised

    if isinstance(value, dict):
        return {key_of(_resolved(key)): _resolved(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(_resolved(item) for item in value)
    found = _REFERENCE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return value
    name, title = found[1].removeprefix("::"), found[2]
    if name.lower() == "class":
        return types.ClassType(title.removeprefix("::").lower())
    return types.ResourceType(capitalised(name), title)
