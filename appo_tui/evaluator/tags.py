"""Tags: what resources and catalogs are marked with.

Manual: https://puppet.com/docs/puppet/6/lang_tags.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from appo_tui.evaluator.faults import EvaluationError
from appo_tui.evaluator.text import interpolated
from appo_tui.evaluator.values import Unknown, Value

if TYPE_CHECKING:
    from appo_tui.evaluator.catalog import Catalog
    from appo_tui.evaluator.resource import Resource

_VALID: Final = re.compile(r"[^\W]([^\W]|[:.-])*")
_MARKING: Final = frozenset(("class", "node"))
"""Resources whose tags their catalog has too."""
_NAMING: Final = frozenset(("application", "site"))
"""Resources whose definition's name their catalog has as a tag."""


def tags_of(resource: Resource) -> frozenset[str]:
    """A resource's own tags, those among them that its code gave it."""
    return _declared_tags(resource) | resource.tags


def _declared_tags(resource: Resource) -> frozenset[str]:
    """Its type, its title, and what is under ``tag``."""
    found = set(_with_segments(resource.type_name.lower()))
    title = "" if _is_main(resource) else resource.title.lower()
    if _VALID.fullmatch(title):
        found.update(_with_segments(title))
    given = resource.value("tag")
    for item in given if isinstance(given, tuple) else (given,):
        if item is not None and not isinstance(item, Unknown):
            found.update(_with_segments(interpolated(item).lower()))
    return frozenset(found)


def tags_with_containers(resource: Resource) -> frozenset[str]:
    """The tags of a resource and of all those whose code declared it."""
    found = set(tags_of(resource))
    seen = {resource}
    container = resource.scope.frame.resource
    while container is not None and container not in seen:
        seen.add(container)
        found |= tags_of(container)
        container = container.scope.frame.resource
    return frozenset(found)


def tags_of_catalog(catalog: Catalog) -> frozenset[str]:
    """The tags of a catalog: those that its classes were declared with, and what code was evaluated."""
    found = {"settings"}
    for resource in catalog:
        if resource.kind in _MARKING and not _is_main(resource):
            found |= _declared_tags(resource)
        if resource.kind in _NAMING and resource.definition is not None:
            found.update(_with_segments(resource.definition.name))
    return frozenset(found)


def add_tags(resource: Resource, tags: Iterable[Value]) -> None:
    """Tag a resource.

    Raises:
        EvaluationError: a tag is none.
    """
    for tag in tags:
        name = interpolated(tag).lower()
        if not _VALID.fullmatch(name):
            raise EvaluationError(
                f"Invalid tag '{name}'", resource.place, code="tag",
                hint="A tag consists of letters, digits, and : . - _ after its first letter.",
            )  # fmt: skip
        resource.tags |= _with_segments(name)


def _with_segments(name: str) -> frozenset[str]:
    return frozenset((name, *name.split("::"))) if "::" in name else frozenset((name,))


def _is_main(resource: Resource) -> bool:
    return resource.definition is not None and resource.definition.kind == "main"
