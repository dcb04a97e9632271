"""A compiled catalog as a run works through it: resources in order, and what comes before what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from appo_tui.demo.resources import Reference, Resource
from appo_tui.evaluator.compilation import Compilation
from appo_tui.evaluator.resource import Resource as Declared
from appo_tui.evaluator.resource import capitalised
from appo_tui.evaluator.types import ClassType, ResourceType
from appo_tui.evaluator.values import Value

Edge = tuple[Reference, Reference, bool]

_TAG = re.compile(r"[a-z0-9_][a-z0-9_:.-]*\Z")
_WRITTEN = re.compile(r"(?P<type>[A-Z][\w:]*)\[(?P<title>.*)\]\Z", re.DOTALL)
_METAPARAMETERS = (
    ("before", True, False),
    ("notify", True, True),
    ("require", False, False),
    ("subscribe", False, True),
)
"""Name, whether what it names comes after, and whether a change of the first refreshes the second."""


class Catalog:
    """The resources of a compilation.

    Attributes:
        resources: those that a run works through: no classes, no defines; in order of declaration.
        edges: (before, after, whether a change of the first refreshes the second); an end may be a class
            or a define.
    """

    def __init__(self, compilation: Compilation) -> None:
        self.resources: dict[Reference, Resource] = {}
        self.edges: list[Edge] = []
        for resource in compilation.catalog:
            if resource.is_absent:
                continue
            self.edges += _edges(resource)
            if resource.kind == "native":
                found = _resource(resource)
                self.resources[found.reference] = found


def _resource(resource: Declared) -> Resource:
    containers = _containers(resource)
    place = resource.place
    return Resource(
        _reference(resource),
        {name: parameter.value for name, parameter in resource.parameters.items()},
        containers,
        _tags(_reference(resource), _declarers(resource)),
        "" if place is None else place.file,
        0 if place is None else place.line,
        _given(resource),
    )


def _given(resource: Declared) -> tuple[tuple[str, Value], ...]:
    """The parameters of what declares a resource."""
    around = resource.container
    return () if around is None else tuple((each.name, each.value) for each in around.parameters.values())


def _reference(resource: Declared) -> Reference:
    title = capitalised(resource.title) if resource.kind == "class" else resource.title
    return Reference(resource.type_name, title)


def _containers(resource: Declared) -> tuple[Reference, ...]:
    """What a resource is declared in, outermost first: up to the class, which is itself in none."""
    found: list[Reference] = []
    around = resource.container
    while around is not None:
        found.append(_reference(around))
        around = around.container
    return tuple(reversed(found))


def _declarers(resource: Declared) -> tuple[Reference, ...]:
    """What a resource has tags from, outermost first: for a class, what had it evaluated."""
    found: list[Reference] = []
    around = resource.scope.frame.resource
    while around is not None:
        found.append(_reference(around))
        around = None if around.title == "main" else around.scope.frame.resource
    return tuple(reversed(found))


def _edges(resource: Declared) -> Iterator[Edge]:
    own = _reference(resource)
    for name, forwards, refreshes in _METAPARAMETERS:
        for other in _references(resource.value(name)):
            first, second = (own, other) if forwards else (other, own)
            yield first, second, refreshes


def _references(value: Value) -> Iterator[Reference]:
    """The references that a relationship metaparameter holds."""
    match value:
        case tuple():
            for each in value:
                yield from _references(each)
        case ClassType(name=str(name)):
            yield Reference("Class", capitalised(name))
        case ResourceType(type_name="Class", title=str(title)):
            yield Reference("Class", capitalised(title))
        case ResourceType(type_name=str(type_name), title=str(title)):
            yield Reference(type_name, title)
        case str() if written := _WRITTEN.match(value):
            yield Reference(written["type"], written["title"])


def _tags(reference: Reference, declarers: tuple[Reference, ...]) -> tuple[str, ...]:
    """A resource's tags as Puppet makes them: its type, title, and those of what is around it."""
    words = [reference.type.lower(), reference.title]
    for each in reversed(declarers):
        name = (each.title if each.type == "Class" else each.type).lower()
        words += ["class"] if each.type == "Class" else []
        words += [] if name == "main" else [name, *name.split("::")]
        words += [] if each.type == "Class" else [each.title]
    words.append("class")
    return tuple(dict.fromkeys(word for word in words if _TAG.match(word)))
