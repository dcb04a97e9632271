"""A catalog while it is being compiled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from appo_tui.environment.places import Place
from appo_tui.evaluator.aliases import aliases_of
from appo_tui.evaluator.faults import EvaluationError, with_place
from appo_tui.evaluator.resource import Parameter, Resource
from appo_tui.evaluator.values import Value

if TYPE_CHECKING:
    from appo_tui.evaluator.collecting import Collector


@dataclass(frozen=True, slots=True)
class Relationship:
    """An arrow between two references or collectors; it becomes ``before`` or ``notify`` of its source."""

    source: tuple[str, str] | Collector
    target: tuple[str, str] | Collector
    parameter: Literal["before", "notify"]
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """Attributes for a resource that was not declared yet."""

    key: tuple[str, str]
    parameters: tuple[Parameter, ...]
    source: object
    place: Place


class Catalog:
    """Resources by type and title, in the order of declaration.

    Attributes:
        was_searched: whether code has asked for a resource, or changed one.
    """

    def __init__(self) -> None:
        self._resources: dict[tuple[str, str], Resource] = {}
        self._aliases: dict[tuple[str, str], Resource] = {}
        self.relationships: list[Relationship] = []
        self.overrides: list[Override] = []
        self.children: dict[Resource, list[Resource]] = {}
        self.was_searched = False

    def __iter__(self) -> Iterator[Resource]:
        return iter(tuple(self._resources.values()))

    def __len__(self) -> int:
        return len(self._resources)

    def find(self, type_name: str, title: str) -> Resource | None:
        """A resource by its type, capitalised, and title or alias."""
        key = (type_name, title)
        found = self._resources.get(key)
        return found if found is not None or not self._aliases else self._aliases.get(key)

    def add(self, resource: Resource) -> None:
        """Add a resource.

        Raises:
            EvaluationError: there is one of this type and title, or alias, already.
        """
        known = self.find(*resource.key)
        if known is not None:
            raise EvaluationError(_duplicate(resource, known), code="duplicate-declaration",
                                  hint="Titles are unique in the whole environment: derive them from $name.",
                                  about=resource.place)  # fmt: skip
        self._resources[resource.key] = resource
        if resource.native is not None or "alias" in resource.parameters:
            self._add_aliases(resource)

    def _add_aliases(self, resource: Resource) -> None:
        for title, shown in aliases_of(resource):
            known = self.find(resource.type_name, title)
            if known is resource:
                continue
            if known is not None:
                taken = f'["{resource.type_name}", {shown.strip("[]")}]'
                where = f" at {with_place('', resource.place).strip()}" if resource.place else ""
                text = f"Cannot alias {resource.reference} to {shown}{where}"
                raise EvaluationError(
                    with_place(f"{text}; resource {taken} already declared", known.place),
                    code="duplicate-declaration", hint="Give it another alias.",
                )  # fmt: skip
            self._aliases[resource.type_name, title] = resource

    def contain(self, container: Resource, resource: Resource) -> None:
        """Record that ``container``'s code declared ``resource``."""
        resource.container = container
        self.children.setdefault(container, []).append(resource)

    def replace(self, resource: Resource, other: Resource) -> None:
        """Put another resource of the same type and title, without aliases, into a resource's place."""
        self._resources[resource.key] = other

    def remove(self, resource: Resource) -> None:
        """Take a resource out again."""
        self._resources.pop(resource.key, None)

    def below(self, resource: Resource) -> list[Resource]:
        """All that a resource contains, at any depth; a container comes before its contents."""
        found: dict[Resource, None] = {}
        stack = list(reversed(self.children.get(resource, ())))
        while stack:
            child = stack.pop()
            if child in found:
                continue
            found[child] = None
            stack.extend(reversed(self.children.get(child, ())))
        return list(found)


def _duplicate(resource: Resource, known: Resource) -> str:
    where = f" at {with_place('', known.place).strip()}" if known.place else ""
    text = f"Duplicate declaration: {resource.reference} is already declared{where}; cannot redeclare"
    return with_place(text, resource.place)


def references_in(value: Value) -> tuple[Value, ...]:
    """The values under a relationship attribute, arrays in it flattened, undef left out."""
    if isinstance(value, tuple):
        return tuple(item for part in value for item in references_in(part))
    return () if value is None else (value,)
