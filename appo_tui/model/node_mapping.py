"""An application instance's ``nodes``: which component it assigns to which node."""

from __future__ import annotations

from appo_tui.evaluator.faults import EvaluationError
from appo_tui.evaluator.resource import Resource
from appo_tui.evaluator.types import ClassType, ResourceType
from appo_tui.evaluator.values import Unknown
from appo_tui.model.mappings import key_of, shown

Key = tuple[str, str]


def assignments(resource: Resource) -> dict[Key, str]:
    """The components that an instance assigns, and to which node, in order.

    Raises:
        EvaluationError: the instance's mapping is not one.
    """
    mapping = resource.value("nodes")
    if "nodes" not in resource.parameters or isinstance(mapping, Unknown):
        return {}
    name = resource.reference
    if not isinstance(mapping, dict):
        raise _bad_mapping(resource, f"Invalid node mapping in {name}: Mapping must be a hash")
    found: dict[Key, str] = {}
    for key, value in mapping.items():
        if isinstance(key, Unknown):
            continue
        if not isinstance(key, ResourceType) or key.type_name != "Node":
            raise _bad_mapping(resource, f"Invalid node mapping in {name}: Key {shown(key)} is not a Node")
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Unknown):
                continue
            if not isinstance(item, ResourceType | ClassType):
                raise _bad_mapping(
                    resource, f"Invalid node mapping in {name}: Value {shown(item)} is not a resource"
                )
            reference = key_of(item)
            if reference in found:
                raise _bad_mapping(
                    resource, f"Application {name} maps component {item.reference} to multiple nodes"
                )
            found[reference] = key.title or ""
    return found


def components_on(resource: Resource, certname: str) -> frozenset[Key]:
    """The components that an instance assigns to a node.

    Raises:
        EvaluationError: the instance's mapping is not one.
    """
    return frozenset(key for key, assigned in assignments(resource).items() if assigned == certname)


def _bad_mapping(resource: Resource, text: str) -> EvaluationError:
    return EvaluationError(
        text,
        code="node-mapping",
        hint="Write nodes => { Node['web1.example'] => Type['title'] }, each component once.",
        about=resource.place,
    )
