"""What ``[]`` after resource types and ``Class`` gives: references."""

from __future__ import annotations

import re

from appo_tui.evaluator.types.access_keys import (
    Keys,
    Rules,
    TypeAccessError,
    flattened_keys,
    kind_of,
    label_of,
)
from appo_tui.evaluator.types.compounds import ClassType, ResourceType, TypeReference
from appo_tui.evaluator.types.kind import PuppetType
from appo_tui.evaluator.types.mismatches import with_article
from appo_tui.evaluator.types.naming import capitalized
from appo_tui.evaluator.values import Value

_NAME = re.compile(r"((::)?[a-z]\w*)(::[a-z]\w*)*", re.ASCII)
_REFERENCE_NAME = re.compile(r"((::)?[a-zA-Z]\w*)(::[a-zA-Z]\w*)*", re.ASCII)


def _reference(general: TypeReference, _keys: Keys) -> PuppetType:
    raise TypeAccessError(f"Resource type not found: {general.text}")


def _resource(general: ResourceType, keys: Keys) -> PuppetType | tuple[PuppetType, ...] | None:
    if not keys:
        label = general.type_name or "Resource"
        raise TypeAccessError(f"{label}[] accepts 1 or more arguments. Got 0")
    type_name = general.type_name
    if type_name is None:
        type_name, keys = _type_name(keys[0]), keys[1:]
    if _REFERENCE_NAME.fullmatch(type_name) is None:
        raise TypeAccessError(
            f"Illegal type reference. The given name '{type_name}' does not conform to the naming rule", 0
        )
    several = len(keys) > 1 or (bool(keys) and isinstance(keys[0], tuple))
    titles = tuple(key for key in flattened_keys(keys) if key is not None)
    if keys and not titles:
        return () if several else None
    if not titles:
        return ResourceType(type_name)
    for index, title in enumerate(titles):
        if not isinstance(title, str):
            label = f"{general.type_name or 'Resource'}-Type"
            raise TypeAccessError(
                f"Error creating type specialization of {with_article(label)}, "
                f"Cannot use {kind_of(title)} where a resource title String is expected",
                index,
            )
    references = tuple(ResourceType(type_name, str(title)) for title in titles)
    return references if several else references[0]


def _type_name(key: Value) -> str:
    """What the first key of ``Resource[...]`` names."""
    if isinstance(key, ResourceType) and key.type_name is not None:
        return key.type_name
    if isinstance(key, str):
        return capitalized(key)
    raise TypeAccessError(
        f"First argument to Resource[] must be a resource type or a String. Got {kind_of(key)}.", 0
    )


def _class(general: ClassType, keys: Keys) -> PuppetType | tuple[PuppetType, ...] | None:
    if not keys:
        raise TypeAccessError("Class[] accepts 1 or more arguments. Got 0")
    if general.name is not None:
        raise TypeAccessError(f"Cannot specialize an already specialized {label_of(general)} type")
    several = len(keys) > 1 or isinstance(keys[0], tuple)
    names = tuple(key for key in flattened_keys(keys) if key is not None)
    if not names:
        return () if several else None
    classes = tuple(ClassType(_class_name(name, index)) for index, name in enumerate(names))
    return classes if several else classes[0]


def _kind_with_article(key: Value) -> str:
    text = with_article(f"{key}-Type" if isinstance(key, PuppetType) else kind_of(key))
    return text[0].upper() + text[1:]


def _class_name(key: Value, index: int) -> str:
    if isinstance(key, ResourceType) and key.type_name is not None and key.title is None:
        return key.type_name.lower()
    if not isinstance(key, str):
        raise TypeAccessError(
            f"Illegal Class name in class reference. {_kind_with_article(key)} cannot be used where a String "
            "is expected",
            index,
        )
    name = key.lower().removeprefix("::")
    if _NAME.fullmatch(name) is None:
        raise TypeAccessError(
            f"Illegal name. The given name '{key}' does not conform to the naming rule "
            r"/^((::)?[a-z_]w*)(::[a-z]\w*)*$/",
            index,
        )
    return name


REFERENCE_RULES: Rules = {
    TypeReference: _reference,
    ResourceType: _resource,
    ClassType: _class,
}
