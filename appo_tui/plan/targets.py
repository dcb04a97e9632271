"""A target's nodes: what a user named, looked up in the model."""

from __future__ import annotations

import difflib
from collections.abc import Collection

from appo_tui.model.entities import Model
from appo_tui.plan.entities import Target
from appo_tui.plan.errors import PlanError


def target_nodes(model: Model, target: Target) -> tuple[str, ...]:
    """The certnames that a target stands for, sorted.

    Raises:
        PlanError: the target is not in the model, or has no nodes.
    """
    certnames = sorted(_nodes(model, target))
    if not certnames:
        raise PlanError(
            "No nodes were found for the specified target. Nothing to do.",
            "Give it nodes in the instance's `nodes` parameter, or choose another target.",
        )
    return tuple(certnames)


def _nodes(model: Model, target: Target) -> set[str]:
    if target.kind == "all":
        return {name for name, node in model.nodes.items() if node.components}
    if target.kind == "nodes":
        return {_known(model, name, model.nodes) for name in target.names}
    found: set[str] = set()
    for name in target.names:
        found |= _nodes_of_application(model, name, target)
    return found


def _nodes_of_application(model: Model, name: str, target: Target) -> set[str]:
    if target.kind == "instance":
        references = [_known(model, name, model.instances)]
    else:
        known = _known(model, name, {*model.applications, *(each.type for each in model.instances.values())})
        references = [reference for reference, each in model.instances.items() if each.type == known]
    components = (model.components[each] for key in references for each in model.instances[key].components)
    return {component.node for component in components if component.node is not None}


def _known(model: Model, name: str, names: Collection[str]) -> str:
    if name in names:
        return name
    known = list(names)
    same = [each for each in known if each.casefold() == name.casefold()]
    if len(same) == 1:
        return same[0]
    folded = {each.casefold(): each for each in known}
    near = difflib.get_close_matches(name.casefold(), folded, n=1)
    if near:
        hint = f"Did you mean {folded[near[0]]}?"
    elif known:
        hint = "There are: " + ", ".join(sorted(known)[:10]) + (", ..." if len(known) > 10 else "")
    else:
        hint = "The environment has none: it needs a site block with application instances."
    raise PlanError(f"The target was not found in environment {model.environment}: {name}", hint)
